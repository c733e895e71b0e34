"""Which look back is the yearly one, and what counts as still there."""

from datetime import date

import pytest

from wijkplatform.handover.yearly import a_year_after, still_there, yearly


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 7, 1), date(2027, 7, 1)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(9999, 5, 1), date(9999, 12, 31)),
    ],
)
def test_a_year_after(day: date, later: date) -> None:
    assert a_year_after(day) == later


def test_the_first_one_a_year_or_more_after_the_change_is_the_yearly_one() -> None:
    days = [date(2028, 7, 1), date(2026, 10, 1), date(2027, 7, 1), date(2027, 6, 30)]
    assert yearly(days, date(2026, 7, 1)) == 2
    assert yearly(days[1:2], date(2026, 7, 1)) is None
    assert yearly([], date(2026, 7, 1)) is None


def test_what_stopped_with_consent_counts_and_what_is_unknown_does_not() -> None:
    assert still_there(["runs", "stopped", "stopped_with_consent", None]) == 2
