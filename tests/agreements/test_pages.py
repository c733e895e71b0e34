"""The pages of the agreements have the figures of the demo, and say when a promise is late."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.agreements.reading import WORDS, demo, figure, hrefs, text_of
from tests.support.client import Browser
from tests.support.world import FINISHED, OPEN, World
from wijkplatform.agreements.models import (
    Action,
)
from wijkplatform.core import clock
from wijkplatform.core.db import db

# the figures


@pytest.mark.parametrize("slug", [FINISHED, OPEN])
def test_the_list_has_the_figures_of_the_files(world: World, slug: str) -> None:
    page = world.browser().go(f"/wijken/{slug}/afspraken")
    agreements, talks = demo(slug, "10")["afspraken"], demo(slug, "11")["gesprekken"]
    assert f"{len(agreements)} afspraken" in page.words
    for each in agreements:
        said, unit = text_of(page, each["id"]), each["indicator"]["eenheid"]
        last = [one for talk in talks for one in talk["standen"] if one["afspraak"] == each["id"]][-1]
        assert each["titel"] in said
        assert each["doel"] in said
        assert WORDS[last["beeld"]] in said
        if last["beeld"] != "nog niet te meten":
            assert f"{figure(last['waarde'], unit)}." in said
        assert f"Het doel is {figure(each['indicator']['streefwaarde'], unit)}" in said
    for talk in talks:
        assert f"/wijken/{slug}/gesprekken/{talk['id']}" in hrefs(page)


@pytest.mark.parametrize("slug", [FINISHED, OPEN])
def test_each_agreement_has_the_figures_of_the_files(world: World, slug: str) -> None:
    talks = demo(slug, "11")["gesprekken"]
    for each in demo(slug, "10")["afspraken"]:
        page, indicator = world.browser().go(f"/wijken/{slug}/afspraken/{each['id']}"), each["indicator"]
        said = [one for talk in talks for one in talk["standen"] if one["afspraak"] == each["id"]]
        table = next(part for part in page.all("table"))
        cells = [["".join(cell.itertext()) for cell in row.iter("td")] for row in table.iter("tr")]
        shown = [row[0] for row in cells if row and row[0] != "afspraak bijgesteld"]
        assert shown == [
            figure(value, indicator["eenheid"])
            for value in (indicator["nulmeting"], *(one["waarde"] for one in said), indicator["streefwaarde"])
        ]
        assert [row[1] for row in cells if row and row[1] != "–"] == [WORDS[one["beeld"]] for one in said]
        for one in said:
            assert one["toelichting"] in page.words
        for code in (*each["behoeften"], *each["secties"], *each["criteria"], *each["artikelen"]):
            assert any(href.endswith((f"/{code}", f"#{code}")) for href in hrefs(page)), code
        for milestone in each["mijlpalen"]:
            assert milestone["tekst"] in text_of(page, "mijlpalen")
        assert f"/wijken/{slug}/spoor/{each['id']}" in hrefs(page)


def test_the_purpose_comes_first_and_is_the_largest(visitor: Browser) -> None:
    page = visitor.go(f"/wijken/{FINISHED}/afspraken/PA-04")
    main = next(iter(page.all("main")))
    purpose = next(each for each in main.iter("p") if "purpose" in each.get("class", "").split())
    assert purpose.text == "Jongeren die vastlopen, komen verder met school, werk, hulp of een vaste groep."
    assert "large" in purpose.get("class", "")
    parts = list(main.iter())
    assert parts.index(purpose) < parts.index(next(main.iter("figure")))


def test_the_drawing_says_its_sentence(visitor: Browser) -> None:
    page = visitor.go(f"/wijken/{FINISHED}/afspraken/PA-04")
    drawing = next(each for each in page.all("svg") if each.get("role") == "img")
    said = drawing.get("aria-label", "")
    assert re.fullmatch(
        r"Lijn van 35 procent in juli \d{4}, via 46 procent in december \d{4}, naar 54 procent in juni \d{4}\. "
        r"Het doel is 60 procent of meer op 30 juni \d{4}\.", said
    ), said  # fmt: skip
    assert [each.text for each in drawing.iter("text")][1:4] == ["Doel 60% in juni " + said[-5:-1], "35%", "46%"]


# conversations


@pytest.mark.parametrize("slug", [FINISHED, OPEN])
def test_a_conversation_has_what_the_file_says(world: World, slug: str) -> None:
    agreements = {each["id"]: each for each in demo(slug, "10")["afspraken"]}
    for talk in demo(slug, "11")["gesprekken"]:
        page = world.browser().go(f"/wijken/{slug}/gesprekken/{talk['id']}")
        assert " ".join(talk["verslag"].split()) in page.words
        assert f"om {talk['tijd'].replace(':', '.')} uur" in page.words
        for each in talk["standen"]:
            told, unit = text_of(page, each["afspraak"]), agreements[each["afspraak"]]["indicator"]["eenheid"]
            assert WORDS[each["beeld"]] in told
            assert each["toelichting"] in told
            assert (f"{figure(each['waarde'], unit)}." in told) is (each["beeld"] != "nog niet te meten")
        for action in talk["acties"]:
            told = text_of(page, action["id"])
            assert action["tekst"] in told
            assert ("Gedaan" in told) is action["klaar"]
        there = next(each for each in page.all("section") if each.get("aria-labelledby") == "erbij")
        assert len(list(there.iter("li"))) == len(talk["aanwezig"])


def test_who_was_there_is_shown_as_they_chose(visitor: Browser) -> None:
    page = visitor.go(f"/wijken/{FINISHED}/gesprekken/HG-2")
    assert "Maarten Griffioen beleidsregisseur, Gemeente Waterrade" in page.words
    assert "Kemal" not in page.words
    assert "Hier keken zij op terug Makelaars hebben tijd voor de wijk" in page.words
    assert page.links["Makelaars hebben tijd voor de wijk"].startswith(f"/wijken/{FINISHED}/afspraken/PA-03")


def test_a_promise_past_its_day_is_late_for_everybody(world: World) -> None:
    with world.app.app_context():
        due = {each.code: each.due for each in db.session.scalars(db.select(Action))}
    late = clock.end_of(due["AC-3"])
    for when, word in ((late - timedelta(seconds=1), "Loopt nog"), (late, "Te laat")):
        with time_machine.travel(when, tick=False):
            page = world.browser().go(f"/wijken/{FINISHED}/gesprekken/HG-2")
            assert word in text_of(page, "AC-3")
            assert "Beloofd en nog niet gedaan" in world.browser().go(f"/wijken/{FINISHED}/afspraken").words
