"""Where the problems that are nobody's stand. The grey zone is no stage of the circle: it lies across all of them."""

from typing import Any

from wijkplatform.coverage.models import GreyZone
from wijkplatform.places import queries as places


def address(thing: Any) -> str | None:
    if not isinstance(thing, GreyZone):
        return None
    return f"/wijken/{places.by_id(thing.neighbourhood_id).slug}/schemergebied#{thing.code}"
