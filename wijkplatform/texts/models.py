"""Texts with immutable versions, stable paragraph ids, and editions: numbered publications of a set of texts."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.core.db import Base, Placed, Written
from wijkplatform.places.models import Voice


class Text(Placed, Base):
    """A text that is written in versions; `head` is the number of the newest one."""

    __tablename__ = "text"

    language: Mapped[str] = mapped_column(String(35), default="nl")
    head: Mapped[int] = mapped_column(default=0)

    versions: Mapped[list["Version"]] = relationship(back_populates="text", order_by="Version.number")


class Version(Placed, Written, Base):
    """One saved version, never changed. What a taken-over record did not say is None: shown as 'niet vastgelegd'."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("text_id", "number"),)

    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"))
    number: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    base: Mapped[int | None]  #: the number of the version the writer read
    joined: Mapped[int | None]  #: the number of the version this save was joined with
    restored: Mapped[int | None]  #: the number of the version that was put back
    note: Mapped[str | None]  #: what changed and why, in the writer's words
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("voice.id"))
    made_at: Mapped[datetime | None]
    made_precision: Mapped[str] = mapped_column(String(8), default="second")

    text: Mapped[Text] = relationship(back_populates="versions")
    voice: Mapped[Voice | None] = relationship()
    paragraphs: Mapped[list["Paragraph"]] = relationship(order_by="Paragraph.position")

    def words(self) -> str:
        return f"{self.title}\n\n{self.body}"


class Paragraph(Base):
    """Where a paragraph stands in a version. `key` is the same in every version in which it is the same paragraph."""

    __tablename__ = "paragraph"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), index=True)
    start: Mapped[int]  #: offset in code points of the body
    end: Mapped[int]


class Edition(Placed, Base):
    """A numbered publication of a set of texts: a version of the plan or of the call."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("owner_kind", "owner_id", "number"),)

    owner_kind: Mapped[str] = mapped_column(String(40))
    owner_id: Mapped[int]
    number: Mapped[int]
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(30))
    note: Mapped[str | None]
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("voice.id"))

    voice: Mapped[Voice | None] = relationship()
    members: Mapped[list["EditionText"]] = relationship(back_populates="edition")


class EditionText(Base):
    """Which version of a text stood in an edition; a text that did not exist yet has no row."""

    __tablename__ = "edition_text"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))

    edition: Mapped[Edition] = relationship(back_populates="members")
    version: Mapped[Version] = relationship()
