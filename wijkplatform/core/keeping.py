"""What was made once and is still true: kept per process, for all readers alike.

It is looked up under the head of the neighbourhood it is about, so the first deed there makes it forgotten, also a deed
of another process. It stands until the earliest instant that was asked about while it was made. Only what everybody
sees alike is kept: nothing in it may depend on who looks.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import count
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, text

from wijkplatform.core import clock, words
from wijkplatform.core.db import Base, Instant, alone, db, once

Value = TypeVar("Value")
MOST_BYTES = 16_000_000
DATA = 3_000  #: what a handful of rows weighs, roughly: it is counted so that no store grows without end
LARGEST = MOST_BYTES // 8


@dataclass(frozen=True)
class Entry:
    value: Any
    until: datetime | None  #: None: until the key changes
    size: int

    def stands(self) -> bool:
        return self.until is None or self.until > clock.now()


class Store:
    """Last used stays longest; never more than so many bytes."""

    def __init__(self, most: int):
        self.most, self.size = most, 0
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Entry | None:
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            if found.stands():
                self._entries.move_to_end(key)
                return found
            self._drop(key)
            return None

    def put(self, key: Hashable, value: Any, until: datetime | None, size: int) -> Entry:
        entry = Entry(value, until, size)
        with self._lock:
            if key in self._entries:
                self._drop(key)
            if size <= min(LARGEST, self.most):
                self._entries[key] = entry
                self.size += size
            while self.size > self.most:
                self._drop(next(iter(self._entries)))
        return entry

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.size = 0

    def _drop(self, key: Hashable) -> None:
        self.size -= self._entries.pop(key).size


STORE = Store(MOST_BYTES)
_next = count(1)
_numbers: WeakKeyDictionary[Engine, int] = WeakKeyDictionary()

#: The last event of one neighbourhood, and the last of none: what a person chose shows in every neighbourhood.
_HEAD_OF = text(
    "SELECT"
    " (SELECT hash FROM event WHERE neighbourhood_id = :place ORDER BY neighbourhood_id DESC, number DESC LIMIT 1),"
    " (SELECT hash FROM event WHERE neighbourhood_id IS NULL ORDER BY neighbourhood_id DESC, number DESC LIMIT 1)"
)
_HEAD = text("SELECT hash FROM chain_head")


#: For a page of everybody: which neighbourhood it is about, by a question of the feature that knows, and its head.
_GLANCE = (
    "SELECT p.id,"
    " (SELECT hash FROM event WHERE neighbourhood_id = p.id ORDER BY neighbourhood_id DESC, number DESC LIMIT 1),"
    " (SELECT hash FROM event WHERE neighbourhood_id IS NULL ORDER BY neighbourhood_id DESC, number DESC LIMIT 1)"
    " FROM ({}) AS p"
)
EVERYWHERE = "SELECT 0 AS id"


@cache
def _glance(where: str, dialect: str) -> str:
    sql = "SELECT 0, hash, '' FROM chain_head" if where == EVERYWHERE else _GLANCE.format(where)
    return sql if dialect == "sqlite" else re.sub(r":(\w+)", r"%(\1)s", sql)


def glance(where: str, parts: dict[str, Any]) -> tuple[int | None, str] | None:
    """The neighbourhood that `where` finds with the parts of an address, and its head, in one small question.

    None when there is none; without a neighbourhood it is the whole chain. It is all that a kept page costs, so it
    goes without a session.
    """
    engine = db.engine
    with engine.connect().execution_options(**alone(engine)) as connection:
        row = connection.exec_driver_sql(_glance(where, engine.dialect.name), parts).first()
    return (row[0] or None, f"{row[1]}{row[2]}") if row else None


def found_by(where: str, parts: dict[str, Any]) -> int | None:
    """The neighbourhood that `where` finds, with its head, in one question; None unless a page is being shown."""
    session = db.session()
    if session.info.get("writing") or not session.info.get("showing"):
        return None
    row = session.connection().exec_driver_sql(_glance(where, db.engine.dialect.name), parts).first()
    if row is None:
        return None
    once(("head", row[0]), lambda: f"{row[1]}{row[2]}")
    return int(row[0])


def head(neighbourhood_id: int | None) -> str:
    """The head of a neighbourhood, or of the whole chain: what everybody sees there only changes when this does."""

    def read() -> str:
        if neighbourhood_id is None:
            return str(db.session.execute(_HEAD).scalar())
        here, nowhere = db.session.execute(_HEAD_OF, {"place": neighbourhood_id}).one()
        return f"{here}{nowhere}"

    return once(("head", neighbourhood_id), read)


def for_all(neighbourhood_id: int | None, key: Hashable, make: Callable[[], Value], size: int = DATA) -> Value:
    """`make()`, or what it gave before when that still holds. Nothing in it may depend on who looks.

    It is made in a session of its own, so rows in it are loose: as they were read, whatever the request does. They are
    there to be read; what was not read with them is not to be had from them.
    """
    info = db.session().info
    if info.get("writing") or info.get("acting"):
        return make()
    return _kept(
        neighbourhood_id, key, lambda: _apart(make, {("head", neighbourhood_id): head(neighbourhood_id)}), size
    )


def acting() -> None:
    """A deed is on its way: it reads everything anew, and keeps nothing that it is about to change."""
    db.session().info["acting"] = True


def showing() -> None:
    """A page is asked for, and nothing is changed: what is kept may stand in for the rows themselves."""
    db.session().info["showing"] = True


def words_for_all(neighbourhood_id: int, key: Hashable, make: Callable[[], str]) -> str:
    """The same for a piece of a page, in this language."""
    return _kept(neighbourhood_id, key, make, None)


def _kept(neighbourhood_id: int | None, key: Hashable, make: Callable[[], Value], size: int | None) -> Value:
    place = (key, database(), words.locale(), neighbourhood_id, head(neighbourhood_id))
    found = STORE.get(place)
    if found is None:
        with clock.collecting() as earliest:
            value = make()
            until = first(earliest(), next_unsealing(neighbourhood_id))
        found = STORE.put(place, value, until, 2 * len(value) if size is None else size)  # type: ignore[arg-type]
    clock.note(found.until)
    return found.value  # type: ignore[no-any-return]


def _apart(make: Callable[[], Value], read: dict[Any, Any]) -> Value:
    """Read in a session of its own, and let go of it."""
    here, apart = db.session(), db.session.session_factory()
    apart.info["once"] = read
    db.session.registry.set(apart)
    try:
        return make()
    finally:
        db.session.registry.set(here)
        apart.close()


def database() -> int:
    """A number for the database that is asked: one process may hold several applications."""
    engine = db.engine
    if engine not in _numbers:
        _numbers[engine] = next(_next)
    return _numbers[engine]


def first(*instants: datetime | None) -> datetime | None:
    """The earliest of these."""
    return min((each for each in instants if each is not None), default=None)


def next_unsealing(neighbourhood_id: int | None) -> datetime | None:
    """When the next sealed row opens here: lists leave it out by a question to the database, not to the clock."""
    place = ("unsealing", database(), neighbourhood_id, head(neighbourhood_id))
    found = STORE.get(place)
    if found is None:
        asked = {"now": clock.now(), **({} if neighbourhood_id is None else {"place": neighbourhood_id})}
        until = min(db.session.scalars(_sealed(neighbourhood_id is None), asked), default=None)
        found = STORE.put(place, until, until, 200)
    return found.value  # type: ignore[no-any-return]


@cache
def _sealed(everywhere: bool) -> Any:
    """Every instant at which something opens, of all kinds of things."""
    pieces = []
    for table in Base.metadata.sorted_tables:
        if "sealed_until" in table.c:
            home = "id" if table.name == "neighbourhood" else "neighbourhood_id"
            here = "" if everywhere else f" AND {home} = :place"
            pieces.append(f'SELECT sealed_until FROM "{table.name}" WHERE sealed_until > :now{here}')  # noqa: S608
    return text(" UNION ALL ".join(pieces)).bindparams(bindparam("now", type_=Instant)).columns(sealed_until=Instant)
