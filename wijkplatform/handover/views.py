"""The handover: what goes on, changes or stops when another organisation takes over, and what became of it."""

from typing import Any

from flask import Blueprint

from wijkplatform.core.actor import Actor
from wijkplatform.handover import queries
from wijkplatform.handover.models import Change
from wijkplatform.places import queries as places
from wijkplatform.web import lists
from wijkplatform.web.guards import loads
from wijkplatform.web.keeping import keeps
from wijkplatform.web.respond import page

blueprint = Blueprint("handover", __name__)


@blueprint.get("/wijken/<slug>/overdracht")
@keeps(places.WHERE)
@loads(queries.change_of)
def handover(actor: Actor, change: Change) -> Any:
    shown = lists.wanted(queries.PAGE)
    return page(
        "handover/handover.html", parts=("punten",), neighbourhood=change.neighbourhood, shown=shown,
        found=queries.overview(actor, change, shown),
    )  # fmt: skip
