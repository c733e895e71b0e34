"""Every kind of page in a real browser: readable for everybody (axe, WCAG 2.2 AA) and never wider than the screen."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import Site
from tests.support.addresses import EXAMPLES, NO_PAGES, example
from tests.support.form import wide
from tests.support.world import FINISHED, OPEN

pytestmark = [pytest.mark.both, pytest.mark.timeout(900)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
WIDTHS, THEMES = wide((360, 1280), (320, 360, 1280)), wide(("light",), ("light", "dark"))
#: As whom each page is looked at: a page with a form is looked at by somebody who may fill it in.
AS_RESIDENT = ("/mijn", "/nieuw", "/bewerken", "/meedoen", "/versies")
ONCE = ("/", "/gebieden", "/inloggen", "/inloggen/code", "/inloggen/link/<token>", "/demo/inloggen/<account>", "/onderdelen",
        "/mijn", "/mijn/sessies", "/open-data", "/spoor/<code>", "/zoeken")  # fmt: skip


def pages(site: Site) -> list[tuple[str, bool]]:
    """Addresses, and whether to be logged in."""
    found = []
    for rule in sorted(set(EXAMPLES) - NO_PAGES):
        resident = any(sign in rule for sign in AS_RESIDENT)
        for slug in (OPEN,) if rule in ONCE else wide((OPEN,), (OPEN, FINISHED)):
            found.append((example(site.world, rule, slug), resident))
    return [*found, ("/bestaat-niet", False), ("/gebieden?q=leeu", False)]


def look(page: Page, path: str) -> list[str]:
    """What is wrong with a page for somebody who reads it another way, or on a narrow screen."""
    page.goto(path)
    faults = []
    for each in Axe().run(page, options=RULES).response["violations"]:
        where = "; ".join(node["html"][:120] for node in each["nodes"][:3])
        faults.append(f"{path}: {each['id']}: {each['help']} ({where})")
    wide_by = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide_by > 0:
        faults.append(f"{path} is {wide_by} pixels wider than the screen")
    return faults


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_can_be_read_by_everybody(site: Site, visit: Callable[..., Page], width: int, theme: Any) -> None:
    anyone, resident = visit(width=width, color_scheme=theme), visit("puur-bewoner", width=width, color_scheme=theme)
    faults = [fault for path, known in pages(site) for fault in look(resident if known else anyone, path)]
    assert faults == []


def test_nothing_is_wider_than_the_narrowest_phone(site: Site, visit: Callable[..., Page]) -> None:
    page = visit("puur-bewoner", width=320)
    too_wide = []
    for path, _known in pages(site):
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            too_wide.append(path)
    assert too_wide == []


def test_targets_are_big_enough_for_a_thumb(site: Site, visit: Callable[..., Page]) -> None:
    page = visit("puur-bewoner")
    small = []
    for path, _known in pages(site):
        page.goto(path)
        small += page.evaluate(
            """path => [...document.querySelectorAll('button, a.button, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, label.choice')]
                .filter(e => e.checkVisibility() && !e.closest('.vh'))
                .map(e => [e, e.getBoundingClientRect()])
                .filter(([e, r]) => r.width > 0 && r.height < 43.5)
                .map(([e, r]) => `${path}: ${e.outerHTML.slice(0, 90)} ${Math.round(r.height)}px`)""",
            path,
        )
    assert small == []


def test_a_first_visit_is_light(site: Site, visit: Callable[..., Page]) -> None:
    """Under 120 KB in all at the first visit, script under 30 KB, next pages under 15 KB."""
    page = visit()
    sizes: list[tuple[str, int]] = []
    page.on("requestfinished", lambda request: sizes.append((request.url, sum(
        request.sizes()[key] for key in ("responseBodySize", "responseHeadersSize")))))  # fmt: skip
    page.goto(f"/wijken/{OPEN}", wait_until="networkidle")
    assert sum(size for _url, size in sizes) < 120_000, sizes
    assert sum(size for url, size in sizes if ".js" in url) < 30_000
    sizes.clear()
    page.goto(f"/wijken/{OPEN}/agenda", wait_until="networkidle")
    assert sum(size for _url, size in sizes) < 15_000, sizes
