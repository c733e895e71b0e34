"""A handover: what runs on, changes or stops when a provider changes, and what became of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.core.db import Base, Placed, Thing, Written
from wijkplatform.people.models import Person
from wijkplatform.places.models import Centre, Neighbourhood, Organisation, Voice

KINDS = ("project", "key", "promise", "contact", "goods", "knowledge", "other")
CHOICES = ("go_on", "change", "stop")
STATES_AFTER_A_YEAR = ("runs", "stopped", "stopped_with_consent")


@dataclass(frozen=True)
class Change:
    """What goes on, changes or stops in a neighbourhood when a provider changes: always a page, not a row."""

    neighbourhood: Neighbourhood

    @property
    def neighbourhood_id(self) -> int:
        return self.neighbourhood.id


class Handover(Thing, Base):
    """From one organisation to another, around the day on which they change."""

    __tablename__ = "handover"

    from_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    start: Mapped[date]
    changes_on: Mapped[date]
    end: Mapped[date]

    from_organisation: Mapped[Organisation] = relationship(foreign_keys=from_id)
    to_organisation: Mapped[Organisation] = relationship(foreign_keys=to_id)
    planned: Mapped[list["PlannedLookBack"]] = relationship(order_by="PlannedLookBack.position")
    items: Mapped[list["HandoverItem"]] = relationship(
        back_populates="handover", order_by="HandoverItem.position, HandoverItem.id"
    )


class PlannedLookBack(Placed, Base):
    """A day on which everybody looks back, as agreed at the start."""

    __tablename__ = "planned_look_back"

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), index=True)
    day: Mapped[date]
    position: Mapped[int]


class Owner(Placed, Base):
    """Whose something is: a person, an organisation or a centre, and exactly one of these."""

    __tablename__ = "handover_owner"
    __table_args__ = (
        CheckConstraint(
            "(person_id IS NOT NULL AND organisation_id IS NULL AND centre_id IS NULL)"
            " OR (person_id IS NULL AND organisation_id IS NOT NULL AND centre_id IS NULL)"
            " OR (person_id IS NULL AND organisation_id IS NULL AND centre_id IS NOT NULL)",
            name="one_owner",
        ),
    )

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centre.id"))

    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    centre: Mapped[Centre | None] = relationship()


class HandoverItem(Thing, Written, Base):
    """One thing that must not fall off the list. Without `new_owner` there is nobody yet, or it stops."""

    __tablename__ = "handover_item"

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str]
    old_owner_id: Mapped[int] = mapped_column(ForeignKey("handover_owner.id"))
    new_owner_id: Mapped[int | None] = mapped_column(ForeignKey("handover_owner.id"))
    choice: Mapped[str] = mapped_column(String(8))
    explanation: Mapped[str]
    after_a_year: Mapped[str | None] = mapped_column(String(24))
    note: Mapped[str | None]  #: what became of it, in words
    consent: Mapped[str | None]  #: of the people it is about, in words: '7 van 9'

    handover: Mapped[Handover] = relationship(back_populates="items")
    old_owner: Mapped[Owner] = relationship(foreign_keys=old_owner_id)
    new_owner: Mapped[Owner | None] = relationship(foreign_keys=new_owner_id)
    deciders: Mapped[list["ItemDecider"]] = relationship(order_by="ItemDecider.position")

    def words(self) -> str:
        parts = [self.title, self.choice, self.explanation, self.after_a_year, self.note, self.consent]
        return "\n\n".join(part or "" for part in parts)


class ItemDecider(Placed, Base):
    """Who decided on an item, in the order of the record."""

    __tablename__ = "item_decider"
    __table_args__ = (UniqueConstraint("item_id", "voice_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("handover_item.id"), index=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    position: Mapped[int]

    voice: Mapped[Voice] = relationship()


class LookBack(Thing, Written, Base):
    """Looking back on a day. `counted` is None for the yearly one: how many are still there is counted then."""

    __tablename__ = "look_back"

    handover_id: Mapped[int | None] = mapped_column(ForeignKey("handover.id"), index=True)
    day: Mapped[date]
    counted: Mapped[int | None]
    text: Mapped[str]

    handover: Mapped[Handover | None] = relationship()

    def words(self) -> str:
        return self.text
