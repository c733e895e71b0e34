"""Joins two people's edits of one text, or says where they collide; a sentence nobody wrote is never made.

Both texts are laid against the base. What stands unchanged in all three — a sentence, the end or the
beginning of a paragraph — is a post; between two posts lies a stretch. A stretch that one of the two changed
is theirs or mine, one that both changed alike is both, and one that both changed otherwise is a conflict.
Whole stretches are taken from one text, so nothing is joined within a sentence, and theirs and mine can
change places without changing the outcome.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from wijkplatform.texts.common import common, sentence_spans
from wijkplatform.texts.sentences import normalise, paragraphs

Kind = Literal["same", "theirs", "mine", "both", "conflict"]
Choice = Literal["base", "theirs", "mine"]


@dataclass(frozen=True, slots=True)
class Hunk:
    """One stretch in its three versions, and who changed it."""

    kind: Kind
    base: str
    theirs: str
    mine: str

    def joined(self, choice: Choice = "mine") -> str:
        """The text that goes into the result; the choice only counts in a conflict."""
        if self.kind == "conflict":
            return {"base": self.base, "theirs": self.theirs, "mine": self.mine}[choice]
        return self.theirs if self.kind == "theirs" else self.mine


@dataclass(frozen=True, slots=True)
class Merged:
    """Both edits in one text; the hunks say what came from whom."""

    text: str
    hunks: tuple[Hunk, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """The whole text in order, with at least one hunk of the kind conflict."""

    hunks: tuple[Hunk, ...]


class _Post(NamedTuple):
    """A sentence, or the place where a paragraph opens or closes (which has no length)."""

    kind: Literal["sentence", "open", "close"]
    start: int
    end: int
    text: str


def merge(base: str, theirs: str, mine: str) -> Merged | Conflict:
    """Joins theirs and mine if an untouched sentence or paragraph border lies between their edits."""
    base, theirs, mine = normalise(base), normalise(theirs), normalise(mine)
    hunks = tuple(_tidy(_stretches(base, theirs, mine)))
    if any(hunk.kind == "conflict" for hunk in hunks):
        return Conflict(hunks)
    return Merged("".join(hunk.joined() for hunk in hunks), hunks)


def prefill(hunks: Sequence[Hunk], choice: Choice = "mine") -> str:
    """A text to go on with: joined where possible, one's own words where it is a conflict."""
    return "".join(hunk.joined(choice) for hunk in hunks)


def resolve(hunks: Sequence[Hunk], choices: Sequence[Choice]) -> str:
    """The text after a choice for each conflict, in order; no conflict is settled without one."""
    conflicts = [hunk for hunk in hunks if hunk.kind == "conflict"]
    if len(choices) != len(conflicts):
        raise ValueError(f"{len(conflicts)} conflicts, {len(choices)} choices")
    chosen = iter(choices)
    return "".join(hunk.joined(next(chosen) if hunk.kind == "conflict" else "mine") for hunk in hunks)


def _stretches(base: str, theirs: str, mine: str) -> Iterator[Hunk]:
    base_posts, their_posts, my_posts = _posts(base), _posts(theirs), _posts(mine)
    in_theirs, in_mine = _untouched(base_posts, their_posts), _untouched(base_posts, my_posts)
    position = (0, 0, 0)
    for number, post in enumerate(base_posts):
        if number in in_theirs and number in in_mine:
            their_post, my_post = their_posts[in_theirs[number]], my_posts[in_mine[number]]
            yield _hunk(
                base[position[0] : post.start],
                theirs[position[1] : their_post.start],
                mine[position[2] : my_post.start],
            )
            yield Hunk("same", post.text, post.text, post.text)
            position = (post.end, their_post.end, my_post.end)
    yield _hunk(base[position[0] :], theirs[position[1] :], mine[position[2] :])


def _hunk(base: str, theirs: str, mine: str) -> Hunk:
    if theirs == mine:
        return Hunk("same" if mine == base else "both", base, theirs, mine)
    if theirs == base:
        return Hunk("mine", base, theirs, mine)
    return Hunk("theirs" if mine == base else "conflict", base, theirs, mine)


def _posts(text: str) -> list[_Post]:
    """Everything in the text that can be a post; an empty text has none."""
    spans = iter(sentence_spans(text))
    found: list[_Post] = []
    span = next(spans, None)
    for paragraph in paragraphs(text):
        found.append(_Post("open", paragraph.start, paragraph.start, ""))
        while span and span.start < paragraph.end:
            found.append(_Post("sentence", *span))
            span = next(spans, None)
        found.append(_Post("close", paragraph.end, paragraph.end, ""))
    return found


def _untouched(base: list[_Post], other: list[_Post]) -> dict[int, int]:
    """Which posts of the base stand where in the other text: first the sentences, then the marks between."""
    base_places = [place for place, post in enumerate(base) if post.kind == "sentence"]
    other_places = [place for place, post in enumerate(other) if post.kind == "sentence"]
    pairs = common([base[place].text for place in base_places], [other[place].text for place in other_places])
    found = [(-1, -1), *((base_places[i], other_places[j]) for i, j in pairs), (len(base), len(other))]
    untouched = dict(found[1:-1])
    for (i, j), (next_i, next_j) in pairwise(found):
        base_marks = [place for place in range(i + 1, next_i) if base[place].kind != "sentence"]
        other_marks = [place for place in range(j + 1, next_j) if other[place].kind != "sentence"]
        untouched.update(_same_marks(base_marks, other_marks, after=i >= 0, before=next_i < len(base)))
    return untouched


def _same_marks(base: list[int], other: list[int], after: bool, before: bool) -> list[tuple[int, int]]:
    """Pairs the ends and beginnings of paragraphs between two untouched sentences.

    As many in both: they are the same, one by one. Otherwise a paragraph came or went, and only this is
    certain: the end of the paragraph with the untouched sentence before, and the beginning of the one with
    the sentence behind.
    """
    if len(base) == len(other):
        return list(zip(base, other, strict=True))
    if not base or not other:
        return []
    return ([(base[0], other[0])] if after else []) + ([(base[-1], other[-1])] if before else [])


def _tidy(hunks: Iterator[Hunk]) -> Iterator[Hunk]:
    """Makes one hunk of equal neighbours and leaves out empty ones."""
    last: Hunk | None = None
    for hunk in (part for whole in hunks for part in ([whole] if whole.kind == "same" else _without_edges(whole))):
        if not (hunk.base or hunk.theirs or hunk.mine):
            continue
        if last and last.kind == hunk.kind == "same":
            text = last.base + hunk.base
            last = Hunk("same", text, text, text)
            continue
        if last:
            yield last
        last = hunk
    if last:
        yield last


def _without_edges(hunk: Hunk) -> Iterator[Hunk]:
    """Puts the space that all three share around a change outside it; so a page shows only the change."""
    versions = [hunk.base, hunk.theirs, hunk.mine]
    front = _shared_space(versions)
    versions = [version[front:] for version in versions]
    back = _shared_space([version[::-1] for version in versions])
    before, behind = hunk.base[:front], hunk.base[len(hunk.base) - back :]
    yield Hunk("same", before, before, before)
    yield Hunk(hunk.kind, *(version[: len(version) - back] for version in versions))
    yield Hunk("same", behind, behind, behind)


def _shared_space(versions: list[str]) -> int:
    count = 0
    for signs in zip(*versions, strict=False):
        if len(set(signs)) > 1 or not signs[0].isspace():
            break
        count += 1
    return count
