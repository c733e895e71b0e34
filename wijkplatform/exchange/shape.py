"""Round one: does a file have the shape of its table? Gives normalised data; reports what does not fit.

Data convention: exactly the keys of the files; values as in `fields.py`; every block present (None, [] or {}
when empty); an optional field without a value is *absent*, and so is one at its default or an empty one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wijkplatform.exchange.fields import Scalar, Wrong, show
from wijkplatform.exchange.reading import BROKEN
from wijkplatform.exchange.schema import Field, Many, Place, Row, Rows, Table, Type

Report = Callable[[Place, str], None]

# What could not be made into a value; reported already. Data that holds it never leaves round one.
INVALID = object()
UNKNOWN = "Dit veld kent het formaat niet."


def check(kind: Type, raw: Any, place: Place, report: Report) -> Any:
    """The normalised value of `raw` as `kind`, or INVALID after telling why."""
    if raw is BROKEN:
        return INVALID
    if isinstance(kind, Scalar):
        try:
            return kind.parse(raw)
        except Wrong as wrong:
            report(place, str(wrong))
            return INVALID
    if isinstance(kind, Rows | Many):
        return _list(kind, raw, place, report)
    if not isinstance(raw, Mapping):
        report(place, "Hier moet een blok met velden staan.")
        return INVALID
    return _table(kind, raw, place, report) if isinstance(kind, Table) else _row(kind, raw, place, report)


def _list(kind: Rows | Many, raw: Any, place: Place, report: Report) -> Any:
    if not isinstance(raw, list | tuple):
        report(place, "Hier moet een lijst staan. Schrijf [] als er nog niets is.")
        return INVALID
    if isinstance(kind, Many):
        return [check(kind.item, item, place, report) for item in raw]
    if len(raw) < kind.least:
        report(place, "Deze lijst is leeg. Zet er minstens één in.")
    return [check(kind.row, item, place.item(n), report) for n, item in enumerate(raw, 1)]


def _table(kind: Table, raw: Mapping[Any, Any], place: Place, report: Report) -> dict[Any, Any]:
    result = {}
    for raw_key, value in raw.items():
        if raw_key is not BROKEN:
            here = place.field(raw_key)
            result[check(kind.key, raw_key, here, report)] = check(kind.value, value, here, report)
    return result


def _row(kind: Row, raw: Mapping[Any, Any], place: Place, report: Report) -> dict[str, Any]:
    here = place.inside(raw)
    for key in raw:
        if key is not BROKEN and (not isinstance(key, str) or key not in kind.fields):
            report(here.field(key), UNKNOWN)
    result: dict[str, Any] = {}
    for name, field in kind.fields.items():
        if name not in raw:
            _missing(name, field, here, report)
        elif raw[name] is None:
            _empty(name, field, here, report, result)
        else:
            value = check(field.type, raw[name], here.field(name), report)
            if field.required or field.nullable or (value != [] and value != field.default):
                result[name] = value
    return result


def _missing(name: str, field: Field, here: Place, report: Report) -> None:
    if name == "formaat":
        report(
            here.field(name),
            "De versie van het formaat ontbreekt: geen versie gevonden. Zet erbij: formaat: 2.",
        )
    elif field.nullable:
        report(here.field(name), f"Dit blok ontbreekt. Schrijf {name}: null als het er nog niet is.")
    elif field.required:
        report(here.field(name), "Dit veld ontbreekt. Vul het in.")


def _empty(name: str, field: Field, here: Place, report: Report, result: dict[str, Any]) -> None:
    if field.nullable:
        result[name] = None
    elif name == "formaat":
        report(here.field(name), f"Hier staat versie {show(None)} van het formaat. Schrijf formaat: 2.")
    elif field.required:
        report(here.field(name), "Dit veld is leeg (null). Vul het in.")
