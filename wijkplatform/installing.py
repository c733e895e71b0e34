"""Bringing a database to head, and knowing what stands in it."""

import logging
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError

from wijkplatform.core.db import db

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"


def bring_to_head(app: Flask) -> None:
    """Run the migrations that are not in yet; an interrupted run is finished by the next one."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with app.app_context():
        if "sqlite" in str(db.engine.url):
            Path(str(db.engine.url.database)).parent.mkdir(parents=True, exist_ok=True)
        upgrade(directory=str(MIGRATIONS))


def revision() -> str | None:
    """The revision that this release's database has."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head()


def is_at_head(app: Flask) -> bool:
    """Does the database have every table of this release? False for one that is empty,
    of another release, or out of reach."""
    try:
        with app.app_context(), db.engine.connect() as connection:
            here = MigrationContext.configure(connection).get_current_revision()
    except OperationalError:
        return False
    return here == revision()
