"""The servers that a measurement needs: our own, the bare one, and PostgreSQL. Each stops with the measurement."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from wijkplatform.bench import load

PATIENCE = 30
INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: -int(path.parts[-3]))


def postgres_found() -> Path | None:
    """Where PostgreSQL's programs are, the newest first."""
    if INSTALLED:
        return INSTALLED[0].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Serving:
    """A running server: its first answer came after `ready` seconds."""

    port: int
    process: subprocess.Popen[bytes]
    ready: float

    def memory(self) -> int:
        """Bytes of the processes that answer, together; what several share counts for each in part (PSS)."""
        return sum(_pss(each) for each in _children(self.process.pid))


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


@contextlib.contextmanager
def serving(command: Sequence[str], port: int, path: str, environment: dict[str, str]) -> Iterator[Serving]:
    """Start it, wait for its first page, and stop it afterwards."""
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, *command], env={**os.environ, **environment}, start_new_session=True
    )
    try:
        _wait(process, port, path)
        yield Serving(port, process, time.perf_counter() - begun)
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(25)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def _wait(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError):
            if load.Line(port).ask(load.get(path))[0] == 200:
                return
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError("De server start niet.")
        time.sleep(0.01)


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database of a server of our own, with the settings it is shipped with."""
    programs = postgres_found()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="wijk-meting-"))
    data, port = folder / "data", free_port()
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        folder.chmod(0o755)
        shutil.chown(data, _user())
    try:
        _as_other([str(programs / "initdb"), "-D", str(data), "-U", "meting", "-A", "trust", "-E", "UTF8",
                   "--locale=C", "--no-sync"])  # fmt: skip
        server = subprocess.Popen(  # noqa: S603
            [*_prefix(), str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", "",
             "-c", "listen_addresses=127.0.0.1"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip
        try:
            _ready(server, f"postgresql://meting@127.0.0.1:{port}/postgres")
            yield f"postgresql+psycopg://meting@127.0.0.1:{port}"
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                _as_other([str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"])
            server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str, name: str) -> str:
    with psycopg.connect(server.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return f"{server}/{name}"


def _ready(server: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("PostgreSQL start niet.") from None
            time.sleep(0.05)


def _prefix() -> list[str]:
    """PostgreSQL refuses to run as root; then it runs as another user."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam(_user())
    if shutil.which("setpriv"):
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--init-groups", "--"]
    return ["runuser", "-u", _user(), "--"]


def _user() -> str:
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return "nobody"


def _as_other(command: list[str]) -> None:
    subprocess.run([*_prefix(), *command], check=True, capture_output=True, cwd="/")  # noqa: S603
