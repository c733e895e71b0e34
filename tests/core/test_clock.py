"""Amsterdam for people and UTC in storage, also on the days when the clock changes, and to the second."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from wijkplatform.core import clock

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 6, 1), 24), (date(2026, 12, 31), 24)]
)
def test_a_day_lasts_as_long_as_it_does_in_amsterdam(day: date, hours: int) -> None:
    assert clock.end_of(day) - clock.start_of(day) == timedelta(hours=hours)


def test_a_day_begins_at_midnight_here() -> None:
    assert clock.start_of(date(2026, 7, 1)) == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert clock.start_of(date(2026, 1, 1)) == datetime(2025, 12, 31, 23, tzinfo=UTC)


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first, second = clock.at(AUTUMN, time(2, 30)), clock.at(AUTUMN, time(2, 30, fold=1))
    assert second - first == timedelta(hours=1)
    assert clock.local(first).utcoffset() == timedelta(hours=2)
    assert clock.local(second).utcoffset() == timedelta(hours=1)


def test_today_is_the_day_in_amsterdam() -> None:
    with time_machine.travel(datetime(2026, 6, 30, 22, 0, tzinfo=UTC), tick=False):
        assert clock.today() == date(2026, 7, 1)
    with time_machine.travel(datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC), tick=False):
        assert clock.today() == date(2026, 6, 30)


@pytest.mark.parametrize(("seconds", "over"), [(-1, True), (0, True), (1, False)])
def test_a_deadline_holds_to_the_second(seconds: int, over: bool) -> None:
    now = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        assert clock.reached(now + timedelta(seconds=seconds)) is over


def test_what_never_comes_is_never_reached() -> None:
    assert not clock.reached(None)


def test_a_kept_page_knows_how_long_it_is_true() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with time_machine.travel(now, tick=False), clock.collecting() as earliest:
        assert earliest() is None
        clock.reached(now - timedelta(hours=1))
        assert earliest() is None, "what has passed changes no more"
        clock.reached(now + timedelta(hours=2))
        clock.reached(now + timedelta(hours=1))
        assert earliest() == now + timedelta(hours=1)
    assert clock.reached(now + timedelta(days=9000)) is False  # nobody collects any more


def test_collecting_inside_collecting_does_not_mix() -> None:
    later = clock.now() + timedelta(hours=1)
    with clock.collecting() as outer:
        with clock.collecting() as inner:
            clock.reached(later)
        assert inner() == later
        assert outer() is None
