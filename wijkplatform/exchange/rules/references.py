"""Ids are unique in the whole directory; references point at something of the right kind, and not twice."""

from __future__ import annotations

from typing import Any

from wijkplatform.exchange.schema import Many, Place, Row, Rows, Table, Type
from wijkplatform.exchange.tables import FILE_OF, FILES
from wijkplatform.exchange.world import Findings, World

FIRST_BLOCK = {file: block for block, file in reversed(FILE_OF.items())}


def unique_ids(world: World, findings: Findings) -> None:
    seen: set[str] = set()
    for file, place, kind, value in world.values:
        if kind.defines:
            if value in seen:
                findings.wrong(FIRST_BLOCK[file], place, f"Het id {value} bestaat al. Kies een ander id.")
            seen.add(value)


def references_exist(world: World, findings: Findings) -> None:
    for file, place, kind, value in world.values:
        if not kind.refers:
            continue
        found = world.kinds.get(value)
        wanted = " of ".join(kind.refers)
        if found is None:
            findings.wrong(FIRST_BLOCK[file], place, f"{value} bestaat niet. Verwijs naar een id van: {wanted}.")
        elif found not in kind.refers:
            text = f"{value} is een ander soort ding ({found}). Verwijs naar een id van: {wanted}."
            findings.wrong(FIRST_BLOCK[file], place, text)


def nothing_named_twice(world: World, findings: Findings) -> None:
    for file, kind in FILES.items():
        _twice(kind, world.data[file], Place(), FIRST_BLOCK[file], findings)


def _twice(kind: Type, value: Any, place: Place, block: str, findings: Findings) -> None:
    if isinstance(kind, Many) and kind.item.refers:
        for item in sorted({item for item in value if value.count(item) > 1} if len(set(value)) < len(value) else ()):
            findings.wrong(block, place, f"{item} staat twee keer in deze lijst. Laat er één staan.")
    elif isinstance(kind, Rows):
        for number, item in enumerate(value, 1):
            _twice(kind.row, item, place.item(number), block, findings)
    elif isinstance(kind, Table):
        for key, item in value.items():
            _twice(kind.value, item, place.field(key), block, findings)
    elif isinstance(kind, Row):
        here = place.inside(value)
        for name, field in kind.fields.items():
            if value.get(name) is not None:
                _twice(field.type, value[name], here.field(name), block, findings)


RULES = (unique_ids, references_exist, nothing_named_twice)
