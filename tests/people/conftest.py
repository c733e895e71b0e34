"""A small application with people in it and nothing further right; its database is a file, as in earnest."""

import email
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask, flash, session
from flask.testing import FlaskClient

from wijkplatform import people, web
from wijkplatform.config import Settings
from wijkplatform.core import db as database
from wijkplatform.core import outbox, trail
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.aside import aside
from wijkplatform.core.db import Base, db
from wijkplatform.people.models import Person
from wijkplatform.places import models as places_models
from wijkplatform.web import actor as web_actor
from wijkplatform.web.guards import for_people

ROOT = Path(__file__).resolve().parents[2]
assert places_models  # its tables are referred to


def make_app(folder: Path, *, demo: bool = False, **settings: Any) -> Flask:
    app = Flask("wijkplatform", template_folder=str(ROOT / "templates"), static_folder=None)
    app.testing = True
    app.settings = Settings(DATA_DIR=folder, secret_key="k" * 40, **settings)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'wijk.sqlite3'}", SECRET_KEY="k" * 40, DEMO=demo,
        SESSION_COOKIE_SECURE=False, SITE_NAME="Wijkplatform",
    )  # fmt: skip
    database.init(app)
    web.init(app)
    people.register(app)
    web_actor.load_with(lambda person_id: Actor(person_id=person_id) if person_id else VISITOR)
    _routes(app)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with aside() as beside:
            beside.add(trail.ChainHead(number=0, hash=trail.GENESIS))
    return app


def _routes(app: Flask) -> None:
    """What these tests look at: who is in, and a deed that needs somebody."""

    @app.get("/")
    @app.get("/wie")
    def who() -> str:
        return f"persoon {web_actor.current().person_id}"

    @app.post("/deed")
    @for_people("a deed")
    def deed(actor: Actor) -> str:
        session["hat"] = 7
        return "gedaan"

    @app.get("/schrijf")
    def write() -> str:
        flash("een bericht")
        session["hat"] = 3
        session["secret"] = "mijn eigen geheim"
        session["_user_id"] = "999"
        return "geschreven"

    @app.get("/lees")
    def read() -> dict[str, Any]:
        return {key: session.get(key) for key in ("hat", "secret", "_user_id", "_id", "_flashes")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def app(folder: Path) -> Flask:
    return make_app(folder)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def mails(app: Flask, folder: Path) -> Callable[[], list[EmailMessage]]:
    """Deliver what is due and read all the mail laid down so far, oldest first."""

    def read() -> list[EmailMessage]:
        with app.app_context():
            outbox.deliver()
        found = sorted((folder / "mail").glob("*.eml"))
        return [email.message_from_bytes(path.read_bytes(), policy=default) for path in found]

    return read


class Door:
    """The way in, as a person walks it."""

    def __init__(self, app: Flask, mails: Callable[[], list[EmailMessage]]):
        self.app, self.mails = app, mails

    def ask(self, client: FlaskClient, address: str = "ans@voorbeeld.nl", **more: Any) -> Any:
        form = {"email": address, **more.pop("form", {})}
        return client.post("/inloggen", data=form, **more)

    def words(self) -> str:
        """The plain words of the newest mail."""
        return self.mails()[-1].get_body(("plain",)).get_content()

    def link(self) -> str:
        return re.search(r"http://[^/\s]+(/inloggen/link/\S+)", self.words())[1]

    def code(self) -> str:
        return re.search(r"^\d{6}(?=\s*$)", self.words(), re.M)[0]

    def log_in(self, client: FlaskClient, address: str = "ans@voorbeeld.nl") -> str:
        """All the way in; gives the token in the cookie."""
        self.ask(self.app.test_client(), address)
        assert client.post(self.link(), data=self.token(client)).status_code == 303
        return client.get_cookie("wijk_sessie").value

    def token(self, client: FlaskClient) -> dict[str, str]:
        """The form token of the session of this client."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/mijn/sessies").text)
        return {"csrf_token": found[1]} if found else {}


@pytest.fixture
def door(app: Flask, mails: Callable[[], list[EmailMessage]]) -> Door:
    return Door(app, mails)


@pytest.fixture
def persons(app: Flask) -> Callable[[], list[Person]]:
    def read() -> list[Person]:
        with app.app_context():
            return list(db.session.scalars(db.select(Person).order_by(Person.id)))

    return read


@pytest.fixture
def clock() -> Iterator[Any]:
    """A clock that stands still until it is told to move."""
    with time_machine.travel(datetime(2026, 3, 2, 19, 30, tzinfo=UTC), tick=False) as traveller:
        yield traveller
