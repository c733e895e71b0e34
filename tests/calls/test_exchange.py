"""The call on its way in: versions, the round of remarks, passages, voices with the hat of that day, and the notes."""

import copy
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

import wijkplatform
from wijkplatform.calls import exchange
from wijkplatform.calls.models import Article, Call, InformationNote, Question
from wijkplatform.core import db as database
from wijkplatform.core import lifecycle, policy, trail
from wijkplatform.core.actor import VISITOR, takeover
from wijkplatform.core.db import Base, begin_writing, db
from wijkplatform.core.transfer import Load
from wijkplatform.exchange.directory import Directory, read
from wijkplatform.exchange.dump import Export, Speakers
from wijkplatform.exchange.fields import Time
from wijkplatform.features import FEATURES
from wijkplatform.index import queries as index
from wijkplatform.index.service import register
from wijkplatform.remarks.models import Remark
from wijkplatform.remarks.service import apply_remark
from wijkplatform.rounds.models import Moment
from wijkplatform.texts import queries as texts
from wijkplatform.texts.models import Text

ROOT = Path(wijkplatform.__file__).parent
CALL = "06_uitvraag.yaml"
REMARKS = "07_reacties.yaml"
#: The call needs nothing that stands further right; texts and remarks have no part of a file of their own.
UP_TO_HERE = [
    import_module(f"wijkplatform.{feature}.exchange")
    for feature in FEATURES[: FEATURES.index("calls") + 1]
    if feature not in ("texts", "remarks") and (ROOT / feature / "exchange.py").exists()
]


@pytest.fixture(scope="module")
def demo() -> Directory:
    return read(ROOT / "demo" / "zuiderkwartier")


@pytest.fixture
def data(demo: Directory) -> dict[str, dict[str, Any]]:
    return copy.deepcopy(demo.data)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[None]:
    app = Flask("wijkplatform")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path}/calls.sqlite3"
    database.init(app)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        begin_writing()
        db.session.add(trail.ChainHead(number=0, hash=trail.GENESIS))
        trail.commit()
        yield
        db.session.remove()
        db.engine.dispose()


def take_over(data: dict[str, dict[str, Any]]) -> Load:
    """The features up to the call, and nothing further right."""
    begin_writing()
    load = Load(takeover(), data, register)
    for feature in UP_TO_HERE:
        feature.take_over(load)
    trail.commit()
    return load


def remark(code: str) -> Remark:
    return db.session.scalars(select(Remark).where(Remark.code == code)).one()


def item(data: dict[str, dict[str, Any]], code: str) -> dict[str, Any]:
    return next(each for each in data[REMARKS]["reacties"] if each["id"] == code)


def test_each_version_of_the_call_holds_the_text_that_stood_in_it(store: None, demo: Directory) -> None:
    load = take_over(demo.data)
    call = load.row("UV-2026")
    editions = texts.editions("call", call.id)
    assert [(each.number, each.day, each.state) for each in editions] == [
        (1, date(2025, 11, 10), "draft"), (2, date(2026, 1, 26), "final"), (3, date(2026, 2, 20), "clarified"),
    ]  # fmt: skip
    stood = [{member.text_id: member.version for member in each.members} for each in editions]
    changed = {
        article.code
        for article in call.articles
        if stood[1][article.text_id].number != stood[2][article.text_id].number
    }
    assert changed == {"UA-02", "UA-12"}  # NIV-2 and NIV-6
    first = next(each for each in demo.data[CALL]["artikelen"] if each["id"] == "UA-01")
    article = load.row("UA-01")
    bodies = [each[article.text_id].body for each in stood]
    assert bodies == [first["concept"], first["definitief"], first["definitief"]]
    assert {version.made_at for version in texts.versions(article.text)} == {None}  # the file does not say


def test_the_state_the_slug_and_what_the_call_names(store: None, demo: Directory) -> None:
    load = take_over(demo.data)
    call = load.row("UV-2026")
    assert (call.state, lifecycle.state_name(call), call.draft) == ("clarified", "definitief na inlichtingen", 1)
    assert call.slug == "uitvraag-sociaal-makelen-en-sociaal-beheer-zuiderkwartier-2026-2032"
    article = load.row("UA-04")
    named = {relation: [entry.code for entry in index.named_by(article, relation)]
             for relation in ("part_of", "rests_on", "judged_by")}  # fmt: skip
    assert named == {"part_of": ["PC-2"], "rests_on": ["WS-03", "WS-04"], "judged_by": ["K2", "K3"]}
    assert [entry.code for entry in index.named_by(call, "judged_by")] == ["CS-2026"]
    verbs = [(event.verb, event.happened_precision) for event in trail.history(call)]
    assert verbs == [
        ("call.begun", "unknown"),
        ("call.draft_published", "day"),
        ("call.published", "day"),
        ("call.clarified", "day"),
    ]


