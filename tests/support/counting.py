"""How many questions a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from wijkplatform.core.db import db

MOST = 12  #: for any page, however much there is on it
COLD = 22  #: the first time after a deed, when nothing of what everybody sees alike is kept


@contextmanager
def counting(app: Flask) -> Iterator[list[str]]:
    """The statements sent while this lasts; the start and end of a transaction are no questions."""
    with app.app_context():
        engine = db.engine
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append(" ".join(statement.split()))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
