"""The criteria of an award: the set with its scale and formulas, criteria with weights, and how the weights changed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.core.db import Base, Placed, Thing, Written
from wijkplatform.places.models import Neighbourhood, Voice

KINDS = ("quality", "price")
VERDICTS = ("adopted", "partly", "declined")
#: What a criterion names (sections, needs), and what a set names (criteria, before the lot decides).
SECTIONS, NEEDS, TIE_ORDER = "rests_on", "serves", "breaks_ties_by"


@dataclass(frozen=True)
class Criteria:
    """The criteria of a neighbourhood: always a page, also while there are none; not a row."""

    neighbourhood: Neighbourhood

    @property
    def neighbourhood_id(self) -> int:
        return self.neighbourhood.id


class CriteriaSet(Thing, Written, Base):
    """What bids are judged on. `adopted_on` is None while it is still being weighed; after that it is locked."""

    __tablename__ = "criteria_set"

    title: Mapped[str]
    method: Mapped[str]  #: in words: beste prijs-kwaliteitverhouding
    quality_formula: Mapped[str] = mapped_column(String(20), default="proportional")
    price_formula: Mapped[str] = mapped_column(String(20), default="floor_to_ceiling")
    formula_note: Mapped[str | None]
    price_ceiling: Mapped[Decimal]  #: euro a year, without VAT
    price_floor: Mapped[Decimal]
    total_weight: Mapped[Decimal]
    minimum_quality: Mapped[Decimal]  #: points; a bid below it cannot win
    adopted_on: Mapped[date | None]

    steps: Mapped[list["ScaleStep"]] = relationship(order_by="ScaleStep.position")
    criteria: Mapped[list["Criterion"]] = relationship(
        back_populates="criteria_set", order_by="Criterion.position, Criterion.id"
    )

    def words(self) -> str:
        """Everything a bidder relies on, the weights included."""
        numbers = (self.price_floor, self.price_ceiling, self.total_weight, self.minimum_quality)
        return "\n".join(
            [
                self.title,
                self.method,
                self.formula_note or "",
                *(plain(number) for number in numbers),
                *(f"{plain(step.value)}: {step.meaning}" for step in self.steps),
                *(f"{criterion.code}: {plain(criterion.weight)}" for criterion in self.criteria),
            ]
        )


class ScaleStep(Placed, Base):
    """One score that can be given, and what it means."""

    __tablename__ = "scale_step"
    __table_args__ = (UniqueConstraint("criteria_set_id", "position"),)

    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"), index=True)
    position: Mapped[int]
    value: Mapped[Decimal]
    meaning: Mapped[str]


class Criterion(Thing, Written, Base):
    """One thing a bid gets points for: a question, and the weight it counts with now."""

    __tablename__ = "criterion"

    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"), index=True)
    title: Mapped[str]
    question: Mapped[str]
    kind: Mapped[str] = mapped_column(String(8))
    weight: Mapped[Decimal]

    criteria_set: Mapped[CriteriaSet] = relationship(back_populates="criteria")
    contributors: Mapped[list["Contributor"]] = relationship(order_by="Contributor.position")

    def words(self) -> str:
        return f"{self.title}\n\n{self.question}"


class Contributor(Placed, Base):
    """Who brought a criterion in, in the order of the record."""

    __tablename__ = "contributor"
    __table_args__ = (UniqueConstraint("criterion_id", "voice_id"),)

    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    position: Mapped[int]

    voice: Mapped[Voice] = relationship()


class Requirement(Thing, Written, Base):
    """What a bidder must be (geschiktheidseis): yes or no, never points."""

    __tablename__ = "requirement"

    text: Mapped[str]

    def words(self) -> str:
        return self.text


class WeightChange(Placed, Written, Base):
    """A proposal to change a weight, and what was decided on it."""

    __tablename__ = "weight_change"

    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    position: Mapped[int]
    day: Mapped[date]
    old_weight: Mapped[Decimal]
    new_weight: Mapped[Decimal]
    reason: Mapped[str]
    verdict: Mapped[str] = mapped_column(String(12))
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))

    criterion: Mapped[Criterion] = relationship()
    voice: Mapped[Voice] = relationship()

    def words(self) -> str:
        return f"{plain(self.old_weight)} → {plain(self.new_weight)}\n\n{self.reason}"


class WeightNote(Placed, Written, Base):
    """What is said about the changes of the weights as a whole; at most one in a neighbourhood."""

    __tablename__ = "weight_note"
    __table_args__ = (UniqueConstraint("neighbourhood_id"),)

    text: Mapped[str]

    def words(self) -> str:
        return self.text


def plain(number: Decimal) -> str:
    """A number as the trail vouches for it: the same before and after it was stored."""
    return format(number, "f")
