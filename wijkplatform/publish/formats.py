"""A list as a file: CSV that opens in a Dutch spreadsheet, and JSON for programs. No database, no request."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from wijkplatform.core import clock

Row = dict[str, Any]
#: A spreadsheet takes a cell that begins with one of these for a formula, also after spaces; a mark keeps it a text.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"


def as_csv(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Semicolons, a comma in numbers, and the sign by which spreadsheets see that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return format(value, "f").replace(".", ",") if isinstance(value, Decimal) else str(value)
    text = _plain(value)
    text = ", ".join(text) if isinstance(text, list) else text or ""
    return GUARD + text if text.lstrip(" ").startswith(FORMULA) else text


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
