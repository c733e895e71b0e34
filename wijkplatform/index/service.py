"""Registering what has a code, giving new codes, declaring links. Part of other deeds: leaves no event of its own."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, insert, select

from wijkplatform.core.db import db, kind_of
from wijkplatform.index.models import Entry, Link
from wijkplatform.people.models import Person


def register(thing: Any, title: str) -> None:
    """Enter a thing under its code; the database refuses a code that is taken."""
    db.session.flush()
    db.session.execute(
        insert(Entry.__table__),
        {"neighbourhood_id": thing.neighbourhood_id, "code": thing.code, "kind": kind_of(thing), "thing_id": thing.id,
         "title": title},
    )  # fmt: skip


def next_code(neighbourhood_id: int, model: type[Any], prefix: str) -> str:
    """An unused code in the habit of this neighbourhood: after BH-12 comes BH-13; `prefix` if there is none yet."""
    last = db.session.scalar(_LAST, {"place": neighbourhood_id, "kind": model.__tablename__})
    found = re.fullmatch(r"(.*?)(\d+)", last or "")
    stem, number, width = (found[1], int(found[2]), len(found[2])) if found else (f"{prefix}-", 0, 2)
    while True:
        number += 1
        code = f"{stem}{number:0{width}d}"
        if not _is_taken(neighbourhood_id, code):
            return code


def _is_taken(neighbourhood_id: int, code: str) -> bool:
    """By a thing of the neighbourhood, or by a person of its files."""
    return db.session.execute(_TAKEN, {"place": neighbourhood_id, "code": code}).first() is not None


_entry, _person = Entry.__table__.c, Person.__table__.c
_LAST = (
    select(_entry.code)
    .where(_entry.neighbourhood_id == bindparam("place"), _entry.kind == bindparam("kind"))
    .order_by(_entry.id.desc())
    .limit(1)
)
_TAKEN = (
    select(_entry.id)
    .where(_entry.neighbourhood_id == bindparam("place"), _entry.code == bindparam("code"))
    .union_all(select(_person.id).where(_person.home_id == bindparam("place"), _person.code == bindparam("code")))
)


def link(source: Any, relation: str, targets: Iterable[Any]) -> None:
    """Declare what a thing names, in this order, after what it named before."""
    targets = list(targets)
    if not targets:
        return
    db.session.flush()
    start = len(db.session.scalars(_links(source, relation)).all())
    for position, target in enumerate(targets, start):
        db.session.add(
            Link(
                neighbourhood_id=source.neighbourhood_id, source_kind=kind_of(source), source_id=source.id,
                relation=relation, target_kind=kind_of(target), target_id=target.id, position=position,
            )
        )  # fmt: skip


def _links(source: Any, relation: str) -> Any:
    return select(Link).where(
        Link.source_kind == kind_of(source), Link.source_id == source.id, Link.relation == relation
    )
