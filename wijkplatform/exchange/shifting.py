"""Moving every date, time and moment of a neighbourhood by whole years, and back again (`--schuif`).

Days keep their month and day, moments their clock time in Amsterdam. Four things cannot be kept as they are:
29 February becomes the 28th in a year without one; a moment or time that spring skips is read an hour later;
a time that autumn shows twice gets an offset (the first); an offset that is no longer needed goes.

None of these can be seen from the result, so `shift` also gives *notes*: per place what became of what. Keep
them (they are plain text, fit for JSON) and hand them to `shift_back`: what still stands as it was moved gets
its first value back; what was changed or added since simply moves by the years.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from wijkplatform.exchange.fields import (
    AMSTERDAM,
    DATE,
    MOMENT,
    TIME,
    Scalar,
    Time,
    in_amsterdam,
    offsets_on,
    written,
)
from wijkplatform.exchange.schema import Place, changed
from wijkplatform.exchange.tables import FILES

Data = dict[str, dict[str, Any]]
Notes = dict[str, list[str]]  # "file: place" → [as moved, as it was]


class Shifted(NamedTuple):
    data: Data
    notes: Notes


def shift(data: Data, years: int) -> Shifted:
    """The same neighbourhood, so many years later (or earlier, when negative)."""
    return _moved(data, years, {})


def shift_back(data: Data, years: int, notes: Notes) -> Data:
    """Undoes `shift(…, years)`, also where the calendar forced it to change something."""
    return _moved(data, -years, notes).data


def _moved(data: Data, years: int, kept: Notes) -> Shifted:
    notes: Notes = {}
    result: Data = {}
    for file, kind in FILES.items():

        def change(place: Place, scalar: Scalar, value: Any, row: Mapping[str, Any], file: str = file) -> Any:
            if scalar not in (DATE, MOMENT, TIME):
                return value
            key = f"{file}: {place}"
            if key in kept and kept[key][0] == written(value):
                return scalar.parse(_raw(scalar, kept[key][1]))
            moved = _move(scalar, value, row, years)
            if moved != value and _move_alone(scalar, moved, row, years) != value:
                notes[key] = [written(moved), written(value)]
            return moved

        result[file] = changed(kind, data[file], Place(), change, {})
    return Shifted(result, notes)


def _raw(scalar: Scalar, text: str) -> object:
    return date.fromisoformat(text) if scalar is DATE else text


def _move(scalar: Scalar, value: Any, row: Mapping[str, Any], years: int) -> Any:
    if scalar is DATE:
        return move_day(value, years)
    if scalar is MOMENT:
        return move_moment(value, years)
    return move_time(value, move_day(row["datum"], years))


def _move_alone(scalar: Scalar, moved: Any, row: Mapping[str, Any], years: int) -> Any:
    """Where moving back would bring it without a note."""
    if scalar is TIME:
        return move_time(moved, row["datum"])
    return _move(scalar, moved, row, -years)


def move_day(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        if 1 <= day.year + years <= date.max.year:
            return date(day.year + years, 2, 28)
        raise ValueError(f"De datum {day} valt na het schuiven buiten de kalender.") from None


def move_moment(moment: datetime, years: int) -> datetime:
    """The same clock time in Amsterdam; of a doubled hour the same half."""
    local = moment.astimezone(AMSTERDAM)
    day = move_day(local.date(), years)
    moved = datetime.combine(day, local.time(), AMSTERDAM).replace(fold=local.fold)
    return in_amsterdam(moved.astimezone(UTC))


def move_time(time: Time, day: date) -> Time:
    """The clock time as it must be written on that day."""
    offsets = offsets_on(day, time.clock)
    if not offsets:
        later = datetime.combine(day, time.clock) + timedelta(hours=1)
        return Time(later.time())
    if len(offsets) == 1:
        return Time(time.clock)
    hours = [round(offset.total_seconds() / 3600) for offset in offsets]
    return Time(time.clock, time.offset if time.offset in hours else hours[0])
