"""Remarks as pages read them: on what they hang in the version that is shown, and in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.policy import visible
from wijkplatform.remarks import passages
from wijkplatform.remarks.models import Answer, Remark
from wijkplatform.remarks.passages import Carried, Frame
from wijkplatform.texts.models import Paragraph, Version


@dataclass(frozen=True)
class Place:
    """A remark without its words: what is needed to say where it stands. Replies stand with what they reply to."""

    id: int
    code: str
    about_id: int
    version_id: int | None
    start: int | None
    end: int | None
    quoted: bool
    reply_to_id: int | None
    answered: bool


def placed(actor: Actor, kind: str, ids: Iterable[int]) -> list[Place]:
    """Where all remarks on these things were made, in the order they were made. One query, however many there are."""
    rows = db.session.execute(
        visible(actor, Remark)
        .where(Remark.about_kind == kind, Remark.about_id.in_(list(ids)))
        .outerjoin(Answer, Answer.remark_id == Remark.id)
        .with_only_columns(
            Remark.id, Remark.code, Remark.about_id, Remark.version_id, Remark.start, Remark.end,
            Remark.quote.is_not(None), Remark.reply_to_id, Answer.id.is_not(None),
        )
        .order_by(Remark.said_at, Remark.position, Remark.id)
    )  # fmt: skip
    return [Place(*row) for row in rows]


def threads(found: Sequence[Place]) -> tuple[list[Place], dict[int, list[Place]]]:
    """The remarks that stand by themselves, and under each the replies to it and to its replies, oldest first."""
    above = {each.id: each.reply_to_id for each in found}
    roots: dict[int, int] = {}

    def root(id_: int) -> int:
        """As many steps as there are remarks for all of them together, however long a row of replies is."""
        passed = []
        while id_ not in roots and (up := above.get(id_)) is not None and up in above:
            passed.append(id_)
            id_ = up
        top = roots.get(id_, id_)
        roots.update(dict.fromkeys([*passed, id_], top))
        return top

    replies: dict[int, list[Place]] = {}
    alone = []
    for each in found:
        if (top := root(each.id)) == each.id:
            alone.append(each)
        else:
            replies.setdefault(top, []).append(each)
    return alone, replies


def frames(version_ids: Iterable[int | None], known: Iterable[Version] = ()) -> dict[int, Frame]:
    """The bodies of these versions with the places of their paragraphs; those in `known` were read already."""
    bodies = {each.id: each.body for each in known}
    wanted = {each for each in version_ids if each is not None}
    if not wanted:
        return {}
    if unread := wanted - bodies.keys():
        rows = db.session.execute(select(Version.id, Version.body).where(Version.id.in_(unread)))
        bodies |= {row.id: row.body for row in rows}
    marks: dict[int, list[tuple[str, int, int]]] = {}
    spots = db.session.execute(
        select(Paragraph.version_id, Paragraph.key, Paragraph.start, Paragraph.end)
        .where(Paragraph.version_id.in_(wanted))
        .order_by(Paragraph.version_id, Paragraph.position)
    )
    for version_id, key, start, end in spots:
        marks.setdefault(version_id, []).append((key, start, end))
    return {id_: Frame(bodies[id_], tuple(marks.get(id_, ()))) for id_ in wanted}


def stands(place: Place, shown: int | None, known: dict[int, Frame]) -> Carried | None:
    """Where a remark stands in the version that is shown; None when it is about the whole thing, without a passage.

    A quote that had no place in its own version stays what it was: about the whole thing, with its words.
    """
    if place.start is None or place.end is None or place.version_id is None:
        return None
    if place.version_id == shown:
        return Carried("here", place.start, place.end)
    if shown is None:
        return passages.EARLIER
    return passages.carry(known[place.version_id], known[shown], place.start, place.end)


def with_words(ids: Iterable[int]) -> dict[int, Remark]:
    """These remarks with who said them, and their answers with who gave those."""
    rows = db.session.scalars(
        select(Remark)
        .where(Remark.id.in_(list(ids)))
        .options(
            joinedload(Remark.voice),
            joinedload(Remark.version).load_only(Version.number),
            joinedload(Remark.answer).options(
                joinedload(Answer.voice), joinedload(Answer.change).load_only(Version.number)
            ),
        )
    )
    return {row.id: row for row in rows}


def by_code(actor: Actor, neighbourhood_id: int, code: str) -> Remark | None:
    query: Any = (
        visible(actor, Remark)
        .where(Remark.neighbourhood_id == neighbourhood_id, Remark.code == code)
        .options(
            joinedload(Remark.voice),
            joinedload(Remark.version),
            joinedload(Remark.answer).options(joinedload(Answer.voice), joinedload(Answer.change)),
        )
    )
    return db.session.scalars(query).first()  # type: ignore[no-any-return]
