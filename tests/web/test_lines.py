"""The line of a figure through time: every number of the drawing follows from the data."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wijkplatform.web import drawings
from wijkplatform.web.drawings import Point, line

DAY = date(2026, 7, 1)


def point(day: date, value: int | str, said: str = "", when: str = "jul ’26") -> Point:
    return Point(day, Decimal(value), said or f"{value}%", when)


def test_time_runs_evenly_and_the_floor_is_zero() -> None:
    """Ten days wide, forty high: half of either is in the middle."""
    goal = point(DAY + timedelta(10), 40, "Doel 40%")
    drawn = line([point(DAY, 0), point(DAY + timedelta(5), 20)], goal)
    assert [(each["x"], each["y"]) for each in drawn["dots"]] == [("12", "200"), ("170", "128.5")]
    assert drawn["path"] == "M12 200L170 128.5"
    assert drawn["goal_y"] == "57"
    assert drawn["dots"][-1]["r"] > drawn["dots"][0]["r"]


def test_a_goal_below_what_is_measured_lies_low() -> None:
    drawn = line([point(DAY, 38), point(DAY + timedelta(180), 19)], point(DAY + timedelta(364), 10))
    assert [each["y"] for each in drawn["dots"]] == ["57", "128.5"]
    assert drawn["goal_y"] == "162.4"
    assert float(drawn["goal_text_y"]) > float(drawn["goal_y"]), "its words stand on the far side of the line"


def test_below_zero_is_below_the_floor_of_nobody() -> None:
    drawn = line([point(DAY, -10), point(DAY + timedelta(10), 0)], point(DAY + timedelta(10), 10))
    assert [each["y"] for each in drawn["dots"]] == ["200", "128.5"]
    assert drawn["goal_y"] == "57"


def test_nothing_but_zeros_can_be_drawn() -> None:
    drawn = line([point(DAY, 0), point(DAY + timedelta(1), 0)], point(DAY + timedelta(1), 0))
    assert {each["y"] for each in drawn["dots"]} == {"200"}


def test_one_figure_has_no_line() -> None:
    drawn = line([point(DAY, 5)], point(DAY + timedelta(9), 9))
    assert drawn["path"] == ""
    assert len(drawn["dots"]) == 1


def test_a_change_stands_on_its_day_and_speaks_where_there_is_room() -> None:
    goal = point(DAY + timedelta(100), 60)
    far = line([point(DAY, 40), point(DAY + timedelta(50), 50)], goal, [DAY + timedelta(25)])
    assert (far["events"][0]["x"], far["events"][0]["text"]) == ("91", True)
    low = line([point(DAY, 0), point(DAY + timedelta(25), 3)], goal, [DAY + timedelta(25)])
    assert low["events"][0]["text"] is False


days = st.integers(min_value=0, max_value=3000)
values = st.integers(min_value=0, max_value=100)


@given(st.lists(st.tuples(days, values), min_size=1, max_size=9, unique_by=lambda each: each[0]), days, values)
def test_every_drawing_stays_on_its_paper(found: list[tuple[int, int]], last: int, target: int) -> None:
    measured = [point(DAY + timedelta(day), value) for day, value in sorted(found)]
    drawn = line(measured, point(DAY + timedelta(last), target), [DAY + timedelta(last)])
    assert len(drawn["dots"]) == len(measured)
    for each in drawn["dots"]:
        assert 0 <= float(each["x"]) <= drawings.WIDTH
        assert 50 <= float(each["y"]) <= drawings.FLOOR
        assert 0 < float(each["text_y"]) < drawings.FLOOR + 1
    spans = []
    for each in drawn["days"]:
        wide, at = len(each["when"]) * drawings.LETTER, float(each["x"])
        start = at - {"start": 0, "end": wide, "middle": wide / 2}[each["side"]]
        assert start >= -1
        assert start + wide <= drawings.WIDTH + 1
        spans.append((start, start + wide))
    spans.sort()
    assert all(before[1] < after[0] for before, after in pairwise(spans)), "days cover each other"
