"""Files 06, 07 and 08: the call with its versions, the remarks on its draft, and its two notes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wijkplatform.calls import service
from wijkplatform.calls.models import Article, Call, InformationNote, Lot, ResponseNote
from wijkplatform.core import clock
from wijkplatform.core.db import db
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.core.words import _
from wijkplatform.remarks import exchange as remarks
from wijkplatform.remarks import service as remarks_service
from wijkplatform.rounds import exchange as rounds
from wijkplatform.rounds import service as moments
from wijkplatform.rounds.models import Moment
from wijkplatform.texts import exchange as texts
from wijkplatform.texts.exchange import Publication
from wijkplatform.texts.models import Version

STATES = {"concept": "draft", "definitief": "final", "definitief na inlichtingen": "clarified"}
KINDS = {"functioneel": "functional", "geografisch": "geographic"}
IN_DUTCH = {value: key for key, value in (STATES | KINDS).items()}


def take_over(load: Load) -> None:
    call = _call(load)
    for position, each in enumerate(load.file(6)["percelen"]):
        load.rows[each["id"]] = service.apply_lot(
            load.actor, load.neighbourhood.id, call, code=each["id"], position=position, title=each["titel"],
            kind=KINDS[each["soort"]], precision="unknown",
        )  # fmt: skip
    if call is not None:
        _articles(load, call)
        _response_note(load, call)
    _information_note(load, call)


def _call(load: Load) -> Call | None:
    found = load.file(6)["uitvraag"]
    if found is None:
        return None
    call = load.rows[found["id"]] = service.apply_call(
        load.actor, load.row(found["opdrachtgever"]), code=found["id"], title=found["titel"],
        procedure=found["procedure"], estimated_value=found["geraamde_waarde_totaal"],
        first_day=found["looptijd"]["start"], last_day=found["looptijd"]["eind"],
        extension=found["looptijd"].get("verlenging"), criteria_sets=[load.row(found["criteria_set"])],
        precision="unknown",
    )  # fmt: skip
    return call


def _articles(load: Load, call: Call) -> None:
    versions = load.file(6)["uitvraag"]["versies"]
    draft = next(each for each in versions if "reactie_van" in each)
    taken = {}
    for position, each in enumerate(load.file(6)["artikelen"]):
        anchors = {draft["nummer"]: each["concept"]}
        if "definitief" in each:
            anchors[len(versions)] = each["definitief"]
        taken[each["id"]] = texts.take_over(load, each, anchors)
        article = load.rows[each["id"]] = service.apply_article(
            call, code=each["id"], position=position, number=each["nummer"], title=each["titel"],
            text=taken[each["id"]].text, lots=load.listed(each["percelen"]), sections=load.listed(each["secties"]),
            criteria=load.listed(each["criteria"]),
        )  # fmt: skip
        for saved in taken[each["id"]].versions:
            service.apply_save(load.actor, article, saved)
        article.dropped = "vervallen_in" in each
    said_about = {code: one.stood[draft["nummer"]] for code, one in taken.items()}
    out = {code: dict(one.stood) for code, one in taken.items()}
    for each in load.file(6)["artikelen"]:
        for number in range(each.get("vervallen_in", len(versions) + 1), len(versions) + 1):
            taken[each["id"]].stood[number] = None
    for each in versions:
        service.apply_edition(
            load.actor, call, each["nummer"], each["datum"], STATES[each["status"]],
            {one.text: one.stood[each["nummer"]] for one in taken.values()}, note=each.get("opmerking"),
            open_to_remarks=each is draft, happened=clock.start_of(each["datum"]), precision="day",
        )  # fmt: skip
    _consultation(load, call, draft)
    about = {code: (load.rows[code], version) for code, version in said_about.items() if version is not None}
    remarks.take_over(load, load.file(7)["reacties"], about, out)
    _came_out(load, call)


def _came_out(load: Load, call: Call) -> None:
    """What was said before the version of the note has its answer for good: that version brought it out."""
    note = load.file(8)["nota_van_beantwoording"]
    if note is None:
        return
    day = next(each["datum"] for each in load.file(6)["uitvraag"]["versies"] if each["nummer"] == note["naar_versie"])
    found = [load.rows[each["id"]] for each in load.file(7)["reacties"] if "antwoord" in each and each["datum"] < day]
    remarks_service.come_out(found, note["naar_versie"])


def _consultation(load: Load, call: Call, draft: dict[str, Any]) -> None:
    """The time in which remarks were possible, as a moment. What was asked, and promised, the file does not say."""
    moments.apply_moment(
        load.actor, call.neighbourhood_id, code=_unused_code(load, "RR"), kind=_("reactieronde"), question="",
        about=call, opens_at=clock.start_of(draft["reactie_van"]), precision="day",
        closes_at=clock.end_of(draft["reactie_tot"]),
    )  # fmt: skip


def _unused_code(load: Load, prefix: str) -> str:
    """A code for what has none in the file. The rest of the directory, still to come, does not use it either, nor does
    another neighbourhood: `/spoor/<code>` then finds one thing and need not ask."""
    taken = {*_ids(load.files), *db.session.scalars(select(Moment.code).where(Moment.code.startswith(f"{prefix}-")))}
    return next(code for number in count(1) if (code := f"{prefix}-{number:02d}") not in taken)


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("id"), str):
            yield value["id"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _ids(each)


def _response_note(load: Load, call: Call) -> None:
    found = load.file(8)["nota_van_beantwoording"]
    if found is not None:
        load.rows[found["id"]] = service.apply_response_note(
            load.actor, call, code=found["id"], from_edition=found["van_versie"], to_edition=found["naar_versie"],
            published_on=found["gepubliceerd"], residents_unnamed=found["anoniem_voor_bewoners"],
            introduction=found["inleiding"], happened=clock.start_of(found["gepubliceerd"]), precision="day",
        )  # fmt: skip


def _information_note(load: Load, call: Call | None) -> None:
    found = load.file(8)["nota_van_inlichtingen"]
    if found is None:
        return
    when: dict[str, Any] = {"happened": clock.start_of(found["gepubliceerd"]), "precision": "day"}
    note = load.rows[found["id"]] = service.apply_information_note(
        load.actor, load.neighbourhood.id, call, code=found["id"],
        questions_until=found["vragen_tot"], published_on=found["gepubliceerd"],
        closing_day=found["uiterste_inschrijfdatum"], closing_time=found["uiterste_inschrijftijd"].clock, **when,
    )  # fmt: skip
    for position, each in enumerate(found["vragen"]):
        load.rows[each["id"]] = service.apply_question(
            load.actor, note, load.row(each["artikel"]), code=each["id"], position=position, question=each["vraag"],
            answer=each["antwoord"], changes_call=each["wijzigt_uitvraag"], **when,
        )  # fmt: skip


def write_out(dump: Dump) -> None:
    dump.file(6)["percelen"] = [
        {"id": each.code, "titel": each.title, "soort": IN_DUTCH[each.kind]} for each in dump.all(Lot)
    ]
    found = _published(dump)
    if found is not None:
        _write_out_call(dump, *found)
    _write_out_information(dump)


def _published(dump: Dump) -> tuple[Call, list[Publication]] | None:
    """The call that came out, with its versions; one that is still being written travels by `backup`."""
    for call in dump.all(Call):
        published = texts.publications("call", call.id)
        if published and call.draft is not None:
            return call, published
    return None


def _write_out_call(dump: Dump, call: Call, published: list[Publication]) -> None:
    dump.file(6)["uitvraag"] = {
        "id": call.code, "titel": call.title, "opdrachtgever": dump.code("organisation", call.client_id),
        "procedure": call.procedure, "geraamde_waarde_totaal": call.estimated_value,
        "looptijd": {"start": call.first_day, "eind": call.last_day, "verlenging": call.extension},
        "criteria_set": next(iter(dump.linked(call, "judged_by")), None),
        "versies": _versions(call, published),
    }  # fmt: skip
    articles = db.session.scalars(
        select(Article)
        .where(Article.call_id == call.id)
        .options(joinedload(Article.text))
        .order_by(Article.position, Article.id)
    ).all()
    found = [written for each in articles if (written := _article(dump, call, each, published))]
    dump.file(6)["artikelen"] = found
    open_to_remarks = {each["id"]: each["concept"] for each in found}
    about = {each.id: (each.code, open_to_remarks[each.code]) for each in articles if each.code in open_to_remarks}
    since = {version.id: each.number for each in reversed(published) for version in each.stood.values()}
    dump.file(7)["reacties"] = remarks.write_out(dump, "article", about, rounds.support_since(dump, "remark"), since)
    note = db.session.scalars(select(ResponseNote).where(ResponseNote.call_id == call.id)).first()
    if note is not None:
        dump.file(8)["nota_van_beantwoording"] = {
            "id": note.code, "uitvraag": call.code, "van_versie": note.from_edition, "naar_versie": note.to_edition,
            "gepubliceerd": note.published_on, "anoniem_voor_bewoners": note.residents_unnamed,
            "inleiding": note.introduction,
        }  # fmt: skip


def _versions(call: Call, published: Sequence[Publication]) -> list[dict[str, Any]]:
    """The version open to remarks carries the time of all rounds of remarks about the call."""
    windows = db.session.scalars(
        select(Moment).where(Moment.about_kind == "call", Moment.about_id == call.id, Moment.closes_at.is_not(None))
    ).all()
    first = clock.local(min(each.opens_at for each in windows)).date()
    last = clock.local(max(each.closes_at for each in windows if each.closes_at) - timedelta(microseconds=1)).date()
    return [
        {
            "nummer": each.number, "datum": each.day, "status": IN_DUTCH[each.state],
            "reactie_van": first if each.number == call.draft else None,
            "reactie_tot": last if each.number == call.draft else None, "opmerking": each.note,
        }
        for each in published
    ]  # fmt: skip


def _article(dump: Dump, call: Call, article: Article, published: Sequence[Publication]) -> dict[str, Any] | None:
    """An article as it stood in the version open to remarks and in the last one; None if it stood in neither."""
    concept = _nearest(published, article.text_id, at_most=call.draft or 0)
    last = _nearest(published, article.text_id, at_most=published[-1].number)
    draft = concept or last
    if draft is None or last is None:
        return None
    anchors = {call.draft or 0: draft.body, published[-1].number: last.body}
    gone = max(each.number for each in published if article.text_id in each.stood) + 1
    before = [each for each in published if each.number < gone or each.number in anchors]
    return {
        "id": article.code, "nummer": article.number, "titel": last.title,
        "percelen": dump.linked(article, "part_of"), "secties": dump.linked(article, "rests_on"),
        "criteria": dump.linked(article, "judged_by"), "concept": draft.body,
        "definitief": last.body if published[-1].number != call.draft else None, "taal": article.text.language,
        "versie_teksten": texts.older_texts(before, article.text_id, last.title, anchors),
        "vervallen_in": gone if gone <= published[-1].number else None,
    }  # fmt: skip


def _nearest(published: Sequence[Publication], text_id: int, *, at_most: int) -> Version | None:
    """The version that stood in this edition, or in the last one before it that had the text."""
    found = (each.stood.get(text_id) for each in reversed(published) if each.number <= at_most)
    return next((version for version in found if version is not None), None)


def _write_out_information(dump: Dump) -> None:
    notes = dump.all(InformationNote)
    if not notes:
        return
    note = notes[0]
    dump.file(8)["nota_van_inlichtingen"] = {
        "id": note.code, "vragen_tot": note.questions_until, "gepubliceerd": note.published_on,
        "uiterste_inschrijfdatum": note.closing_day, "uiterste_inschrijftijd": note.closing_time,
        "vragen": [
            {
                "id": each.code, "artikel": dump.code("article", each.article_id), "vraag": each.question,
                "antwoord": each.answer, "wijzigt_uitvraag": each.changes_call,
            }
            for each in note.questions
        ],
    }  # fmt: skip
