"""The versions of the format: which field came with which. Older versions stay readable; an export writes the oldest
version that has all it needs."""

from typing import Any

NEWEST = 2
#: What version 1 does not know, by block.
SECOND = {"artikelen": ("vervallen_in",), "reacties": ("gewijzigd_in", "zonder_wijziging")}


def needed(blocks: dict[str, list[dict[str, Any]]]) -> int:
    """The version that these blocks ask for."""
    used = any(
        item.get(name) is not None for block, names in SECOND.items() for item in blocks[block] for name in names
    )
    return 2 if used else 1
