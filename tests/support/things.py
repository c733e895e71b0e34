"""Putting the world in a state by hand, and what somebody sends along with a deed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.support.client import Browser
from tests.support.world import World
from wijkplatform.core import clock, keeping, trail
from wijkplatform.core.db import begin_writing


def put(change: Callable[[], Any]) -> None:
    """Change something outside any rule and without an event, and make it final; what was kept knows nothing of it."""
    begin_writing()
    change()
    trail.commit()
    keeping.STORE.clear()


def seal_first(thing: Any) -> Any:
    """The same thing, sealed until tomorrow."""
    put(lambda: setattr(thing, "sealed_until", clock.now() + timedelta(days=1)))
    return thing


def wear(world: World, browser: Browser, slug: str) -> dict[str, str]:
    """The form token of this browser and the first hat of its person here: what no button has to offer."""
    hat = world.watch.execute(
        "SELECT m.id FROM mandate m JOIN neighbourhood n ON n.id = m.neighbourhood_id JOIN session s ON s.person_id = "
        "m.person_id WHERE n.slug = ? AND s.token_hash = ? ORDER BY m.position, m.id",
        (slug, browser.token_hash()),
    ).fetchone()
    return {"csrf_token": browser.token(), "hat": str(hat[0]) if hat else "1"}
