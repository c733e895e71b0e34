"""Taking over file 14 and writing it out again."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

import wijkplatform
from wijkplatform.agenda import exchange as agenda
from wijkplatform.core import db as database
from wijkplatform.core import trail
from wijkplatform.core.actor import takeover
from wijkplatform.core.db import Base, begin_writing, db
from wijkplatform.core.errors import Invalid
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.coverage import exchange
from wijkplatform.exchange import directory
from wijkplatform.exchange.equal import differences
from wijkplatform.index import queries
from wijkplatform.index import service as index
from wijkplatform.people.models import Person
from wijkplatform.places import exchange as places
from wijkplatform.places.models import Voice
from wijkplatform.rounds import exchange as rounds

DEMO = Path(wijkplatform.__path__[0]) / "demo"
UP_TO_HERE = (places, rounds, agenda, exchange)
FILES = ("14_schemergebied.yaml",)


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


@pytest.mark.parametrize("name", ["zuiderkwartier", "huizum-oost"])
def test_the_grey_zone_comes_back(loads: Any, name: str) -> None:
    data = demo(name)
    assert compared(data, written(loads(data))) == []
    assert list(trail.faults()) == []


def test_a_status_follows_from_the_owner_and_the_day_it_was_solved(loads: Any) -> None:
    load = loads(demo())
    trail.commit()
    assert [load.row(f"SG-0{number}").status for number in (1, 2, 4)] == ["solved", "running", "nobody"]


def test_an_owner_since_a_day_may_be_gone_again(loads: Any) -> None:
    data = demo()
    data[FILES[0]]["kwesties"][3]["eigenaar_sinds"] = date(2026, 11, 1)
    assert compared(data, written(loads(data))) == []


def test_nothing_is_solved_by_nobody(loads: Any) -> None:
    data = demo()
    del data[FILES[0]]["kwesties"][0]["eigenaar"]
    with pytest.raises(Invalid, match="eigenaar"):
        loads(data)
    db.session.rollback()


def test_who_reported_is_shown_as_a_resident(loads: Any) -> None:
    """A resident who did not choose is shown without a name; somebody in a function by name."""
    load = loads(demo())
    trail.commit()
    shown = {code: load.row(code).voice.name for code in ("SG-02", "SG-03")}
    assert shown == {"SG-02": "Joyce Pinasari", "SG-03": None}
