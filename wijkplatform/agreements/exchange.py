"""Files 10, 11 and 12: the contract with its agreements, the conversations about them, and how they were adjusted.

Adjustments that are still being talked about are running, and travel by `backup`.
"""

from typing import Any

from wijkplatform.agreements import service
from wijkplatform.agreements.models import (
    ARTICLES,
    CRITERIA,
    LOTS,
    NEEDS,
    SECTIONS,
    Action,
    Adjustment,
    Agreement,
    AuxiliaryIndicator,
    Contract,
    Conversation,
    CourseEntry,
    Indicator,
    Milestone,
    Signal,
    Standing,
)
from wijkplatform.core import clock
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.core.words import _
from wijkplatform.places.models import Voice
from wijkplatform.remarks.exchange import Voices

MEASURES = {"outcome": "outcome", "proces": "process", "output": "output"}
DIRECTIONS = {"hoger": "higher", "lager": "lower"}
VERDICTS = {"akkoord": "agreed", "afgewezen": "rejected"}
PICTURES = {
    "op koers": "on_course",
    "aandacht": "attention",
    "nog niet te meten": "too_early",
    "bijna gehaald": "nearly_reached",
    "gehaald": "reached",
}
IN_DUTCH = {value: key for key, value in (MEASURES | DIRECTIONS | VERDICTS | PICTURES).items()}
#: Which field of an agreement is which relation.
RELATIONS = {
    "percelen": LOTS,
    "behoeften": NEEDS,
    "secties": SECTIONS,
    "artikelen": ARTICLES,
    "criteria": CRITERIA,
}


def take_over(load: Load) -> None:
    voices = Voices(load)
    contract = _contract(load)
    if contract is not None:
        for position, each in enumerate(load.file(10)["afspraken"]):
            load.rows[each["id"]] = _agreement(load, contract, position, each)
    for position, each in enumerate(load.file(11)["gesprekken"]):
        _conversation(load, voices, contract, position, each)
    for position, each in enumerate(load.file(12)["aanpassingen"]):
        load.rows[each["id"]] = _adjustment(load, voices, position, each)
    for each in load.file(10)["afspraken"]:
        if "hulpindicator" in each:
            _course(load, each)


def _contract(load: Load) -> Contract | None:
    found = load.file(10)["overeenkomst"]
    if found is None:
        return None
    contractor, bid = load.row(found["opdrachtnemer"]), load.row(found.get("inschrijving"))
    contract = load.rows[found["id"]] = service.apply_contract(
        load.actor,
        Contract(
            neighbourhood_id=load.neighbourhood.id, code=found["id"], bid_id=bid.id if bid else None,
            contractor_id=contractor.id, first_day=found["start"], last_day=found["eind"],
        ),
        _("Overeenkomst met %(name)s", name=contractor.name),
        found["gesprekken"][len(load.file(11)["gesprekken"]) :],  # the days before these are of conversations held
        precision="unknown",
    )  # fmt: skip
    return contract


def _agreement(load: Load, contract: Contract, position: int, each: dict[str, Any]) -> Agreement:
    """What was agreed holds from the first day of the contract; on which day it was made the file does not say."""
    here, indicator, auxiliary = load.neighbourhood.id, each["indicator"], each.get("hulpindicator")
    return service.apply_agreement(
        load.actor,
        Agreement(
            neighbourhood_id=here, code=each["id"], position=position, title=each["titel"], purpose=each["doel"],
            owner_id=load.row(each["eigenaar"]).id,
            indicator=Indicator(
                neighbourhood_id=here, name=indicator["naam"], kind=MEASURES[indicator["soort"]],
                unit=indicator["eenheid"], direction=DIRECTIONS[indicator["richting"]],
                baseline=indicator.get("nulmeting"), target=indicator["streefwaarde"],
                measured_on=indicator["peildatum"], source=indicator["bron"],
            ),
            auxiliary=AuxiliaryIndicator(
                neighbourhood_id=here, name=auxiliary["naam"], kind=MEASURES[auxiliary["soort"]],
                unit=auxiliary["eenheid"],
            )
            if auxiliary
            else None,
            milestones=[
                Milestone(neighbourhood_id=here, position=order, day=one["datum"], text=one["tekst"])
                for order, one in enumerate(each["mijlpalen"])
            ],
        ),
        contract, {relation: load.listed(each[name]) for name, relation in RELATIONS.items()}, precision="unknown",
    )  # fmt: skip


