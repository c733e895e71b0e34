"""What can be found by its code, and the declared links between things."""

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wijkplatform.core.db import Base, Placed


class Entry(Placed, Base):
    """A code and the thing it names: a code is unique in its neighbourhood, over all kinds."""

    __tablename__ = "index_entry"
    __table_args__ = (UniqueConstraint("neighbourhood_id", "code"), UniqueConstraint("kind", "thing_id"))

    code: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    title: Mapped[str]  #: as it is called in lists and in the trace


class Link(Placed, Base):
    """A declared link: a section names a need. What *shaped* a deed is an influence, and stands in the trail.

    The same relation from one thing keeps the order in which it was declared; naming a thing twice is refused.
    """

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("source_kind", "source_id", "relation", "target_kind", "target_id"),
        Index("ix_link_target", "target_kind", "target_id"),
    )

    source_kind: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[int]
    relation: Mapped[str] = mapped_column(String(20))
    target_kind: Mapped[str] = mapped_column(String(40))
    target_id: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
