"""The outbox: what must be sent is written down in the deed itself, and carried out afterwards by a worker.

A deed never waits for a mail server, and never fails for want of one. A row is claimed by moving its `due_at` ahead: a
worker that dies gives it back by itself. What was sent leaves its mark, never its content.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from flask import current_app
from sqlalchemy import Index, String, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from wijkplatform.core import clock
from wijkplatform.core.aside import aside
from wijkplatform.core.db import Base, begin_writing, db

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  #: longer than any handler takes; after it another worker may try
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
KEPT = timedelta(days=30)  #: how long marks stay
HOUR = timedelta(hours=1)


class Posted(Base):
    """Something to be carried out. Without `due_at` it is over: done, or given up with `last_error`."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    due_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    done_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Stop(Exception):
    """Trying again is no use; says why in words without addresses or texts."""


class Later(Exception):
    """It did not work now; says why in words without addresses or texts."""


@dataclass
class Counts:
    """What one round of delivering did."""

    done: int = 0
    later: int = 0
    stopped: int = 0


@dataclass(frozen=True)
class Claim:
    id: int
    kind: str
    payload: dict[str, Any]
    attempts: int


_handlers: dict[str, Callable[[dict[str, Any]], None]] = {}
_hourly: list[Callable[[], None]] = []


def handle(kind: str, function: Callable[[dict[str, Any]], None]) -> None:
    """Register who carries out a kind. It may run twice when a worker dies half-way, so it must not mind."""
    _handlers[kind] = function


def each_hour(function: Callable[[], None]) -> None:
    """Register something that the worker does every hour; with several workers it may run more often."""
    if function not in _hourly:
        _hourly.append(function)


def post(kind: str, payload: dict[str, Any], session: Session | None = None, *, due: datetime | None = None) -> None:
    """Write down what must be carried out, in the transaction of the deed or in the one given."""
    if kind not in _handlers:
        raise LookupError(f"nobody carries out {kind}")
    if session is None:
        begin_writing()
        session = db.session()
    session.add(Posted(kind=kind, payload=payload, due_at=due or clock.now()))


def deliver(limit: int = 100) -> Counts:
    """Carry out what is due, at most so many, one by one; several workers share the work between them."""
    counts = Counts()
    for _number in range(limit):
        claim = _claim() if _anything_due() else None
        if claim is None:
            break
        _carry_out(claim, counts)
    return counts


def _anything_due() -> bool:
    """Asked without the write lock, so that an idle worker is in nobody's way."""
    with Session(db.engine) as session:
        return session.scalars(select(Posted.id).where(Posted.due_at <= clock.now()).limit(1)).first() is not None


def _claim() -> Claim | None:
    """The row that has been due longest, ours for the length of the lease.

    PostgreSQL skips what another worker is claiming; SQLite knows no such words, but lets one claim at a time.
    """
    with aside() as session:
        row = session.scalars(
            select(Posted).where(Posted.due_at <= clock.now()).order_by(Posted.due_at, Posted.id).limit(1)
            .with_for_update(skip_locked=True)
        ).first()  # fmt: skip
        if row is None:
            return None
        row.attempts += 1
        row.due_at = clock.now() + LEASE
        session.flush()
        return Claim(row.id, row.kind, dict(row.payload), row.attempts)


def _carry_out(claim: Claim, counts: Counts) -> None:
    """Run the handler outside any lock and mark what came of it."""
    try:
        if claim.kind not in _handlers:
            raise Later("nobody carries this out yet")
        _handlers[claim.kind](claim.payload)
    except Stop as problem:
        counts.stopped += 1
        _mark(claim, due_at=None, payload={}, last_error=str(problem))
    except Exception as problem:
        _try_again(claim, str(problem) if isinstance(problem, Later) else type(problem).__name__, counts)
    else:
        counts.done += 1
        _mark(claim, due_at=None, payload={}, last_error=None, done_at=clock.now())


def _try_again(claim: Claim, reason: str, counts: Counts) -> None:
    """Wait longer each time; after the last wait give up."""
    if claim.attempts > len(WAITS):
        counts.stopped += 1
        _mark(claim, due_at=None, payload={}, last_error=reason)
        return
    counts.later += 1
    _mark(claim, due_at=clock.now() + WAITS[claim.attempts - 1], last_error=reason)


def _mark(claim: Claim, **values: Any) -> None:
    """Only the attempt that holds the claim writes; who lost it after the lease leaves the mark of another alone."""
    db.session.rollback()
    if values.get("last_error"):
        log.warning("outbox %s (%s), attempt %s: %s", claim.id, claim.kind, claim.attempts, values["last_error"])
    with aside() as session:
        session.execute(
            update(Posted)
            .where(Posted.id == claim.id, Posted.attempts == claim.attempts, Posted.done_at.is_(None))
            .values(**values)
        )


def clean() -> None:
    """Forget marks after a month."""
    with aside() as session:
        old = clock.now() - KEPT
        session.execute(
            delete(Posted).where(Posted.due_at.is_(None), or_(Posted.done_at < old, Posted.created_at < old))
        )


def work(stop: Event, every: float = 1.0) -> None:
    """Deliver until told to stop, and clean up every hour. Outlives every fault: the next round tries again."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    cleaned: datetime | None = None
    while not stop.is_set():
        pause = every
        try:
            with app.app_context():
                if cleaned is None or clock.now() - cleaned >= HOUR:
                    cleaned = clock.now()
                    for function in (clean, *_hourly):
                        function()
                if deliver().done:
                    pause = 0.0
        except Exception as problem:
            log.error("the worker goes on after %s", type(problem).__name__)
            pause = max(every, 5.0)
        stop.wait(pause)
