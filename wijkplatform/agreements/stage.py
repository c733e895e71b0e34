"""What the agreements answer when the neighbourhood page asks how far they are."""

from wijkplatform.agreements.models import Contract
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.offers import Stage
from wijkplatform.core.policy import visible
from wijkplatform.core.words import _, _n
from wijkplatform.places.models import Neighbourhood
from wijkplatform.web import dates


def stages(neighbourhood: Neighbourhood, actor: Actor) -> list[Stage]:
    contract = db.session.scalars(
        visible(actor, Contract)
        .where(Contract.neighbourhood_id == neighbourhood.id)
        .order_by(Contract.id.desc())
        .limit(1)
    ).first()
    if contract is None:
        return [Stage(6, _("Afspraken"), "next", _("Nog niet begonnen."), None)]
    number, until = len(contract.agreements), dates.day(contract.last_day)
    sentence = _n("%(n)s afspraak, tot en met %(day)s.", "%(n)s afspraken, tot en met %(day)s.", n=number, day=until)
    return [Stage(6, _("Afspraken"), "done", sentence, None)]
