"""Accounts, sessions and requests to log in, as pages and rules read them."""

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import ColumnElement, Select, or_, select

from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.policy import visible
from wijkplatform.people import sessions
from wijkplatform.people.models import LoginRequest, Person, Session

MOST_SESSIONS = 50
MOST_TRIES = 5  #: of the code of one request


DEMO_DOMAIN = "@demo.example.org"  #: of the addresses that the demo makes; reserved, so never anybody's


def account(email: str) -> Person | None:
    """The account of an address, written as `addresses.normal` writes it."""
    return db.session.scalars(select(Person).where(Person.email == email)).first()


def _brought_by_demo() -> Select[tuple[Person]]:
    """Accounts that the demo brought along; never one that somebody made by mail."""
    brought = or_(Person.invented.is_(True), Person.home_id.is_not(None))
    return select(Person).where(Person.email.is_not(None), brought)


def demo_account(public_id: str) -> Person | None:
    """An account to come in as without a mail; outside demo mode there is none."""
    if not current_app.config.get("DEMO"):
        return None
    return db.session.scalars(_brought_by_demo().where(Person.public_id == public_id)).first()


def demo_accounts() -> Sequence[Person]:
    """All of them, for the page that offers them; outside demo mode there are none."""
    if not current_app.config.get("DEMO"):
        return []
    return db.session.scalars(_brought_by_demo().order_by(Person.id)).all()


def demo_residents() -> list[Person]:
    """Who one can be without a mail when the page asks to log in halfway; outside demo mode nobody."""
    return [each for each in demo_accounts() if (each.email or "").startswith("bewoner-")]


def own_account(actor: Actor) -> Person:
    """The account of whoever is logged in."""
    return db.session.get_one(Person, actor.person_id)


def own_sessions(actor: Actor) -> Sequence[Session]:
    """Where somebody is logged in, last used first."""
    open_now = sessions.is_open(clock.now())
    query = visible(actor, Session).where(*open_now).order_by(Session.seen_at.desc(), Session.id.desc())
    return db.session.scalars(query.limit(MOST_SESSIONS)).all()


def open_session(session: str) -> Session | None:
    """A session by its public id, as long as it is open."""
    query = select(Session).where(Session.public_id == session, *sessions.is_open(clock.now()))
    return db.session.scalars(query).first()


def link_works(token: str) -> bool:
    """Could this link still let somebody in?"""
    query = select(LoginRequest.id).where(LoginRequest.link_hash == sessions.hashed(token), *usable())
    return db.session.scalars(query).first() is not None


def usable() -> tuple[ColumnElement[bool], ...]:
    """Not used, not expired, and not guessed at too often."""
    now = clock.now()
    return LoginRequest.used_at.is_(None), LoginRequest.expires_at > now, LoginRequest.tries < MOST_TRIES
