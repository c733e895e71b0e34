"""Taking over files 10, 11 and 12 and writing them out again."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

import wijkplatform
from wijkplatform.agenda import exchange as agenda
from wijkplatform.agreements import exchange
from wijkplatform.assessment import exchange as assessment
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
from wijkplatform.exchange.fields import Time
from wijkplatform.index import queries
from wijkplatform.index import service as index
from wijkplatform.people.models import Person
from wijkplatform.places import exchange as places
from wijkplatform.places.models import Voice
from wijkplatform.plans import exchange as plans
from wijkplatform.rounds import exchange as rounds

DEMO = Path(wijkplatform.__path__[0]) / "demo"
UP_TO_HERE = (places, rounds, agenda, plans, criteria, calls, assessment, exchange)
CONTRACT, TALKS, ADJUSTMENTS = "10_prestatieafspraken.yaml", "11_halfjaargesprekken.yaml", "12_aanpassingen.yaml"
FILES = (CONTRACT, TALKS, ADJUSTMENTS)
NAMED = ("covers", "serves", "rests_on", "carries_out", "answers")


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
    """Times are written as instants; the writer shows them on Amsterdam's clock."""
    for before, after in zip(data[TALKS]["gesprekken"], files[TALKS]["gesprekken"], strict=True):
        if isinstance(after["tijd"], datetime) and after["tijd"] == before["tijd"].on(before["datum"]):
            after["tijd"] = before["tijd"]
    return differences({name: data[name] for name in FILES}, {name: files[name] for name in FILES})


def test_agreements_conversations_and_adjustments_come_back(loads: Any) -> None:
    data = demo()
    assert compared(data, written(loads(data))) == []
    assert list(trail.faults()) == []


def test_a_neighbourhood_that_is_not_there_yet(loads: Any) -> None:
    data = demo("huizum-oost")
    assert compared(data, written(loads(data))) == []


def test_conversations_still_to_come_stand_after_those_that_were_held(loads: Any) -> None:
    data = demo()
    data[CONTRACT]["overeenkomst"]["gesprekken"] += [date(2028, 1, 18), date(2028, 7, 4)]
    load = loads(data)
    assert [each.day for each in load.row("OV-2026").planned] == [date(2028, 1, 18), date(2028, 7, 4)]
    assert compared(data, written(load)) == []


def test_an_agreement_without_award_and_with_little(loads: Any) -> None:
    """By subsidy: no bid; no baseline, no auxiliary indicator, no links, no milestones."""
    data = demo()
    data["09_inschrijvingen_en_beoordeling.yaml"].update(
        inschrijvingen=[], individuele_scores=[], consensus={}, uitkomst=[], gunning=None
    )
    del data[CONTRACT]["overeenkomst"]["inschrijving"]
    first = data[CONTRACT]["afspraken"][0]
    first.update(percelen=[], behoeften=[], secties=[], artikelen=[], criteria=[], mijlpalen=[])
    del first["indicator"]["nulmeting"]
    first["indicator"]["eenheid"] = "graden"
    first["indicator"]["streefwaarde"] = Decimal("-2.50")
    assert compared(data, written(loads(data))) == []


def test_conversations_may_stand_without_a_contract(loads: Any) -> None:
    data = demo()
    data[CONTRACT].update(overeenkomst=None, afspraken=[])
    data[ADJUSTMENTS]["aanpassingen"] = []
    for each in data[TALKS]["gesprekken"]:
        each.update(standen=[], aanwezig=[])
    assert compared(data, written(loads(data))) == []


def test_a_signal_shaped_the_adjustment_and_the_adjustment_the_course(loads: Any) -> None:
    load = loads(demo())
    trail.commit()
    adjustment, agreement = load.row("AP-01"), load.row("PA-04")
    signal = adjustment.signal
    assert signal.voice.hat == "jongerenwerker, Coöperatie Onder de Brug"
    assert [(each.verb, each.thing_id) for each in trail.led_to(signal)] == [("adjustment.agreed", adjustment.id)]
    assert [(each.verb, each.thing_id) for each in trail.led_to(adjustment)] == [("agreement.course_set", agreement.id)]
    assert [each.verb for each in trail.led_to(load.row("AP-02").signal)] == ["adjustment.rejected"]


