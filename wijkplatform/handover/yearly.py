"""What was still there after a year (docs/FORMAT.md §15). Pure arithmetic, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

STILL_THERE = frozenset({"runs", "stopped_with_consent"})


def a_year_after(day: date) -> date:
    """The same day a year later; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28) if day.year < date.max.year else date.max


def yearly(days: Sequence[date], changes_on: date) -> int | None:
    """Which of these days of looking back is the first one a year or more after the change; None: not yet."""
    late = [place for place, day in enumerate(days) if day >= a_year_after(changes_on)]
    return min(late, key=lambda place: days[place], default=None)


def still_there(states: Iterable[str | None]) -> int:
    """How many run, or stopped with everybody's consent."""
    return sum(1 for state in states if state in STILL_THERE)
