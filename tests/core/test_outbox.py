"""The outbox and its mail: nothing is lost, nothing goes out twice, and what was sent leaves no content behind."""

import email
import socket
import threading
import time
from datetime import timedelta
from email.policy import default
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select, update

from wijkplatform.core import clock, mail, outbox
from wijkplatform.core import db as database
from wijkplatform.core.aside import aside
from wijkplatform.core.db import begin_writing, db
from wijkplatform.core.outbox import Counts, Later, Posted, Stop


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setattr(outbox, "_handlers", {})
    monkeypatch.setattr(outbox, "_hourly", [])
    app = Flask("proef")
    app.testing = True
    app.config.update(SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'wijk.sqlite3'}", SECRET_KEY="k" * 40)
    app.settings = SimpleNamespace(
        mail_url="", mail_from="wijk@voorbeeld.nl", site_name="Wijkplatform", data_dir=tmp_path,
        address="https://wijk.voorbeeld.nl",
    )  # fmt: skip
    database.init(app)
    outbox.handle(mail.KIND, mail.send)
    with app.app_context():
        Posted.__table__.create(db.engine)
    return app


def post_letter(to: str = "ans@voorbeeld.nl", subject: str = "Uw mail", text: str = "Geheim 123456", **more) -> None:
    with aside() as session:
        parts = [mail.line(text), mail.button("Open", "/inloggen/link/abc"), mail.sign("123456")]
        mail.post(to, subject, parts, session=session, **more)


def rows() -> list[Posted]:
    db.session.rollback()
    return list(db.session.scalars(select(Posted).order_by(Posted.id)))


def due_now() -> None:
    with aside() as session:
        session.execute(update(Posted).where(Posted.due_at.is_not(None)).values(due_at=clock.now()))


def laid_down(app) -> list:
    return sorted((app.settings.data_dir / "mail").glob("*"))


def test_it_goes_along_with_the_deed_or_not_at_all(app):
    with app.app_context():
        begin_writing()
        outbox.post(mail.KIND, {"to": "x"})
        db.session.flush()
        db.session.rollback()
        assert rows() == []
        outbox.post(mail.KIND, {"to": "x"})
        db.session.commit()
        assert len(rows()) == 1


def test_a_kind_that_nobody_carries_out_is_a_mistake(app):
    with app.app_context(), pytest.raises(LookupError):
        outbox.post("mial", {})


def test_a_file_for_each_mail_and_no_content_left_behind(app):
    with app.app_context():
        post_letter(subject="Café in de wijk")
        assert outbox.deliver() == Counts(done=1)
        assert outbox.deliver() == Counts()
        [row] = rows()
        assert (row.payload, row.due_at, row.last_error) == ({}, None, None)
        assert row.done_at is not None
    [path] = laid_down(app)
    assert path.suffix == ".eml"
    assert path.stat().st_mode & 0o077 == 0
    found = email.message_from_bytes(path.read_bytes(), policy=default)
    assert found["From"] == "Wijkplatform <wijk@voorbeeld.nl>"
    assert found["To"] == "ans@voorbeeld.nl"
    assert found["Subject"] == "Café in de wijk"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Message-ID"].endswith("@wijk.voorbeeld.nl>")
    assert abs((clock.now() - found["Date"].datetime).total_seconds()) < 60
    assert "https://wijk.voorbeeld.nl/inloggen/link/abc" in found.get_body(("plain",)).get_content()
    assert 'href="https://wijk.voorbeeld.nl/inloggen/link/abc"' in found.get_body(("html",)).get_content()


def test_html_escapes_what_people_wrote(app):
    with app.app_context():
        post_letter(text="<script>alert('x')</script>", subject="<b>dag</b>")
        outbox.deliver()
    html = email.message_from_bytes(laid_down(app)[0].read_bytes(), policy=default).get_body(("html",)).get_content()
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("to", [
    "ans@voorbeeld.nl\nBcc: piet@voorbeeld.nl", "ans@voorbeeld.nl\r\n\r\nDag", "ans@voorbeeld.nl, piet@voorbeeld.nl",
    "Ans <ans@voorbeeld.nl>", "ans", "", "ans@voorbeeld.nl\x00", "ans@voor\u2028beeld.nl",
])  # fmt: skip
def test_an_address_that_breaks_out_is_never_sent(app, to):
    with app.app_context():
        post_letter(to)
        assert outbox.deliver() == Counts(stopped=1)
        assert rows()[0].payload == {}
    assert laid_down(app) == []


