"""Participation moments and their commitments, as rows with their events."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete

from wijkplatform.core import clock, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import LAST, db, insert_or_leave, kind_of
from wijkplatform.core.words import _l
from wijkplatform.index import service as index
from wijkplatform.places.models import Centre, Voice
from wijkplatform.rounds.models import LEVELS, Commitment, Moment, Support

trail.declare(
    {
        "moment.opened": _l("opende dit inspraakmoment"),
        "commitment.given": _l("deed de toezegging"),
    }
)


def apply_moment(
    actor: Actor,
    neighbourhood_id: int,
    *,
    code: str,
    kind: str,
    question: str,
    opens_at: datetime,
    precision: str = "second",
    closes_at: datetime | None = None,
    about: Any = None,
    centre: Centre | None = None,
    attendance: int | None = None,
    voice: Voice | None = None,
    position: int = LAST,
) -> Moment:
    """A moment at which people can take part; without `about` it is about the neighbourhood itself."""
    moment = Moment(
        neighbourhood_id=neighbourhood_id, code=code, position=position,
        about_kind=kind_of(about) if about is not None else None, about_id=about.id if about is not None else None,
        kind=kind, question=question, opens_at=opens_at, opens_precision=precision, closes_at=closes_at,
        centre_id=centre.id if centre else None, attendance=attendance,
    )  # fmt: skip
    db.session.add(moment)
    index.register(moment, question or kind)
    trail.record(actor, "moment.opened", moment, voice=voice, happened=opens_at, precision=precision)
    return moment


def apply_commitment(
    actor: Actor,
    moment: Moment,
    *,
    level: str,
    fixed: str,
    open_: str,
    decides: str,
    hear_by: date,
    voice: Voice | None = None,
) -> Commitment:
    """The promise that a moment opens with; a moment has one, the database says so."""
    if level not in LEVELS:
        raise LookupError(f"no such level: {level}")
    commitment = Commitment(
        neighbourhood_id=moment.neighbourhood_id, moment_id=moment.id, level=level, fixed=fixed, open=open_,
        decides=decides, hear_by=hear_by,
    )  # fmt: skip
    db.session.add(commitment)
    db.session.flush()
    trail.record(
        actor, "commitment.given", moment, voice=voice,
        facts={"level": level, "fixed": fixed, "open": open_, "decides": decides, "hear_by": hear_by},
    )  # fmt: skip
    return commitment


def apply_support(actor: Actor, thing: Any, voice: Voice, verb: str) -> bool:
    """One person's support for a thing; True when it is new. The database keeps it at one, also in parallel."""
    given = db.session.scalar(
        insert_or_leave(
            Support,
            {
                "neighbourhood_id": thing.neighbourhood_id, "thing_kind": kind_of(thing), "thing_id": thing.id,
                "person_id": actor.person_id, "voice_id": voice.id, "given_at": clock.now(),
            },
        ).returning(Support.id)
    )  # fmt: skip
    if given is not None:
        trail.record(actor, verb, thing, voice=voice)
    return given is not None


def apply_withdrawal(actor: Actor, thing: Any, verb: str) -> bool:
    """Take support back; True when there was any."""
    taken = db.session.scalar(
        delete(Support)
        .where(Support.thing_kind == kind_of(thing), Support.thing_id == thing.id)
        .where(Support.person_id == actor.person_id)
        .returning(Support.id)
    )
    if taken is not None:
        trail.record(actor, verb, thing)
    return taken is not None
