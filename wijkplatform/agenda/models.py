"""Needs on the residents' agenda. The agenda belongs to residents: the municipality never edits, closes or reorders."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.core.db import Base, Thing, Written
from wijkplatform.places.models import Area, Neighbourhood, Voice
from wijkplatform.rounds.models import Moment


@dataclass(frozen=True)
class Agenda:
    """The residents' agenda of a neighbourhood: always there, not a row."""

    neighbourhood: Neighbourhood

    @property
    def neighbourhood_id(self) -> int:
        return self.neighbourhood.id


class Need(Thing, Written, Base):
    """Something that must get better, in a resident's words. `raised_at` is None where the record does not say."""

    __tablename__ = "need"

    title: Mapped[str]
    text: Mapped[str]
    language: Mapped[str] = mapped_column(String(35), default="nl")
    theme: Mapped[str | None]
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    moment_id: Mapped[int | None] = mapped_column(ForeignKey("moment.id"))  #: where it came up
    raised_at: Mapped[datetime | None]
    opening_support: Mapped[int] = mapped_column(default=0)  #: expressions of support counted before the takeover

    voice: Mapped[Voice] = relationship()
    moment: Mapped[Moment | None] = relationship()
    areas: Mapped[list["NeedArea"]] = relationship(order_by="NeedArea.position")

    def words(self) -> str:
        return f"{self.title}\n\n{self.text}"


class NeedArea(Base):
    """An area that a need is about, in the order in which it was named."""

    __tablename__ = "need_area"

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    area: Mapped[Area] = relationship()
