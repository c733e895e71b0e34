"""What two texts have in common: the longest series of equal things in the same order, in bounded time."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from wijkplatform.texts.sentences import tokens

# Rows times columns, in bits: 25 MB of working memory and well under a second.
LARGEST_TABLE = 200_000_000

WORD = re.compile(r"[^\W_]+(?:[.,:'’-][^\W_]+)*|[^\w\s]|_")


class Block(NamedTuple):
    """A stretch of `length` characters that stands at `old` in the one text and at `new` in the other."""

    old: int
    new: int
    length: int


class Span(NamedTuple):
    """A unit of a text that is compared as a whole, without the space around it."""

    start: int
    end: int
    text: str


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of places (in old, in new) with equal things, both rising; as many pairs as there can be.

    Beyond the largest table only the things that occur once in both are used to cut the work into pieces; a
    piece that is still too large counts as wholly different. That is slower to read, never wrong.
    """
    first, last = 0, 0
    shortest = min(len(old), len(new))
    while first < shortest and old[first] == new[first]:
        first += 1
    while last < shortest - first and old[-1 - last] == new[-1 - last]:
        last += 1
    inner_old, inner_new = old[first : len(old) - last], new[first : len(new) - last]
    if len(inner_old) * len(inner_new) <= LARGEST_TABLE:
        inner = _by_table(inner_old, inner_new)
    else:
        inner = _by_unique(inner_old, inner_new)
    return [
        *((place, place) for place in range(first)),
        *((i + first, j + first) for i, j in inner),
        *((len(old) - place, len(new) - place) for place in range(last, 0, -1)),
    ]


def _by_table(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Longest common subsequence with a row of bits per thing in new (Hyyrö 2004); as quick for any text.

    A zero at place i of row j says: with old[i] the longest series in old[: i + 1] and new[: j + 1] grows by
    one.
    """
    if not old or not new:
        return []
    places: dict[Hashable, int] = {}
    for i, thing in enumerate(old):
        places[thing] = places.get(thing, 0) | (1 << i)
    everything = (1 << len(old)) - 1
    row, rows = everything, [everything]
    for thing in new:
        matching = row & places.get(thing, 0)
        row = ((row + matching) | (row - matching)) & everything
        rows.append(row)
    return _walk_back(rows, len(old), len(new))


def _walk_back(rows: list[int], i: int, j: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    while i and j:
        if rows[j] >> (i - 1) & 1:
            i -= 1
        elif rows[j - 1] >> (i - 1) & 1:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        else:
            j -= 1
    return pairs[::-1]


def _by_unique(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    once_new = _once(new)
    anchors = _rising([(i, once_new[thing]) for thing, i in _once(old).items() if thing in once_new])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for next_i, next_j in [*anchors, (len(old), len(new))]:
        if (next_i - i) * (next_j - j) <= LARGEST_TABLE:
            pairs.extend((i + a, j + b) for a, b in _by_table(old[i:next_i], new[j:next_j]))
        if next_i < len(old):
            pairs.append((next_i, next_j))
        i, j = next_i + 1, next_j + 1
    return pairs


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest series of pairs in which the second place rises too (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        tops[pile : pile + 1] = [j]
        piles[pile : pile + 1] = [number]
        before.append(piles[pile - 1] if pile else -1)
    series: list[tuple[int, int]] = []
    number = piles[-1] if piles else -1
    while number >= 0:
        series.append(pairs[number])
        number = before[number]
    return series[::-1]


def _once(things: Sequence[Hashable]) -> dict[Hashable, int]:
    """The things that occur once, in order, with their place."""
    counts = Counter(things)
    return {thing: place for place, thing in enumerate(things) if counts[thing] == 1}


def word_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Words (9.00, m.b.t, zo'n are one) and single signs."""
    found = WORD.finditer(text, start, len(text) if end is None else end)
    return [Span(match.start(), match.end(), match[0]) for match in found]


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a normalised text with their places."""
    spans: list[Span] = []
    position = 0
    for token in tokens(text):
        core = token.text.strip()
        if token.kind == "sentence":
            start = position + token.text.index(core)
            spans.append(Span(start, start + len(core), core))
        position += len(token.text)
    return spans


def equal_blocks(old: str, new: str) -> list[Block]:
    """The stretches that two normalised texts share: equal sentences first, equal words between those."""
    whole = _matched(sentence_spans(old), sentence_spans(new))
    blocks: list[Block] = []
    for i, j, next_i, next_j in _between(whole, len(old), len(new)):
        blocks += _matched(word_spans(old, i, next_i), word_spans(new, j, next_j))
    return _close_up(sorted([*whole, *blocks]), old, new)


def _matched(old: list[Span], new: list[Span]) -> list[Block]:
    pairs = common([span.text for span in old], [span.text for span in new])
    return [Block(old[i].start, new[j].start, len(old[i].text)) for i, j in pairs]


def _between(blocks: list[Block], old_end: int, new_end: int) -> Iterator[tuple[int, int, int, int]]:
    i = j = 0
    for block in [*blocks, Block(old_end, new_end, 0)]:
        yield i, j, block.old, block.new
        i, j = block.old + block.length, block.new + block.length


def _close_up(blocks: list[Block], old: str, new: str) -> list[Block]:
    """Adds the equal space around and between the blocks to them, and makes one of blocks that touch."""
    stretches: list[Block] = []
    ends = [*blocks, Block(len(old), len(new), 0)]
    for block, (i, j, next_i, next_j) in zip(ends, _between(blocks, len(old), len(new)), strict=True):
        shortest = min(next_i - i, next_j - j)
        front = back = 0
        while front < shortest and _same_space(old[i + front], new[j + front]):
            front += 1
        while back < shortest - front and _same_space(old[next_i - 1 - back], new[next_j - 1 - back]):
            back += 1
        stretches.append(Block(i, j, front))
        stretches.append(Block(next_i - back, next_j - back, back + block.length))
    joined: list[Block] = []
    for stretch in stretches:
        last = joined[-1] if joined else None
        if last and (last.old + last.length, last.new + last.length) == (stretch.old, stretch.new):
            joined[-1] = Block(last.old, last.new, last.length + stretch.length)
        elif stretch.length:
            joined.append(stretch)
    return joined


def _same_space(one: str, other: str) -> bool:
    return one == other and one.isspace()
