"""What told equal bids apart: the score on a criterion, or the lot, and nothing where the totals differ."""

from decimal import Decimal

from wijkplatform.assessment import points, results

RULES = points.Rules(
    criteria=[points.Criterion("A", Decimal(50)), points.Criterion("B", Decimal(50))],
    highest_score=Decimal(10), price_ceiling=Decimal(2), price_floor=Decimal(1), minimum_quality=Decimal(40),
    tie_order=("A", "B"),
)  # fmt: skip


def standing(*bids: tuple[str, int, int], lots: tuple[str, ...] = ()) -> list[points.Result]:
    made = [points.Bid(code, Decimal(1), {"A": Decimal(a), "B": Decimal(b)}) for code, a, b in bids]
    return points.standing(made, RULES, lots)


def test_the_first_criterion_that_differs_tells_them_apart() -> None:
    assert results.ties(standing(("X", 6, 8), ("Y", 8, 6)), RULES) == [("Y", "X", "A")]


def test_only_the_lot_is_left_when_all_scores_are_the_same() -> None:
    assert results.ties(standing(("X", 8, 8), ("Y", 8, 8), lots=("Y", "X")), RULES) == [("Y", "X", results.LOT)]


def test_different_totals_are_no_tie() -> None:
    assert results.ties(standing(("X", 8, 8), ("Y", 8, 6)), RULES) == []


def test_below_the_minimum_nothing_is_told_apart() -> None:
    ranked = standing(("X", 2, 4), ("Y", 4, 2))
    assert [each.rank for each in ranked] == [None, None]
    assert results.ties(ranked, RULES) == []
