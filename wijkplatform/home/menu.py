"""The way back: the neighbourhoods where somebody takes part, first in the menu of every page."""

from typing import Any

from wijkplatform.core.policy import may
from wijkplatform.places import queries as places
from wijkplatform.web import actor


def frame() -> dict[str, Any]:
    """In the order in which their roles stand; nothing for a visitor."""
    me = actor.current()
    found = places.by_ids(hat.neighbourhood_id for hat in me.hats)
    return {"own": [each for each in found if may(me, "view", each)]}
