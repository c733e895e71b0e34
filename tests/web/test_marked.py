"""Marks in a text: each word once, each mark once by name, and nothing of the text changed or let through."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from wijkplatform.web.marked import Mark, marked
from wijkplatform.web.prose import prose


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", re.sub(r'<a class="ref".*?</a>', "", html))


def test_a_mark_goes_through_bold_words_and_into_the_next_paragraph() -> None:
    text = "Centra **in zelf**beheer kunnen\n\nveel doen."
    html = str(marked(text, [Mark(9, 24, "R-1", 1), Mark(20, 40, "R-2", 2)]))
    assert html.count('id="p-R-1"') == html.count('id="p-R-2"') == 1
    assert html.count('class="ref"') == 2
    assert '<mark class="two"' in html.replace('id="p-R-2" ', "")
    assert plain(html) == plain(str(prose(text)))


def test_no_marks_is_the_text_itself() -> None:
    assert marked("Een *zin*.", []) == prose("Een *zin*.")


def test_a_text_with_our_own_signs_in_it_is_shown_without_marks() -> None:
    text = f"Een {chr(0x10F000)} zin"
    assert marked(text, [Mark(0, 3, "R-1", 1)]) == prose(text)


@given(
    st.text(alphabet='ab cé👍<>&"*_[]()#-\n', min_size=1, max_size=50),
    st.lists(st.tuples(st.integers(0, 49), st.integers(1, 20)), max_size=4),
)
def test_marks_change_no_word_and_let_nothing_through(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [
        Mark(start, min(start + length, len(text)), f"R-{no}", no)
        for no, (start, length) in enumerate(spans, 1)
        if start < len(text)
    ]
    html = str(marked(text, marks))
    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= {
        "p", "br", "ul", "ol", "li", "a", "strong", "em", "h3", "h4", "h5", "blockquote", "code", "mark", "span",
    }  # fmt: skip
    assert html.count("<mark") == html.count("</mark>")
    letters = re.compile(r"[abcé👍]")
    assert letters.findall(unescape(plain(html))) == letters.findall(text)