def _conversation(load: Load, voices: Voices, contract: Contract | None, position: int, each: dict[str, Any]) -> None:
    here, at = load.neighbourhood.id, each["tijd"].on(each["datum"])
    precision = "second" if each["tijd"].clock.second else "minute"
    conversation = load.rows[each["id"]] = service.apply_conversation(
        load.actor,
        Conversation(
            neighbourhood_id=here, code=each["id"], position=position, contract_id=contract.id if contract else None,
            held_at=at, centre_id=load.row(each["plek"]).id, period_from=each["periode"]["van"],
            period_to=each["periode"]["tot"], report=each["verslag"],
        ),
        [voices.on(code, each["datum"]) for code in each["aanwezig"]], precision,
    )  # fmt: skip
    for order, one in enumerate(each["standen"]):
        standing = Standing(
            neighbourhood_id=here, position=order, conversation_id=conversation.id, value=one["waarde"],
            picture=PICTURES[one["beeld"]], note=one["toelichting"],
        )  # fmt: skip
        service.apply_standing(load.actor, standing, load.row(one["afspraak"]), precision)
    for order, one in enumerate(each["acties"]):
        action = Action(
            neighbourhood_id=here, code=one["id"], position=order, conversation_id=conversation.id, text=one["tekst"],
            voice=voices.on(one["wie"], each["datum"]), due=one["voor"], done=one["klaar"],
        )  # fmt: skip
        load.rows[one["id"]] = service.apply_action(load.actor, action, happened=at, precision=precision)


def _adjustment(load: Load, voices: Voices, position: int, each: dict[str, Any]) -> Adjustment:
    here, look_back = load.neighbourhood.id, load.row(each.get("terugkijken"))
    signal = service.apply_signal(
        load.actor,
        Signal(
            neighbourhood_id=here, agreement_id=load.row(each["afspraak"]).id, day=each["aangevraagd"],
            text=each["signaal"], voice=voices.on(each["aangevraagd_door"], each["aangevraagd"]),
        ),
        happened=clock.start_of(each["aangevraagd"]), precision="day",
    )  # fmt: skip
    return service.apply_adjustment(
        load.actor,
        Adjustment(
            neighbourhood_id=here, code=each["id"], position=position, agreement_id=signal.agreement_id, signal=signal,
            talked_on=each["gesprek"], decided_on=each["besloten"], old_text=each["oude_tekst"],
            new_text=each["nieuwe_tekst"], reason=each["reden"], verdict=VERDICTS[each["besluit"]],
            verdict_reason=each.get("motivering_besluit"), takes_effect=each.get("ingangsdatum"),
            money=each["gevolg_voor_geld"], look_back_id=look_back.id if look_back else None,
        ),
        talked=[voices.on(code, each["gesprek"]) for code in each["deelnemers"]],
        decided=[voices.on(code, each["besloten"]) for code in each["besloten_door"]],
        happened=clock.start_of(each["besloten"]), precision="day",
    )  # fmt: skip


def _course(load: Load, each: dict[str, Any]) -> None:
    steps = each["hulpindicator"]["verloop"]
    entries = [
        CourseEntry(
            neighbourhood_id=load.neighbourhood.id, position=order, from_day=one["vanaf"], value=one.get("waarde")
        )
        for order, one in enumerate(steps)
    ]
    service.apply_course(load.actor, load.row(each["id"]), entries, load.listed(one["aanpassing"] for one in steps[1:]))


