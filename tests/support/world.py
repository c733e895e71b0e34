"""The world: both neighbourhoods of the demo and their accounts, in a file of its own that is put back after each test.

It is built once per worker through the product's own door (migrations, import, accounts). A watching connection sees
whether a test wrote anything; only then is the template copied back over it, which takes a few milliseconds.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from flask import Flask
from pysqlite3 import dbapi2 as sqlite  # the same library as the product: two in one process break each other's locks

from tests.support.client import Browser
from wijkplatform import create_app, installing
from wijkplatform.config import Settings
from wijkplatform.core import keeping, trail
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.db import begin_writing, db
from wijkplatform.demo import accounts, build
from wijkplatform.people.models import Person
from wijkplatform.people.queries import DEMO_DOMAIN
from wijkplatform.places import queries as places
from wijkplatform.places import service as places_service
from wijkplatform.places.models import KNOWN_ROLES, Neighbourhood, Role
from wijkplatform.web import actor as web_actor

KEY = "k" * 48
OPEN, FINISHED = "huizum-oost", "zuiderkwartier"
#: Accounts that only the tests have: a resident of one neighbourhood alone, and somebody who lives nowhere yet.
ONLY_IN = {"alleen-open": OPEN, "alleen-klaar": FINISHED}
NEWCOMER = "nieuw"
PURE = "puur-"  #: accounts with one role and nothing else: people of the files often wear several hats


def settings(folder: Path, **more: Any) -> Settings:
    """Settings for tests; nothing of the environment they run in."""
    return Settings(DATA_DIR=folder, PORT=5000, HOST="127.0.0.1", secret_key=KEY, base_url="", **more)


def fill(app: Flask) -> None:
    """Migrations, both neighbourhoods, the accounts of the demo and those of the tests; of all areas the towns alone."""
    installing.bring_to_head(app)
    with app.app_context(), mock.patch.object(build, "AREAS", build.AREAS[:1]):
        for _line in build.build(lambda _done, _total: None):
            pass
        begin_writing()
        for name, slug in ONLY_IN.items():
            _resident(name, slug)
        for role in KNOWN_ROLES:
            _pure(role)
        db.session.add(Person(name="Nieuwe Bewoner", email=f"{NEWCOMER}-1{DEMO_DOMAIN}", invented=True))
        trail.commit()
        db.session.remove()


def _resident(name: str, slug: str) -> None:
    home = place(slug)
    person = Person(name=f"Buur {name}", email=f"{name}-1{DEMO_DOMAIN}", invented=True)
    db.session.add(person)
    db.session.flush()
    role = db.session.scalars(db.select(Role).where(Role.neighbourhood_id == home.id, Role.code == "bewoner")).one()
    places_service.give_mandate(home, person, role, invented=True)


def _pure(role: str) -> None:
    person = Person(name=f"Alleen {role}", email=email_of(PURE + role), invented=True)
    db.session.add(person)
    db.session.flush()
    for slug in (OPEN, FINISHED):
        accounts._mandate(person, place(slug), role)


def place(slug: str) -> Neighbourhood:
    found = places.by_slug(slug)
    assert found is not None, f"no neighbourhood {slug}"
    return found


def email_of(role: str, number: int = 1) -> str:
    return f"{role.replace('_', '-')}-{number}{DEMO_DOMAIN}"


class World:
    """The live copy, the template it came from, and who is in it."""

    def __init__(self, app: Flask, file: Path):
        self.app, self.file = app, file
        self.watch = sqlite.connect(str(file), isolation_level=None, check_same_thread=False)
        self.watch.execute("PRAGMA synchronous=OFF")
        self.template = self.mark()
        self.seen = self._version()
        self.logins = self._logins()

    def _version(self) -> int:
        return int(self.watch.execute("PRAGMA data_version").fetchone()[0])

    def _logins(self) -> dict[str, str]:
        query = "SELECT email, public_id FROM person WHERE email IS NOT NULL"
        return dict(self.watch.execute(query).fetchall())

    def mark(self) -> sqlite.Connection:
        """The world as it is now, kept in memory."""
        kept = sqlite.connect(":memory:", check_same_thread=False)
        self.watch.backup(kept)
        return kept

    def back(self, mark: sqlite.Connection | None = None) -> None:
        """Put the world back as it was; nothing to do when nobody wrote."""
        web_actor.load_with(places.actor_of)  # a module with an application of its own may have put its own there
        keeping.STORE.clear()
        if mark is None and self._version() == self.seen:
            return
        (mark or self.template).backup(self.watch)
        self.seen = self._version() if mark is None else -1

    # who and where

    def browser(self) -> Browser:
        """A visitor."""
        return Browser(self.app)

    def as_role(self, role: str, number: int = 1) -> Browser:
        """Somebody with this role in both neighbourhoods, logged in through the demo's own door."""
        browser = self.browser()
        browser.log_in(self.logins[email_of(role, number)])
        return browser

    def actor(self, role: str, number: int = 1) -> Actor:
        """The same person as rules see them. Inside an application context."""
        return places.actor_of(self.person(role, number).id)

    def person(self, role: str, number: int = 1) -> Person:
        return db.session.scalars(db.select(Person).where(Person.email == email_of(role, number))).one()


def build_world(folder: Path) -> World:
    app = create_app(settings(folder), demo=True, testing=True)
    fill(app)
    return World(app, folder / "wijkplatform.sqlite3")


#: The columns of the permission matrices: who somebody is, and how they come in.
COLUMNS: dict[str, tuple[str, int] | None] = {
    "visitor": None,
    "new": (NEWCOMER, 1),
    "elsewhere": ("elsewhere", 1),  # resident of the other neighbourhood: see `column_account`
    **{kind: (PURE + role, 1) for role, kind in KNOWN_ROLES.items()},
}


def column_account(column: str, slug: str) -> tuple[str, int] | None:
    """Role and number of the account that stands for a column, for a thing in this neighbourhood."""
    if column == "elsewhere":
        return next((name, 1) for name, home in ONLY_IN.items() if home != slug)
    return COLUMNS[column]


def column_actor(world: World, column: str, slug: str) -> Actor:
    account = column_account(column, slug)
    return VISITOR if account is None else world.actor(*account)


Finder = Callable[[], Any]
