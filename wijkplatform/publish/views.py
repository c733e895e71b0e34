"""The page on open data, and the lists as files."""

from typing import Any

from flask import Blueprint

from wijkplatform.core import trail
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.places import queries as places
from wijkplatform.publish import queries
from wijkplatform.publish.lists import LISTS
from wijkplatform.publish.models import Asked
from wijkplatform.web.guards import loads, open_to_all
from wijkplatform.web.respond import file, page

blueprint = Blueprint("publish", __name__)


@blueprint.get("/open-data")
@open_to_all("what is in it is what every visitor may read")
def open_data(actor: Actor) -> Any:
    number, mark = trail.head()
    return page(
        "publish/open_data.html", neighbourhoods=places.neighbourhoods(VISITOR), lists=LISTS.values(), number=number,
        mark=mark, licence=queries.LICENCE, licence_at=queries.LICENCE_AT,
    )  # fmt: skip


@blueprint.get("/open-data/<slug>/<name>")
@loads(queries.asked)
def open_list(actor: Actor, wanted: Asked) -> Any:
    made = queries.file(wanted)
    return file(made.content, made.media, wanted.file_name, made.mark)
