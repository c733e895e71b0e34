"""Sessions at the server: a visitor has none, ending one kills every copy, and nothing can be planted."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from wijkplatform.core.db import db
from wijkplatform.people import devices, service
from wijkplatform.people.models import Session

COOKIE = "wijk_sessie"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


@pytest.mark.parametrize(
    "path", ["/inloggen", "/inloggen?bewaard=1", "/inloggen/code?aanvraag=x", "/schrijf", "/niets"]
)
def test_a_visitor_gets_no_cookie(client, app, path):
    assert "Set-Cookie" not in client.get(path).headers
    with app.app_context():
        assert db.session.scalars(select(Session)).all() == []


def test_what_a_visitor_writes_is_gone(client):
    client.get("/schrijf")
    assert set(client.get("/lees").json.values()) == {None}


def test_the_cookie(client, door, app):
    door.ask(client)
    cookie = client.post(door.link()).headers["Set-Cookie"]
    assert all(flag in cookie for flag in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"))
    assert "Secure" not in cookie
    app.config["SESSION_COOKIE_SECURE"] = True
    other = app.test_client()
    door.ask(other)
    assert "; Secure" in other.post(door.link()).headers["Set-Cookie"]
    with app.app_context():
        for row in db.session.scalars(select(Session)):
            assert row.token_hash not in cookie
            assert len(row.token_hash) == 64


def test_data_is_kept_and_the_secret_is_not_to_be_written(client, door):
    door.log_in(client)
    before = client.get("/lees").json
    client.get("/schrijf")
    after = client.get("/lees").json
    assert after["hat"] == 3
    assert after["_flashes"][-1] == ["message", "een bericht"]
    assert after["secret"] == before["secret"] != "mijn eigen geheim"
    assert after["_user_id"] == before["_user_id"] == "1"
    assert after["_id"] is None, "a digest of the network address is not kept"


def test_a_copied_cookie_dies_with_the_logout(client, door, app):
    token = door.log_in(client)
    thief = app.test_client()
    thief.set_cookie(COOKIE, token)
    assert thief.get("/wie").text == "persoon 1"
    answer = client.post("/uitloggen", data=door.token(client))
    assert answer.status_code == 303
    assert f"{COOKIE}=;" in answer.headers["Set-Cookie"]
    assert client.get_cookie(COOKIE) is None
    assert "U bent uitgelogd" in client.get(answer.headers["Location"]).text
    refused = thief.get("/wie")
    assert refused.text == "persoon None"
    assert f"{COOKIE}=;" in refused.headers["Set-Cookie"]


def test_a_planted_cookie_is_not_used(client, door, app):
    client.set_cookie(COOKIE, "geplant")
    token = door.log_in(client)
    assert token != "geplant"
    attacker = app.test_client()
    attacker.set_cookie(COOKIE, "geplant")
    assert attacker.get("/wie").text == "persoon None"


def test_logging_in_over_a_session_ends_it(client, door, app):
    """Somebody planted their own session: after logging in it is neither the victim's nor open any more."""
    planted = door.log_in(app.test_client(), "aanvaller@voorbeeld.nl")
    client.set_cookie(COOKIE, planted)
    client.get("/schrijf")
    assert door.log_in(client, "ans@voorbeeld.nl") != planted
    assert client.get("/wie").text == "persoon 2"
    assert client.get("/lees").json["hat"] is None
    attacker = app.test_client()
    attacker.set_cookie(COOKIE, planted)
    assert attacker.get("/wie").text == "persoon None"


@pytest.mark.parametrize(("visits", "last", "still_in"), [
    ([], 13, True), ([], 14, False), ([10, 20], 29, True), ([10, 20], 30, False),
])  # fmt: skip
def test_idle_and_longest(client, door, visits, last, still_in):
    start = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        token = door.log_in(client)
        for days in visits:
            clock.move_to(start + timedelta(days=days))
            assert client.get("/wie", headers={"Cookie": f"{COOKIE}={token}"}).text == "persoon 1"
        clock.move_to(start + timedelta(days=last))
        answer = client.get("/wie", headers={"Cookie": f"{COOKIE}={token}"})
        assert answer.text == ("persoon 1" if still_in else "persoon None")


