"""The walk, on a phone: a remark travels from a resident to the next version, the note, their own list and the chain."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.test_first_rooms import WITH_AND_WITHOUT, press
from tests.support.world import OPEN

pytestmark = [pytest.mark.both, pytest.mark.timeout(300)]

Visit = Callable[..., Page]
SAID = "Ik lees nergens hoeveel uur er iemand is. Zet dat erin."
REASON = "U heeft gelijk. Er staat nu een aantal uren."
NEW = "De opdrachtnemer is er ten minste twintig uur per week."


def call_path(site: Site) -> str:
    slug, code = site.watch.execute(
        "SELECT call.slug, call.code FROM call JOIN neighbourhood n ON n.id = call.neighbourhood_id WHERE n.slug = ?",
        (OPEN,),
    ).fetchone()
    assert code
    return f"/uitvragen/{slug}"


def with_agreement(site: Site) -> tuple[str, str, str]:
    """An article, a need and an agreement that meet: the article rests on a section that serves a need that is agreed on."""
    return site.watch.execute(
        "SELECT article.code, need.code, agreement.code FROM need "
        "JOIN link serves ON serves.target_kind = 'need' AND serves.target_id = need.id AND serves.source_kind = 'section' "
        "JOIN link rests ON rests.target_kind = 'section' AND rests.target_id = serves.source_id AND rests.source_kind = 'article' "
        "JOIN link names ON names.target_kind = 'need' AND names.target_id = need.id AND names.source_kind = 'agreement' "
        "JOIN article ON article.id = rests.source_id JOIN agreement ON agreement.id = names.source_id "
        "JOIN neighbourhood n ON n.id = need.neighbourhood_id WHERE n.slug = ? ORDER BY article.position, need.id LIMIT 1",
        (OPEN,),
    ).fetchone()  # type: ignore[no-any-return]


@WITH_AND_WITHOUT
def test_a_remark_travels_from_a_phone_to_an_agreement(site: Site, visit: Visit, script: bool) -> None:
    path, (article, need, agreement) = call_path(site), with_agreement(site)
    adopted = site.watch.execute(
        "SELECT count(*) FROM answer JOIN neighbourhood n ON n.id = answer.neighbourhood_id "
        "WHERE answer.verdict = 'adopted' AND n.slug = ?",
        (OPEN,),
    ).fetchone()[0]
    resident = visit("bewoner", java_script_enabled=script)
    code = remarks_on_a_passage(resident, path, article, script)
    official = visit("beleidsregisseur", java_script_enabled=script)
    is_refused_while_answers_are_missing(official, path)
    rewrites_and_answers(official, path, article, code)
    answers_the_others(official, path)
    brings_out_the_next_version(official, path)
    the_note_counts_it(visit(java_script_enabled=script), path, code, adopted + 1)
    resident.goto("/mijn")
    expect(resident.get_by_role("main")).to_contain_text("Overgenomen")
    expect(resident.get_by_role("main")).to_contain_text(REASON)
    resident.goto(f"/wijken/{OPEN}/spoor/{code}")
    expect(resident.get_by_role("main")).to_contain_text(article)
    resident.goto(f"/wijken/{OPEN}/spoor/{need}")
    resident.get_by_role("main").locator(f"a[href$='/afspraken/{agreement}']").first.click()
    expect(resident).to_have_url(re.compile(f"/wijken/{OPEN}/afspraken/{agreement}"))
    expect(resident.get_by_role("heading", level=1)).to_be_visible()


def remarks_on_a_passage(page: Page, path: str, article: str, script: bool) -> str:
    """With a script by selecting words, without one by choosing a sentence."""
    page.goto(path)
    passage = page.locator(f"#{article}")
    if script:
        passage.locator("[data-stuk] p").first.evaluate(
            """node => {
                const text = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
                const range = document.createRange();
                range.setStart(text, 0);
                range.setEnd(text, Math.min(25, text.length));
                getSelection().removeAllRanges();
                getSelection().addRange(range);
            }"""
        )
        page.get_by_role("link", name="Reageer op deze woorden").click()
        expect(page.locator("[name=words]")).not_to_have_value("")
    else:
        passage.get_by_role("link", name="Reageer op dit stuk").click()
    page.get_by_label("Wat wilt u zeggen?").fill(SAID)
    for group in ("Namens wie zegt u dit?", "Hoe wilt u genoemd worden?"):
        choices = page.get_by_role("group", name=group)
        if choices.count():
            choices.get_by_role("radio").first.check()
    press(page, "Verstuur")
    expect(page.locator("#gedaan")).to_contain_text("Uw reactie staat erbij")
    expect(page.get_by_role("main")).to_contain_text(SAID)
    return page.url.rsplit("/", 1)[1].partition("#")[0]


def is_refused_while_answers_are_missing(page: Page, path: str) -> None:
    page.goto(f"{path}/volgende-versie")
    expect(page.get_by_role("heading", name="Dit moet nog gebeuren")).to_be_visible()
    assert page.locator("ul.waits li").count() > 0, "with the list"


def rewrites_and_answers(page: Page, path: str, article: str, code: str) -> None:
    page.goto(f"{path}/artikelen/{article}/bewerken?reactie={code}")
    body = page.locator("textarea[name=body]")
    body.fill(body.input_value() + f"\n\n{NEW}")
    page.locator(f"input[name=because][value={code}]").check()
    press(page, "Bewaar")
    expect(page.locator("#gedaan")).not_to_be_empty()
    page.goto(f"{path}/reacties/{code}/antwoord")
    page.get_by_label("Overgenomen", exact=False).first.check()
    page.locator("textarea[name=reason]").fill(REASON)
    page.locator("input[name=change]").first.check()
    press(page, "Bewaar en terug")
    expect(page.locator("#gedaan")).not_to_be_empty()


def answers_the_others(page: Page, path: str) -> None:
    """One answer for all remarks on an article, until none is left."""
    for _article in range(40):
        page.goto(f"{path}/beantwoorden")
        links = page.locator("a[href$='/antwoord']")
        if not links.count():
            return
        page.goto(links.first.get_attribute("href") or "")
        page.locator("input[name=verdict][value=declined]").check()
        page.locator("textarea[name=reason]").fill(
            "Dit past niet bij deze opdracht. Het staat op de lijst voor het wijkplan."
        )
        fold = page.locator("details:has(input[name=also]) > summary")
        if fold.count():
            fold.click()
            for each in page.locator("input[name=also]").all():
                each.check()
        press(page, "Bewaar en terug")
        expect(page.locator("#gedaan")).not_to_be_empty()
    raise AssertionError("the worklist has no end")


def brings_out_the_next_version(page: Page, path: str) -> None:
    page.goto(f"{path}/volgende-versie")
    expect(page.get_by_role("main")).to_contain_text(NEW)
    page.locator("main form .act button, main form .act [type=submit], main .act button").first.click()
    expect(page.locator("#gedaan")).not_to_be_empty()
    page.goto(path)
    expect(page.get_by_role("main")).to_contain_text("versie 2")
    expect(page.get_by_role("main")).to_contain_text(NEW)


def the_note_counts_it(page: Page, path: str, code: str, adopted: int) -> None:
    page.goto(f"{path}/nota")
    expect(page.get_by_role("main")).to_contain_text(f"{adopted} overgenomen")
    page.goto(f"{path}/nota/alles")
    expect(page.get_by_role("main")).to_contain_text(code)
    expect(page.get_by_role("main")).to_contain_text(REASON)


def test_a_remark_by_keyboard_alone(site: Site, visit: Visit) -> None:
    page, path = visit("puur-bewoner"), call_path(site)
    page.goto(path)
    page.get_by_role("link", name="Reageer op dit stuk").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Wat wilt u zeggen?").focus()
    page.keyboard.type(SAID)
    page.keyboard.press("Tab")
    expect(page.locator("details.fold > summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=about][value=s1]")).to_be_checked()
    page.get_by_role("button", name="Verstuur").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#gedaan")).to_contain_text("Uw reactie staat erbij")
    expect(page.get_by_role("main").locator("article.remark .quote")).to_be_visible()
