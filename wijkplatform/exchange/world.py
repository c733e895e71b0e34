"""What the rules of round two look at: the checked data by block and by id, and where findings go.

The shape is right when a World is made, but references may still point nowhere: rules look things up with
`.get` and leave the dangling ones to `rules/references.py`.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from wijkplatform.exchange import counting
from wijkplatform.exchange.fields import Scalar
from wijkplatform.exchange.schema import Place, scalars
from wijkplatform.exchange.tables import FILE_OF, FILES
from wijkplatform.influence.traces import Trace

Item = dict[str, Any]


class Findings:
    """Errors and notices as (file, place, sentence); a rule names the block, the file follows from it."""

    def __init__(self) -> None:
        self.errors: list[tuple[str, str, str]] = []
        self.notices: list[tuple[str, str, str]] = []

    def wrong(self, block: str, place: object, sentence: str) -> None:
        self.errors.append((FILE_OF[block], str(place), sentence))

    def note(self, block: str, place: object, sentence: str) -> None:
        self.notices.append((FILE_OF[block], str(place), f"Let op: {sentence}"))


class World:
    """The sixteen files together."""

    def __init__(self, data: dict[str, dict[str, Any]]) -> None:
        self.data = data

    def __getitem__(self, block: str) -> Any:
        return self.data[FILE_OF[block]][block]

    def by_id(self, block: str) -> dict[str, Item]:
        """The objects of a list block by id."""
        if block not in self._indexes:
            self._indexes[block] = {item["id"]: item for item in self[block]}
        return self._indexes[block]

    @cached_property
    def _indexes(self) -> dict[str, dict[str, Item]]:
        return {}

    @cached_property
    def values(self) -> list[tuple[str, Place, Scalar, Any]]:
        """Every id and reference in all files: file, place, type, value."""
        return [
            (file, *found)
            for file, kind in FILES.items()
            for found in scalars(kind, self.data[file], Place())
            if found[1].defines or found[1].refers
        ]

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Which kind of thing each id is (of an id used twice: the first)."""
        result: dict[str, str] = {}
        for _, _, kind, value in self.values:
            if kind.defines:
                result.setdefault(value, kind.defines)
        return result

    @property
    def quality(self) -> list[Item]:
        return [item for item in self["criteria"] if item["soort"] == "kwaliteit"]

    @property
    def concept_version(self) -> Item | None:
        """The version of the call on which remarks are possible."""
        return self.versions[self.concept_number - 1] if self.concept_number else None

    @property
    def concept_number(self) -> int:
        """Its number, by place in the list (the numbers as written may be wrong); 0 without one."""
        periods = ("reactie_van", "reactie_tot")
        return next((n for n, item in enumerate(self.versions, 1) if any(name in item for name in periods)), 0)

    @property
    def versions(self) -> list[Item]:
        """The versions of the call; none without a call."""
        return self["uitvraag"]["versies"] if self["uitvraag"] else []

    @property
    def after_concept(self) -> bool:
        """Whether there is a version after the one on which remarks were possible."""
        return 0 < self.concept_number < len(self.versions)

    @cached_property
    def traces(self) -> list[Trace]:
        """The trace of every need, in order."""
        return counting.traces_of(self)

    @cached_property
    def trace_of(self) -> dict[str, Trace]:
        return {trace.need: trace for trace in self.traces}
