"""The journeys of the first rooms, on a phone: with JavaScript and without, and one with the keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.support.world import FINISHED, OPEN, PURE

pytestmark = [pytest.mark.both, pytest.mark.timeout(300)]

WITH_AND_WITHOUT = pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
Visit = Callable[..., Page]


def press(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("button", name=words).first.click()


@WITH_AND_WITHOUT
def test_a_visitor_reads_the_agenda_and_the_plan(site: Site, visit: Visit, script: bool) -> None:
    page = visit(java_script_enabled=script)
    page.goto("/")
    page.get_by_role("link", name="Huizum-Oost").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Huizum-Oost")
    page.goto(f"/wijken/{OPEN}/agenda")
    page.get_by_role("main").locator("article.need h3 a").first.click()
    expect(page.get_by_text(re.compile(r"\d+ bewoners? steun"))).to_be_visible()
    page.goto(f"/wijken/{OPEN}/plan")
    page.locator("ol.sections a").first.click()
    expect(page.get_by_role("heading", name="Wie schreven dit")).to_be_visible()
    expect(page.get_by_role("heading", name="Waar komt dit vandaan?")).to_be_visible()


@WITH_AND_WITHOUT
def test_a_resident_supports_a_need_and_takes_it_back(site: Site, visit: Visit, script: bool) -> None:
    page = visit(PURE + "bewoner", java_script_enabled=script)
    page.goto(f"/wijken/{OPEN}/agenda/{site.codes('need', OPEN)[0]}")
    before = int(re.search(r"\d+", page.locator("#steun .count-line").inner_text())[0])
    press(page, "Dit steun ik ook")
    expect(page.locator("#steun .count-line")).to_contain_text(str(before + 1))
    expect(page.locator("#steun")).to_contain_text("U steunt dit")
    press(page, "Trek steun terug")
    expect(page.locator("#steun .count-line")).to_contain_text(str(before))
    expect(page.get_by_role("button", name="Dit steun ik ook")).to_be_visible()


@WITH_AND_WITHOUT
def test_a_resident_raises_a_need_with_a_hat_on(site: Site, visit: Visit, script: bool) -> None:
    page = visit("bewoner", java_script_enabled=script)
    page.goto(f"/wijken/{OPEN}/agenda")
    page.get_by_role("link", name="Zeg wat er beter moet").first.click()
    press(page, "Zet op de agenda")
    expect(page.locator("#fouten")).to_be_visible()
    page.get_by_label("Wat moet er beter?").fill("Een bankje bij de brug")
    page.get_by_label("Vertel erbij hoe het nu gaat").fill("Mijn moeder kan niet zo ver lopen.")
    for group in ("Namens wie zegt u dit?", "Hoe wilt u genoemd worden?"):
        choices = page.get_by_role("group", name=group)
        if choices.count():
            choices.get_by_role("radio").first.check()
    press(page, "Zet op de agenda")
    expect(page.get_by_role("heading", level=1)).to_have_text("Een bankje bij de brug")
    expect(page.get_by_role("main")).to_contain_text("Mijn moeder kan niet zo ver lopen.")


def open_editor(page: Page, code: str) -> Any:
    page.goto(f"/wijken/{OPEN}/plan/{code}")
    page.get_by_role("link", name="Schrijf mee").first.click()
    return page.locator("textarea[name=body]")


@WITH_AND_WITHOUT
def test_a_co_author_edits_a_chapter(site: Site, visit: Visit, script: bool) -> None:
    page = visit(PURE + "bewoner", java_script_enabled=script)
    body = open_editor(page, site.codes("section", OPEN)[0])
    body.fill(body.input_value() + "\n\nEr komt een bankje bij de brug.")
    press(page, "Bewaar")
    expect(page.locator("article.chapter")).to_contain_text("Er komt een bankje bij de brug.")
    expect(page.locator("#gedaan")).to_contain_text("Bewaard als versie")


@WITH_AND_WITHOUT
def test_two_who_write_in_different_places_are_joined(site: Site, visit: Visit, script: bool) -> None:
    first, second = (
        visit(PURE + "bewoner", java_script_enabled=script),
        visit(PURE + "sociaal_makelaar", java_script_enabled=script),
    )
    code = site.codes("section", OPEN)[0]
    bodies = [open_editor(page, code) for page in (first, second)]
    text = bodies[0].input_value()
    bodies[0].fill("Dit komt voorop.\n\n" + text)
    press(first, "Bewaar")
    bodies[1].fill(text + "\n\nDit komt achteraan.")
    press(second, "Bewaar")
    expect(second.locator("#gedaan")).to_contain_text("Iemand anders schreef ook")
    for words in ("Dit komt voorop.", "Dit komt achteraan."):
        expect(second.locator("article.chapter")).to_contain_text(words)


@WITH_AND_WITHOUT
def test_two_who_change_the_same_sentence_make_one_of_it(site: Site, visit: Visit, script: bool) -> None:
    first, second = (
        visit(PURE + "bewoner", java_script_enabled=script),
        visit(PURE + "sociaal_makelaar", java_script_enabled=script),
    )
    code = site.codes("section", OPEN)[0]
    bodies = [open_editor(page, code) for page in (first, second)]
    text = bodies[0].input_value()
    sentence = re.search(r"[A-Z][^.\n]{20,}\.", text)[0]
    bodies[0].fill(text.replace(sentence, sentence[:-1] + " voor iedereen."))
    press(first, "Bewaar")
    bodies[1].fill(text.replace(sentence, sentence[:-1] + " en dat elke dag."))
    press(second, "Bewaar")
    expect(second.get_by_role("heading", level=1)).to_have_text("Twee mensen schreven tegelijk")
    expect(second.locator(".theirs").first).to_contain_text("voor iedereen")
    expect(second.locator(".yours").first).to_contain_text("en dat elke dag")
    second.get_by_label("Maak er één zin van").fill(sentence[:-1] + " voor iedereen, elke dag.")
    press(second, "Bewaar deze tekst")
    expect(second.locator("article.chapter")).to_contain_text("voor iedereen, elke dag.")
    second.get_by_role("link", name="Bekijk eerdere versies").click()
    expect(second.locator("ol.history > li")).to_have_count(3)


@WITH_AND_WITHOUT
def test_history_comparison_and_putting_a_version_back(site: Site, visit: Visit, script: bool) -> None:
    page = visit(PURE + "bewoner", java_script_enabled=script)
    body = open_editor(page, site.codes("section", OPEN)[0])
    body.fill("Alleen nog deze zin.")
    press(page, "Bewaar")
    page.get_by_role("link", name="Bekijk eerdere versies").click()
    expect(page.locator("ol.history > li").first).to_be_visible()
    versions = page.locator("ol.history > li").count()
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.locator("ins").first).to_contain_text("Alleen nog deze zin.")
    expect(page.locator("del").first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name=f"Versie {versions - 1}", exact=True).click()
    page.get_by_label("Waarom zet u deze versie terug?").fill("Er stond meer.")
    press(page, "Zet terug")
    expect(page.locator("#gedaan")).to_contain_text(f"Bewaard als versie {versions + 1}")
    expect(page.locator("article.chapter")).not_to_contain_text("Alleen nog deze zin.")


def test_an_adopted_plan_cannot_be_written_in(site: Site, visit: Visit) -> None:
    page = visit(PURE + "bewoner")
    page.goto(f"/wijken/{FINISHED}/plan/{site.codes('section', FINISHED)[0]}")
    expect(page.get_by_role("link", name="Schrijf mee")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("Dit plan is vastgesteld")


@WITH_AND_WITHOUT
def test_an_expired_login_keeps_the_text(site: Site, visit: Visit, script: bool) -> None:
    page = visit(PURE + "bewoner", java_script_enabled=script)
    code = site.codes("section", OPEN)[0]
    body = open_editor(page, code)
    body.fill(body.input_value() + "\n\nDit mag niet weg.")
    address = page.url
    page.context.clear_cookies()
    press(page, "Bewaar")
    expect(page.get_by_role("main")).to_contain_text("Uw tekst is bewaard.")
    page.goto(site.account(PURE + "bewoner"))
    press(page, "Log in")
    page.goto(address)
    expect(page.locator("textarea[name=body]")).to_have_value(re.compile(r"Dit mag niet weg\."))
    press(page, "Bewaar")
    expect(page.locator("article.chapter")).to_contain_text("Dit mag niet weg.")


@WITH_AND_WITHOUT
def test_getting_in_by_the_link_in_a_mail(site: Site, visit: Visit, script: bool) -> None:
    page = visit(java_script_enabled=script)
    path = f"/wijken/{OPEN}/agenda"
    page.goto(f"/inloggen?verder={path}")
    page.get_by_label("Uw e-mailadres").fill("ans@voorbeeld.nl")
    press(page, "Stuur mij de mail")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")
    letter = wait_for_letter(page, site)
    assert letter["To"] == "ans@voorbeeld.nl"
    page.goto(re.search(r"http://\S+/inloggen/link/\S+", words_of(letter))[0])
    press(page, "Log in")
    page.wait_for_url("**" + path)
    expect(page.get_by_role("button", name="Log uit")).to_be_visible()
    page.get_by_role("button", name="Log uit").click()
    expect(page.get_by_role("main")).to_contain_text("U bent uitgelogd")


def test_getting_in_by_the_code_in_a_mail(site: Site, visit: Visit) -> None:
    page = visit()
    page.goto("/inloggen")
    page.get_by_label("Uw e-mailadres").fill("piet@voorbeeld.nl")
    press(page, "Stuur mij de mail")
    code = re.search(r"^(\d{6})\s*$", words_of(wait_for_letter(page, site)), re.M)[1]
    page.get_by_label("De code uit uw mail").fill(code)
    press(page, "Log in")
    expect(page.get_by_role("button", name="Log uit")).to_be_visible()


def words_of(letter: Any) -> str:
    plain = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
    return plain.get_payload(decode=True).decode()


def wait_for_letter(page: Page, site: Site) -> Any:
    for _tenth in range(200):
        if site.letters.got:
            return site.letters.got[-1]
        page.wait_for_timeout(100)
    raise AssertionError("no mail came")


def test_the_keyboard_is_enough(site: Site, visit: Visit) -> None:
    """From the first key to a saved sentence without touching a mouse; where one is, can be seen."""
    page = visit(PURE + "bewoner")
    page.goto(f"/wijken/{OPEN}/plan/{site.codes('section', OPEN)[0]}")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Naar de inhoud")
    page.keyboard.press("Enter")
    tab_to(page, "Schrijf mee")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bewerken")
    tab_to(page, None, "textarea")
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nGetypt zonder muis.")
    tab_to(page, "Bewaar", "button")
    page.keyboard.press("Enter")
    expect(page.locator("article.chapter")).to_contain_text("Getypt zonder muis.")


def tab_to(page: Page, words: str | None, tag: str = "a") -> None:
    """Press Tab until this has the focus, and can be seen to have it."""
    for _press in range(80):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
            return {tag: e.tagName.toLowerCase(), words: e.innerText || '', seen: s.outlineStyle !== 'none' || s.boxShadow !== 'none',
                    inside: r.bottom > 0 && r.top < innerHeight}; }"""
        )
        assert here["seen"], f"the focus on {here['tag']} {here['words']!r} cannot be seen"
        if here["tag"] == tag and (words is None or here["words"].strip() == words):
            assert here["inside"], "what has the focus is off the screen"
            return
    raise AssertionError(f"{words or tag} cannot be reached with the keyboard")


def test_htmx_replaces_the_part_and_keeps_the_place(site: Site, visit: Visit) -> None:
    page = visit(PURE + "bewoner")
    page.goto(f"/wijken/{OPEN}/agenda/{site.codes('need', OPEN)[0]}")
    page.evaluate("window.stayed = true")
    press(page, "Dit steun ik ook")
    expect(page.locator("#steun")).to_contain_text("U steunt dit")
    assert page.evaluate("window.stayed") is True, "the whole page was loaded again"
    assert page.locator("html").count() == 1
    assert page.locator("h1").count() == 1


def test_searching_an_area_answers_while_typing(site: Site, visit: Visit) -> None:
    page = visit()
    page.goto("/gebieden")
    page.get_by_label("Naam of code").press_sequentially("leeu")
    expect(page.locator("#gevonden")).to_contain_text("Leeuwarden")
