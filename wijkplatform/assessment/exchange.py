"""File 09: the planning, the team, bids, scores, consensus, what follows from them, and the decision.

While there is no decision nothing sealed travels: the format holds bids and scores only together with it.
"""

from typing import Any

from sqlalchemy import select

from wijkplatform.assessment import points, queries, service
from wijkplatform.assessment.models import AssessmentPlanning, Bid, Consensus, Decision, Score, Seat
from wijkplatform.core import clock
from wijkplatform.core.db import db
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.criteria.models import TIE_ORDER, CriteriaSet
from wijkplatform.remarks.exchange import Voices

#: Days of the planning: field of the file -> column.
DAYS = {
    "beoordelen_van": "assess_from",
    "beoordelen_tot": "assess_to",
    "consensus": "consensus_on",
    "advies_aan_college": "advice_on",
    "gunningsbeslissing_verzonden": "decision_sent_on",
    "opschortende_termijn_dagen": "standstill_days",
    "laatste_dag_termijn": "standstill_last_day",
    "contract_vanaf": "contract_from",
    "contract_getekend": "contract_signed_on",
}


def take_over(load: Load) -> None:
    found, voices = load.file(9), Voices(load)
    _planning(load)
    for position, each in enumerate(found["beoordelaars"]):
        load.rows[each["id"]] = _seat(load, voices, position, each)
    for each in found["beoordelaars"]:
        if "vervangen_door" in each:
            service.apply_replacement(load.row(each["id"]), load.row(each["vervangen_door"]))
    if found["gunning"] is None:
        return
    bids = [_bid(load, position, each) for position, each in enumerate(found["inschrijvingen"])]
    for position, each in enumerate(found["individuele_scores"]):
        _score(load, voices, position, each)
    for bid in bids:
        _consensus(load, bid)
    _decision(load, bids)


def _call_id(load: Load) -> int | None:
    found = load.file(6)["uitvraag"]
    return load.row(found["id"]).id if found else None


def _planning(load: Load) -> None:
    found = load.file(9)["planning"]
    if found is not None:
        days = {column: found.get(name) for name, column in DAYS.items()}
        planning = AssessmentPlanning(neighbourhood_id=load.neighbourhood.id, call_id=_call_id(load), **days)
        service.apply_planning(load.actor, planning, precision="unknown")


def _seat(load: Load, voices: Voices, position: int, each: dict[str, Any]) -> Seat:
    tie, declared_on = load.row(each.get("band_met")), each["verklaring_datum"]
    return service.apply_seat(
        load.actor,
        Seat(
            neighbourhood_id=load.neighbourhood.id, code=each["id"], position=position, call_id=_call_id(load),
            person_id=load.row(each["persoon"]).id, from_neighbourhood=each["uit_wijk"], declared_on=declared_on,
            tie_organisation_id=tie.id if tie else None, reason=each.get("reden"),
        ),
        voices.on(each["persoon"], declared_on), happened=clock.start_of(declared_on), precision="day",
    )  # fmt: skip


def _bid(load: Load, position: int, each: dict[str, Any]) -> Bid:
    closes_at = load.row(load.file(8)["nota_van_inlichtingen"]["id"]).closes_at
    bid = load.rows[each["id"]] = service.apply_bid(
        load.actor,
        Bid(
            neighbourhood_id=load.neighbourhood.id, code=each["id"], position=position, call_id=_call_id(load),
            organisation_id=load.row(each["organisatie"]).id, received_at=each["ontvangen"],
            price=each["prijs_per_jaar"], summary=each["samenvatting"], sealed_until=closes_at,
        ),
    )  # fmt: skip
    return bid


def _score(load: Load, voices: Voices, position: int, each: dict[str, Any]) -> None:
    """On which day a score was given the file does not say."""
    seat = load.row(each["beoordelaar"])
    service.apply_score(
        load.actor,
        Score(
            neighbourhood_id=load.neighbourhood.id, position=position, bid=load.row(each["inschrijving"]), seat=seat,
            criterion=load.row(each["criterium"]), value=each["score"], reason=each["toelichting"],
        ),
        voices.on(seat.person.code, seat.declared_on), precision="unknown",
    )  # fmt: skip


def _consensus(load: Load, bid: Bid) -> None:
    day = load.file(9)["planning"]["consensus"]
    for code, each in load.file(9)["consensus"][bid.code].items():
        service.apply_consensus(
            load.actor,
            Consensus(
                neighbourhood_id=load.neighbourhood.id, bid_id=bid.id, criterion=load.row(code), value=each["score"],
                reason=each["motivering"],
            ),
            happened=clock.start_of(day), precision="day",
        )  # fmt: skip


