"""Taking over file 09 and writing it out again, with points and ranks counted anew."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

import wijkplatform
from wijkplatform.agenda import exchange as agenda
from wijkplatform.assessment import exchange
from wijkplatform.assessment.models import Decision, Score
from wijkplatform.calls import exchange as calls
from wijkplatform.core import db as database
from wijkplatform.core import trail
from wijkplatform.core.actor import takeover
from wijkplatform.core.db import Base, begin_writing, db
from wijkplatform.core.errors import Invalid
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.criteria import exchange as criteria
from wijkplatform.exchange import directory
from wijkplatform.exchange.equal import differences
from wijkplatform.index import queries
from wijkplatform.index import service as index
from wijkplatform.index.models import Entry
from wijkplatform.people.models import Person
from wijkplatform.places import exchange as places
from wijkplatform.places.models import Voice
from wijkplatform.plans import exchange as plans
from wijkplatform.rounds import exchange as rounds

DEMO = Path(wijkplatform.__path__[0]) / "demo"
UP_TO_HERE = (places, rounds, agenda, plans, criteria, calls, exchange)
FILES = ("09_inschrijvingen_en_beoordeling.yaml",)


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


def tie(data: dict[str, Any]) -> None:
    """Two bids that nothing but a lot tells apart; the lot puts the second one first."""
    nine = data[FILES[0]]
    first, second = nine["inschrijvingen"][1]["id"], nine["inschrijvingen"][2]["id"]
    nine["inschrijvingen"][2]["prijs_per_jaar"] = nine["inschrijvingen"][1]["prijs_per_jaar"]
    nine["consensus"][second] = {
        code: {**each, "motivering": "Even goed."} for code, each in nine["consensus"][first].items()
    }
    nine["gunning"]["loting"] = [second, first]


def test_the_assessment_comes_back_with_what_follows_from_it(loads: Any) -> None:
    data = demo()
    files = written(loads(data))
    assert compared(data, files) == []
    assert [(row["inschrijving"], str(row["totaal"])) for row in files[FILES[0]]["uitkomst"]] == [
        ("IN-B", "72.63"), ("IN-C", "58.68"), ("IN-A", "57.67"),
    ]  # fmt: skip
    assert list(trail.faults()) == []


def test_nothing_computed_is_taken_from_the_file(loads: Any) -> None:
    data = demo()
    data[FILES[0]]["uitkomst"] = []
    data[FILES[0]]["gunning"]["winnaar"] = "IN-C"
    assert compared(demo(), written(loads(data))) == []


def test_a_neighbourhood_that_is_not_there_yet(loads: Any) -> None:
    data = demo("huizum-oost")
    files = written(loads(data))
    assert compared(data, files) == []
    assert files[FILES[0]]["gunning"] is None


def test_planning_and_team_stand_before_there_are_bids(loads: Any) -> None:
    data = demo()
    data[FILES[0]].update(inschrijvingen=[], individuele_scores=[], consensus={}, uitkomst=[], gunning=None)
    del data[FILES[0]]["planning"]["contract_getekend"]
    data[FILES[0]]["beoordelaars"].reverse()  # who has a tie now stands before the replacement
    assert compared(data, written(loads(data))) == []


def test_the_lot_decides_between_equals_and_comes_back(loads: Any) -> None:
    data = demo()
    tie(data)
    nine = written(loads(data))[FILES[0]]
    assert nine["gunning"]["loting"] == ["IN-C", "IN-B"]
    assert nine["gunning"]["winnaar"] == "IN-C"
    assert [row["rang"] for row in nine["uitkomst"]] == [1, 2, 3]


@pytest.mark.parametrize("lots", [[], ["IN-A", "IN-B"]])
def test_a_lot_is_drawn_for_the_tied_bids_and_for_no_others(loads: Any, lots: list[str]) -> None:
    data = demo()
    tie(data)
    data[FILES[0]]["gunning"]["loting"] = lots
    with pytest.raises(Invalid, match="loting"):
        loads(data)
    db.session.rollback()


def test_who_has_a_tie_scores_nothing(loads: Any) -> None:
    data = demo()
    data[FILES[0]]["individuele_scores"][0]["beoordelaar"] = "BO-6"
    with pytest.raises(Invalid, match="band"):
        loads(data)
    db.session.rollback()


@pytest.mark.parametrize(
    ("field", "value", "sentence"), [("score", Decimal(5), "schaal"), ("criterium", "K9", "prijs")]
)
def test_a_score_is_on_the_scale_and_never_about_the_price(loads: Any, field: str, value: Any, sentence: str) -> None:
    data = demo()
    data[FILES[0]]["individuele_scores"][0][field] = value
    with pytest.raises(Invalid, match=sentence):
        loads(data)
    db.session.rollback()


def test_the_same_score_twice_is_refused_by_the_database(loads: Any) -> None:
    data = demo()
    data[FILES[0]]["individuele_scores"].append(dict(data[FILES[0]]["individuele_scores"][0]))
    with pytest.raises(IntegrityError):
        loads(data)
    db.session.rollback()


def test_a_decision_needs_a_complete_consensus(loads: Any) -> None:
    data = demo()
    del data[FILES[0]]["consensus"]["IN-A"]["K1"]
    with pytest.raises(Invalid, match="elk criterium"):
        loads(data)
    db.session.rollback()


def test_a_late_bid_is_refused(loads: Any) -> None:
    data = demo()
    data[FILES[0]]["inschrijvingen"][0]["ontvangen"] += timedelta(days=2)
    with pytest.raises(Invalid, match="te laat"):
        loads(data)
    db.session.rollback()


def test_one_decision_per_call(loads: Any) -> None:
    load = loads(demo())
    first = load.row("BD-2026")
    db.session.add(
        Decision(
            neighbourhood_id=first.neighbourhood_id, code="BD-2", call_id=first.call_id, title="Nog een",
            discussed_in="nergens", day=first.day, for_residents="Toch anders.",
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_index_says_nothing_about_who_bids_or_assesses(loads: Any) -> None:
    load = loads(demo())
    trail.commit()
    titles = set(db.session.scalars(select(Entry.title).where(Entry.kind.in_(["bid", "seat"]))))
    assert titles == {"Inschrijving", "Plaats in het beoordelingsteam"}
    assert load.row("IN-A").public_id != load.row("IN-B").public_id


def test_events_about_bids_and_scores_are_not_for_everybody() -> None:
    verbs = trail.verbs()
    assert not any(
        verbs[name].public for name in ("seat.declared", "bid.submitted", "score.given", "consensus.reached")
    )
    assert verbs["decision.made"].public


def test_a_changed_score_shows_in_the_trail(loads: Any) -> None:
    load = loads(demo())
    trail.commit()
    begin_writing()
    score = db.session.scalars(select(Score).filter_by(neighbourhood_id=load.neighbourhood.id)).first()
    score.value = Decimal(10) if score.value == 0 else Decimal(0)
    db.session.flush()
    assert any("score" in fault for fault in trail.faults())
    db.session.rollback()


@pytest.mark.parametrize(
    ("field", "day", "sentence"),
    [
        ("consensus", date(2026, 3, 1), "volgen niet op elkaar"),
        ("contract_vanaf", date(2026, 5, 12), "volgen niet op elkaar"),
        ("contract_getekend", date(2026, 5, 12), "termijn voorbij"),
    ],
)
def test_the_days_of_the_planning_follow_each_other(loads: Any, field: str, day: date, sentence: str) -> None:
    data = demo()
    data[FILES[0]]["planning"][field] = day
    with pytest.raises(Invalid, match=sentence):
        loads(data)
    db.session.rollback()


@pytest.mark.parametrize(("who", "by"), [("BO-1", "BO-2"), ("BO-6", "BO-6")])
def test_only_who_may_not_assess_is_replaced_and_by_somebody_who_may(loads: Any, who: str, by: str) -> None:
    data = demo()
    next(each for each in data[FILES[0]]["beoordelaars"] if each["id"] == who)["vervangen_door"] = by
    with pytest.raises(Invalid, match="vervanger"):
        loads(data)
    db.session.rollback()
