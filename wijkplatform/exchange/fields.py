"""The field types of docs/FORMAT.md §1: what a value must be, and the sentence when it is not.

Every type takes a *raw* value (what the YAML reader or a Python caller offers) and gives the Python value
that the rest of the package works with. Nothing is guessed: a raw value of another type is `Wrong`.

Raw values: None, bool, str, int, Decimal, date, list, dict and `Odd` (something YAML 1.1 gives a meaning
that the format does not accept, such as `1_000` or `2026-02-30`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

from wijkplatform.core.characters import composed
from wijkplatform.exchange.versions import NEWEST

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MAX_DIGITS = 15
MAX_NAME = 200
MAX_TEXT = 200_000


class Wrong(ValueError):
    """A value that the format refuses; the message is the Dutch sentence."""


@dataclass(frozen=True)
class Odd:
    """A plain YAML scalar that means something the format does not know; `text` is what stood there."""

    text: str


def show(value: object, width: int = 60) -> str:
    """A value on one line, safe to print: unprintable characters escaped, long texts cut."""
    text = value.text if isinstance(value, Odd) else written(value)
    text = text[: width * 2]
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return safe if len(safe) <= width else safe[: width - 1] + "…"


def written(value: object) -> str:
    """A value as it would stand in a file, without quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f") if -20 < value.adjusted() < 20 else str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


# Text ------------------------------------------------------------------------------------------------------

ID_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Bidi controls and invisible characters make two names look alike; separators break a line.
_NOT_IN_NAMES = re.compile("[\t\n\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u00ad\u2028\u2029]")
_JOINERS = "\u200c\u200d"


def _string(raw: object) -> str:
    if isinstance(raw, bool):
        raise Wrong(f"Hier staat een ja/nee-waarde ({written(raw)}). Zet de tekst tussen aanhalingstekens, zoals 'No'.")
    if isinstance(raw, (int, Decimal, date, Odd, Time)):
        raise Wrong(f"Hier moet tekst staan. Zet {show(raw)} tussen aanhalingstekens.")
    if not isinstance(raw, str):
        raise Wrong("Hier moet tekst staan.")
    if _SURROGATE.search(raw):
        raise Wrong("Deze tekst bevat een half teken (een losse surrogaat). Haal het weg.")
    bad = _CONTROL.search(raw)
    if bad:
        raise Wrong(f"Deze tekst bevat een stuurteken (U+{ord(bad.group()):04X}). Haal het weg.")
    return composed(raw)


def _id(raw: object) -> str:
    text = _string(raw)
    if not ID_PATTERN.fullmatch(text):
        raise Wrong(
            f"'{show(text)}' is geen geldig id. "
            "Begin met een letter (A-Z); daarna mogen letters, cijfers, - en _, "
            "samen hoogstens 64 tekens."
        )
    return text


def _name(raw: object) -> str:
    text = _string(raw)
    if not text.strip():
        raise Wrong("Deze naam is leeg. Vul een naam in.")
    if len(text) > MAX_NAME:
        raise Wrong(f"Deze naam heeft {len(text)} tekens. Maak hem niet langer dan {MAX_NAME} tekens.")
    bad = _NOT_IN_NAMES.search(text)
    if bad:
        raise Wrong(f"In een naam mag dit onzichtbare teken niet staan: U+{ord(bad.group()):04X}. Haal het weg.")
    for place, char in enumerate(text):
        if char in _JOINERS and not (
            0 < place < len(text) - 1 and not text[place - 1].isascii() and not text[place + 1].isascii()
        ):
            raise Wrong(f"Het verbindingsteken U+{ord(char):04X} mag in een naam hier niet staan. Haal het weg.")
    return text


def _text(raw: object) -> str:
    text = _string(raw)
    if not text.strip():
        raise Wrong("Deze tekst is leeg. Vul een tekst in.")
    if len(text) > MAX_TEXT:
        raise Wrong(f"Deze tekst heeft {len(text)} tekens. Maak hem niet langer dan {MAX_TEXT} tekens.")
    return text


