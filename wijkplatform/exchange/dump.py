"""Writing a whole neighbourhood out, as data for the sixteen files (docs/FORMAT.md §18).

Features fill the files with what they have; here it gets the shape of the tables, what is computed is counted again,
people who have no person of their own get one, and a shift at import is undone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wijkplatform.core import clock, offers
from wijkplatform.core.characters import clean_name
from wijkplatform.core.db import db
from wijkplatform.core.transfer import Dump
from wijkplatform.exchange import computed, versions
from wijkplatform.exchange.fields import HHMM, MAX_NAME, TIME, Time, offsets_on
from wijkplatform.exchange.load import Progress, notes_of
from wijkplatform.exchange.schema import Field, Many, Row, Rows, Table, Type
from wijkplatform.exchange.shifting import Data, shift_back
from wijkplatform.exchange.tables import FILE_OF, FILES
from wijkplatform.index import queries as index
from wijkplatform.index.models import Entry
from wijkplatform.people.models import Person
from wijkplatform.places import hats
from wijkplatform.places.models import KNOWN_ROLES, Mandate, Neighbourhood, Role, Voice
from wijkplatform.places.queries import hat_of


def dump_neighbourhood(neighbourhood: Neighbourhood, *, progress: Progress | None = None) -> Data:
    """The neighbourhood as the format has it: equal to what was imported, as long as nothing changed."""
    speakers = Speakers(neighbourhood)
    dump = Export(neighbourhood, index.links_of, speakers=speakers)
    for _answer in offers.ask("write_out", dump):
        if progress:
            progress(sum(1 for content in dump.files.values() if content), len(FILES))
    dump.file(1)["personen"] += speakers.added_people()
    dump.file(1)["rollen"] += speakers.added_roles()
    dump.file(0)["formaat"] = versions.needed(
        {block: dump.files[FILE_OF[block]].get(block) or [] for block in versions.SECOND}
    )
    data = computed.complete({name: _row(kind, dump.files[name]) for name, kind in FILES.items()})
    data = {name: _row(kind, data[name]) for name, kind in FILES.items()}
    if progress:
        progress(len(FILES), len(FILES))
    years = neighbourhood.shifted_years
    return shift_back(data, years, notes_of(neighbourhood)) if years else data


@dataclass
class Export(Dump):
    """A dump that also knows who spoke: `code("voice", …)` is the person, `code("hat", …)` the role of that voice."""

    speakers: "Speakers" = field(kw_only=True)

    def code(self, kind: str, id_: int | None) -> str | None:
        if id_ is None:
            return None
        known = {
            "voice": self.speakers.person_of_voice,
            "hat": self.speakers.role_of_voice,
            "person": self.speakers.person,
        }
        return known[kind](id_) if kind in known else super().code(kind, id_)


@dataclass(frozen=True)
class Stranger:
    """Somebody without a person in the file, as they are written there: name and hat as shown."""

    code: str
    name: str | None
    hat: str
    kind: str
    mandate_id: int | None


class Speakers:
    """Who stands behind what was said, as the file names them.

    A person of the file with a mandate of the file is that person. Everybody else - guests, people who came with an
    account, hats that were made up for a demonstration - is a stranger, added as a person when a file names them.
    Codes follow the order in which they first spoke, so that a later export gives the same ones.
    """

    def __init__(self, neighbourhood: Neighbourhood):
        self.home = neighbourhood
        people = select(Person).where(Person.home_id == neighbourhood.id, Person.code.is_not(None))
        in_order = db.session.scalars(people.order_by(Person.position, Person.id))
        self.own = {person.id: str(person.code) for person in in_order}
        self.roles: list[Role] = [role for role in self._all(Role) if not role.invented]
        whole = [joinedload(part) for part in (Mandate.role, Mandate.organisation, Mandate.centre, Mandate.person)]
        mandates: list[Mandate] = self._all(Mandate, *whole)
        self.mandates = {each.id: each for each in mandates if not each.invented and not each.role.invented}
        self.voices: dict[int, Voice] = {voice.id: voice for voice in self._all(Voice)}
        self.by_voice: dict[int, Stranger] = {}
        self.by_person: dict[int, Stranger] = {}
        self._meet(sorted(mandates, key=lambda each: each.id))
        self.named: set[str] = set()
        self.new_roles: dict[str, str] = {}

    def _all(self, model: type[Any], *options: Any) -> list[Any]:
        return list(
            db.session.scalars(
                select(model).where(model.neighbourhood_id == self.home.id).options(*options).order_by(model.id)
            )
        )

    def _meet(self, mandates: list[Mandate]) -> None:
        """Give everybody who is no person of the file a code: first who spoke, then who only wears a hat here."""
        codes = self._new_codes()
        for voice in self.voices.values():
            if voice.person_id not in self.own or voice.mandate_id not in self.mandates:
                found = Stranger(next(codes), voice.name, voice.hat, voice.kind, voice.mandate_id)
                self.by_voice[voice.id] = found
                if voice.person_id is not None:
                    self.by_person.setdefault(voice.person_id, found)
        for mandate in mandates:
            if mandate.person_id not in self.own and mandate.person_id not in self.by_person:
                hat, person = hat_of(mandate, None), mandate.person
                name = hats.name(hat.kind, person.name, person.shown_as)
                self.by_person[person.id] = Stranger(next(codes), name, hat.shown, hat.kind, mandate.id)

    def _new_codes(self) -> Iterator[str]:
        """In the habit of this neighbourhood: after P-17 comes P-18."""
        taken = {*self.own.values(), self.home.code, self.home.municipality.code}
        for model in (Entry, Role):
            taken |= set(db.session.scalars(select(model.code).where(model.neighbourhood_id == self.home.id)))
        found = re.fullmatch(r"(.*?)(\d{1,9})", next(reversed(self.own.values()), ""))
        stem, last, width = (found[1], int(found[2]), len(found[2])) if found else ("P-", 0, 2)
        codes = (f"{stem}{number:0{width}d}" for number in count(last + 1))
        return (code for code in codes if code not in taken)

    def person_of_voice(self, voice_id: int) -> str:
        stranger = self.by_voice.get(voice_id)
        return self.own[self.voices[voice_id].person_id or 0] if stranger is None else self._name(stranger)

    def person(self, person_id: int) -> str:
        """Somebody who is named without having spoken there and then."""
        return self.own[person_id] if person_id in self.own else self._name(self.by_person[person_id])

    def _name(self, stranger: Stranger) -> str:
        self.named.add(stranger.code)
        return stranger.code

    def role_of_voice(self, voice_id: int) -> str:
        voice = self.voices[voice_id]
        return self._role(voice.mandate_id, voice.kind, voice.hat)

    def _role(self, mandate_id: int | None, kind: str, hat: str) -> str:
        """The role of the mandate, else one of the file of the same kind, else the known one, which is added."""
        mandate = self.mandates.get(mandate_id or 0)
        role = mandate.role if mandate else next((each for each in self.roles if each.kind == kind), None)
        if role is not None:
            return role.code
        key = next((key for key, known in KNOWN_ROLES.items() if known == kind), "bewoner")
        self.new_roles[key] = hat[:1].upper() + hat[1:]
        return key

    def added_people(self) -> list[dict[str, Any]]:
        """Those whom the files name, in the order of their codes."""
        strangers = {each.code: each for each in (*self.by_voice.values(), *self.by_person.values())}
        return [self._written(each) for code, each in strangers.items() if code in self.named]

    def _written(self, each: Stranger) -> dict[str, Any]:
        mandate = self.mandates.get(each.mandate_id or 0)
        worn = {
            "rol": self._role(each.mandate_id, each.kind, each.hat),
            "organisatie": mandate.organisation.code if mandate and mandate.organisation else None,
            "centrum": mandate.centre.code if mandate and mandate.centre else None,
        }
        name = clean_name(each.name or hats.in_words(None, each.hat))
        return {"id": each.code, "naam": name[:MAX_NAME], "mandaten": [worn]}

    def added_roles(self) -> list[dict[str, Any]]:
        return [{"id": key, "naam": clean_name(name)[:MAX_NAME]} for key, name in sorted(self.new_roles.items())]


def _row(kind: Row, content: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping in the shape of its table: every block there, optional fields only with a value, keys in order."""
    unknown = set(content) - set(kind.fields)
    if unknown:
        raise LookupError(f"the format does not know {sorted(unknown)}")
    shaped = {name: _value(each, content.get(name)) for name, each in kind.fields.items()}
    return {name: value for name, value in shaped.items() if _says_something(kind.fields[name], value)}


def _says_something(each: Field, value: Any) -> bool:
    if each.nullable or value is None:
        return each.nullable
    return each.required or (value != [] and (each.default is None or value != each.default))


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
