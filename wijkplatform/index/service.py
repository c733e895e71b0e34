"""Registering what has a code, giving new codes, declaring links. Part of other deeds: leaves no event of its own."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from wijkplatform.core.db import db, kind_of
from wijkplatform.index.models import Entry, Link
from wijkplatform.people.models import Person


def register(thing: Any, title: str) -> Entry:
    """Enter a thing under its code; the database refuses a code that is taken."""
    db.session.flush()
    entry = Entry(
        neighbourhood_id=thing.neighbourhood_id, code=thing.code, kind=kind_of(thing), thing_id=thing.id, title=title
    )
    db.session.add(entry)
    return entry


def next_code(neighbourhood_id: int, model: type[Any], prefix: str) -> str:
    """An unused code in the habit of this neighbourhood: after BH-12 comes BH-13; `prefix` if there is none yet."""
    last = db.session.scalars(
        select(Entry.code)
        .where(Entry.neighbourhood_id == neighbourhood_id, Entry.kind == model.__tablename__)
        .order_by(Entry.id.desc())
        .limit(1)
    ).first()
    found = re.fullmatch(r"(.*?)(\d+)", last or "")
    stem, number, width = (found[1], int(found[2]), len(found[2])) if found else (f"{prefix}-", 0, 2)
    while True:
        number += 1
        code = f"{stem}{number:0{width}d}"
        if not _is_taken(neighbourhood_id, code):
            return code


def _is_taken(neighbourhood_id: int, code: str) -> bool:
    """By a thing of the neighbourhood, or by a person of its files."""
    things = select(Entry.id).where(Entry.neighbourhood_id == neighbourhood_id, Entry.code == code)
    people = select(Person.id).where(Person.home_id == neighbourhood_id, Person.code == code)
    return db.session.execute(things.union_all(people)).first() is not None


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
