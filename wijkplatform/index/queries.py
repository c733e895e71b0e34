"""Finding things by code, and what they name or are named by."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, or_, select

from wijkplatform.core.actor import VISITOR
from wijkplatform.core.db import db, kind_of, model_of
from wijkplatform.core.policy import visible
from wijkplatform.index.models import Entry, Link


def by_code(neighbourhood_id: int, code: str) -> Entry | None:
    return db.session.scalars(
        select(Entry).where(Entry.neighbourhood_id == neighbourhood_id, Entry.code == code)
    ).first()


def everywhere(code: str) -> Sequence[Entry]:
    """The same code in whichever neighbourhood."""
    return db.session.scalars(select(Entry).where(Entry.code == code).order_by(Entry.neighbourhood_id)).all()


def named_by(source: Any, relation: str) -> Sequence[Entry]:
    """What a thing names and everybody may see, in the order in which it was declared."""
    return _public(
        db.session.scalars(
            select(Entry)
            .join(Link, (Link.target_kind == Entry.kind) & (Link.target_id == Entry.thing_id))
            .where(Link.source_kind == kind_of(source), Link.source_id == source.id, Link.relation == relation)
            .order_by(Link.position)
        ).all()
    )


def named_by_each(
    sources: Sequence[Any], relations: Mapping[str, type[Any]]
) -> dict[tuple[str, int, str], list[Entry]]:
    """What each of many things names and everybody may see: (kind, id, relation) -> entries in order, in one query.

    `relations`: the relations wanted, each with the kind of thing it names.
    """
    found: dict[tuple[str, int, str], list[Entry]] = defaultdict(list)
    ids: dict[str, list[int]] = defaultdict(list)
    for source in sources:
        ids[kind_of(source)].append(source.id)
    if not ids:
        return found
    rows = db.session.execute(
        select(Link.source_kind, Link.source_id, Link.relation, Entry)
        .join(Entry, (Link.target_kind == Entry.kind) & (Link.target_id == Entry.thing_id))
        .where(or_(*(and_(Link.source_kind == kind, Link.source_id.in_(some)) for kind, some in ids.items())))
        .where(or_(*(_sees(relation, kind_of(model)) for relation, model in relations.items())))
        .order_by(Link.position, Link.id)
    )
    for kind, id_, relation, entry in rows:
        found[kind, id_, relation].append(entry)
    return found


def _sees(relation: str, kind: str) -> Any:
    return and_(Link.relation == relation, Entry.kind == kind, Entry.thing_id.in_(_ids(kind)))


def naming(target: Any, relation: str | None = None) -> Sequence[Entry]:
    """What names a thing, and everybody may see."""
    query = (
        select(Entry)
        .join(Link, (Link.source_kind == Entry.kind) & (Link.source_id == Entry.thing_id))
        .where(Link.target_kind == kind_of(target), Link.target_id == target.id)
        .order_by(Entry.kind, Entry.thing_id)
    )
    return _public(db.session.scalars(query.where(Link.relation == relation) if relation else query).all())


def _public(entries: Sequence[Entry]) -> list[Entry]:
    """What is sealed shows nowhere, its title included."""
    seen = {
        (kind, id_)
        for kind in {entry.kind for entry in entries}
        for id_ in db.session.scalars(_ids(kind).where(model_of(kind).id.in_([each.thing_id for each in entries])))
    }
    return [entry for entry in entries if (entry.kind, entry.thing_id) in seen]


def _ids(kind: str) -> Any:
    return visible(VISITOR, model_of(kind)).with_only_columns(model_of(kind).id)


def links_of(neighbourhood_id: int, kind: str) -> dict[tuple[int, str], list[tuple[str, int]]]:
    """All declared links from one kind of thing at once: (id, relation) -> [(kind, id), …] in order."""
    found: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
    rows = db.session.scalars(
        select(Link).where(Link.neighbourhood_id == neighbourhood_id, Link.source_kind == kind).order_by(Link.position)
    )
    for row in rows:
        found[row.source_id, row.relation].append((row.target_kind, row.target_id))
    return found
