"""The page of the handover: every item with whose it was and becomes, the counts of the record, and people's consent."""

from datetime import timedelta

import pytest
import time_machine

from tests.handover.matrix import first
from tests.support.client import Page
from tests.support.counting import MOST, counting
from tests.support.things import put, seal_first
from tests.support.world import COLUMNS, FINISHED, OPEN, World, column_account, place
from wijkplatform.agreements.models import Contract
from wijkplatform.core import clock, offers
from wijkplatform.core.db import db
from wijkplatform.handover.models import Handover, HandoverItem, LookBack
from wijkplatform.people.models import Person
from wijkplatform.web import dates

HERE = f"/wijken/{FINISHED}/overdracht"


def read(world: World, slug: str = FINISHED) -> Page:
    return world.browser().go(f"/wijken/{slug}/overdracht")


def said(page: Page, code: str) -> str:
    element = next(each for each in page.all("li") if each.get("id") == code)
    return " ".join(" ".join(element.itertext()).split())


def items(slug: str = FINISHED) -> list[HandoverItem]:
    query = db.select(HandoverItem).where(HandoverItem.neighbourhood_id == place(slug).id)
    return list(db.session.scalars(query))


def test_the_counts_are_those_of_the_record(world: World) -> None:
    page = read(world)
    assert "Er zijn 14 punten. Gaat door: 10. Verandert: 2. Stopt: 2." in page.words
    table = next(each for each in page.all("table"))
    rows = [
        [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in ("th", "td")]
        for row in table.iter("tr")
    ]
    assert rows[1:] == [
        ["Gaat door", "10", "9", "1", "0"], ["Verandert", "2", "2", "0", "0"], ["Stopt", "2", "0", "0", "2"],
        ["Samen", "14", "11", "1", "2"],
    ]  # fmt: skip
    widths = [
        [rect.get("width") for rect in each.iter("rect") if rect.get("class") != "rest"]
        for each in page.all("svg") if each.get("role") == "img"
    ]  # fmt: skip
    assert widths == [["71.43%", "14.29%", "14.29%"], ["78.57%", "7.14%", "14.29%"]]


def test_looking_back_gives_the_counts_of_the_record(world: World) -> None:
    page = read(world)
    assert "11 van de 14 punten gingen door, of stopten met instemming." in said(page, "TB-3")
    assert "12 van de 14 punten gingen door, of stopten met instemming." in said(page, "TB-12")


def test_the_yearly_count_follows_the_items(world: World) -> None:
    with world.app.app_context():
        item = next(each for each in items() if each.code == "OP-05")
        put(lambda: setattr(item, "after_a_year", "stopped_with_consent"))
    page = read(world)
    assert "11 van de 14 punten" in said(page, "TB-3"), "what was counted then stays"
    assert "13 van de 14 punten" in said(page, "TB-12")


def test_what_stops_stands_on_top_and_nothing_falls_off(world: World) -> None:
    page = read(world)
    codes = [each.get("id") for each in page.all("li") if (each.get("id") or "").startswith("OP-")]
    assert codes[:4] == ["OP-05", "OP-13", "OP-04", "OP-09"]
    assert len(codes) == 14


def test_an_item_says_whose_it_was_and_becomes(world: World) -> None:
    page = read(world)
    sewing = said(page, "OP-01")
    assert "Eerst van Joyce Pinasari sociaal makelaar, Stichting De Windwijzer" in sewing
    assert "Daarna van Samira el Bahlouli bestuur Buurthuis De Kade" in sewing
    stays = said(page, "OP-07")
    assert "Was en blijft van Rob Vledderman sociaal beheerder, Coöperatie Onder de Brug" in stays
    assert "niemand, want dit stopt" in said(page, "OP-13")
    assert "Buurthuis De Kade" in said(page, "OP-12")
    assert "Na twaalf maanden: gestopt, met instemming. De school neemt het over." in said(page, "OP-02")


def test_consent_is_told_as_it_was_given(world: World) -> None:
    page = read(world)
    assert "Toestemming van de mensen om wie het gaat: 7 van 9" in said(page, "OP-11")
    assert "Toestemming van de mensen om wie het gaat: 38 van 41" in said(page, "OP-14")
    assert "Toestemming" not in said(page, "OP-01")


def test_residents_are_named_only_as_they_chose(world: World) -> None:
    """As who decided, and as who something belongs to."""
    with world.app.app_context():
        resident = db.session.scalars(
            db.select(Person).where(Person.home_id == place(FINISHED).id, Person.code == "P-01")
        ).one()
        item = next(each for each in items() if each.code == "OP-03")
        resident_id = resident.id
        put(lambda: setattr(item.new_owner, "person_id", resident_id))
    page = read(world)
    assert "Ans Terhove" not in page.html
    assert "Daarna van Bewoner Havenblokken" in said(page, "OP-03")
    with world.app.app_context():
        resident = db.session.get_one(Person, resident_id)
        put(lambda: setattr(resident, "shown_as", "first_name"))
    assert "Daarna van Ans bewoner Havenblokken" in said(read(world), "OP-03")


