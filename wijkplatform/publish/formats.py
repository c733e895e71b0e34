"""A list as a file: CSV that opens in a Dutch spreadsheet, and JSON for programs. No database, no request."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from wijkplatform.core import clock, spreadsheet
from wijkplatform.core.spreadsheet import guarded

Row = dict[str, Any]


def as_csv(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Numbers stay numbers, with a comma; every text is guarded."""
    return spreadsheet.written(columns, ([_cell(row[column]) for column in columns] for row in rows))


def _cell(value: Any) -> str:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return format(value, "f").replace(".", ",") if isinstance(value, Decimal) else str(value)
    text = _plain(value)
    text = ", ".join(text) if isinstance(text, list) else text or ""
    return guarded(text)


def _plain(value: Any) -> Any:
    """What JSON knows: a day as 2027-01-20, an instant with its place in the world, a number that stays exact as text."""
    if isinstance(value, datetime):
        return clock.local(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return value


def as_json(columns: Sequence[str], rows: Sequence[Row], about: dict[str, Any]) -> bytes:
    """The rows with what they are about: neighbourhood, licence, columns, and where the chain of deeds stood."""
    told = {**about, "rijen": [{column: _plain(row[column]) for column in columns} for row in rows]}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
