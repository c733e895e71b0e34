"""Finding: every word of the question must be there; a title weighs more than a text, a whole word more than a part."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.policy import visible
from wijkplatform.influence.seeing import shown
from wijkplatform.places.models import Neighbourhood
from wijkplatform.search import words
from wijkplatform.search.kinds import KINDS, Kind
from wijkplatform.search.models import Findable
from wijkplatform.search.words import Term

PAGE = 20
ORDER = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Hit:
    """A thing that was found, with the words marked that were looked for."""

    row: Findable
    kind: Kind
    place: Neighbourhood
    title: list[tuple[bool, str]]
    excerpt: list[tuple[bool, str]]


@dataclass(frozen=True)
class Found:
    hits: list[Hit]
    total: int
    asked: bool  #: was there a word in the question at all


def find(actor: Actor, question: str, slug: str | None = None, limit: int = PAGE) -> Found:
    """What this actor may see and holds every word; nothing for a question without words."""
    wanted = words.terms(question)
    if not wanted:
        return Found([], 0, False)
    query = (
        select(Findable, Neighbourhood, func.count().over().label("total"))
        .join(Neighbourhood, Neighbourhood.id == Findable.neighbourhood_id)
        .where(*(_there(term) for term in wanted), _visible(actor))
        .where(Neighbourhood.id.in_(visible(actor, Neighbourhood).with_only_columns(Neighbourhood.id)))
        .order_by(_weight(wanted).desc(), case(ORDER, value=Findable.kind), Findable.thing_id)
        .limit(limit)
    )
    if slug:
        query = query.where(Neighbourhood.slug == slug)
    rows = db.session.execute(query).all()
    hits = [_hit(row, place, wanted) for row, place, _total in rows]
    return Found(hits, rows[0].total if rows else 0, True)


def _hit(row: Findable, place: Neighbourhood, wanted: list[Term]) -> Hit:
    """A short remark is all title: it is not told twice."""
    again = words.plain(row.text) == row.title
    excerpt = [] if again else words.excerpt(row.text, wanted)
    return Hit(row, KINDS[row.kind], place, words.marked(row.title, wanted), excerpt)


def _visible(actor: Actor) -> ColumnElement[bool]:
    """Asked of the thing itself, kind by kind, so that what is sealed shows nowhere, not even in the count."""
    return or_(
        *(and_(Findable.kind == kind, shown(actor, each.model, Findable.thing_id)) for kind, each in KINDS.items())
    )


def _there(term: Term) -> ColumnElement[bool]:
    return or_(*(_in(column, term) for column in (Findable.title_words, Findable.text_words)))


def _in(column: Any, term: Term) -> ColumnElement[bool]:
    """Does a word there begin with this one, share its stem, or hold it? Words hold letters and digits alone."""
    ways = [column.like(f"% {term.word}%"), column.like(f"% {term.stem} %")]
    return or_(*ways, column.like(f"%{term.part}%")) if term.part else or_(*ways)


def _weight(wanted: list[Term]) -> ColumnElement[int]:
    total: Any = 0
    for term in wanted:
        for column, whole, begun, inside in ((Findable.title_words, 12, 7, 4), (Findable.text_words, 5, 2, 1)):
            total = total + case(
                (or_(column.like(f"% {term.stem} %"), column.like(f"% {term.word} %")), whole),
                (column.like(f"% {term.word}%"), begun),
                (_in(column, term), inside),
                else_=0,
            )
    return total  # type: ignore[no-any-return]
