"""Do codes and links lead to things that are there? Asked by `wijkplatform check`."""

from collections import defaultdict

from sqlalchemy import select, text

from wijkplatform.core.db import db, model_of
from wijkplatform.index.models import Entry, Link


def faults() -> list[str]:
    """A sentence for every code or link that leads nowhere, and what the database itself finds wrong."""
    ends: dict[str, dict[int, str]] = defaultdict(dict)
    for entry in db.session.scalars(select(Entry)):
        ends[entry.kind][entry.thing_id] = f"code {entry.code}"
    for link in db.session.scalars(select(Link)):
        ends[link.source_kind].setdefault(link.source_id, f"verband {link.id}")
        ends[link.target_kind].setdefault(link.target_id, f"verband {link.id}")
    return [*_missing(ends), *_database()]


def _missing(ends: dict[str, dict[int, str]]) -> list[str]:
    found = []
    for kind, named in ends.items():
        there = set(db.session.scalars(select(model_of(kind).id)))
        found += [
            f"{what} wijst naar {kind} {id_}, maar dat is er niet" for id_, what in named.items() if id_ not in there
        ]
    return found


def _database() -> list[str]:
    """SQLite can look itself over; PostgreSQL guards its references by itself."""
    if db.engine.dialect.name != "sqlite":
        return []
    broken = db.session.execute(text("PRAGMA foreign_key_check")).all()
    wrong = [row[0] for row in db.session.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
    return [f"tabel {row[0]}: een verwijzing leidt nergens heen" for row in broken] + [
        f"database: {line}" for line in wrong
    ]