def write_out(dump: Dump) -> None:
    held = dump.all(Conversation)
    contract = next(iter(dump.all(Contract)), None)
    dump.file(10).update(
        overeenkomst=_written_contract(dump, contract, held) if contract else None,
        afspraken=[_written_agreement(dump, each) for each in (contract.agreements if contract else [])],
    )
    dump.file(11)["gesprekken"] = [_written_conversation(dump, each) for each in held]
    dump.file(12)["aanpassingen"] = [
        _written_adjustment(dump, each) for each in dump.all(Adjustment) if each.verdict is not None
    ]


def _written_contract(dump: Dump, contract: Contract, held: list[Conversation]) -> dict[str, Any]:
    return {
        "id": contract.code, "inschrijving": dump.code("bid", contract.bid_id),
        "opdrachtnemer": dump.code("organisation", contract.contractor_id), "start": contract.first_day,
        "eind": contract.last_day,
        "gesprekken": [clock.local(each.held_at).date() for each in held] + [each.day for each in contract.planned],
    }  # fmt: skip


def _written_agreement(dump: Dump, each: Agreement) -> dict[str, Any]:
    indicator = each.indicator
    return {
        "id": each.code, "titel": each.title, "doel": each.purpose,
        **{name: dump.linked(each, relation) for name, relation in RELATIONS.items()},
        "indicator": {
            "naam": indicator.name, "soort": IN_DUTCH[indicator.kind], "eenheid": indicator.unit,
            "richting": IN_DUTCH[indicator.direction], "nulmeting": indicator.baseline,
            "streefwaarde": indicator.target, "peildatum": indicator.measured_on, "bron": indicator.source,
        },
        "hulpindicator": _written_auxiliary(dump, each.auxiliary) if each.auxiliary else None,
        "mijlpalen": [{"datum": one.day, "tekst": one.text} for one in each.milestones],
        "eigenaar": dump.code("organisation", each.owner_id),
    }  # fmt: skip


def _written_auxiliary(dump: Dump, each: AuxiliaryIndicator) -> dict[str, Any]:
    return {
        "naam": each.name, "soort": IN_DUTCH[each.kind], "eenheid": each.unit,
        "verloop": [
            {"vanaf": one.from_day, "waarde": one.value, "aanpassing": dump.code("adjustment", one.adjustment_id)}
            for one in each.course
        ],
    }  # fmt: skip


def _written_conversation(dump: Dump, each: Conversation) -> dict[str, Any]:
    return {
        "id": each.code, "datum": clock.local(each.held_at).date(), "tijd": each.held_at,
        "plek": dump.code("centre", each.centre_id), "periode": {"van": each.period_from, "tot": each.period_to},
        "aanwezig": [dump.code("voice", one.voice_id) for one in each.attendance], "verslag": each.report,
        "standen": [
            {
                "afspraak": dump.code("agreement", one.agreement_id), "waarde": one.value,
                "beeld": IN_DUTCH[one.picture], "toelichting": one.note,
            }
            for one in each.standings
        ],
        "acties": [
            {
                "id": one.code, "tekst": one.text, "wie": dump.code("voice", one.voice_id), "voor": one.due,
                "klaar": one.done,
            }
            for one in each.actions
        ],
    }  # fmt: skip


def _written_adjustment(dump: Dump, each: Adjustment) -> dict[str, Any]:
    def people(voices: list[Voice]) -> list[str | None]:
        return [dump.code("voice", one.id) for one in voices]

    return {
        "id": each.code, "afspraak": dump.code("agreement", each.agreement_id),
        "aangevraagd_door": dump.code("voice", each.signal.voice_id), "aangevraagd": each.signal.day,
        "gesprek": each.talked_on, "deelnemers": people(each.who("talked")), "signaal": each.signal.text,
        "oorspronkelijk_doel": each.agreement.purpose, "oude_tekst": each.old_text, "nieuwe_tekst": each.new_text,
        "reden": each.reason, "besluit": IN_DUTCH[str(each.verdict)], "besloten_door": people(each.who("decided")),
        "besloten": each.decided_on, "ingangsdatum": each.takes_effect, "motivering_besluit": each.verdict_reason,
        "gevolg_voor_geld": each.money, "terugkijken": dump.code("conversation", each.look_back_id),
    }  # fmt: skip
