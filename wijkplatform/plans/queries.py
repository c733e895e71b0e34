"""The plan and its sections as people read them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.db import db, once
from wijkplatform.core.keeping import for_all
from wijkplatform.core.policy import may, visible_to_all
from wijkplatform.index import queries as index
from wijkplatform.index.models import Entry
from wijkplatform.people.models import Person
from wijkplatform.places import hats
from wijkplatform.places import queries as places
from wijkplatform.places.models import Area, Mandate, Neighbourhood, Voice
from wijkplatform.plans.models import Plan, Section, Writer
from wijkplatform.texts import queries as texts
from wijkplatform.texts.models import Edition, Version
from wijkplatform.texts.sentences import sentences


@dataclass(frozen=True)
class Shown:
    """Somebody as a list of writers shows them."""

    name: str | None
    hat: str
    kind: str


@dataclass(frozen=True)
class Line:
    """A section in the contents: its first sentence, and what it names."""

    section: Section
    version: Version
    summary: str
    needs: int
    writers: int


def plan_of(actor: Actor, neighbourhood: Neighbourhood) -> Plan | None:
    """The neighbourhood's plan: the newest one; everybody sees the same."""
    here = {"place": neighbourhood.id}
    return once(("plan", neighbourhood.id), lambda: db.session.scalars(_newest(), here).first())


@cache
def _newest() -> Select[tuple[Plan]]:
    query = visible_to_all(Plan).where(Plan.neighbourhood_id == bindparam("place"))
    return query.order_by(Plan.position.desc(), Plan.id.desc()).limit(1)


def plan_to_read(neighbourhood: Neighbourhood) -> Plan | None:
    """The same one, for showing how it stands: kept, and not to be changed."""
    return for_all(neighbourhood.id, "plan", lambda: plan_of(VISITOR, neighbourhood))


def section_of(slug: str, code: str) -> Section | None:
    neighbourhood = places.open_by_slug(slug)
    if neighbourhood is None:
        return None
    section = db.session.scalars(_BY_CODE, {"place": neighbourhood.id, "code": code}).first()
    return section if section and may(VISITOR, "view", section.plan) else None


def section_to_show(slug: str, code: str) -> Section | None:
    """The same for a page: a kept one, to be read."""
    neighbourhood = places.open_by_slug(slug)
    plan = plan_to_read(neighbourhood) if neighbourhood else None
    found = next((each for each in open_sections(plan) if each.code == code), None) if plan else None
    return found or section_of(slug, code)


_BY_CODE = (
    select(Section)
    .where(Section.neighbourhood_id == bindparam("place"), Section.code == bindparam("code"))
    .options(joinedload(Section.plan), joinedload(Section.text))
)


def contents(plan: Plan) -> list[Line]:
    """Every section with its first sentence, in a handful of queries however long the plan is; everybody sees it alike."""
    return for_all(plan.neighbourhood_id, ("contents", plan.id), lambda: _contents(plan), size=60_000)


def _contents(plan: Plan) -> list[Line]:
    sections = open_sections(plan)
    heads = texts.heads(section.text for section in sections)
    links = index.links_of(plan.neighbourhood_id, "section")
    writers = _writers_per_section(plan)
    return [
        Line(
            section=section,
            version=heads[section.text_id],
            summary=first_sentence(heads[section.text_id].body),
            needs=len(links.get((section.id, "serves"), ())),
            writers=writers.get(section.id, 0),
        )
        for section in sections
    ]


def editions(plan: Plan) -> Sequence[Edition]:
    """The versions of the plan, oldest first, to be read."""
    return for_all(plan.neighbourhood_id, ("editions", plan.id), lambda: texts.editions("plan", plan.id), size=60_000)


def open_sections(plan: Plan) -> list[Section]:
    """The sections that everybody may see, in order, to be read."""

    def read() -> list[Section]:
        query = visible_to_all(Section).where(Section.plan_id == plan.id)
        query = query.options(joinedload(Section.text), joinedload(Section.plan))
        return list(db.session.scalars(query.order_by(Section.position, Section.id)))

    return for_all(plan.neighbourhood_id, ("sections", plan.id), read)


