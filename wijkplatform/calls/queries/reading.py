"""The call as people read it: one version of the text, and beside each passage what is said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from wijkplatform.calls.models import Article, Call
from wijkplatform.core import keeping
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.db import db, once
from wijkplatform.core.policy import may, visible
from wijkplatform.places.models import Neighbourhood
from wijkplatform.remarks import queries as remarks
from wijkplatform.remarks.models import Remark
from wijkplatform.remarks.passages import Carried, Frame
from wijkplatform.remarks.queries import Place
from wijkplatform.texts.models import Edition, EditionText, Version
from wijkplatform.web.marked import Mark

FIRST = 3  #: remarks that show beside a passage in the whole text; the others are one step away
LARGE = 200_000  #: what a whole call with its remarks weighs in memory, at most roughly
PAGE = 20  #: remarks at a time on the page of one article


@dataclass(frozen=True)
class Said:
    """A remark beside the text, with its number there, and how many replies it has."""

    remark: Remark
    no: int
    stands: Carried | None
    replies: int
    whole: bool  #: about the whole passage, not about words in it


@dataclass
class Passage:
    """A paragraph of an article, as text and with what is said about it. Without a key: what is about no paragraph."""

    key: str | None
    start: int
    text: str
    marks: list[Mark] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    total: int = 0


@dataclass(frozen=True)
class Shown:
    """An article of the version that is shown: its passages, and last what is about the whole of it or about older text."""

    article: Article
    version: Version | None  #: None when it stands in no version any more
    passages: list[Passage]
    general: Passage
    total: int


@dataclass(frozen=True)
class Reading:
    """A version of the call, whole. `gone`: articles that stood in an older version, with what was said about them."""

    edition: Edition
    editions: Sequence[Edition]
    articles: list[Shown]
    gone: list[tuple[Article, int]]
    total: int
    answered: int


#: Which neighbourhood a call's address is about, for keeping its pages; what is sealed is never kept.
WHERE = (
    "SELECT n.id FROM call c JOIN neighbourhood n ON n.id = c.neighbourhood_id"
    " WHERE c.slug = :slug AND c.sealed_until IS NULL AND n.sealed_until IS NULL"
)
#: Questions of every reader and every remark, put together once.
_BY_SLUG = (
    select(Call).where(Call.slug == bindparam("slug")).options(joinedload(Call.client), joinedload(Call.neighbourhood))
)
_BY_CODE = (
    select(Article)
    .join(Call, Call.id == Article.call_id)
    .where(Call.slug == bindparam("slug"), Article.code == bindparam("code"))
    .options(joinedload(Article.call), joinedload(Article.text))
)
_READ = (
    select(Version)
    .join(EditionText, EditionText.version_id == Version.id)
    .join(Edition, Edition.id == EditionText.edition_id)
    .where(Edition.owner_kind == "call", Edition.owner_id == bindparam("call"))
    .where(Version.text_id == bindparam("text"), Version.number == bindparam("number"))
    .options(joinedload(Version.paragraphs))
)


_OF_CALL = (Edition.owner_kind == "call", Edition.owner_id == bindparam("call"))
_NEWEST = (
    select(Version)
    .join(EditionText, EditionText.version_id == Version.id)
    .join(Edition, Edition.id == EditionText.edition_id)
    .where(*_OF_CALL, Version.text_id == bindparam("text"))
    .where(Edition.number == select(func.max(Edition.number)).where(*_OF_CALL).scalar_subquery())
)


def call_of(slug: str) -> Call | None:
    return db.session.scalars(_BY_SLUG, {"slug": slug}).first()


def call_to_show(slug: str) -> Call | None:
    """The same for a page: a kept one, to be read."""
    id_ = keeping.found_by(WHERE, {"slug": slug})
    if id_ is None:
        return call_of(slug)
    found = keeping.for_all(id_, ("call", slug), lambda: call_of(slug))
    if found is not None:
        once(("place", id_), lambda: found.neighbourhood)
    return found


def newest_call(actor: Actor, neighbourhood: Neighbourhood) -> Call | None:
    return db.session.scalars(
        visible(actor, Call).where(Call.neighbourhood_id == neighbourhood.id).order_by(Call.id.desc()).limit(1)
    ).first()


def call_to_read(neighbourhood: Neighbourhood) -> Call | None:
    """The newest one, for showing how it stands: kept, and not to be changed."""
    return keeping.for_all(neighbourhood.id, "newest call", lambda: newest_call(VISITOR, neighbourhood))


def how_many(call: Call) -> int:
    """How many remarks were made on this call; everybody sees them all."""

    def read() -> int:
        about = select(Article.id).where(Article.call_id == call.id)
        query = visible(VISITOR, Remark).where(Remark.about_kind == "article", Remark.about_id.in_(about))
        return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0

    return keeping.for_all(call.neighbourhood_id, ("remarks", call.id), read)


def article_of(slug: str, code: str) -> Article | None:
    """An article of a call that may be seen."""
    found = db.session.scalars(_BY_CODE, {"slug": slug, "code": code}).first()
    return found if found is not None and may(VISITOR, "view", found.call) else None


def remark_of(slug: str, code: str) -> Remark | None:
    """A remark on an article of this call."""
    call = call_of(slug)
    if call is None or not may(VISITOR, "view", call):
        return None
    found = remarks.by_code(VISITOR, call.neighbourhood_id, code)
    return found if found is not None and found.about_kind == "article" and _has(call, found.about_id) else None


def _has(call: Call, article_id: int) -> bool:
    found = db.session.get(Article, article_id, options=[joinedload(Article.call), joinedload(Article.text)])
    return found is not None and found.call_id == call.id and may(VISITOR, "view", found)


def editions(call: Call) -> Sequence[Edition]:
    """The versions that came out, oldest first."""
    return db.session.scalars(
        select(Edition).where(Edition.owner_kind == "call", Edition.owner_id == call.id).order_by(Edition.number)
    ).all()


def stood_in(edition: Edition) -> dict[int, Version]:
    """Which version of each text stood in an edition."""
    rows = db.session.scalars(
        select(Version)
        .join(EditionText, EditionText.version_id == Version.id)
        .where(EditionText.edition_id == edition.id)
    )
    return {row.text_id: row for row in rows}


def read_version(call: Call, article: Article, number: int) -> Version | None:
    """The version of an article that somebody read, if it ever came out. It never changes: it is loose, to be read."""
    if not 0 < number < 2**31:
        return None
    asked = {"call": call.id, "text": article.text_id, "number": number}
    return once(("read", *asked.values()), lambda: _loose(db.session.scalars(_READ, asked).unique().first()))


def _loose(version: Version | None) -> Version | None:
    for each in (version, *version.paragraphs) if version is not None else ():
        db.session.expunge(each)
    return version


def newest_version(article: Article) -> Version | None:
    """What stands in the newest version of the call; None when the article stands there no more."""
    return db.session.scalars(_NEWEST, {"call": article.call_id, "text": article.text_id}).first()


def to_speak_about(article: Article, number: int | None) -> tuple[Version | None, list[Passage]]:
    """The text somebody says something about: the version they read, or else the newest; with its paragraphs."""
    version = read_version(article.call, article, number) if number else None
    if version is None:
        version = newest_version(article)
    if version is None:
        return None, []
    return version, [Passage(each.key, each.start, version.body[each.start : each.end]) for each in version.paragraphs]


def reading(call: Call, number: int | None = None) -> Reading | None:
    """The whole call in the newest version, or in this one; None when no such version came out.

    What everybody reads alike, kept until the next deed in the neighbourhood: its rows are loose.
    """
    return keeping.for_all(call.neighbourhood_id, ("call", call.id, number), lambda: _reading(call, number), LARGE)


def _reading(call: Call, number: int | None) -> Reading | None:
    known = editions(call)
    edition = next((each for each in reversed(known) if number in (None, each.number)), None)
    if edition is None:
        return None
    rows = db.session.execute(
        visible(VISITOR, Article)
        .add_columns(Version)
        .outerjoin(EditionText, (EditionText.text_id == Article.text_id) & (EditionText.edition_id == edition.id))
        .outerjoin(Version, Version.id == EditionText.version_id)
        .where(Article.call_id == call.id)
        .options(joinedload(Article.text))
        .order_by(Article.position, Article.id)
    ).all()
    articles, versions = [row[0] for row in rows], {row[1].text_id: row[1] for row in rows if row[1] is not None}
    found = _Beside(VISITOR, articles, versions)
    shown = [
        found.article(article, versions[article.text_id], FIRST, each=True)
        for article in articles
        if article.text_id in versions
    ]
    found.fill()
    gone = [(each, found.count(each)) for each in articles if each.text_id not in versions and found.count(each)]
    return Reading(edition, known, shown, gone, len(found.all), sum(each.answered for each in found.all))


def one_article(actor: Actor, article: Article, *, stuk: str | None, most: int) -> Shown:
    """An article as it stands now, with up to `most` remarks: all of them, or those on one passage."""
    known = editions(article.call)
    versions = stood_in(known[-1]) if known else {}
    found = _Beside(actor, [article], versions)
    shown = found.article(article, versions.get(article.text_id), most, only=stuk)
    found.fill()
    return shown


class _Beside:
    """Puts the remarks on some articles beside their passages; their words are fetched at once, at the end."""

    def __init__(self, actor: Actor, articles: Sequence[Article], versions: Mapping[int, Version]):
        self.all = remarks.placed(actor, "article", [each.id for each in articles])
        self.alone, self.replies = remarks.threads(self.all)
        shown = {each.id: versions[each.text_id].id for each in articles if each.text_id in versions}
        self.frames = remarks.frames(
            {*shown.values(), *(each.version_id for each in self.alone if each.start is not None)}, versions.values()
        )
        self.no = 0
        self.wanted: list[tuple[Passage, Place, Carried | None, int, bool]] = []

    def count(self, article: Article) -> int:
        return sum(each.about_id == article.id for each in self.all)

    def article(
        self, article: Article, version: Version | None, most: int, *, only: str | None = None, each: bool = False
    ) -> Shown:
        """With up to `most` remarks: of the whole article together, or of `each` passage."""
        frame = self.frames[version.id] if version else Frame("", ())
        passages_ = [Passage(key, start, frame.body[start:end]) for key, start, end in frame.paragraphs]
        general = Passage(None, 0, "")
        lying: dict[str | None, list[tuple[Place, Carried | None]]] = {}
        for place in self.alone:
            if place.about_id == article.id:
                stands = remarks.stands(place, version.id if version else None, self.frames)
                lying.setdefault(_key(frame, stands), []).append((place, stands))
        left = most
        for passage in [*passages_, general]:
            here = lying.get(passage.key, [])
            passage.total = len(here)
            if only is not None and only != (passage.key or "artikel"):
                continue
            chosen = here[::-1][: most if each else left]  # the newest first
            left -= len(chosen)
            self._number(passage, frame, sorted(chosen, key=_by_place))
        return Shown(article, version, passages_, general, self.count(article))

    def _number(self, passage: Passage, frame: Frame, chosen: Sequence[tuple[Place, Carried | None]]) -> None:
        for place, stands in chosen:
            self.no += 1
            bounds = (passage.start, passage.start + len(passage.text))
            whole = stands is not None and (stands.start, stands.end) == bounds
            self.wanted.append((passage, place, stands, self.no, whole))
            if passage.key is not None and stands is not None and stands.start is not None and not whole:
                start, end = stands.start - passage.start, (stands.end or 0) - passage.start
                passage.marks.append(Mark(start, min(end, len(passage.text)), place.code, self.no))

    def fill(self) -> None:
        words = remarks.with_words(place.id for _passage, place, *_rest in self.wanted)
        for passage, place, stands, no, whole in self.wanted:
            passage.said.append(Said(words[place.id], no, stands, len(self.replies.get(place.id, ())), whole))


def _key(frame: Frame, stands: Carried | None) -> str | None:
    """The paragraph in which a passage begins."""
    if stands is None or stands.start is None:
        return None
    return next((key for key, start, end in frame.paragraphs if start <= stands.start < end), None)


def _by_place(each: tuple[Place, Carried | None]) -> tuple[int, int, int]:
    """In the order of the text: what begins first, then what ends first; then in order of making."""
    place, stands = each
    if stands is None or stands.start is None:
        return (0, 0, place.id)
    return (stands.start, stands.end or 0, place.id)


def thread(actor: Actor, remark: Remark, article: Article) -> list[Remark]:
    """The replies to a remark, oldest first, with who said them."""
    _alone, replies = remarks.threads(remarks.placed(actor, "article", [article.id]))
    under = replies.get(remark.id, [])
    words = remarks.with_words(each.id for each in under)
    return [words[each.id] for each in under]


@dataclass(frozen=True)
class Now:
    """The paragraph in which a remark stands in the newest version, with its words marked."""

    text: str
    marks: list[Mark]
    changed: bool  #: the text is not what it was when it was said


def standing(remark: Remark, article: Article) -> tuple[Carried | None, Now | None]:
    """Where a remark stands in the newest version, and what one reads there."""
    version = newest_version(article)
    place = Place(
        remark.id, remark.code, remark.about_id, remark.version_id, remark.start, remark.end,
        remark.quote is not None, remark.reply_to_id, remark.answer is not None,
    )  # fmt: skip
    frames = remarks.frames([version.id if version else None, remark.version_id], [version] if version else [])
    stands = remarks.stands(place, version.id if version else None, frames)
    if version is None or stands is None or stands.start is None or stands.end is None:
        return stands, None
    frame = frames[version.id]
    _, start, end = next(each for each in frame.paragraphs if each[1] <= stands.start < each[2])
    marks = [Mark(stands.start - start, min(stands.end, end) - start, remark.code, 1)]
    whole = (stands.start, stands.end) == (start, end)
    changed = frame.body[stands.start : stands.end] != remark.quote
    return stands, Now(frame.body[start:end], [] if whole else marks, changed)


def article_by_id(article_id: int) -> Article:
    return db.session.get_one(Article, article_id, options=[joinedload(Article.call), joinedload(Article.text)])


def above(remark: Remark) -> Remark | None:
    """What a reply replies to."""
    return (
        db.session.get(Remark, remark.reply_to_id, options=[joinedload(Remark.voice)]) if remark.reply_to_id else None
    )
