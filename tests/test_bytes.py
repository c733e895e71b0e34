"""What goes over a poor line: the first visit, the script, and the longest page as a next page."""

import gzip
import re
from pathlib import Path

import brotli
import pytest

from tests.support.world import OPEN, World
from wijkplatform import create_app
from wijkplatform.bench import fixture
from wijkplatform.config import Settings
from wijkplatform.people.sessions import COOKIE
from wijkplatform.web.static import ROOT

FIRST_VISIT, SCRIPT, NEXT_PAGE = 120_000, 30_000, 15_000  #: bytes, compressed
PACKS = (".css", ".js", ".svg")


def packed(name: str) -> int:
    """A static file as the server sends it: what packs is packed beforehand."""
    content = (ROOT / name).read_bytes()
    return len(brotli.compress(content)) if name.endswith(PACKS) else len(content)


def named(address: str) -> str:
    """/static/css/base.3f2a9c1d.css is css/base.css."""
    return re.sub(r"\.[0-9a-f]{8}(\.\w+)$", r"\1", address.removeprefix("/static/"))


def needed(html: str) -> set[str]:
    """What a browser fetches for this page: what it names, and the letters that its style names."""
    found = {named(each) for each in re.findall(r'(?:href|src)="(/static/[^"#]+)', html)}
    found.discard("img/apple-touch-icon.png")  # fetched when somebody puts the site on their home screen
    found.add("fonts/atkinson-next-latin.woff2")  # the other half is for letters that Dutch has not
    return found


def test_a_first_visit_is_light(world: World) -> None:
    client = world.app.test_client(use_cookies=False)
    for path in ("/", f"/wijken/{OPEN}", f"/wijken/{OPEN}/agenda"):
        page = client.get(path, headers={"Accept-Encoding": "br"})
        html = brotli.decompress(page.get_data()).decode()
        total = len(page.get_data()) + sum(packed(name) for name in needed(html))
        assert total < FIRST_VISIT, f"{path}: {total}"


def test_all_script_together_is_small() -> None:
    total = sum(packed(each.relative_to(ROOT).as_posix()) for each in ROOT.rglob("*.js"))
    assert total < SCRIPT, total


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, fixture.Made]:
    folder: Path = tmp_path_factory.mktemp("meting")
    app = create_app(Settings(DATA_DIR=folder, PORT=5000, HOST="127.0.0.1", secret_key="k" * 48, base_url=""))
    return app, fixture.make(app)


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("packing", ["br", "gzip"])
def test_a_call_with_300_remarks_is_light(measured: tuple[object, fixture.Made], packing: str, known: bool) -> None:
    app, made = measured
    client = app.test_client(use_cookies=False)  # type: ignore[attr-defined]
    cookie = {"Cookie": f"{COOKIE}={made.token}"} if known else {}
    page = client.get(f"/uitvragen/{made.call}", headers={"Accept-Encoding": packing, **cookie})
    html = (brotli.decompress if packing == "br" else gzip.decompress)(page.get_data()).decode()
    assert "300 reacties" in html
    assert html.count('class="passage"') == fixture.ARTICLES * fixture.PARAGRAPHS
    assert len(page.get_data()) < NEXT_PAGE
