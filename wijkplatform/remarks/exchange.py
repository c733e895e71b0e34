"""Remarks on their way in and out (docs/FORMAT.md §9): who said it with which hat, on which passage, and the answer.

Whoever has the things that remarks are about (`calls`) calls this: those come later in the line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wijkplatform.core import clock
from wijkplatform.core.db import db
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.places import queries as places
from wijkplatform.places.models import Mandate, Voice
from wijkplatform.places.service import voice_of_person
from wijkplatform.remarks import passages, service
from wijkplatform.remarks.models import Remark
from wijkplatform.texts.models import Version

VERDICTS = {
    "overgenomen": "adopted",
    "deels_overgenomen": "partly",
    "niet_overgenomen": "declined",
    "doorverwezen": "passed_on",
}
IN_DUTCH = {value: key for key, value in VERDICTS.items()}


@dataclass
class Voices:
    """The voices of the people of a directory. Looked up once for each hat: a call has thousands of remarks."""

    load: Load
    _mandates: dict[str, list[Mandate]] = field(default_factory=dict)
    _voices: dict[int, Voice] = field(default_factory=dict)

    def on(self, code: str, day: date | None, *, role: str | None = None, on_behalf: Any = None) -> Voice:
        """With the first mandate that held that day, in this role and on behalf of this one where those are given.

        A record may name somebody on a day on which no mandate held: then the main one serves.
        """
        if code not in self._mandates:
            self._mandates[code] = list(places.mandates_of(self.load.rows[code], self.load.neighbourhood.id))
        held = (
            each
            for each in self._mandates[code]
            if (day is None or each.holds_on(day))
            and (role is None or each.role.code == role)
            and (on_behalf is None or on_behalf in (each.organisation, each.centre))
        )
        mandate = next(held, self._mandates[code][0])
        if mandate.id not in self._voices:
            self._voices[mandate.id] = voice_of_person(self.load.neighbourhood, self.load.rows[code], mandate)
        return self._voices[mandate.id]


def take_over(
    load: Load,
    items: list[dict[str, Any]],
    about: Mapping[str, tuple[Any, Version]],
    out: Mapping[str, Mapping[int, Version | None]],
) -> None:
    """`about`: for each thing's code the thing, and the version that was open to remarks. `out`: for each thing's code
    which version stood in which numbered publication."""
    voices = Voices(load)
    for position, each in _replies_last(items):
        thing, version = about[each["artikel"]]
        on_behalf = load.row(each.get("namens"))
        at = each["tijd"].on(each["datum"]) if "tijd" in each else clock.start_of(each["datum"])
        remark = service.apply_remark(
            load.actor, thing, code=each["id"], position=position, text=each["tekst"],
            voice=voices.on(each["door"], each["datum"], role=each["rol"], on_behalf=on_behalf),
            said_at=at, precision=_precision(each), version=version, quote=each.get("citaat"),
            occurrence=each.get("voorkomen"), reply_to=load.row(each.get("antwoord_op")),
            language=each.get("taal", "nl"), opening_support=each.get("steun", 0),
            needs=load.listed([each["behoefte"]] if "behoefte" in each else []),
            spoken_for=[on_behalf] if on_behalf is not None else [],
        )  # fmt: skip
        load.rows[each["id"]] = remark
        if "antwoord" in each:
            change = out[each["artikel"]].get(each.get("gewijzigd_in", 0))
            service.apply_answer(
                load.actor, remark, verdict=VERDICTS[each["afweging"]], reason=each["antwoord"],
                change_id=change.id if change else None, unchanged=each.get("zonder_wijziging"),
            )  # fmt: skip


def _precision(each: dict[str, Any]) -> str:
    if "tijd" not in each:
        return "day"
    return "second" if each["tijd"].clock.second else "minute"


def _replies_last(items: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each remark with its place in the list, after what it replies to: a reply may stand before that in the file."""
    places_ = {each["id"]: place for place, each in enumerate(items)}
    done: set[str] = set()
    for each in items:
        chain = []
        code: str | None = each["id"]
        while code is not None and code not in done:
            done.add(code)
            chain.append(places_[code])
            code = items[places_[code]].get("antwoord_op")
        for place in reversed(chain):
            yield place, items[place]


