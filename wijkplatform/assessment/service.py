"""Assessing, as rows with their events: the team, bids, scores, consensus and the decision."""

from collections.abc import Sequence
from datetime import datetime

from wijkplatform.assessment import points, queries
from wijkplatform.assessment.models import AssessmentPlanning, Bid, Consensus, Decision, DrawnLot, Score, Seat
from wijkplatform.core import clock, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.errors import Invalid
from wijkplatform.core.words import _, _l
from wijkplatform.criteria.models import Criterion
from wijkplatform.index import service as index
from wijkplatform.places.models import Voice

trail.declare(
    {
        "assessment.planned": _l("maakte de planning van de beoordeling"),
        "decision.made": _l("nam de gunningsbeslissing"),
    }
)
# Who bids, who assesses and what they think is nobody else's: not in a feed, not in a count.
trail.declare(
    {
        "seat.declared": _l("legde een belangenverklaring af"),
        "bid.submitted": _l("diende een inschrijving in"),
        "score.given": _l("gaf een score met een reden"),
        "consensus.reached": _l("stelde samen een score vast"),
    },
    public=False,
)


def apply_planning(
    actor: Actor, planning: AssessmentPlanning, *, happened: datetime | None = None, precision: str = "second"
) -> AssessmentPlanning:
    """A planning whose days follow each other."""
    days = [planning.assess_from, planning.assess_to, planning.consensus_on, planning.decision_sent_on]
    if days != sorted(days) or planning.standstill_last_day >= planning.contract_from:
        raise Invalid("planning", _("De dagen van de planning volgen niet op elkaar."))
    if planning.contract_signed_on is not None and planning.contract_signed_on < planning.contract_from:
        raise Invalid("contract_signed_on", _("Tekenen kan pas als de termijn voorbij is."))
    db.session.add(planning)
    trail.record(actor, "assessment.planned", planning, happened=happened, precision=precision)
    return planning


def apply_seat(
    actor: Actor, seat: Seat, voice: Voice, *, happened: datetime | None = None, precision: str = "second"
) -> Seat:
    """A seat whose holder declared their interests. The index says nothing about who it is."""
    db.session.add(seat)
    index.register(seat, _("Plaats in het beoordelingsteam"))
    trail.record(actor, "seat.declared", seat, words=seat, voice=voice, happened=happened, precision=precision)
    return seat


def apply_replacement(seat: Seat, replacement: Seat) -> None:
    """Who has a tie is replaced by somebody who may assess. Part of the declaration: leaves no event of its own."""
    if seat.may_assess or not replacement.may_assess:
        raise Invalid("replaced_by", _("Alleen wie niet mag beoordelen, krijgt een vervanger die het wel mag."))
    seat.replaced_by_id = replacement.id


def apply_bid(actor: Actor, bid: Bid) -> Bid:
    """A bid that came in time: at the closing time at the latest. The index says nothing about whose it is."""
    if bid.sealed_until is not None and bid.received_at > bid.sealed_until:
        raise Invalid("received_at", _("Deze inschrijving is te laat."))
    db.session.add(bid)
    index.register(bid, _("Inschrijving"))
    trail.record(actor, "bid.submitted", bid, words=bid, happened=bid.received_at)
    return bid


def apply_score(
    actor: Actor, score: Score, voice: Voice, *, happened: datetime | None = None, precision: str = "second"
) -> Score:
    """A score on the scale with a reason, by somebody who may assess; the database refuses a second one."""
    if not score.seat.may_assess:
        raise Invalid("seat", _("Wie een band heeft met een inschrijver, beoordeelt niet mee."))
    _demand_on_scale(score, score.criterion)
    db.session.add(score)
    trail.record(actor, "score.given", score, words=score, voice=voice, happened=happened, precision=precision)
    return score


def apply_consensus(
    actor: Actor, consensus: Consensus, *, happened: datetime | None = None, precision: str = "second"
) -> Consensus:
    """The team's score on the scale, with its reason; the database refuses a second one."""
    _demand_on_scale(consensus, consensus.criterion)
    db.session.add(consensus)
    trail.record(actor, "consensus.reached", consensus, words=consensus, happened=happened, precision=precision)
    return consensus


def _demand_on_scale(score: Score | Consensus, criterion: Criterion) -> None:
    if criterion.kind != "quality":
        raise Invalid("criterion", _("De prijs krijgt geen score: die wordt berekend."))
    if score.value not in [step.value for step in criterion.criteria_set.steps]:
        raise Invalid("value", _("Kies een getal van de schaal."))
    if not score.reason.strip():
        raise Invalid("reason", _("Schrijf op waarom u deze score geeft."))


def apply_decision(
    actor: Actor, decision: Decision, bids: Sequence[Bid], rules: points.Rules, drawn: Sequence[Bid]
) -> Decision:
    """The decision on complete consensus; lots were drawn for exactly those bids that nothing else tells apart."""
    quality = {each.code for each in rules.criteria if not each.is_price}
    counted = [queries.as_counted(bid) for bid in bids]
    if any(set(bid.scores) != quality for bid in counted):
        raise Invalid("consensus", _("Nog niet elke inschrijving heeft op elk criterium een score."))
    tied = {code for group in points.drawing_needed(counted, rules) for code in group}
    if {bid.code for bid in drawn} != tied:
        raise Invalid("lots", _("De loting gaat over de inschrijvingen die gelijk staan, en over geen andere."))
    decision.lots = [
        DrawnLot(neighbourhood_id=decision.neighbourhood_id, bid_id=bid.id, position=position)
        for position, bid in enumerate(drawn)
    ]
    db.session.add(decision)
    index.register(decision, decision.title)
    trail.record(
        actor, "decision.made", decision, words=decision, happened=clock.start_of(decision.day), precision="day"
    )
    return decision
