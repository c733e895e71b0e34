"""Who may have the open data: everybody, and everybody gets the same."""

from typing import Any

from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.world import World
from wijkplatform.publish import queries

TABLE = """
                                          visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
list in huizum-oost            | view    | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
"""


def _list(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(f"/open-data/{slug}/punten.csv")


MATRIX = Matrix(
    TABLE,
    things={"list in huizum-oost": lambda world: queries.asked("huizum-oost", "punten.csv")},
    doors={"list view": _list},
)
