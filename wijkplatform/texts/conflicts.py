"""Showing two texts side by side: a conflict sentence by sentence, and the comparison of any two versions."""

from collections.abc import Mapping
from dataclasses import dataclass

from wijkplatform.core.errors import Invalid, Stale
from wijkplatform.core.words import _
from wijkplatform.texts import queries
from wijkplatform.texts.merge import Hunk, Merged, merge
from wijkplatform.texts.models import Text, Version
from wijkplatform.texts.words import Change, compare, compare_paragraphs

MARK = "deel-"  #: name of the field in which the second writer makes one text of conflict number n


@dataclass(frozen=True)
class Part:
    """A place where both wrote: as it was, theirs and mine as changes against it, and what to start from."""

    name: str
    base: str
    theirs: list[Change]
    mine: list[Change]
    value: str


@dataclass(frozen=True)
class Compared:
    """A stretch of a comparison: one changed paragraph, or a number of equal ones folded to a line."""

    kind: str
    changes: list[Change]
    count: int = 1


def parts(stale: Stale) -> list[Part]:
    """The conflicts of a stale save, in the order of the text."""
    conflicts = [hunk for hunk in stale.hunks if hunk.kind == "conflict"]
    return [
        Part(
            name=f"{MARK}{number}",
            base=hunk.base.strip(),
            theirs=compare(hunk.base, hunk.theirs),
            mine=compare(hunk.base, hunk.mine),
            value=hunk.mine.strip(),
        )
        for number, hunk in enumerate(conflicts, 1)
    ]


def joined(text: Text, base: int | None, theirs: int | None, mine: str, typed: Mapping[str, str]) -> str:
    """The whole text after the second writer made one of each conflict; the rest is joined as before.

    Raises `Invalid` when a part is missing, so that nothing is chosen for anybody.
    """
    read = queries.version(text, base or 0)
    between = queries.version(text, theirs or 0)
    if read is None or between is None:
        raise Invalid("body", _("We weten niet op welke versie u verder schreef. Uw tekst staat hier nog."))
    outcome = merge(read.body, between.body, mine)
    if isinstance(outcome, Merged):
        return outcome.text
    pieces, number = [], 0
    for hunk in outcome.hunks:
        if hunk.kind != "conflict":
            pieces.append(hunk.joined())
            continue
        number += 1
        if f"{MARK}{number}" not in typed:
            raise Invalid("body", _("Er ontbreekt een stuk. Kijk alle stukken nog eens na."))
        pieces.append(_in_place(hunk, typed[f"{MARK}{number}"]))
    return "".join(pieces)


def _in_place(hunk: Hunk, typed: str) -> str:
    """What was typed, with the white space around it that the text has at that place."""
    like = hunk.mine or hunk.theirs or hunk.base
    before, after = like[: len(like) - len(like.lstrip())], like[len(like.rstrip()) :]
    return f"{before}{typed.strip()}{after}" if typed.strip() else ""


def pair(text: Text, old: str, new: str) -> tuple[Version, Version] | None:
    """Two versions by their numbers as written in an address; None when one is not there."""
    if not all(each.isascii() and each.isdigit() and len(each) < 8 for each in (old, new)):
        return None
    found = queries.version(text, int(old)), queries.version(text, int(new))
    return found if all(found) else None  # type: ignore[return-value]


def compared(old: Version, new: Version) -> list[Compared]:
    """Two versions paragraph by paragraph; equal ones next to each other are one line."""
    shown: list[Compared] = []
    for each in compare_paragraphs(old.body, new.body):
        if each.kind == "same" and shown and shown[-1].kind == "same":
            shown[-1] = Compared("same", [], shown[-1].count + 1)
        else:
            shown.append(Compared(each.kind, list(each.changes)))
    return shown
