"""Which values fit a unit (docs/FORMAT.md §12). Pure arithmetic, no database.

`procent` holds 0–100, `aantal van N` holds 0–N; every other unit is free.
"""

from __future__ import annotations

import re
from decimal import Decimal

_COUNT_OF = re.compile(r"aantal van (0|[1-9][0-9]{0,14})")


def highest(unit: str) -> Decimal | None:
    """The most that a unit holds; None for a free one."""
    counted = _COUNT_OF.fullmatch(unit)
    return Decimal(100) if unit == "procent" else Decimal(counted[1]) if counted else None


def fits(unit: str, value: Decimal | None) -> bool:
    """No value fits every unit."""
    most = highest(unit)
    return value is None or most is None or 0 <= value <= most
