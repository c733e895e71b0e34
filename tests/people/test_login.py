"""Getting in by mail: by link and by code, once, in time, and the same for everybody."""

import re
import socket
import threading
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import event, func, select

from wijkplatform.core import outbox, trail
from wijkplatform.core.db import db
from wijkplatform.people.models import LoginRequest, Session

from .conftest import Door, make_app


def test_by_link(client, door, persons):
    assert door.ask(client).headers["Location"].startswith("/inloggen/code?aanvraag=")
    assert persons() == []
    link = door.link()
    assert "Log in" in client.get(link).text
    answer = client.post(link)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    [person] = persons()
    assert person.email == "ans@voorbeeld.nl"
    assert client.get("/wie").text == f"persoon {person.id}"


def test_an_account_is_made_once_with_one_event(client, app, door, persons):
    door.log_in(client)
    door.log_in(app.test_client(), "  ANS@Voorbeeld.NL ")
    [person] = persons()
    with app.app_context():
        [event] = trail.history(person)
        assert (event.verb, event.person_id, event.facts) == ("person.created", person.id, {})
        assert list(trail.faults()) == []


def test_a_link_works_once(client, app, door):
    door.ask(client)
    link = door.link()
    assert client.post(link).status_code == 303
    other = app.test_client()
    again = other.post(link)
    assert again.status_code == 410
    assert "Deze link werkt niet meer" in again.text
    assert "Set-Cookie" not in again.headers
    assert other.get("/wie").text == "persoon None"
    assert other.get(link).status_code == 410


def test_link_and_code_are_one_key(client, app, door):
    page = door.ask(client).headers["Location"]
    assert client.post(door.link()).status_code == 303
    data = {"aanvraag": page.rpartition("=")[2], "code": door.code()}
    assert app.test_client().post("/inloggen/code", data=data).status_code == 400


@pytest.mark.parametrize(("minutes", "status"), [(9.99, 303), (10, 410)])
def test_ten_minutes(client, door, clock, minutes, status):
    door.ask(client)
    link = door.link()
    clock.shift(timedelta(minutes=minutes))
    assert client.post(link).status_code == status


def test_fetching_uses_nothing_up(client, app, door, persons):
    door.ask(client)
    link = door.link()
    for _number in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert persons() == []
    with app.app_context():
        assert db.session.scalar(select(LoginRequest.used_at)) is None
    assert client.post(link).status_code == 303


def test_the_page_of_a_link_is_kept_nowhere_and_its_form_can_be_sent(client, door):
    """With no-referrer a browser would send `Origin: null`, and its own form would be refused."""
    door.ask(client)
    headers = client.get(door.link()).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


def test_eight_at_once_is_one_session(client, app, door):
    door.ask(client)
    link = door.link()
    start, answers = threading.Barrier(8), []

    def press() -> None:
        mine = app.test_client()
        start.wait()
        answers.append(mine.post(link).status_code)

    threads = [threading.Thread(target=press) for _number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answers) == [303] + [410] * 7
    with app.app_context():
        assert db.session.scalar(select(func.count(Session.id))) == 1


def test_two_links_of_one_new_address_at_once_make_one_account(app, door, mails, persons):
    for _number in range(2):
        door.ask(app.test_client())
    texts = [each.get_body(("plain",)).get_content() for each in mails()]
    links = [re.search(r"/inloggen/link/\S+", text)[0] for text in texts]
    start, answers = threading.Barrier(2), []

    def press(link: str) -> None:
        mine = app.test_client()
        start.wait()
        answers.append(mine.post(link).status_code)

    threads = [threading.Thread(target=press, args=(link,)) for link in links]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert answers == [303, 303]
    [person] = persons()
    with app.app_context():
        assert len(trail.history(person)) == 1
        assert list(trail.faults()) == []


