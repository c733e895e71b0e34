"""What the handover answer when the neighbourhood page asks how far they are."""

from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.offers import Stage
from wijkplatform.core.policy import visible
from wijkplatform.core.words import _
from wijkplatform.handover.models import Handover
from wijkplatform.places.models import Neighbourhood
from wijkplatform.web import dates


def stages(neighbourhood: Neighbourhood, actor: Actor) -> list[Stage]:
    handover = db.session.scalars(
        visible(actor, Handover)
        .where(Handover.neighbourhood_id == neighbourhood.id)
        .order_by(Handover.id.desc())
        .limit(1)
    ).first()
    if handover is None:
        return [Stage(7, _("Overdracht"), "next", _("Nog niet begonnen."), None)]
    if clock.reached(clock.end_of(handover.end)):
        return [Stage(7, _("Overdracht"), "done", _("Afgerond op %(day)s.", day=dates.day(handover.end)), None)]
    sentence = _("De wissel is op %(day)s.", day=dates.day(handover.changes_on))
    state = "now" if clock.reached(clock.start_of(handover.start)) else "next"
    return [Stage(7, _("Overdracht"), state, sentence, None)]
