"""Remarks on a thing or a passage of its text, and the reasoned answer to each."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
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
    """The answer to a remark: one verdict, always with a reason."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), unique=True)
    verdict: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str]
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("voice.id"))
    answered_at: Mapped[datetime | None]

    remark: Mapped[Remark] = relationship(back_populates="answer")
    voice: Mapped[Voice | None] = relationship()

    def words(self) -> str:
        return self.reason
