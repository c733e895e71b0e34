"""The neighbourhood that is measured: the demo's open one, with 200 needs and a call with 300 remarks on 20 paragraphs.

Everything is made by the functions that people's deeds and imports go through.
"""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select

from wijkplatform import installing
from wijkplatform.agenda import service as agenda
from wijkplatform.agenda.models import Need
from wijkplatform.calls import service as calls
from wijkplatform.calls.models import Article, Call
from wijkplatform.core import actor, clock, trail
from wijkplatform.core.db import begin_writing, db
from wijkplatform.demo import build
from wijkplatform.exchange import directory
from wijkplatform.exchange.load import load_directory
from wijkplatform.index import service as index
from wijkplatform.people.models import Person, Session
from wijkplatform.people.sessions import hashed
from wijkplatform.places import hats
from wijkplatform.places import service as places
from wijkplatform.places.models import Area, Neighbourhood, Organisation, Role, Voice
from wijkplatform.plans.models import Plan, Section
from wijkplatform.remarks import service as remarks
from wijkplatform.remarks.models import VERDICTS, Remark
from wijkplatform.rounds import service as rounds
from wijkplatform.rounds.models import Moment
from wijkplatform.texts import service as texts
from wijkplatform.texts.models import Version
from wijkplatform.texts.sentences import paragraphs

NEEDS, ARTICLES, PARAGRAPHS, REMARKS, PEOPLE = 200, 10, 2, 300, 30
SPOKEN = (
    "bankjes verlichting speelplek fietspad koffie ontmoeting jongeren ouderen veiligheid groen bomen stoep bus "
    "buurthuis taal schuldhulp werk sport muziek tuin wandelen eten samen avond middag sleutel vrijwilliger straat "
    "plein winkel wachttijd huisarts melding container parkeren drempel oversteek water schaduw muur"
).split()


@dataclass(frozen=True)
class Made:
    """Where the pages are, and who is logged in."""

    slug: str
    chapter: str
    call: str
    article: str
    token: str  #: of the cookie


def make(app: Flask) -> Made:
    """Fill an empty database; the same words every time."""
    installing.bring_to_head(app)
    with app.app_context():
        chance = random.Random(7)  # noqa: S311 (for words, not for secrets)
        place = load_directory(directory.read(build.OPEN).data, actor.takeover())
        begin_writing()
        by, areas = actor.command_line(), _areas(place)
        people = [_somebody(place, number, areas) for number in range(PEOPLE)]
        voices = [places.voice_of_person(place, person) for person in people]
        _needs(by, place, voices, areas, chance)
        call, article = _call(by, place, voices, chance)
        plan = db.session.scalars(select(Plan).where(Plan.neighbourhood_id == place.id)).one()
        _open(by, place, plan)
        token = secrets.token_urlsafe(32)
        secret = secrets.token_hex(32)
        db.session.add(Session(person_id=people[0].id, token_hash=hashed(token), secret=secret, data={}))
        chapter = db.session.scalars(
            select(Section).where(Section.plan_id == plan.id).order_by(Section.position)
        ).first()
        assert chapter is not None
        made = Made(place.slug, chapter.code, call.slug, article.code, token)
        trail.commit()
        db.session.remove()
        return made


def _areas(place: Neighbourhood) -> list[Area]:
    return list(db.session.scalars(select(Area).where(Area.neighbourhood_id == place.id).order_by(Area.position)))


def _somebody(place: Neighbourhood, number: int, areas: list[Area]) -> Person:
    role = db.session.scalars(
        select(Role).where(Role.neighbourhood_id == place.id, Role.code == hats.PRIVATE_ROLE)
    ).one()
    person = Person(
        name=f"Bewoner Nummer {number}", shown_as="first_name", invented=True, area_id=areas[number % len(areas)].id,
        email=f"meting-{number}@example.org",
    )  # fmt: skip
    db.session.add(person)
    db.session.flush()
    places.give_mandate(place, person, role, invented=True)
    return person


def _sentence(chance: random.Random, words: int) -> str:
    said = " ".join(chance.choice(SPOKEN) for _word in range(words))
    return f"{said[:1].upper()}{said[1:]}."


