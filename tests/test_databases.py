"""Both databases keep the same promises: migrations, the demo, deeds, locks."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from tests.agenda.matrix import need_in
from tests.plans.matrix import section_in
from tests.support.client import Browser
from tests.support.world import OPEN, email_of, place, settings
from wijkplatform import create_app, installing
from wijkplatform.agenda import service as agenda
from wijkplatform.agenda.models import Agenda, Need
from wijkplatform.core import trail
from wijkplatform.core.aside import aside
from wijkplatform.core.db import Base, Exact, Instant, begin_writing, db
from wijkplatform.people.models import Person
from wijkplatform.places import queries as places
from wijkplatform.plans import service as plans
from wijkplatform.rounds.models import Support
from wijkplatform.texts import queries as texts

pytestmark = pytest.mark.both


@pytest.fixture
def bare(database: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application on a database without a table in it."""
    folder = tmp_path_factory.mktemp("kaal")
    return create_app(settings(folder, database_url=database), testing=True)


def differences() -> list[object]:
    def same_type(context, inspected, column, found, meant):  # type: ignore[no-untyped-def]
        if isinstance(meant, Exact | Instant):
            return False if type(found) is type(meant.impl) or not context else None
        return None

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": same_type, "render_as_batch": True})
        return compare_metadata(context, Base.metadata)


def test_from_empty_to_head_gives_the_models(bare: Flask) -> None:
    assert not installing.is_at_head(bare)
    installing.bring_to_head(bare)
    assert installing.is_at_head(bare)
    with bare.app_context():
        assert differences() == []
        assert trail.head() == (0, trail.GENESIS)
        db.engine.dispose()


def test_bringing_to_head_twice_changes_nothing(bare: Flask) -> None:
    installing.bring_to_head(bare)
    installing.bring_to_head(bare)
    assert installing.is_at_head(bare)
    with bare.app_context():
        db.engine.dispose()


def test_the_newest_migration_goes_down_and_up_on_filled_data(both: Flask) -> None:
    """What the newest migration does not touch is there afterwards; with a single migration nothing is left below it."""
    history = list(ScriptDirectory(str(installing.MIGRATIONS)).walk_revisions())
    with both.app_context():
        before = counts()
        db.session.remove()
        downgrade(directory=str(installing.MIGRATIONS))
        below = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
        assert below == set() if len(history) == 1 else "person" in below
        upgrade(directory=str(installing.MIGRATIONS))
        assert differences() == []
        after = counts()
    if len(history) > 1:
        assert {name: after[name] for name in below} == {name: before[name] for name in below}


def counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            table.name: connection.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def test_the_demo_loads_and_its_chain_is_whole(both: Flask) -> None:
    with both.app_context():
        assert [each.slug for each in places.neighbourhoods(places.actor_of(None))] == ["huizum-oost", "zuiderkwartier"]
        assert list(trail.faults()) == []
        assert trail.head()[0] > 400


def test_deeds_of_the_first_rooms(both: Flask) -> None:
    with both.app_context():
        actor = places.actor_of(person("puur-bewoner").id)
        home, need = place(OPEN), need_in(OPEN)
        hat = actor.hats_in(home.id)[0]
        agenda.support(actor, need)
        raised = agenda.raise_need(actor, Agenda(home), hat, title="Een bankje", text="Bij de brug.", areas=[])
        section = section_in(OPEN)
        head = texts.head(section.text)
        version = plans.revise(actor, section, hat, body=head.body + "\n\nEen bankje.", base=head.number)
        trail.commit()
        assert version.number == head.number + 1
        assert [event.verb for event in trail.history(raised)] == ["need.raised"]
        assert list(trail.faults()) == []


def person(role: str) -> Person:
    return db.session.scalars(db.select(Person).where(Person.email == email_of(role))).one()


def test_supporting_twice_counts_once(both: Flask) -> None:
    with both.app_context():
        actor = places.actor_of(person("puur-bewoner").id)
        need = need_in(OPEN)
        assert agenda.support(actor, need) is True
        trail.commit()
        assert agenda.support(actor, need) is False
        trail.commit()
        assert [event.verb for event in trail.history(need)].count("need.supported") == 1
        agenda.withdraw(actor, need)
        trail.commit()
        assert agenda.withdraw(actor, need) is False


def test_pages_of_both_are_the_same(both: Flask) -> None:
    browser = Browser(both)
    for path in (
        "/",
        f"/wijken/{OPEN}",
        f"/wijken/{OPEN}/agenda",
        f"/wijken/{OPEN}/plan",
        "/wijken/zuiderkwartier/plan/alles",
    ):
        assert browser.go(path).status == 200


