"""Names, titles and notes that people typed are text on every page that shows them, also on the page of a conflict."""

import pytest

from tests.support.addresses import EXAMPLES, NO_PAGES, example, first_code
from tests.support.things import put
from tests.support.world import FINISHED, OPEN, World
from wijkplatform.core.db import db

NASTY = '<img src=x onerror="alert(1)">"\'</title></textarea><script>alert(1)</script>{{7*7}}'
COLUMNS = {
    "neighbourhood": ("name", "description"), "area": ("name",), "centre": ("name",), "organisation": ("name",),
    "person": ("name",), "need": ("title", "text", "theme"), "section": ("title",), "plan": ("title", "review"),
    "version": ("title", "note"), "voice": ("name", "hat"), "moment": ("kind", "question"), "role": ("name",),
    "commitment": ("fixed", "open", "decides"), "index_entry": ("title",), "municipality": ("name",), "edition": ("note",),
    "principle": ("title", "text"), "memorandum": ("title", "adopted_by"),
}  # fmt: skip


@pytest.fixture
def nasty(world: World) -> World:
    """Every name in the world is an attack; the audit of each answer finds what gets through."""
    with world.app.app_context():
        for table, columns in COLUMNS.items():
            changes = ", ".join(f"{column} = :nasty" for column in columns)
            put(
                lambda table=table, changes=changes: db.session.execute(
                    db.text(f"UPDATE {table} SET {changes}"), {"nasty": NASTY}
                )
            )
        db.session.remove()
    return world


@pytest.mark.parametrize("role", [None, "puur-bewoner", "puur-beleidsregisseur"])
def test_no_name_acts_on_any_page(nasty: World, role: str | None) -> None:
    browser = nasty.as_role(role) if role else nasty.browser()
    for slug in (OPEN, FINISHED):
        for rule in sorted(set(EXAMPLES) - NO_PAGES):
            page = browser.go(example(nasty, rule, slug), follow=False)
            assert page.status in (200, 303, 403, 404, 410), rule
            assert "<script>alert" not in page.html, rule
            assert "<img src=x" not in page.html, rule
            assert "49" not in page.heading if page.status == 200 and page.all("h1") else True


def test_the_page_of_a_conflict_escapes_both_texts(world: World) -> None:
    path = f"/wijken/{OPEN}/plan/{first_code(world, OPEN, 'section')}/bewerken"
    first, second = world.as_role("puur-bewoner"), world.as_role("puur-vrijwilliger")
    forms = [browser.go(path).form(path) for browser in (first, second)]
    sentence = forms[0].fields["body"].strip().split(".")[0]
    forms[0].submit(body=forms[0].fields["body"].replace(sentence, f"{sentence} {NASTY} een"), note=NASTY)
    page = forms[1].submit(body=forms[1].fields["body"].replace(sentence, f"{sentence} {NASTY} twee"), note=NASTY)
    assert page.status == 409
    assert "<script>alert" not in page.html
    assert "onerror" in page.words
