"""The criteria: what a bid gets points for, how much each counts, and who asked for it."""

from typing import Any

from flask import Blueprint

from wijkplatform.core.actor import Actor
from wijkplatform.criteria import queries
from wijkplatform.criteria.models import Criteria
from wijkplatform.places import queries as places
from wijkplatform.web.guards import loads
from wijkplatform.web.keeping import keeps
from wijkplatform.web.respond import page

blueprint = Blueprint("criteria", __name__)


@blueprint.get("/wijken/<slug>/criteria")
@keeps(places.WHERE)
@loads(queries.criteria_of)
def criteria(actor: Actor, criteria: Criteria) -> Any:
    return page("criteria/criteria.html", neighbourhood=criteria.neighbourhood, found=queries.overview(actor, criteria))
