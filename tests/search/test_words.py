"""Words as search compares them: Dutch stems, accents, parts of long words, and the piece of a text that is shown."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkplatform.search import words

SAME = [
    ("bomen", "boom"), ("huizen", "huis"), ("groene", "groen"), ("witte", "wit"), ("grote", "groot"), ("hoge", "hoog"),
    ("straten", "straat"), ("wandelroutes", "wandelroute"), ("speelplekken", "speelplek"), ("kinderen", "kind"),
    ("ouderen", "oudere"), ("steden", "stad"), ("paden", "pad"), ("veilige", "veilig"), ("kleine", "klein"), ("foto's", "foto"), ("Súdwest", "sudwest"),
    ("CAFÉ", "cafe"), ("afspraken", "afspraak"), ("ruime", "ruim"), ("nieuwe", "nieuw"), ("oude", "oud"),
]  # fmt: skip
DIFFERENT = [("boom", "boon"), ("huis", "hut"), ("groen", "groente"), ("wit", "wijk")]


def hits(asked: str, word: str) -> bool:
    """Does somebody who asks for this find a text with that word, as the database is asked it?"""
    stack = words.haystack(word)
    found = []
    for term in words.terms(asked):
        ways = [f" {term.word}" in stack, f" {term.stem} " in stack, bool(term.part) and str(term.part) in stack]
        found.append(any(ways))
    return bool(found) and all(found)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_forms_of_a_word_find_each_other(one: str, other: str) -> None:
    assert hits(one, other)
    assert hits(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_words_do_not(one: str, other: str) -> None:
    assert words.stem(one) != words.stem(other)
    assert not hits(other, one)


@pytest.mark.parametrize(("asked", "word"), [
    ("wandel", "wandelroute"), ("route", "wandelroutes"), ("b", "bomen"), ("boom", "lindebomen"), ("BH-01", "BH-01"),
    ("مرحبا", "مرحبا"), ("ağaç", "agac"), ("İstanbul", "istanbul"),
])  # fmt: skip
def test_a_beginning_and_a_part_are_found(asked: str, word: str) -> None:
    assert hits(asked, word)


@pytest.mark.parametrize("asked", ["", "  ", "%", "_", "%%__", "!?…", "\\", "'", "🌳"])
def test_what_holds_no_word_asks_nothing(asked: str) -> None:
    assert words.terms(asked) == []


def test_small_words_count_only_when_nothing_else_was_asked() -> None:
    assert [each.word for each in words.terms("de bomen in het park")] == ["bomen", "park"]
    assert [each.word for each in words.terms("de het")] == ["de", "het"]


def test_a_question_is_bounded() -> None:
    assert len(words.terms(" ".join(f"woord{n}" for n in range(100)))) == words.MOST
    assert all(len(each.word) <= words.LONGEST for each in words.terms("a" * 5000))
    assert max(map(len, words.haystack("b" * 5000).split())) <= words.LONGEST


def test_no_wildcard_ever_reaches_the_database() -> None:
    for term in words.terms("50% _naam_ a\\b [x] 'y'"):
        assert not set("%_\\[]'") & set(term.word + term.stem)


def test_the_word_is_marked_as_it_was_written() -> None:
    assert words.marked("De Bomen, en een lindeboom.", words.terms("boom")) == [
        (False, "De "), (True, "Bomen"), (False, ", en een "), (True, "lindeboom"), (False, "."),
    ]  # fmt: skip


def test_the_excerpt_stands_around_the_word() -> None:
    text = "Iets anders. " * 40 + "Hier staat een **boom** in de weg. " + "En nog iets. " * 40
    found = words.excerpt(text, words.terms("bomen"))
    whole = "".join(piece for _hit, piece in found)
    assert (True, "boom") in found
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert "**" not in whole
    assert len(whole) < 300


def test_signs_of_layout_are_left_out() -> None:
    assert words.plain("# Kop\n\n- een *lijst*\n- met [een link](https://x.example)") == "Kop een lijst met een link"


@given(st.text(max_size=300), st.text(max_size=60))
def test_pieces_are_the_text_whatever_is_asked(text: str, asked: str) -> None:
    wanted = words.terms(asked)
    assert "".join(piece for _hit, piece in words.marked(text, wanted)) == text
    shown = "".join(piece for _hit, piece in words.excerpt(text, wanted)).removeprefix("… ").removesuffix(" …")
    assert shown in words.plain(text)


@given(st.text(max_size=40))
def test_a_word_always_finds_itself(word: str) -> None:
    if words.terms(word):
        assert hits(word, word)


@pytest.mark.parametrize("hostile", ["[", "[a](", "\n", " \n", "1", "](", "*"])
def test_a_row_of_signs_is_read_once(hostile: str) -> None:
    """Of the longest text there can be; read again from each sign it would take minutes, on everybody's search page."""
    started = time.perf_counter()
    words.plain(hostile * (200_000 // len(hostile)))
    assert time.perf_counter() - started < 2