def write_out(
    dump: Dump, kind: str, about: Mapping[int, tuple[str, str]], support: Mapping[int, int], since: Mapping[int, int]
) -> list[dict[str, Any]]:
    """The remarks on things of this kind. `about`: for each thing's id its code, and the text open to remarks.

    `support`: what was given here since, for each remark's id; `rounds` counts it. `since`: for each version's id the
    number of the publication in which it first stood.
    """
    remarks = db.session.scalars(
        select(Remark)
        .where(Remark.neighbourhood_id == dump.neighbourhood.id, Remark.about_kind == kind)
        .options(joinedload(Remark.answer), joinedload(Remark.voice))
        .order_by(Remark.position, Remark.id)
    )
    mandates = _mandates(dump)
    return [
        _written(dump, each, *about[each.about_id], support.get(each.id, 0), mandates) | _came_of_it(each, since)
        for each in remarks
        if each.about_id in about
    ]


def _mandates(dump: Dump) -> dict[int, list[Mandate]]:
    found: dict[int, list[Mandate]] = {}
    for each in dump.all(Mandate):
        if not each.invented:
            found.setdefault(each.person_id, []).append(each)
    return found


def _written(
    dump: Dump, remark: Remark, thing: str, body: str, support: int, mandates: Mapping[int, list[Mandate]]
) -> dict[str, Any]:
    quote = remark.quote if remark.quote is not None and remark.quote in body else None
    answer = remark.answer
    return {
        "id": remark.code, "artikel": thing, "citaat": quote, "voorkomen": _occurrence(remark, quote, body),
        "antwoord_op": dump.code("remark", remark.reply_to_id), "door": dump.code("voice", remark.voice_id),
        "rol": dump.code("hat", remark.voice_id), "namens": _on_behalf(dump, remark, mandates),
        "datum": clock.local(remark.said_at).date(),
        "tijd": remark.said_at if remark.said_precision in ("second", "minute") else None,
        "tekst": remark.text, "taal": remark.language, "steun": remark.opening_support + support,
        "afweging": IN_DUTCH[answer.verdict] if answer else None, "antwoord": answer.reason if answer else None,
        "behoefte": next(iter(dump.linked(remark, "about")), None),
    }  # fmt: skip


def _came_of_it(remark: Remark, since: Mapping[int, int]) -> dict[str, Any]:
    """Since which publication the text is as the answer says; a change that is not out yet has no number."""
    answer = remark.answer
    return {
        "gewijzigd_in": since.get(answer.change_id) if answer and answer.change_id else None,
        "zonder_wijziging": answer.unchanged if answer else None,
    }


def _occurrence(remark: Remark, quote: str | None, body: str) -> int | None:
    """Which occurrence, of a quote that occurs more than once and whose place is known in this very text."""
    if quote is None or remark.start is None or remark.version is None or remark.version.body != body:
        return None
    return passages.number_at(body, quote, remark.start)


def _on_behalf(dump: Dump, remark: Remark, mandates: Mapping[int, list[Mandate]]) -> str | None:
    """Whom the speaker named; unnamed, only where it would otherwise be taken for another of their mandates."""
    named = next(iter(dump.linked(remark, "speaks_for")), None)
    theirs = mandates.get(remark.voice.person_id or 0, [])
    worn = next((each for each in theirs if each.id == remark.voice.mandate_id), None)
    if named is not None or worn is None:
        return named
    day = clock.local(remark.said_at).date()
    alike = [each for each in theirs if each.role_id == worn.role_id and each.holds_on(day)]
    if not alike or alike[0].id == worn.id:
        return None
    return dump.code("centre", worn.centre_id) or dump.code("organisation", worn.organisation_id)
