"""The assessment of bids. What follows from the scores — points, ranks, the winner — is counted, never stored."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.calls.models import Call, InformationNote
from wijkplatform.core.db import Base, Placed, Thing, Written
from wijkplatform.criteria.models import Criterion, plain
from wijkplatform.people.models import Person
from wijkplatform.places.models import Organisation


class AssessmentPlanning(Placed, Base):
    """The days on which it happens. The contract can start the day after the standstill period."""

    __tablename__ = "assessment_planning"
    __table_args__ = (UniqueConstraint("call_id"),)

    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
    assess_from: Mapped[date]
    assess_to: Mapped[date]
    consensus_on: Mapped[date]
    advice_on: Mapped[date]
    decision_sent_on: Mapped[date]
    standstill_days: Mapped[int]
    standstill_last_day: Mapped[date]
    contract_from: Mapped[date]
    contract_signed_on: Mapped[date | None]

    call: Mapped[Call | None] = relationship()


@dataclass(frozen=True)
class TeamInNumbers:
    """How the team was made up, without who held which seat: of those who assessed, and of those who made way."""

    assessing: int
    from_neighbourhood: int
    made_way: int


@dataclass(frozen=True)
class Assessment:
    """The assessment of the bids on a call: a page from the first draft on, not a row."""

    call: Call
    planning: AssessmentPlanning | None
    decision: "Decision | None"  #: also while it is sealed: ask the policy before it is shown
    inquiries: InformationNote | None  #: says when bids close
    team: TeamInNumbers

    @property
    def neighbourhood_id(self) -> int:
        return self.call.neighbourhood_id


class Seat(Thing, Written, Base):
    """A place in the assessment team, with the declaration of interest of who holds it."""

    __tablename__ = "seat"

    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_neighbourhood: Mapped[bool]
    declared_on: Mapped[date | None]  #: None while the declaration is still to come
    tie_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    reason: Mapped[str | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))

    person: Mapped[Person] = relationship()
    tie_organisation: Mapped[Organisation | None] = relationship()

    @property
    def may_assess(self) -> bool:
        """Declared, and no tie with an organisation that bids."""
        return self.declared_on is not None and self.tie_organisation_id is None

    def words(self) -> str:
        """What was declared."""
        return f"{self.declared_on} {'geen band' if self.may_assess else 'band'}\n\n{self.reason or ''}"


class Bid(Thing, Written, Base):
    """A bid. Nobody opens it before `sealed_until`, the closing time; URLs name it by `public_id`."""

    __tablename__ = "bid"

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    received_at: Mapped[datetime]
    price: Mapped[Decimal]  #: euro a year, without VAT
    summary: Mapped[str]

    call: Mapped[Call] = relationship()
    organisation: Mapped[Organisation] = relationship()
    consensus: Mapped[list["Consensus"]] = relationship(back_populates="bid")

    def words(self) -> str:
        return f"{plain(self.price)}\n\n{self.summary}"


class Score(Placed, Written, Base):
    """What one assessor thinks of one bid on one criterion; sealed until everyone has scored."""

    __tablename__ = "score"
    __table_args__ = (UniqueConstraint("bid_id", "seat_id", "criterion_id"),)

    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    position: Mapped[int] = mapped_column(default=0)
    value: Mapped[Decimal]
    reason: Mapped[str]
    sealed_until: Mapped[datetime | None]

    bid: Mapped[Bid] = relationship()
    seat: Mapped[Seat] = relationship()
    criterion: Mapped[Criterion] = relationship()

    def words(self) -> str:
        return f"{plain(self.value)}\n\n{self.reason}"


class Consensus(Placed, Written, Base):
    """The score that counts, agreed by the team, with its reason. Public together with the decision."""

    __tablename__ = "consensus"
    __table_args__ = (UniqueConstraint("bid_id", "criterion_id"),)

    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    value: Mapped[Decimal]
    reason: Mapped[str]

    bid: Mapped[Bid] = relationship(back_populates="consensus")
    criterion: Mapped[Criterion] = relationship()

    def words(self) -> str:
        return f"{plain(self.value)}\n\n{self.reason}"


class Decision(Thing, Written, Base):
    """The award decision, one per call; public from `sealed_until`, the day on which it is sent to the bidders.

    The winner is the bid with rank 1, and counted.
    """

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("call_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    title: Mapped[str]
    discussed_in: Mapped[str]
    day: Mapped[date]
    for_residents: Mapped[str]  #: the reasons, in residents' language

    call: Mapped[Call] = relationship()
    lots: Mapped[list["DrawnLot"]] = relationship(order_by="DrawnLot.position")

    def words(self) -> str:
        return f"{self.title}\n\n{self.for_residents}"


class DrawnLot(Placed, Base):
    """The order in which tied bids were drawn; there only when nothing else told them apart."""

    __tablename__ = "drawn_lot"
    __table_args__ = (UniqueConstraint("decision_id", "position"), UniqueConstraint("decision_id", "bid_id"))

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"))
    position: Mapped[int]

    bid: Mapped[Bid] = relationship()
