"""Dates and times as people read them: Amsterdam, as precise as is known, and right on the last day."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from wijkplatform.core import clock
from wijkplatform.web import dates


def test_days_and_moments_in_words() -> None:
    instant = datetime(2026, 12, 8, 19, 14, tzinfo=UTC)
    assert dates.day(date(2026, 12, 8)) == "8 december 2026"
    assert dates.day(instant, weekday=True) == "dinsdag 8 december 2026"
    assert dates.moment(instant) == "8 december 2026 om 20.14 uur"
    assert dates.moment(instant, "day") == "8 december 2026"


def test_what_was_not_recorded_is_said() -> None:
    assert dates.day(None) == "niet vastgelegd"
    assert dates.moment(None) == "niet vastgelegd"
    assert dates.moment(datetime(2026, 1, 1, tzinfo=UTC), "unknown") == "niet vastgelegd"


def test_an_evening_in_utc_can_be_the_next_day_here() -> None:
    assert dates.day(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == "1 juli 2026"


@pytest.mark.parametrize(
    ("now", "closes", "said"),
    [
        (datetime(2026, 3, 1, 12, tzinfo=UTC), clock.end_of(date(2026, 3, 13)), "Nog 12 dagen."),
        (datetime(2026, 3, 12, 12, tzinfo=UTC), clock.end_of(date(2026, 3, 13)), "Nog 1 dag."),
        (datetime(2026, 3, 13, 12, tzinfo=UTC), clock.end_of(date(2026, 3, 13)), "Nog 11 uur."),
        (datetime(2026, 3, 13, 22, 30, tzinfo=UTC), clock.end_of(date(2026, 3, 13)), "Nog minder dan een uur."),
        (
            datetime(2026, 3, 28, 23, 30, tzinfo=UTC),
            clock.end_of(date(2026, 3, 29)),
            "Nog 22 uur.",
        ),  # the clock goes forward
        (datetime(2026, 3, 13, 12, tzinfo=UTC), datetime(2026, 3, 15, 11, tzinfo=UTC), "Nog 2 dagen."),
    ],
)
def test_how_long_it_still_lasts(now: datetime, closes: datetime, said: str) -> None:
    with time_machine.travel(now, tick=False):
        assert dates.left(closes) == said


def test_the_last_day_of_a_period_that_closes_at_midnight_is_the_day_before() -> None:
    assert dates.last_day(clock.end_of(date(2026, 3, 13))) == date(2026, 3, 13)
    assert dates.last_day(clock.end_of(date(2026, 10, 25))) == date(2026, 10, 25)
    assert dates.last_day(clock.start_of(date(2026, 3, 13)) + timedelta(hours=9)) == date(2026, 3, 13)


def test_numbers_the_dutch_way() -> None:
    assert dates.number(12005) == "12.005"
    assert dates.number(Decimal("16.5")) == "16,5"
