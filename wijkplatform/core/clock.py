"""Time: UTC in storage, Amsterdam for people, and the next instant at which an answer changes.

Open, closed, overdue and sealed are answers computed from stored instants and this clock. While a page is made,
`reached` also notes the earliest future instant it was asked about, so that a kept page knows how long it is true.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_asked: ContextVar[list[datetime] | None] = ContextVar("asked", default=None)


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Amsterdam. What depends on it is true until midnight."""
    day = local(now()).date()
    if _asked.get() is not None:
        note(end_of(day))
    return day


def local(instant: datetime) -> datetime:
    return instant.astimezone(AMSTERDAM)


def start_of(day: date) -> datetime:
    """The first instant of a day in Amsterdam."""
    return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant after a day in Amsterdam: a period 'tot en met' that day lasts until here."""
    return start_of(day + timedelta(days=1))


def at(day: date, clock_time: time) -> datetime:
    """A clock time on a day in Amsterdam, as an instant (`clock_time.fold` chooses in the autumn hour)."""
    return datetime.combine(day, clock_time, AMSTERDAM).astimezone(UTC)


def reached(instant: datetime | None) -> bool:
    """Has this instant come? None never comes. Notes a future instant for whoever is collecting."""
    if instant is None:
        return False
    if instant <= now():
        return True
    note(instant)
    return False


def note(instant: datetime | None) -> None:
    """Tell whoever is collecting that an answer changes at this instant; None never comes."""
    asked = _asked.get()
    if asked is not None and instant is not None:
        asked.append(instant)


@contextmanager
def collecting() -> Iterator[Callable[[], datetime | None]]:
    """Collect the future instants asked about; yields a function that gives the earliest, or None."""
    asked: list[datetime] = []
    token = _asked.set(asked)
    try:
        yield lambda: min(asked, default=None)
    finally:
        _asked.reset(token)
