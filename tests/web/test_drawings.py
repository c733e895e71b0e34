"""Bars in parts: as long as their values, in the same order and colours, whatever the values are."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from wijkplatform.web.dates import number
from wijkplatform.web.drawings import TINTS, bars

PARTS = [("A", "Eerste"), ("B", "Tweede"), ("C", "Derde")]


def test_parts_follow_each_other_without_a_gap() -> None:
    [row] = bars(PARTS, [("Bewoners", "41 mensen", [20, 30, 50])], 100)["rows"]
    assert [(part["x"], part["width"], part["middle"]) for part in row["parts"]] == [
        ("0%", "20%", "10%"), ("20%", "30%", "35%"), ("50%", "50%", "75%"),
    ]  # fmt: skip
    assert (row["name"], row["note"]) == ("Bewoners", "41 mensen")


def test_what_is_nothing_is_not_drawn_and_moves_nobody() -> None:
    [row] = bars(PARTS, [("", "", [0, Decimal("2.5"), 0])], 10)["rows"]
    assert [(part["code"], part["x"], part["width"]) for part in row["parts"]] == [("B", "0%", "25%")]


def test_a_bar_may_be_shorter_than_the_whole() -> None:
    [row] = bars(PARTS, [("", "", [Fraction(1, 3), 0, 0])], 1)["rows"]
    assert row["parts"][0]["width"] == "33.33%"


def test_narrow_parts_say_so() -> None:
    [row] = bars(PARTS, [("", "", [3, 6, 91])], 100)["rows"]
    assert [(part["tight"], part["bare"]) for part in row["parts"]] == [(True, True), (True, False), (False, False)]


def test_without_a_whole_there_is_nothing_to_draw() -> None:
    assert bars(PARTS, [("", "", [0, 0, 0])], 0)["rows"][0]["parts"] == []


def test_a_part_keeps_its_own_colour_and_the_others_take_turns() -> None:
    keys = bars([(str(no), "") for no in range(TINTS + 1)] + [("x", "", "t-yes")], [], 1)["keys"]
    assert [keys[0]["tint"], keys[TINTS - 1]["tint"], keys[TINTS]["tint"]] == ["k1", "k9", "k1"]
    assert keys[-1]["tint"] == "t-yes"


@given(st.lists(st.integers(0, 1000), min_size=3, max_size=3).filter(any))
def test_together_they_fill_the_bar(values: list[int]) -> None:
    [row] = bars(PARTS, [("", "", values)], sum(values))["rows"]
    widths = [float(part["width"].rstrip("%")) for part in row["parts"]]
    assert abs(sum(widths) - 100) < 0.02
    assert [part["value"] for part in row["parts"]] == [value for value in values if value]


def test_numbers_as_people_read_them() -> None:
    assert number(Decimal("14.4")) == "14,4"
    assert number(Decimal("14.4"), 2) == "14,40"
    assert number(Decimal("1450000")) == "1.450.000"
    assert number(Decimal("1450000.5"), 2) == "1.450.000,50"
