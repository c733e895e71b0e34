"""People, how they got in, and the sessions they are in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.core import clock
from wijkplatform.core.db import Base, new_public_id

SHOWN_AS = ("resident", "first_name", "full_name")  #: how a resident chose to be shown; the first for everyone


class Person(Base):
    """Somebody. With an address it is an account; without, somebody a taken-over record names.

    A person of a file belongs to that import's neighbourhood (`home_id`, `code`) and is matched with nobody.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("home_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=new_public_id, unique=True)
    home_id: Mapped[int | None] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    code: Mapped[str | None] = mapped_column(String(64))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str | None]  #: None until asked; new accounts start without one
    email: Mapped[str | None] = mapped_column(String(254), unique=True)  #: as `addresses.normal` writes it
    shown_as: Mapped[str | None] = mapped_column(String(12))  #: None until asked, at the first contribution
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))  #: where the person lives
    invented: Mapped[bool] = mapped_column(default=False)  #: demo account; left out of exports
    administrator: Mapped[bool] = mapped_column(default=False)  #: of the installation, not of one neighbourhood
    locale: Mapped[str | None] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class LoginRequest(Base):
    """One request to get in: a link and a code for one address, single use, ten minutes, for this purpose only."""

    __tablename__ = "login_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=new_public_id, unique=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str | None] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    strong: Mapped[bool] = mapped_column(default=False)  #: made by an administrator; counts as both factors
    next_path: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Session(Base):
    """A session kept at the server: ending it here ends every copy of its cookie."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_person_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=new_public_id, unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    secret: Mapped[str] = mapped_column(String(64))  #: what form tokens are bound to
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    strong: Mapped[bool] = mapped_column(default=False)
    device: Mapped[str] = mapped_column(default="")  #: as `devices.known` writes it
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
