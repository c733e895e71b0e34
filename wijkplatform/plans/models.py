"""The neighbourhood plan: sections in versions, the principles they follow, and who wrote them."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.core.db import Base, Placed, Thing, Written
from wijkplatform.people.models import Person
from wijkplatform.texts.models import Text

#: States of a plan, in the order it goes through them; the file format's words stand in `plans.exchange`.
STATES = ("writing", "inspection", "adopted")


class Memorandum(Thing, Base):
    """The policy note (nota van uitgangspunten) that the principles come from."""

    __tablename__ = "memorandum"

    title: Mapped[str]
    adopted_by: Mapped[str]
    adopted_on: Mapped[date]


class Principle(Thing, Written, Base):
    __tablename__ = "principle"

    title: Mapped[str]
    text: Mapped[str]

    def words(self) -> str:
        return f"{self.title}\n\n{self.text}"


class Plan(Thing, Base):
    """The plan of a neighbourhood; it outlives every contract. Its versions are `texts.Edition`s."""

    __tablename__ = "plan"

    title: Mapped[str]
    horizon_years: Mapped[int]
    review: Mapped[str]  #: how often it is looked at again, in words
    state: Mapped[str] = mapped_column(String(20))

    sections: Mapped[list["Section"]] = relationship(back_populates="plan", order_by="Section.position")


class Section(Thing, Base):
    """A chapter of the plan. Its words stand in versions of `text`; `number` is as printed."""

    __tablename__ = "section"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]  #: of the newest version
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"), unique=True)

    plan: Mapped[Plan] = relationship(back_populates="sections")
    text: Mapped[Text] = relationship()
    writers: Mapped[list["Writer"]] = relationship(order_by="Writer.position")


class Writer(Placed, Base):
    """A co-author of a section: named in a record, or became one by saving."""

    __tablename__ = "writer"

    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship()
