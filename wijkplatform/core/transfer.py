"""A neighbourhood on its way in or out: what the features' `exchange` files share while a directory is read or written.

Taking over a record is not replaying it: features call their service's `apply` functions, which keep the invariants
of the data and leave events, but ask neither who nor when.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from wijkplatform.core import clock, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import Written, db, kind_of, model_of

FILES = (
    "00_gebied", "01_organisaties_rollen_centra", "02_bewonersagenda", "03_nota_van_uitgangspunten", "04_wijkplan",
    "05_criteria", "06_uitvraag", "07_reacties", "08_nota_van_beantwoording_en_inlichtingen",
    "09_inschrijvingen_en_beoordeling", "10_prestatieafspraken", "11_halfjaargesprekken", "12_aanpassingen",
    "13_overdracht", "14_schemergebied", "15_invloedsspoor",
)  # fmt: skip


@dataclass
class Load:
    """A checked directory being taken over. `files` maps a file's name to its data, as `exchange.directory` reads it.

    `register` enters a thing under its code: the index does that, which core does not know.
    """

    actor: Actor
    files: dict[str, dict[str, Any]]
    register: Callable[[Any, str], Any]
    shifted_years: int = 0
    neighbourhood: Any = None  #: set by `places`, first in the line
    rows: dict[str, Any] = field(default_factory=dict)

    def file(self, number: int) -> dict[str, Any]:
        """The data of file 00-15."""
        return self.files[f"{FILES[number]}.yaml"]

    def row(self, code: str | None) -> Any:
        """The row of a reference; None for an absent one."""
        return None if code is None else self.rows[code]

    def listed(self, codes: Iterable[str] | None) -> list[Any]:
        return [self.rows[code] for code in codes or ()]

    def keep(self, thing: Any, title: str) -> Any:
        """Add a row with a code, enter it in the index, and remember it for references."""
        db.session.add(thing)
        self.register(thing, title)
        self.rows[thing.code] = thing
        return thing

    def record(
        self,
        verb: str,
        thing: Any,
        *,
        on: date | datetime | None = None,
        words: Written | None = None,
        voice: Any = None,
        because: Iterable[Any] = (),
        facts: dict[str, Any] | None = None,
        how: str | None = None,
    ) -> None:
        """Leave a taken-over event: `on` is the day (or instant) it happened, None where the file does not say."""
        happened, precision = moment_of(on)
        trail.record(
            self.actor, verb, thing, words=words, voice=voice, because=because, facts=facts, how=how,
            happened=happened, precision=precision,
        )  # fmt: skip


def moment_of(on: date | datetime | None) -> tuple[datetime | None, str]:
    """An instant with its precision: a day is its first instant with precision 'day'; None is unknown."""
    if on is None:
        return None, "unknown"
    if isinstance(on, datetime):
        return on, "second"
    return clock.start_of(on), "day"


@dataclass
class Dump:
    """A neighbourhood being written out. `links_of` is the index's answer for all links from one kind of thing.

    Features fill `files`; values of None are left out by the writer.
    """

    neighbourhood: Any
    links_of: Callable[[int, str], dict[tuple[int, str], list[tuple[str, int]]]]
    files: dict[str, dict[str, Any]] = field(default_factory=lambda: {f"{name}.yaml": {} for name in FILES})
    _links: dict[str, Any] = field(default_factory=dict)
    _codes: dict[tuple[str, int], str] = field(default_factory=dict)

    def file(self, number: int) -> dict[str, Any]:
        return self.files[f"{FILES[number]}.yaml"]

    def all(self, model: type[Any]) -> list[Any]:
        """The rows of a kind in the order in which they were read, new ones after them."""
        return list(
            db.session.scalars(
                select(model).where(model.neighbourhood_id == self.neighbourhood.id).order_by(model.position, model.id)
            )
        )

    def code(self, kind: str, id_: int | None) -> str | None:
        """The code of a thing, by kind and primary key."""
        if id_ is None:
            return None
        if (kind, id_) not in self._codes:
            model = model_of(kind)
            rows = db.session.execute(select(model.id, model.code).where(_home(model) == self.neighbourhood.id))
            self._codes.update({(kind, row.id): row.code for row in rows})
        return self._codes[kind, id_]

    def linked(self, thing: Any, relation: str) -> list[str]:
        """The codes of what a thing names by this relation, in order."""
        kind = kind_of(thing)
        if kind not in self._links:
            self._links[kind] = self.links_of(self.neighbourhood.id, kind)
        found = self._links[kind].get((thing.id, relation), [])
        return [str(self.code(*target)) for target in found]


def _home(model: Any) -> Any:
    """A person belongs to a neighbourhood by `home_id`, every other thing by `neighbourhood_id`."""
    return getattr(model, "neighbourhood_id", None) or model.home_id
