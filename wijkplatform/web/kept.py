"""What somebody typed is never thrown away: an expired login keeps the form, and gives it back after logging in.

The fields lie at the server under a random key; the browser holds the key in a cookie for a day. Given back once, to
the same page, in the same browser, to the person whose login it was: the next one at a shared computer gets nothing.
What was typed before anybody logged in is given to whoever logs in there within the hour. Logging out forgets it all.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from flask import Request, Response, g, redirect, request
from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from wijkplatform.core import clock, limits
from wijkplatform.core.aside import aside
from wijkplatform.core.db import Base, db
from wijkplatform.core.errors import TooMany
from wijkplatform.core.limits import Limit
from wijkplatform.web import actor
from wijkplatform.web.htmx import htmx
from wijkplatform.web.paths import is_own

COOKIE = "bewaard"
LIFETIME = timedelta(days=1)
NOBODYS = timedelta(hours=1)  #: how long it waits when nobody knows whose it is
LARGEST = 1_000_000  #: characters of one kept form, names of fields included
MOST_FIELDS = 200
LARGE = 20_000  #: characters; such a form takes much more room, so there may be fewer of them
SMALL_FORMS = Limit("kept_small", 300, timedelta(hours=1), "")
LARGE_FORMS = Limit("kept_large", 20, timedelta(hours=1), "")
LARGE_OF_NOBODY = Limit("kept_large_nobody", 200, timedelta(days=1), "")  #: from everywhere together


class KeptInput(Base):
    """A form that could not be handled because its sender was not logged in any more."""

    __tablename__ = "kept_input"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    path: Mapped[str]
    fields: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)


def to_login(sent: Request) -> BaseResponse:
    """To the login page and back here afterwards; a POST keeps its fields first."""
    return to_door(sent, "/inloggen")


def to_door(sent: Request, door: str) -> BaseResponse:
    """To a page that asks something first, and back here afterwards; a POST keeps its fields."""
    target = sent.path if sent.method == "GET" else _page_of(sent)
    key = _keep(sent, target) if sent.method == "POST" else None
    door = f"{door}?{'bewaard=1&' if key else ''}verder={quote(target)}"
    response: BaseResponse = redirect(door, code=303)
    if htmx:  # it would put the door inside the part it asked for; this makes it open the whole page
        response = Response(status=200, headers={"HX-Redirect": door})
    if key:
        response.set_cookie(
            COOKIE, key, max_age=int(LIFETIME.total_seconds()), httponly=True, samesite="Lax", secure=sent.is_secure
        )
    return response


def _keep(sent: Request, target: str) -> str | None:
    """Keep the fields and give the key to them; None when it is too much, or no page of ours to come back to."""
    fields = {name: values for name, values in sent.form.lists() if name != "csrf_token"}
    size = sum(len(name) + sum(len(value) for value in values) for name, values in fields.items())
    if size > LARGEST or len(fields) > MOST_FIELDS or not is_own(target):
        return None
    key, owner, here = secrets.token_urlsafe(24), _owner(), limits.network_of(sent.remote_addr)
    try:
        with aside() as session:
            limits.take(session, LARGE_FORMS if size > LARGE else SMALL_FORMS, here)
            if size > LARGE and owner is None:
                limits.take(session, LARGE_OF_NOBODY, "")
            session.execute(delete(KeptInput).where(KeptInput.kept_at < clock.now() - LIFETIME))
            session.add(KeptInput(key_hash=_hash(key, owner), path=target, fields=fields))
    except TooMany:
        return None
    return key


def _owner() -> int | None:
    """Whose text it is: of who is logged in, or of whose login in this browser is over."""
    return actor.current().person_id or g.get("was")


def _page_of(sent: Request) -> str:
    """The page a form stands on: where the form said it came from, else its own address."""
    page = sent.form.get("van", "")
    return page if is_own(page) else sent.path


def given_back() -> MultiDict[str, str] | None:
    """What was typed on this page before the login expired, once; None when there is nothing."""
    mine = _mine()
    row = db.session.scalars(select(KeptInput).where(KeptInput.key_hash.in_(mine))).first() if mine else None
    if row is None or row.path != request.path:
        return None
    lasts = NOBODYS if row.key_hash == _hash(request.cookies[COOKIE], None) else LIFETIME
    if row.kept_at < clock.now() - lasts:
        return None
    fields: MultiDict[str, str] = MultiDict(row.fields)
    with aside() as session:
        session.execute(delete(KeptInput).where(KeptInput.id == row.id))
    g.forget_kept = True
    return fields


def _mine() -> list[str]:
    """What the key in this browser may open for whoever asks; nothing without a key."""
    key = request.cookies.get(COOKIE)
    return [_hash(key, owner) for owner in (actor.current().person_id, None)] if key else []


def drop() -> None:
    """Forget what was kept in this browser: whoever comes here next is somebody else."""
    if mine := _mine():
        with aside() as session:
            session.execute(delete(KeptInput).where(KeptInput.key_hash.in_(mine)))
        g.forget_kept = True


def forget(response: Response) -> Response:
    """Take the key away once its form was given back, or its owner left."""
    if g.get("forget_kept"):
        response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def _hash(key: str, owner: int | None) -> str:
    """The owner is part of what is looked for, so that nobody else finds it."""
    return hashlib.sha256(f"{key}\n{owner or ''}".encode(errors="surrogatepass")).hexdigest()
