"""Taking over file 05 and writing it out again."""

from collections.abc import Callable, Iterator
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
from wijkplatform.criteria import exchange
from wijkplatform.exchange import directory
from wijkplatform.exchange.equal import differences
from wijkplatform.index import queries
from wijkplatform.index import service as index
from wijkplatform.people.models import Person
from wijkplatform.places import exchange as places
from wijkplatform.places.models import Voice
from wijkplatform.plans import exchange as plans
from wijkplatform.rounds import exchange as rounds

DEMO = Path(wijkplatform.__path__[0]) / "demo"
UP_TO_HERE = (places, rounds, agenda, plans, exchange)
FILES = ("05_criteria.yaml",)


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


def test_the_criteria_come_back_field_by_field(loads: Any) -> None:
    data = demo()
    files = written(loads(data))
    assert differences({name: data[name] for name in FILES}, {name: files[name] for name in FILES}) == []
    assert files[FILES[0]]["criteria_set"]["gelijkspel"] == ["K1", "K2", "loting"]
    assert list(trail.faults()) == []


def test_a_neighbourhood_without_criteria_keeps_its_loose_ends(loads: Any) -> None:
    """The note on the changes and the requirements hang on nothing: the format lets them stand alone."""
    data = demo("huizum-oost")
    data[FILES[0]].update(criteria_set=None, criteria=[], wijzigingen=[])
    data[FILES[0]]["toelichting_wijzigingen"] = "Er is nog niets gewogen."
    data[FILES[0]]["geschiktheidseisen"] = [{"id": "GE-9", "tekst": "Een eis vooraf."}]
    files = written(loads(data))
    assert differences({name: data[name] for name in FILES}, {name: files[name] for name in FILES}) == []
    assert files[FILES[0]]["criteria_set"] is None


def test_optional_fields_may_be_absent(loads: Any) -> None:
    data = demo()
    del data[FILES[0]]["criteria_set"]["formule_uitleg"]
    data[FILES[0]]["toelichting_wijzigingen"] = None
    data[FILES[0]]["wijzigingen"] = []
    data[FILES[0]]["criteria"].reverse()
    files = written(loads(data))
    assert differences({name: data[name] for name in FILES}, {name: files[name] for name in FILES}) == []


def test_every_deed_leaves_one_event(loads: Any) -> None:
    load = loads(demo())
    written(load)
    verbs = [
        each.verb for each in db.session.scalars(select(trail.Event).filter_by(neighbourhood_id=load.neighbourhood.id))
    ]
    expected = {"criteria_set.fixed": 1, "criterion.proposed": 9, "criterion.weight_decided": 3, "requirement.set": 3}
    assert {verb: verbs.count(verb) for verb in expected} == expected


def test_a_changed_weight_shows_in_the_trail(loads: Any) -> None:
    """Weights are locked once fixed: whoever changes one in the tables is found out."""
    load = loads(demo())
    trail.commit()
    criterion = load.row("K1")
    begin_writing()
    criterion.weight += 1
    db.session.flush()
    assert any("criteria_set" in fault for fault in trail.faults())
    db.session.rollback()


def test_weights_that_are_not_100_are_refused(loads: Any) -> None:
    data = demo()
    data[FILES[0]]["criteria"][0]["gewicht"] += 1
    with pytest.raises(Invalid, match="samen niet het totaal"):
        loads(data)
    db.session.rollback()


def test_a_scale_that_does_not_rise_is_refused(loads: Any) -> None:
    data = demo()
    data[FILES[0]]["criteria_set"]["schaal"].reverse()
    with pytest.raises(Invalid, match="schaal"):
        loads(data)
    db.session.rollback()


def test_the_price_breaks_no_tie(loads: Any) -> None:
    data = demo()
    data[FILES[0]]["criteria_set"]["gelijkspel"] = ["K1", "K9", "loting"]
    with pytest.raises(Invalid, match="kwaliteitscriteria"):
        loads(data)
    db.session.rollback()


def test_who_changed_organisation_brought_it_in_for_the_old_one(loads: Any) -> None:
    load = loads(demo())
    trail.commit()
    [contributor] = load.row("K3").contributors
    assert contributor.voice.hat == "sociaal makelaar, Stichting De Windwijzer"
