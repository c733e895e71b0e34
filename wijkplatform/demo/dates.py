"""Bringing the dates of the open neighbourhood to the day on which it is loaded. Pure arithmetic on its data."""

from datetime import date, datetime, timedelta
from typing import Any

WRITTEN_ON = date(2026, 11, 22)  #: the day for which the dates of the open neighbourhood were written
WINDOW = timedelta(days=60)  #: how long its moments stay open
#: Fields that say from when to when something counts: what begins or ends with a month goes on doing so.
PERIODS = frozenset({"start", "eind", "van", "tot", "vanaf", "peildatum"})


def moved(data: dict[str, Any], today: date) -> dict[str, Any]:
    """The same neighbourhood as if written today. It moves by whole weeks, so that a Tuesday evening stays one and
    nobody works on Sunday; never beyond today. The draft call is open to remarks for the whole window."""
    weeks = timedelta(days=(today - WRITTEN_ON).days // 7 * 7)
    found: dict[str, Any] = _each(data, weeks)
    call = found["06_uitvraag.yaml"]["uitvraag"]
    for version in call["versies"] if call else []:
        if "reactie_tot" in version:
            version["reactie_tot"] = today + WINDOW
    return found


def _each(value: Any, weeks: timedelta, field: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _each(each, weeks, str(key)) for key, each in value.items()}
    if isinstance(value, list):
        return [_each(each, weeks, field) for each in value]
    if isinstance(value, datetime):
        return value + weeks
    if isinstance(value, date):
        return _border(value, value + weeks) if field in PERIODS else value + weeks
    return value


def _border(was: date, now: date) -> date:
    """The first of a month stays a first, the last stays a last: that of the month reached, or of the one before."""
    day = timedelta(days=1)
    if was.day == 1:
        return now.replace(day=1)
    if (was + day).day == 1:
        return (now + day).replace(day=1) - day
    return now
