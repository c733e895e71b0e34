"""How much of a long list somebody asked for: `?tot=40`. What makes no sense is passed over."""

from flask import request

MOST = 500


def wanted(page: int) -> int:
    """A page of the list, or as much more as the address asks."""
    asked = request.args.get("tot", "")[:6]
    return min(max(int(asked), page), MOST) if asked.isascii() and asked.isdigit() else page
