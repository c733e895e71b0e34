"""The page of the grey zone: who passed what on to whom, who took it up, and what is nobody's in plain sight."""

from datetime import date, timedelta

import pytest
import time_machine

from tests.coverage.matrix import first
from tests.support.client import Page
from tests.support.counting import MOST, counting
from tests.support.things import put, seal_first
from tests.support.world import COLUMNS, FINISHED, OPEN, World, column_account, place
from wijkplatform.core import clock, offers
from wijkplatform.core.db import db
from wijkplatform.coverage.models import GreyZone
from wijkplatform.web import dates

HERE = f"/wijken/{FINISHED}/schemergebied"


def read(world: World, slug: str = FINISHED) -> Page:
    return world.browser().go(f"/wijken/{slug}/schemergebied")


def said(page: Page, code: str) -> str:
    element = next(each for each in page.all("li") if each.get("id") == code)
    return " ".join(" ".join(element.itertext()).split())


def issue(code: str) -> GreyZone:
    return db.session.scalars(
        db.select(GreyZone).where(GreyZone.code == code, GreyZone.neighbourhood_id == place(FINISHED).id)
    ).one()


def test_it_opens_with_how_it_stands(world: World) -> None:
    page = read(world)
    assert "1 probleem is nog van niemand. Aan 2 wordt gewerkt. 1 is opgelost." in page.words
    assert [each.get("id") for each in page.all("li") if (each.get("id") or "").startswith("SG-")] == [
        "SG-04", "SG-03", "SG-02", "SG-01",
    ]  # fmt: skip


def test_the_grid_is_the_record(world: World) -> None:
    table = next(each for each in read(world).all("table"))
    head, *body = [
        [" ".join(" ".join(cell.itertext()).split()) for cell in row if cell.tag in ("th", "td")]
        for row in table.iter("tr")
    ]
    assert head == [
        "Probleem", "Gemeente Waterrade", "Stichting De Windwijzer", "Woningcorporatie Thuishaven",
        "Coöperatie Onder de Brug", "GGD Waterstreek", "Van niemand",
    ]  # fmt: skip
    by_name = {row[0]: row[1:] for row in body}
    assert by_name["Schommel De Bolder"] == ["verwees door loste op", "verwees door", "", "", "", ""]
    assert by_name["Jongeren van 17 die overal net buiten vallen"] == [
        "verwees door", "verwees door", "", "pakt op", "verwees door", "",
    ]  # fmt: skip
    assert by_name["Licht op het Havenplein"] == ["verwees door pakt op", "", "verwees door", "", "", ""]
    *passed, nobody = by_name["Ratten bij de containers"]
    assert passed == ["verwees door", "", "verwees door", "", ""]
    assert nobody.startswith("Al ")


def test_each_problem_tells_how_it_went(world: World) -> None:
    page = read(world)
    with world.app.app_context():
        swing = issue("SG-01")
        story = (
            f"Gemeld op {dates.day(swing.reported_on)} {swing.voice.name or 'Bewoner'}",
            "Gemeente Waterrade verwees door Stichting De Windwijzer verwees door",
            f"Van Gemeente Waterrade sinds {dates.day(swing.owner_since)}",
            f"Opgelost op {dates.day(swing.solved_on)}",
        )
        reporter = issue("SG-04").voice
        assert reporter.name is None
    told = said(page, "SG-01")
    for piece in story[1:]:
        assert piece in told
    assert story[0].split(" Bewoner")[0] in told
    assert "Hier stopt het. Niemand pakt het op." in said(page, "SG-04")
    assert "Ans Terhove" not in page.html
    assert f"/wijken/{FINISHED}/agenda/BH-08" in page.links.values()


def test_the_age_is_counted_to_today_and_the_wait_to_its_end(world: World) -> None:
    with world.app.app_context():
        rats, today = issue("SG-04"), clock.today()

        def reported() -> None:
            rats.reported_on = today - timedelta(days=10)

        put(reported)
    assert "Al 10 dagen van niemand." in said(read(world), "SG-04")
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert "Al 11 dagen van niemand." in said(read(world), "SG-04"), "also for a page that was kept"
    with world.app.app_context():
        swing = issue("SG-01")
        waited = (swing.owner_since - swing.reported_on).days
    months = int(waited / 30.4375)
    assert f"Het duurde {months} maanden voor iemand het oppakte." in said(read(world), "SG-01")


