"""The next version of the call: what changed since the one that came out, and what still stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from wijkplatform.calls.models import Article, Call, Draft
from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR
from wijkplatform.core.db import db
from wijkplatform.core.policy import may, visible
from wijkplatform.places import queries as places
from wijkplatform.places.models import Neighbourhood
from wijkplatform.remarks.models import Answer, Remark
from wijkplatform.rounds import queries as rounds
from wijkplatform.texts import conflicts
from wijkplatform.texts import queries as texts
from wijkplatform.texts.conflicts import Compared
from wijkplatform.texts.models import Edition, EditionText, Text, Version


@dataclass(frozen=True)
class Line:
    """An article in the next version beside the version that came out; None: it is not in that one."""

    article: Article
    out: Version | None
    next: Version | None
    changes: Sequence[Compared] = ()

    @property
    def kind(self) -> str:
        """same, changed, new, gone (from this version on), or away (it was in neither)."""
        if self.next is None:
            return "gone" if self.out else "away"
        if self.out is None:
            return "new"
        return "same" if (self.out.title, self.out.body) == (self.next.title, self.next.body) else "changed"


def call_of(slug: str) -> Call | None:
    return db.session.scalars(
        select(Call).where(Call.slug == slug).options(joinedload(Call.client))
    ).first()  # fmt: skip


def neighbourhood_of(call: Call) -> Neighbourhood:
    return places.by_id(call.neighbourhood_id)


def draft_of(slug: str, code: str) -> Draft | None:
    """An article on the desk, by the address of its call and its code."""
    article = db.session.scalars(
        select(Article)
        .join(Call, Call.id == Article.call_id)
        .where(Call.slug == slug, Article.code == code)
        .options(joinedload(Article.call), joinedload(Article.text))
    ).first()
    return Draft(article) if article and may(VISITOR, "view", article.call) else None


def articles(call: Call) -> Sequence[Article]:
    """All articles of a call, with those that no version holds yet and those that go."""
    return db.session.scalars(
        select(Article)
        .where(Article.call_id == call.id)
        .options(joinedload(Article.text))
        .order_by(Article.position, Article.id)
    ).all()


def newest(call: Call) -> Sequence[EditionText]:
    """What everybody reads: the texts of the version that came out last."""
    last = select(func.max(Edition.number)).where(Edition.owner_kind == "call", Edition.owner_id == call.id)
    return db.session.scalars(
        select(EditionText)
        .join(Edition, Edition.id == EditionText.edition_id)
        .where(Edition.owner_kind == "call", Edition.owner_id == call.id, Edition.number == last.scalar_subquery())
        .options(joinedload(EditionText.version))
    ).all()


def lines(call: Call) -> list[Line]:
    """Every article as it came out and as it stands now, in three queries."""
    out, found = {each.text_id: each.version for each in newest(call)}, articles(call)
    heads = texts.heads(each.text for each in found)
    pairs = [(each, out.get(each.text_id), None if each.dropped else heads[each.text_id]) for each in found]
    return [
        Line(each, old, new, conflicts.compared(old, new) if old and new and old.id != new.id else ())
        for each, old, new in pairs
    ]


def remarks_of(call: Call):  # type: ignore[no-untyped-def]  # a query, to be made narrower
    """The remarks on the articles of a call, as everybody may see them, with the article of each."""
    return (
        visible(VISITOR, Remark)
        .join(Article, (Remark.about_kind == Article.__tablename__) & (Remark.about_id == Article.id))
        .outerjoin(Answer, Answer.remark_id == Remark.id)
        .where(Article.call_id == call.id, Article.id.in_(open_articles()))
    )


def open_articles() -> Select[Any]:
    """What everybody may see: what is said about something sealed is as sealed as that."""
    return visible(VISITOR, Article).with_only_columns(Article.id)


def unanswered(call: Call) -> int:
    query = remarks_of(call).where(Answer.id.is_(None)).with_only_columns(func.count(Remark.id))
    return db.session.scalar(query) or 0


def changed(call: Call) -> int:
    """How many articles differ from the version that came out. Counted in versions, without reading their words."""
    now = (
        select(Text.id, Version.id)
        .join(Version, (Version.text_id == Text.id) & (Version.number == Text.head))
        .join(Article, Article.text_id == Text.id)
        .where(Article.call_id == call.id, Article.dropped.is_(False))
    )
    last = select(Edition.id).where(Edition.owner_kind == "call", Edition.owner_id == call.id)
    last = last.order_by(Edition.number.desc()).limit(1)
    out = select(EditionText.text_id, EditionText.version_id).where(EditionText.edition_id == last.scalar_subquery())
    here, there = ({(row[0], row[1]) for row in db.session.execute(query)} for query in (now, out))
    return len({text_id for text_id, _version in here ^ there})


@dataclass(frozen=True)
class Standing:
    """What the moves of a call ask: counted once for a page, and anew under the lock when somebody moves."""

    unanswered: int
    fresh: int  #: answers that no version brought out yet
    articles: int  #: in the next version
    changed: int
    runs: bool  #: people can still remark

    @property
    def move(self) -> str:
        """Which of the two ways on holds at this instant."""
        return "next_draft" if self.runs else "finalise"


def standing(call: Call, found: Sequence[Line] | None = None) -> Standing:
    """`found`: the lines of the next version, when a page has them already."""
    counts = db.session.execute(
        remarks_of(call).with_only_columns(func.count(Remark.id), func.count(Answer.id), func.count(Answer.edition))
    ).one()
    stay = select(func.count(Article.id)).where(Article.call_id == call.id, Article.dropped.is_(False))
    return Standing(
        unanswered=counts[0] - counts[1],
        fresh=counts[1] - counts[2],
        articles=(db.session.scalar(stay) or 0) if found is None else sum(each.next is not None for each in found),
        changed=changed(call) if found is None else sum(each.kind not in ("same", "away") for each in found),
        runs=round_runs(call),
    )


def round_runs(call: Call) -> bool:
    """Until the time for remarks is over, or somebody closes it. Without a round there is nothing that runs."""
    moment = rounds.moment_about(VISITOR, call)
    return moment is not None and not clock.reached(moment.closes_at)


def waiting(call: Call, most: int) -> Sequence[tuple[Remark, int]]:
    """The first remarks that wait, each with the number of its article."""
    query = remarks_of(call).where(Answer.id.is_(None)).add_columns(Article.number)
    rows = db.session.execute(query.order_by(Article.position, Article.id, Remark.said_at, Remark.id).limit(most))
    return [(row[0], row[1]) for row in rows]
