"""Municipalities, neighbourhoods and their areas, organisations, centres, roles, mandates and voices."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.core import clock
from wijkplatform.core.db import Base, Placed, Thing
from wijkplatform.people.models import Person

CENTRE_FORMS = ("self_managed", "co_managed")
ORGANISATION_KINDS = ("municipality", "welfare", "umbrella", "residents", "chain_partner", "other")

#: What a role gives the right to. Policies read these kinds and never a role's name.
ROLE_KINDS = (
    "resident", "volunteer", "board", "broker", "caretaker", "youth_worker", "provider", "official", "buyer",
    "executive", "assessor", "bidder", "facilitator", "moderator", "administrator",
)  # fmt: skip
#: Roles with a fixed meaning in the file format; every other role gives the rights of a resident.
KNOWN_ROLES = {
    "bewoner": "resident",
    "bestuurslid_zelfbeheer": "board",
    "vrijwilliger": "volunteer",
    "sociaal_makelaar": "broker",
    "sociaal_beheerder": "caretaker",
    "jongerenwerker": "youth_worker",
    "manager_welzijn": "provider",
    "beleidsregisseur": "official",
    "inkoper": "buyer",
    "wethouder": "executive",
    "bewonersbeoordelaar": "assessor",
    "inschrijver": "bidder",
    "facilitator": "facilitator",
    "moderator": "moderator",
    "beheerder": "administrator",
}


class Municipality(Base):
    """A municipality as one import brings it; nothing is matched between imports."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    cbs_code: Mapped[str] = mapped_column(String(20))
    inhabitants: Mapped[int]


class Neighbourhood(Base):
    """A neighbourhood: the place where the circle goes round. `slug` is made once and never changes."""

    __tablename__ = "neighbourhood"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    code: Mapped[str] = mapped_column(String(64))
    slug: Mapped[str] = mapped_column(String(220), unique=True)
    name: Mapped[str]
    cbs_code: Mapped[str] = mapped_column(String(20))
    inhabitants: Mapped[int]
    description: Mapped[str]
    plan_start: Mapped[date]
    plan_end: Mapped[date]
    shifted_years: Mapped[int] = mapped_column(default=0)  #: dates were moved by this at import; export undoes it
    sealed_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    municipality: Mapped[Municipality] = relationship(lazy="joined")


class Area(Thing, Base):
    """A part of the neighbourhood (buurt), with its own figures; percentages are 0-100."""

    __tablename__ = "area"

    name: Mapped[str]
    cbs_code: Mapped[str] = mapped_column(String(20))
    inhabitants: Mapped[int]
    vulnerable: Mapped[bool]
    low_income: Mapped[Decimal]
    lonely: Mapped[Decimal]
    children: Mapped[Decimal]


class Organisation(Thing, Base):
    __tablename__ = "organisation"

    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(20))
    note: Mapped[str | None]


class Centre(Thing, Base):
    """A place where people walk in: run by residents (self_managed) or together with a caretaker (co_managed)."""

    __tablename__ = "centre"

    name: Mapped[str]
    form: Mapped[str] = mapped_column(String(20))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    kind: Mapped[str]
    volunteers: Mapped[int]
    hours: Mapped[Decimal]  #: opening hours a week

    area: Mapped[Area] = relationship()


class Role(Thing, Base):
    """A role as data; `code` is its key. What it may do follows from `kind` alone."""

    __tablename__ = "role"

    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(20))
    invented: Mapped[bool] = mapped_column(default=False)


class Mandate(Placed, Base):
    """Person x organisation or centre x role x period. It holds from `first_day` to `last_day`, both included."""

    __tablename__ = "mandate"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centre.id"))
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    invented: Mapped[bool] = mapped_column(default=False)  #: of a demo account; left out of exports

    person: Mapped[Person] = relationship()
    role: Mapped[Role] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    centre: Mapped[Centre | None] = relationship()

    def holds_on(self, day: date) -> bool:
        """Does it hold on this day in Amsterdam?"""
        return holds(self.first_day, self.last_day, day)


def holds(first_day: date | None, last_day: date | None, day: date) -> bool:
    """Does something that lasts from the first day to the last, both included, hold on this day?"""
    return (first_day is None or first_day <= day) and (last_day is None or day <= last_day)


class Voice(Placed, Base):
    """Who said it, as shown then: name and hat are frozen on what was said. A name of None is shown as 'bewoner'.

    `person_id` is who it was, for their own overview and the file format; it is never shown by itself.
    """

    __tablename__ = "voice"
    __table_args__ = (Index("ix_voice_person_id", "person_id"),)

    name: Mapped[str | None]
    hat: Mapped[str]
    kind: Mapped[str] = mapped_column(String(20))  #: role kind, for badge and colour
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  #: who wrote down what this voice said


class CbsArea(Base):
    """An area of Statistics Netherlands in one year: municipality, district (wijk) or neighbourhood (buurt).

    Codes are text and letters occur; years are kept apart because borders move.
    """

    __tablename__ = "cbs_area"
    __table_args__ = (UniqueConstraint("year", "code"), Index("ix_cbs_area_level_year", "level", "year"))

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    level: Mapped[str] = mapped_column(String(16))  #: municipality, district, neighbourhood
    code: Mapped[str] = mapped_column(String(12))
    name: Mapped[str]
    municipality_code: Mapped[str] = mapped_column(String(12))
    municipality_name: Mapped[str | None]
    district_code: Mapped[str | None] = mapped_column(String(12))
    sought: Mapped[str]  #: name and municipality in plain lower-case letters, each word after a space
    outline: Mapped[dict[str, Any] | None]  #: GeoJSON geometry, WGS84
