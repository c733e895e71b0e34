"""Keeping what can be found up to date: written anew in the transaction of the deed that changed it.

A deed notes which things it touched; just before it becomes final each of these is read once, as it then stands. So
what was said before is no longer found the moment it was said otherwise.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, event, select
from sqlalchemy.orm import Session

from wijkplatform.core import offers
from wijkplatform.core.db import begin_writing, db, insert_or_replace, kind_of
from wijkplatform.core.trail import Event
from wijkplatform.search.kinds import KINDS, TOGETHER
from wijkplatform.search.models import Findable
from wijkplatform.search.words import haystack
from wijkplatform.web.paths import addressing

TOUCHED = "touched by this deed"
PIECE = 500  #: things in one statement


def note(deed: Event) -> None:
    """Hear of a deed: what it is about will be read when the deed is done."""
    if deed.thing_kind in KINDS or deed.thing_kind in TOGETHER:
        db.session.info.setdefault(TOUCHED, {})[deed.thing_kind, deed.thing_id] = True


@event.listens_for(Session, "before_commit")
def _before_commit(session: Session) -> None:
    touched = session.info.pop(TOUCHED, None)
    if touched:
        session.flush()
        write(touched)


@event.listens_for(Session, "after_rollback")
def _after_rollback(session: Session) -> None:
    session.info.pop(TOUCHED, None)


def write(touched: Iterable[tuple[str, int]]) -> int:
    """Write these things anew as they stand now; one that is gone is found no longer. Returns how many are there."""
    ids: dict[str, set[int]] = {}
    for kind, id_ in touched:
        if kind in TOGETHER:
            model, column = TOGETHER[kind]
            ids.setdefault(kind_of(model), set()).update(db.session.scalars(select(model.id).where(column == id_)))
        else:
            ids.setdefault(kind, set()).add(id_)
    with addressing():
        return sum(_write(kind, sorted(each)) for kind, each in ids.items())


def _write(kind: str, ids: Sequence[int]) -> int:
    count = 0
    for start in range(0, len(ids), PIECE):
        piece = list(ids[start : start + PIECE])
        rows = _rows(kind, piece)
        if gone := set(piece) - {row["thing_id"] for row in rows}:
            db.session.execute(delete(Findable).where(Findable.kind == kind, Findable.thing_id.in_(gone)))
        if rows:
            db.session.execute(insert_or_replace(Findable, _COLUMNS, unique=("kind", "thing_id")), rows)
        count += len(rows)
    return count


#: What is written anew of a thing that was known already.
_COLUMNS = ("neighbourhood_id", "code", "title", "text", "language", "path", "title_words", "text_words")


def _rows(kind: str, ids: Sequence[int]) -> list[dict[str, Any]]:
    model, read = KINDS[kind].model, KINDS[kind].read
    now = select(model).where(model.id.in_(ids)).options(*KINDS[kind].beside)
    things = db.session.scalars(now.execution_options(populate_existing=True)).all()  # with what the deed added
    return [
        {
            "neighbourhood_id": thing.neighbourhood_id, "kind": kind, "thing_id": thing.id, "code": thing.code,
            "title": title, "text": text, "language": language, "path": path_of(thing),
            "title_words": haystack(f"{title} {thing.code}"), "text_words": haystack(text),
        }
        for thing, (title, text, language) in zip(things, read(things), strict=True)
    ]  # fmt: skip


def path_of(thing: Any) -> str | None:
    """Where a thing stands, as the feature that owns it says."""
    return next((path for path in offers.ask("address", thing) if path), None)


def complete() -> int:
    """Write what is missing, or has no address yet: after an upgrade or a restore. Nothing when all is there."""
    missing = [(kind, id_) for kind in KINDS for id_ in missing_of(kind)]
    if missing:
        begin_writing()
        write(missing)
    return len(missing)


def missing_of(kind: str) -> Sequence[int]:
    """The things of a kind that search does not know, or cannot lead to."""
    model = KINDS[kind].model
    known = select(Findable.thing_id).where(Findable.kind == kind, Findable.path.is_not(None))
    return db.session.scalars(select(model.id).where(model.id.not_in(known)).order_by(model.id)).all()


def rebuild() -> int:
    """Write everything anew."""
    begin_writing()
    db.session.execute(delete(Findable))
    return write([(kind, id_) for kind, each in KINDS.items() for id_ in db.session.scalars(select(each.model.id))])
