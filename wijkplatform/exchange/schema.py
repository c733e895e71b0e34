"""The grammar of the tables in `tables.py`: rows, lists and mappings of fields, and how to walk over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wijkplatform.exchange.fields import ID_PATTERN, Scalar, show


@dataclass(frozen=True)
class Row:
    """A mapping with known fields, in the order in which they are written."""

    fields: Mapping[str, Field]


@dataclass(frozen=True)
class Rows:
    """A list of such mappings."""

    row: Row
    least: int = 0


@dataclass(frozen=True)
class Many:
    """A list of plain values; of references it names nothing twice (checked with the references)."""

    item: Scalar


@dataclass(frozen=True)
class Table:
    """A mapping whose keys are values themselves (a number of the scale, a reference)."""

    key: Scalar
    value: Type


Type = Scalar | Row | Rows | Many | Table


@dataclass(frozen=True)
class Field:
    """`required`: present and not null. `nullable`: present, null allowed. Otherwise absent or null."""

    type: Type
    required: bool = True
    nullable: bool = False
    default: object = None  # an optional value that means the same as absence, and is not written


def _fields(given: dict[str, Type | Field]) -> dict[str, Field]:
    return {name: kind if isinstance(kind, Field) else Field(kind) for name, kind in given.items()}


def row(**given: Type | Field) -> Row:
    return Row(_fields(given))


def rows(**given: Type | Field) -> Rows:
    return Rows(row(**given))


def at_least_one(kind: Rows) -> Rows:
    return replace(kind, least=1)


def many(item: Scalar) -> Many:
    return Many(item)


def table(key: Scalar, value: Type) -> Table:
    return Table(key, value)


def optional(kind: Type, default: object = None) -> Field:
    return Field(kind, required=False, default=default)


def or_null(kind: Type) -> Field:
    """A block that is null while the neighbourhood has not come so far."""
    return Field(kind, required=False, nullable=True)


@dataclass(frozen=True)
class Place:
    """Where something stands: the id of the nearest object with one, then the path of fields from there.

    Positions in a list count from 1, as people do: `UV-2026 versies[2].datum`, `individuele_scores[4].score`.
    """

    base: str = ""
    path: str = ""

    def field(self, name: object) -> Place:
        text = show(name) or "''"
        return Place(self.base, f"{self.path}.{text}" if self.path else text)

    def item(self, position: int) -> Place:
        return Place(self.base, f"{self.path}[{position}]")

    def inside(self, content: object) -> Place:
        """The place seen from within this mapping: from its id on, when it has a proper one."""
        found = content.get("id") if isinstance(content, Mapping) else None
        if isinstance(found, str) and ID_PATTERN.fullmatch(found):
            return Place(found, "")
        return self

    def __str__(self) -> str:
        return " ".join(part for part in (self.base, self.path) if part) or "inhoud"


Visit = tuple[Place, Scalar, Any]


def scalars(kind: Type, value: Any, place: Place) -> Iterator[Visit]:
    """All plain values of checked data with their type and place; of a list the place is its field."""
    if value is None:
        return
    if isinstance(kind, Scalar):
        yield place, kind, value
    elif isinstance(kind, Many):
        for item in value:
            yield place, kind.item, item
    elif isinstance(kind, Rows):
        for position, item in enumerate(value, 1):
            yield from scalars(kind.row, item, place.item(position))
    elif isinstance(kind, Table):
        for key, item in value.items():
            yield place.field(key), kind.key, key
            yield from scalars(kind.value, item, place.field(key))
    else:
        here = place.inside(value)
        for name, field in kind.fields.items():
            yield from scalars(field.type, value.get(name), here.field(name))


Change = Callable[[Place, Scalar, Any, Mapping[str, Any]], Any]


def changed(kind: Type, value: Any, place: Place, change: Change, around: Mapping[str, Any]) -> Any:
    """A copy of checked data, every plain value (not keys) replaced by `change(place, type, value, row)`."""
    if value is None:
        return None
    if isinstance(kind, Scalar):
        return change(place, kind, value, around)
    if isinstance(kind, Many):
        return [change(place.item(n), kind.item, item, around) for n, item in enumerate(value, 1)]
    if isinstance(kind, Rows):
        return [changed(kind.row, item, place.item(n), change, around) for n, item in enumerate(value, 1)]
    if isinstance(kind, Table):
        return {k: changed(kind.value, item, place.field(k), change, around) for k, item in value.items()}
    here = place.inside(value)
    return {
        name: changed(kind.fields[name].type, item, here.field(name), change, value) for name, item in value.items()
    }