def test_the_round_of_remarks_is_a_moment_with_a_code_that_nothing_else_uses(
    store: None, data: dict[str, dict[str, Any]]
) -> None:
    data["14_schemergebied.yaml"]["kwesties"][0]["id"] = "RR-01"  # comes after the call
    load = take_over(data)
    moment = db.session.scalars(select(Moment).where(Moment.about_kind == "call")).one()
    assert (moment.about_id, moment.code) == (load.row("UV-2026").id, "RR-02")
    assert moment.opens_at == datetime(2025, 11, 9, 23, tzinfo=UTC)  # the first day begins, in Amsterdam
    assert moment.closes_at == datetime(2025, 12, 8, 23, tzinfo=UTC)  # the last day is over
    assert (moment.commitment, moment.question) == (None, "")  # the file has neither


def test_a_quote_that_occurs_once_has_its_place(store: None, demo: Directory) -> None:
    take_over(demo.data)
    found = remark("R-05")
    assert found.version.body[found.start : found.end] == found.quote == "waar mogelijk"
    whole = remark("R-23")
    assert (whole.quote, whole.start, whole.version.number) == (None, None, 1)


@pytest.mark.parametrize(("occurrence", "start"), [(1, 0), (2, 1), (3, 9), (None, None)])
def test_which_occurrence_is_meant_is_never_guessed(
    occurrence: int | None, start: int | None, store: None, data: dict[str, dict[str, Any]]
) -> None:
    article = next(each for each in data[CALL]["artikelen"] if each["id"] == "UA-03")
    article["concept"] = "éééé en ééé"
    data[REMARKS]["reacties"] = [item(data, "R-05") | {"citaat": "ééé"}]
    if occurrence:
        data[REMARKS]["reacties"][0]["voorkomen"] = occurrence
    if occurrence == 3:
        article["concept"] = "éééé en  ééé"
    take_over(data)
    found = remark("R-05")
    assert (found.quote, found.occurrence, found.start) == ("ééé", occurrence, start)


def test_said_at_is_as_precise_as_the_file(store: None, data: dict[str, dict[str, Any]]) -> None:
    item(data, "R-02")["tijd"] = Time(time(9, 30, 5))
    take_over(data)
    said = {code: (remark(code).said_at, remark(code).said_precision) for code in ("R-01", "R-02", "R-03")}
    assert said == {
        "R-01": (datetime(2025, 11, 12, 7, 15, tzinfo=UTC), "minute"),
        "R-02": (datetime(2025, 11, 13, 8, 30, 5, tzinfo=UTC), "second"),
        "R-03": (datetime(2025, 11, 13, 23, tzinfo=UTC), "day"),
    }


def test_people_speak_with_the_hat_they_wore_that_day(store: None, data: dict[str, dict[str, Any]]) -> None:
    people = data["01_organisaties_rollen_centra.yaml"]["personen"]
    joyce = next(each for each in people if each["id"] == "P-06")
    joyce["mandaten"].reverse()  # the new organisation first; on the day it was still the old one
    take_over(data)
    assert remark("R-02").voice.hat == "sociaal makelaar, Stichting De Windwijzer"
    assert (remark("R-05").voice.hat, remark("R-05").voice.kind) == ("bestuur Buurthuis De Kade", "board")
    assert (remark("R-01").voice.name, remark("R-01").voice.kind) == (None, "resident")  # residents are not named


def test_on_behalf_of_whom_chooses_between_mandates(store: None, data: dict[str, dict[str, Any]]) -> None:
    people = data["01_organisaties_rollen_centra.yaml"]["personen"]
    board = next(each for each in people if each["id"] == "P-04")
    own = next(each for each in board["mandaten"] if each["rol"] == "bestuurslid_zelfbeheer")
    board["mandaten"].insert(0, {"rol": own["rol"], "centrum": "C-03"})
    del item(data, "R-23")["citaat" if "citaat" in item(data, "R-23") else "antwoord"]
    item(data, "R-23")["antwoord"] = "Ja."
    load = take_over(data)
    spoken = {code: remark(code).voice.mandate_id for code in ("R-05", "R-23")}
    assert spoken["R-05"] != spoken["R-23"]
    assert remark("R-23").voice.hat.endswith(load.row("C-03").name)  # the first one with this role
    named = [[entry.code for entry in index.named_by(remark(code), "speaks_for")] for code in ("R-05", "R-23")]
    assert named == [["C-01"], []]


