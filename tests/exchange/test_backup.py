"""A town can leave with everything, and come back with everything: the whole installation in one file."""

import json
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support.world import World
from wijkplatform import installing
from wijkplatform.core import offers, trail
from wijkplatform.core.actor import command_line
from wijkplatform.core.db import begin_writing, db
from wijkplatform.core.errors import Refused
from wijkplatform.exchange import backup
from wijkplatform.people import service as people

REVISION = installing.revision()


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in the order of its key."""
    return {
        table.name: [tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))]
        for table in backup.tables()
    }


@pytest.fixture
def written(in_world: World, tmp_path: Path) -> Path:
    path = tmp_path / "alles.zip"
    backup.write(path, REVISION, quiet)
    return path


def test_what_comes_back_is_what_went_in(in_world: World, written: Path, fresh_app: Flask) -> None:
    went_in = everything()
    with fresh_app.app_context():
        rows = backup.read(written, REVISION, quiet)
        trail.commit()
        assert everything() == went_in
        assert rows == sum(len(found) for found in went_in.values())
        assert list(trail.faults()) == []
        assert offers.gather("integrity") == []


def test_a_restored_town_goes_on_where_it_was(written: Path, fresh_app: Flask) -> None:
    with fresh_app.app_context():
        backup.read(written, REVISION, quiet)
        trail.commit()
        number, _hash = trail.head()
        begin_writing()
        people.make_administrator(command_line(), "nieuw@voorbeeld.org")
        trail.commit()
        assert trail.head()[0] > number
        assert list(trail.faults()) == []


def test_a_town_that_is_there_is_never_overwritten(in_world: World, written: Path) -> None:
    before = everything()
    with pytest.raises(Refused, match="niet leeg"):
        backup.read(written, REVISION, quiet)
    db.session.rollback()
    assert everything() == before


def test_a_backup_of_another_release_is_refused(written: Path, fresh_app: Flask) -> None:
    with fresh_app.app_context(), pytest.raises(Refused, match="andere uitgave"):
        backup.read(written, "9999", quiet)


@pytest.mark.parametrize("content", [b"", b"geen zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_backup_is_refused(content: bytes, tmp_path: Path, fresh_app: Flask) -> None:
    path = tmp_path / "iets.zip"
    path.write_bytes(content)
    with fresh_app.app_context(), pytest.raises(Refused, match="geen back-up"):
        backup.read(path, REVISION, quiet)


def test_a_backup_that_was_tampered_with_shows(written: Path, tmp_path: Path, fresh_app: Flask) -> None:
    changed = tmp_path / "veranderd.zip"
    with zipfile.ZipFile(written) as good, zipfile.ZipFile(changed, "w") as bad:
        for name in good.namelist():
            lines = good.read(name)
            if name == "need.jsonl":
                first, *rest = lines.decode().splitlines()
                row = {**json.loads(first), "text": "Dit heeft nooit iemand gezegd."}
                lines = "\n".join([json.dumps(row), *rest]).encode()
            bad.writestr(name, lines)
    with fresh_app.app_context():
        backup.read(changed, REVISION, quiet)
        assert any("de tekst is daarna veranderd" in fault for fault in trail.faults())
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(backup.tables()[0])) == 0
