"""The grey zone: problems that no party felt responsible for, and who takes them on now."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.agenda.models import Need
from wijkplatform.core.db import Base, Placed, Thing, Written
from wijkplatform.places.models import Neighbourhood, Organisation, Voice


@dataclass(frozen=True)
class Coverage:
    """Whose problem is what in a neighbourhood: always a page, not a row."""

    neighbourhood: Neighbourhood

    @property
    def neighbourhood_id(self) -> int:
        return self.neighbourhood.id


class GreyZone(Thing, Written, Base):
    """A problem between institutions. Without an owner it is nobody's, and that stays in plain sight."""

    __tablename__ = "grey_zone"

    title: Mapped[str]
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    reported_on: Mapped[date]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    owner_since: Mapped[date | None]
    solved_on: Mapped[date | None]
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"), index=True)

    voice: Mapped[Voice] = relationship()
    owner: Mapped[Organisation | None] = relationship()
    need: Mapped[Need | None] = relationship()
    referrals: Mapped[list["Referral"]] = relationship(order_by="Referral.position")

    @property
    def status(self) -> str:
        """`solved`, `running` or `nobody`."""
        if self.solved_on is not None:
            return "solved"
        return "nobody" if self.owner_id is None else "running"

    def words(self) -> str:
        return self.title


class Referral(Placed, Base):
    """A party that passed the problem on, in the order of the record."""

    __tablename__ = "referral"
    __table_args__ = (UniqueConstraint("grey_zone_id", "organisation_id"),)

    grey_zone_id: Mapped[int] = mapped_column(ForeignKey("grey_zone.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    position: Mapped[int]

    organisation: Mapped[Organisation] = relationship()