def test_a_subject_stays_one_line(app):
    app.settings.site_name = "Wijk\r\nBcc: kwaad@voorbeeld.nl"
    with app.app_context():
        post_letter(subject="Dag\r\nBcc: kwaad@voorbeeld.nl\r\n\r\nTekst")
        assert outbox.deliver() == Counts(done=1)
    found = email.message_from_bytes(laid_down(app)[0].read_bytes(), policy=default)
    assert found["Bcc"] is None
    assert found["Subject"] == "Dag Bcc: kwaad@voorbeeld.nl Tekst"
    assert found["From"].addresses[0].addr_spec == "wijk@voorbeeld.nl"


def test_a_retry_replaces_its_own_file(app):
    """A worker that died between writing and marking does not leave two mails."""
    with app.app_context():
        post_letter()
        payload = dict(rows()[0].payload)
        mail.send(payload)
        outbox.deliver()
    assert len(laid_down(app)) == 1


def test_too_late_is_not_sent(app):
    with app.app_context():
        post_letter(until=clock.now() - timedelta(seconds=1))
        assert outbox.deliver() == Counts(stopped=1)
        assert rows()[0].last_error == "too late to be of use"
        assert rows()[0].payload == {}
    assert laid_down(app) == []


class Server:
    """A mail server that answers as it is told."""

    def __init__(self, *answers: str):
        self.answers, self.received = list(answers), []

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.pop(0)
        if answer.startswith("250"):
            self.received.append(envelope)
        return answer


@pytest.fixture
def serve(app):
    started = []

    def start(handler) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        controller = Controller(handler, hostname="127.0.0.1", port=port)
        controller.start()
        started.append(controller)
        app.settings.mail_url = f"smtp://127.0.0.1:{port}"

    yield start
    for each in started:
        each.stop()


def test_451_451_250(app, serve):
    server = Server("451 later", "451 later", "250 OK")
    serve(server)
    with app.app_context():
        post_letter()
        for wait in (60, 300):
            assert outbox.deliver() == Counts(later=1)
            assert outbox.deliver() == Counts(), "not before its time"
            [row] = rows()
            assert row.last_error == "SMTP 451"
            assert abs((row.due_at - clock.now()).total_seconds() - wait) < 10
            due_now()
        assert outbox.deliver() == Counts(done=1)
        assert (rows()[0].attempts, rows()[0].payload) == (3, {})
    [envelope] = server.received
    assert envelope.rcpt_tos == ["ans@voorbeeld.nl"]


@pytest.mark.parametrize(("code", "counts"), [(550, Counts(stopped=1)), (451, Counts(later=1))])
def test_a_refused_receiver(app, serve, code, counts):
    class Picky(Server):
        async def handle_RCPT(self, server, session, envelope, address, options):
            return f"{code} ans@voorbeeld.nl is unknown here"

    serve(Picky())
    with app.app_context():
        post_letter()
        assert outbox.deliver() == counts
        assert rows()[0].last_error == f"SMTP {code}", "the words of the server hold the address"


def test_5xx_stops(app, serve):
    server = Server("554 no", "250 OK")
    serve(server)
    with app.app_context():
        post_letter()
        assert outbox.deliver() == Counts(stopped=1)
        [row] = rows()
        assert (row.payload, row.due_at, row.done_at, row.last_error) == ({}, None, None, "SMTP 554")
        assert outbox.deliver() == Counts()
    assert server.received == []


def test_no_server_is_tried_again(app):
    app.settings.mail_url = "smtp://127.0.0.1:1"
    with app.app_context():
        post_letter()
        assert outbox.deliver() == Counts(later=1)
        assert rows()[0].payload != {}


