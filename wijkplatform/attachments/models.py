"""A file that hangs on a thing, kept in the database: it is there when the deed is, and travels in the backup."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wijkplatform.core import clock
from wijkplatform.core.db import Base, Placed, new_public_id
from wijkplatform.places.models import Voice


class Attachment(Placed, Base):
    """A file as we made it anew, never as it was sent. `description` is what it shows, for who cannot see it."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_thing", "thing_kind", "thing_id"),)

    public_id: Mapped[str] = mapped_column(String(16), default=new_public_id, unique=True)
    thing_kind: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))  #: see `kinds.KINDS`
    description: Mapped[str]
    size: Mapped[int]  #: bytes
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int | None]  #: of a picture, in pixels
    height: Mapped[int | None]
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    sealed_until: Mapped[datetime | None]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    voice: Mapped[Voice] = relationship()
