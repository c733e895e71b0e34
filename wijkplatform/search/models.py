"""What of a thing is searched: one row per thing, written anew in the deed that changes it."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wijkplatform.core.db import Base, Placed


class Findable(Placed, Base):
    """A thing as search knows it. Whether somebody may see it is asked of the thing itself, each time."""

    __tablename__ = "findable"
    __table_args__ = (UniqueConstraint("kind", "thing_id"),)

    kind: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    code: Mapped[str] = mapped_column(String(64))
    title: Mapped[str]
    text: Mapped[str]
    language: Mapped[str] = mapped_column(String(35))
    path: Mapped[str | None]  #: of its page; None while it has none
    title_words: Mapped[str]  #: words and stems between spaces, see `words.haystack`
    text_words: Mapped[str]
