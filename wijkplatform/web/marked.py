"""A text of people with the passages marked that something is said about, each with its number behind it.

The marks are put in before the text becomes HTML, as signs that no text may hold, and become elements afterwards. So a
passage may begin inside a bold word and end in the next paragraph without breaking anything.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from wijkplatform.core.words import _
from wijkplatform.web.prose import prose

_OPEN, _CLOSE = 0x10F000, 0x10F800  #: signs for private use, one for the beginning and one for the end of each mark
_SIGN = re.compile(f"[{chr(_OPEN)}-{chr(_CLOSE + 0x7FF)}]")
_TAG = re.compile(r"(<[^>]*>)")
_LAST_WORD = re.compile(r"(\S+)(\s*)\Z")
MOST = _CLOSE - _OPEN


class Mark(NamedTuple):
    """A passage, in code points of the text, and the code and number of what is said about it."""

    start: int
    end: int
    code: str
    no: int


def marked(text: str, marks: Sequence[Mark]) -> Markup:
    """The text as safe HTML; each mark has the id `p-CODE` and a number that leads to `#CODE`."""
    return _marked(text, tuple(marks), str(_("Naar reactie %(no)s", no="{no}")))


@lru_cache(maxsize=512)
def _marked(text: str, marks: tuple[Mark, ...], label: str) -> Markup:
    if not marks or len(marks) > MOST or _SIGN.search(text):
        return prose(text)
    signs = [(mark.start, 1, chr(_OPEN + place)) for place, mark in enumerate(marks)]
    signs += [(mark.end, 0, chr(_CLOSE + place)) for place, mark in enumerate(marks)]
    woven, at = [], 0
    for place, _order, sign in sorted(signs):
        woven += [text[at:place], sign]
        at = place
    html = prose("".join([*woven, text[at:]]))
    return Markup("".join(_elements(html, marks, label)))  # noqa: S704 (made of sanitised pieces)


def _elements(html: str, marks: tuple[Mark, ...], label: str) -> list[str]:
    """The signs as elements: every piece of text between tags gets marks of its own, so that they nest well."""
    made: list[str] = []
    now: list[int] = []
    begun: set[int] = set()
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            made.append(piece)
            continue
        text = ""
        for sign in piece:
            number = ord(sign)
            if number < _OPEN:
                text += sign
                continue
            ended = marks[number - _CLOSE] if number >= _CLOSE else None
            made.append(_piece(text, [marks[each] for each in now], begun, ended, label))
            text = ""
            if ended is None:
                now.append(number - _OPEN)
            elif number - _CLOSE in now:
                now.remove(number - _CLOSE)
        made.append(_piece(text, [marks[each] for each in now], begun, None, label))
    return made


def _piece(text: str, inside: list[Mark], begun: set[int], ended: Mark | None, label: str) -> str:
    number = _number(ended, label) if ended else ""
    if not inside or not (text.strip() or number):
        return text + number
    if number and (last := _LAST_WORD.search(text)):
        text = f'{text[: last.start()]}<span class="keep">{last[1]}{number}</span>{last[2]}'
    else:
        text += number
    new = [mark for mark in inside if mark.no not in begun]
    begun.update(mark.no for mark in new)
    name = f' id="p-{escape(new[0].code)}"' if new else ""
    extra = "".join(f'<span id="p-{escape(mark.code)}"></span>' for mark in new[1:])
    two = ' class="two"' if len(inside) > 1 else ""
    return f"<mark{name}{two}>{extra}{text}</mark>"


def _number(mark: Mark, label: str) -> str:
    return f'<a class="ref" href="#{escape(mark.code)}" aria-label="{escape(label.format(no=mark.no))}">{mark.no}</a>'