# RFC 5646 §2.1, without the closed list of irregular tags (no language somebody writes in here).
_LANG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+",
    re.IGNORECASE,
)


def _lang(raw: object) -> str:
    text = _string(raw)
    if not _LANG.fullmatch(text):
        raise Wrong(f"'{show(text)}' is geen taalcode. Gebruik een code als fy, tr of ar.")
    return "nl" if text.lower() == "nl" else text


# Numbers ---------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def plain_number(text: str) -> int | Decimal | Odd:
    """A number as the format writes numbers; anything else that looks like one stays `Odd`."""
    if not _NUMBER.fullmatch(text) or sum(c.isdigit() for c in text) > MAX_DIGITS:
        return Odd(text)
    if "." not in text:
        return int(text)
    value = Decimal(text)
    return value if value else value.copy_abs()  # -0.0 is 0.0


def _any_number(raw: object) -> Decimal:
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**MAX_DIGITS:
        return Decimal(raw)
    if isinstance(raw, Decimal) and raw.is_finite() and not isinstance(plain_number(written(raw)), Odd):
        return raw if raw else raw.copy_abs()
    if isinstance(raw, str):
        raise Wrong(f"'{show(raw)}' is tekst. Schrijf hier een getal zonder aanhalingstekens, zoals 12 of 12.5.")
    raise Wrong(
        f"{show(raw)} kan hier niet. Schrijf een gewoon getal met hoogstens {MAX_DIGITS} cijfers, zoals 12 of 12.5."
    )


def _number(raw: object) -> Decimal:
    value = _any_number(raw)
    if value < 0:
        raise Wrong("Dit getal mag niet kleiner zijn dan 0.")
    return value


def _int(raw: object) -> int:
    if isinstance(raw, Decimal):
        raise Wrong(f"{show(raw)} is geen heel getal. Schrijf hier een getal zonder punt.")
    return int(_number(raw))


def _version(raw: object) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= NEWEST:
        return raw
    raise Wrong(f"Dit is versie {show(raw)} van het formaat. Dit programma leest versie 1 en 2 (formaat: 2).")


def _bool(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise Wrong("Schrijf hier true of false, zonder aanhalingstekens.")
    return raw


# Days and times --------------------------------------------------------------------------------------------

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?(?:\+0([12]):00)?")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
QUOTE_TIME = "Zet een tijd tussen aanhalingstekens, bijvoorbeeld '19:30'."


@dataclass(frozen=True)
class Time:
    """Clock time in Amsterdam; `offset` (hours east: 2 first, 1 second) only where it occurs twice."""

    clock: time
    offset: int | None = None

    @classmethod
    def parse(cls, text: str) -> Time:
        found = _TIME.fullmatch(text)
        if not found:
            raise Wrong(f"'{show(text)}' is geen tijd. Schrijf uren en minuten, bijvoorbeeld '19:30'.")
        hour, minute, second, offset = found.groups()
        return cls(time(int(hour), int(minute), int(second or 0)), int(offset) if offset else None)

    def __str__(self) -> str:
        text = self.clock.strftime("%H:%M:%S" if self.clock.second else "%H:%M")
        return text if self.offset is None else f"{text}+0{self.offset}:00"

    def on(self, day: date) -> datetime:
        """The instant on that day, as UTC; of a time that occurs twice the one that `offset` names."""
        offsets = offsets_on(day, self.clock)
        hours = timedelta(hours=self.offset) if self.offset is not None else (offsets or [timedelta(hours=1)])[0]
        return datetime.combine(day, self.clock, timezone(hours)).astimezone(UTC)


def offsets_on(day: date, clock: time) -> list[timedelta]:
    """Amsterdam's offsets at which the clock shows this that day: none in spring's gap, two in autumn."""
    naive = datetime.combine(day, clock)
    found: list[timedelta] = []
    for fold in (0, 1):
        local = naive.replace(tzinfo=AMSTERDAM, fold=fold)
        offset = local.utcoffset() or timedelta()
        try:
            back = local.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None)
        except OverflowError:  # the first and last day of the calendar
            back = naive
        if back == naive and offset not in found:
            found.append(offset)
    return found


