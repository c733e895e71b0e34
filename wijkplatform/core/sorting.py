"""Sorting the Dutch way, without the system's locale or the database's collation."""

import re
import unicodedata

PREFIXES = frozenset(
    """aan al bij bin ben d' de del della den der des di du el het in la le on onder op over 's 't te ten ter tot
    uit uyt van vanden vander vom von voor""".split()
)


def _plain(text: str) -> str:
    """Lower case, no accents, ĳ and ij as y: that is how Dutch lists of names are ordered."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(each for each in folded if not unicodedata.combining(each))
    return bare.replace("ij", "y").replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("ß", "ss")


def by_title(text: str) -> tuple[tuple[int, int, str], ...]:
    """Order of titles, names of things and codes: digits count as numbers, so BH-2 stands before BH-10."""
    parts = re.findall(r"\d+|[^\W\d_]+", _plain(text))
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def by_surname(name: str) -> tuple[object, ...]:
    """Order of people: by surname, 'van der Berg' under the B, then prefix, then first name."""
    words = name.split()
    start = next((at for at, word in enumerate(words) if at and word.casefold() in PREFIXES), None)
    if start is None:
        start = max(len(words) - 1, 0)
    surname = start
    while surname < len(words) - 1 and words[surname].casefold() in PREFIXES:
        surname += 1
    parts = words[surname:], words[start:surname], words[:start]
    return tuple(by_title(" ".join(part)) for part in parts)
