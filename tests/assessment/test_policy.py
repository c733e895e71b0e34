"""Who sees what of an assessment: before the bids close, while the team works, and once the decision was sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask

import wijkplatform
from wijkplatform.agenda import exchange as agenda
from wijkplatform.assessment import exchange
from wijkplatform.assessment.models import AssessmentPlanning, Bid, Consensus, Decision, Score, Seat
from wijkplatform.calls import exchange as calls
from wijkplatform.core import db as database
from wijkplatform.core import trail
from wijkplatform.core.actor import VISITOR, Actor, takeover
from wijkplatform.core.db import Base, begin_writing, db
from wijkplatform.core.policy import may, table, tables, visible, why_not
from wijkplatform.core.transfer import Load
from wijkplatform.criteria import exchange as criteria
from wijkplatform.exchange import directory
from wijkplatform.index import service as index
from wijkplatform.places import exchange as places
from wijkplatform.places.queries import actor_of
from wijkplatform.plans import exchange as plans
from wijkplatform.rounds import exchange as rounds

DEMO = Path(wijkplatform.__path__[0]) / "demo"
UP_TO_HERE = (places, rounds, agenda, plans, criteria, calls, exchange)

#: Bids close on 9 March 2026 at noon; the decision is sent on 22 April.
TENDER, WORK, DONE = "2026-03-09T10:59:59Z", "2026-04-21T21:59:59Z", "2026-04-21T22:00:00Z"
VISITS = {
    "visitor": None,
    "resident": "P-03",
    "assessor": "P-13",
    "official": "P-10",
    "buyer": "P-11",
    "official of a partner with a seat": "P-17",
    "board member with a tie": "P-04",
    "executive": "P-12",
    "provider that bids": "P-09",
}
TEAM = {"assessor", "official", "buyer", "official of a partner with a seat"}
MODELS = (AssessmentPlanning, Seat, Bid, Score, Consensus, Decision)


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Load]:
    """Zuiderkwartier, taken over up to here."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path_factory.mktemp('db')}/t.sqlite3"
    database.init(app)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        begin_writing()
        db.session.add(trail.ChainHead(number=0, hash=trail.GENESIS))
        trail.commit()

        begin_writing()
        found = Load(takeover(), directory.read(DEMO / "zuiderkwartier").data, index.register)
        for feature in UP_TO_HERE:
            feature.take_over(found)
        trail.commit()
        yield found
        db.session.rollback()


def actor(load: Load, who: str) -> Actor:
    code = VISITS[who]
    return VISITOR if code is None else actor_of(load.rows[code].id)


def seen(load: Load, who: str, model: type) -> int:
    return len(db.session.scalars(visible(actor(load, who), model)).all())


@pytest.mark.parametrize("moment", [TENDER, WORK, DONE])
@pytest.mark.parametrize("who", VISITS)
def test_lists_show_exactly_what_the_rules_allow(load: Load, who: str, moment: str) -> None:
    with time_machine.travel(moment, tick=False):
        for model in MODELS:
            rows = db.session.query(model).all()
            allowed = {row.id for row in rows if may(actor(load, who), "view", row)}
            assert {row.id for row in db.session.scalars(visible(actor(load, who), model))} == allowed


@pytest.mark.parametrize("who", VISITS)
def test_nobody_opens_a_bid_before_the_closing_time(load: Load, who: str) -> None:
    with time_machine.travel(TENDER, tick=False):
        assert seen(load, who, Bid) == 0
        assert not may(actor(load, who), "read_offer", load.row("IN-B"))


@pytest.mark.parametrize("who", VISITS)
def test_until_the_decision_is_sent_only_the_team_sees_the_work(load: Load, who: str) -> None:
    with time_machine.travel(WORK, tick=False):
        inside = who in TEAM
        own = 1 if who == "provider that bids" else 0
        assert (seen(load, who, Bid), seen(load, who, Consensus), seen(load, who, Score)) == (
            (3, 24, 120) if inside else (own, 0, 0)
        )
        assert seen(load, who, Decision) == 0


@pytest.mark.parametrize("who", VISITS)
def test_the_public_reads_the_verdict_and_not_who_gave_which_score(load: Load, who: str) -> None:
    with time_machine.travel(DONE, tick=False):
        assert (seen(load, who, Bid), seen(load, who, Consensus), seen(load, who, Decision)) == (3, 24, 1)
        assert seen(load, who, Score) == (120 if who in TEAM else 0)


@pytest.mark.parametrize("who", VISITS)
def test_a_declaration_is_for_the_team_and_for_who_made_it(load: Load, who: str) -> None:
    own = 1 if who == "board member with a tie" else 0
    assert seen(load, who, Seat) == (6 if who in TEAM else own)


@pytest.mark.parametrize("who", VISITS)
def test_price_and_summary_stay_with_the_team_and_the_bidder(load: Load, who: str) -> None:
    read = [code for code in ("IN-A", "IN-B", "IN-C") if may(actor(load, who), "read_offer", load.row(code))]
    assert read == (["IN-A", "IN-B", "IN-C"] if who in TEAM else ["IN-B"] if who == "provider that bids" else [])


def test_a_tie_shuts_out_an_official_too(load: Load) -> None:
    """The municipality's own people declare like everybody else."""
    begin_writing()
    seat = load.row("BO-3")
    seat.tie_organisation_id = load.row("ORG-BRUG").id
    db.session.flush()
    assert not may(actor(load, "official"), "read_offer", load.row("IN-A"))
    db.session.rollback()
    assert may(actor(load, "official"), "read_offer", load.row("IN-A"))


def test_somebody_elses_neighbourhood_is_not_ones_own(load: Load) -> None:
    """A seat here opens nothing elsewhere."""
    elsewhere = Score(neighbourhood_id=load.neighbourhood.id + 1)
    assert not may(actor(load, "assessor"), "view", elsewhere)


def test_a_refusal_says_when(load: Load) -> None:
    with time_machine.travel(WORK, tick=False):
        sentence = why_not(VISITOR, "view", load.row("IN-A"))
    assert sentence == "Dit is openbaar zodra de gunningsbeslissing is verstuurd."


def test_every_kind_has_a_table() -> None:
    assert set(MODELS) <= set(tables())
    assert all(table(model).actions["view"] for model in MODELS)
