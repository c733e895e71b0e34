"""How bids get their points and their rank (docs/FORMAT.md §11). Pure arithmetic, no database.

Exact fractions all the way. Nothing is computed from a rounded figure: `printed` rounds, and only at the end.

    quality criterion   weight × consensus score ÷ highest number of the scale
    price               weight × (ceiling − price) ÷ (ceiling − floor), never below 0, never above weight
    rank                by exact total; ties by the scores on the tie criteria in turn, then by lot;
                        a bid below the minimum quality comes last, without a rank
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor


@dataclass(frozen=True)
class Criterion:
    code: str
    weight: Decimal
    is_price: bool = False


@dataclass(frozen=True)
class Bid:
    """A bid with its yearly price and the consensus score per quality criterion."""

    code: str
    price: Decimal
    scores: Mapping[str, Decimal]


@dataclass(frozen=True)
class Rules:
    """What was published beforehand: criteria, scale, price bounds, minimum quality, order in a tie."""

    criteria: Sequence[Criterion]
    highest_score: Decimal
    price_ceiling: Decimal
    price_floor: Decimal
    minimum_quality: Decimal
    tie_order: Sequence[str] = ()


@dataclass(frozen=True)
class Result:
    """The exact points of one bid; `rank` is None below the minimum quality."""

    bid: Bid
    points: Mapping[str, Fraction]
    quality: Fraction
    price: Fraction
    rank: int | None = None

    @property
    def total(self) -> Fraction:
        return self.quality + self.price


def quality_points(weight: Decimal, score: Decimal, highest: Decimal) -> Fraction:
    return Fraction(weight) * Fraction(score) / Fraction(highest)


def price_points(weight: Decimal, price: Decimal, ceiling: Decimal, bottom: Decimal) -> Fraction:
    share = (Fraction(ceiling) - Fraction(price)) / (Fraction(ceiling) - Fraction(bottom))
    return Fraction(weight) * min(max(share, Fraction(0)), Fraction(1))


def count(bid: Bid, rules: Rules) -> Result:
    """The points of one bid, criterion by criterion."""
    points: dict[str, Fraction] = {}
    quality = price = Fraction(0)
    for criterion in rules.criteria:
        if criterion.is_price:
            earned = price_points(criterion.weight, bid.price, rules.price_ceiling, rules.price_floor)
            price += earned
        else:
            earned = quality_points(criterion.weight, bid.scores[criterion.code], rules.highest_score)
            quality += earned
        points[criterion.code] = earned
    return Result(bid, points, quality, price)


def standing(bids: Sequence[Bid], rules: Rules, lots: Sequence[str] = ()) -> list[Result]:
    """All bids in order of rank. `lots`: the order drawn, for the bids that nothing else tells apart;
    bids that were not drawn stay in the order given."""
    counted = [count(bid, rules) for bid in bids]
    good_enough = [result for result in counted if not below_minimum(result, rules)]
    too_low = [result for result in counted if below_minimum(result, rules)]
    drawn = {code: place for place, code in enumerate(lots)}

    def by_lot(result: Result) -> int:
        return drawn.get(result.bid.code, len(drawn))

    ranked = sorted(good_enough, key=lambda result: (_merit(result, rules), by_lot(result)))
    with_rank = [_with_rank(result, place) for place, result in enumerate(ranked, 1)]
    return with_rank + sorted(too_low, key=lambda result: _merit(result, rules))


def drawing_needed(bids: Sequence[Bid], rules: Rules) -> list[list[str]]:
    """The groups of bids that only a lot can tell apart, best first."""
    groups: dict[tuple[Fraction, ...], list[str]] = {}
    for bid in bids:
        result = count(bid, rules)
        if not below_minimum(result, rules):
            groups.setdefault(_merit(result, rules), []).append(bid.code)
    return [codes for _, codes in sorted(groups.items()) if len(codes) > 1]


def below_minimum(result: Result, rules: Rules) -> bool:
    return result.quality < Fraction(rules.minimum_quality)


def printed(points: Fraction) -> Decimal:
    """Rounded half up to two places, as people read it."""
    return Decimal(floor(points * 100 + Fraction(1, 2))).scaleb(-2)


def _merit(result: Result, rules: Rules) -> tuple[Fraction, ...]:
    """Sorts high to low: the exact total, then the scores on the tie criteria in turn."""
    return (-result.total, *(-Fraction(result.bid.scores[code]) for code in rules.tie_order))


def _with_rank(result: Result, rank: int) -> Result:
    return Result(result.bid, result.points, result.quality, result.price, rank)