def _writers_per_section(plan: Plan) -> dict[int, int]:
    rows = db.session.scalars(
        select(Writer.section_id).join(Section, Section.id == Writer.section_id).where(Section.plan_id == plan.id)
    ).all()
    return {section_id: rows.count(section_id) for section_id in set(rows)}


def first_sentence(body: str) -> str:
    """What a section begins with, without the signs of its layout."""
    found = next((each for each in sentences(body) if not each.startswith("#")), "")
    return re.sub(r"^([-*]|\d+\.)\s+|[*_`]", "", found)


def writers(section: Section) -> list[Shown]:
    """Who wrote this section, in the order in which they joined: as on what they wrote, so that no other hat of theirs
    says who 'a resident' is; by their main role where the record only names them."""
    return for_all(section.neighbourhood_id, ("writers", section.id), lambda: _writers(section))


def _writers(section: Section) -> list[Shown]:
    people = db.session.scalars(
        select(Person).join(Writer, Writer.person_id == Person.id)
        .where(Writer.section_id == section.id).order_by(Writer.position, Writer.id)
    ).all()  # fmt: skip
    mandates = db.session.scalars(
        select(Mandate)
        .where(
            Mandate.neighbourhood_id == section.neighbourhood_id, Mandate.person_id.in_([each.id for each in people])
        )
        .options(joinedload(Mandate.role), joinedload(Mandate.organisation), joinedload(Mandate.centre))
        .order_by(Mandate.position.desc(), Mandate.id.desc())
    )
    areas = {area.id: area for area in db.session.scalars(
        select(Area).where(Area.neighbourhood_id == section.neighbourhood_id))}  # fmt: skip
    main = {mandate.person_id: mandate for mandate in mandates}
    wrote = {voice.person_id: voice for voice in db.session.scalars(
        select(Voice).join(Version, Version.voice_id == Voice.id)
        .where(Version.text_id == section.text_id).order_by(Version.number.desc()))}  # fmt: skip
    return [
        Shown(wrote[person.id].name, wrote[person.id].hat, wrote[person.id].kind)
        if person.id in wrote
        else _shown(person, main.get(person.id), areas.get(person.area_id or 0))
        for person in people
    ]


def _shown(person: Person, mandate: Mandate | None, area: Area | None) -> Shown:
    if mandate is None:
        return Shown(name=hats.name(hats.PRIVATE_ROLE, person.name, person.shown_as), hat="", kind="resident")
    hat = places.hat_of(mandate, area)
    return Shown(name=hats.name(hat.role, person.name, person.shown_as), hat=hat.shown, kind=hat.kind)


def needs_of(section: Section) -> Sequence[Entry]:
    return _named(section, "serves")


def principles_of(section: Section) -> Sequence[Entry]:
    return _named(section, "follows")


def _named(section: Section, relation: str) -> Sequence[Entry]:
    return for_all(
        section.neighbourhood_id, ("named", section.id, relation),
        lambda: index.named_by(section, relation),
    )  # fmt: skip


def text_now(section: Section) -> Version:
    """The newest version, to be read."""
    return for_all(section.neighbourhood_id, ("text", section.id), lambda: texts.head(section.text), size=20_000)


def neighbours(section: Section) -> tuple[Section | None, Section | None]:
    """The section before and the one after, for reading on."""
    around = open_sections(section.plan)
    at = next((place for place, each in enumerate(around) if each.id == section.id), None)
    if at is None:
        return None, None
    return (around[at - 1] if at else None), (around[at + 1] if at + 1 < len(around) else None)


def whole_plan(slug: str) -> Plan | None:
    neighbourhood = places.open_by_slug(slug)
    return plan_of(VISITOR, neighbourhood) if neighbourhood else None


def plan_to_move(slug: str, move: str) -> Plan | None:
    return whole_plan(slug)


def section_and_version(slug: str, code: str, number: int) -> Section | None:
    """The section, if it has this version."""
    section = section_of(slug, code)
    return section if section and texts.version(section.text, number) else None
