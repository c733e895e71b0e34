"""Following an agreement on a phone, with JavaScript and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.support.world import FINISHED, OPEN

pytestmark = [pytest.mark.both, pytest.mark.timeout(300)]


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_visitor_follows_an_agreement_to_its_conversation(
    site: Site, visit: Callable[..., Page], script: bool
) -> None:
    page = visit(java_script_enabled=script)
    page.goto(f"/wijken/{OPEN}")
    page.get_by_role("link", name="Volg hoe het met de afspraken gaat").click()
    page.get_by_role("link", name="Niemand drinkt op zondag alleen koffie").click()
    expect(page.get_by_role("img", name=re.compile(r"^Lijn van 31 procent .* naar 58 procent"))).to_be_visible()
    page.get_by_text("Bekijk de getallen in een tabel").click()
    expect(page.get_by_role("cell", name="44 procent")).to_be_visible()
    page.get_by_role("link", name="door bijstelling BS-1").click()
    expect(page.locator("#BS-1")).to_be_in_viewport()
    page.locator("#BS-1").get_by_role("link", name=re.compile("Lees het gesprek van")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gesprek van")
    page.get_by_role("link", name="Niemand drinkt op zondag alleen koffie").last.click()
    expect(page).to_have_url(re.compile(r"/afspraken/AF-01#BS-1$"))


@pytest.mark.parametrize("width", [360, 1280])
def test_the_purpose_is_the_largest_text_on_its_page(site: Site, visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    for slug, code in ((FINISHED, "PA-01"), (OPEN, "AF-04")):
        page.goto(f"/wijken/{slug}/afspraken/{code}")
        sizes = page.evaluate(
            """() => [...document.querySelectorAll('main *')]
                .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && !e.closest('svg'))
                .map(e => [parseFloat(getComputedStyle(e).fontSize), e.className])"""
        )
        largest = max(size for size, _name in sizes)
        assert [name for size, name in sizes if size == largest] == ["purpose large"]
