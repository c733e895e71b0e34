"""What somebody typed is never thrown away: an expired login keeps the form, and gives it back after logging in.

The fields lie at the server under a random key; the browser holds the key in a cookie for a day. Given back once, to
the same page, to whoever holds the key.
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

from wijkplatform.core import clock
from wijkplatform.core.aside import aside
from wijkplatform.core.db import Base, db
from wijkplatform.web.htmx import htmx
from wijkplatform.web.paths import is_own

COOKIE = "bewaard"
LIFETIME = timedelta(days=1)
LARGEST = 1_000_000  #: characters of one kept form


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
    door = f"{door}?{'bewaard=1&' if sent.method == 'POST' else ''}verder={quote(target)}"
    response: BaseResponse = redirect(door, code=303)
    if htmx:  # it would put the door inside the part it asked for; this makes it open the whole page
        response = Response(status=200, headers={"HX-Redirect": door})
    fields = {name: values for name, values in sent.form.lists() if name != "csrf_token"}
    if sent.method == "POST" and sum(len(value) for values in fields.values() for value in values) <= LARGEST:
        key = secrets.token_urlsafe(24)
        with aside() as session:
            session.execute(delete(KeptInput).where(KeptInput.kept_at < clock.now() - LIFETIME))
            session.add(KeptInput(key_hash=_hash(key), path=target, fields=fields))
        response.set_cookie(
            COOKIE, key, max_age=int(LIFETIME.total_seconds()), httponly=True, samesite="Lax", secure=sent.is_secure
        )
    return response


def _page_of(sent: Request) -> str:
    """The page a form stands on: where the form said it came from, else its own address."""
    page = sent.form.get("van", "")
    return page if is_own(page) else sent.path


def given_back() -> MultiDict[str, str] | None:
    """What was typed on this page before the login expired, once; None when there is nothing."""
    key = request.cookies.get(COOKIE)
    if not key:
        return None
    row = db.session.scalars(select(KeptInput).where(KeptInput.key_hash == _hash(key))).first()
    if row is None or row.path != request.path or row.kept_at < clock.now() - LIFETIME:
        return None
    fields: MultiDict[str, str] = MultiDict(row.fields)
    with aside() as session:
        session.execute(delete(KeptInput).where(KeptInput.id == row.id))
    g.forget_kept = True
    return fields


def forget(response: Response) -> Response:
    """Take the key away once its form was given back."""
    if g.get("forget_kept"):
        response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
