"""Who may have the open data: everybody, and everybody gets the same."""

from typing import Any

from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.world import World, place
from wijkplatform.publish.lists import LISTS
from wijkplatform.publish.models import Asked

TABLE = """
                                          visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
list in huizum-oost            | view    | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
"""


def _list(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(f"/open-data/{slug}/punten.csv")


MATRIX = Matrix(
    TABLE,
    things={"list in huizum-oost": lambda world: Asked(place("huizum-oost"), LISTS["punten"], "csv")},
    doors={"list view": _list},
)
