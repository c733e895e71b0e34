"""Where the things of the agenda have their page: answers the question `address`."""

from typing import Any

from wijkplatform.agenda.models import Need
from wijkplatform.places import queries as places


def address(thing: Any) -> str | None:
    if not isinstance(thing, Need):
        return None
    return f"/wijken/{places.by_id(thing.neighbourhood_id).slug}/agenda/{thing.code}"
