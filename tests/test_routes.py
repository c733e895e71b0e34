"""Every route: guarded or open with a reason, in the committed list, Dutch and short, and answering as it should."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.support import audit
from tests.support.addresses import EXAMPLES, PARTS, example
from tests.support.world import FINISHED, OPEN, World

#: The addresses people and scripts rely on. One that goes away must be taken out here by hand, with a reason why.
ADDRESSES = """
GET  /
GET  /bijlagen/<public_id>
GET  /demo/inloggen/<account>
POST /demo/inloggen/<account>
GET  /gebieden
GET  /gezond
GET  /inloggen
POST /inloggen
GET  /inloggen/code
POST /inloggen/code
GET  /inloggen/link/<token>
POST /inloggen/link/<token>
GET  /mijn
POST /mijn/naam
GET  /mijn/sessies
POST /mijn/sessies/<session>/beeindigen
POST /mijn/sessies/andere
GET  /onderdelen
GET  /spoor/<code>
GET  /open-data
GET  /open-data/<slug>/<name>
POST /taal
POST /uitloggen
GET  /uitvragen/<slug>
GET  /uitvragen/<slug>/artikelen/<code>
GET  /uitvragen/<slug>/artikelen/<code>/reageren
POST /uitvragen/<slug>/artikelen/<code>/reageren
GET  /uitvragen/<slug>/beoordeling
GET  /uitvragen/<slug>/artikelen/<code>/bewerken
POST /uitvragen/<slug>/artikelen/<code>/bewerken
POST /uitvragen/<slug>/artikelen/<code>/samenvoegen
GET  /uitvragen/<slug>/artikelen/<code>/vergelijk
POST /uitvragen/<slug>/artikelen/<code>/vervalt
GET  /uitvragen/<slug>/artikelen/nieuw
POST /uitvragen/<slug>/artikelen/nieuw
GET  /uitvragen/<slug>/beantwoorden
GET  /uitvragen/<slug>/inlichtingen
GET  /uitvragen/<slug>/nota
GET  /uitvragen/<slug>/nota.csv
GET  /uitvragen/<slug>/nota/alles
GET  /uitvragen/<slug>/reacties/<code>
POST /uitvragen/<slug>/reacties/<code>
GET  /uitvragen/<slug>/reacties/<code>/antwoord
POST /uitvragen/<slug>/reacties/<code>/antwoord
GET  /uitvragen/<slug>/versies
GET  /uitvragen/<slug>/versies/vergelijk
GET  /uitvragen/<slug>/volgende-versie
POST /uitvragen/<slug>/volgende-versie
GET  /wijken/<slug>
GET  /wijken/<slug>/afspraken
GET  /wijken/<slug>/afspraken/<code>
GET  /wijken/<slug>/agenda
GET  /wijken/<slug>/agenda/<code>
POST /wijken/<slug>/agenda/<code>/bijlage
POST /wijken/<slug>/agenda/<code>/steun
GET  /wijken/<slug>/agenda/nieuw
POST /wijken/<slug>/agenda/nieuw
GET  /wijken/<slug>/gesprekken/<code>
GET  /wijken/<slug>/criteria
GET  /wijken/<slug>/meedoen
POST /wijken/<slug>/meedoen
GET  /wijken/<slug>/overdracht
GET  /wijken/<slug>/momenten
GET  /wijken/<slug>/momenten/<code>/gehouden
POST /wijken/<slug>/momenten/<code>/gehouden
GET  /wijken/<slug>/momenten/<code>/toezegging
POST /wijken/<slug>/momenten/<code>/toezegging
GET  /wijken/<slug>/plan
GET  /wijken/<slug>/plan/<code>
GET  /wijken/<slug>/plan/<code>/bewerken
POST /wijken/<slug>/plan/<code>/bewerken
GET  /wijken/<slug>/plan/<code>/geschiedenis
POST /wijken/<slug>/plan/<code>/samenvoegen
GET  /wijken/<slug>/plan/<code>/vergelijk
GET  /wijken/<slug>/plan/<code>/versies/<int:number>
POST /wijken/<slug>/plan/<code>/versies/<int:number>
GET  /wijken/<slug>/plan/alles
POST /wijken/<slug>/plan/stap/<move>
GET  /wijken/<slug>/schemergebied
GET  /wijken/<slug>/spoor/<code>
GET  /zoeken
"""

ENGLISH = re.compile(r"\b(login|logout|edit|new|delete|user|users|search|settings|download|upload|api)\b")


def rules(app: Flask) -> Iterator[tuple[str, Rule]]:
    for rule in app.url_map.iter_rules():
        for method in sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"}):
            yield method, rule


def committed() -> set[tuple[str, str]]:
    return {(line.split()[0], line.split()[1]) for line in ADDRESSES.strip().splitlines()}


def test_every_route_is_guarded_or_open_with_a_reason(world: World) -> None:
    for method, rule in rules(world.app):
        guard = getattr(world.app.view_functions[rule.endpoint], "guard", "")
        kind, _colon, reason = guard.partition(":" if ":" in guard else " ")
        assert kind in ("loads", "open", "for people"), f"{method} {rule.rule} is not guarded"
        assert len(reason.strip()) > 3, f"{method} {rule.rule}: {guard!r} gives no reason"


def test_no_address_is_lost_and_none_comes_unseen(world: World) -> None:
    there = {(method, rule.rule) for method, rule in rules(world.app)}
    assert there == committed()


def test_addresses_are_dutch_lower_case_and_hyphened(world: World) -> None:
    for _method, rule in rules(world.app):
        for piece in re.sub(r"<[^>]+>", "x", rule.rule).split("/"):
            assert re.fullmatch(r"[a-z0-9]*(-[a-z0-9]+)*(\.csv)?", piece), rule.rule
            assert not ENGLISH.search(piece), rule.rule
        assert rule.rule == "/" or not rule.rule.endswith("/"), rule.rule


def test_every_address_of_the_design_is_among_the_examples(world: World) -> None:
    """So that a new page cannot escape the walks below."""
    assert {rule.rule for method, rule in rules(world.app) if method == "GET"} == set(EXAMPLES)


@pytest.mark.parametrize("rule", sorted(EXAMPLES))
@pytest.mark.parametrize("slug", [OPEN, FINISHED])
def test_a_visitor_gets_each_page_or_is_sent_to_the_door(world: World, rule: str, slug: str) -> None:
    expected = EXAMPLES[rule].visitor
    page = world.browser().go(example(world, rule, slug), follow=False)
    assert page.status == expected
    if expected == 303:
        assert page.response.headers["Location"].startswith("/inloggen?verder=%2F".replace("%2F", "/"))


@pytest.mark.parametrize("role", ["bewoner", "beleidsregisseur", "wethouder", "beheerder", "nieuw"])
@pytest.mark.parametrize("slug", [OPEN, FINISHED])
def test_whoever_is_logged_in_gets_each_page(world: World, role: str, slug: str) -> None:
    browser = world.as_role(role)
    for rule in sorted(EXAMPLES):
        page = browser.go(example(world, rule, slug), follow=False)
        assert page.status in EXAMPLES[rule].known, f"{rule}: {page.status}"


def test_the_page_never_asks_anything_of_elsewhere(world: World) -> None:
    """What stands in src, href of a stylesheet, or action; the audit looks at each tag."""
    page = world.browser().go("/onderdelen")
    assert page.status == 200
    assert not audit.page(page.html)


@pytest.mark.parametrize(
    "path",
    [
        "/bestaat-niet", "/wijken/nergens", "/wijken/nergens/agenda", "/wijken/nergens/agenda/nieuw",
        "/wijken/huizum-oost/agenda/XX-99", "/wijken/huizum-oost/plan/XX-99", "/wijken/nergens/plan",
        "/wijken/huizum-oost/plan/XX-99/bewerken", "/wijken/huizum-oost/plan/XX-99/geschiedenis",
        "/wijken/nergens/plan/alles", "/wijken/nergens/afspraken", "/wijken/zuiderkwartier/afspraken/HG-1",
        "/wijken/zuiderkwartier/gesprekken/PA-04", "/demo/inloggen/niemand", "/wijken/huizum-oost/agenda/%00", "/wijken/nergens/criteria", "/wijken/nergens/overdracht",
        "/wijken/nergens/schemergebied", "/uitvragen/nergens/beoordeling", "/wijken/huizum-oost/spoor/XX-99",
        "/wijken/nergens/spoor/BH-01", "/wijken/huizum-oost/spoor/%00",
        "/wijken/huizum-oost/agenda/" + "x" * 3000, "/wijken/%F0%9F%8C%B3/agenda", "/wijken/huizum-oost/agenda/%FF",
        "/wijken/%2e%2e/agenda", "/wijken/huizum-oost//agenda", "/wijken/Huizum-Oost", "/static/niets.css",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_plain_page_that_says_so(world: World, path: str) -> None:
    page = world.browser().go(path)
    assert page.status in (404, 308) or (page.status == 200 and path == "/wijken/huizum-oost//agenda")
    if page.status == 404 and not path.startswith("/static"):
        assert page.heading == "Deze bladzijde is er niet"


def test_a_code_of_the_other_neighbourhood_is_not_here(world: World) -> None:
    """Two neighbourhoods never touch."""
    there, elsewhere = example(world, "/wijken/<slug>/agenda/<code>", OPEN), FINISHED
    assert world.browser().go(there).status == 200
    assert world.browser().go(there.replace(OPEN, elsewhere)).status == 404


def test_a_version_that_does_not_exist_is_not_there(world: World) -> None:
    section = example(world, "/wijken/<slug>/plan/<code>", OPEN)
    browser = world.browser()
    for ending in ("/versies/99", "/versies/0", "/versies/-1", "/versies/x", "/versies/" + "9" * 30):
        assert browser.go(section + ending).status == 404, ending
    for question in ("", "?van=1", "?van=a&naar=b", "?van=1&naar=999999999999", "?van=-1&naar=1", "?van=%C2%B2&naar=1"):
        assert browser.go(f"{section}/vergelijk{question}").status == 404, question


def test_the_wrong_method_is_refused_with_the_right_one(world: World) -> None:
    page = world.browser().send("POST", f"/wijken/{OPEN}/agenda")
    assert page.status == 405
    assert "GET" in page.response.headers["Allow"]


@pytest.mark.parametrize(("rule", "part", "role"), PARTS)
@pytest.mark.parametrize("slug", [OPEN, FINISHED])
def test_each_part_is_its_region_of_the_page(world: World, rule: str, part: str, role: str | None, slug: str) -> None:
    browser = world.as_role(role) if role else world.browser()
    path = example(world, rule, slug)
    whole = browser.get(path).get_data(as_text=True)
    alone = browser.part(path, part).get_data(as_text=True)
    assert not alone.lstrip().lower().startswith("<!doctype"), "the whole page came instead of the part"
    region = _region(whole, part)
    assert _masked(alone.strip()) == _masked(region.strip())


@pytest.mark.parametrize("headers", [
    {"HX-Request": "true", "HX-Target": "body", "HX-Request-Type": "full"},
    {"HX-Request": "true", "HX-Target": "div#punten", "HX-Boosted": "true"},
    {"HX-Request": "true", "HX-Target": "div#punten", "HX-History-Restore-Request": "true"},
    {"HX-Request": "true", "HX-Target": "div#niet-van-ons"},
    {"HX-Target": "div#punten"},
])  # fmt: skip
def test_who_does_not_ask_for_a_declared_part_gets_the_page(world: World, headers: dict[str, str]) -> None:
    html = world.browser().get(f"/wijken/{OPEN}/agenda", headers=headers).get_data(as_text=True)
    assert html.startswith("<!doctype html>")


def _region(html: str, id_: str) -> str:
    """The element with this id, as text: from its tag to the end tag that belongs to it."""
    start = re.search(rf'<(\w+)[^>]*\bid="{re.escape(id_)}"', html)
    assert start, f"no {id_} on the page"
    tag, depth = start[1], 0
    for found in re.finditer(rf"<(/?){tag}\b", html[start.start() :]):
        depth += -1 if found[1] else 1
        if depth == 0:
            end = html.index(">", start.start() + found.start()) + 1
            return html[start.start() : end]
    raise AssertionError(f"{id_} never ends")


def _masked(html: str) -> str:
    """Tokens are masked anew each time."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "token", html)
