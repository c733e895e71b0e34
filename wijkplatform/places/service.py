"""Making places, roles and mandates, and the voices people speak with."""

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import and_, bindparam, insert, select, update

from wijkplatform.core import clock, trail
from wijkplatform.core.actor import Actor, Hat
from wijkplatform.core.db import LAST, begin_writing, db
from wijkplatform.core.errors import Invalid, Refused
from wijkplatform.core.policy import demand
from wijkplatform.core.words import _, _l
from wijkplatform.people.models import Person
from wijkplatform.places import hats, queries, slugs
from wijkplatform.places.models import KNOWN_ROLES, Area, CbsArea, Mandate, Neighbourhood, Role, Voice

trail.declare({"mandate.declared": _l("woont hier, en doet mee")}, public=False)


def join(actor: Actor, neighbourhood: Neighbourhood, area_code: str, name: str | None = None) -> Mandate:
    """A resident says where they live, and takes part from now on. A name is kept when there was none."""
    demand(actor, "join", neighbourhood)
    lock(neighbourhood.id)
    person = db.session.get_one(Person, actor.person_id)
    area = db.session.scalars(
        select(Area).where(Area.neighbourhood_id == neighbourhood.id, Area.code == area_code)
    ).first()
    if area is None:
        raise Invalid("area", _("Kies de buurt waar u woont."))
    there = db.session.scalars(
        select(Mandate)
        .join(Role, Role.id == Mandate.role_id)
        .where(Mandate.person_id == person.id, Mandate.neighbourhood_id == neighbourhood.id)
        .where(Role.code == hats.PRIVATE_ROLE)
    ).first()
    if there is not None:
        return there
    person.area_id, person.name = area.id, person.name or name
    role = db.session.scalars(
        select(Role).where(Role.neighbourhood_id == neighbourhood.id, Role.code == hats.PRIVATE_ROLE)
    ).first()
    role = role or add_role(neighbourhood, hats.PRIVATE_ROLE, "Bewoner", position=LAST)
    mandate = give_mandate(neighbourhood, person, role, first_day=clock.today(), position=LAST)
    trail.record(actor, "mandate.declared", mandate, facts={"area": area.code})
    return mandate


def new_slug(name: str) -> str:
    return slugs.slug(name, set(db.session.scalars(select(Neighbourhood.slug))))


def add_role(neighbourhood: Neighbourhood, key: str, name: str, *, position: int, invented: bool = False) -> Role:
    """A role as data; a key without a fixed meaning gives the rights of a resident."""
    role = Role(
        neighbourhood_id=neighbourhood.id, code=key, name=name, kind=KNOWN_ROLES.get(key, "resident"),
        position=position, invented=invented,
    )  # fmt: skip
    db.session.add(role)
    db.session.flush()
    return role


def give_mandate(
    neighbourhood: Neighbourhood, person: Person, role: Role, *, organisation: Any = None, centre: Any = None,
    first_day: date | None = None, last_day: date | None = None, position: int = 0, invented: bool = False,
) -> Mandate:  # fmt: skip
    mandate = Mandate(
        neighbourhood_id=neighbourhood.id, person_id=person.id, role_id=role.id,
        organisation_id=organisation.id if organisation else None, centre_id=centre.id if centre else None,
        first_day=first_day, last_day=last_day, position=position, invented=invented,
    )  # fmt: skip
    db.session.add(mandate)
    db.session.flush()
    return mandate


def voice_of_person(neighbourhood: Neighbourhood, person: Person, mandate: Mandate | None = None) -> Voice:
    """The voice of somebody a record names: with this mandate, or their main one here."""
    if mandate is None:
        mandate = next(iter(queries.mandates_of(person, neighbourhood.id)))
    area = db.session.get(Area, person.area_id) if person.area_id else None
    return _voice(neighbourhood.id, person, queries.hat_of(mandate, area))


