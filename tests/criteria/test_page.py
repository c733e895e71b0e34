"""The page of the criteria: what the record says, what it does not say, and no neighbourhood in another."""

from decimal import Decimal

import pytest

from tests.criteria.matrix import first
from tests.support.client import Page
from tests.support.counting import MOST, counting
from tests.support.things import put, seal_first
from tests.support.world import COLUMNS, FINISHED, OPEN, World, column_account, place
from wijkplatform.core import offers
from wijkplatform.core.actor import VISITOR
from wijkplatform.core.db import db
from wijkplatform.criteria import queries
from wijkplatform.criteria.models import (
    Criteria,
    CriteriaSet,
    Criterion,
    Requirement,
    WeightChange,
    WeightNote,
)
from wijkplatform.index.models import Entry

HERE = f"/wijken/{FINISHED}/criteria"


def read(world: World, slug: str = FINISHED) -> Page:
    return world.browser().go(f"/wijken/{slug}/criteria")


def rows(page: Page) -> list[list[str]]:
    """The table of weights, cell by cell."""
    table = next(each for each in page.all("table") if "cards" in (each.get("class") or ""))
    return [
        [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in ("th", "td")]
        for row in table.iter("tr")
    ]


def test_the_weights_are_those_of_the_record_and_add_up(world: World) -> None:
    page = read(world)
    *body, foot = rows(page)[1:]
    assert [(code.split(".")[0], was, now) for code, was, now in body] == [
        ("K1", "18", "18"), ("K2", "10", "16"), ("K3", "10", "10"), ("K4", "10", "10"), ("K5", "10", "10"),
        ("K6", "8", "12"), ("K7", "8", "8"), ("K8", "6", "6"), ("K9", "20", "10"),
    ]  # fmt: skip
    assert foot == ["Samen", "100", "100"]
    assert "9 criteria tellen mee, samen 100 punten." in page.words
    assert "Na inspraak veranderden 3 gewichten." in page.words


def test_the_bars_are_as_long_as_the_weights(world: World) -> None:
    page = read(world)
    drawings = [each for each in page.all("svg") if each.get("role") == "img"]
    widths = [[rect.get("width") for rect in each.iter("rect") if rect.get("class") != "rest"] for each in drawings]
    assert widths == [
        ["18%", "10%", "10%", "10%", "10%", "8%", "8%", "6%", "20%"],
        ["18%", "16%", "10%", "10%", "10%", "12%", "8%", "6%", "10%"],
    ]
    assert "Prijs 10" in (drawings[1].get("aria-label") or "")


def test_each_criterion_says_where_it_comes_from(world: World) -> None:
    page = read(world)
    k1 = next(each for each in page.all("li") if each.get("id") == "K1")
    leads = {a.get("href") for a in k1.iter("a")}
    assert leads == {
        f"/wijken/{FINISHED}/agenda/BH-01", f"/wijken/{FINISHED}/agenda/BH-07",
        *(f"/wijken/{FINISHED}/plan/{code}" for code in ("WS-01", "WS-07", "WS-08", "WS-09")),
        f"/wijken/{FINISHED}/spoor/K1",
    }  # fmt: skip
    said = " ".join(k1.itertext())
    assert "Bewoner Havenblokken" in said
    assert "Ans Terhove" not in page.html, "a resident who did not choose to be named"


def test_changes_tell_their_reason_and_who_decided(world: World) -> None:
    page = read(world)
    price = " ".join(" ".join(next(each for each in page.all("li") if each.get("id") == "K9").itertext()).split())
    assert "Van 20 naar 10 punten. Bewoners vonden prijs te zwaar tellen" in price
    assert "Deels overgenomen" in price
    assert "Els Brouwershof" in price
    assert "De drie voorstellen zijn op 18 november 2025 samen verwerkt." in page.words


def test_scale_demands_and_ties_are_told(world: World) -> None:
    page = read(world)
    assert "10 uitstekend" in page.words
    assert "Een prijs van 1.305.000 euro per jaar of minder geeft alle 10 punten." in page.words
    assert "Een prijs van 1.450.000 euro per jaar of meer geeft 0 punten." in page.words
    assert "minder dan 45 punten voor kwaliteit kan niet winnen" in page.words
    assert "Het hoogste cijfer op ‘Aansluiten op de bewonersagenda en het wijkplan’ wint." in page.words
    assert "Nog gelijk? Dan beslist het lot." in page.words
    assert [each.get("id") for each in page.all("li") if (each.get("id") or "").startswith("GE-")] == [
        "GE-1", "GE-2", "GE-3",
    ]  # fmt: skip


def test_the_example_is_counted_by_the_rules(world: World) -> None:
    assert "de helft van het hoogste cijfer op K1 geeft 9 van de 18 punten" in read(world).words


