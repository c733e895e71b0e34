"""The power fails while people write: what was acknowledged is there afterwards, and the database is sound."""

import threading
import time
from pathlib import Path

import psycopg
import pytest
from pysqlite3 import dbapi2 as sqlite

from tests.conftest import copy_of
from tests.support import machine
from tests.support.form import wide
from tests.support.server import Server, Wire, run
from tests.support.world import KEY, OPEN, PURE, World, email_of

pytestmark = [pytest.mark.both, pytest.mark.xdist_group("kill"), pytest.mark.timeout(900)]

KILLS, WRITERS, AFTER = wide(2, 20), 4, 1.2


def write_until_it_breaks(port: int, account: str, name: str, acknowledged: list[str]) -> None:
    try:
        wire = Wire(port, timeout=15).log_in(account)
        path = f"/wijken/{OPEN}/agenda/nieuw"
        hat = wire.get(path).field("hat")
        for turn in range(10_000):
            title = f"{name} zei {turn}"
            if wire.post(path, title=title, text="Zo is het.", hat=hat, shown_as="resident").status == 303:
                acknowledged.append(title)
    except OSError:
        return  # the line broke: that is the point


def strike(folder: Path, world: World, number: int, **environment: str) -> list[str]:
    """Serve, let people write, and pull the plug; gives the titles that were acknowledged."""
    acknowledged: list[str] = []
    server = Server(folder, "--demo", "--workers", "2", **environment).wait()
    try:
        threads = [
            threading.Thread(
                target=write_until_it_breaks,
                args=(
                    server.port,
                    world.logins[email_of(PURE + "bewoner")],
                    f"Beurt {number} schrijver {each}",
                    acknowledged,
                ),
            )
            for each in range(WRITERS)
        ]
        for each in threads:
            each.start()
        until = time.monotonic() + 30
        while len(acknowledged) < 3 and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(AFTER * (number % 5 + 1) / 5)  # at another moment each time
    finally:
        server.kill()
    for each in threads:
        each.join(30)
    assert len(acknowledged) >= 3, server.log.read_text()
    return acknowledged


def test_a_kill_loses_no_acknowledged_write(world: World, tmp_path: Path) -> None:
    file = tmp_path / "wijkplatform.sqlite3"
    copy_of(world, file)
    acknowledged: list[str] = []
    for number in range(KILLS):
        acknowledged += strike(tmp_path, world, number)
        said = run("check", folder=tmp_path, WIJKPLATFORM_SECRET_KEY=KEY).stdout
        assert said.startswith("In orde.")
    with sqlite.connect(str(file)) as connection:
        titles = [title for (title,) in connection.execute("SELECT title FROM need")]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert [title for title in acknowledged if titles.count(title) != 1] == []


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("safe_postgres_server").world())


@machine.needs_postgres
def test_a_kill_loses_no_acknowledged_write_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        logins = dict(connection.execute("SELECT email, public_id FROM person WHERE email IS NOT NULL").fetchall())

    class There:
        """The same people with the addresses they have in this database."""

    There.logins = logins  # type: ignore[attr-defined]
    acknowledged: list[str] = []
    for number in range(wide(1, 5)):
        acknowledged += strike(tmp_path, There, number, WIJKPLATFORM_DATABASE_URL=postgres_url)  # type: ignore[arg-type]
        said = run("check", folder=tmp_path, WIJKPLATFORM_SECRET_KEY=KEY, WIJKPLATFORM_DATABASE_URL=postgres_url).stdout
        assert said.startswith("In orde.")
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        titles = [title for (title,) in connection.execute("SELECT title FROM need").fetchall()]
    assert [title for title in acknowledged if titles.count(title) != 1] == []
