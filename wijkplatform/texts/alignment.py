"""Follows paragraphs and passages from one version of a text to the next; what is gone is called gone."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from wijkplatform.texts.common import WORD, common, equal_blocks
from wijkplatform.texts.sentences import normalise

# Half of what the two say together is the same.
CLEARLY_THE_SAME = 0.5
# Or nearly all of the smaller one stands in the larger one: it was split off or joined. Below this many
# letters such a thing is chance ("Ja.").
CONTAINED, CONTAINED_FROM = 0.8, 30
# Comparisons of paragraphs between two unchanged ones. Where it would take more, both sides are cut into as
# many parts as needed, and a paragraph is only looked for in the part at its own height.
MOST_COMPARISONS = 40_000


def align(base: Sequence[tuple[str, str]], new_texts: Sequence[str], fresh: Callable[[], str]) -> list[str]:
    """The id of each new paragraph: that of the base paragraph it continues, or a fresh one. No id comes
    twice.

    Unchanged paragraphs keep their id, also when they were moved. A changed one keeps it when it clearly is
    the same and stands in the same order. Of a paragraph that was split the largest part keeps the id; of
    paragraphs that were joined, the largest gives its id.
    """
    old_texts = [text for _, text in base]
    partner = {j: i for i, j in paired(old_texts, new_texts, moved=True)}
    ids: list[str] = []
    known = {pid for pid, _ in base}  # an id of the base is never given out as a fresh one
    used: set[str] = set()
    for place in range(len(new_texts)):
        pid = base[partner[place]][0] if place in partner else ""
        while not pid or pid in used:
            candidate = fresh()
            pid = "" if candidate in known else candidate
        ids.append(pid)
        used.add(pid)
    return ids


def paired(old: Sequence[str], new: Sequence[str], moved: bool = False) -> list[tuple[int, int]]:
    """Which paragraph became which, each at most once, in order; `moved` adds unchanged ones elsewhere."""
    old, new = [normalise(text) for text in old], [normalise(text) for text in new]
    equal = common(old, new)
    away = _moved(old, new, equal) if moved else []
    gone, come = {i for i, _ in away}, {j for _, j in away}
    pairs = [*equal, *away]
    i = j = 0
    for next_i, next_j in [*equal, (len(old), len(new))]:
        left = [place for place in range(i, next_i) if place not in gone]
        right = [place for place in range(j, next_j) if place not in come]
        for part_left, part_right in _parts(left, right):
            found = _changed([old[place] for place in part_left], [new[place] for place in part_right])
            pairs.extend((part_left[a], part_right[b]) for a, b in found)
        i, j = next_i + 1, next_j + 1
    return sorted(pairs)


def _moved(old: list[str], new: list[str], equal: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Unchanged paragraphs that stand elsewhere: of equal ones the first becomes the first, and so on."""
    staying, kept = {i for i, _ in equal}, {j for _, j in equal}
    waiting: dict[str, list[int]] = {}
    for i in reversed(range(len(old))):
        if i not in staying:
            waiting.setdefault(old[i], []).append(i)
    return [(waiting[text].pop(), j) for j, text in enumerate(new) if j not in kept and waiting.get(text)]


def _parts(left: list[int], right: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    number = max(1, -(-len(left) * len(right) // MOST_COMPARISONS))
    for part in range(number):
        yield (
            left[len(left) * part // number : len(left) * (part + 1) // number],
            right[len(right) * part // number : len(right) * (part + 1) // number],
        )


def _changed(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """In order and one to one, the pairs that keep most text together; at an equal score the earliest."""
    if not old or not new:
        return []
    old_words, new_words = [_words(text) for text in old], [_words(text) for text in new]
    # best[i][j]: the most text that can be kept together from old[i:] and new[j:].
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    old_totals, new_totals = [each.total() for each in old_words], [each.total() for each in new_words]
    kept = [
        [_kept(one, other, one_total, other_total) for other, other_total in zip(new_words, new_totals, strict=True)]
        for one, one_total in zip(old_words, old_totals, strict=True)
    ]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = kept[i][j] and kept[i][j] + best[i + 1][j + 1]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if kept[i][j] and best[i][j] == kept[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            i += 1
    return pairs


def _words(text: str) -> Counter[str]:
    """How many letters each word takes in the text."""
    counted = Counter(WORD.findall(text.casefold()))
    return Counter({word: count * len(word) for word, count in counted.items()})


def _kept(old: Counter[str], new: Counter[str], old_total: int, new_total: int) -> int:
    """The letters of the words that both have, or nothing if they are not clearly the same paragraph.

    As much work as the smaller one has words: a long paragraph is compared with many short ones.
    """
    smaller, larger = sorted([old_total, new_total])
    if 2 * smaller < CLEARLY_THE_SAME * (smaller + larger) and smaller < CONTAINED_FROM:
        return 0
    shared = sum(min(old[word], new[word]) for word in old.keys() & new.keys())
    alike = shared and 2 * shared >= CLEARLY_THE_SAME * (smaller + larger)
    part = smaller >= CONTAINED_FROM and shared >= CONTAINED * smaller
    return shared if alike or part else 0


def map_offset(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the passage old[start:end] stands in new; offsets count code points of the normalised texts.

    The place runs from the first to the last sign of it that is still there. None if less than half is: then
    it is gone, or so changed that pointing at it would be guessing. Whether the quote is still exact is not
    judged here.
    """
    old, new = normalise(old), normalise(new)
    if not 0 <= start < end <= len(old):
        return None
    blocks = equal_blocks(old, new)
    first = max(0, bisect_right(blocks, start, key=lambda block: block.old) - 1)
    pieces: list[tuple[int, int, int]] = []  # from, until (in old), and how far it moved
    for block in blocks[first:]:
        if block.old >= end:
            break
        piece = max(start, block.old), min(end, block.old + block.length), block.new - block.old
        if piece[0] < piece[1] and old[piece[0] : piece[1]].strip():
            pieces.append(piece)
    still = sum(_letters(old[a:b]) for a, b, _ in pieces)
    if not pieces or 2 * still < _letters(old[start:end]):
        return None
    return pieces[0][0] + pieces[0][2], pieces[-1][1] + pieces[-1][2]


def _letters(text: str) -> int:
    return sum(len(word) for word in text.split())
