"""Splits a text into paragraphs and sentences without losing or adding a character.

Two people's edits are joined sentence by sentence, so a sentence cut in half is the worst mistake this file
can make. When in doubt it does not cut: a sentence that is too long only means that people are asked more
often. Every decision looks at one sentence and the beginning of the next, never further; so a sentence that
is put between other neighbours is still the same sentence.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from wijkplatform.core.characters import composed

# Always followed by the rest of the sentence. Written with dots between single letters (o.a., m.b.t.) needs
# no place here: every such word is taken for an abbreviation.
NEVER_LAST = frozenset(
    "aant adj afb afd afz art artt bijl bijv bijz blz bv ca cf chr dhr dr dra drs ds evt excl fam fig gebr "
    "gem hfst hr incl ing inz ir max mevr mej min mld mln mob mr mrs ms mw nl no nr nrs nv onderst opm p "
    "par pag pct pp pres prof prov red resp secr st tel temp th toel uitg verg vert vgl vlg vnl voorz wnd "
    "zgn zg zn".split()
)
# May also be the last word; then a capital follows.
SOMETIMES_LAST = frozenset("enz etc e.d e.a jl jr sr o.i.d v.chr n.chr".split())
# Only an abbreviation in front of a number ("12 jan. 2026", but "Dat zei Jan. Hij ging weg.").
BEFORE_NUMBER = frozenset("jan feb febr mrt apr jun jul aug sep sept okt nov dec".split())

_END = ".!?…؟"
_CLOSE = "\"'”’»)\\]*_`"
_OPEN = "\"'“‘„«(\\[*_`¿¡"
# Possessive, and only from the first mark of a row: a row of a hundred thousand marks is read once.
_POSSIBLE_CUT = re.compile(rf"(?<![{_END}])[{_END}]++[{_CLOSE}]*+(?=\s)|\n")
_SPACE = re.compile(r"\s*")
_OPENERS = re.compile(rf"[{_OPEN}]*")
_APOSTROPHE_WORD = re.compile(r"['’‘`][stnkmr][\s-]+(\w)")  # 's Avonds, 't Is, 's-Gravenhage
_DOTTED = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]")  # o.a  m.b.t  A.B  J.-P
_NUMBER_IN_FRONT = re.compile(
    r"[\s#>*•–-]*(?:(?:artikel|hoofdstuk|paragraaf|bijlage|perceel|doel|stap|punt|vraag|lid|deel|fase)\s+)?"
    r"\(?(?:\d+(?:\.\d+)*[a-z]?|[a-z]|[ivx]+)[.)]+[*_]*",
    re.IGNORECASE,
)
_HEADING = re.compile(r"[^\S\n]*#{1,6}\s")
_OWN_LINE = re.compile(r"[^\S\n]*(?:#{1,6}\s|[-*+•–]\s|\d{1,3}[.)]\s|[a-z]\)\s|[>|])")


class Paragraph(NamedTuple):
    """A paragraph and its place, counted in code points of the normalised text."""

    start: int
    end: int
    text: str


class Token(NamedTuple):
    """A sentence with the space behind it, or the blank lines between two paragraphs."""

    kind: Literal["sentence", "border"]
    text: str


def normalise(text: str) -> str:
    """The one way a text is kept: composed characters (NFC), LF line ends, no blank lines before or after it.

    The same text sent by another browser or phone must be the same text. Blank lines around the whole text
    cannot be seen and would only cause conflicts. Everything else stays as it was typed, spaces included.
    """
    text = composed(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = text.split("\n")
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return "\n".join(lines[first:last])


def paragraphs(text: str) -> list[Paragraph]:
    """The blocks between blank lines, in order."""
    text = normalise(text)
    found: list[Paragraph] = []
    start, position = None, 0
    for line in [*text.split("\n"), ""]:  # the extra blank line closes the last paragraph
        if line.strip():
            start = position if start is None else start
        elif start is not None:
            found.append(Paragraph(start, position - 1, text[start : position - 1]))
            start = None
        position += len(line) + 1
    return found


def tokens(text: str) -> list[Token]:
    """Sentences and paragraph borders; put behind each other they are exactly `normalise(text)`."""
    text = normalise(text)
    found: list[Token] = []
    end = 0
    for paragraph in paragraphs(text):
        if paragraph.start:
            found.append(Token("border", text[end : paragraph.start]))
        found.extend(Token("sentence", piece) for piece in _pieces(paragraph.text))
        end = paragraph.end
    return found


def sentences(text: str) -> list[str]:
    """The sentences alone, without the space around them."""
    return [token.text.strip() for token in tokens(text) if token.kind == "sentence"]


def _pieces(paragraph: str) -> Iterator[str]:
    start, heading = 0, bool(_HEADING.match(paragraph))  # asked once per sentence: the space in front may be long
    for mark in _POSSIBLE_CUT.finditer(paragraph):
        if mark.start() < start:
            continue  # a line end inside the space behind a sentence
        following = _end_of(_SPACE, paragraph, mark.start() if mark[0] == "\n" else mark.end())
        if following < len(paragraph) and _is_cut(paragraph, start, mark, following, heading):
            yield paragraph[start:following]
            start, heading = following, bool(_HEADING.match(paragraph, following))
    if start < len(paragraph):
        yield paragraph[start:]


def _is_cut(text: str, start: int, mark: re.Match[str], following: int, heading: bool) -> bool:
    """Does a sentence that began at `start` end at this mark, with the next one beginning at `following`?"""
    if mark[0] == "\n":
        # A line end alone is no end: people and mail programs break lines inside a sentence.
        return heading or bool(_OWN_LINE.match(text, mark.end()))
    if heading:
        return False  # a heading is one unit, to the end of its line
    opener = _begins_as(text, following)
    if opener == "small":
        return False  # ‘Kom binnen!’ zei Marie.
    return not _goes_on(text, start, mark, opener)


def _begins_as(text: str, position: int) -> Literal["small", "capital", "number", "other"]:
    """How the words at this position begin, behind opening quotes and brackets."""
    if special := _APOSTROPHE_WORD.match(text, position):
        return "small" if special[1].islower() else "capital"
    place = _end_of(_OPENERS, text, position)
    first = text[place : place + 1]
    if first.islower():
        return "small"
    if first.isdigit():
        return "number"
    return "capital" if first.isalpha() else "other"


def _goes_on(text: str, start: int, mark: re.Match[str], opener: str) -> bool:
    """Does the full stop belong to an abbreviation, an initial, a number in front or words left out?"""
    signs = mark[0].rstrip("\"'”’»)]*_`")
    if signs not in (".", "...", "…"):
        return False
    word = _word_before(text, start, mark.start())
    if signs != ".":
        return not word  # "de heer ... Jansen": the dots stand for a word that was left out
    if mark.end() - start < 60 and _NUMBER_IN_FRONT.fullmatch(text, start, mark.end()):
        return True  # "1. Inleiding", "Artikel 3. Inkoop", "a. Het eerste"
    if word in SOMETIMES_LAST:
        return opener != "capital"
    if word in BEFORE_NUMBER:
        return opener == "number"
    is_initial = len(word) == 1 and word.isalpha()
    return is_initial or word in NEVER_LAST or _DOTTED.fullmatch(word) is not None


def _word_before(text: str, start: int, end: int) -> str:
    """The word in front of a full stop, in small letters; longer than 20 signs is no abbreviation."""
    window = text[max(start, end - 20) : end]
    return re.split(rf"[\s/{_OPEN}]", window)[-1].lower()


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position
