"""The whole installation in one file: every table as it is, taken while running, put back in one transaction.

A zip with one file of JSON lines per table and a page that says what is in it. The same on SQLite and PostgreSQL, so
that a town can also move from the one to the other.
"""

import base64
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from wijkplatform.core import trail
from wijkplatform.core.db import Base, begin_writing, db
from wijkplatform.core.errors import Refused
from wijkplatform.core.words import _

CONTENTS = "inhoud.json"
PIECE = 500  #: rows in one statement
Progress = Callable[[int, int], None]


def tables() -> list[Table]:
    """Every table, those that others lean on first."""
    return list(Base.metadata.sorted_tables)


def write(path: Path, revision: str | None, progress: Progress) -> int:
    """Write a backup; a half-written one never takes the place of a good one. Returns how many rows are in it."""
    unfinished = path.with_name(f"{path.name}.bezig")
    rows = 0
    with db.engine.connect().execution_options(**_snapshot()) as connection, connection.begin():
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, table in enumerate(tables(), 1):
                with archive.open(f"{table.name}.jsonl", "w") as file:
                    for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
                        file.write(json.dumps({key: _written(row[key]) for key in row}, ensure_ascii=False).encode())
                        file.write(b"\n")
                        rows += 1
                progress(number, len(tables()))
            head = connection.execute(select(trail.ChainHead.number, trail.ChainHead.hash)).one()
            contents = {"revision": revision, "rows": rows, "head": head.number, "hash": head.hash}
            archive.writestr(CONTENTS, json.dumps(contents, indent=2))
    unfinished.replace(path)
    return rows


def _snapshot() -> dict[str, str]:
    """One moment for all tables: a transaction of SQLite has that by itself."""
    return {"isolation_level": "REPEATABLE READ"} if db.engine.dialect.name == "postgresql" else {}


def read(path: Path, revision: str | None, progress: Progress) -> int:
    """Put a backup back in an empty database of the same release, whole or not at all. Whoever calls commits."""
    try:
        archive = zipfile.ZipFile(path)
        contents = json.loads(archive.read(CONTENTS))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise Refused(_("%(file)s is geen back-up van wijkplatform.", file=path.name)) from None
    if not isinstance(contents, dict) or contents.get("revision") != revision:
        raise Refused(_("Deze back-up is van een andere uitgave. Zet eerst die uitgave neer, en werk daarna bij."))
    begin_writing()
    connection = db.session.connection()
    if any(
        connection.scalar(select(func.count()).select_from(table)) for table in tables() if table.name != "chain_head"
    ):
        raise Refused(_("De database is niet leeg. Zet een back-up terug in een nieuwe, lege database."))
    connection.execute(Base.metadata.tables["chain_head"].delete())
    try:
        with archive:
            for number, table in enumerate(tables(), 1):
                for piece in _pieces(archive, table):
                    connection.execute(insert(table), piece)
                progress(number, len(tables()))
        _go_on_counting(connection)
        return int(contents["rows"])
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, SQLAlchemyError):
        db.session.rollback()
        raise Refused(_("%(file)s is beschadigd. Er is niets teruggezet.", file=path.name)) from None


def _pieces(archive: zipfile.ZipFile, table: Table) -> Iterator[list[dict[str, Any]]]:
    kinds = {column.name: column.type.python_type for column in table.columns if hasattr(column.type, "python_type")}
    piece: list[dict[str, Any]] = []
    with archive.open(f"{table.name}.jsonl") as file:
        for line in file:
            piece.append({key: _read(value, kinds.get(key)) for key, value in json.loads(line).items()})
            if len(piece) == PIECE:
                yield piece
                piece = []
    if piece:
        yield piece


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _read(value: Any, kind: type | None) -> Any:
    if value is None or kind is None:
        return value
    if kind is Decimal:
        return Decimal(value)
    if kind is bytes:
        return base64.b64decode(value)
    return kind.fromisoformat(value) if kind in (date, datetime, time) else value


def _go_on_counting(connection: Connection) -> None:
    """PostgreSQL counts keys beside the rows: let it go on after the last one."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables():
        key = table.autoincrement_column
        if key is not None:
            last = connection.scalar(select(func.max(key))) or 0
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, :key), :next, false)"),
                {"table": f'"{table.name}"', "key": key.name, "next": last + 1},
            )