def _needs(by: Any, place: Neighbourhood, voices: list[Voice], areas: list[Area], chance: random.Random) -> None:
    there = len(db.session.scalars(select(Need.id).where(Need.neighbourhood_id == place.id)).all())
    for number in range(NEEDS - there):
        agenda.apply_need(
            by, place.id, code=f"BM-{number:03d}", title=_sentence(chance, 6)[:-1],
            text=" ".join(_sentence(chance, 12) for _line in range(4)), voice=voices[number % PEOPLE],
            areas=chance.sample(areas, min(2, len(areas))), raised_at=clock.now(), opening_support=chance.randrange(40),
        )  # fmt: skip


def _call(by: Any, place: Neighbourhood, voices: list[Voice], chance: random.Random) -> tuple[Call, Article]:
    client = db.session.scalars(select(Organisation).where(Organisation.neighbourhood_id == place.id)).first()
    assert client is not None
    first = date(clock.today().year + 1, 1, 1)
    call = calls.apply_call(
        by, client, code="UM-01", title="Uitvraag voor de meting", procedure="openbaar",
        estimated_value=Decimal("1200000"), first_day=first, last_day=first + timedelta(days=1460), voice=voices[0],
    )  # fmt: skip
    articles, members = [], {}
    for number in range(1, ARTICLES + 1):
        body = "\n\n".join(" ".join(_sentence(chance, 14) for _line in range(5)) for _piece in range(PARAGRAPHS))
        text, title = texts.new_text(place.id), _sentence(chance, 4)[:-1]
        version = texts.apply_version(text, title, body, voice=voices[0], made_at=clock.now(), made_precision="second")
        article = calls.apply_article(call, code=f"AM-{number:02d}", number=number, title=title, text=text)
        calls.apply_save(by, article, version)
        articles.append((article, version))
        members[text] = version
    calls.apply_edition(by, call, 1, clock.today(), "draft", members, voice=voices[0], open_to_remarks=True)
    _moment(by, place, call, "conceptuitvraag", "Wat moet er anders in de uitvraag?")
    for number, (article, version, start, end) in zip(range(REMARKS), _passages(articles), strict=False):
        remark = remarks.apply_remark(
            by, article, code=f"RM-{number:03d}", text=" ".join(_sentence(chance, 11) for _line in range(2)),
            voice=voices[number % PEOPLE], said_at=clock.now(), version=version, span=(start, end),
        )  # fmt: skip
        if number % 2:
            remarks.apply_answer(
                by, remark, verdict=chance.choice(VERDICTS), reason=_sentence(chance, 15), voice=voices[1],
                answered_at=clock.now(), precision="second",
            )  # fmt: skip
    return call, articles[0][0]


def _passages(articles: list[tuple[Article, Version]]) -> Iterator[tuple[Article, Version, int, int]]:
    """Places in turn: a whole paragraph, then some words in it, over all paragraphs, without end."""
    turn = 0
    while True:
        for article, version in articles:
            for each in paragraphs(version.body):
                words = (each.start + 7 * (turn % 9), each.start + 7 * (turn % 9) + 25)
                start, end = (each.start, each.end) if turn % 3 == 0 else words
                yield article, version, start, end
        turn += 1


def _open(by: Any, place: Neighbourhood, plan: Plan) -> None:
    _moment(by, place, place, "bewonersagenda", "Wat moet er beter?")
    if plan.state == "writing":
        _moment(by, place, plan, "schrijfronde", "Wat moet er in het plan?")


def _moment(by: Any, place: Neighbourhood, about: Any, kind: str, question: str) -> None:
    moment = rounds.apply_moment(
        by, place.id, code=index.next_code(place.id, Moment, "MO"), kind=kind, about=about, question=question,
        opens_at=clock.now(), closes_at=clock.end_of(clock.today() + timedelta(days=60)),
    )  # fmt: skip
    rounds.apply_commitment(
        by, moment, level="advise", fixed="Het budget staat vast.", open_="De tekst van elk stuk.",
        decides="Het college besluit.", hear_by=clock.today() + timedelta(days=90),
    )  # fmt: skip


def last_remark(app: Flask) -> int:
    """How many remarks there are: to see that what was posted arrived."""
    with app.app_context():
        found = len(db.session.scalars(select(Remark.id)).all())
        db.session.remove()
        return found
