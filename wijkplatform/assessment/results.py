"""The outcome as people read it: what told equal bids apart. Pure arithmetic, no database."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from wijkplatform.assessment import points

LOT = "lot"


def told_apart_by(better: points.Result, worse: points.Result, rules: points.Rules) -> str | None:
    """What put one bid before another with the same exact total: the code of a criterion, or the lot.

    None when the totals differ, or when one of the two has no rank.
    """
    if better.rank is None or worse.rank is None or better.total != worse.total:
        return None
    for code in rules.tie_order:
        if better.bid.scores[code] != worse.bid.scores[code]:
            return code
    return LOT


def ties(results: Sequence[points.Result], rules: points.Rules) -> list[tuple[str, str, str]]:
    """Each pair of neighbours in rank with the same total: who went before whom, and by what."""
    compared = [(better, worse, told_apart_by(better, worse, rules)) for better, worse in pairwise(results)]
    return [(better.bid.code, worse.bid.code, by) for better, worse, by in compared if by is not None]
