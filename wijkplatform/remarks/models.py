"""Remarks on a thing or a passage of its text, and the reasoned answer to each."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.core.db import Base, Thing, Written
from wijkplatform.places.models import Voice
from wijkplatform.texts.models import Version

VERDICTS = ("adopted", "partly", "declined", "passed_on")


class Remark(Thing, Written, Base):
    """What somebody said about a thing. With a quote it hangs on a passage of `version`; a place is never guessed."""

    __tablename__ = "remark"
    __table_args__ = (Index("ix_remark_about", "about_kind", "about_id"),)

    about_kind: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[int]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"))  #: the version it was made on
    quote: Mapped[str | None]
    occurrence: Mapped[int | None]  #: which occurrence of the quote, 1 = first; None where the file did not say
    start: Mapped[int | None]  #: place of the quote in the version's body, in code points
    end: Mapped[int | None]
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id"), index=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    text: Mapped[str]
    language: Mapped[str] = mapped_column(String(35), default="nl")
    said_at: Mapped[datetime]
    said_precision: Mapped[str] = mapped_column(String(8), default="second")
    opening_support: Mapped[int] = mapped_column(default=0)  #: expressions of support counted elsewhere

    voice: Mapped[Voice] = relationship()
    version: Mapped[Version | None] = relationship()
    answer: Mapped["Answer | None"] = relationship(back_populates="remark")

    def words(self) -> str:
        return self.text


class Answer(Written, Base):
    """The answer to a remark: one verdict, always with a reason.

    What was adopted points to the version in which the text changed, or says why it need not change; of an answer that
    was taken over neither may be known. Until the next version comes out (`edition`) it can be made better: `revision`
    counts, and what it was before stays in `EarlierAnswer`.
    """

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), unique=True)
    verdict: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str]
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("voice.id"))
    answered_at: Mapped[datetime | None]
    change_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"))
    unchanged: Mapped[str | None]  #: why the text need not change for it
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    edition: Mapped[int | None]  #: number of the version it came out with; from then on it stands

    remark: Mapped[Remark] = relationship(back_populates="answer")
    voice: Mapped[Voice | None] = relationship()
    change: Mapped[Version | None] = relationship()
    earlier: Mapped[list["EarlierAnswer"]] = relationship(order_by="EarlierAnswer.revision")

    def words(self) -> str:
        return worded(self.reason, self.unchanged)


class EarlierAnswer(Written, Base):
    """What an answer was before it was made better. It stays readable."""

    __tablename__ = "earlier_answer"
    __table_args__ = (UniqueConstraint("answer_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    revision: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str]
    change_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"))
    unchanged: Mapped[str | None]
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("voice.id"))
    answered_at: Mapped[datetime | None]

    voice: Mapped[Voice | None] = relationship()

    def words(self) -> str:
        return worded(self.reason, self.unchanged)


def worded(reason: str, unchanged: str | None) -> str:
    """The words of an answer that the trail vouches for."""
    return f"{reason}\n\n{unchanged}" if unchanged else reason
