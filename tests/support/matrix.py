"""Permission matrices: text that people can read, and that policy and routes are both held to.

A matrix is a table: first the thing, then the action, then a cell per column of the header. `yes`: may; `no`: may not.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.client import Browser
from tests.support.world import COLUMNS, World
from wijkplatform.core.actor import Actor

Door = Callable[[Browser, str], Any]


@dataclass(frozen=True)
class Row:
    thing: str
    action: str
    cells: dict[str, bool]


@dataclass
class Matrix:
    """A table with what its words mean: how to get the thing, where it is, and through which door one acts."""

    table: str
    things: dict[str, Callable[[World], Any]]  #: in an application context; may put the world in the state named
    doors: dict[str, Callable[[World, Browser, str], Any]] = field(default_factory=dict)
    slug_of: Callable[[str], str] = lambda thing: thing.rpartition(" in ")[2]

    @property
    def rows(self) -> list[Row]:
        lines = [line for line in self.table.strip("\n").splitlines() if line.strip() and not line.startswith("#")]
        names = lines[0].split()
        assert names == list(COLUMNS), f"the header names {names}"
        return [self._row(line, names) for line in lines[1:]]

    @staticmethod
    def _row(line: str, names: list[str]) -> Row:
        thing, action, cells = (part.strip() for part in line.split("|"))
        values = cells.split()
        assert len(values) == len(names), line
        assert set(values) <= {"yes", "no"}, line
        return Row(thing, action, {name: value == "yes" for name, value in zip(names, values, strict=True)})


def acted(answer: Any) -> bool:
    """Did a door let somebody through? A refusal is 403, 404, or the way to the login page or to the page that asks
    where somebody lives; anything else is a fault."""
    status, place = answer.status_code, answer.headers.get("Location", "")
    if status in (403, 404) or (status == 303 and (place.startswith("/inloggen") or "/meedoen?bewaard=1" in place)):
        return False
    assert status in (200, 303), f"an answer that is neither yes nor no: {status}"
    return True


Actors = dict[str, Actor]
