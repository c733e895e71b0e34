"""When two directories are equal (docs/FORMAT.md §18), and where they are not.

Absent, null, [] and {} are the same, and so is an optional field at its default. The order of keys does not
matter, that of lists does. Numbers, days, times and moments count by value, texts exactly after NFC.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wijkplatform.core.characters import composed
from wijkplatform.exchange.fields import Scalar, show
from wijkplatform.exchange.schema import Many, Place, Row, Rows, Table, Type
from wijkplatform.exchange.tables import FILES

Data = Mapping[str, Mapping[str, Any] | None]


def differences(a: Data, b: Data) -> list[str]:
    """One line per difference, `file: place: value in a ≠ value in b`; empty when the two are equal."""
    found: list[str] = []
    for file, kind in FILES.items():
        for place, left, right in _differ(kind, a.get(file), b.get(file), Place()):
            found.append(f"{file}: {place}: {_told(left)} ≠ {_told(right)}")
    found += [f"{file}: hoort niet bij het formaat" for file in sorted({*a, *b} - set(FILES))]
    return found


def _told(value: Any) -> str:
    if _nothing(value):
        return "niets"
    if isinstance(value, list | Mapping):
        return f"{'lijst' if isinstance(value, list) else 'blok'} van {len(value)}"
    return show(value, 300)


def _nothing(value: Any) -> bool:
    return value is None or (isinstance(value, list | tuple | Mapping) and not value)


Difference = tuple[Place, Any, Any]


def _differ(kind: Type | None, left: Any, right: Any, place: Place) -> list[Difference]:
    if _nothing(left) or _nothing(right):
        return [] if _nothing(left) and _nothing(right) else [(place, left, right)]
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return _differ_mapping(kind, left, right, place)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return _differ_list(kind, left, right, place)
    return [] if _plain(left) == _plain(right) else [(place, left, right)]


def _differ_list(kind: Type | None, left: Any, right: Any, place: Place) -> list[Difference]:
    item = kind.row if isinstance(kind, Rows) else kind.item if isinstance(kind, Many) else None
    if len(left) != len(right) or isinstance(item, Scalar):
        same = [_plain(value) for value in left] == [_plain(value) for value in right]
        return [] if same else [(place, _as_text(left), _as_text(right))]
    result = []
    for number, (one, other) in enumerate(zip(left, right, strict=True), 1):
        result += _differ(item, one, other, place.item(number))
    return result


def _as_text(values: Any) -> str | list[Any]:
    """A list of plain values is told in full, a list of blocks by its length."""
    if any(isinstance(value, Mapping) for value in values):
        return list(values)
    return "[" + ", ".join(show(value) for value in values) + "]"


def _differ_mapping(kind: Type | None, left: Any, right: Any, place: Place) -> list[Difference]:
    here = place.inside(left)
    result = []
    for key in dict.fromkeys([*left, *right]):
        field = kind.fields.get(key) if isinstance(kind, Row) else None
        inner = field.type if field else kind.value if isinstance(kind, Table) else None
        one, other = left.get(key), right.get(key)
        if field and field.default is not None:
            one, other = (None if _plain(v) == _plain(field.default) else v for v in (one, other))
        result += _differ(inner, one, other, here.field(key))
    return result


def _plain(value: Any) -> Any:
    """A value to compare by: a yes/no is never a number, texts in NFC."""
    if isinstance(value, bool):
        return (bool, value)
    if isinstance(value, str):
        return composed(value)
    return value