def speak(actor: Actor, neighbourhood_id: int, hat: Hat) -> Voice:
    """The voice of an actor with this hat on. A hat that one does not wear here is refused."""
    if hat not in actor.hats_in(neighbourhood_id):
        raise Refused(_("Die rol heeft u niet in deze wijk. Kies er een die u wel heeft."))
    shown = _as(neighbourhood_id, actor.person_id, hat)
    rows = db.session.execute(_SPEAKER, shown).all()
    if not rows:
        raise Refused(_("Log eerst in. Dat kan met uw e-mailadres, zonder wachtwoord."))
    name = hats.name(hat.role, rows[0].name, rows[0].shown_as)
    return _frozen(shown | {"name": name}, (row.Voice for row in rows if row.Voice is not None))


def _voice(neighbourhood_id: int, person: Person, hat: Hat) -> Voice:
    """The same of somebody a record names."""
    shown = _as(neighbourhood_id, person.id, hat)
    name = hats.name(hat.role, person.name, person.shown_as)
    return _frozen(shown | {"name": name}, db.session.scalars(select(Voice).where(*_THEIRS), shown))


def _as(neighbourhood_id: int, person_id: int | None, hat: Hat) -> dict[str, Any]:
    return {
        "neighbourhood_id": neighbourhood_id, "hat": hat.shown, "kind": hat.kind, "person_id": person_id,
        "mandate_id": hat.mandate_id,
    }  # fmt: skip


def _frozen(shown: dict[str, Any], known: Iterable[Voice]) -> Voice:
    """The frozen voice of this name with this hat; what was frozen before serves again when nothing changed."""
    voice = next((each for each in known if each.name == shown["name"]), None)
    if voice is None:
        voice = Voice(**shown)
        db.session.add(voice)
        db.session.flush()
    return voice


#: Everything somebody said with a hat on, under whichever name they had then; and who they are now beside it.
_THEIRS = (
    Voice.person_id == bindparam("person_id"), Voice.neighbourhood_id == bindparam("neighbourhood_id"),
    Voice.mandate_id == bindparam("mandate_id"), Voice.hat == bindparam("hat"), Voice.kind == bindparam("kind"),
    Voice.entered_by_id.is_(None),
)  # fmt: skip
_SPEAKER = (
    select(Person.name, Person.shown_as, Voice)
    .outerjoin(Voice, and_(*_THEIRS))
    .where(Person.id == bindparam("person_id"))
    .order_by(Voice.id)
)


def take_cbs_areas(rows: Iterable[dict[str, Any]]) -> int:
    """Take in CBS areas; a code of the same year is brought up to date, other years stay. Returns how many.

    What a row does not say (None) keeps the value it had: a list leaves the outlines that a map gave. Statements for
    a thousand rows at a time: there are twelve thousand neighbourhoods in a year.
    """
    begin_writing()
    present: dict[tuple[int, str], int] = {
        (row.year, row.code): row.id for row in db.session.execute(select(CbsArea.year, CbsArea.code, CbsArea.id))
    }
    number, remaining = 0, iter(rows)
    while piece := list(islice(remaining, 1000)):
        number += len(piece)
        said = [{key: value for key, value in row.items() if value is not None} for row in piece]
        known = [(present.get((row["year"], row["code"])), row) for row in said]
        if new := [row for id_, row in known if id_ is None]:
            db.session.execute(insert(CbsArea), new)
        if changed := [{"id": id_, **row} for id_, row in known if id_ is not None]:
            db.session.execute(update(CbsArea), changed)
    db.session.expire_all()
    return number


def lock(neighbourhood_id: int) -> None:
    """The neighbourhood under a lock until the deed ends: two new codes there come one after the other."""
    begin_writing()
    if db.engine.dialect.name != "sqlite":  # there `begin_writing` took the only lock there is
        db.session.execute(_LOCKED, {"place": neighbourhood_id}).one()


_LOCKED = (
    select(Neighbourhood.__table__.c.id).where(Neighbourhood.__table__.c.id == bindparam("place")).with_for_update()
)
