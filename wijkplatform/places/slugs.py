"""Slugs: short, ASCII, made once from a name. No database."""

import re
import unicodedata
from collections.abc import Container

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def plain(text: str) -> str:
    """Lower-case ASCII letters and digits with single spaces between words: 'Súdwest-Fryslân' is 'sudwest fryslan'."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(each for each in folded if not unicodedata.combining(each)).replace("'", "").replace("’", "")
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def slug(text: str, taken: Container[str] = ()) -> str:
    """A slug that is not taken: a second equal one gets -2. A name without Latin letters becomes 'wijk'."""
    stem = plain(text).replace(" ", "-")[:200] or "wijk"
    candidate, number = stem, 1
    while candidate in taken:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate
