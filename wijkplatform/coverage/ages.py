"""How long something lay with nobody, in days. Pure arithmetic, no database."""

from __future__ import annotations

from datetime import date

MONTH, YEAR = 30.4375, 365.25  #: days, on average


def waited(reported: date, owner_since: date | None, solved: date | None, today: date) -> int:
    """Days between the report and the day on which it became somebody's; until today while it is nobody's.

    An owner without a day counts until the day on which it was solved, or until today.
    """
    until = owner_since or solved or today
    return max((until - reported).days, 0)


def in_units(days: int) -> tuple[str, int]:
    """A length of time as people say it: days up to two weeks, weeks up to two months, months up to two years."""
    if days < 14:
        return "days", days
    if days < 2 * MONTH:
        return "weeks", days // 7
    if days < 2 * YEAR:
        return "months", int(days / MONTH)
    return "years", int(days / YEAR)
