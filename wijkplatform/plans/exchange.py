"""Files 03 and 04: the memorandum with its principles, and the plan with its sections and versions."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from wijkplatform.core import clock
from wijkplatform.core.db import db
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.core.words import _
from wijkplatform.plans import service
from wijkplatform.plans.models import Memorandum, Plan, Principle, Section, Writer
from wijkplatform.remarks.exchange import Voices
from wijkplatform.texts import exchange as texts
from wijkplatform.texts import queries
from wijkplatform.texts.exchange import Publication
from wijkplatform.texts.models import Version

STATES = {"schrijfversie": "writing", "ter_inzage": "inspection", "vastgesteld": "adopted"}
IN_DUTCH = {value: key for key, value in STATES.items()}


def take_over(load: Load) -> None:
    home, note = load.neighbourhood.id, load.file(3)["nota"]
    if note is not None:
        load.rows[note["id"]] = service.apply_memorandum(
            load.actor, home, code=note["id"], title=note["titel"], adopted_by=note["vastgesteld_door"],
            adopted_on=note["datum"],
        )  # fmt: skip
    for position, each in enumerate(load.file(3)["uitgangspunten"]):
        load.rows[each["id"]] = service.apply_principle(
            load.actor, home, code=each["id"], position=position, title=each["titel"], text=each["tekst"],
            precision="unknown",
        )  # fmt: skip
    if load.file(4)["plan"] is not None:
        _take_over_plan(load, load.file(4)["plan"])


def _take_over_plan(load: Load, found: dict[str, Any]) -> None:
    plan = load.rows[found["id"]] = service.apply_plan(
        load.actor, load.neighbourhood.id, code=found["id"], title=found["titel"],
        horizon_years=found["horizon_jaren"], review=found["herijking"], precision="unknown",
    )  # fmt: skip
    taken = [_section(load, plan, position, each) for position, each in enumerate(load.file(4)["secties"])]
    voices = Voices(load)
    for each in found["versies"]:
        service.apply_edition(
            load.actor, plan, each["nummer"], each["datum"], STATES[each["status"]],
            {one.text: one.stood[each["nummer"]] for one in taken}, note=each["opmerking"],
            voice=voices.on(each["door"], each["datum"]), happened=clock.start_of(each["datum"]), precision="day",
        )  # fmt: skip


def _section(load: Load, plan: Plan, position: int, each: dict[str, Any]) -> texts.Taken:
    taken = texts.take_over(load, each, {len(load.file(4)["plan"]["versies"]): each["tekst"]})
    section = load.rows[each["id"]] = service.apply_section(
        plan, code=each["id"], position=position, number=each["nummer"], title=each["titel"], text=taken.text,
        writers=load.listed(each["schrijvers"]), needs=load.listed(each["behoeften"]),
        principles=load.listed(each["uitgangspunten"]),
    )  # fmt: skip
    for version in taken.versions:
        service.apply_save(load.actor, section, version)
    return taken


def write_out(dump: Dump) -> None:
    notes = dump.all(Memorandum)
    dump.file(3).update(
        nota={
            "id": notes[0].code, "titel": notes[0].title, "vastgesteld_door": notes[0].adopted_by,
            "datum": notes[0].adopted_on,
        }
        if notes
        else None,
        uitgangspunten=[{"id": each.code, "titel": each.title, "tekst": each.text} for each in dump.all(Principle)],
    )  # fmt: skip
    plans = dump.all(Plan)
    if plans:
        _write_out_plan(dump, plans[0])


def _write_out_plan(dump: Dump, plan: Plan) -> None:
    sections = db.session.scalars(
        select(Section)
        .where(Section.plan_id == plan.id)
        .options(joinedload(Section.text), selectinload(Section.writers).joinedload(Writer.person))
        .order_by(Section.position, Section.id)
    ).all()
    heads = queries.heads(section.text for section in sections)
    published = texts.publications("plan", plan.id)
    since = _since(published, list(heads.values()))
    if since is not None:
        published.append(since)
    if not published:
        return
    dump.file(4).update(
        plan={
            "id": plan.code, "titel": plan.title, "wijk": dump.neighbourhood.code,
            "horizon_jaren": plan.horizon_years, "herijking": plan.review,
            "status": IN_DUTCH[published[-1].state], "versies": [_version(dump, each) for each in published],
        },
        secties=[
            _written(dump, section, heads[section.text_id], published)
            for section in sections
            if section.text_id in heads
        ],
    )  # fmt: skip


def _since(published: list[Publication], heads: list[Version]) -> Publication | None:
    """What was saved after the last version, as one added version with the last writer and day; None if nothing was."""
    last = published[-1] if published else None
    before = last.stood if last else {}
    saved = [each for each in heads if each.text_id not in before or before[each.text_id].id != each.id]
    if not saved:
        return None
    newest = max(saved, key=lambda each: (each.made_at is not None, each.made_at, each.id))
    day = clock.local(newest.made_at).date() if newest.made_at else date.min
    return Publication(
        number=last.number + 1 if last else 1,
        day=max(day, last.day) if last else day,
        state="writing",
        note=_("Bijgewerkt na versie %(number)s", number=last.number) if last else _("Eerste tekst"),
        voice_id=newest.voice_id or (last.voice_id if last else None),
        stood={each.text_id: each for each in heads},
    )


def _version(dump: Dump, each: Publication) -> dict[str, Any]:
    return {
        "nummer": each.number, "datum": each.day, "status": IN_DUTCH[each.state],
        "door": dump.code("voice", each.voice_id), "opmerking": each.note,
    }  # fmt: skip


def _written(dump: Dump, section: Section, head: Version, published: list[Publication]) -> dict[str, Any]:
    return {
        "id": section.code, "nummer": section.number, "titel": head.title,
        "behoeften": dump.linked(section, "serves"), "uitgangspunten": dump.linked(section, "follows"),
        "schrijvers": _writers(dump, section), "tekst": head.body, "taal": section.text.language,
        "versie_teksten": texts.older_texts(
            published, section.text_id, head.title, {published[-1].number: head.body}
        ),
    }  # fmt: skip


def _writers(dump: Dump, section: Section) -> list[str | None]:
    """Each once: two writers may be written as the same person."""
    return list(dict.fromkeys(dump.code("person", each.person_id) for each in section.writers))
