"""The real server as a process of its own, in a process group of its own, on a free port; and a plain way to talk to it."""

import contextlib
import html
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

from tests.support.machine import ROOT, dies_with_us, free_port, plain_environment
from tests.support.world import KEY

COMMAND = [sys.executable, "-m", "wijkplatform"]
PATIENCE = 30  #: seconds


class Server:
    """A running `wijkplatform serve`."""

    def __init__(self, folder: Path, *options: str, port: int | None = None, **environment: str):
        self.folder, self.port = folder, port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        settings = {"DATA_DIR": str(folder), "PORT": str(self.port), "WIJKPLATFORM_SECRET_KEY": KEY, **environment}
        self.environment = plain_environment(**settings)
        self.log = folder / "server.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*dies_with_us("TERM"), *COMMAND, "serve", *options], env=self.environment, stdout=log, stderr=log, cwd=ROOT,
                start_new_session=True,
            )  # fmt: skip

    def wait(self) -> "Server":
        """Until it answers that it is well."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                if Wire(self.port).get("/gezond").status == 200:
                    return self
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the server does not start:\n{self.log.read_text()}")
            time.sleep(0.05)

    def kill(self) -> None:
        """Power off: server, its processes and its worker at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(25)
        finally:
            self.kill()


@contextlib.contextmanager
def serving(folder: Path, *options: str, **environment: str) -> Iterator[Server]:
    server = Server(folder, *options, **environment)
    try:
        yield server.wait()
    finally:
        server.kill()


def run(*arguments: str, folder: Path, expect: int | None = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    done = subprocess.run(
        [*COMMAND, *arguments], env=plain_environment(DATA_DIR=str(folder), **environment), capture_output=True, text=True,
        cwd=ROOT, timeout=120, check=False,
    )  # fmt: skip
    assert expect is None or done.returncode == expect, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


class Answer:
    def __init__(self, status: int, headers: Mapping[str, str], body: bytes):
        self.status, self.headers, self.text = status, headers, body.decode("utf-8", "replace")

    def field(self, name: str) -> str:
        """The value of a field on the page, as a browser would send it back."""
        found = re.search(rf'<textarea[^>]*\bname="{name}"[^>]*>\r?\n?(.*?)</textarea>', self.text, re.S) or re.search(
            rf'<input(?=[^>]*\bname="{name}")[^>]*\bvalue="([^"]*)"', self.text
        )
        return html.unescape(found[1]) if found else ""


class Wire:
    """A browser at its plainest: one connection, cookies, forms. Raises OSError when the line breaks."""

    def __init__(self, port: int, timeout: float = 60):
        self.port, self.timeout, self.cookies, self.token = port, timeout, dict[str, str](), ""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, **fields: object) -> Answer:
        body = urlencode({"csrf_token": self.token, **fields}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        return self._ask("POST", path, body, headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            read = answer.read()
        except (http.client.HTTPException, OSError) as broken:
            self.connection.close()
            raise ConnectionError(str(broken)) from broken
        for value in answer.headers.get_all("Set-Cookie") or []:
            name, _is, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return Answer(answer.status, answer.headers, read)  # type: ignore[arg-type]

    def log_in(self, account: str) -> "Wire":
        """Through the demo's door."""
        answer = self.post(f"/demo/inloggen/{account}")
        assert answer.status == 303, answer.status
        self.token = self.get("/gebieden").field("csrf_token")
        assert self.token
        return self


def logins(folder: Path) -> dict[str, list[str]]:
    """The accounts in `demo-logins.json`: for each role the last piece of the address of each."""
    found = json.loads((folder / "demo-logins.json").read_text())
    return {role: [each["url"].rpartition("/")[2] for each in accounts] for role, accounts in found.items()}
