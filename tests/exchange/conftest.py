"""The demo as data to change, and small helpers to reach into it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import wijkplatform
from wijkplatform.exchange.directory import Directory, Refused, read, read_mapping
from wijkplatform.exchange.tables import FILE_OF

DEMO = Path(wijkplatform.__file__).parent / "demo" / "zuiderkwartier"


class Neighbourhood:
    """A copy of the demo: `n["reacties"]` is a block, `n("R-05")` the object with that id."""

    def __init__(self, data: dict[str, dict[str, Any]]) -> None:
        self.data = copy.deepcopy(data)

    def __getitem__(self, block: str) -> Any:
        return self.data[FILE_OF[block]][block]

    def __setitem__(self, block: str, value: Any) -> None:
        self.data[FILE_OF[block]][block] = value

    def __call__(self, code: str) -> dict[str, Any]:
        return next(item for item in _objects(list(self.data.values())) if item.get("id") == code)

    def add(self, block: str, like: str, **changes: Any) -> dict[str, Any]:
        item = copy.deepcopy(self(like))
        item.update(changes)
        self[block].append(item)
        return item

    def errors(self) -> list[str]:
        try:
            read_mapping(self.data)
        except Refused as refused:
            return refused.lines()
        return []

    def check(self) -> Directory:
        return read_mapping(self.data)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _objects(item)


@pytest.fixture(scope="session")
def demo() -> Directory:
    return read(DEMO)


@pytest.fixture
def hood(demo: Directory) -> Neighbourhood:
    return Neighbourhood(demo.data)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The demo's files, to damage."""
    for file in DEMO.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


@pytest.fixture
def lines_of(folder: Path) -> Callable[[], list[str]]:
    """What reading the damaged folder says; empty when it is accepted."""

    def told() -> list[str]:
        try:
            read(folder)
        except Refused as refused:
            return refused.lines()
        return []

    return told
