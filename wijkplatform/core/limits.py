"""Limits that hold with several processes: counters of attempts in the database, without plain addresses in them.

A limit says "not now", never "not you": it counts from the first attempt, and is over when its time is over. What was
refused does not prolong it.
"""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from flask import current_app
from sqlalchemy import String, UniqueConstraint, case, delete, literal, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from wijkplatform.core import clock
from wijkplatform.core.aside import aside
from wijkplatform.core.db import Base, insert_or_change
from wijkplatform.core.errors import TooMany
from wijkplatform.core.words import _n

KEPT = timedelta(days=7)  #: a network address is known, even as a hash, for no longer than this


class Attempt(Base):
    """How often something was tried since `window_start`, by somebody who is known by a keyed hash alone."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("kind", "key_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key_hash: Mapped[str] = mapped_column(String(64))
    window_start: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]


@dataclass(frozen=True)
class Limit:
    """So many of a kind within a time; the sentence says what happened, when to retry is added to it."""

    kind: str
    most: int
    within: timedelta
    sentence: Any


def take(session: Session, limit: Limit, key: str) -> None:
    """Count one attempt in the given transaction; over the limit raises `TooMany`, and then nothing is counted.

    The row is locked from here to the end of the transaction, so parallel attempts count one after another.
    """
    now, hashed = clock.now(), key_hash(limit.kind, key)
    over = Attempt.window_start <= now - limit.within
    statement = insert_or_change(
        Attempt,
        {"kind": limit.kind, "key_hash": hashed, "window_start": now, "count": 1},
        unique=("kind", "key_hash"),
        change={
            "count": case((over, 1), else_=Attempt.count + 1),
            "window_start": case((over, literal(now, Attempt.window_start.type)), else_=Attempt.window_start),
        },
    )
    session.execute(statement)
    count, start = session.execute(
        select(Attempt.count, Attempt.window_start).where(Attempt.kind == limit.kind, Attempt.key_hash == hashed)
    ).one()
    if count > limit.most:
        seconds = max(ceil((start + limit.within - now).total_seconds()), 1)
        raise TooMany(f"{limit.sentence} {when(seconds)}", seconds)


def count(limit: Limit, key: str) -> None:
    """Count one attempt in a transaction of its own."""
    with aside() as session:
        take(session, limit, key)


def when(seconds: int) -> str:
    """When it is worth trying again, in whole minutes."""
    return _n(
        "Probeer het over %(n)s minuut opnieuw.",
        "Probeer het over %(n)s minuten opnieuw.",
        n=max(ceil(seconds / 60), 1),
    )


def key_hash(kind: str, key: str) -> str:
    """Who tried, as nobody can read it back without our secret key."""
    secret: str = current_app.config["SECRET_KEY"]
    return hmac.new(secret.encode(), f"{kind}\n{key}".encode(), hashlib.sha256).hexdigest()


def network_of(address: str | None) -> str:
    """The network an address stands for: one IPv4 address, or the /64 that one IPv6 connection gets."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((found, 64), strict=False))
        found = found.ipv4_mapped
    return str(found)


def clean() -> None:
    """Forget who tried what after seven days."""
    with aside() as session:
        session.execute(delete(Attempt).where(Attempt.window_start < clock.now() - KEPT))
