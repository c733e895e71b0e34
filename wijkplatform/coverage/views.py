"""The grey zone: problems that parties pass on to each other, and who takes them up."""

from typing import Any

from flask import Blueprint

from wijkplatform.core.actor import Actor
from wijkplatform.coverage import queries
from wijkplatform.coverage.models import Coverage
from wijkplatform.places import queries as places
from wijkplatform.web import lists
from wijkplatform.web.guards import loads
from wijkplatform.web.keeping import keeps
from wijkplatform.web.respond import page

blueprint = Blueprint("coverage", __name__)


@blueprint.get("/wijken/<slug>/schemergebied")
@keeps(places.WHERE)
@loads(queries.coverage_of)
def coverage(actor: Actor, coverage: Coverage) -> Any:
    shown = lists.wanted(queries.PAGE)
    return page(
        "coverage/coverage.html", parts=("kwesties",), neighbourhood=coverage.neighbourhood, shown=shown,
        found=queries.overview(actor, coverage, shown),
    )  # fmt: skip
