"""What the call answer when the neighbourhood page asks how far they are."""

from wijkplatform.calls.models import Call
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.offers import Stage
from wijkplatform.core.policy import visible
from wijkplatform.core.words import _
from wijkplatform.places.models import Neighbourhood


def stages(neighbourhood: Neighbourhood, actor: Actor) -> list[Stage]:
    call = db.session.scalars(
        visible(actor, Call).where(Call.neighbourhood_id == neighbourhood.id).order_by(Call.id.desc()).limit(1)
    ).first()
    if call is None:
        return [Stage(4, _("Uitvraag"), "next", _("Nog niet begonnen."), None)]
    if call.state == "draft":
        return [Stage(4, _("Uitvraag"), "now", _("Er ligt een concept."), None)]
    return [Stage(4, _("Uitvraag"), "done", _("De tekst is definitief."), None)]
