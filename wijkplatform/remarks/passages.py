"""Where a quote stands in a text: occurrences are counted by starting place, overlaps included. No database."""

from collections.abc import Iterator

TITLE_LENGTH = 80  #: a remark has no title; in lists and in the trace its first words serve


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


def title(text: str) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
