"""A PostgreSQL server of our own: in a folder of its own, on a free port of this machine alone, gone afterwards.

PostgreSQL refuses to run as root; then it runs as another user (`postgres`, made by the package, or `nobody`).
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.support import machine
from tests.support.world import fill, settings
from wijkplatform import create_app
from wijkplatform.core.db import db

#: Loss of power is not what the ordinary tests are about; the races and kills run with everything on, as shipped.
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
SMALL = ("-c", "shared_buffers=32MB", "-c", "max_connections=120")


class Server:
    """A running server; hands out databases."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.port, self.made, self._template = folder, port, 0, ""

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://tester@127.0.0.1:{self.port}/{name}"

    def admin(self, statement: str) -> None:
        with psycopg.connect(f"postgresql://tester@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def empty(self) -> str:
        """The address of a new empty database."""
        self.made += 1
        name = f"leeg{self.made}"
        self.admin(f"CREATE DATABASE {name}")
        return self.url(name)

    def world(self) -> str:
        """The address of a new database with the world in it."""
        if not self._template:
            self._template = "wereld"
            self.admin("CREATE DATABASE wereld")
            app = create_app(settings(self.folder, database_url=self.url("wereld")), demo=True, testing=True)
            fill(app)
            with app.app_context():
                db.engine.dispose()
        self.made += 1
        name = f"kopie{self.made}"
        self.admin(f"CREATE DATABASE {name} TEMPLATE wereld")
        return self.url(name)


def _as_other_user(command: list[str]) -> list[str]:
    """As root: as somebody else. A server that is left behind when the tests are killed stops by itself."""
    to_quit = machine.dies_with_us("QUIT")
    if os.geteuid() != 0:
        return [*to_quit, *command]
    if not to_quit:
        return ["runuser", "-u", _user(), "--", *command]
    user = pwd.getpwnam(_user())
    return [*to_quit[:-1], f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--init-groups", "--", *command]


def _user() -> str:
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return "nobody"


@contextlib.contextmanager
def running(*, safe: bool = False) -> Iterator[Server]:
    """A server; `safe`: as shipped, every commit reaches the disk."""
    assert machine.POSTGRES is not None
    folder = Path(tempfile.mkdtemp(prefix="wijk-pg-"))
    data = folder / "data"
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        folder.chmod(0o755)
        shutil.chown(data, _user())
    program = lambda name: str(machine.POSTGRES / name)  # type: ignore[operator]  # noqa: E731
    try:
        subprocess.run(
            _as_other_user([program("initdb"), "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C",
                            "--no-sync"]),
            check=True, capture_output=True, cwd="/",
        )  # fmt: skip
        port = machine.free_port()
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                _as_other_user([program("postgres"), "-D", str(data), "-p", str(port), "-k", "", "-c",
                                "listen_addresses=127.0.0.1", *SMALL, *(() if safe else FAST)]),
                stdout=log, stderr=log, cwd="/",
            )  # fmt: skip
        try:
            made = Server(folder, port)
            _wait(made, server, folder / "log")
            yield made
        finally:
            stop = subprocess.run(
                _as_other_user([program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]),
                check=False, capture_output=True, cwd="/",
            )  # fmt: skip
            if stop.returncode:
                server.terminate()
            server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(made: Server, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            made.admin("SELECT 1")
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL does not start:\n{log.read_text()}") from None
            time.sleep(0.05)
