"""Where a quote stands: occurrences by starting place, overlaps included, and never a guess."""

import pytest

from wijkplatform.remarks import passages


@pytest.mark.parametrize(
    ("body", "quote", "found"),
    [
        ("aaaa", "aa", [0, 1, 2]), ("de wijk en de buurt", "de", [0, 11]), ("de wijk", "stad", []), ("wijk", "", []),
        ("👩‍👩‍👧 is 👩", "👩", [0, 2, 9]),
    ],
)  # fmt: skip
def test_places(body: str, quote: str, found: list[int]) -> None:
    assert list(passages.places(body, quote)) == found


@pytest.mark.parametrize(
    ("occurrence", "span"), [(None, None), (1, (0, 2)), (2, (1, 3)), (3, (2, 4)), (4, None), (0, None)]
)
def test_of_several_only_the_one_that_is_named(occurrence: int | None, span: tuple[int, int] | None) -> None:
    assert passages.find("aaaa", "aa", occurrence) == span


def test_the_only_one_needs_no_number() -> None:
    assert passages.find("een wijk", "wijk") == (4, 8)
    assert passages.find("een wijk", "stad") is None


def test_a_number_is_given_only_where_it_says_something() -> None:
    assert [passages.number_at("aaaa", "aa", start) for start in range(4)] == [1, 2, 3, None]
    assert passages.number_at("een wijk", "wijk", 4) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [("Kort.", "Kort."), (" Twee\n\nregels\tkort ", "Twee regels kort"), ("woord " * 30, "woord " * 12 + "woord…")],
)
def test_a_title_is_the_first_words_on_one_line(text: str, title: str) -> None:
    assert passages.title(text) == title
    assert len(title) <= passages.TITLE_LENGTH