def asked(app, address: str) -> tuple[int, str, str, list[str]]:
    """Status, where to, the page there, and the statements sent to the database; ids taken out."""
    statements: list[str] = []

    def listen(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    client = app.test_client()
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listen)
    try:
        answer = client.post("/inloggen", data={"email": address})
        page = client.get(answer.headers["Location"])
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    plain = [re.sub(r"(?<=aanvraag=)[\w-]{12}|(?<=value=\")[\w-]{12}(?=\")", "…", text) for text in (
        answer.headers["Location"] + answer.text, page.text
    )]  # fmt: skip
    return answer.status_code, plain[0], plain[1], statements


def test_known_and_unknown_are_the_same(client, app, door, mails):
    door.log_in(client, "bekend@voorbeeld.nl")
    known, unknown = asked(app, "bekend@voorbeeld.nl"), asked(app, "vreemde@voorbeeld.nl")
    assert known == unknown
    assert len(known[3]) > 3, "the statements were not seen"
    to_known, to_unknown = mails()[-2:]
    assert (to_known["To"], to_unknown["To"]) == ("bekend@voorbeeld.nl", "vreemde@voorbeeld.nl")
    texts = [
        re.sub(r"/link/[\w-]+|\d{6}", "…", each.get_body(("plain",)).get_content()) for each in (to_known, to_unknown)
    ]
    assert texts[0] == texts[1]
    assert to_known["Subject"] == to_unknown["Subject"]


def test_only_hashes_are_kept(client, app, door, folder):
    door.ask(client)
    link, code = door.link(), door.code()
    token = link.rpartition("/")[2]
    with app.app_context():
        for table in db.metadata.sorted_tables:
            for row in db.session.execute(select(table)):
                assert token not in str(row), table.name
                assert code not in str(row._mapping.get("payload", "")), table.name
                if table.name in ("outbox", "attempt"):
                    assert "ans@" not in str(row), table.name


def test_links_are_built_from_the_settings(client, door, mails):
    door.ask(client, headers={"Host": "kwaad.example", "X-Forwarded-Host": "kwaad.example"})
    [mail] = mails()
    assert "kwaad" not in mail.as_string()
    assert "http://127.0.0.1:5000/inloggen/link/" in door.words()


@pytest.mark.parametrize("typed", ["", "ans", "ans@", "ans@kpn", "ans@voorbeeld.nl, piet@voorbeeld.nl", "a b@c.nl"])
def test_an_address_that_is_none_is_given_back(client, door, mails, typed):
    answer = door.ask(client, typed)
    assert answer.status_code == 400
    assert "zoals naam@voorbeeld.nl" in answer.text
    assert f'value="{typed}"' in answer.text
    assert mails() == []


def test_a_second_address_in_the_form_is_refused(client, mails):
    answer = client.post("/inloggen", data={"email": ["ans@voorbeeld.nl", "piet@voorbeeld.nl"]})
    assert answer.status_code == 400
    assert mails() == []


def test_kept_words_are_announced(client):
    assert "Uw tekst is bewaard." in client.get("/inloggen?bewaard=1").text
    assert "Uw tekst is bewaard." not in client.get("/inloggen").text


def test_over_a_real_mail_server(tmp_path):
    received = []

    class Server:
        async def handle_DATA(self, server, session, envelope):
            received.append(envelope)
            return "250 OK"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(Server(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        app = make_app(tmp_path, mail_url=f"smtp://127.0.0.1:{port}", base_url="https://wijk.voorbeeld.nl")
        client = app.test_client()
        door = Door(app, list)
        door.ask(client)
        with app.app_context():
            assert outbox.deliver() == outbox.Counts(done=1)
    finally:
        server.stop()
    [envelope] = received
    assert envelope.rcpt_tos == ["ans@voorbeeld.nl"]
    text = envelope.content.decode().replace("=\r\n", "")
    link = re.search(r"https://wijk\.voorbeeld\.nl(/inloggen/link/[\w-]+)", text)[1]
    assert client.post(link).status_code == 303
    assert client.get("/wie").text == "persoon 1"
    assert not (tmp_path / "mail").exists()
