"""Many people write at once, through real server processes: nobody gets an error, and no acknowledged word is lost."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func

from tests.conftest import copy_of
from tests.support import machine
from tests.support.form import wide
from tests.support.server import Answer, Server, Wire, serving
from tests.support.world import OPEN, PURE, World, email_of, settings
from wijkplatform import create_app
from wijkplatform.agenda.models import Need
from wijkplatform.core import trail
from wijkplatform.core.db import db
from wijkplatform.core.trail import Event
from wijkplatform.people.models import Person
from wijkplatform.plans.models import Plan, Section
from wijkplatform.rounds.models import Support
from wijkplatform.texts.models import Version

pytestmark = [pytest.mark.both, pytest.mark.xdist_group("races"), pytest.mark.timeout(240)]

WRITERS, SECONDS = wide((20, 3), (50, 30))
PAUSE = wide(0.0, 2.0)  #: seconds that somebody thinks between two deeds, on average
ROLES = ("bewoner", "vrijwilliger", "bestuurslid_zelfbeheer", "sociaal_makelaar", "jongerenwerker", "facilitator")
KINDS = ["sqlite", pytest.param("postgresql", marks=machine.needs_postgres)]


@dataclass
class Said:
    """What the server acknowledged, and what it answered otherwise."""

    sentences: list[tuple[str, str]] = field(default_factory=list)  #: code of the section, what was added to it
    needs: list[str] = field(default_factory=list)
    supported: set[tuple[str, str]] = field(default_factory=set)  #: account, code of the need
    answers: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@dataclass
class Place:
    """The server, its database, and what there is to write about."""

    server: Server
    url: str
    folder: Path
    sections: list[str]
    needs: list[str]
    accounts: dict[str, str]

    def app(self):  # type: ignore[no-untyped-def]
        return create_app(settings(self.folder, database_url=self.url), demo=True, testing=True)


@pytest.fixture(params=KINDS, scope="module")
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shared_world: World
) -> Iterator[Place]:
    url, tmp_path, world = "", tmp_path_factory.mktemp("races"), shared_world
    if request.param == "sqlite":
        copy_of(world, tmp_path / "wijkplatform.sqlite3")
    else:
        url = request.getfixturevalue("safe_postgres_server").world()
    with world.app.app_context():
        plan = db.session.scalars(db.select(Plan).where(Plan.state == "writing")).one()
        sections = [each.code for each in plan.sections]
        needs = list(db.session.scalars(db.select(Need.code).where(Need.neighbourhood_id == plan.neighbourhood_id)))
    app = create_app(settings(tmp_path, database_url=url), demo=True, testing=True)
    with app.app_context():
        accounts = dict(
            db.session.execute(db.text("SELECT email, public_id FROM person WHERE email IS NOT NULL")).all()
        )
        db.engine.dispose()
    with serving(tmp_path, "--demo", "--no-worker", "--workers", "2", WIJKPLATFORM_DATABASE_URL=url) as server:
        yield Place(server, url, tmp_path, sections, needs, accounts)


def somebody(house: Place, number: int) -> tuple[Wire, str]:
    account = house.accounts[email_of(PURE + ROLES[number % len(ROLES)])]
    return Wire(house.server.port).log_in(account), account


def write_in_section(wire: Wire, house: Place, said: Said, words: str, code: str) -> None:
    path = f"/wijken/{OPEN}/plan/{code}/bewerken"
    page = wire.get(path)
    body, base, hat = page.field("body"), page.field("base"), page.field("hat")
    where = random.randrange(3)
    paragraphs = body.split("\n\n")
    if where == 0:
        paragraphs.append(words)
    elif where == 1:
        paragraphs.insert(len(paragraphs) // 2, words)
    else:
        middle = len(paragraphs) // 2
        paragraphs[middle] = f"{paragraphs[middle]} {words}"
    answer = wire.post(path, body="\n\n".join(paragraphs), base=base, hat=hat, note="")
    said.answers[answer.status] += 1
    if answer.status == 303:
        said.sentences.append((code, words))
    elif answer.status != 409:
        said.faults.append(f"saving {code}: {answer.status} {plain(answer)}")
    elif words not in answer.text:
        said.faults.append("a conflict page without what was written")


def raise_need(wire: Wire, house: Place, said: Said, words: str) -> None:
    path = f"/wijken/{OPEN}/agenda/nieuw"
    answer = wire.post(
        path, title=words, text=f"{words} Zo is het.", hat=wire.get(path).field("hat"), shown_as="resident"
    )
    said.answers[answer.status] += 1
    if answer.status == 303:
        said.needs.append(words)
    else:
        said.faults.append(f"raising: {answer.status} {plain(answer)}")


def support(wire: Wire, house: Place, said: Said, account: str, code: str) -> None:
    answer = wire.post(f"/wijken/{OPEN}/agenda/{code}/steun", deed="support")
    said.answers[answer.status] += 1
    if answer.status == 303:
        said.supported.add((account, code))
    else:
        said.faults.append(f"supporting: {answer.status} {plain(answer)}")


def plain(answer: Answer) -> str:
    return answer.field("fout") or answer.text[answer.text.find("<h1") :][:200]


def write(house: Place, number: int, start: threading.Barrier, said: Said) -> None:
    """One person: mostly writing in a few sections, some in the same one, now and then a need or support."""
    try:
        wire, account = somebody(house, number)
        chance = random.Random(number)
        start.wait(60)
        until, turn = time.monotonic() + SECONDS, 0
        while time.monotonic() < until:
            turn += 1
            words, dice = f"Schrijver {number} zei zin {turn}.", chance.random()
            if dice < 0.6:
                write_in_section(
                    wire, house, said, words, house.sections[0 if dice < 0.25 else number % len(house.sections)]
                )
            elif dice < 0.8:
                raise_need(wire, house, said, words)
            else:
                support(wire, house, said, account, chance.choice(house.needs))
            if PAUSE:
                time.sleep(chance.expovariate(1 / PAUSE))
    except Exception as fault:
        said.faults.append(f"writer {number}: {fault!r}")


def test_no_acknowledged_word_is_lost(house: Place) -> None:
    said, start = Said(), threading.Barrier(WRITERS)
    threads = [threading.Thread(target=write, args=(house, number, start, said)) for number in range(WRITERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(180)
    assert said.faults == []
    assert len(said.sentences) > 5, said.answers
    assert len(said.needs) > 2
    with house.app().app_context():
        everything_is_there(said)
        assert list(trail.faults()) == []
        db.engine.dispose()
    assert "Traceback" not in house.server.log.read_text()


def everything_is_there(said: Said) -> None:
    """Writers only added sentences, so each one that was acknowledged stands in the text of now."""
    rows = db.session.execute(
        db.select(Section.code, Version.body).join(Version, Version.text_id == Section.text_id)
        .where(Version.number == db.select(func.max(Version.number)).where(Version.text_id == Section.text_id)
               .correlate(Section).scalar_subquery())
    )  # fmt: skip
    now = dict(rows.all())
    lost = [(code, words) for code, words in said.sentences if words not in now[code]]
    assert lost == []
    titles = Counter(db.session.scalars(db.select(Need.title)))
    assert [title for title in said.needs if titles[title] != 1] == []
    codes = list(db.session.execute(db.select(Need.neighbourhood_id, Need.code)).all())
    assert len(codes) == len(set(codes))
    voices = list(db.session.execute(db.select(Support.thing_kind, Support.thing_id, Support.person_id)).all())
    assert len(voices) == len(set(voices)) >= len(said.supported) > 0


def test_one_person_has_one_voice_however_often_they_press(house: Place) -> None:
    code, presses, email = house.needs[0], wide(12, 40), email_of(f"{PURE}bewonersbeoordelaar")
    account = house.accounts[email]
    wires = [Wire(house.server.port).log_in(account) for _press in range(presses)]
    start, answers = threading.Barrier(presses), list[int]()

    def press(wire: Wire) -> None:
        start.wait(30)
        answers.append(wire.post(f"/wijken/{OPEN}/agenda/{code}/steun", deed="support").status)

    threads = [threading.Thread(target=press, args=(wire,)) for wire in wires]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert answers == [303] * presses
    with house.app().app_context():
        person = db.session.scalars(db.select(Person.id).where(Person.email == email)).one()
        assert len(db.session.scalars(db.select(Support).where(Support.person_id == person)).all()) == 1
        supported = db.select(Event).where(Event.verb == "need.supported", Event.person_id == person)
        assert len(db.session.scalars(supported).all()) == 1
        assert list(trail.faults()) == []
        db.engine.dispose()


def test_a_double_click_in_parallel_raises_one_need(house: Place) -> None:
    account, presses = house.accounts[email_of(f"{PURE}bewoner")], 6
    path = f"/wijken/{OPEN}/agenda/nieuw"
    wires = [Wire(house.server.port).log_in(account) for _press in range(presses)]
    hat, start, places = wires[0].get(path).field("hat"), threading.Barrier(presses), list[str]()

    def press(wire: Wire) -> None:
        start.wait(30)
        answer = wire.post(path, title="Een bankje", text="Bij de brug.", hat=hat, shown_as="resident")
        places.append(str(answer.headers.get("Location", answer.status)))

    threads = [threading.Thread(target=press, args=(wire,)) for wire in wires]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert len(places) == presses
    assert len(set(places)) == 1, places
