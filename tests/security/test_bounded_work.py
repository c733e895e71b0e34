"""No text that somebody can send keeps the server busy: what took minutes takes a moment."""

import itertools
import random
import time
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkplatform.core.characters import clean_name, composed
from wijkplatform.texts.alignment import align
from wijkplatform.texts.merge import merge
from wijkplatform.texts.sentences import sentences
from wijkplatform.texts.words import compare_paragraphs

SECONDS = 8  #: each of these took from 15 to 130 seconds; a machine with other work to do gets some room
SPACE_FIRST = " " * 100_000 + "a\n" * 50_000
MARKS = "a" + "\u0301\u0327" * 100_000
MADE_OF_SEVERAL = "a" + "\u0f73" * 60_000


def _paragraphs(number: int, words: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz0123456789αβγδεζηθικλμνξοπρστυφχψω"
    known = [one + other for one in letters for other in letters]
    chosen = random.Random(number)
    return "\n\n".join(" ".join(chosen.sample(known, words)) for _each in range(number))


FEW_LONG, MANY_SHORT = _paragraphs(20, 3_000), _paragraphs(2_000, 30)


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(lambda: sentences(SPACE_FIRST), id="a heading looked for behind much space"),
        pytest.param(lambda: merge(SPACE_FIRST, "Een. " + SPACE_FIRST[:-40], SPACE_FIRST[:-20] + "b"), id="joining that"),
        pytest.param(lambda: clean_name(MARKS), id="a name with many marks on one letter"),
        pytest.param(lambda: sentences(MARKS), id="a text with many marks on one letter"),
        pytest.param(lambda: composed(MADE_OF_SEVERAL), id="marks that are written as two"),
        pytest.param(lambda: compare_paragraphs(FEW_LONG, MANY_SHORT), id="a few long paragraphs beside many short"),
        pytest.param(
            lambda: align(
                [(str(no), each) for no, each in enumerate(FEW_LONG.split("\n\n"))], MANY_SHORT.split("\n\n"),
                map("n{}".format, itertools.count()).__next__,
            ),
            id="their keys",
        ),
    ],
)  # fmt: skip
def test_hostile_texts_take_a_moment(work: Callable[[], Any]) -> None:
    started = time.process_time()
    work()
    assert time.process_time() - started < SECONDS


MARK = st.sampled_from("\u0301\u0327\u0308\u0344\u0f73\u0f71\u05b0\u0338\u3099")


@given(
    st.text(st.one_of(st.sampled_from("ae\u0958\u1100\u1161ș"), MARK), max_size=12),
    st.text(MARK, min_size=20, max_size=60),
)
def test_composing_gives_what_the_library_gives(before: str, row: str) -> None:
    for text in (before + row, row + before, before + row + before):
        assert composed(text) == unicodedata.normalize("NFC", text)
