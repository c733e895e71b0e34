"""What the winner got on each criterion, where everybody may read that. The winner is counted, never stored."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wijkplatform.assessment import points
from wijkplatform.assessment.models import Bid, Consensus, Decision, DrawnLot
from wijkplatform.assessment.queries import winner
from wijkplatform.core.actor import VISITOR
from wijkplatform.core.db import db
from wijkplatform.core.policy import visible
from wijkplatform.criteria.models import CriteriaSet, Criterion
from wijkplatform.influence.graph import Graph


@dataclass(frozen=True)
class Score:
    """The consensus on one criterion, with its reason."""

    value: Decimal
    highest: Decimal
    reason: str
    decision: tuple[str, int]


def winners_scores(graph: Graph) -> dict[int, Score]:
    """For each quality criterion (its id) what the winner got; empty while there is no public decision."""
    decisions = graph.all("decision")
    if not decisions:
        return {}
    criteria = db.session.scalars(
        select(Criterion).where(Criterion.neighbourhood_id == decisions[-1].neighbourhood_id)
        .options(joinedload(Criterion.criteria_set).joinedload(CriteriaSet.steps))
        .order_by(Criterion.position, Criterion.id)
    ).unique().all()  # fmt: skip
    given = db.session.execute(
        visible(VISITOR, Consensus).join(Bid).join(Decision, Decision.call_id == Bid.call_id)
        .where(Decision.id == decisions[-1].id).with_only_columns(Bid, Consensus, DrawnLot.position)
        .outerjoin(DrawnLot, DrawnLot.bid_id == Bid.id)
    ).all()  # fmt: skip
    if not given or not criteria:
        return {}
    best = _winner(graph, criteria, given)
    highest = max(step.value for step in criteria[0].criteria_set.steps)
    quality = {each.id for each in criteria if each.kind == "quality"}
    return {
        each.criterion_id: Score(each.value, highest, each.reason, decisions[-1].key)
        for bid, each, _drawn in given
        if bid.code == best and each.criterion_id in quality
    }


def _winner(
    graph: Graph, criteria: Collection[Criterion], given: Collection[tuple[Bid, Consensus, int | None]]
) -> str | None:
    codes = {each.id: each.code for each in criteria}
    values: dict[str, dict[str, Decimal]] = defaultdict(dict)
    bids = {bid.code: bid for bid, _consensus, _drawn in given}
    for bid, each, _drawn in given:
        values[bid.code][codes[each.criterion_id]] = each.value
    one = next(iter(criteria)).criteria_set
    ties = [edge.up for edge in graph.ups.get(("criteria_set", one.id), ()) if edge.relation == "breaks_ties_by"]
    rules = points.Rules(
        criteria=[points.Criterion(each.code, each.weight, each.kind == "price") for each in criteria],
        highest_score=max(step.value for step in one.steps), price_ceiling=one.price_ceiling,
        price_floor=one.price_floor, minimum_quality=one.minimum_quality, tie_order=[codes[id_] for _kind, id_ in ties],
    )  # fmt: skip
    drawn = {bid.code: place for bid, _consensus, place in given if place is not None}
    counted = [points.Bid(code, bid.price, values[code]) for code, bid in bids.items()]
    return winner(points.standing(counted, rules, sorted(drawn, key=lambda code: drawn[code])))
