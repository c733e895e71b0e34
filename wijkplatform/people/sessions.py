"""Sessions kept at the server. The cookie is a random token and nothing else; ending the row ends every copy of it.

A visitor has no row and no cookie: what a page writes into a visitor's session is gone after the request.
"""

import hashlib
import logging
import secrets
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, g, request, session
from flask.sessions import SessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, login_user, logout_user
from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import CallbackDict

from wijkplatform.core import clock
from wijkplatform.core.aside import aside
from wijkplatform.core.db import Instant, begin_writing, db, only_reading
from wijkplatform.people import devices
from wijkplatform.people.models import Person, Session
from wijkplatform.web import respond

log = logging.getLogger(__name__)

COOKIE = "wijk_sessie"
LONGEST = timedelta(days=30)
IDLE = timedelta(days=14)
TOUCH = timedelta(minutes=10)
NOT_KEPT = frozenset({"secret", "_user_id", "_fresh", "_id", "_remember", "_remember_seconds"})


class Account(UserMixin):  # type: ignore[misc]
    """A person as Flask-Login wants one: no more than who it is."""

    def __init__(self, person_id: int):
        self.id = person_id


@dataclass(frozen=True)
class Row:
    """What a request needs of its row, read once."""

    id: int
    person_id: int
    secret: str
    strong: bool
    data: Mapping[str, Any]
    seen_at: datetime


class Kept(CallbackDict[str, Any], SessionMixin):
    """The session of a request: the row's data, who it is of, and `secret`, which nothing in a request can change."""

    modified = False

    def __init__(self, row: Row | None = None):
        self.row = row
        self.new_token: str | None = None  #: goes into the cookie of the answer
        self.dead_cookie = False  #: the cookie that came along opens nothing any more
        self.trouble: OperationalError | None = None
        super().__init__({**deepcopy(dict(row.data)), "_user_id": str(row.person_id)} if row else {}, Kept._changed)
        self._changed()
        self.modified = False

    def _changed(self) -> None:
        self.modified = True
        if self.row is not None:
            dict.__setitem__(self, "secret", self.row.secret)
        else:
            dict.pop(self, "secret", None)

    def become(self, row: Row | None, token: str | None = None) -> None:
        """Go on as this row, or as a visitor; nothing of what was there before goes along."""
        self.dead_cookie = row is None
        self.row, self.new_token = row, token
        self.clear()

    @property
    def strong(self) -> bool:
        """Did this login count as both factors?"""
        return self.row is not None and self.row.strong

    def to_keep(self) -> dict[str, Any]:
        return {key: value for key, value in self.items() if key not in NOT_KEPT}


class ServerSessions(SessionInterface):
    """Flask's sessions on our table."""

    def open_session(self, app: Flask, request: Request) -> Kept:
        token = request.cookies.get(COOKIE)
        if not token:
            return Kept()
        try:
            only_reading()
            here = Kept(_find(token))
        except OperationalError as problem:
            here = Kept()
            here.trouble = problem
            return here
        here.dead_cookie = here.row is None
        if here.row is None and request.method == "POST":
            g.was = _was(token)  # what was typed is kept for them alone
        return here

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, Kept):
            return
        if session.new_token:
            response.set_cookie(COOKIE, session.new_token, max_age=LONGEST, **_cookie_flags(app))
        elif session.dead_cookie:
            response.delete_cookie(COOKIE, **_cookie_flags(app))
        if session.row is not None:
            _keep(session, session.row)


def _cookie_flags(app: Flask) -> dict[str, Any]:
    return {"httponly": True, "samesite": "Lax", "secure": bool(app.config["SESSION_COOKIE_SECURE"]), "path": "/"}


def _keep(here: Kept, row: Row) -> None:
    """Write down what changed, beside whatever the request did; trouble here never spoils an answer that is ready."""
    now = clock.now()
    changes: dict[str, Any] = {}
    if here.modified and (data := here.to_keep()) != row.data:
        changes["data"] = data
    if now - row.seen_at >= TOUCH:
        changes["seen_at"] = now
    if not changes:
        return
    if db.session.info.get("writing"):
        db.session.rollback()  # a deed that was not made final by now never will be
    try:
        with aside() as beside:
            beside.execute(update(Session).where(Session.id == row.id, Session.ended_at.is_(None)).values(**changes))
    except OperationalError as problem:
        log.error("a session was not saved: %s", type(problem.orig).__name__)


