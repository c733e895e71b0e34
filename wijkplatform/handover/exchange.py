"""File 13: the handover, its items, and looking back on it."""

from typing import Any

from wijkplatform.core import clock
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.core.words import _
from wijkplatform.handover import service, yearly
from wijkplatform.handover.models import Handover, HandoverItem, LookBack, Owner
from wijkplatform.remarks.exchange import Voices

KINDS = {
    "project": "project",
    "sleutel": "key",
    "afspraak": "promise",
    "contactpersoon": "contact",
    "spullen": "goods",
    "kennis": "knowledge",
    "overig": "other",
}
CHOICES = {"doorgaan": "go_on", "veranderen": "change", "stoppen": "stop"}
AFTER_A_YEAR = {"loopt": "runs", "gestopt": "stopped", "gestopt met instemming": "stopped_with_consent"}
IN_DUTCH = {value: key for key, value in (KINDS | CHOICES | AFTER_A_YEAR).items()}


def take_over(load: Load) -> None:
    handover = _handover(load)
    if handover is not None:
        voices = Voices(load)
        for position, each in enumerate(load.file(13)["punten"]):
            load.rows[each["id"]] = _item(load, voices, handover, position, each)
    _look_backs(load, handover)


def _handover(load: Load) -> Handover | None:
    found = load.file(13)["overdracht"]
    if found is None:
        return None
    before, after = load.row(found["van"]), load.row(found["naar"])
    handover = load.rows[found["id"]] = service.apply_handover(
        load.actor,
        Handover(
            neighbourhood_id=load.neighbourhood.id, code=found["id"], from_id=before.id, to_id=after.id,
            start=found["start"], changes_on=found["wisseldatum"], end=found["einde"],
        ),
        _("Overdracht van %(before)s naar %(after)s", before=before.name, after=after.name),
        found["terugblikken"], happened=clock.start_of(found["start"]), precision="day",
    )  # fmt: skip
    return handover


def _item(load: Load, voices: Voices, handover: Handover, position: int, each: dict[str, Any]) -> HandoverItem:
    """On which day was decided the file does not say; who decided wears the hat of the day it began."""
    return service.apply_item(
        load.actor,
        HandoverItem(
            neighbourhood_id=load.neighbourhood.id, code=each["id"], position=position, handover_id=handover.id,
            kind=KINDS[each["soort"]], title=each["titel"], choice=CHOICES[each["keuze"]], explanation=each["uitleg"],
            after_a_year=AFTER_A_YEAR.get(each.get("stand_12_maanden", "")), note=each.get("toelichting"),
            consent=each.get("toestemming"),
        ),
        old_owner=load.row(each["eigenaar_oud"]), new_owner=load.row(each.get("eigenaar_nieuw")),
        deciders=[voices.on(code, handover.start) for code in each["besloten_door"]], precision="unknown",
    )  # fmt: skip


def _look_backs(load: Load, handover: Handover | None) -> None:
    found = load.file(13)["terugblik"]
    counted_then = yearly.yearly([each["datum"] for each in found], handover.changes_on) if handover else None
    for position, each in enumerate(found):
        load.rows[each["id"]] = service.apply_look_back(
            load.actor,
            LookBack(
                neighbourhood_id=load.neighbourhood.id, code=each["id"], position=position,
                handover_id=handover.id if handover else None, day=each["datum"],
                counted=None if position == counted_then else each["doorgegaan_of_instemming"], text=each["tekst"],
            ),
        )  # fmt: skip


def write_out(dump: Dump) -> None:
    handover = next(iter(dump.all(Handover)), None)
    items = handover.items if handover else []
    dump.file(13).update(
        overdracht={
            "id": handover.code, "van": dump.code("organisation", handover.from_id),
            "naar": dump.code("organisation", handover.to_id), "start": handover.start,
            "wisseldatum": handover.changes_on, "einde": handover.end,
            "terugblikken": [each.day for each in handover.planned],
        }
        if handover
        else None,
        punten=[_written_item(dump, each) for each in items],
        terugblik=[_written_look_back(each, items) for each in dump.all(LookBack)],
    )  # fmt: skip


def _written_item(dump: Dump, each: HandoverItem) -> dict[str, Any]:
    return {
        "id": each.code, "soort": IN_DUTCH[each.kind], "titel": each.title,
        "eigenaar_oud": _written_owner(dump, each.old_owner), "eigenaar_nieuw": _written_owner(dump, each.new_owner),
        "keuze": IN_DUTCH[each.choice], "besloten_door": [dump.code("voice", one.voice_id) for one in each.deciders],
        "uitleg": each.explanation, "stand_12_maanden": IN_DUTCH[each.after_a_year] if each.after_a_year else None,
        "toelichting": each.note, "toestemming": each.consent,
    }  # fmt: skip


def _written_owner(dump: Dump, owner: Owner | None) -> str | None:
    columns = service.OWNERS.items() if owner is not None else ()
    codes = (dump.code(kind, getattr(owner, column)) for kind, column in columns)
    return next((code for code in codes if code is not None), None)


def _written_look_back(each: LookBack, items: list[HandoverItem]) -> dict[str, Any]:
    there = yearly.still_there(item.after_a_year for item in items) if each.counted is None else each.counted
    return {
        "id": each.code, "datum": each.day, "doorgegaan_of_instemming": there, "totaal": len(items),
        "tekst": each.text,
    }  # fmt: skip
