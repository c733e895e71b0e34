"""The worklist of who answers remarks: what waits, what is about the same paragraph, and what one answer is made of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from wijkplatform.calls.models import Article, Call
from wijkplatform.calls.queries import drafting
from wijkplatform.core.actor import VISITOR
from wijkplatform.core.characters import fault_in_text
from wijkplatform.core.db import db
from wijkplatform.core.policy import visible
from wijkplatform.core.trail import Event, Influence
from wijkplatform.remarks.models import Answer, EarlierAnswer, Remark
from wijkplatform.texts.models import Paragraph, Version

PAGE = 20
MOST = 500  #: as many as one page shows when somebody asks for more and more
SIBLINGS = 20  #: other remarks that can get the same answer at once


@dataclass(frozen=True)
class Choice:
    """What of the worklist is wanted: one article or all, answered ones too, and how many."""

    article: str | None = None
    everything: bool = False
    shown: int = PAGE


@dataclass(frozen=True)
class Together:
    """Remarks on the same paragraph of an article, or on the article as a whole."""

    key: str | None
    words: str  #: the paragraph, as it stood when they were made
    remarks: Sequence[Remark]

    @property
    def open(self) -> list[Remark]:
        return [each for each in self.remarks if each.answer is None]


@dataclass(frozen=True)
class Stack:
    """The remarks on one article, by paragraph."""

    article: Article
    answered: bool
    groups: Sequence[Together]


@dataclass(frozen=True)
class Worklist:
    stacks: Sequence[Stack]
    shown: int
    total: int  #: as many as this choice has
    per_article: Sequence[tuple[Article, int, int]]  #: article, how many wait, how many there are
    choice: Choice

    @property
    def waiting(self) -> int:
        return sum(waits for _article, waits, _all in self.per_article)

    @property
    def all(self) -> int:
        return sum(count for _article, _waits, count in self.per_article)


def worklist(call: Call, choice: Choice) -> Worklist:
    """What waits first, per article and per paragraph; in five queries however many remarks there are."""
    known = {each.id: each for each in drafting.articles(call)}
    counts = _per_article(call)
    query = drafting.remarks_of(call)
    if not choice.everything:
        query = query.where(Answer.id.is_(None))
    if choice.article:
        query = query.where(Article.code == choice.article)
    found = db.session.scalars(
        query.options(joinedload(Remark.voice), joinedload(Remark.version), joinedload(Remark.answer))
        .order_by(
            Answer.id.is_not(None), Article.position, Article.id, func.coalesce(Remark.start, -1), Remark.said_at,
            Remark.id,
        )
        .limit(choice.shown)
    ).all()  # fmt: skip
    chosen = [(waits, count) for id_, (waits, count) in counts.items() if choice.article in (None, known[id_].code)]
    return Worklist(
        stacks=_stacks(found, known),
        shown=len(found),
        total=sum(count if choice.everything else waits for waits, count in chosen),
        per_article=[(each, *counts[id_]) for id_, each in known.items() if id_ in counts],
        choice=choice,
    )


def _per_article(call: Call) -> dict[int, tuple[int, int]]:
    """For each article with remarks: how many wait for an answer, and how many there are."""
    rows = db.session.execute(
        drafting.remarks_of(call)
        .with_only_columns(Article.id, func.count(Remark.id) - func.count(Answer.id), func.count(Remark.id))
        .group_by(Article.id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _stacks(found: Sequence[Remark], known: dict[int, Article]) -> list[Stack]:
    where = _paragraphs(found)
    stacks = []
    for (answered, about_id), group in groupby(found, key=lambda each: (each.answer is not None, each.about_id)):
        together: dict[str | None, list[Remark]] = {}
        for each in group:
            together.setdefault(where.get(each.id, (None, ""))[0], []).append(each)
        groups = [
            Together(key, where[same[0].id][1] if same[0].id in where else "", same) for key, same in together.items()
        ]
        stacks.append(Stack(known[about_id], answered, groups))
    return stacks


def _paragraphs(found: Iterable[Remark]) -> dict[int, tuple[str, str]]:
    """The key and the words of the paragraph in which each remark begins; none for one about the whole article."""
    placed = [each for each in found if each.start is not None and each.version is not None]
    rows = db.session.execute(
        select(Paragraph.version_id, Paragraph.key, Paragraph.start, Paragraph.end).where(
            Paragraph.version_id.in_({each.version_id for each in placed})
        )
    ).all()
    return {
        remark.id: (row.key, remark.version.body[row.start : row.end])  # type: ignore[union-attr]
        for remark in placed
        for row in rows
        if row.version_id == remark.version_id and row.start <= (remark.start or 0) < row.end
    }


@dataclass(frozen=True)
class Desk:
    """One remark with what an answer to it needs: the text it is about, its changes, and others like it."""

    call: Call
    remark: Remark
    article: Article
    words: str  #: the paragraph it is about
    changes: Sequence[Version]  #: versions of the text that came after the remark, newest first
    because: frozenset[int]  #: numbers of the versions that were made for this remark
    siblings: Sequence[Remark]  #: other remarks on the article that wait, those on the same paragraph first
    near: frozenset[int]  #: ids of the siblings on the same paragraph

    @property
    def neighbourhood_id(self) -> int:
        return self.remark.neighbourhood_id


def remark_of(slug: str, code: str) -> Remark | None:
    """A remark on an article of a call that everybody may see."""
    call = visible(VISITOR, Call).where(Call.slug == slug).with_only_columns(Call.id)
    return db.session.scalars(
        visible(VISITOR, Remark)
        .join(Article, (Remark.about_kind == Article.__tablename__) & (Remark.about_id == Article.id))
        .where(Remark.code == code, Article.call_id.in_(call), Article.id.in_(drafting.open_articles()))
        .options(
            joinedload(Remark.voice), joinedload(Remark.version),
            joinedload(Remark.answer).joinedload(Answer.voice),
            joinedload(Remark.answer).selectinload(Answer.earlier).joinedload(EarlierAnswer.voice),
        )
    ).first()  # fmt: skip


def desk(remark: Remark) -> Desk:
    article = db.session.scalars(
        select(Article)
        .where(Article.id == remark.about_id)
        .options(joinedload(Article.text), joinedload(Article.call))
    ).one()  # fmt: skip
    others = _others(article.call, remark)
    where = _paragraphs([remark, *others])
    key, words = where.get(remark.id, (None, ""))
    near = frozenset(each.id for each in others if key and where.get(each.id, ("",))[0] == key)
    alike = Counter({each.id: len(_words(each.text) & _words(remark.text)) for each in others})
    siblings = sorted(others, key=lambda each: (each.id not in near, -alike[each.id]))[:SIBLINGS]
    changes = changes_since(article, remark.version)
    made = _made_for(article, remark) if changes else frozenset()
    return Desk(article.call, remark, article, words, changes, made, siblings, near)


def changes_since(article: Article, read: Version | None) -> Sequence[Version]:
    """The versions of an article after the one that was read; without one, after its first."""
    return db.session.scalars(
        select(Version)
        .where(Version.text_id == article.text_id, Version.number > (read.number if read else 1))
        .options(joinedload(Version.voice))
        .order_by(Version.number.desc())
    ).all()


def _made_for(article: Article, remark: Remark) -> frozenset[int]:
    rows = db.session.scalars(
        select(Event)
        .join(Influence, Influence.event_id == Event.id)
        .where(Event.thing_kind == "article", Event.thing_id == article.id, Event.verb == "article.saved")
        .where(Influence.source_kind == "remark", Influence.source_id == remark.id)
    )
    return frozenset((each.facts or {}).get("version", 0) for each in rows)


def _others(call: Call, remark: Remark) -> Sequence[Remark]:
    """Others on the same article that wait."""
    return db.session.scalars(
        drafting.remarks_of(call)
        .where(Answer.id.is_(None), Remark.about_id == remark.about_id, Remark.id != remark.id)
        .options(joinedload(Remark.version))
        .order_by(Remark.said_at, Remark.id)
        .limit(MOST)
    ).all()


def _words(text: str) -> set[str]:
    """What a remark is about, roughly: its longer words."""
    return {word for word in "".join(c if c.isalnum() else " " for c in text.casefold()).split() if len(word) > 4}


def by_codes(call: Call, article_id: int, codes: Iterable[str]) -> Sequence[Remark]:
    """These remarks on one article, whoever answered them meanwhile; what is not there is left out."""
    return db.session.scalars(
        drafting.remarks_of(call)
        .where(Remark.code.in_([each for each in codes if fault_in_text(each) is None]), Remark.about_id == article_id)
        .options(joinedload(Remark.answer), joinedload(Remark.version))
        .order_by(Remark.id)
    ).all()


def next_waiting(call: Call, after: Remark) -> str | None:
    """The code of the next remark that waits: on the same article first."""
    query = drafting.remarks_of(call).where(Answer.id.is_(None)).with_only_columns(Remark.code)
    order = (Remark.about_id != after.about_id, Article.position, Article.id, func.coalesce(Remark.start, -1))
    return db.session.scalars(query.order_by(*order, Remark.said_at, Remark.id).limit(1)).first()


def open_on(article: Article) -> Sequence[Remark]:
    """The remarks on an article that a change can be made for: those that wait, and those that were adopted."""
    return db.session.scalars(
        drafting.remarks_of(article.call)
        .where(Remark.about_id == article.id)
        .where(Answer.id.is_(None) | (Answer.verdict.in_(("adopted", "partly")) & Answer.edition.is_(None)))
        .options(joinedload(Remark.voice), joinedload(Remark.answer))
        .order_by(Answer.id.is_not(None), Remark.said_at, Remark.id)
        .limit(MOST)
    ).all()
