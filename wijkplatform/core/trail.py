"""The trail: the only writer of history. One append-only event per deed, with `because`, the sources that shaped it.

Events are collected during the deed and chained at commit, under one lock taken last. Hashed are number, previous hash,
verb, thing, both times and salted digests of actor, facts and words; a salt lies beside what it salts and goes with
it, so that the chain stays verifiable after something was redacted or erased.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, bindparam, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import Base, Written, begin_writing, db, kind_of, model_of, table_of

GENESIS = "0" * 64
PRECISIONS = ("second", "minute", "day", "unknown")


class Event(Base):
    """One deed. `happened_at` is when, as precise as known; `recorded_at` is when it was written down here."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_thing", "thing_kind", "thing_id"),
        Index("ix_event_head", "neighbourhood_id", "number"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: secrets.token_hex(16))
    number: Mapped[int] = mapped_column(unique=True)
    act: Mapped[str] = mapped_column(String(16))  #: nested deeds share it, so that the log reads as one
    verb: Mapped[str] = mapped_column(String(64), index=True)
    thing_kind: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    neighbourhood_id: Mapped[int | None] = mapped_column(ForeignKey("neighbourhood.id"))
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("voice.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    system: Mapped[str | None] = mapped_column(String(40))
    actor_salt: Mapped[str | None] = mapped_column(String(32))
    actor_digest: Mapped[str] = mapped_column(String(64))
    facts: Mapped[dict[str, Any] | None]
    facts_salt: Mapped[str | None] = mapped_column(String(32))
    facts_digest: Mapped[str] = mapped_column(String(64))
    words_kind: Mapped[str | None] = mapped_column(String(40))
    words_id: Mapped[int | None]
    words_digest: Mapped[str] = mapped_column(String(64))
    happened_at: Mapped[datetime | None]  #: None where a taken-over record does not say: 'niet vastgelegd'
    happened_precision: Mapped[str] = mapped_column(String(8))
    recorded_at: Mapped[datetime]
    taken_over: Mapped[bool] = mapped_column(default=False)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    influences: Mapped[list["Influence"]] = relationship(back_populates="event", order_by="Influence.id")


class Influence(Base):
    """What shaped a deed. Not to be confused with declared links between things (`index.Link`)."""

    __tablename__ = "influence"
    __table_args__ = (Index("ix_influence_source", "source_kind", "source_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    source_kind: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[int]
    how: Mapped[str | None] = mapped_column(String(20))  #: adopted, partly, considered

    event: Mapped[Event] = relationship(back_populates="influences")


class ChainHead(Base):
    """The last link of the chain, one row; its lock is the last one a deed takes."""

    __tablename__ = "chain_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class Verb:
    """What an event is called, and whether everybody may read it."""

    name: str
    label: Any
    public: bool


_verbs: dict[str, Verb] = {}
_listeners: list[Callable[[Event], None]] = []


def declare(verbs: dict[str, Any], *, public: bool = True) -> None:
    """Declare a feature's verbs with their labels ('steunde dit punt')."""
    for name, label in verbs.items():
        _verbs[name] = Verb(name, label, public)


def verbs() -> dict[str, Verb]:
    return dict(_verbs)


def listen(listener: Callable[[Event], None]) -> None:
    """Hear of every event, inside the deed that leaves it; listeners stand further right in the line."""
    if listener not in _listeners:
        _listeners.append(listener)


def record(
    actor: Actor,
    verb: str,
    thing: Any,
    *,
    because: Iterable[Any] = (),
    facts: dict[str, Any] | None = None,
    words: Written | None = None,
    voice: Any = None,
    happened: datetime | None = None,
    precision: str = "second",
    how: str | None = None,
) -> Event:
    """Note a deed; it is chained when the deed is committed. `happened` defaults to now; precision 'unknown' leaves it open."""
    if verb not in _verbs or precision not in PRECISIONS:
        raise LookupError(f"no such verb or precision: {verb}, {precision}")
    session = db.session()
    begin_writing(session)
    session.flush()
    written_at = clock.now()
    facts = {key: _plain(value) for key, value in (facts or {}).items()}
    made = Event(
        act=session.info.setdefault("act", secrets.token_hex(8)),
        verb=verb,
        thing_kind=kind_of(thing),
        thing_id=thing.id,
        person_id=actor.person_id,
        system=actor.system,
        neighbourhood_id=thing.id if kind_of(thing) == "neighbourhood" else getattr(thing, "neighbourhood_id", None),
        voice_id=voice.id if voice is not None else None,
        actor_salt=secrets.token_hex(16),
        facts=facts,
        facts_salt=secrets.token_hex(16),
        happened_at=None if precision == "unknown" else happened or written_at,
        happened_precision=precision,
        recorded_at=written_at,
        taken_over=actor.system == "overname",
    )
    _seal(made, facts, words)
    made.influences = [Influence(source_kind=kind_of(source), source_id=source.id, how=how) for source in because]
    session.info.setdefault("events", []).append(made)
    for listener in _listeners:
        listener(made)
    return made


def _seal(made: Event, facts: dict[str, Any], words: Written | None) -> None:
    """Digest who did it, what is known of it, and the words it vouches for."""
    made.actor_digest = digest(made.actor_salt, _actor_words(made))
    made.facts_digest = digest(made.facts_salt, canonical(facts))
    made.words_kind = kind_of(words) if words is not None else None
    made.words_id = words.id if words is not None else None  # type: ignore[attr-defined]
    made.words_digest = digest(words.salt, words.words()) if words is not None and words.salt else ""


def commit() -> None:
    """Chain what was recorded and make the deed final. Called by the answer to a POST and by the command line."""
    session = db.session()
    made: list[Event] = session.info.get("events", [])
    if made:
        session.flush()
        head = session.execute(_LAST_LINK).one()
        number, previous = head.number, head.hash
        for each in made:
            number += 1
            each.number, each.previous_hash = number, previous
            each.hash = previous = link_hash(each)
        _insert(made)
        session.execute(_NEXT_LINK, {"last": number, "its_hash": previous})
    session.commit()


_head = table_of(ChainHead).c
_LAST_LINK = select(_head.number, _head.hash).with_for_update()
_NEXT_LINK = update(table_of(ChainHead)).values(number=bindparam("last"), hash=bindparam("its_hash"))
_COLUMNS = tuple(column.key for column in table_of(Event).columns)


def _insert(made: Sequence[Event]) -> None:
    """Rows rather than objects: events are never changed after this, so the session need not watch them."""
    session = db.session()
    for each in made:
        each.id = each.id or secrets.token_hex(16)
    session.execute(insert(table_of(Event)), [{key: getattr(each, key) for key in _COLUMNS} for each in made])
    influences = [
        {"event_id": each.id, "source_kind": one.source_kind, "source_id": one.source_id, "how": one.how}
        for each in made
        for one in each.influences
    ]
    if influences:
        session.execute(insert(table_of(Influence)), influences)


def _plain(value: Any) -> Any:
    """Facts hold what JSON keeps exactly: no floats, decimals as text, instants as ISO."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, float):
        raise TypeError("a fact is never a binary float")
    if value is None or isinstance(value, str | int | bool):
        return value
    return value.isoformat()


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(salt: str | None, words: str) -> str:
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()


def _actor_words(each: Event) -> str:
    return canonical([each.person_id, each.system, each.voice_id])


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(UTC).isoformat()


def link_hash(each: Event) -> str:
    """The hash of one link: what is in it can be checked by anyone who has the open data."""
    return hashlib.sha256(
        canonical(
            [
                each.number,
                each.previous_hash,
                each.verb,
                each.thing_kind,
                each.thing_id,
                _iso(each.happened_at),
                _iso(each.recorded_at),
                each.actor_digest,
                each.facts_digest,
                each.words_digest,
            ]
        ).encode()
    ).hexdigest()


def head() -> tuple[int, str]:
    """Number and hash of the last link, to publish."""
    row = db.session.execute(select(ChainHead.number, ChainHead.hash)).one()
    return row.number, row.hash


def history(thing: Any) -> Sequence[Event]:
    """Every event of a thing, oldest first."""
    return db.session.scalars(
        select(Event).where(Event.thing_kind == kind_of(thing), Event.thing_id == thing.id).order_by(Event.number)
    ).all()


def shaped_by(thing: Any) -> Sequence[Influence]:
    """Where does this come from: what shaped the deeds that made this thing."""
    return db.session.scalars(
        select(Influence)
        .join(Event)
        .where(Event.thing_kind == kind_of(thing), Event.thing_id == thing.id)
        .order_by(Event.number, Influence.id)
    ).all()


def led_to(source: Any) -> Sequence[Event]:
    """What happened with this: the deeds that it shaped."""
    return db.session.scalars(
        select(Event)
        .join(Influence)
        .where(Influence.source_kind == kind_of(source), Influence.source_id == source.id)
        .order_by(Event.number)
    ).all()


def deeds_of(person_id: int, voices: Any, limit: int) -> tuple[Sequence[Event], int]:
    """What somebody did, newest first, and how much that is: their own deeds, and what was taken over in their voice.

    `voices`: the ids of their voices, or a query for them. Only deeds that everybody may read. When it happened counts;
    of what that is unknown comes last.
    """
    open_ = [verb.name for verb in _verbs.values() if verb.public]
    theirs = (Event.person_id == person_id) | Event.voice_id.in_(voices)
    query = select(Event).where(theirs, Event.verb.in_(open_), Event.neighbourhood_id.is_not(None))
    total = func.count().over().label("total")
    order = (Event.happened_at.is_(None), Event.happened_at.desc(), Event.number.desc())
    rows = db.session.execute(query.add_columns(total).order_by(*order).limit(limit)).all()
    return [row[0] for row in rows], rows[0][1] if rows else 0


def faults() -> Iterator[str]:
    """Walk the whole chain; a sentence for every place where it is broken or no longer matches what stands there."""
    number, previous = 0, GENESIS
    last_words: dict[tuple[str, int], Event] = {}
    for each in db.session.scalars(select(Event).order_by(Event.number).execution_options(yield_per=1000)):
        number += 1
        if each.number != number:
            yield f"gebeurtenis {number} ontbreekt"
            number = each.number
        if each.previous_hash != previous:
            yield f"gebeurtenis {each.number} sluit niet aan op de vorige"
        if each.hash != link_hash(each):
            yield f"gebeurtenis {each.number} is veranderd na het vastleggen"
        if each.actor_salt is not None and each.actor_digest != digest(each.actor_salt, _actor_words(each)):
            yield f"gebeurtenis {each.number}: wie het deed is veranderd"
        if each.facts_salt is not None and each.facts_digest != digest(each.facts_salt, canonical(each.facts)):
            yield f"gebeurtenis {each.number}: de feiten zijn veranderd"
        if each.words_kind is not None and each.words_id is not None:
            last_words[each.words_kind, each.words_id] = each
        previous = each.hash
    stored_number, stored_hash = head()
    if (stored_number, stored_hash) != (number, previous):
        yield f"de kop van de keten zegt {stored_number}, de laatste gebeurtenis is {number}"
    yield from _changed_words(last_words)


def _changed_words(last_words: dict[tuple[str, int], Event]) -> Iterator[str]:
    """Words must be what the last event about them vouched for, unless they were redacted (no salt left)."""
    by_kind: dict[str, dict[int, Event]] = {}
    for (kind, id_), each in last_words.items():
        by_kind.setdefault(kind, {})[id_] = each
    for kind, events in by_kind.items():
        rows = {row.id: row for row in db.session.scalars(select(model_of(kind)))}
        for id_, each in events.items():
            row = rows.get(id_)
            if row is None:
                yield f"gebeurtenis {each.number}: de tekst waar het over ging is weg ({kind} {id_})"
            elif row.salt is not None and digest(row.salt, row.words()) != each.words_digest:
                yield f"gebeurtenis {each.number}: de tekst is daarna veranderd ({kind} {id_})"
