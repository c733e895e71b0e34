"""A real browser on the real server: phone size unless said otherwise, and nothing leaves this machine."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pysqlite3 import dbapi2 as sqlite

from tests.conftest import copy_of
from tests.support import machine
from tests.support.machine import CHROMIUM, ROOT, free_port
from tests.support.server import Server, serving
from tests.support.world import World, email_of

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
PHONE = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(machine.needs_chromium)
            item.add_marker(pytest.mark.xdist_group("browser"))


class Letters(Message):
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.got.append(message)


@dataclass
class Site:
    """The server, the world behind it, and the mail it sent."""

    server: Server
    world: World
    letters: Letters
    watch: sqlite.Connection

    @property
    def address(self) -> str:
        return self.server.address

    def back(self) -> None:
        """The world as it was."""
        self.world.template.backup(self.watch)
        self.letters.got.clear()

    def account(self, role: str, number: int = 1) -> str:
        return f"{self.address}/demo/inloggen/{self.world.logins[email_of(role, number)]}"

    def codes(self, kind: str, slug: str) -> list[str]:
        query = (
            "SELECT code FROM index_entry WHERE kind = ? AND neighbourhood_id = "
            "(SELECT id FROM neighbourhood WHERE slug = ?) ORDER BY id"
        )
        return [code for (code,) in self.watch.execute(query, (kind, slug))]


@pytest.fixture(scope="session")
def _site(shared_world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    subprocess.run(
        [sys.executable, "-m", "whitenoise.compress", "--quiet", "static"], cwd=ROOT, check=True
    )  # as `make install`
    folder, port, letters = tmp_path_factory.mktemp("site"), free_port(), Letters()
    copy_of(shared_world, folder / "wijkplatform.sqlite3")
    post = Controller(letters, hostname="127.0.0.1", port=port)
    post.start()
    watch = sqlite.connect(str(folder / "wijkplatform.sqlite3"), isolation_level=None, check_same_thread=False)
    try:
        with serving(folder, "--demo", "--workers", "2", WIJKPLATFORM_MAIL_URL=f"smtp://127.0.0.1:{port}") as server:
            yield Site(server, shared_world, letters, watch)
    finally:
        watch.close()
        post.stop()


@pytest.fixture
def site(_site: Site) -> Site:
    _site.back()
    return _site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visitors:
    """Opens browsers of different people; remembers what asked something of elsewhere, and what went wrong in a page."""

    def __init__(self, chromium: Browser, site: Site):
        self.chromium, self.site = chromium, site
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def __call__(self, role: str | None = None, *, number: int = 1, width: int = 360, **options: Any) -> Page:
        size = {"width": width, "height": 740 if width < 700 else 900}
        context = self.chromium.new_context(viewport=size, base_url=self.site.address, locale="nl-NL", **options)
        context.set_default_timeout(15_000)
        context.on("request", self._request)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"a script failed: {error}"))
        page.on("console", self._console)
        if role is not None:
            page.goto(self.site.account(role, number))
            page.get_by_role("main").get_by_role("button", name="Log in").click()
            page.wait_for_url(self.site.address + "/")
        return page

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.site.address + "/", "data:")):
            self.faults.append(f"something was asked of elsewhere: {request.url}")

    def _console(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.faults.append(f"the browser complains: {message.text}")


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    visitors = Visitors(chromium, site)
    yield visitors
    for context in visitors.contexts:
        context.close()
    assert visitors.faults == []
