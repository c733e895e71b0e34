"""The contract and the agreements in it: what for, for whom, how it shows, and the milestones on the way."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.assessment.models import Bid
from wijkplatform.core.db import Base, Placed, Thing, Written
from wijkplatform.places.models import Organisation

MEASURES = ("outcome", "process", "output")
#: What an agreement names, in the words of the trace.
LOTS, NEEDS, SECTIONS, ARTICLES, CRITERIA = "covers", "serves", "rests_on", "carries_out", "answers"


class Contract(Thing, Base):
    """With whom and for how long. Without a bid: by subsidy, or with an initiative."""

    __tablename__ = "contract"

    bid_id: Mapped[int | None] = mapped_column(ForeignKey("bid.id"))
    contractor_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]

    bid: Mapped[Bid | None] = relationship()
    contractor: Mapped[Organisation] = relationship()
    planned: Mapped[list["PlannedConversation"]] = relationship(order_by="PlannedConversation.position")
    agreements: Mapped[list["Agreement"]] = relationship(
        back_populates="contract", order_by="Agreement.position, Agreement.id"
    )


class PlannedConversation(Placed, Base):
    """A day on which a conversation is still to come; held ones are `Conversation`s."""

    __tablename__ = "planned_conversation"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    day: Mapped[date]
    position: Mapped[int]


class Agreement(Thing, Written, Base):
    """What was agreed. `purpose` is why, as it was said at the start, and never changes."""

    __tablename__ = "agreement"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    title: Mapped[str]
    purpose: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))

    contract: Mapped[Contract] = relationship(back_populates="agreements")
    owner: Mapped[Organisation] = relationship()
    indicator: Mapped["Indicator"] = relationship()
    auxiliary: Mapped["AuxiliaryIndicator | None"] = relationship()
    milestones: Mapped[list["Milestone"]] = relationship(order_by="Milestone.position")

    def words(self) -> str:
        return f"{self.title}\n\n{self.purpose}"


class Indicator(Placed, Base):
    """How one sees whether the purpose comes nearer. One per agreement."""

    __tablename__ = "indicator"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), unique=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(8))
    unit: Mapped[str]
    direction: Mapped[str] = mapped_column(String(6))  #: higher, lower: which is better
    baseline: Mapped[Decimal | None]
    target: Mapped[Decimal]
    measured_on: Mapped[date]
    source: Mapped[str]


class AuxiliaryIndicator(Placed, Base):
    """A figure that helps to steer. Its course shows since when which value held, and why it changed."""

    __tablename__ = "auxiliary_indicator"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), unique=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(8))
    unit: Mapped[str]

    course: Mapped[list["CourseEntry"]] = relationship(order_by="CourseEntry.position")


class CourseEntry(Placed, Base):
    """The value from a day on (None: no fixed number any more), and the adjustment that set it."""

    __tablename__ = "course_entry"
    __table_args__ = (UniqueConstraint("auxiliary_id", "from_day"),)

    auxiliary_id: Mapped[int] = mapped_column(ForeignKey("auxiliary_indicator.id"), index=True)
    position: Mapped[int]
    from_day: Mapped[date]
    value: Mapped[Decimal | None]
    adjustment_id: Mapped[int | None] = mapped_column(ForeignKey("adjustment.id"))


class Milestone(Placed, Base):
    """What is there on a day."""

    __tablename__ = "milestone"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    position: Mapped[int]
    day: Mapped[date]
    text: Mapped[str]
