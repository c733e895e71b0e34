"""What the assessment answer when the neighbourhood page asks how far they are."""

from wijkplatform.assessment.models import AssessmentPlanning, Decision
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.offers import Stage
from wijkplatform.core.policy import visible
from wijkplatform.core.words import _
from wijkplatform.places.models import Neighbourhood
from wijkplatform.web import dates


def stages(neighbourhood: Neighbourhood, actor: Actor) -> list[Stage]:
    decision = db.session.scalars(
        visible(actor, Decision)
        .where(Decision.neighbourhood_id == neighbourhood.id)
        .order_by(Decision.id.desc())
        .limit(1)
    ).first()
    if decision is not None:
        return [Stage(5, _("Beoordeling"), "done", _("Besloten op %(day)s.", day=dates.day(decision.day)), None)]
    planning = db.session.scalars(
        visible(actor, AssessmentPlanning).where(AssessmentPlanning.neighbourhood_id == neighbourhood.id).limit(1)
    ).first()
    if planning is None:
        return [Stage(5, _("Beoordeling"), "next", _("Nog niet begonnen."), None)]
    begins = _("Begint op %(day)s.", day=dates.day(planning.assess_from))
    return [Stage(5, _("Beoordeling"), "next", begins, None)]
