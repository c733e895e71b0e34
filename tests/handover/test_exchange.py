"""Taking over file 13 and writing it out again."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

import wijkplatform
from wijkplatform.agenda import exchange as agenda
from wijkplatform.core import db as database
from wijkplatform.core import trail
from wijkplatform.core.actor import takeover
from wijkplatform.core.db import Base, begin_writing, db
from wijkplatform.core.errors import Invalid
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.exchange import directory
from wijkplatform.exchange.equal import differences
from wijkplatform.handover import exchange
from wijkplatform.index import queries
from wijkplatform.index import service as index
from wijkplatform.people.models import Person
from wijkplatform.places import exchange as places
from wijkplatform.places.models import Voice
from wijkplatform.rounds import exchange as rounds

DEMO = Path(wijkplatform.__path__[0]) / "demo"
UP_TO_HERE = (places, rounds, agenda, exchange)
FILES = ("13_overdracht.yaml",)


@pytest.fixture(scope="module")
def loads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[dict[str, Any]], Load]]:
    """An empty database; call it with the sixteen files of a neighbourhood to take over everything up to here."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path_factory.mktemp('db')}/t.sqlite3"
    database.init(app)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        begin_writing()
        db.session.add(trail.ChainHead(number=0, hash=trail.GENESIS))
        trail.commit()

        def take_over(data: dict[str, Any]) -> Load:
            begin_writing()
            load = Load(takeover(), data, index.register)
            for feature in UP_TO_HERE:
                feature.take_over(load)
            return load

        yield take_over
        db.session.rollback()


def demo(name: str = "zuiderkwartier") -> dict[str, Any]:
    return directory.read(DEMO / name).data


def written(load: Load) -> dict[str, Any]:
    """What the feature writes out, from rows that are read again."""
    trail.commit()
    db.session.expire_all()
    dump = Dump(load.neighbourhood, queries.links_of)
    people = select(Voice.id, Person.code).join(Person, Person.id == Voice.person_id)
    dump._codes.update({("voice", voice): code for voice, code in db.session.execute(people)})
    exchange.write_out(dump)
    return dump.files


def compared(data: dict[str, Any], files: dict[str, Any]) -> list[str]:
    return differences({name: data[name] for name in FILES}, {name: files[name] for name in FILES})


def test_the_handover_comes_back_with_what_was_still_there(loads: Any) -> None:
    data = demo()
    files = written(loads(data))
    assert compared(data, files) == []
    assert [each["doorgegaan_of_instemming"] for each in files[FILES[0]]["terugblik"]] == [11, 12]
    assert list(trail.faults()) == []


def test_the_yearly_count_is_counted_and_the_other_a_record(loads: Any) -> None:
    data = demo()
    for each in data[FILES[0]]["terugblik"]:
        each.update(doorgegaan_of_instemming=3, totaal=99)
    found = written(loads(data))[FILES[0]]["terugblik"]
    assert [(each["doorgegaan_of_instemming"], each["totaal"]) for each in found] == [(3, 14), (12, 14)]


def test_a_neighbourhood_that_is_not_there_yet(loads: Any) -> None:
    data = demo("huizum-oost")
    assert compared(data, written(loads(data))) == []


def test_looking_back_without_a_handover(loads: Any) -> None:
    data = demo()
    data[FILES[0]].update(overdracht=None, punten=[])
    for each in data[FILES[0]]["terugblik"]:
        each["totaal"] = 0
    assert compared(data, written(loads(data))) == []


def test_who_decided_wears_the_hat_of_before_the_change(loads: Any) -> None:
    load = loads(demo())
    trail.commit()
    hats = {each.voice.hat for each in load.row("OP-07").deciders}
    assert hats == {"sociaal beheerder, Stichting De Windwijzer"}


def test_owners_are_people_organisations_or_centres(loads: Any) -> None:
    load = loads(demo())
    trail.commit()
    item = load.row("OP-12")
    assert (item.old_owner.organisation.code, item.new_owner.centre.code) == ("ORG-WIND", "C-01")
    assert load.row("OP-05").new_owner is None
    begin_writing()
    item.new_owner.organisation_id = item.old_owner.organisation_id
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_change_falls_within_the_handover(loads: Any) -> None:
    data = demo()
    data[FILES[0]]["overdracht"]["einde"] = date(2026, 6, 30)
    with pytest.raises(Invalid, match="wissel"):
        loads(data)
    db.session.rollback()