def _write_along() -> None:
    """What a deed left in the session is written with the deed, and not once more after it."""
    here = session._get_current_object()  # type: ignore[attr-defined]
    if not isinstance(here, Kept) or here.row is None or not db.session.info.get("writing"):
        return
    data = here.to_keep()
    if data != here.row.data:
        db.session.execute(_WRITE.values(data=bindparam("kept")), {"row": here.row.id, "kept": data})
        here.row = replace(here.row, data=deepcopy(data))


def is_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Not ended, not too old, not idle for too long."""
    return Session.ended_at.is_(None), Session.created_at > now - LONGEST, Session.seen_at > now - IDLE


#: Asked for every page of somebody who is logged in, so it is put together once, and of columns rather than objects.
_ROW = Session.__table__.c
_OPEN = select(_ROW.id, _ROW.person_id, _ROW.secret, _ROW.strong, _ROW.data, _ROW.seen_at).where(
    _ROW.token_hash == bindparam("token_hash"), _ROW.ended_at.is_(None),
    _ROW.created_at > bindparam("made_after", type_=Instant), _ROW.seen_at > bindparam("seen_after", type_=Instant),
)  # fmt: skip
_WRITE = update(Session.__table__).where(_ROW.id == bindparam("row"), _ROW.ended_at.is_(None))


def _find(token: str) -> Row | None:
    now = clock.now()
    asked = {"token_hash": hashed(token), "made_after": now - LONGEST, "seen_after": now - IDLE}
    found = db.session.execute(_OPEN, asked).first()
    return Row(*found) if found else None


def _was(token: str) -> int | None:
    """Whose session this was, now that it is over."""
    return db.session.scalar(select(Session.person_id).where(Session.token_hash == hashed(token)))


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def current() -> Kept:
    """The session of the running request."""
    here = session._get_current_object()  # type: ignore[attr-defined]
    if not isinstance(here, Kept):
        raise RuntimeError("sessions.init has not been called")
    return here


def start(person: Person, strong: bool = False) -> Session:
    """Log somebody in: a new row with a new token, in the deed that lets them in. The session that was here ends."""
    begin_writing()
    here = current()
    if here.row is not None:
        db.session.execute(update(Session).where(Session.id == here.row.id).values(ended_at=clock.now()))
    token = secrets.token_urlsafe(32)
    row = Session(
        person_id=person.id, token_hash=hashed(token), secret=secrets.token_hex(32), strong=strong, data={},
        device=devices.known(request.headers.get("User-Agent", "")),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    here.become(Row(row.id, row.person_id, row.secret, row.strong, {}, row.seen_at), token)
    login_user(Account(person.id))
    g.pop("actor", None)
    return row


def end(row_id: int) -> None:
    """End a session: every copy of its cookie is dead at once. Ending one's own makes a visitor of this request."""
    ending = update(Session).where(Session.id == row_id, Session.ended_at.is_(None)).values(ended_at=clock.now())
    with aside() as beside:
        beside.execute(ending)
    here = current()
    if here.row is not None and here.row.id == row_id:
        here.become(None)
        logout_user()
        g.pop("actor", None)


def _load(person_id: str) -> Account:
    """Flask-Login asks who is in the session; the row was just read, so there is nothing more to ask."""
    return Account(int(person_id))


def _speak_up() -> None:
    """The database was away when the session was to be read: say so, rather than treat somebody as a visitor."""
    here = current()
    if here.trouble is not None:
        raise here.trouble


def init(app: Flask) -> None:
    app.session_interface = ServerSessions()
    app.config["SESSION_COOKIE_NAME"] = COOKIE
    app.config.setdefault("SESSION_COOKIE_SECURE", False)
    if _write_along not in respond.along:
        respond.along.append(_write_along)
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app, add_context_processor=False)
    app.before_request(_speak_up)
