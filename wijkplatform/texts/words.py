"""Shows what changed between two texts, word by word and paragraph by paragraph, so that people can read
it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from wijkplatform.texts.alignment import paired
from wijkplatform.texts.common import WORD, equal_blocks
from wijkplatform.texts.sentences import normalise, paragraphs

# Words that say nothing when they alone stand unchanged between two changes.
STOP_WORDS = frozenset(
    "aan al als bij dan dat de den der deze die dit door een en er had heb hebt heeft het hij hun ik in is "
    "je jij kan maar me men met mij na naar niet nog nu of om ons onze ook op over te tot u uit van voor "
    "want was we wel wij worden wordt zal ze zich zij zijn zo zou".split()
)
LONGEST_ISLAND = 3  # words; what is longer always stays visible as unchanged


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of text that stayed, went or came."""

    kind: Literal["same", "deleted", "inserted"]
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """A paragraph of the comparison with what happened in it."""

    kind: Literal["same", "changed", "removed", "added"]
    changes: tuple[Change, ...]


class _Stretch(NamedTuple):
    """Places in both texts of a piece that is equal, or of a piece that was replaced."""

    equal: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def compare(old: str, new: str) -> list[Change]:
    """The changes in order: same and deleted make up the (normalised) old text, same and inserted the new."""
    old, new = normalise(old), normalise(new)
    found: list[Change] = []
    for stretch in _readable(list(_stretches(old, new)), old):
        before = old[stretch.old_start : stretch.old_end]
        after = new[stretch.new_start : stretch.new_end]
        if stretch.equal:
            found.append(Change("same", before))
            continue
        if before:
            found.append(Change("deleted", before))
        if after:
            found.append(Change("inserted", after))
    return found


def compare_paragraphs(old: str, new: str) -> list[ParagraphChange]:
    """The comparison paragraph by paragraph; one that was moved shows as removed here and added there."""
    old_texts = [paragraph.text for paragraph in paragraphs(old)]
    new_texts = [paragraph.text for paragraph in paragraphs(new)]
    found: list[ParagraphChange] = []
    i = j = 0
    for next_i, next_j in [*paired(old_texts, new_texts), (len(old_texts), len(new_texts))]:
        found.extend(ParagraphChange("removed", (Change("deleted", text),)) for text in old_texts[i:next_i])
        found.extend(ParagraphChange("added", (Change("inserted", text),)) for text in new_texts[j:next_j])
        if next_i < len(old_texts):
            changes = tuple(compare(old_texts[next_i], new_texts[next_j]))
            same = all(change.kind == "same" for change in changes)
            found.append(ParagraphChange("same" if same else "changed", changes))
        i, j = next_i + 1, next_j + 1
    return found


def _stretches(old: str, new: str) -> Iterator[_Stretch]:
    i = j = 0
    for block in equal_blocks(old, new):
        if (i, j) != (block.old, block.new):
            yield _Stretch(False, i, block.old, j, block.new)
        i, j = block.old + block.length, block.new + block.length
        yield _Stretch(True, block.old, i, block.new, j)
    if (i, j) != (len(old), len(new)):
        yield _Stretch(False, i, len(old), j, len(new))


def _readable(stretches: list[_Stretch], old: str) -> Iterable[_Stretch]:
    """Takes small islands of equal text between two changes into the change, so that no confetti is shown."""
    kept: list[_Stretch] = []
    for number, stretch in enumerate(stretches):
        behind = stretches[number + 1] if number + 1 < len(stretches) else None
        between_changes = stretch.equal and kept and behind and _is_island(old, kept[-1], stretch, behind)
        goes_on = kept and not stretch.equal and not kept[-1].equal
        if between_changes or goes_on:
            kept[-1] = _together(kept[-1], stretch)
        else:
            kept.append(stretch)
    return kept


def _together(first: _Stretch, second: _Stretch) -> _Stretch:
    return _Stretch(False, first.old_start, second.old_end, first.new_start, second.new_end)


def _is_island(old: str, before: _Stretch, island: _Stretch, behind: _Stretch) -> bool:
    text = old[island.old_start : island.old_end]
    if len(text) > 200 or "\n\n" in text:
        return False  # whole sentences, and the borders of paragraphs, are what readers hold on to
    words = [word for word in WORD.findall(text.casefold()) if word[0].isalnum()]
    if len(words) > LONGEST_ISLAND:
        return False
    shorter_than_both = len(text.strip()) < min(_size(before), _size(behind))
    return shorter_than_both or all(word in STOP_WORDS for word in words)


def _size(stretch: _Stretch) -> int:
    return max(stretch.old_end - stretch.old_start, stretch.new_end - stretch.new_start)
