"""What stands open in the open neighbourhood, each with its commitment; and, on older data, what has closed since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from wijkplatform.agreements.models import Contract
from wijkplatform.calls.models import Call
from wijkplatform.core import actor, clock
from wijkplatform.core.db import db
from wijkplatform.demo.dates import WINDOW
from wijkplatform.people.models import Person
from wijkplatform.places.models import Mandate, Neighbourhood, Role, Voice
from wijkplatform.places.service import voice_of_person
from wijkplatform.plans.models import Plan
from wijkplatform.rounds import service as rounds
from wijkplatform.rounds.models import Moment

HEAR_WITHIN = timedelta(days=42)  #: after the end of a window
EVENING = time(19, 30)


@dataclass(frozen=True)
class Promise:
    """The words of a commitment. No dates in them: those do not move along."""

    level: str
    decides: str
    fixed: str
    open: str


AGENDA = Promise(
    "coproduce", "Bewoners bepalen zelf wat er op de agenda staat.",
    "De gemeente verandert of schrapt niets op de agenda.",
    "Alles wat volgens u beter moet in de wijk, groot of klein.",
)  # fmt: skip
WRITING = Promise(
    "coproduce", "De wijk schrijft. Het college stelt het plan vast, en legt uit wat anders wordt.",
    "Het plan geldt tien jaar. Het budget per jaar staat vast.",
    "De tekst van elk hoofdstuk, en waar we het eerst mee beginnen.",
)  # fmt: skip
CONSULTATION = Promise(
    "advise", "Het college beslist. Iedereen die reageert, leest wat ermee gebeurt en waarom.",
    "Er komt één opdracht van vier jaar, met twee percelen. Het geld en de vijf criteria staan vast.",
    "Elk woord van de twaalf artikelen. Wat u op meer manieren kunt lezen, schrijven wij opnieuw.",
)  # fmt: skip
CONVERSATION = Promise(
    "advise", "Gemeente en uitvoerder besluiten samen. Wie aan tafel zit, hoort meteen wat zij doen.",
    "Het doel van elke afspraak. Dat blijft staan zoals het is opgeschreven.",
    "Hoe we het doel halen. Helpt een afspraak niet, dan passen we hem aan.",
)  # fmt: skip


def open_all(place: Neighbourhood) -> None:
    """The agenda, always open; the writing round; the consultation that the call brought; the next conversation."""
    by, voice, opens = actor.command_line(), _official(place), clock.now()
    closes, hear_by = clock.end_of(clock.today() + WINDOW), clock.today() + WINDOW + HEAR_WITHIN

    def make(kind: str, about: Any, question: str, opens_at: datetime, closes_at: datetime | None) -> Moment:
        return rounds.apply_moment(
            by, place.id, code=_code(place), kind=kind, about=about, question=question, opens_at=opens_at,
            closes_at=closes_at, voice=voice,
        )  # fmt: skip

    def promise(moment: Moment, words: Promise, hear: date) -> None:
        rounds.apply_commitment(
            by, moment, level=words.level, fixed=words.fixed, open_=words.open, decides=words.decides, hear_by=hear,
            voice=voice,
        )  # fmt: skip

    promise(make("bewonersagenda", place, "Wat moet er beter in onze wijk?", opens, None), AGENDA, hear_by)
    plan = db.session.scalars(select(Plan).where(Plan.neighbourhood_id == place.id)).one()
    promise(make("schrijfronde", plan, "Wat moet er in ons wijkplan staan?", opens, closes), WRITING, hear_by)
    promise(_consultation(place), CONSULTATION, hear_by)
    contract = db.session.scalars(select(Contract).where(Contract.neighbourhood_id == place.id)).one()
    day = min(each.day for each in contract.planned if each.day > clock.today())
    begins, ends = clock.at(day, EVENING), clock.end_of(day)
    talk = make("voortgangsgesprek", contract, "Wat is er voor mensen veranderd?", begins, ends)
    promise(talk, CONVERSATION, day + HEAR_WITHIN)


def _code(place: Neighbourhood) -> str:
    """After the meetings of the file, MO-01 and on; not after the consultation, whose code the import made."""
    taken = select(Moment.code).where(Moment.neighbourhood_id == place.id)
    known = [int(code[3:]) for code in db.session.scalars(taken) if code.startswith("MO-")]
    return f"MO-{max(known, default=0) + 1:02d}"


def _official(place: Neighbourhood) -> Voice:
    """Somebody of the municipality in the file: a promise is made by a person."""
    mandate = db.session.scalars(
        select(Mandate).join(Role, Role.id == Mandate.role_id).join(Person, Person.id == Mandate.person_id)
        .where(Mandate.neighbourhood_id == place.id, Role.kind == "official", Person.code.is_not(None))
        .order_by(Person.position)
    ).first()  # fmt: skip
    assert mandate is not None, "the demo's file names an official"
    return voice_of_person(place, mandate.person, mandate)


def _consultation(place: Neighbourhood) -> Moment:
    return db.session.scalars(
        select(Moment).join(Call, Call.id == Moment.about_id)
        .where(Moment.about_kind == Call.__tablename__, Call.neighbourhood_id == place.id)
    ).one()  # fmt: skip


def closed(place: Neighbourhood) -> Iterator[str]:
    """On older data: which windows have closed since, and how to begin anew."""
    over = db.session.scalars(
        select(Moment.kind)
        .where(Moment.neighbourhood_id == place.id, Moment.closes_at <= clock.now())
        .where(Moment.about_kind.in_([Plan.__tablename__, Call.__tablename__, Contract.__tablename__]))
        .order_by(Moment.closes_at, Moment.id)
    ).all()
    if over:
        yield f"In {place.name} is intussen dicht: {', '.join(over)}. Begin opnieuw met: make demo-fresh."
