"""The plan, its sections and editions, and the principles it follows, as rows with their events."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from wijkplatform.core import clock, lifecycle, trail
from wijkplatform.core.actor import Actor, Hat
from wijkplatform.core.db import LAST, begin_writing, db
from wijkplatform.core.errors import Invalid
from wijkplatform.core.policy import demand, may
from wijkplatform.core.words import _, _l
from wijkplatform.index import service as index
from wijkplatform.people.models import Person
from wijkplatform.places import service as places
from wijkplatform.places.models import Voice
from wijkplatform.plans import lifecycle as states
from wijkplatform.plans.models import Memorandum, Plan, Principle, Section, Writer
from wijkplatform.texts import queries as text_queries
from wijkplatform.texts import service as texts
from wijkplatform.texts.models import Edition, Text, Version

__all__ = ["states"]

trail.declare(
    {
        "memorandum.adopted": _l("stelde de nota van uitgangspunten vast"),
        "principle.recorded": _l("legde dit uitgangspunt vast"),
        "plan.begun": _l("begon aan het wijkplan"),
        "plan.draft_published": _l("bracht een schrijfversie uit"),
        "section.saved": _l("schreef aan dit hoofdstuk"),
    }
)

#: The event of an edition, by the state in which the plan came out.
PUBLISHED = {"writing": "plan.draft_published", "inspection": "plan.laid_open", "adopted": "plan.adopted"}


def revise(
    actor: Actor,
    section: Section,
    hat: Hat,
    *,
    body: str,
    base: int | None,
    note: str | None = None,
    joined: int | None = None,
) -> Version:
    """Save a section on top of version `base`; raises `Stale` with both texts when the two cannot be joined.

    Saving what already stands there leaves no version and no event. Who saves becomes a co-author.
    """
    demand(actor, "revise", section)
    text = texts.lock(section.text)
    demand(actor, "revise", section)
    if base is None:
        raise Invalid("body", _("We weten niet op welke versie u verder schreef. Uw tekst staat hier nog."))
    before, voice = text.head, places.speak(actor, section.neighbourhood_id, hat)
    demand(actor.wearing(hat.mandate_id), "revise", section)
    version = texts.write(text, body, base=base, voice=voice, note=note, joined=joined)
    if version.number > before:
        because = [texts.version_numbered(text, version.joined)] if version.joined else []
        apply_save(actor, section, version, because=because)
    return version


def restore(actor: Actor, section: Section, hat: Hat, number: int, note: str) -> Version:
    """Put an older version of a section back, as a new one."""
    demand(actor, "restore", section)
    text = texts.lock(section.text)
    demand(actor, "restore", section)
    voice = places.speak(actor, section.neighbourhood_id, hat)
    demand(actor.wearing(hat.mandate_id), "restore", section)
    version = texts.restore(text, number, voice=voice, note=note)
    apply_save(actor, section, version, because=[texts.version_numbered(text, number)], facts={"restored": number})
    return version


def move(actor: Actor, plan: Plan, name: str) -> Edition:
    """Move the plan on: what stands in it now comes out as its next version."""
    hats = actor.hats_in(plan.neighbourhood_id)
    hat = next((each for each in hats if may(actor.wearing(each.mandate_id), name, plan)), None)
    begin_writing()
    voice = places.speak(actor, plan.neighbourhood_id, hat) if hat else None
    lifecycle.go(actor, plan, name, voice=voice)
    last = max((edition.number for edition in text_queries.editions("plan", plan.id)), default=0)
    heads = text_queries.heads(section.text for section in plan.sections)
    members = {section.text: heads.get(section.text_id) for section in plan.sections}
    return texts.apply_edition(plan, last + 1, clock.today(), plan.state, members, voice=voice)


def apply_memorandum(
    actor: Actor, neighbourhood_id: int, *, code: str, title: str, adopted_by: str, adopted_on: date,
    position: int = LAST,
) -> Memorandum:  # fmt: skip
    note = Memorandum(
        neighbourhood_id=neighbourhood_id, code=code, position=position, title=title, adopted_by=adopted_by,
        adopted_on=adopted_on,
    )  # fmt: skip
    db.session.add(note)
    index.register(note, title)
    trail.record(
        actor, "memorandum.adopted", note, happened=clock.start_of(adopted_on), precision="day",
        facts={"title": title, "adopted_by": adopted_by},
    )  # fmt: skip
    return note


def apply_principle(
    actor: Actor, neighbourhood_id: int, *, code: str, title: str, text: str, position: int = LAST,
    happened: datetime | None = None, precision: str = "second",
) -> Principle:  # fmt: skip
    principle = Principle(neighbourhood_id=neighbourhood_id, code=code, position=position, title=title, text=text)
    db.session.add(principle)
    index.register(principle, title)
    trail.record(actor, "principle.recorded", principle, words=principle, happened=happened, precision=precision)
    return principle


def apply_plan(
    actor: Actor, neighbourhood_id: int, *, code: str, title: str, horizon_years: int, review: str,
    voice: Voice | None = None, position: int = LAST, happened: datetime | None = None,
    precision: str = "second",
) -> Plan:  # fmt: skip
    """A plan without a word in it yet: it begins in writing."""
    plan = Plan(
        neighbourhood_id=neighbourhood_id, code=code, position=position, title=title, horizon_years=horizon_years,
        review=review, state="writing",
    )  # fmt: skip
    db.session.add(plan)
    index.register(plan, title)
    trail.record(actor, "plan.begun", plan, voice=voice, happened=happened, precision=precision, facts={"title": title})
    return plan


def apply_section(
    plan: Plan, *, code: str, number: int, title: str, text: Text, writers: Sequence[Person] = (),
    needs: Sequence[Any] = (), principles: Sequence[Principle] = (), position: int = LAST,
) -> Section:  # fmt: skip
    """A chapter with its text. Leaves no event: its first `apply_save` does."""
    section = Section(
        neighbourhood_id=plan.neighbourhood_id, plan_id=plan.id, code=code, position=position, number=number,
        title=title, text_id=text.id,
    )  # fmt: skip
    db.session.add(section)
    index.register(section, title)
    for person in writers:
        _add_writer(section, person.id)
    index.link(section, "serves", needs)
    index.link(section, "follows", principles)
    return section


def apply_save(
    actor: Actor, section: Section, version: Version, *, because: Sequence[Any] = (),
    facts: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """A version of a section was written: its title is the section's, its writer one of the writers, one event."""
    section.title = version.title
    if version.voice is not None and version.voice.person_id is not None:
        _add_writer(section, version.voice.person_id)
    trail.record(
        actor, "section.saved", section, words=version, voice=version.voice, because=because,
        happened=version.made_at, precision=version.made_precision if version.made_at else "unknown",
        facts={**(facts or {}), "version": version.number},
    )  # fmt: skip


def _add_writer(section: Section, person_id: int) -> None:
    if person_id not in {writer.person_id for writer in section.writers}:
        section.writers.append(
            Writer(neighbourhood_id=section.neighbourhood_id, person_id=person_id, position=len(section.writers))
        )


def apply_edition(
    actor: Actor, plan: Plan, number: int, day: date, state: str, members: Mapping[Text, Version | None], *,
    note: str | None = None, voice: Voice | None = None, happened: datetime | None = None, precision: str = "second",
) -> Edition:  # fmt: skip
    """A version of the plan comes out; the plan is from then on in that state."""
    edition = texts.apply_edition(plan, number, day, state, members, note=note, voice=voice)
    lifecycle.apply(
        actor, plan, state, PUBLISHED[state], happened=happened, precision=precision,
        facts={"edition": number, "note": note}, voice=voice,
    )  # fmt: skip
    return edition