def test_seen_is_touched_every_ten_minutes_at_most(client, door, app):
    updates = []

    def listen(connection, cursor, statement, *rest) -> None:
        if statement.startswith("UPDATE session"):
            updates.append(statement)

    start = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    with app.app_context():
        engine = db.engine
    with time_machine.travel(start, tick=False) as clock:
        door.log_in(client)
        client.get("/mijn/sessies")
        event.listen(engine, "before_cursor_execute", listen)
        for minutes, expected in ((9, 0), (10, 1), (19, 1), (20, 2)):
            clock.move_to(start + timedelta(minutes=minutes))
            client.get("/wie")
            client.get("/wie")
            assert len(updates) == expected
        event.remove(engine, "before_cursor_execute", listen)


def test_a_form_without_its_token_is_refused(client, door):
    door.log_in(client)
    for wrong in ({}, {"csrf_token": "onzin"}, {"csrf_token": "a.b"}):
        answer = client.post("/deed", data=wrong)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/inloggen")
    assert client.get("/lees").json["hat"] is None
    assert client.post("/deed", data=door.token(client)).text == "gedaan"


def test_a_token_of_another_session_is_refused(client, door, app):
    other = app.test_client()
    door.log_in(client)
    door.log_in(other, "piet@voorbeeld.nl")
    assert client.post("/deed", data=door.token(other)).status_code == 303


@pytest.mark.parametrize("headers", [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://kwaad.example"},
    {"Origin": "null"},
])  # fmt: skip
def test_forms_of_other_sites_are_refused(client, door, headers):
    assert door.ask(client, headers=headers).status_code == 403
    door.ask(client)
    link = door.link()
    assert client.post(link, headers=headers).status_code == 403
    assert client.post(link, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303
    token = door.token(client)
    assert client.post("/deed", data=token, headers=headers).status_code == 403


def test_own_sessions(client, door, app):
    door.log_in(client)
    phone, stranger = app.test_client(), app.test_client()
    phone.environ_base["HTTP_USER_AGENT"] = FIREFOX
    door.log_in(phone)
    door.log_in(stranger, "piet@voorbeeld.nl")
    shown = client.get("/mijn/sessies").text
    assert "Firefox op Android" in shown
    assert shown.count("Dit apparaat") == 1
    paths = re.findall(r'action="(/mijn/sessies/[\w-]+/beeindigen)"', shown)
    assert len(paths) == 1, "one's own other session, and nobody else's"
    assert stranger.post(paths[0], data=door.token(stranger)).status_code == 404
    assert phone.get("/wie").text == "persoon 1"
    assert client.post(paths[0], data=door.token(client)).status_code == 303
    assert phone.get("/wie").text == "persoon None"
    assert client.get("/wie").text == "persoon 1"


def test_ending_all_others(client, door, app):
    door.log_in(client)
    others = [app.test_client() for _number in range(2)]
    for each in others:
        door.log_in(each)
    stranger = app.test_client()
    door.log_in(stranger, "piet@voorbeeld.nl")
    client.post("/mijn/sessies/andere", data=door.token(client))
    assert [each.get("/wie").text for each in (client, *others, stranger)] == [
        "persoon 1", "persoon None", "persoon None", "persoon 2"
    ]  # fmt: skip


def test_own_sessions_are_for_people(client):
    assert client.get("/mijn/sessies").headers["Location"] == "/inloggen?verder=/mijn/sessies"


def test_without_the_database_nobody_is_taken_for_a_visitor(client, door, app, monkeypatch):
    door.log_in(client)

    def away(token):
        raise OperationalError("SELECT", {}, Exception("away"))

    monkeypatch.setattr("wijkplatform.people.sessions._find", away)
    answer = client.get("/wie")
    assert answer.status_code == 503
    assert "Set-Cookie" not in answer.headers
    monkeypatch.undo()
    assert client.get("/wie").text == "persoon 1"


def test_cleaning_forgets_what_is_long_over(client, door, app):
    start = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        door.log_in(client)
        with app.app_context():
            clock.move_to(start + timedelta(days=20))
            service.clean()
            assert db.session.scalar(select(db.func.count(Session.id))) == 1
            clock.move_to(start + timedelta(days=22))
            service.clean()
            db.session.rollback()
            for table in ("session", "login_request", "attempt"):
                assert db.session.scalar(db.text(f"SELECT count(*) FROM {table}")) == 0


@pytest.mark.parametrize(("agent", "words"), [
    (FIREFOX, "Firefox op Android"),
    ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge op Windows"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari op iPhone"),
    ("curl/8.0", "Onbekend apparaat"), ("", "Onbekend apparaat"), ("<script>alert(1)</script>", "Onbekend apparaat"),
])  # fmt: skip
def test_devices_in_words(agent, words):
    assert devices.in_words(devices.known(agent)) == words
