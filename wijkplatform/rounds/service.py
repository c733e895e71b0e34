"""Participation moments and their commitments, as rows with their events."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from wijkplatform.core import clock, trail
from wijkplatform.core.actor import CLOCK, Actor, Hat
from wijkplatform.core.db import LAST, begin_writing, db, insert_or_leave, kind_of
from wijkplatform.core.errors import Invalid
from wijkplatform.core.policy import demand
from wijkplatform.core.trail import Event
from wijkplatform.core.words import _, _l
from wijkplatform.index import service as index
from wijkplatform.places import service as places
from wijkplatform.places.models import Centre, Voice
from wijkplatform.rounds.models import LEVELS, Commitment, Moment, Moments, Promise, Support

trail.declare(
    {
        "moment.opened": _l("opende dit inspraakmoment"),
        "commitment.given": _l("deed de toezegging"),
        "commitment.kept": _l("vertelde iedereen wat ermee is gedaan"),
        "commitment.overdue": _l("zag de beloofde dag voorbijgaan zonder antwoord"),
    }
)

FAR = 10  #: years; a promise beyond that is a slip of the finger


def open_moment(
    actor: Actor, moments: Moments, hat: Hat, promise: Promise, *, kind: str, question: str, opens_at: datetime,
    closes_at: datetime | None = None, about: Any = None, centre: Centre | None = None,
) -> Moment:  # fmt: skip
    """Open a moment at which people can take part, together with its promise: without one nothing is opened."""
    demand(actor, "open_moment", moments)
    places.lock(moments.neighbourhood_id)
    demand(actor.wearing(hat.mandate_id), "open_moment", moments)
    if closes_at is not None and closes_at <= max(opens_at, clock.now()):
        raise Invalid("closes_at", _("Kies een einde dat na het begin ligt, en niet al voorbij is."))
    check_promise(promise, closes_at)
    voice = places.speak(actor, moments.neighbourhood_id, hat)
    moment = apply_moment(
        actor, moments.neighbourhood_id, code=index.next_code(moments.neighbourhood_id, Moment, "MO"), kind=kind,
        question=question, opens_at=opens_at, closes_at=closes_at, about=about, centre=centre, voice=voice,
    )  # fmt: skip
    _give(actor, moment, promise, voice)
    return moment


def promise(actor: Actor, moment: Moment, hat: Hat, promise: Promise) -> Commitment:
    """Fill in what an imported moment lacked. What was promised once stands: the second who comes is told so."""
    demand(actor, "promise", moment)
    moment = _lock(moment)
    demand(actor.wearing(hat.mandate_id), "promise", moment)
    check_promise(promise, moment.closes_at)
    return _give(actor, moment, promise, places.speak(actor, moment.neighbourhood_id, hat))


def keep(actor: Actor, moment: Moment, hat: Hat, where: str) -> None:
    """Everybody was told, and `where` they can read it."""
    demand(actor, "keep", moment)
    moment = _lock(moment)
    demand(actor.wearing(hat.mandate_id), "keep", moment)
    voice = places.speak(actor, moment.neighbourhood_id, hat)
    commitment = moment.commitment
    commitment.kept_at, commitment.kept_where = clock.now(), where  # type: ignore[union-attr]  # `keep` asked for it
    trail.record(actor, "commitment.kept", moment, voice=voice, facts={"where": where})


def check_promise(promise: Promise, closes_at: datetime | None) -> None:
    """Is it whole, and is the day one on which people can still be told something?"""
    said = {"decides": promise.decides, "open": promise.open, "fixed": promise.fixed}
    for field, words in said.items():
        if not words.strip():
            raise Invalid(field, _("Vul dit in. Zonder volledige toezegging gaat er niets open."))
    if promise.level not in LEVELS:
        raise Invalid("level", _("Kies hoeveel bewoners te zeggen hebben."))
    if promise.hear_by < clock.today():
        raise Invalid("hear_by", _("Kies een dag die nog komt. Deze dag is al voorbij."))
    if promise.hear_by.year > clock.today().year + FAR:
        raise Invalid("hear_by", _("Kies een dag binnen %(n)s jaar. Zo lang wacht niemand op antwoord.", n=FAR))
    if closes_at is not None and clock.end_of(promise.hear_by) <= closes_at:
        raise Invalid("hear_by", _("Kies een dag na het einde van dit moment. Eerst kan iedereen meedoen."))


def _give(actor: Actor, moment: Moment, promise: Promise, voice: Voice) -> Commitment:
    return apply_commitment(
        actor, moment, level=promise.level, fixed=promise.fixed, open_=promise.open, decides=promise.decides,
        hear_by=promise.hear_by, voice=voice,
    )  # fmt: skip


def _lock(moment: Moment) -> Moment:
    """The moment with its promise as they are now, under a lock: of two who promise at once one is first."""
    begin_writing()
    locked = db.session.scalars(
        select(Moment).where(Moment.id == moment.id).with_for_update().execution_options(populate_existing=True)
    ).one()
    db.session.expire(locked, ["commitment"])
    return locked


def note_overdue() -> int:
    """Write down, once, which promised days went by without an answer; everybody saw it at that instant already."""
    noted = select(Event.id).where(
        Event.verb == "commitment.overdue", Event.thing_kind == Moment.__tablename__, Event.thing_id == Moment.id
    )  # fmt: skip
    late = (
        select(Moment).join(Commitment, Commitment.moment_id == Moment.id)
        .where(Commitment.kept_at.is_(None), Commitment.hear_by < clock.today(), ~noted.exists())
    )  # fmt: skip
    waiting = {each.neighbourhood_id for each in db.session.scalars(late)}
    for neighbourhood_id in sorted(waiting):
        places.lock(neighbourhood_id)
    found = db.session.scalars(late).all() if waiting else []
    for moment in found:
        hear_by = moment.commitment.hear_by  # type: ignore[union-attr]  # the query asked for it
        trail.record(CLOCK, "commitment.overdue", moment, happened=clock.end_of(hear_by), facts={"hear_by": hear_by})
    return len(found)


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
