"""What `make demo` puts in a database, on whichever day, and what it says when its windows have closed."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest
import time_machine
from flask import Flask

from tests.support.world import FINISHED, OPEN, World, email_of, place, settings
from wijkplatform import create_app, installing
from wijkplatform.core import clock, trail
from wijkplatform.core.actor import takeover
from wijkplatform.core.db import db
from wijkplatform.demo import build, dates
from wijkplatform.exchange import writing
from wijkplatform.exchange.directory import read
from wijkplatform.exchange.dump import dump_neighbourhood
from wijkplatform.exchange.equal import differences
from wijkplatform.exchange.load import load_directory
from wijkplatform.exchange.tables import FILES
from wijkplatform.index.models import Entry
from wijkplatform.people.models import Person
from wijkplatform.places import queries as places
from wijkplatform.places.models import KNOWN_ROLES
from wijkplatform.rounds.models import Moment
from wijkplatform.rounds.policy import is_open

LOADED = datetime(2027, 6, 16, 21, 50, tzinfo=UTC)  #: a Wednesday, ten to midnight in Amsterdam, in summer time
Build = Callable[[], list[str]]


@pytest.fixture
def empty(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application on an empty database at head, of both kinds in turn."""
    app = create_app(settings(tmp_path_factory.mktemp("demo"), database_url=database), demo=True, testing=True)
    installing.bring_to_head(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def built() -> list[str]:
    with mock.patch.object(build, "AREAS", build.AREAS[:1]):
        return list(build.build(lambda _done, _total: None))


def moments(slug: str) -> list[Moment]:
    query = db.select(Moment).where(Moment.neighbourhood_id == place(slug).id)
    return [each for each in db.session.scalars(query) if each.closes_at is None or each.closes_at > clock.now()]


def test_everything_is_open_with_a_promise_and_on_older_data_it_is_said_what_has_closed(empty: Flask) -> None:
    with time_machine.travel(LOADED, tick=False) as clockwork:
        assert "Huizum-Oost is geladen. Alles staat er 60 dagen open." in built()
        ahead = moments(OPEN)
        opened = [each for each in ahead if is_open(each)]
        assert Counter(each.about_kind for each in opened) == {"neighbourhood": 1, "plan": 1, "call": 1}
        assert [each.about_kind for each in ahead if each not in opened] == ["contract"]
        for each in ahead:
            assert each.commitment is not None, each.kind
            assert each.closes_at is None or clock.end_of(each.commitment.hear_by) > each.closes_at
        last = clock.end_of(clock.today() + dates.WINDOW)
        assert {each.closes_at for each in opened} == {None, last}
        assert moments(FINISHED) == []

        before = trail.head()
        clockwork.move_to(last - timedelta(seconds=1))
        assert built() == []
        clockwork.move_to(last)
        assert built() == [
            "In Huizum-Oost is intussen dicht: reactieronde, schrijfronde. Begin opnieuw met: make demo-fresh."
        ]
        assert trail.head() == before, "looking changes nothing"


def test_no_code_is_in_both_neighbourhoods(in_world: World) -> None:
    here, there = (
        set(db.session.scalars(db.select(Entry.code).where(Entry.neighbourhood_id == place(slug).id)))
        for slug in (OPEN, FINISHED)
    )
    assert len(here) > 80
    assert here & there == set()


def test_every_role_has_two_accounts_that_wear_it_in_both_neighbourhoods(in_world: World) -> None:
    for role, kind in KNOWN_ROLES.items():
        for number in (1, 2):
            person = db.session.scalars(db.select(Person).where(Person.email == email_of(role, number))).one()
            for slug in (OPEN, FINISHED):
                hats = places.actor_of(person.id).hats_in(place(slug).id)
                assert kind in {hat.kind for hat in hats}, (role, number, slug)


def test_a_need_leads_through_every_step_to_an_agreement() -> None:
    """Need, section, criterion, article, a remark on that article about that need, and an agreement that names it."""
    data = read(build.OPEN).data
    articles = {each["id"]: each for each in data["06_uitvraag.yaml"]["artikelen"]}
    remarks = {each["id"]: each for each in data["07_reacties.yaml"]["reacties"]}
    whole = [
        row["behoefte"]
        for row in data["15_invloedsspoor.yaml"]["sporen"]
        if row["plansecties"] and row["criteria"] and row["afspraken"] and row["verslagen"]
        and any(
            remarks[code]["artikel"] in row["artikelen"] and set(articles[remarks[code]["artikel"]]["criteria"]) & {*row["criteria"]}
            for code in row["reacties"]
        )
    ]  # fmt: skip
    assert whole == ["BA-01", "BA-03", "BA-04", "BA-05", "BA-07"]
    unanswered = [each for each in remarks.values() if "antwoord" not in each]
    assert (len(remarks), len(unanswered)) == (37, 30)
    assert {each.get("taal") for each in remarks.values()} == {None, "fy", "tr"}


@pytest.mark.both
def test_the_demo_survives_export_and_import(empty: Flask, tmp_path: Path) -> None:
    """Accounts, invented people and open moments are left out; all that the format names comes back, byte for byte."""
    with time_machine.travel(LOADED, tick=False):
        built()
        assert differences(read(build.FINISHED).data, dump_neighbourhood(place(FINISHED))) == []
        out = dump_neighbourhood(place(OPEN))
        assert differences(dates.moved(read(build.OPEN).data, clock.today()), out) == []
        out["00_gebied.yaml"]["gemeente"]["id"] = "GEM-ELDERS"
        writing.write(tmp_path, out)
        again = load_directory(read(tmp_path).data, takeover())
        trail.commit()
        assert again.slug == "huizum-oost-2"
        for file in FILES:
            assert writing.text_of(file, dump_neighbourhood(again)[file]) == (tmp_path / file).read_text("utf-8"), file
