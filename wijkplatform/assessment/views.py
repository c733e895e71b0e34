"""The assessment of the bids on a call: planning, team, outcome and decision, as far as each reader may see them."""

from typing import Any

from flask import Blueprint

from wijkplatform.assessment import points, queries
from wijkplatform.assessment.models import Assessment
from wijkplatform.calls.queries import reading as calls
from wijkplatform.core.actor import Actor
from wijkplatform.places import queries as places
from wijkplatform.web.guards import loads
from wijkplatform.web.keeping import keeps
from wijkplatform.web.respond import page

blueprint = Blueprint("assessment", __name__)


@blueprint.get("/uitvragen/<slug>/beoordeling")
@keeps(calls.WHERE)
@loads(queries.assessment_of)
def assessment(actor: Actor, assessment: Assessment) -> Any:
    return page(
        "assessment/assessment.html", neighbourhood=places.by_id(assessment.neighbourhood_id), about=assessment,
        found=queries.overview(actor, assessment), printed=points.printed,
    )  # fmt: skip
