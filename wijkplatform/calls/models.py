"""The call: articles in versions, lots, the note that answers remarks, and the questions of bidders."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.core import clock
from wijkplatform.core.db import Base, Thing, Written
from wijkplatform.places.models import Neighbourhood, Organisation
from wijkplatform.texts.models import Text

LOT_KINDS = ("functional", "geographic")
#: A new article stays sealed until the version that holds it comes out: nobody knows yet when that is.
NOT_YET = datetime(9999, 1, 1, tzinfo=UTC)


class Call(Thing, Base):
    """A call for bids. Its versions are `texts.Edition`s; the criteria it is judged by are a declared link.

    `draft` is the number of the version that was, or is, open to remarks; from when to when says the `rounds.Moment`
    about the call. `slug` is made once: `/uitvragen/<slug>`.
    """

    __tablename__ = "call"

    slug: Mapped[str] = mapped_column(String(220), unique=True)
    title: Mapped[str]
    client_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    procedure: Mapped[str]
    estimated_value: Mapped[Decimal]  #: euro, over the whole period
    first_day: Mapped[date]
    last_day: Mapped[date]
    extension: Mapped[str | None]
    draft: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(20))

    client: Mapped[Organisation] = relationship()
    neighbourhood: Mapped[Neighbourhood] = relationship()
    articles: Mapped[list["Article"]] = relationship(back_populates="call", order_by="Article.position, Article.id")


class Lot(Thing, Base):
    """A part of the work that can be awarded on its own. A neighbourhood may name its lots before there is a call."""

    __tablename__ = "lot"

    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"), index=True)
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(String(12))


class Article(Thing, Base):
    """An article of the call. Its words stand in versions of `text`; `number` is as printed."""

    __tablename__ = "article"

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]  #: of the newest version
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"), unique=True)
    dropped: Mapped[bool] = mapped_column(default=False, server_default=false())  #: not in the next version

    call: Mapped[Call] = relationship(back_populates="articles")
    text: Mapped[Text] = relationship()


@dataclass(frozen=True)
class Draft:
    """An article as it is being written for the next version. What visitors read is the version that came out."""

    article: Article

    @property
    def call(self) -> Call:
        return self.article.call

    @property
    def text(self) -> Text:
        return self.article.text

    @property
    def neighbourhood_id(self) -> int:
        return self.article.neighbourhood_id

    @property
    def sealed_until(self) -> datetime | None:
        return self.article.sealed_until


class ResponseNote(Thing, Written, Base):
    """The note (nota van beantwoording) that answers the remarks on one version; the tallies are counted, not kept."""

    __tablename__ = "response_note"
    __table_args__ = (UniqueConstraint("call_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    from_edition: Mapped[int]
    to_edition: Mapped[int]
    published_on: Mapped[date]
    residents_unnamed: Mapped[bool]  #: names of residents are not shown in it
    introduction: Mapped[str]

    call: Mapped[Call] = relationship()

    def words(self) -> str:
        return self.introduction


class InformationNote(Thing, Base):
    """The note (nota van inlichtingen) with the questions of bidders. Bids close at a clock time in Amsterdam."""

    __tablename__ = "information_note"

    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"), index=True)
    questions_until: Mapped[date]
    published_on: Mapped[date]
    closing_day: Mapped[date]
    closing_time: Mapped[time]

    questions: Mapped[list["Question"]] = relationship(back_populates="note", order_by="Question.position, Question.id")

    @property
    def closes_at(self) -> datetime:
        """The instant at which bids close."""
        return clock.at(self.closing_day, self.closing_time)


class Question(Thing, Written, Base):
    """A question of a bidder with its answer. Who asked is kept nowhere."""

    __tablename__ = "question"

    note_id: Mapped[int] = mapped_column(ForeignKey("information_note.id"), index=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    question: Mapped[str]
    answer: Mapped[str]
    changes_call: Mapped[bool]

    note: Mapped[InformationNote] = relationship(back_populates="questions")
    article: Mapped[Article] = relationship()

    def words(self) -> str:
        return f"{self.question}\n\n{self.answer}"