@pytest.mark.parametrize("path", [
    "/wijken/%00", "/wijken/huizum-oost/agenda/%00", "/gebieden?q=%00", "/wijken/huizum-oost/agenda?buurt=%00",
    "/wijken/huizum-oost/plan/%00/bewerken", "/inloggen/code?aanvraag=%00", "/inloggen/link/%00", "/inloggen?verder=%00",
    "/wijken/huizum-oost/agenda?tot=99999999999999999999", "/wijken/huizum-oost/plan/HS-01/versies/99999999999999999999",
    "/wijken/huizum-oost/plan/HS-01/vergelijk?van=1&naar=9999999", "/demo/inloggen/%00", "/gebieden?q=%25%5F%5C",
    "/gebieden?q=" + "a%20" * 60,
])  # fmt: skip
def test_addresses_that_a_database_could_choke_on(both: Flask, path: str) -> None:
    assert Browser(both).go(path).status in (200, 404)


@pytest.mark.parametrize("path", ["/inloggen", "/inloggen/code", "/taal", f"/wijken/{OPEN}/agenda/nieuw"])
def test_forms_that_a_database_could_choke_on(both: Flask, path: str) -> None:
    bad = "a\x00\ud83d".encode("utf-8", "replace").decode()
    names = ("email", "verder", "code", "aanvraag", "taal", "van", "title", "text", "hat", "areas", "csrf_token")
    answer = Browser(both).post(path, data=dict.fromkeys(names, bad))
    assert answer.status_code in (303, 400, 422)


def test_only_deeds_write(both: Flask) -> None:
    with both.app_context():
        db.session.add(Person(name="Stiekem"))
        with pytest.raises(RuntimeError, match="begin_writing"):
            db.session.flush()


def test_an_instant_without_its_zone_is_refused_and_comes_back_in_utc(both: Flask) -> None:
    with both.app_context():
        need = need_in(OPEN)
        begin_writing()
        need.raised_at = need.raised_at.replace(tzinfo=None) if need.raised_at else None
        if need.raised_at is not None:
            with pytest.raises(Exception, match="time zone"):
                db.session.flush()


def test_aside_is_never_inside_a_deed(both: Flask) -> None:
    with both.app_context():
        begin_writing()
        with pytest.raises(RuntimeError, match="never inside"), aside():
            pass


def test_what_was_read_before_a_deed_is_read_again_inside_it(both: Flask) -> None:
    """A decision is never taken on stale rows."""
    with both.app_context():
        need = need_in(OPEN)
        assert need.title != "Intussen veranderd"
        with aside() as session:
            session.execute(db.update(Need).where(Need.id == need.id).values(title="Intussen veranderd"))
        begin_writing()
        assert need.title == "Intussen veranderd"


def test_reading_goes_on_while_somebody_writes(both: Flask) -> None:
    """A deed that takes long keeps nobody from reading what was there before it."""
    writing, read = threading.Event(), threading.Event()
    seen: list[str] = []

    def reader() -> None:
        writing.wait(10)
        with both.app_context():
            seen.append(need_in(OPEN).title)
        read.set()

    thread = threading.Thread(target=reader)
    thread.start()
    with both.app_context():
        before = need_in(OPEN).title
        begin_writing()
        need_in(OPEN).title = "Nog niet bewaard"
        db.session.flush()
        writing.set()
        assert read.wait(10), "the reader waits for the writer"
        db.session.rollback()
    thread.join()
    assert seen == [before]


def test_two_deeds_at_once_come_one_after_the_other(both: Flask) -> None:
    """The second sees what the first did; numbers of the chain follow on."""
    results: list[int] = []
    start = threading.Barrier(2)

    def raise_one(number: int) -> None:
        with both.app_context():
            actor = places.actor_of(person("puur-bewoner").id)
            home = place(OPEN)
            start.wait(10)
            need = agenda.raise_need(
                actor, Agenda(home), actor.hats_in(home.id)[0], title=f"Punt {number}", text="x", areas=[]
            )
            trail.commit()
            results.append(int(need.code.rpartition("-")[2]))

    threads = [threading.Thread(target=raise_one, args=(number,)) for number in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(40)
    assert len(set(results)) == 2, "two needs share a code, or one was not made"
    with both.app_context():
        assert list(trail.faults()) == []


def test_the_database_keeps_one_support_per_person(both: Flask) -> None:
    with both.app_context():
        actor = places.actor_of(person("puur-bewoner").id)
        need = need_in(OPEN)
        agenda.support(actor, need)
        trail.commit()
        row = db.session.scalars(db.select(Support)).first()
        again = {
            name: getattr(row, name) for name in ("neighbourhood_id", "thing_kind", "thing_id", "person_id", "voice_id")
        }
        begin_writing()
        db.session.add(Support(**again))
        with pytest.raises(Exception, match=r"(?i)unique"):
            db.session.flush()
