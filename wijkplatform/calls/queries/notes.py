"""The two notes of the call and its versions, as everybody reads them. Counts are counted here and kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from wijkplatform.calls.models import Article, Call, InformationNote, Question, ResponseNote
from wijkplatform.calls.queries import drafting
from wijkplatform.core.actor import VISITOR
from wijkplatform.core.db import db
from wijkplatform.core.policy import may
from wijkplatform.places.models import Voice
from wijkplatform.remarks.models import VERDICTS, Answer, Remark
from wijkplatform.texts import conflicts
from wijkplatform.texts import queries as texts
from wijkplatform.texts.conflicts import Compared
from wijkplatform.texts.models import Edition, EditionText, Version

PAGE = 20
MOST = 500
Stood = tuple[int, int, int]  #: number of the version of the call, text, version of the text


@dataclass(frozen=True)
class Said:
    """A remark in the note: what was said, by which function, and the answer. Nobody is named in it."""

    remark: Remark
    who: str | None  #: None: a resident, of no area that is known
    number: int  #: of the version of the call it was made on, 0 where that is not known
    change: tuple[int, int] | None  #: from which version of the article to which


@dataclass(frozen=True)
class Chapter:
    article: Article
    gone: bool  #: it is in no version that came out last
    said: Sequence[Said]


@dataclass(frozen=True)
class Note:
    """The note of answers, or how far it is (`note` is None, or answers were given since it came out)."""

    call: Call
    note: ResponseNote | None
    counts: dict[str, int]  #: per verdict
    waiting: int
    fresh: int  #: answers that no version brought out yet
    chapters: Sequence[Chapter] = ()
    shown: int = 0
    editions: Sequence[int] = ()  #: the numbers of the versions of the call

    @property
    def answered(self) -> int:
        return sum(self.counts.values())

    @property
    def total(self) -> int:
        return self.answered + self.waiting

    @property
    def underway(self) -> bool:
        """More is to come: what stands here is how far it is now."""
        return self.call.state == "draft" and (self.note is None or bool(self.waiting or self.fresh))


def note_of(call: Call, shown: int | None = PAGE) -> Note:
    """The note with its first so many remarks, grouped by article; None for all of them."""
    editions, found = _editions(call), _remarks(call, shown)
    counts = _counts(call) if shown else _counted(found)
    return Note(
        call=call,
        note=db.session.scalars(select(ResponseNote).where(ResponseNote.call_id == call.id)).first(),
        counts={verdict: counts.get(verdict, (0, 0))[0] for verdict in VERDICTS},
        waiting=counts.get(None, (0, 0))[0],
        fresh=sum(fresh for verdict, (_count, fresh) in counts.items() if verdict) if call.state == "draft" else 0,
        chapters=_chapters(call, found, editions),
        shown=len(found),
        editions=sorted({number for number, _text, _version in editions}),
    )


def introduction_of(call: Call) -> str | None:
    """What stands above the note, if it came out before."""
    return db.session.scalars(select(ResponseNote.introduction).where(ResponseNote.call_id == call.id)).first()


def _editions(call: Call) -> Sequence[Stood]:
    """Which version of which text stood in which version of the call, without their words."""
    rows = db.session.execute(
        select(Edition.number, EditionText.text_id, EditionText.version_id)
        .join(EditionText, EditionText.edition_id == Edition.id)
        .where(Edition.owner_kind == "call", Edition.owner_id == call.id)
        .order_by(Edition.number)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _counted(found: Sequence[Remark]) -> dict[str | None, tuple[int, int]]:
    """The same as `_counts`, of remarks that are all here."""
    counts: dict[str | None, tuple[int, int]] = {}
    for each in found:
        verdict = each.answer.verdict if each.answer else None
        count, fresh = counts.get(verdict, (0, 0))
        counts[verdict] = count + 1, fresh + (each.answer is None or each.answer.edition is None)
    return counts


def _counts(call: Call) -> dict[str | None, tuple[int, int]]:
    """For each verdict how many, and how many of those no version brought out yet."""
    rows = db.session.execute(
        drafting.remarks_of(call)
        .with_only_columns(Answer.verdict, func.count(Remark.id), func.count(Remark.id) - func.count(Answer.edition))
        .group_by(Answer.verdict)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _remarks(call: Call, shown: int | None) -> Sequence[Remark]:
    query = (
        drafting.remarks_of(call)
        .options(
            joinedload(Remark.voice), joinedload(Remark.version),
            joinedload(Remark.answer).joinedload(Answer.voice), joinedload(Remark.answer).joinedload(Answer.change),
        )
        .order_by(Article.position, Article.id, Remark.position, Remark.said_at, Remark.id)
    )  # fmt: skip
    return db.session.scalars(query.limit(shown) if shown else query).all()


def _chapters(call: Call, found: Sequence[Remark], editions: Sequence[Stood]) -> list[Chapter]:
    known = {each.id: each for each in drafting.articles(call)}
    newest = max((number for number, _text, _version in editions), default=0)
    last = {text_id for number, text_id, _version in editions if number == newest}
    first: dict[int, int] = {}
    for number, _text, version_id in editions:
        first.setdefault(version_id, number)
    return [
        Chapter(
            known[about_id], known[about_id].text_id not in last,
            [_said(each, first.get(each.version_id or 0, 0)) for each in group],
        )
        for about_id, group in groupby(found, key=lambda each: each.about_id)
    ]  # fmt: skip


def _said(remark: Remark, number: int) -> Said:
    change = remark.answer.change if remark.answer else None
    before = min(remark.version.number if remark.version else 1, change.number - 1) if change else 0
    return Said(remark, who(remark.voice), number, (before, change.number) if change else None)


def who(voice: Voice) -> str | None:
    """Who said it, without a name: the function and organisation, or 'bewoner' with the area at most."""
    return voice.hat or None


def information_of(call: Call) -> InformationNote | None:
    return db.session.scalars(
        select(InformationNote)
        .where(InformationNote.call_id == call.id)
        .options(selectinload(InformationNote.questions).joinedload(Question.article))
        .order_by(InformationNote.published_on.desc(), InformationNote.id.desc())
        .limit(1)
    ).first()


def clarified(call: Call) -> tuple[int, int] | None:
    """The two versions of the call between which the questions of bidders changed it."""
    numbers = [each.number for each in texts.editions("call", call.id) if each.state == "clarified"]
    return (numbers[0] - 1, numbers[0]) if numbers else None


@dataclass(frozen=True)
class Pair:
    """An article in two versions of the call."""

    article: Article
    old: Version | None
    new: Version | None
    changes: Sequence[Compared] = ()

    @property
    def kind(self) -> str:
        if self.old is None:
            return "new"
        if self.new is None:
            return "gone"
        return "same" if (self.old.title, self.old.body) == (self.new.title, self.new.body) else "changed"


def compared(call: Call, old: Edition, new: Edition) -> list[Pair]:
    """Two versions of the whole call, article by article; what stood in neither is left out."""
    before = {each.text_id: each.version for each in old.members}
    after = {each.text_id: each.version for each in new.members}
    seen = [each for each in drafting.articles(call) if may(VISITOR, "view", each)]
    pairs = [(each, before.get(each.text_id), after.get(each.text_id)) for each in seen]
    return [
        Pair(each, a, b, conflicts.compared(a, b) if a and b and a.id != b.id else ()) for each, a, b in pairs if a or b
    ]


def two(editions: Sequence[Edition], old: str, new: str) -> tuple[Edition, Edition] | None:
    """Two versions of the call by their numbers as written in an address."""
    by_number = {str(each.number): each for each in editions}
    return (by_number[old], by_number[new]) if old in by_number and new in by_number else None


def article_versions(article: Article) -> set[int]:
    """The versions of an article that everybody may read: those that came out, and those that an answer points to."""
    out = {
        member.version.number
        for edition in texts.editions("call", article.call_id)
        for member in edition.members
        if member.text_id == article.text_id
    }
    named = db.session.scalars(
        select(Version.number)
        .join(Answer, Answer.change_id == Version.id)
        .where(Version.text_id == article.text_id)
    )  # fmt: skip
    return out | set(named)


def changed_for(article: Article, version: Version) -> Sequence[Remark]:
    """The remarks whose answer points to this version."""
    return db.session.scalars(
        drafting.remarks_of(article.call)
        .where(Answer.change_id == version.id)
        .options(joinedload(Remark.voice))
        .order_by(Remark.said_at, Remark.id)
    ).all()
