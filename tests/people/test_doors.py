"""Where one goes after logging in, who may knock how often, and the two side doors: the demo and the command line."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from wijkplatform.core import policy, trail
from wijkplatform.core.actor import VISITOR, Actor, Hat, command_line
from wijkplatform.core.aside import aside
from wijkplatform.core.db import db
from wijkplatform.core.errors import Invalid, NotThere, Refused, TooMany
from wijkplatform.people import addresses, queries, service
from wijkplatform.people.models import LoginRequest, Person, Session
from wijkplatform.web.paths import own_path

from .conftest import make_app

ATTACKS = [
    "//kwaad.example", "///kwaad.example", "/\\kwaad.example", "\\\\kwaad.example", "https://kwaad.example",
    "http:kwaad.example", "https:/kwaad.example", "javascript:alert(1)", "data:text/html,x", "kwaad.example", "@kwaad",
    "/%2fkwaad.example", "/%2Fkwaad.example", "/%5ckwaad.example", "/%252fkwaad.example", "/%25252fkwaad.example",
    "%2f%2fkwaad.example", "/\t/kwaad.example", "/\n/kwaad.example", "/%09/kwaad.example", "/%0d%0aSet-Cookie:x=1",
    "/\r\nLocation: https://kwaad.example", " //kwaad.example", "/ /kwaad.example", "/\x00/kwaad", "/.//kwaad.example",
    "/..//kwaad.example", "/wijk/..//kwaad.example", "/wijk//kwaad.example", "/%2e%2e/%2fkwaad", "/\uff0fkwaad.example",
    "/\u2028/kwaad", "/\u202ekwaad", "/\\/kwaad", "/inloggen", "/inloggen/link/x", "/uitloggen", "/%69nloggen",
    "/" + "a" * 600, "/%25252525252fkwaad",
]  # fmt: skip
GOOD = [
    "/", "/wijken/zuiderkwartier", "/wijken/zuiderkwartier/agenda?soort=nieuw&tot=40#punt-21", "/zoeken?q=caf%C3%A9+en",
    "/zoeken?q=https://voorbeeld.nl", "/wijken/caf\u00e9", "/mijn/sessies",
]  # fmt: skip


@pytest.mark.parametrize("path", ATTACKS)
def test_attacks_on_where_to_go_lead_home(path):
    assert own_path(path) == "/"


@pytest.mark.parametrize("path", GOOD)
def test_own_paths_are_kept(path):
    assert own_path(path) == path


@pytest.mark.parametrize(("path", "lands"), [
    ("/mijn/sessies", "/mijn/sessies"), ("//kwaad.example", "/"), ("/\\kwaad.example", "/"),
    ("https://kwaad.example", "/"),
])  # fmt: skip
def test_where_to_go_all_the_way(client, door, path, lands):
    door.ask(client, form={"verder": path})
    assert client.post(door.link()).headers["Location"] == lands
    assert client.get("/inloggen", query_string={"verder": path}).headers["Location"] == lands


def test_where_to_go_is_checked_again_when_it_is_used(client, door, app):
    door.ask(client)
    with app.app_context(), aside() as beside:
        beside.scalars(select(LoginRequest)).one().next_path = "//kwaad.example"
    assert client.post(door.link()).headers["Location"] == "/"


def test_five_mails_an_hour_to_one_address(client, app, door, mails):
    with time_machine.travel(datetime(2026, 1, 5, 9, 0, tzinfo=UTC), tick=False) as clock:
        for _number in range(5):
            assert door.ask(client).status_code == 303
        clock.shift(timedelta(minutes=20))
        refused = door.ask(client, "ANS@voorbeeld.nl")
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "2400"
        assert "Probeer het over 40 minuten opnieuw." in refused.text
        assert door.ask(client, "piet@voorbeeld.nl").status_code == 303, "somebody else is not locked out"
        elsewhere = {"environ_overrides": {"REMOTE_ADDR": "10.1.2.3"}}
        assert door.ask(client, **elsewhere).status_code == 303, "nor is Ans herself, from her own connection"
        assert {mail["To"] for mail in mails()} == {"piet@voorbeeld.nl", "ans@voorbeeld.nl"}, "old ones open nothing"
        assert len(mails()) == 2
        clock.shift(timedelta(minutes=40))
        assert door.ask(client).status_code == 303
        assert len(mails()) == 3


def test_one_address_gets_no_flood_from_many_networks(client, door, mails):
    statuses = [
        door.ask(client, environ_overrides={"REMOTE_ADDR": f"10.0.0.{number}"}).status_code for number in range(20)
    ]
    assert statuses == [303] * 15 + [429] * 5


def test_forty_people_behind_one_connection_get_in(app, door):
    statuses = [door.ask(app.test_client(), f"buur{number}@voorbeeld.nl").status_code for number in range(40)]
    assert statuses == [303] * 40


def test_a_network_has_its_limit_and_others_have_none_of_it(client, app, door):
    with app.app_context():
        for number in range(service.FROM_NETWORK.most):
            service.ask(f"buur{number}@voorbeeld.nl", None, "2001:db8:1:2::1")
        with pytest.raises(TooMany) as refused:
            service.ask("nieuw@voorbeeld.nl", None, "2001:db8:1:2:ffff::9")  # the same connection
        assert 3500 < refused.value.seconds <= 3600
        service.ask("nieuw@voorbeeld.nl", None, "2001:db8:1:3::1")


def test_many_wrong_codes_close_the_codes_and_never_the_link(client, app, door):
    with app.app_context():
        for number in range(4):
            request = service.ask("ans@voorbeeld.nl", None, f"10.0.0.{number}")
            for _try in range(5):
                with pytest.raises(Invalid):
                    service.consume_code(request, "x")
        request = service.ask("ans@voorbeeld.nl", None, "10.0.0.9")
        with pytest.raises(TooMany, match="link in uw mail werkt nog"):
            service.consume_code(request, "x")
    assert client.post(door.link()).status_code == 303


@pytest.mark.parametrize(("typed", "kept"), [
    ("Ans@Voorbeeld.NL", "ans@voorbeeld.nl"), (" ans@voorbeeld.nl\n", "ans@voorbeeld.nl"),
    ("ans@bücher.example", "ans@xn--bcher-kva.example"), ("ANS@XN--BCHER-KVA.example", "ans@xn--bcher-kva.example"),
    ("jose\u0301@voorbeeld.nl", "jos\u00e9@voorbeeld.nl"), ("JOSÉ@voorbeeld.nl", "jos\u00e9@voorbeeld.nl"),
    ("ans@voorbeeld\u3002nl", "ans@voorbeeld.nl"), ("ans@proef.test", "ans@proef.test"),
])  # fmt: skip
def test_one_spelling(typed, kept):
    assert addresses.normal(typed) == kept
    assert addresses.normal(kept) == kept


@pytest.mark.parametrize("typed", [
    "", "ans", "@voorbeeld.nl", "ans@kpn", "ans@voorbeeld.nl\nBcc: piet@voorbeeld.nl", "ans@[127.0.0.1]", "a@b@c.nl",
    "Ans <ans@voorbeeld.nl>", "ans@voorbeeld..nl", "\u202eans@voorbeeld.nl", "x" * 260 + "@voorbeeld.nl", "a\x00@b.nl",
])  # fmt: skip
def test_what_is_no_address(typed):
    with pytest.raises(Invalid, match=r"zoals naam@voorbeeld\.nl"):
        addresses.normal(typed)


def brought(app, **values) -> str:
    with app.app_context(), aside() as beside:
        person = Person(name="Ans Terhove", email="ans@demo.test", **values)
        beside.add(person)
        beside.flush()
        return f"/demo/inloggen/{person.public_id}"


def test_the_demo_door(tmp_path):
    app = make_app(tmp_path, demo=True)
    client, path = app.test_client(), brought(app, invented=True)
    page = client.get(path)
    assert "Dit is een demo." in page.text
    assert "Ans Terhove" in page.text
    assert "Set-Cookie" not in page.headers
    for _again in range(2):
        assert app.test_client().post(path).status_code == 303
    with app.app_context():
        assert [row.strong for row in db.session.scalars(select(Session))] == [True, True]
    assert client.get("/demo/inloggen/onbekend").status_code == 404


def test_an_account_made_by_mail_has_no_demo_door(tmp_path):
    app = make_app(tmp_path, demo=True)
    path = brought(app, invented=False)
    assert app.test_client().get(path).status_code == 404
    assert app.test_client().post(path).status_code == 404


def test_outside_the_demo_the_door_is_not_there(client, app):
    path = brought(app, invented=True)
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 404
        assert "Ans" not in answer.text
        assert "Set-Cookie" not in answer.headers


def test_a_link_from_the_command_line(client, app):
    with app.app_context():
        service.create(command_line(), "beheerder@voorbeeld.nl")
        trail.commit()
        url = service.login_link(command_line(), "Beheerder@voorbeeld.nl")
        trail.commit()
        assert url.startswith("http://127.0.0.1:5000/inloggen/link/")
        events = trail.history(queries.account("beheerder@voorbeeld.nl"))
        assert [(each.verb, each.system) for each in events] == [
            ("person.created", "opdrachtregel"), ("person.login_link_made", "opdrachtregel")
        ]  # fmt: skip
        assert url.rpartition("/")[2] not in str(events[-1].facts)
    path = url.removeprefix("http://127.0.0.1:5000")
    assert "Log in" in client.get(path).text
    assert client.post(path).status_code == 303
    assert app.test_client().post(path).status_code == 410
    with app.app_context():
        assert db.session.scalars(select(Session)).one().strong is True


def test_a_link_is_for_the_command_line_alone(client, app, door, persons):
    door.log_in(client)
    with app.app_context():
        for actor in (VISITOR, Actor(person_id=1), Actor(system="klok")):
            with pytest.raises(Refused):
                service.login_link(actor, "ans@voorbeeld.nl")
        with pytest.raises(NotThere):
            service.login_link(command_line(), "niemand@voorbeeld.nl")
        with pytest.raises(Invalid):
            service.create(command_line(), "ANS@voorbeeld.nl")


def hat(kind: str, place: int) -> Hat:
    return Hat(mandate_id=1, neighbourhood_id=place, role=kind, kind=kind, shown=kind)


ACTORS = {
    "visitor": VISITOR, "self": Actor(person_id=1), "another": Actor(person_id=2),
    "administrator here": Actor(person_id=2, hats=(hat("administrator", 5),)),
    "administrator elsewhere": Actor(person_id=2, hats=(hat("administrator", 6),)),
    "official here": Actor(person_id=2, hats=(hat("official", 5),)), "command line": command_line(),
}  # fmt: skip
MATRIX = [
    (Person(id=1, home_id=5), "view", {"self", "administrator here"}),
    (Person(id=1, home_id=None), "view", {"self"}),
    (Person(id=1, home_id=5), "make_login_link", {"command line"}),
    (Session(id=1, person_id=1), "view", {"self"}),
    (Session(id=1, person_id=1), "end", {"self"}),
    (LoginRequest(id=1), "view", set()),
]


@pytest.mark.parametrize(("thing", "action", "allowed"), MATRIX)
def test_who_may(thing, action, allowed):
    assert {name for name, actor in ACTORS.items() if policy.may(actor, action, thing)} == allowed


def test_lists_say_the_same_as_the_rules(client, app, door):
    door.log_in(client)
    door.log_in(app.test_client(), "piet@voorbeeld.nl")
    with app.app_context():
        for actor in ACTORS.values():
            for model in (Person, Session, LoginRequest):
                every = db.session.scalars(select(model)).all()
                listed = set(db.session.scalars(policy.visible(actor, model)))
                assert listed == {each for each in every if policy.may(actor, "view", each)}
