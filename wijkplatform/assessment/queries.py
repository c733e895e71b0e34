"""What follows from the consensus: points and ranks, counted from the rows each time they are asked for."""

from collections.abc import Sequence

from wijkplatform.assessment import points
from wijkplatform.assessment.models import Bid, Decision
from wijkplatform.criteria.models import CriteriaSet, Criterion


def award_rules(criteria_set: CriteriaSet, tie_order: Sequence[str]) -> points.Rules:
    """The published rules of a set, as the arithmetic reads them."""
    return points.Rules(
        criteria=[points.Criterion(each.code, each.weight, _is_price(each)) for each in criteria_set.criteria],
        highest_score=max(step.value for step in criteria_set.steps),
        price_ceiling=criteria_set.price_ceiling,
        price_floor=criteria_set.price_floor,
        minimum_quality=criteria_set.minimum_quality,
        tie_order=tie_order,
    )


def as_counted(bid: Bid) -> points.Bid:
    return points.Bid(bid.code, bid.price, {each.criterion.code: each.value for each in bid.consensus})


def standing(bids: Sequence[Bid], rules: points.Rules, decision: Decision) -> list[points.Result]:
    """All bids in order of rank. Asks not who reads it: the caller shows it with the decision's policy."""
    return points.standing([as_counted(bid) for bid in bids], rules, [lot.bid.code for lot in decision.lots])


def winner(results: Sequence[points.Result]) -> str | None:
    """The code of the bid with rank 1; None when no bid has enough quality."""
    return results[0].bid.code if results and results[0].rank == 1 else None


def _is_price(criterion: Criterion) -> bool:
    return criterion.kind == "price"
