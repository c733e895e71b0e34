"""Which characters may stand where: one definition for forms and for imports (docs/FORMAT.md, 'Characters').

A name is one line that people trust at a glance, so what is invisible or turns the reading direction is kept out of it.
A text is what somebody wrote, so it comes back exactly; only control characters are refused.
"""

import re
import unicodedata
from functools import cache

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u200b\u2060\ufeff\u00ad\u2028\u2029"
JOINERS = "\u200c\u200d"

_control = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_surrogate = re.compile(r"[\ud800-\udfff]")
_not_in_names = re.compile(f"[\t\n{BIDI}{INVISIBLE}]")
_loose_joiner = re.compile(f"(?<![^\x00-\x7f])[{JOINERS}]|[{JOINERS}](?![^\x00-\x7f])")


def normal(raw: str) -> str:
    """NFC, and one way to end a line."""
    return composed(raw.replace("\r\n", "\n"))


def composed(text: str) -> str:
    """NFC in bounded time: a long row of marks on one letter is put in order first, for the library takes the square."""
    if not text.isascii():
        text = _long_rows().sub(_in_order, text)
    return unicodedata.normalize("NFC", text)


@cache
def _long_rows() -> re.Pattern[str]:
    """More marks in a row than any language has (UAX 15 allows 30), those that are written as several among them."""
    marks = (
        sign for sign in map(chr, range(0x300, 0x20000)) if unicodedata.combining(unicodedata.normalize("NFD", sign)[0])
    )
    return re.compile(f"[{''.join(marks)}]{{31,}}")


def _in_order(row: re.Match[str]) -> str:
    return "".join(sorted("".join(unicodedata.normalize("NFD", sign) for sign in row[0]), key=unicodedata.combining))


def fault_in_text(text: str) -> str | None:
    """The first character that may stand nowhere, as `U+0007`, or None."""
    found = _control.search(text) or _surrogate.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def fault_in_name(name: str) -> str | None:
    """The first character that may not stand in a name, as `U+202E`, or None."""
    found = _not_in_names.search(name) or _loose_joiner.search(name)
    return fault_in_text(name) or (f"U+{ord(found.group()):04X}" if found else None)


def clean_name(raw: str) -> str:
    """A typed name with what a name may not hold taken out: line ends and tabs become a space."""
    name = _surrogate.sub("", normal(raw))
    name = re.sub(r"[\t\r\n\u2028\u2029]+", " ", name)
    name = _not_in_names.sub("", _control.sub("", name))
    return _loose_joiner.sub("", name).strip()
