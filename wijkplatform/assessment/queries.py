"""The assessment as people read it. Points and ranks follow from the consensus: counted each time they are asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from wijkplatform.assessment import points, results
from wijkplatform.assessment.models import Assessment, AssessmentPlanning, Bid, Decision, Seat, TeamInNumbers
from wijkplatform.assessment.policy import offer_open_to
from wijkplatform.calls.models import Call, InformationNote
from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.db import db, kind_of
from wijkplatform.core.policy import may, visible
from wijkplatform.criteria.models import TIE_ORDER, CriteriaSet, Criterion
from wijkplatform.index.models import Link
from wijkplatform.places import queries as places
from wijkplatform.places.models import Neighbourhood
from wijkplatform.rounds import queries as rounds
from wijkplatform.rounds.models import Moment
from wijkplatform.rounds.policy import is_open


@dataclass(frozen=True)
class Verdict:
    """The outcome, when it is public: bids in order of rank with their exact points, and the rules they follow from."""

    results: Sequence[points.Result]
    criteria_set: CriteriaSet
    bids: Mapping[str, Bid]
    ties: Sequence[tuple[str, str, str]]

    @property
    def winner(self) -> Bid | None:
        code = winner(self.results)
        return self.bids[code] if code else None

    @property
    def meanings(self) -> dict[Decimal, str]:
        return {step.value: step.meaning for step in self.criteria_set.steps}

    def reasons(self, criterion: Criterion) -> list[tuple[Bid, Any]]:
        """The consensus on one criterion, in order of rank."""
        ranked = [self.bids[result.bid.code] for result in self.results]
        return [(bid, each) for bid in ranked for each in bid.consensus if each.criterion_id == criterion.id]


@dataclass(frozen=True)
class Overview:
    """What this actor may read of an assessment."""

    stage: str  #: decided, working, closed, open, draft
    verdict: Verdict | None
    offers: Sequence[Bid]  #: whose price and summary this actor may read
    seats: Sequence[Seat]  #: the whole team for who is in it, one's own seat otherwise
    consultation: Moment | None  #: while the call is a draft: until when one can say something about it


def assessment_of(slug: str) -> Assessment | None:
    found = _assessment(Call.slug == slug)
    if found is None or not may(VISITOR, "view", places.by_id(found.neighbourhood_id)):
        return None
    return found


def newest(actor: Actor, neighbourhood: Neighbourhood) -> Assessment | None:
    """Of the newest call that this actor may see."""
    last = visible(actor, Call).where(Call.neighbourhood_id == neighbourhood.id)
    return _assessment(Call.id == last.with_only_columns(func.max(Call.id)).scalar_subquery())


def _assessment(condition: Any) -> Assessment | None:
    """The call with all there is about it, in one query. Sealed or not is asked of the policy, by whoever shows it."""
    assesses = Seat.declared_on.is_not(None) & Seat.tie_organisation_id.is_(None)
    numbers = (assesses, assesses & Seat.from_neighbourhood, Seat.replaced_by_id.is_not(None))
    row = (
        db.session.execute(
            select(Call, AssessmentPlanning, Decision, InformationNote, *(_seats(each) for each in numbers))
            .outerjoin(AssessmentPlanning, AssessmentPlanning.call_id == Call.id)
            .outerjoin(Decision, Decision.call_id == Call.id)
            .outerjoin(InformationNote, InformationNote.call_id == Call.id)
            .where(condition)
            .options(joinedload(Decision.lots))
            .order_by(InformationNote.id.desc())
        )
        .unique()
        .first()
    )
    return Assessment(*row[:4], team=TeamInNumbers(*(number or 0 for number in row[4:]))) if row else None


def _seats(condition: Any) -> Any:
    counted = func.sum(case((condition, 1), else_=0))
    return select(counted).where(Seat.call_id == Call.id).correlate(Call).scalar_subquery()


def overview(actor: Actor, assessment: Assessment) -> Overview:
    """Four queries, however many bids, criteria and seats there are."""
    public = may(actor, "read_verdict", assessment)
    stage = _stage(assessment, public=public)
    bids, offers = _bids(actor, assessment.call, public=public)
    return Overview(
        stage=stage,
        verdict=_verdict(assessment, bids) if public else None,
        offers=offers,
        seats=_seats_of(actor, assessment.call),
        consultation=_consultation(actor, assessment.call) if stage == "draft" else None,
    )


def _consultation(actor: Actor, call: Call) -> Moment | None:
    moment = rounds.moment_about(actor, call)
    return moment if moment is not None and is_open(moment) else None


def _stage(assessment: Assessment, *, public: bool) -> str:
    if public:
        return "decided"
    if assessment.planning is not None and clock.reached(clock.start_of(assessment.planning.assess_from)):
        return "working"
    if assessment.inquiries is not None and assessment.call.state not in ("writing", "draft"):
        return "closed" if clock.reached(assessment.inquiries.closes_at) else "open"
    return "draft" if assessment.call.state in ("writing", "draft") else "open"


def _bids(actor: Actor, call: Call, *, public: bool) -> tuple[list[Bid], list[Bid]]:
    """The bids that this actor may see, and those of them of which also price and summary. Once the verdict is public
    the consensus comes along: it is public together with the decision."""
    query = visible(actor, Bid).add_columns(offer_open_to(actor)).where(Bid.call_id == call.id)
    query = query.options(joinedload(Bid.organisation)).order_by(Bid.position, Bid.id)
    rows = db.session.execute(query.options(joinedload(Bid.consensus)) if public else query).unique().all()
    return [bid for bid, _open in rows], [bid for bid, is_open in rows if is_open]


def _seats_of(actor: Actor, call: Call) -> Sequence[Seat]:
    if not actor.known:
        return []
    return db.session.scalars(
        visible(actor, Seat)
        .where(Seat.call_id == call.id)
        .options(joinedload(Seat.person), joinedload(Seat.tie_organisation))
        .order_by(Seat.position, Seat.id)
    ).all()


def _verdict(assessment: Assessment, bids: Sequence[Bid]) -> Verdict | None:
    """By the rules that the call says it is judged by; None when the record does not say which those are."""
    criteria_set = _judged_by(assessment.call)
    if criteria_set is None or assessment.decision is None:
        return None
    codes = {each.id: each.code for each in criteria_set.criteria}
    tied = db.session.scalars(
        select(Link.target_id)
        .where(Link.source_kind == kind_of(criteria_set), Link.source_id == criteria_set.id)
        .where(Link.relation == TIE_ORDER)
        .order_by(Link.position)
    )
    rules = award_rules(criteria_set, [codes[id_] for id_ in tied if id_ in codes])
    ranked = standing(bids, rules, assessment.decision)
    return Verdict(ranked, criteria_set, {bid.code: bid for bid in bids}, results.ties(ranked, rules))


def _judged_by(call: Call) -> CriteriaSet | None:
    return (
        db.session.scalars(
            select(CriteriaSet)
            .join(Link, (Link.target_kind == CriteriaSet.__tablename__) & (Link.target_id == CriteriaSet.id))
            .where(Link.source_kind == kind_of(call), Link.source_id == call.id, Link.relation == "judged_by")
            .options(joinedload(CriteriaSet.criteria), joinedload(CriteriaSet.steps))
        )
        .unique()
        .first()
    )


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
