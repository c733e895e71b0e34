"""Participation moments with their commitment, and support: one person, one voice."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.core import clock
from wijkplatform.core.db import Base, Placed, Thing
from wijkplatform.places.models import Centre, Neighbourhood, Voice

#: The five legal levels, as stored; what residents read stands in `rounds.queries.LEVELS`.
LEVELS = ("inform", "consult", "advise", "coproduce", "decide")


@dataclass(frozen=True)
class Moments:
    """All moments of a neighbourhood: always there, not a row."""

    neighbourhood: Neighbourhood

    @property
    def neighbourhood_id(self) -> int:
        return self.neighbourhood.id


@dataclass(frozen=True)
class Promise:
    """What is promised with a moment, before it is a row."""

    level: str
    fixed: str
    open: str
    decides: str
    hear_by: date


class Moment(Thing, Base):
    """An evening, consultation, plan round or conversation. Open and closed follow from the instants and the clock."""

    __tablename__ = "moment"
    __table_args__ = (Index("ix_moment_about", "about_kind", "about_id"),)

    about_kind: Mapped[str | None] = mapped_column(String(40))  #: None for a meeting about the neighbourhood itself
    about_id: Mapped[int | None]
    kind: Mapped[str]  #: in the neighbourhood's own words: wijkgesprek, schrijfronde
    question: Mapped[str]
    opens_at: Mapped[datetime]
    opens_precision: Mapped[str] = mapped_column(String(8), default="second")
    closes_at: Mapped[datetime | None]  #: first instant at which it is closed; None: open until somebody closes it
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centre.id"))
    attendance: Mapped[int | None]

    centre: Mapped[Centre | None] = relationship()
    commitment: Mapped["Commitment | None"] = relationship(back_populates="moment")


class Commitment(Placed, Base):
    """The promise a moment opens with: how much say, what is fixed and open, who decides, when everyone hears back."""

    __tablename__ = "commitment"

    moment_id: Mapped[int] = mapped_column(ForeignKey("moment.id"), unique=True)
    level: Mapped[str] = mapped_column(String(12))
    fixed: Mapped[str]
    open: Mapped[str]
    decides: Mapped[str]
    hear_by: Mapped[date]
    kept_at: Mapped[datetime | None]  #: when everyone was told
    kept_where: Mapped[str | None]  #: the address of what they were told

    moment: Mapped[Moment] = relationship(back_populates="commitment")


class Support(Placed, Base):
    """One person's support for one thing, at most once: the database says so."""

    __tablename__ = "support"
    __table_args__ = (UniqueConstraint("thing_kind", "thing_id", "person_id"),)

    thing_kind: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    given_at: Mapped[datetime] = mapped_column(default=clock.now)

    voice: Mapped[Voice] = relationship()
