"""How long something lay with nobody."""

from datetime import date

import pytest

from wijkplatform.coverage import ages

REPORTED, TODAY = date(2026, 1, 1), date(2026, 11, 22)


@pytest.mark.parametrize(
    ("since", "solved", "days"),
    [
        (None, None, 325),
        (date(2026, 1, 11), None, 10),
        (date(2026, 1, 11), date(2026, 6, 1), 10),
        (None, date(2026, 2, 1), 31),
        (date(2026, 1, 1), None, 0),
        (date(2025, 12, 1), None, 0),  # taken up before it was written down
    ],
)
def test_days_until_it_was_somebodys(since: date | None, solved: date | None, days: int) -> None:
    assert ages.waited(REPORTED, since, solved, TODAY) == days


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, ("days", 0)), (1, ("days", 1)), (13, ("days", 13)), (14, ("weeks", 2)), (60, ("weeks", 8)),
        (61, ("months", 2)), (404, ("months", 13)), (730, ("months", 23)), (731, ("years", 2)), (1500, ("years", 4)),
    ],
)  # fmt: skip
def test_a_length_as_people_say_it(days: int, told: tuple[str, int]) -> None:
    assert ages.in_units(days) == told