def _decision(load: Load, bids: list[Bid]) -> None:
    found, document = load.file(9)["gunning"], load.file(9)["gunning"]["beslisdocument"]
    terms = load.file(5)["criteria_set"]
    load.rows[document["id"]] = service.apply_decision(
        load.actor,
        Decision(
            neighbourhood_id=load.neighbourhood.id, code=document["id"], call_id=_call_id(load),
            title=document["titel"], discussed_in=document["besproken_in"], day=document["datum"],
            for_residents=found["gemotiveerd_voor_bewoners"],
            sealed_until=clock.start_of(load.file(9)["planning"]["gunningsbeslissing_verzonden"]),
        ),
        bids, queries.award_rules(load.row(terms["id"]), terms["gelijkspel"][:-1]), load.listed(found.get("loting")),
    )  # fmt: skip


def write_out(dump: Dump) -> None:
    here = dump.neighbourhood.id
    planning = db.session.scalars(select(AssessmentPlanning).filter_by(neighbourhood_id=here)).first()
    decision = next(iter(dump.all(Decision)), None)
    bids = dump.all(Bid) if decision else []
    results = _standing(dump, bids, decision) if decision else []
    dump.file(9).update(
        planning={name: getattr(planning, column) for name, column in DAYS.items()} if planning else None,
        beoordelaars=[_written_seat(dump, seat) for seat in dump.all(Seat) if seat.declared_on is not None],
        inschrijvingen=[
            {
                "id": bid.code, "organisatie": dump.code("organisation", bid.organisation_id),
                "ontvangen": bid.received_at, "prijs_per_jaar": bid.price, "samenvatting": bid.summary,
            }
            for bid in bids
        ],
        individuele_scores=[
            {
                "inschrijving": score.bid.code, "beoordelaar": score.seat.code, "criterium": score.criterion.code,
                "score": score.value, "toelichting": score.reason,
            }
            for score in (dump.all(Score) if decision else [])
        ],
        consensus={bid.code: _written_consensus(bid) for bid in bids},
        uitkomst=[_written_result(result) for result in results],
        gunning=_written_decision(decision, results) if decision else None,
    )  # fmt: skip


def _standing(dump: Dump, bids: list[Bid], decision: Decision) -> list[points.Result]:
    """By the rules that the call says it is judged by."""
    [code] = dump.linked(decision.call, "judged_by")
    criteria_set = next(each for each in dump.all(CriteriaSet) if each.code == code)
    return queries.standing(bids, queries.award_rules(criteria_set, dump.linked(criteria_set, TIE_ORDER)), decision)


def _written_seat(dump: Dump, seat: Seat) -> dict[str, Any]:
    return {
        "id": seat.code, "persoon": dump.code("person", seat.person_id), "uit_wijk": seat.from_neighbourhood,
        "verklaring_datum": seat.declared_on, "band_met": dump.code("organisation", seat.tie_organisation_id),
        "mag_beoordelen": seat.may_assess, "reden": seat.reason,
        "vervangen_door": dump.code("seat", seat.replaced_by_id),
    }  # fmt: skip


def _written_consensus(bid: Bid) -> dict[str, Any]:
    found = sorted(bid.consensus, key=lambda each: (each.criterion.position, each.criterion_id))
    return {each.criterion.code: {"score": each.value, "motivering": each.reason} for each in found}


def _written_result(result: points.Result) -> dict[str, Any]:
    """Each figure rounded on its own, from the exact one."""
    return {
        "inschrijving": result.bid.code,
        "punten_per_criterium": {code: points.printed(value) for code, value in result.points.items()},
        "kwaliteit": points.printed(result.quality),
        "prijs": points.printed(result.price),
        "totaal": points.printed(result.total),
        "rang": result.rank,
    }


def _written_decision(decision: Decision, results: list[points.Result]) -> dict[str, Any]:
    return {
        "winnaar": queries.winner(results),
        "gemotiveerd_voor_bewoners": decision.for_residents,
        "loting": [lot.bid.code for lot in decision.lots] or None,
        "beslisdocument": {
            "id": decision.code, "titel": decision.title, "besproken_in": decision.discussed_in, "datum": decision.day,
        },
    }  # fmt: skip
