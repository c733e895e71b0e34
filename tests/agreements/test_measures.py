"""Figures in words, as a table and as a drawing; milestones and promises by the clock."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from wijkplatform.agreements import measures
from wijkplatform.agreements.measures import Course
from wijkplatform.agreements.models import Action, Agreement, Contract, Conversation, Indicator, Milestone, Standing


@pytest.mark.parametrize(
    ("value", "unit", "long", "short"),
    [
        ("54", "procent", "54 procent", "54%"),
        ("12.5", "procent", "12,5 procent", "12,5%"),
        ("26", "aantal van 48", "26 van de 48", "26"),
        ("3", "aantal van 4", "3 van de 4", "3"),
        ("1200", "aantal van 1500", "1.200 van de 1.500", "1.200"),
        ("20", "per maand", "20 per maand", "20"),
        ("-2.5", "graden", "-2,5 graden", "-2,5"),
    ],
)
def test_a_figure_comes_with_its_unit(value: str, unit: str, long: str, short: str) -> None:
    assert measures.said(Decimal(value), unit) == long
    assert measures.short(Decimal(value), unit) == short


def test_no_figure_is_said_as_well() -> None:
    assert measures.said(None, "per maand") == "geen vast aantal meer"


def agreement(**changes: Any) -> Agreement:
    """As the youth work of the demo: from 35 to 60 procent in two years."""
    given = {
        "name": "Jongeren die een stap noemen", "unit": "procent", "direction": "higher", "baseline": Decimal(35),
        "target": Decimal(60), "measured_on": date(2028, 6, 30), "source": "gesprek",
    } | changes  # fmt: skip
    return Agreement(
        title="Een stap", purpose="Verder komen.", indicator=Indicator(**given),
        contract=Contract(first_day=date(2026, 7, 1), last_day=date(2030, 6, 30)),
    )  # fmt: skip


def standing(value: int, year: int, month: int, picture: str = "on_course") -> Standing:
    """Said in a conversation three weeks after the half year it is about."""
    end = {6: date(year, 6, 30), 12: date(year, 12, 31)}[month]
    held = datetime(year + (month == 12), 1 if month == 12 else 7, 20, 14, tzinfo=UTC)
    talk = Conversation(code=f"HG-{year}-{month}", held_at=held, period_from=date(year, month - 5, 1), period_to=end)
    return Standing(value=Decimal(value), picture=picture, note="Goed.", conversation=talk)


TWO = [standing(46, 2026, 12), standing(54, 2027, 6)]


def test_the_newest_figure_comes_with_the_one_before_and_the_goal() -> None:
    course = Course(agreement(), TWO)
    assert (course.now, course.before()) == ("54 procent", "Bij het gesprek ervoor was het 46 procent.")
    assert course.goal() == "Het doel is 60 procent of meer op 30 juni 2028."


def test_the_first_figure_is_held_against_the_beginning() -> None:
    assert Course(agreement(), TWO[:1]).before() == "Aan het begin was het 35 procent."
    assert Course(agreement(baseline=None), TWO[:1]).before() == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"direction": "lower", "target": Decimal(10)}, "Het doel is 10 procent of minder op 30 juni 2028."),
        ({"unit": "aantal van 4", "target": Decimal(4)}, "Het doel is 4 van de 4 op 30 juni 2028."),
        ({"direction": "lower", "target": Decimal(0)}, "Het doel is 0 procent op 30 juni 2028."),
        ({"unit": "graden", "direction": "lower", "target": Decimal(0)}, "Het doel is 0 graden of minder op"),
    ],
)
def test_a_goal_says_which_way_is_better(changes: dict[str, Any], sentence: str) -> None:
    assert Course(agreement(**changes), []).goal().startswith(sentence)


def test_the_drawing_is_what_was_measured() -> None:
    """Its heights are the figures themselves, on a scale from zero to the goal."""
    drawing = Course(agreement(), TWO, [date(2026, 11, 12)]).drawing()
    assert drawing is not None
    assert [each["said"] for each in drawing["dots"]] == ["35%", "46%", "54%"]
    heights = [round(200 - value / 60 * 143, 1) for value in (35, 46, 54)]
    assert [float(each["y"]) for each in drawing["dots"]] == heights
    days = [(day - date(2026, 7, 1)).days for day in (date(2026, 7, 1), date(2026, 12, 31), date(2027, 6, 30))]
    whole = (date(2028, 6, 30) - date(2026, 7, 1)).days
    assert [float(each["x"]) for each in drawing["dots"]] == [round(12 + day / whole * 316, 1) for day in days]
    assert drawing["goal"] == "Doel 60% in juni 2028"
    assert [each["x"] for each in drawing["events"]] == ["70"]


def test_the_sentence_says_what_the_drawing_shows() -> None:
    assert Course(agreement(), TWO).sentence() == (
        "Lijn van 35 procent in juli 2026, via 46 procent in december 2026, naar 54 procent in juni 2027. "
        "Het doel is 60 procent of meer op 30 juni 2028."
    )
    assert Course(agreement(), TWO[:1]).sentence().startswith("Lijn van 35 procent in juli 2026 naar 46 procent in")


def test_what_could_not_be_measured_yet_is_not_in_the_line() -> None:
    course = Course(agreement(baseline=Decimal(0)), [standing(0, 2026, 12, "too_early"), standing(49, 2027, 6)])
    assert [each.said for each in course.points()] == ["0%", "49%"]
    assert [(each.value, each.picture) for each in course.table()][1] == ("0 procent", "too_early")
    assert Course(agreement(), [standing(0, 2026, 12, "too_early")]).now is None


def test_without_two_figures_there_is_nothing_to_draw() -> None:
    assert Course(agreement(), []).drawing() is None
    assert Course(agreement(baseline=None), TWO[:1]).drawing() is None
    without = Course(agreement(baseline=None), TWO)
    assert without.drawing() is not None
    assert without.table()[0].value == "niet vastgelegd"


def test_the_table_has_all_of_it_in_the_order_of_time() -> None:
    rows = Course(agreement(), TWO, [date(2026, 11, 12)]).table()
    assert [(each.when, each.value, each.picture) for each in rows] == [
        ("1 juli 2026, begin", "35 procent", None),
        ("12 november 2026", "afspraak bijgesteld", None),
        ("juli 2026 tot en met december 2026", "46 procent", "on_course"),
        ("januari 2027 tot en met juni 2027", "54 procent", "on_course"),
        ("30 juni 2028, doel", "60 procent", None),
    ]


def test_a_milestone_is_coming_late_or_past_by_the_clock() -> None:
    made = agreement()
    made.milestones = [Milestone(day=day, position=order, text=str(day)) for order, day in enumerate(
        [date(2027, 7, 1), date(2026, 10, 1), date(2027, 8, 15)])]  # fmt: skip
    seen = Course(made, TWO)
    for when, states in (
        ("2026-10-01T21:59:59Z", [("past", "HG-2026-12"), ("past", "HG-2027-6"), ("next", None)]),
        ("2027-08-15T21:59:59Z", [("past", "HG-2026-12"), ("past", "HG-2027-6"), ("next", None)]),
        ("2027-08-15T22:00:00Z", [("past", "HG-2026-12"), ("past", "HG-2027-6"), ("late", None)]),
    ):
        with time_machine.travel(when, tick=False):
            assert [(each.state, each.talk) for each in measures.steps(made, seen.standings)] == states, when


@pytest.mark.parametrize(
    ("done", "now", "late"),
    [
        (False, "2027-02-15T22:59:59Z", False),
        (False, "2027-02-15T23:00:00Z", True),
        (True, "2029-01-01T12:00:00Z", False),
    ],
)
def test_a_promise_is_late_when_its_day_is_over_in_amsterdam(done: bool, now: str, late: bool) -> None:
    with time_machine.travel(now, tick=False):
        assert measures.late(Action(text="Bellen", due=date(2027, 2, 15), done=done)) is late