@pytest.mark.parametrize("slug", [OPEN, FINISHED])
@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_reads_the_same_within_twelve_questions(world: World, column: str, slug: str) -> None:
    account = column_account(column, slug)
    browser = world.as_role(*account) if account else world.browser()
    with counting(world.app) as asked:
        page = browser.go(f"/wijken/{slug}/criteria")
    assert page.status == 200
    assert len(asked) <= MOST, "\n".join(asked)
    assert "criteria tellen mee, samen 100 punten" in page.words


def test_ten_times_as_many_criteria_ask_no_more(world: World) -> None:
    def more() -> None:
        home, found = place(FINISHED), first(CriteriaSet)
        for number in range(90):
            criterion = Criterion(
                neighbourhood_id=home.id, code=f"X{number}", criteria_set_id=found.id, title=f"Extra {number}",
                question="Hoe?", kind="quality", weight=Decimal(1),
            )  # fmt: skip
            db.session.add(criterion)
            db.session.flush()
            db.session.add(
                Entry(
                    neighbourhood_id=home.id, code=criterion.code, kind="criterion", thing_id=criterion.id,
                    title=criterion.title,
                )
            )  # fmt: skip

    with world.app.app_context():
        put(more)
    browser = world.as_role("bewoner")
    with counting(world.app) as asked:
        page = browser.go(HERE)
    assert len(asked) <= MOST
    assert "Samen zijn ze 190. Het moeten er 100 zijn." in page.words


def test_the_two_neighbourhoods_do_not_mix(world: World) -> None:
    here, there = read(world, FINISHED), read(world, OPEN)
    assert "K1" in here.html
    assert 'id="K1"' not in there.html
    assert 'id="CR-1"' in there.html
    assert 'id="CR-1"' not in here.html
    assert not [href for href in there.links.values() if FINISHED in href]
    assert not [href for href in here.links.values() if OPEN in href]


def test_without_criteria_it_says_what_comes(world: World) -> None:
    with world.app.app_context():
        for model in (CriteriaSet, Requirement):
            for each in db.session.scalars(db.select(model)).all():
                seal_first(each)
    page = read(world, OPEN)
    assert page.status == 200
    assert page.heading == "Waar een plan straks punten voor krijgt"
    assert "Eerst schrijft de wijk haar plan." in page.words
    assert "EI-1" not in page.html


def test_a_proposal_is_told_as_a_proposal(world: World) -> None:
    with world.app.app_context():
        found = first(CriteriaSet)

        def reopen() -> None:
            found.adopted_on = None
            first(Criterion).weight = Decimal("12.5")

        put(reopen)
    page = read(world)
    assert "Dit is een voorstel. Er kan nog van alles veranderen." in page.words
    assert "Samen zijn ze 94,5. Het moeten er 100 zijn." in page.words
    assert "Zoals nu voorgesteld" in page.words
    assert "Vastgesteld op" not in page.words


def test_weights_that_do_not_fit_their_changes_are_shown_without_a_before(world: World) -> None:
    with world.app.app_context():
        changes = db.session.scalars(db.select(WeightChange).where(WeightChange.neighbourhood_id == place(FINISHED).id))
        change = changes.first()
        put(lambda: setattr(change, "new_weight", Decimal(99)))
    page = read(world)
    assert page.status == 200
    assert "Eerst voorgesteld" not in page.words


def test_a_sealed_need_is_no_origin(world: World) -> None:
    with world.app.app_context():
        entry = db.session.scalars(
            db.select(Entry).where(Entry.code == "BH-01", Entry.neighbourhood_id == place(FINISHED).id)
        ).one()
        title = entry.title
        put(
            lambda: db.session.execute(
                db.text("UPDATE need SET sealed_until = '2999-01-01 00:00:00' WHERE id = :id"), {"id": entry.thing_id}
            )
        )
    page = read(world)
    assert "BH-01" not in page.html
    assert title not in page.html


def test_each_thing_knows_its_place(in_request: World) -> None:
    def where(model: type) -> list[str]:
        return [path for path in offers.ask("address", first(model)) if path]

    assert where(CriteriaSet) == [HERE]
    assert where(Criterion) == [f"{HERE}#K1"]
    assert where(Requirement) == [f"{HERE}#GE-1"]
    assert where(WeightChange) == [f"{HERE}#K2"]
    assert where(WeightNote) == [HERE]


def test_what_serves_the_page_counts_exactly(in_world: World) -> None:
    found = queries.overview(VISITOR, Criteria(place(FINISHED)))
    assert found.together == 100
    assert sum(line.before for line in found.lines if line.before is not None) == 100
    assert [each.code for each in found.ties] == ["K1", "K2"]


def test_the_circle_leads_to_the_page(world: World) -> None:
    assert world.browser().go(f"/wijken/{FINISHED}").links["Criteria"] == HERE
