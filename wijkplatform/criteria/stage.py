"""What the criteria answer when the neighbourhood page asks how far they are."""

from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.offers import Stage
from wijkplatform.core.policy import visible
from wijkplatform.core.words import _
from wijkplatform.criteria.models import CriteriaSet
from wijkplatform.places.models import Neighbourhood
from wijkplatform.web import dates


def stages(neighbourhood: Neighbourhood, actor: Actor) -> list[Stage]:
    found = db.session.scalars(
        visible(actor, CriteriaSet)
        .where(CriteriaSet.neighbourhood_id == neighbourhood.id)
        .order_by(CriteriaSet.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return [Stage(3, _("Criteria"), "next", _("Nog niet begonnen."), None)]
    if found.adopted_on is None:
        return [Stage(3, _("Criteria"), "now", _("Nog niet vastgesteld."), None)]
    return [Stage(3, _("Criteria"), "done", _("Vastgesteld op %(day)s.", day=dates.day(found.adopted_on)), None)]