def test_giving_up_after_the_last_wait(app):
    def fails(payload):
        raise Later("not now")

    outbox.handle("proef", fails)
    with app.app_context():
        outbox.post("proef", {"a": 1})
        db.session.commit()
        for _wait in outbox.WAITS:
            assert outbox.deliver() == Counts(later=1)
            due_now()
        assert outbox.deliver() == Counts(stopped=1)
        assert (rows()[0].due_at, rows()[0].payload) == (None, {})


def test_one_that_fails_does_not_stop_the_next(app):
    def picky(payload):
        if payload["n"] == 1:
            raise ZeroDivisionError("ans@voorbeeld.nl")

    outbox.handle("proef", picky)
    with app.app_context():
        for n in (1, 2, 3):
            outbox.post("proef", {"n": n})
        db.session.commit()
        assert outbox.deliver() == Counts(done=2, later=1)
        assert rows()[0].last_error == "ZeroDivisionError"


def test_several_workers_carry_out_each_once(app):
    seen: list[int] = []
    outbox.handle("proef", lambda payload: (time.sleep(0.002), seen.append(payload["n"])))
    with app.app_context():
        for n in range(60):
            outbox.post("proef", {"n": n})
        db.session.commit()
    start, counts = threading.Barrier(4), []

    def worker() -> None:
        with app.app_context():
            start.wait()
            counts.append(outbox.deliver().done)

    threads = [threading.Thread(target=worker) for _number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(seen) == list(range(60))
    assert sum(counts) == 60
    assert sum(count > 0 for count in counts) > 1, "the work was not shared, so nothing was shown"


def test_the_handler_runs_outside_the_lock(app):
    """While a mail server keeps us waiting, others write."""

    def slow(payload):
        with aside() as session:
            session.add(Posted(kind="proef", payload={}, due_at=None))

    outbox.handle("proef", slow)
    with app.app_context():
        outbox.post("proef", {})
        db.session.commit()
        assert outbox.deliver() == Counts(done=1)
        assert len(rows()) == 2


def test_a_worker_that_dies_gives_its_work_back(app):
    def dies(payload):
        raise SystemExit

    outbox.handle("proef", dies)
    with app.app_context():
        outbox.post("proef", {"n": 1})
        db.session.commit()
        with pytest.raises(SystemExit):
            outbox.deliver()
        [row] = rows()
        assert row.payload == {"n": 1}
        assert clock.now() < row.due_at <= clock.now() + outbox.LEASE
        due_now()
        outbox.handle("proef", lambda payload: None)
        assert outbox.deliver() == Counts(done=1)


def test_who_lost_the_claim_leaves_the_mark_of_another_alone(app):
    def slow(payload):
        with aside() as session:
            session.execute(update(Posted).values(attempts=2, due_at=None, done_at=clock.now(), last_error=None))
        raise Stop("too slow")

    outbox.handle("proef", slow)
    with app.app_context():
        outbox.post("proef", {})
        db.session.commit()
        outbox.deliver()
        assert rows()[0].done_at is not None
        assert rows()[0].last_error is None


def test_the_worker_delivers_cleans_and_stops(app):
    stop, cleaned, done = threading.Event(), [], threading.Event()
    outbox.handle("proef", lambda payload: done.set())

    def clean() -> None:
        cleaned.append(1)
        if len(cleaned) == 1:
            raise RuntimeError("one fault does not end the worker")

    outbox.each_hour(clean)
    with app.app_context():
        outbox.post("proef", {})
        db.session.commit()

    def run() -> None:
        with app.app_context():
            outbox.work(stop, every=0.01)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert done.wait(20), "the worker did not go on after a fault"
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()
    assert cleaned == [1], "once an hour"


def test_marks_are_forgotten_after_a_month(app):
    with app.app_context():
        old = clock.now() - outbox.KEPT - timedelta(days=1)
        with aside() as session:
            for values in ({"done_at": old, "due_at": None}, {"due_at": None}, {"due_at": clock.now()}):
                session.add(Posted(kind="proef", payload={}, created_at=old, **values))
            session.add(Posted(kind="proef", payload={}, due_at=None, done_at=clock.now()))
        outbox.clean()
        assert [(row.due_at is None, row.done_at is None) for row in rows()] == [(False, True), (True, False)]
