"""Moments and what they promise, and how much support things have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.db import db, kind_of, once
from wijkplatform.core.keeping import for_all
from wijkplatform.core.policy import visible, visible_to_all
from wijkplatform.rounds.models import Commitment, Moment, Support
from wijkplatform.rounds.policy import is_open

#: From the five legal levels to the four steps of the stair that residents see.
STEPS = {"inform": 1, "consult": 2, "advise": 2, "coproduce": 3, "decide": 4}


def moment_about(actor: Actor, thing: Any) -> Moment | None:
    """The newest moment about a thing; everybody sees the same."""
    kind, id_ = kind_of(thing), thing.id
    about = {"kind": kind, "id": id_}
    return once(("moment", kind, id_), lambda: db.session.scalars(_newest_about(), about).first())


@cache
def _newest_about() -> Select[tuple[Moment]]:
    return (
        visible_to_all(Moment)
        .where(Moment.about_kind == bindparam("kind"), Moment.about_id == bindparam("id"))
        .options(joinedload(Moment.commitment))
        .order_by(Moment.opens_at.desc(), Moment.id.desc())
        .limit(1)
    )


@dataclass(frozen=True)
class Window:
    """From when until when one can take part, and by when everyone hears back; to be read by rules."""

    opens_at: datetime
    closes_at: datetime | None
    hear_by: date | None


def window_about(thing: Any) -> Window | None:
    """That of the newest moment about a thing; a deed reads it anew, and no more than it."""
    if not db.session.info.get("writing"):
        return _told(thing)[0]
    row = db.session.execute(_window(), {"kind": kind_of(thing), "id": thing.id}).first()
    return Window(*row) if row else None


@cache
def _window() -> Select[Any]:
    return (
        visible_to_all(Moment)
        .where(Moment.about_kind == bindparam("kind"), Moment.about_id == bindparam("id"))
        .outerjoin(Commitment, Commitment.moment_id == Moment.id)
        .with_only_columns(Moment.opens_at, Moment.closes_at, Commitment.hear_by)
        .order_by(Moment.opens_at.desc(), Moment.id.desc())
        .limit(1)
    )


def box_about(thing: Any) -> dict[str, Any]:
    """The commitment of the newest moment about a thing, as its box shows it: the same for everybody."""
    return _told(thing)[1]


def _told(thing: Any) -> tuple[Window | None, dict[str, Any]]:
    def read() -> tuple[Window | None, dict[str, Any]]:
        moment = moment_about(VISITOR, thing)
        promise = moment.commitment if moment else None
        window = Window(moment.opens_at, moment.closes_at, promise.hear_by if promise else None) if moment else None
        return window, box(moment)

    return for_all(_place_of(thing), ("moment", kind_of(thing), thing.id), read)


def _place_of(thing: Any) -> int:
    return int(thing.id if kind_of(thing) == "neighbourhood" else thing.neighbourhood_id)


def meetings(actor: Actor, neighbourhood_id: int) -> Sequence[Moment]:
    """The evenings and talks about the neighbourhood itself, newest first."""
    return db.session.scalars(
        visible(actor, Moment)
        .where(Moment.neighbourhood_id == neighbourhood_id, Moment.about_kind.is_(None))
        .options(joinedload(Moment.centre), joinedload(Moment.commitment))
        .order_by(Moment.opens_at.desc(), Moment.id)
    ).all()


def box(moment: Moment | None) -> dict[str, Any]:
    """The commitment as its box on the page shows it; without one it is told that nothing was recorded."""
    if moment is None or moment.commitment is None:
        return {"state": "unrecorded", "moment": moment}
    promise = moment.commitment
    runs = "open" if is_open(moment) else "closed" if clock.reached(moment.closes_at) else "coming"
    state = "kept" if promise.kept_at else "late" if is_late(promise) else runs
    return {
        "state": state,
        "say": STEPS[promise.level],
        "advice": promise.level == "advise",
        "fixed": promise.fixed,
        "open": promise.open,
        "decides": promise.decides,
        "hear_by": promise.hear_by,
        "opens_at": moment.opens_at,
        "closes_at": moment.closes_at,
        "late_days": days_late(promise),
        "kept_at": promise.kept_at,
        "kept_where": promise.kept_where,
        "moment": moment,
    }


def is_late(promise: Commitment) -> bool:
    """Was everybody to hear by now, and did nobody say that they did?"""
    return promise.kept_at is None and clock.reached(clock.end_of(promise.hear_by))


def days_late(promise: Commitment) -> int:
    """How many days after the promised one everybody heard, or how many have gone by since; never less than none."""
    told = clock.local(promise.kept_at).date() if promise.kept_at else clock.today()
    if promise.kept_at is None:
        clock.reached(clock.end_of(told))  # a page that was kept counts another day after midnight
    return max((told - promise.hear_by).days, 0)


def support_counts(kind: str, ids: Iterable[int]) -> dict[int, int]:
    """How many people support each of these things here; what was counted elsewhere comes on top."""
    rows = db.session.execute(
        select(Support.thing_id, func.count())
        .where(Support.thing_kind == kind, Support.thing_id.in_(list(ids)))
        .group_by(Support.thing_id)
    )
    return {row[0]: row[1] for row in rows}


def supported_by(actor: Actor, kind: str, ids: Iterable[int]) -> set[int]:
    """Which of these things this person supports."""
    if not actor.known:
        return set()
    return set(db.session.scalars(_SUPPORTED, {"kind": kind, "ids": list(ids), "person": actor.person_id}))


_support = Support.__table__.c
_SUPPORTED = select(_support.thing_id).where(
    _support.thing_kind == bindparam("kind"), _support.thing_id.in_(bindparam("ids", expanding=True)),
    _support.person_id == bindparam("person"),
)  # fmt: skip
