"""Who may see what of an assessment. Scores and who gave them stay with the team; the public reads the verdict.

Three circles. *Team*: seats without a tie, and the municipality's officials and buyers — unless they hold a seat with
a tie. *Bidder*: an organisation reads its own bid. *Everybody*: from the moment the decision is public, who bid,
the consensus with its reasons, and the decision. Prices, summaries, individual scores and declarations never.
"""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from wijkplatform.assessment.models import AssessmentPlanning, Bid, Consensus, Decision, Score, Seat
from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.policy import anyone, declare, either, rule, unsealed
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


def _bid_of(thing: Any) -> Bid:
    return thing if isinstance(thing, Bid) else thing.bid


def _decided() -> ColumnElement[bool]:
    """The same in SQL, for a query that has `Bid` in it."""
    public = or_(Decision.sealed_until.is_(None), Decision.sealed_until <= clock.now())
    return exists().where(Decision.call_id == Bid.call_id, public)


def _bids(actor: Actor) -> list[ColumnElement[bool]]:
    inside = Bid.neighbourhood_id.in_(team_places(actor))
    return [or_(_decided(), inside, Bid.organisation_id.in_(bidding_for(actor)))]


def _consensus(actor: Actor) -> list[ColumnElement[bool]]:
    public = Consensus.bid_id.in_(select(Bid.id).where(_decided()))
    return [or_(public, Consensus.neighbourhood_id.in_(team_places(actor)))]


def _seats(actor: Actor) -> list[ColumnElement[bool]]:
    return [or_(Seat.person_id == actor.person_id, Seat.neighbourhood_id.in_(team_places(actor)))]


def _scores(actor: Actor) -> list[ColumnElement[bool]]:
    return [Score.neighbourhood_id.in_(team_places(actor))]


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