def test_while_it_runs_what_is_nobodys_comes_first(world: World) -> None:
    page = read(world, OPEN)
    codes = [each.get("id") for each in page.all("li") if (each.get("id") or "").startswith("OT-")]
    assert codes[:2] == ["OT-04", "OT-06"]
    assert "2 punten hebben nog geen nieuwe eigenaar." in page.words
    assert "Niemand" in said(page, "OT-04")
    assert "Na twaalf maanden" not in page.words, "nobody can know yet"
    assert "kijkt iedereen weer terug" in page.words
    assert "draagt het werk op" in page.words


def test_what_was_not_written_down_after_a_year_is_told_so(world: World) -> None:
    with world.app.app_context():
        planned = first(Handover, OPEN).planned[0].day
    with time_machine.travel(clock.now() + timedelta(days=2000), tick=False):
        page = read(world, OPEN)
    assert "Na twaalf maanden: niet vastgelegd." in said(page, "OT-01")
    assert f"Op {dates.day(planned)} zou iedereen terugkijken." in page.words
    assert "droeg het werk op" in page.words


def test_without_a_change_it_says_until_when_the_agreements_run(world: World) -> None:
    with world.app.app_context():
        seal_first(first(Handover, OPEN))
        until = dates.day(first(Contract, OPEN).last_day)
    page = read(world, OPEN)
    assert page.status == 200
    assert page.heading == "Als een andere organisatie het werk overneemt"
    assert f"De afspraken lopen tot en met {until}." in page.words
    assert "OT-01" not in page.html


@pytest.mark.parametrize("slug", [OPEN, FINISHED])
@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_reads_it_within_twelve_questions(world: World, column: str, slug: str) -> None:
    account = column_account(column, slug)
    browser = world.as_role(*account) if account else world.browser()
    with counting(world.app) as asked:
        page = browser.go(f"/wijken/{slug}/overdracht")
    assert page.status == 200
    assert len(asked) <= MOST, "\n".join(asked)
    assert page.heading == "Wat doorgaat, wat verandert en wat stopt"


def test_a_long_list_comes_in_pieces_and_asks_no_more(world: World) -> None:
    def more() -> None:
        like = items()[0]
        for number in range(30):
            db.session.add(
                HandoverItem(
                    neighbourhood_id=like.neighbourhood_id, code=f"X-{number}", handover_id=like.handover_id,
                    kind="goods", title=f"Stoel {number}", choice="go_on", explanation="Blijft staan.",
                    old_owner_id=like.old_owner_id, new_owner_id=like.old_owner_id,
                )
            )  # fmt: skip

    with world.app.app_context():
        put(more)
    browser = world.as_role("bewoner")
    with counting(world.app) as asked:
        page = browser.go(HERE)
    assert len(asked) <= MOST
    assert "Er zijn 44 punten." in page.words
    assert "20 van de 44 punten" in page.words
    more_page = page.follow("Toon meer")
    assert "40 van de 44 punten" in more_page.words
    assert "12 van de 44 punten" in said(page, "TB-12"), "counted over all, not over what is shown"
    assert browser.go(f"{HERE}?tot=onzin").status == 200


def test_the_two_neighbourhoods_do_not_mix(world: World) -> None:
    here, there = read(world), read(world, OPEN)
    assert 'id="OP-01"' in here.html
    assert 'id="OP-01"' not in there.html
    assert 'id="OT-01"' not in here.html
    assert not [href for href in there.links.values() if FINISHED in href]


def test_each_thing_knows_its_place(in_request: World) -> None:
    def where(model: type) -> list[str]:
        return [path for path in offers.ask("address", first(model)) if path]

    assert where(HandoverItem) == [f"{HERE}#OP-01"]
    assert where(LookBack) == [f"{HERE}#TB-3"]
    assert where(Handover) == [f"{HERE}#OD-2026"]


def test_it_leads_to_the_chain_and_to_what_is_nobodys(world: World) -> None:
    links = read(world).links
    assert links["Bekijk het spoor van OP-11"] == f"/wijken/{FINISHED}/spoor/OP-11"
    assert links["Waar niemand over gaat"] == f"/wijken/{FINISHED}/schemergebied"
    assert world.browser().go(f"/wijken/{FINISHED}").links["Overdracht"] == HERE
