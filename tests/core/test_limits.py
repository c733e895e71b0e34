"""Limits: they hold with several processes, say when to retry, shut nobody else out, and keep no addresses."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from wijkplatform.core import db as database
from wijkplatform.core import limits
from wijkplatform.core.aside import aside
from wijkplatform.core.db import db
from wijkplatform.core.errors import TooMany
from wijkplatform.core.limits import Attempt, Limit

START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # half an hour before the clock changes
THREE = Limit("proef", 3, timedelta(hours=1), "U vroeg dit al drie keer.")


@pytest.fixture
def app(tmp_path):
    app = Flask("proef")
    app.config.update(SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'wijk.sqlite3'}", SECRET_KEY="k" * 40)
    database.init(app)
    with app.app_context():
        Attempt.__table__.create(db.engine)
        yield app


@pytest.fixture
def clock(app):
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def test_up_to_and_not_over(clock):
    for _number in range(3):
        limits.count(THREE, "ans")
    with pytest.raises(TooMany) as refused:
        limits.count(THREE, "ans")
    assert refused.value.seconds == 3600
    assert str(refused.value.sentence) == "U vroeg dit al drie keer. Probeer het over 60 minuten opnieuw."
    limits.count(THREE, "piet")
    limits.count(Limit("anders", 1, timedelta(hours=1), "x"), "ans")


def test_what_was_refused_prolongs_nothing(clock):
    for _number in range(3):
        limits.count(THREE, "ans")
    for minutes in range(10, 60, 10):
        clock.move_to(START + timedelta(minutes=minutes))
        with pytest.raises(TooMany) as refused:
            limits.count(THREE, "ans")
        assert refused.value.seconds == (60 - minutes) * 60
    clock.move_to(START + timedelta(hours=1))
    for _number in range(3):
        limits.count(THREE, "ans")
    with pytest.raises(TooMany):
        limits.count(THREE, "ans")


def test_a_refusal_undoes_what_was_counted_beside_it(clock):
    other = Limit("ernaast", 100, timedelta(hours=1), "x")
    for _number in range(5):
        try:
            with aside() as session:
                limits.take(session, other, "ans")
                limits.take(session, THREE, "ans")
        except TooMany:
            pass
    counts = dict(db.session.execute(select(Attempt.kind, Attempt.count)).all())
    assert counts == {"ernaast": 3, "proef": 3}


def test_at_the_same_time(app):
    start, outcomes = threading.Barrier(10), []

    def attempt() -> None:
        with app.app_context():
            start.wait()
            try:
                limits.count(THREE, "ans")
                outcomes.append("in")
            except TooMany:
                outcomes.append("later")

    threads = [threading.Thread(target=attempt) for _number in range(10)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["in"] * 3 + ["later"] * 7


def test_nothing_to_be_read_back(app):
    limits.count(THREE, "ans@voorbeeld.nl")
    [row] = db.session.scalars(select(Attempt))
    before = row.key_hash
    assert "ans" not in str(vars(row))
    app.config["SECRET_KEY"] = "another key " * 4
    assert limits.key_hash("proef", "ans@voorbeeld.nl") != before, "without the key nobody can try addresses out"


def test_forgotten_after_seven_days(clock):
    limits.count(THREE, "ans")
    clock.shift(timedelta(days=7))
    limits.clean()
    assert len(db.session.scalars(select(Attempt)).all()) == 1
    clock.shift(timedelta(seconds=1))
    limits.clean()
    db.session.rollback()
    assert db.session.scalars(select(Attempt)).all() == []


@pytest.mark.parametrize(("seconds", "words"), [
    (1, "Probeer het over 1 minuut opnieuw."), (60, "Probeer het over 1 minuut opnieuw."),
    (61, "Probeer het over 2 minuten opnieuw."), (3600, "Probeer het over 60 minuten opnieuw."),
])  # fmt: skip
def test_when_to_retry(seconds, words):
    assert limits.when(seconds) == words


@pytest.mark.parametrize(("address", "network"), [
    ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("2001:db8:1:2::1", "2001:db8:1:2::/64"), (None, "unknown"), ("", "unknown"), ("onzin", "unknown"),
])  # fmt: skip
def test_what_one_connection_is(address, network):
    assert limits.network_of(address) == network