def _date(raw: object) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if isinstance(raw, str) and _DATE.fullmatch(raw):
        raise Wrong(f"Zet een datum zonder aanhalingstekens: {raw}.")
    if isinstance(raw, Odd) and _DATE.fullmatch(raw.text):
        raise Wrong(f"De datum {raw.text} bestaat niet.")
    raise Wrong("Schrijf hier een datum als 2026-05-12, zonder aanhalingstekens.")


def _time(raw: object) -> Time:
    if isinstance(raw, Time):
        return raw
    if not isinstance(raw, str):
        raise Wrong(QUOTE_TIME)
    return Time.parse(_string(raw))


def _hhmm(raw: object) -> Time:
    value = _time(raw)
    if value.clock.second or value.offset is not None or (isinstance(raw, str) and len(raw) != 5):
        raise Wrong(f"'{show(raw)}' kan hier niet. Schrijf alleen uren en minuten, bijvoorbeeld '12:00'.")
    return value


def _moment(raw: object) -> datetime:
    example = "Schrijf datum, T, tijd met seconden en verschil met UTC: '2026-03-09T11:58:00+01:00'."
    if not isinstance(raw, str | datetime):
        raise Wrong(f"Zet een moment tussen aanhalingstekens. {example}")
    if isinstance(raw, str) and not _MOMENT.fullmatch(raw):
        raise Wrong(f"'{show(raw)}' is geen moment. {example}")
    if isinstance(raw, datetime) and raw.utcoffset() is None:
        raise Wrong("Bij dit moment ontbreekt het verschil met UTC, zoals +01:00.")
    try:
        return in_amsterdam(datetime.fromisoformat(raw) if isinstance(raw, str) else raw)
    except (ValueError, OverflowError):  # also the first and last day of the calendar
        raise Wrong(f"Het moment '{show(raw)}' bestaat niet.") from None


def in_amsterdam(moment: datetime) -> datetime:
    """The same instant with Amsterdam's offset as a *fixed* offset: two datetimes that share a ZoneInfo
    would be compared by clock time, which is wrong in the doubled hour of autumn."""
    offset = moment.astimezone(AMSTERDAM).utcoffset() or timedelta()
    if offset % timedelta(minutes=1):  # local mean time of long ago cannot be written as +HH:MM
        offset = timedelta()
    return moment.astimezone(timezone(offset))


# The types by name -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scalar:
    """One field type. `defines`: an id of this kind; `refers`: an id of one of these kinds elsewhere."""

    name: str
    parse: Callable[[object], object]
    defines: str = ""
    refers: tuple[str, ...] = ()


ID = Scalar("id", _id)
NAME = Scalar("name", _name)
TEXT = Scalar("text", _text)
LANG = Scalar("lang", _lang)
INT = Scalar("int", _int)
NUMBER = Scalar("number", _number)
SIGNED = Scalar("number", _any_number)
BOOL = Scalar("bool", _bool)
DATE = Scalar("date", _date)
TIME = Scalar("time", _time)
HHMM = Scalar("hhmm", _hhmm)
MOMENT = Scalar("moment", _moment)
VERSION = Scalar("version", _version)


def new(kind: str) -> Scalar:
    """The id of an object of this kind."""
    return Scalar("id", _id, defines=kind)


def to(*kinds: str) -> Scalar:
    """A reference to an object of one of these kinds."""
    return Scalar("ref", _id, refers=kinds)


def one_of(*values: str) -> Scalar:
    """One of these words, exactly as printed."""

    def parse(raw: object) -> str:
        if isinstance(raw, str) and raw in values:
            return raw
        found = f"'{show(raw)}'" if isinstance(raw, str) else show(raw)
        raise Wrong(f"{found} kan hier niet. Kies uit: {', '.join(values)}.")

    return Scalar("enum", parse)
