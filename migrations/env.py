"""Migrations run inside the application: its database, its tables, on SQLite and PostgreSQL alike."""

from typing import Any

from alembic import context

from wijkplatform.core.db import Base, Exact, Instant, db


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """A migration stands on its own: our column types are written as what they are in the database."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Exact):
        return "sa.String(length=40)"
    return False


def run() -> None:
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Batch operations copy a table; foreign keys must not act on the copy. Checked again below.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            connection.commit()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            connection.commit()
            if broken:
                raise RuntimeError(f"a migration left broken references: {broken[:5]}")
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


run()
