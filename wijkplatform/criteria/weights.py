"""How weights came about: undoing the changes one by one (docs/FORMAT.md §7). Pure arithmetic, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Change:
    """One change of one weight."""

    criterion: str
    old: Decimal
    new: Decimal


class DoesNotFit(ValueError):
    """A change that does not lead to the weight that held after it; `criterion` says which."""

    def __init__(self, criterion: str):
        super().__init__(criterion)
        self.criterion = criterion


def before(weights: Mapping[str, Decimal], changes: Sequence[Change]) -> dict[str, Decimal]:
    """The weights as they were before all changes: undone from the last to the first."""
    held = dict(weights)
    for change in reversed(changes):
        if held[change.criterion] != change.new:
            raise DoesNotFit(change.criterion)
        held[change.criterion] = change.old
    return held


def total(weights: Mapping[str, Decimal]) -> Decimal:
    return sum(weights.values(), Decimal())
