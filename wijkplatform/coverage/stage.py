"""Where the problems that are nobody's stand. The grey zone is no stage of the circle: it lies across all of them."""

from typing import Any

from flask import url_for

from wijkplatform.coverage.models import GreyZone
from wijkplatform.places import queries as places


def address(thing: Any) -> str | None:
    if not isinstance(thing, GreyZone):
        return None
    return url_for("coverage.coverage", slug=places.by_id(thing.neighbourhood_id).slug, _anchor=thing.code)
