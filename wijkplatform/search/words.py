"""Words as search compares them: folded, without accents, and brought back to their Dutch stem. No database."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

LONGEST = 40  #: letters of a word that count
MOST = 8  #: words of a question that count
PART = 4  #: letters from which a word is also looked for inside another: 'route' in 'wandelroute'
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
#: Small words that say nothing about what somebody is looking for; they count only when nothing else was typed.
SMALL = frozenset(
    "aan al als bij dat de der des die dit een en er het hoe hun ik in is je me met mijn naar niet of om onze ons ook op over te tot u uit uw van voor wat we wie wij ze zich zij zijn".split()
)
#: Neither looks past a sign that it could begin with, so that a row of two hundred thousand of them is read once.
_LINE_SIGN = re.compile(r"(?m)^[^\S\n]*(#{1,6}|[-*+]|\d+\.)\s+")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
#: Plurals that no rule brings back, of words that people use when they talk about where they live.
ODD = {
    "kinderen": "kind", "kinder": "kind", "steden": "stad", "leden": "lid", "wegen": "weg", "dagen": "dag", "paden": "pad",
    "daken": "dak", "bladeren": "blad", "schepen": "schip", "eieren": "ei",
}  # fmt: skip
_VOWELS = "aeiou"
_dutch = snowballstemmer.stemmer("dutch")


def fold(text: str) -> str:
    """Lower case without accents: 'Súdwest' is 'sudwest'. Letters of other scripts stay what they are."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(each for each in bare if not unicodedata.combining(each)).casefold()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Dutch stem of a folded word: 'bomen' and 'boom' are 'boom', 'groene' and 'groen' are 'groen'."""
    if word in ODD:
        return ODD[word]
    found = str(_dutch.stemWord(word[:LONGEST])).replace("'", "")
    return _without_e(found) if len(found) > 3 and found.endswith("e") and found[-2] not in "ei" else found


def _without_e(word: str) -> str:
    """What is left of an adjective without its e: 'witte' is 'wit', 'grote' is 'groot', 'kleine' is 'klein'."""
    bare = word[:-1]
    last, before = bare[-1], bare[-2]
    if last == before and last not in _VOWELS:
        return bare[:-1]
    if last not in _VOWELS and before in "aeou" and (len(bare) < 3 or bare[-3] not in _VOWELS):
        return bare[:-1] + before + last
    return bare


@dataclass(frozen=True)
class Term:
    """One word of a question: as typed, and its stem."""

    word: str
    stem: str

    @property
    def part(self) -> str | None:
        """What is looked for inside longer words; nothing for a short one."""
        return self.stem if len(self.stem) >= PART else None

    def hits(self, word: str, its_stem: str) -> bool:
        """Is this word of a text what was meant? The same question that the database is asked."""
        begins = word.startswith(self.word) or its_stem.startswith(self.word)
        return (
            begins or self.stem in (word, its_stem) or bool(self.part and (self.part in word or self.part in its_stem))
        )


def terms(question: str) -> list[Term]:
    """The words of a question that count, each once."""
    found = dict.fromkeys(tuple(_pairs(question)))
    told = [pair for pair in found if pair[0] not in SMALL] or list(found)
    return [Term(word[:LONGEST], its_stem) for word, its_stem in told[:MOST]]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a text with its stem, both folded."""
    for found in WORD.finditer(text):
        folded = fold(found[0])
        word = re.sub(r"[\W_]", "", folded)
        if word:
            yield word, stem(folded.replace("’", "'"))


def haystack(text: str) -> str:
    """The words and stems of a text, each once, each between spaces: what the database looks through."""
    found = {piece[:LONGEST] for pair in _pairs(text) for piece in pair if piece}
    return f" {' '.join(sorted(found))} "


def marked(text: str, wanted: list[Term]) -> list[tuple[bool, str]]:
    """A text in pieces, with whether each is a word that was looked for."""
    pieces: list[tuple[bool, str]] = []
    at = 0
    for found in WORD.finditer(text):
        if any(each.hits(word, its_stem) for word, its_stem in _pairs(found[0]) for each in wanted):
            pieces += [(False, text[at : found.start()]), (True, found[0])]
            at = found.end()
    return [piece for piece in [*pieces, (False, text[at:])] if piece[1]]


def excerpt(text: str, wanted: list[Term], around: int = 110) -> list[tuple[bool, str]]:
    """The piece of a text around the first word that was looked for; its beginning when none stands in it."""
    line = plain(text)
    pieces = marked(line, wanted)
    first = next((index for index, (hit, _words) in enumerate(pieces) if hit), None)
    at = sum(len(words) for _hit, words in pieces[:first]) if first is not None else 0
    start = 0 if at <= around else line.rfind(" ", 0, at - around // 2) + 1
    end = (
        len(line)
        if len(line) <= start + 2 * around
        else max(line.rfind(" ", start, start + 2 * around), start + around)
    )
    cut = [(hit, words) for hit, words in _cut(pieces, start, end) if words]
    before, after = [(False, "… ")] if start else [], [(False, " …")] if end < len(line) else []
    return [*before, *cut, *after]


def _cut(pieces: list[tuple[bool, str]], start: int, end: int) -> Iterator[tuple[bool, str]]:
    at = 0
    for hit, words in pieces:
        yield hit, words[max(start - at, 0) : max(end - at, 0)]
        at += len(words)


def plain(text: str) -> str:
    """A text on one line, without the signs of its layout."""
    bare = _LINE_SIGN.sub("", text)
    bare = _LINK.sub(r"\1", bare)
    return " ".join(re.sub(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", bare).split())
