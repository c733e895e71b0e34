"""Dates and times as people read them: Amsterdam, in the language of the page, as precise as is known."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from wijkplatform.core import clock, words
from wijkplatform.core.words import _, _n


def day(value: date | datetime | None, *, weekday: bool = False) -> str:
    """'8 december 2026', with the weekday when something closes."""
    if value is None:
        return _("niet vastgelegd")
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return format_date(value, "EEEE d MMMM y" if weekday else "d MMMM y", locale=words.locale())


def month(value: date, *, short: bool = False) -> str:
    """'december 2026', or 'dec ’26' where there is little room."""
    return format_date(value, "MMM ’yy" if short else "MMMM y", locale=words.locale())


def moment(value: datetime | None, precision: str = "second") -> str:
    """'8 december 2026 om 20.14 uur', or only the day when only the day is known."""
    if value is None or precision == "unknown":
        return _("niet vastgelegd")
    if precision == "day":
        return day(value)
    return _(
        "%(day)s om %(time)s uur", day=day(value), time=format_time(clock.local(value), "H.mm", locale=words.locale())
    )


def left(until: datetime) -> str:
    """'Nog 12 dagen.', counted in days of Amsterdam; on the last day in hours."""
    days = (clock.local(until).date() - clock.today()).days
    if clock.local(until).time().isoformat() == "00:00:00":
        days -= 1  # a period that closes at midnight ends the day before
    if days >= 1:
        return _n("Nog %(n)s dag.", "Nog %(n)s dagen.", n=days)
    hours = max(int((until - clock.now()).total_seconds() // 3600), 0)
    clock.note(until - timedelta(hours=hours))
    return _n("Nog %(n)s uur.", "Nog %(n)s uur.", n=hours) if hours else _("Nog minder dan een uur.")


def last_day(closes_at: datetime) -> date:
    """The last day of a period that closes at this instant: 'tot en met'."""
    local = clock.local(closes_at)
    return local.date() if local.time().isoformat() != "00:00:00" else date.fromordinal(local.date().toordinal() - 1)


def is_past(value: date) -> bool:
    """Is this day over, in Amsterdam? Also says until when a page that asks it is true."""
    return clock.reached(clock.end_of(value))


def has_begun(value: date) -> bool:
    """Is it this day already, or later, in Amsterdam?"""
    return clock.reached(clock.start_of(value))


def number(value: int | Decimal, places: int | None = None) -> str:
    """'1.450.000' or '14,4'; with `places` always that many behind the comma: '14,40'."""
    pattern = None if places is None else "#,##0." + "0" * places
    return format_decimal(value, format=pattern, locale=words.locale())
