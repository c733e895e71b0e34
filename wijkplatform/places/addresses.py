"""Where a neighbourhood has its page: answers the question `address`."""

from typing import Any

from wijkplatform.places.models import Neighbourhood


def address(thing: Any) -> str | None:
    return f"/wijken/{thing.slug}" if isinstance(thing, Neighbourhood) else None