def test_what_the_record_does_not_say_is_not_made_up(world: World) -> None:
    with world.app.app_context():
        put(lambda: setattr(issue("SG-02"), "owner_since", None))
    told = said(read(world), "SG-02")
    assert "Sinds wanneer iemand het oppakt, is niet vastgelegd." in told
    assert "Van Coöperatie Onder de Brug" in told
    assert "sinds" not in told


def test_the_same_day_is_told_as_the_same_day(world: World) -> None:
    with world.app.app_context():
        put(lambda: setattr(issue("SG-02"), "owner_since", issue("SG-02").reported_on))
    assert "Nog dezelfde dag pakte iemand het op." in said(read(world), "SG-02")


def test_when_nothing_is_nobodys_it_says_so(world: World) -> None:
    with world.app.app_context():
        put(lambda: setattr(issue("SG-04"), "owner_id", issue("SG-01").owner_id))
    assert "Alles wat is gemeld, is nu van iemand. Aan 3 wordt gewerkt." in read(world).words


def test_without_problems_it_says_what_comes(world: World) -> None:
    with world.app.app_context():
        for each in db.session.scalars(db.select(GreyZone)).all():
            seal_first(each)
    page = read(world)
    assert page.status == 200
    assert "Hier is daar nu niets van gemeld." in page.words
    assert "SG-0" not in page.html
    assert page.links["Zeg wat er beter moet"] == f"/wijken/{FINISHED}/agenda/nieuw"


def test_a_sealed_problem_is_in_no_count(world: World) -> None:
    with world.app.app_context():
        seal_first(issue("SG-04"))
    page = read(world)
    assert "Alles wat is gemeld, is nu van iemand." in page.words
    assert "Ratten" not in page.html


@pytest.mark.parametrize("slug", [OPEN, FINISHED])
@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_reads_it_within_twelve_questions(world: World, column: str, slug: str) -> None:
    account = column_account(column, slug)
    browser = world.as_role(*account) if account else world.browser()
    with counting(world.app) as asked:
        page = browser.go(f"/wijken/{slug}/schemergebied")
    assert page.status == 200
    assert len(asked) <= MOST, "\n".join(asked)
    assert "probleem is nog van niemand" in page.words


def test_a_long_list_comes_in_pieces_and_asks_no_more(world: World) -> None:
    def more() -> None:
        like = issue("SG-04")
        for number in range(30):
            db.session.add(
                GreyZone(
                    neighbourhood_id=like.neighbourhood_id, code=f"X-{number}", title=f"Kuil {number}",
                    voice_id=like.voice_id, reported_on=date(2020, 1, 1),
                )
            )  # fmt: skip

    with world.app.app_context():
        put(more)
    browser = world.as_role("bewoner")
    with counting(world.app) as asked:
        page = browser.go(HERE)
    assert len(asked) <= MOST
    assert "31 problemen zijn nog van niemand." in page.words
    assert "20 van de 34 problemen" in page.words
    assert "34 van de 34" not in page.words
    assert 'id="SG-01"' in page.follow("Toon meer").html


def test_the_two_neighbourhoods_do_not_mix(world: World) -> None:
    here, there = read(world), read(world, OPEN)
    assert "Ratten bij de containers" not in there.html
    assert 'id="GZ-01"' in there.html
    assert 'id="GZ-01"' not in here.html
    assert not [href for href in there.links.values() if FINISHED in href]


def test_each_thing_knows_its_place(in_request: World) -> None:
    assert [path for path in offers.ask("address", first(GreyZone)) if path] == [f"{HERE}#SG-01"]


def test_the_neighbourhood_page_leads_here(world: World) -> None:
    assert world.browser().go(f"/wijken/{FINISHED}").links["Waar niemand over gaat"] == HERE
    assert read(world).links["Bekijk het spoor van SG-04"] == f"/wijken/{FINISHED}/spoor/SG-04"
