"""Writing a whole neighbourhood out, as data for the sixteen files (docs/FORMAT.md §18).

Features fill the files with what they have; here it gets the shape of the tables, what is computed is counted again,
people who have no person of their own get one, and a shift at import is undone.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wijkplatform.core import clock, offers
from wijkplatform.core.characters import clean_name
from wijkplatform.core.db import db
from wijkplatform.core.transfer import Dump
from wijkplatform.exchange import computed
from wijkplatform.exchange.fields import HHMM, MAX_NAME, TIME, Time, offsets_on
from wijkplatform.exchange.load import notes_of
from wijkplatform.exchange.schema import Field, Many, Row, Rows, Table, Type
from wijkplatform.exchange.shifting import Data, shift_back
from wijkplatform.exchange.tables import FILES
from wijkplatform.index import queries as index
from wijkplatform.index.models import Entry
from wijkplatform.people.models import Person
from wijkplatform.places import hats
from wijkplatform.places.models import KNOWN_ROLES, Mandate, Neighbourhood, Role, Voice


def dump_neighbourhood(neighbourhood: Neighbourhood, *, progress: Callable[[int, int], None] | None = None) -> Data:
    """The neighbourhood as the format has it: equal to what was imported, as long as nothing changed."""
    speakers = Speakers(neighbourhood)
    dump = Export(neighbourhood, index.links_of, speakers=speakers)
    for _answer in offers.ask("write_out", dump):
        if progress:
            progress(sum(1 for content in dump.files.values() if content), len(FILES))
    dump.file(1)["personen"] += speakers.added_people()
    dump.file(1)["rollen"] += speakers.added_roles()
    data = {name: _row(kind, dump.files[name]) for name, kind in FILES.items()}
    data = {name: _row(kind, content) for (name, kind), content in zip(FILES.items(), computed.complete(data).values())}
    if progress:
        progress(len(FILES), len(FILES))
    return shift_back(data, neighbourhood.shifted_years, notes_of(neighbourhood)) if neighbourhood.shifted_years else data


@dataclass
class Export(Dump):
    """A dump that also knows who spoke: `code("voice", …)` is the person, `code("hat", …)` the role of that voice."""

    speakers: "Speakers" = field(kw_only=True)

    def code(self, kind: str, id_: int | None) -> str | None:
        if id_ is None:
            return None
        if kind == "voice":
            return self.speakers.person_of_voice(id_)
        if kind == "hat":
            return self.speakers.role_of_voice(id_)
        if kind == "person":
            return self.speakers.person(id_)
        return super().code(kind, id_)


class Speakers:
    """Who stands behind what was said, as the file names them.

    A person of the file with a mandate of the file is that person. Everybody else - guests, people who came with an
    account, hats that were made up for a demonstration - is added as a person with the name and hat as shown. Their
    codes follow the order in which the voices were made, so that a later export gives them the same ones.
    """

    def __init__(self, neighbourhood: Neighbourhood):
        self.home = neighbourhood
        people = db.session.scalars(
            select(Person).where(Person.home_id == neighbourhood.id, Person.code.is_not(None))
            .order_by(Person.position, Person.id)
        ).all()  # fmt: skip
        self.own = {person.id: str(person.code) for person in people}
        self.roles = [role for role in self._all(Role) if not role.invented]
        self.mandates = {
            each.id: each
            for each in self._all(Mandate, joinedload(Mandate.role), joinedload(Mandate.organisation), joinedload(Mandate.centre))
            if not each.invented and not each.role.invented
        }
        self.voices = {voice.id: voice for voice in self._all(Voice)}
        self.strangers = self._codes([voice for voice in self.voices.values() if not self._is_own(voice)])
        self.used: dict[int, Voice] = {}
        self.new_roles: dict[str, str] = {}

    def _all(self, model: type[Any], *options: Any) -> Any:
        order = (model.position, model.id) if hasattr(model, "position") else (model.id,)
        return db.session.scalars(
            select(model).where(model.neighbourhood_id == self.home.id).options(*options).order_by(*order)
        ).all()

    def _is_own(self, voice: Voice) -> bool:
        return voice.person_id in self.own and voice.mandate_id in self.mandates

    def _codes(self, voices: list[Voice]) -> dict[int, str]:
        """New codes in the habit of this neighbourhood: after P-17 comes P-18."""
        taken = {*self.own.values(), *(role.code for role in self._all(Role)), self.home.code, self.home.municipality.code}
        taken |= set(db.session.scalars(select(Entry.code).where(Entry.neighbourhood_id == self.home.id)))
        found = re.fullmatch(r"(.*?)(\d{1,9})", next(reversed(self.own.values()), ""))
        stem, number, width = (found[1], int(found[2]), len(found[2])) if found else ("P-", 0, 2)
        codes = {}
        for voice in voices:
            while (code := f"{stem}{(number := number + 1):0{width}d}") in taken:
                pass
            codes[voice.id] = code
        return codes

    def person_of_voice(self, voice_id: int) -> str:
        voice = self.voices[voice_id]
        if voice_id not in self.strangers:
            return self.own[voice.person_id or 0]
        self.used[voice_id] = voice
        return self.strangers[voice_id]

    def role_of_voice(self, voice_id: int) -> str:
        voice = self.voices[voice_id]
        mandate = self.mandates.get(voice.mandate_id or 0)
        return mandate.role.code if mandate else self._role_like(voice)

    def person(self, person_id: int) -> str:
        """Somebody who is named without having spoken there and then: their own person, or that of their first voice."""
        if person_id in self.own:
            return self.own[person_id]
        return self.person_of_voice(next(each.id for each in self.voices.values() if each.person_id == person_id))

    def _role_like(self, voice: Voice) -> str:
        """A role of the file of the same kind, or else the known one, which is added."""
        for role in self.roles:
            if role.kind == voice.kind:
                return str(role.code)
        key = next((key for key, kind in KNOWN_ROLES.items() if kind == voice.kind), "bewoner")
        self.new_roles[key] = voice.hat[:1].upper() + voice.hat[1:]
        return key

    def added_people(self) -> list[dict[str, Any]]:
        """Those who are named in the files, in the order in which they first spoke here."""
        return [self._added(voice) for voice_id, voice in sorted(self.used.items())]

    def _added(self, voice: Voice) -> dict[str, Any]:
        mandate = self.mandates.get(voice.mandate_id or 0)
        return {
            "id": self.strangers[voice.id],
            "naam": clean_name(voice.name or hats.in_words(None, voice.hat))[:MAX_NAME],
            "mandaten": [
                {
                    "rol": self.role_of_voice(voice.id),
                    "organisatie": mandate.organisation.code if mandate and mandate.organisation else None,
                    "centrum": mandate.centre.code if mandate and mandate.centre else None,
                }
            ],
        }

    def added_roles(self) -> list[dict[str, Any]]:
        return [{"id": key, "naam": clean_name(name)[:MAX_NAME]} for key, name in sorted(self.new_roles.items())]


def _row(kind: Row, content: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping in the shape of its table: every block there, optional fields only with a value, keys in order."""
    unknown = set(content) - set(kind.fields)
    if unknown:
        raise LookupError(f"the format does not know {sorted(unknown)}")
    shaped = {name: _value(each, content.get(name)) for name, each in kind.fields.items()}
    return {
        name: value
        for name, value in shaped.items()
        if kind.fields[name].nullable or not (value is None or (not kind.fields[name].required and _says_nothing(value, kind.fields[name])))
    }


def _says_nothing(value: Any, each: Field) -> bool:
    return value == [] or (each.default is not None and value == each.default)


def _value(each: Field, value: Any) -> Any:
    if value is None and each.required and isinstance(each.type, Rows | Many):
        return []
    if value is None and each.required and isinstance(each.type, Table):
        return {}
    return None if value is None else _shaped(each.type, value)


def _shaped(kind: Type, value: Any) -> Any:
    if isinstance(kind, Row):
        return _row(kind, value)
    if isinstance(kind, Rows):
        return [_row(kind.row, each) for each in value]
    if isinstance(kind, Many):
        return list(value)
    if isinstance(kind, Table):
        return {key: _shaped(kind.value, each) for key, each in value.items()}
    return _clock_time(value) if kind in (TIME, HHMM) else value


def _clock_time(value: Any) -> Any:
    """A field of a clock time may be filled with the instant, or with a plain time."""
    if isinstance(value, datetime):
        local = clock.local(value)
        shown = local.time().replace(microsecond=0, fold=0)
        offset = local.utcoffset()
        twice = len(offsets_on(local.date(), shown)) > 1
        return Time(shown, round(offset.total_seconds() / 3600) if twice and offset is not None else None)
    return Time(value) if isinstance(value, time) else value
