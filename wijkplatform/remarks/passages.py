"""Passages: where a quote stands in a text, what people see of it, and where it went in a later version. No database.

Places are counted in code points of the body. A place is never guessed: what cannot be pointed at exactly has none.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from wijkplatform.texts.alignment import map_offset
from wijkplatform.texts.common import common

TITLE_LENGTH = 80  #: a remark has no title; in lists and in the trace its first words serve

#: The signs of layout that do not show: heading and list marks at the beginning of a line, emphasis, and links. An
#: address ends before a second opening bracket that nothing closes: a row of half links is read once.
_UNSEEN = re.compile(
    r"(?m)^[^\S\n]*(?:#{1,6}|[-*+]|\d{1,9}[.)])[^\S\n]+|(?<!\\)[*_]+|(?<!\\)\[|\]\((?:[^()\s]|\([^()\s]*\))*\)|\\(?=[^\w\s])"
)
_SPACE = re.compile(r"\s+")


class Frame(NamedTuple):
    """A version of a text with the places of its paragraphs: (key, start, end), in order."""

    body: str
    paragraphs: Sequence[tuple[str, int, int]]


class Carried(NamedTuple):
    """Where a passage stands in another version: here, moved, or nowhere any more."""

    kind: Literal["here", "moved", "earlier"]
    start: int | None = None
    end: int | None = None


EARLIER = Carried("earlier")


def places(body: str, quote: str) -> Iterator[int]:
    """The starting places of a quote, in code points."""
    start = body.find(quote) if quote else -1
    while start >= 0:
        yield start
        start = body.find(quote, start + 1)


def find(body: str, quote: str, occurrence: int | None = None) -> tuple[int, int] | None:
    """From where to where: the occurrence that is meant, or the only one. A place is never guessed: else None."""
    start = None
    for number, place in enumerate(places(body, quote), 1):
        if number == occurrence:
            return place, place + len(quote)
        if occurrence is None and number == 2:
            return None
        start = place
    return (start, start + len(quote)) if start is not None and occurrence is None else None


def number_at(body: str, quote: str, start: int) -> int | None:
    """Which occurrence begins at this place; None where a number says nothing: it occurs once, or not there."""
    found = None
    for number, place in enumerate(places(body, quote), 1):
        if place == start:
            found = number
        if found is not None and number > 1:
            return found
    return None


def seen(body: str) -> tuple[str, list[int]]:
    """A text as people see it, one space between words and no signs of layout; and where each sign stands in it."""
    signs: list[str] = []
    at: list[int] = []
    hidden = {place for found in _UNSEEN.finditer(body) for place in range(*found.span())}
    for place, sign in enumerate(body):
        if place in hidden:
            continue
        sign = " " if sign.isspace() else sign
        if sign == " " and (not signs or signs[-1] == " "):
            continue
        signs.append(sign)
        at.append(place)
    return "".join(signs), at


def point_at(body: str, words: str, within: tuple[int, int], near: int | None = None) -> list[tuple[int, int]]:
    """The places in `body` that somebody can mean with these words: as typed, copied or selected on the page.

    First looked for in the stretch `within` (a paragraph), then in the whole text, for words that run on. `near` is
    where in the stretch, as seen, the selection began: it chooses only if the words do stand exactly there.
    """
    sought = _SPACE.sub(" ", words).strip()
    if not sought:
        return []
    for start, end in (within, (0, len(body))):
        shown, at = seen(body[start:end])
        found = list(places(shown, sought)) or list(places(*(_plain(each) for each in (shown, sought))))
        if near is not None and near in found and start == within[0]:
            found = [near]
        if found:
            return [(start + at[place], start + at[place + len(sought) - 1] + 1) for place in found]
    return []


def _plain(text: str) -> str:
    """Phones make other quotation marks and dashes than keyboards do; each is one sign for one sign."""
    return text.translate(str.maketrans("‘’‚‛“”„‟«»–—‑\u00a0", '\'\'\'\'""""""--- '))


def carry(old: Frame, new: Frame, start: int, end: int) -> Carried:
    """Where a passage of one version stands in another, by its paragraphs, its place in them, and its exact words.

    A remark on whole paragraphs goes where they went, whatever their words became. Quoted words must still be there.
    """
    touched = [key for key, begins, ends in old.paragraphs if begins < end and start < ends]
    there = {key: place for place, (key, _begins, _ends) in enumerate(new.paragraphs)}
    if not touched or any(key not in there for key in touched):
        return EARLIER
    first, last = there[touched[0]], there[touched[-1]]
    if last - first != len(touched) - 1:
        return EARLIER  # other text came in between, or they changed places
    order = tuple(key for key, *_ in old.paragraphs), tuple(there)
    kind: Literal["here", "moved"] = "moved" if touched[0] in _away(*order) else "here"
    was = _bounds(old, touched)
    now = new.paragraphs[first][1], new.paragraphs[last][2]
    if (start, end) == was:
        return Carried(kind, *now)
    before, after = old.body[slice(*was)], new.body[slice(*now)]
    place = _follow(before, after, start - was[0], end - was[0])
    return EARLIER if place is None else Carried(kind, now[0] + place, now[0] + place + end - start)


def _bounds(frame: Frame, keys: Sequence[str]) -> tuple[int, int]:
    inside = [(begins, ends) for key, begins, ends in frame.paragraphs if key in keys]
    return inside[0][0], inside[-1][1]


@lru_cache(maxsize=4096)  # versions never change, and many remarks hang on one paragraph
def _follow(before: str, after: str, start: int, end: int) -> int | None:
    """Where the very same words stand: at the place they were moved to, or the only place that has them."""
    quote = before[start:end]
    if before == after:
        return start
    mapped = map_offset(before, after, start, end)
    if mapped is not None and after[slice(*mapped)] == quote:
        return mapped[0]
    only = find(after, quote)
    return only[0] if only else None


@lru_cache(maxsize=256)
def _away(before: tuple[str, ...], after: tuple[str, ...]) -> frozenset[str]:
    """The paragraphs that stand somewhere else among the others than they did."""
    return frozenset(before) & frozenset(after) - {before[i] for i, _ in common(before, after)}


def title(text: str) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
