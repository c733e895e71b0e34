"""What is no deed and leaves no event: counters of attempts, drafts, presence, sessions, kept input, outbox marks.

Each is committed in a short transaction of its own, beside whatever the request does. A test lists the callers.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from wijkplatform.core.db import db


@contextmanager
def aside() -> Iterator[Session]:
    """A session of its own, committed at the end. Never inside a deed: that would wait for its own lock."""
    if db.session.info.get("writing"):
        raise RuntimeError("aside comes before or after a deed, never inside one")
    with Session(db.engine, autoflush=False) as session:
        session.connection(execution_options={"writing": True})
        session.info["writing"] = True
        yield session
        session.commit()