def test_what_an_agreement_names_is_declared_and_no_influence(loads: Any) -> None:
    load = loads(demo())
    trail.commit()
    named = {relation: [each.code for each in queries.named_by(load.row("PA-04"), relation)] for relation in NAMED}
    assert named == {
        "covers": ["PC-1"], "serves": ["BH-04", "BH-03"], "rests_on": ["WS-05"], "carries_out": ["UA-06", "UA-10"],
        "answers": ["K4", "K7"],
    }  # fmt: skip
    assert not [each for each in trail.shaped_by(load.row("PA-04")) if each.source_kind != "adjustment"]


def test_the_history_of_an_agreement_reads_as_its_course(loads: Any) -> None:
    load = loads(demo())
    trail.commit()
    history = [(each.verb, each.facts.get("value")) for each in trail.history(load.row("PA-04"))]
    assert history == [
        ("agreement.made", None), ("agreement.reported", "46"), ("agreement.reported", "54"),
        ("agreement.course_set", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "changes", "sentence"),
    [
        ("AP-01", {"ingangsdatum": None}, "gaat in op een dag"),
        ("AP-02", {"motivering_besluit": None}, "waarom"),
        ("AP-01", {"besloten": date(2026, 11, 1)}, "Eerst het signaal"),
        ("AP-02", {"afspraak": "PA-04"}, "intussen veranderd"),
    ],
)
def test_an_adjustment_that_does_not_fit_is_refused(loads: Any, code: str, changes: Any, sentence: str) -> None:
    data = demo()
    next(each for each in data[ADJUSTMENTS]["aanpassingen"] if each["id"] == code).update(changes)
    with pytest.raises(Invalid, match=sentence):
        loads(data)
    db.session.rollback()


def test_a_figure_fits_its_unit(loads: Any) -> None:
    data = demo()
    data[TALKS]["gesprekken"][0]["standen"][0]["waarde"] = Decimal(101)
    with pytest.raises(Invalid, match="eenheid"):
        loads(data)
    db.session.rollback()


def test_a_second_standing_in_one_conversation_is_refused_by_the_database(loads: Any) -> None:
    data = demo()
    data[TALKS]["gesprekken"][0]["standen"].append(data[TALKS]["gesprekken"][0]["standen"][0])
    with pytest.raises(IntegrityError):
        loads(data)
    db.session.rollback()


def test_the_course_changes_only_by_an_adjustment_of_this_agreement(loads: Any) -> None:
    data = demo()
    data[CONTRACT]["afspraken"][3]["hulpindicator"]["verloop"][1]["vanaf"] = date(2026, 12, 1)
    with pytest.raises(Invalid, match="bijstelling"):
        loads(data)
    db.session.rollback()


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("overeenkomst", "eind"), date(2026, 7, 1), "eindigt na"),
        (("afspraken", 0, "mijlpalen", 0, "datum"), date(2026, 6, 30), "mijlpaal"),
        (("afspraken", 0, "indicator", "streefwaarde"), Decimal("100.5"), "eenheid"),
        (("afspraken", 3, "hulpindicator", "verloop", 1, "vanaf"), date(2026, 7, 1), "loopt op"),
    ],
)
def test_a_contract_that_does_not_fit_is_refused(loads: Any, place: Any, value: Any, sentence: str) -> None:
    data = demo()
    part = data[CONTRACT]
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    with pytest.raises(Invalid, match=sentence):
        loads(data)
    db.session.rollback()


def test_the_clock_time_of_a_conversation_is_an_instant(loads: Any) -> None:
    """Half past two comes twice on the last Sunday of October: the second one is an hour later."""
    data = demo()
    talk = data[TALKS]["gesprekken"][0]
    talk.update(datum=date(2026, 10, 25), tijd=Time(time(2, 30), 1))
    data[CONTRACT]["overeenkomst"]["gesprekken"][0] = date(2026, 10, 25)
    load = loads(data)
    assert load.row("HG-1").held_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert compared(data, written(load)) == []
