"""Reading versions: the newest one, any one, all of them, and what an edition held."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from wijkplatform.core.db import db
from wijkplatform.texts.models import Edition, EditionText, Text, Version


def head(text: Text) -> Version:
    """The newest version."""
    return version(text, text.head)  # type: ignore[return-value]  # a text has a version from its first moment


def version(text: Text, number: int) -> Version | None:
    if not 0 < number < 2**31:
        return None  # an address can hold numbers that no database can count
    return db.session.scalars(
        select(Version).where(Version.text_id == text.id, Version.number == number).options(joinedload(Version.voice))
    ).first()


def versions(text: Text) -> Sequence[Version]:
    """All versions, newest first."""
    return db.session.scalars(
        select(Version)
        .where(Version.text_id == text.id)
        .options(joinedload(Version.voice))
        .order_by(Version.number.desc())
    ).all()


def heads(texts: Iterable[Text]) -> dict[int, Version]:
    """The newest version of each of these texts, in one query."""
    ids = [text.id for text in texts]
    rows = db.session.scalars(
        select(Version).join(Text, (Text.id == Version.text_id) & (Text.head == Version.number)).where(Text.id.in_(ids))
    )
    return {row.text_id: row for row in rows}


def editions(owner_kind: str, owner_id: int) -> Sequence[Edition]:
    """The editions of a plan or call, oldest first, with the versions that stood in them."""
    return db.session.scalars(
        select(Edition)
        .where(Edition.owner_kind == owner_kind, Edition.owner_id == owner_id)
        .options(selectinload(Edition.members).joinedload(EditionText.version), joinedload(Edition.voice))
        .order_by(Edition.number)
    ).all()


def stands_in_newest(owner_kind: str, owner_id: int, text_id: int) -> bool:
    """Did this text stand in the newest edition?"""
    asked = {"kind": owner_kind, "owner": owner_id, "text": text_id}
    return db.session.execute(_IN_NEWEST, asked).first() is not None


_edition, _member = Edition.__table__.c, EditionText.__table__.c
_OF_OWNER = (_edition.owner_kind == bindparam("kind"), _edition.owner_id == bindparam("owner"))
_IN_NEWEST = (
    select(_member.version_id)
    .join(Edition.__table__, _edition.id == _member.edition_id)
    .where(*_OF_OWNER, _member.text_id == bindparam("text"))
    .where(_edition.number == select(func.max(Edition.number)).where(*_OF_OWNER).scalar_subquery())
)
