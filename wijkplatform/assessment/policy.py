"""Who may see what of an assessment. Scores and who gave them stay with the team; the public reads the verdict.

Three circles. *Team*: seats without a tie, and the municipality's officials and buyers — unless they hold a seat with
a tie. *Bidder*: an organisation reads its own bid. *Everybody*: from the moment the decision is public, who bid,
the consensus with its reasons, the decision, and how the team was made up, in numbers. Prices, summaries, individual
scores, who held a seat and what they declared: never.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from wijkplatform.assessment.models import Assessment, AssessmentPlanning, Bid, Consensus, Decision, Score, Seat
from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.policy import anyone, declare, either, may, rule, unsealed
from wijkplatform.core.words import _l
from wijkplatform.places.policy import is_official, place_of

BIDDERS = frozenset({"bidder", "provider"})


def team_places(actor: Actor) -> set[int]:
    """The neighbourhoods in whose assessment this actor takes part."""
    if not actor.known:
        return set()
    seats = db.session.scalars(select(Seat).where(Seat.person_id == actor.person_id)).all()
    tied = {seat.neighbourhood_id for seat in seats if seat.tie_organisation_id is not None}
    assessing = {seat.neighbourhood_id for seat in seats if seat.may_assess}
    municipal = {hat.neighbourhood_id for hat in actor.hats if _municipal(actor, hat.neighbourhood_id)}
    return (assessing | municipal) - tied


def _inside(actor: Actor, column: Any) -> ColumnElement[bool]:
    """`team_places` in SQL, for lists: one question less for each."""
    if not actor.known:
        return false()
    seat = aliased(Seat)
    own = select(seat.neighbourhood_id).where(seat.person_id == actor.person_id)
    assessing = own.where(seat.declared_on.is_not(None), seat.tie_organisation_id.is_(None))
    municipal = {hat.neighbourhood_id for hat in actor.hats if _municipal(actor, hat.neighbourhood_id)}
    return and_(
        or_(column.in_(assessing), column.in_(municipal)),
        column.not_in(own.where(seat.tie_organisation_id.is_not(None))),
    )


def offer_open_to(actor: Actor) -> ColumnElement[bool]:
    """`read_offer` in SQL, as a column beside each bid."""
    sealed = and_(Bid.sealed_until.is_not(None), Bid.sealed_until > clock.now())
    return and_(~sealed, or_(_inside(actor, Bid.neighbourhood_id), Bid.organisation_id.in_(bidding_for(actor))))


def _municipal(actor: Actor, neighbourhood_id: int) -> bool:
    return is_official(actor, neighbourhood_id) or any(
        hat.kind == "buyer" and hat.organisation_kind in (None, "municipality")
        for hat in actor.hats_in(neighbourhood_id)
    )


def bidding_for(actor: Actor) -> set[int]:
    """The organisations for which this actor may send a bid."""
    return {hat.organisation_id for hat in actor.hats if hat.kind in BIDDERS and hat.organisation_id is not None}


@rule(_l("Dit is voor het beoordelingsteam en de gemeente. Wie een band heeft met een inschrijver, mag het niet zien."))
def team(actor: Actor, thing: Any) -> bool:
    return place_of(thing) in team_places(actor)


@rule(_l("Dit is alleen voor de organisatie die de inschrijving deed."))
def own_bid(actor: Actor, thing: Any) -> bool:
    return thing.organisation_id in bidding_for(actor)


@rule(_l("Dit is uw eigen verklaring niet."))
def own_seat(actor: Actor, thing: Any) -> bool:
    return actor.known and thing.person_id == actor.person_id


@rule(_l("Dit is openbaar zodra de gunningsbeslissing is verstuurd."))
def decided(actor: Actor, thing: Any) -> bool:
    """Is the decision on the call of this bid public?"""
    decision = db.session.scalars(select(Decision).where(Decision.call_id == _bid_of(thing).call_id)).first()
    return decision is not None and (decision.sealed_until is None or clock.reached(decision.sealed_until))


@rule(_l("Deze uitvraag is nog niet openbaar."))
def of_a_public_call(actor: Actor, thing: Any) -> bool:
    return may(actor, "view", thing.call)


@rule(_l("De uitslag is openbaar zodra de gunningsbeslissing is verstuurd."))
def verdict_sent(actor: Actor, thing: Any) -> bool:
    return thing.decision is not None and unsealed.holds(actor, thing.decision)


def _bid_of(thing: Any) -> Bid:
    return thing if isinstance(thing, Bid) else thing.bid


def _decided() -> ColumnElement[bool]:
    """The same in SQL, for a query that has `Bid` in it."""
    public = or_(Decision.sealed_until.is_(None), Decision.sealed_until <= clock.now())
    return exists().where(Decision.call_id == Bid.call_id, public)


def _bids(actor: Actor) -> list[ColumnElement[bool]]:
    return [or_(_decided(), _inside(actor, Bid.neighbourhood_id), Bid.organisation_id.in_(bidding_for(actor)))]


def _consensus(actor: Actor) -> list[ColumnElement[bool]]:
    public = Consensus.bid_id.in_(select(Bid.id).where(_decided()))
    return [or_(public, _inside(actor, Consensus.neighbourhood_id))]


def _seats(actor: Actor) -> list[ColumnElement[bool]]:
    return [or_(Seat.person_id == actor.person_id, _inside(actor, Seat.neighbourhood_id))]


def _scores(actor: Actor) -> list[ColumnElement[bool]]:
    return [_inside(actor, Score.neighbourhood_id)]


declare(
    Assessment,
    view=[of_a_public_call],
    read_verdict=[of_a_public_call, verdict_sent],  # points, ranks, reasons, and how the team was made up
)
declare(AssessmentPlanning, view=[anyone])
declare(Seat, visible=_seats, view=[unsealed, either(team, own_seat)])
declare(
    Bid,
    visible=_bids,
    view=[unsealed, either(decided, team, own_bid)],
    read_offer=[unsealed, either(team, own_bid)],  # price and summary
)
declare(Score, visible=_scores, view=[unsealed, team])
declare(Consensus, visible=_consensus, view=[either(decided, team)])
declare(Decision, view=[unsealed])