def test_replies_may_stand_before_what_they_answer(store: None, data: dict[str, dict[str, Any]]) -> None:
    data[REMARKS]["reacties"].reverse()
    load = take_over(data)
    assert remark("R-02").reply_to_id == load.row("R-01").id
    assert remark("R-18").reply_to_id == load.row("R-17").id
    in_order = db.session.scalars(select(Remark.code).order_by(Remark.position)).all()
    assert in_order == [each["id"] for each in data[REMARKS]["reacties"]]


def test_an_answer_is_no_influence_on_a_text(store: None, demo: Directory) -> None:
    """'Overgenomen' says what was decided; which version it shaped, the file does not say."""
    take_over(demo.data)
    found = remark("R-10")
    assert (found.answer.verdict, found.answer.answered_at, found.answer.voice) == ("adopted", None, None)
    assert [entry.code for entry in index.named_by(found, "about")] == ["BH-01"]
    assert trail.led_to(found) == []
    assert [event.verb for event in trail.history(found)] == ["remark.made", "remark.answered"]


def test_bids_close_at_a_clock_time_and_nobody_is_kept_with_a_question(store: None, demo: Directory) -> None:
    load = take_over(demo.data)
    note = db.session.scalars(select(InformationNote)).one()
    assert note.closes_at == datetime(2026, 3, 9, 11, tzinfo=UTC)
    assert [each.code for each in note.questions if each.changes_call] == ["NIV-2", "NIV-6"]
    events = [event for each in note.questions for event in trail.history(each)]
    assert {(event.voice_id, event.person_id, event.happened_precision) for event in events} == {(None, None, "day")}
    assert not {column.name for column in Question.__table__.columns} & {"voice_id", "person_id", "organisation_id"}
    assert load.row("NB-2026").residents_unnamed is True


def written(load: Load) -> list[dict[str, Any]]:
    dump = Export(load.neighbourhood, index.links_of, speakers=Speakers(load.neighbourhood))
    exchange.write_out(dump)
    found: list[dict[str, Any]] = dump.file(7)["reacties"]
    return found


def made_here(load: Load, code: str, **changes: Any) -> Remark:
    """A remark of P-04, chair of two centres, made in the browser."""
    begin_writing()
    article = load.row("UA-03")
    values: dict[str, Any] = {
        "text": "Noem een bedrag.", "said_at": datetime(2025, 11, 20, 12, 5, 7, 89, tzinfo=UTC),
        "version": texts.version(article.text, 1), "voice": remark("R-05").voice,
    }  # fmt: skip
    found = apply_remark(VISITOR, article, code=code, **values | changes)
    trail.commit()
    return found


def test_a_remark_made_here_tells_which_passage_and_on_whose_behalf(
    store: None, data: dict[str, dict[str, Any]]
) -> None:
    board = next(each for each in data["01_organisaties_rollen_centra.yaml"]["personen"] if each["id"] == "P-04")
    board["mandaten"].insert(0, {"rol": "bestuurslid_zelfbeheer", "centrum": "C-03"})
    article = next(each for each in data[CALL]["artikelen"] if each["id"] == "UA-03")
    article["concept"] = "Waar mogelijk, waar mogelijk."
    data[REMARKS]["reacties"] = [item(data, "R-05") | {"citaat": "mogelijk"}]
    load = take_over(data)
    made_here(load, "R-90", quote="mogelijk", occurrence=2)
    made_here(load, "R-91", quote="Waar mogelijk, waar mogelijk.")
    made_here(load, "R-92", quote="staat er niet meer", version=texts.version(article_text(load), 2))
    old, second, whole, gone = written(load)
    assert (old["citaat"], old["voorkomen"], old["namens"], old["tijd"]) == (
        "mogelijk", None, "C-01", datetime(2025, 11, 11, 20, 47, tzinfo=UTC),
    )  # fmt: skip
    assert (second["citaat"], second["voorkomen"], second["datum"]) == ("mogelijk", 2, date(2025, 11, 20))
    assert second["namens"] == "C-01"  # without it the file would mean the first mandate, at C-03
    assert (whole["citaat"], whole["voorkomen"]) == ("Waar mogelijk, waar mogelijk.", None)
    assert gone["citaat"] is None


def article_text(load: Load) -> Text:
    found: Text = load.row("UA-03").text
    return found


def test_everybody_may_read_the_call(store: None, demo: Directory) -> None:
    take_over(demo.data)
    for model in (Call, Article, Question):
        for thing in db.session.scalars(policy.visible(VISITOR, model)):
            assert policy.may(VISITOR, "view", thing)
