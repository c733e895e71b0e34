"""Passages: what people see of a text, what they mean by the words they send, and where it went in the next version."""

import secrets
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkplatform.remarks import passages
from wijkplatform.remarks.passages import EARLIER, Carried, Frame
from wijkplatform.remarks.queries import Place, threads
from wijkplatform.texts.alignment import align
from wijkplatform.texts.sentences import normalise, paragraphs

BODY = """# Steun

De **opdrachtnemer** steunt de centra
waar [mogelijk](https://voorbeeld.nl).

- 32 uur per week
- een werkbudget: “de helft” voor de besturen"""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Steun", "Steun"),
        ("opdrachtnemer steunt de centra waar", "opdrachtnemer** steunt de centra\nwaar"),
        ("waar mogelijk.", "waar [mogelijk](https://voorbeeld.nl)."),
        ("32 uur per week een werkbudget", "32 uur per week\n- een werkbudget"),
        ('"de helft"', "“de helft”"),
        ("  32   uur ", "32 uur"),
        ("De **opdrachtnemer** steunt", None),
        ("gratis koffie", None),
        ("   ", None),
    ],
)
def test_words_are_found_as_they_are_seen(words: str, found: str | None) -> None:
    spans = passages.point_at(BODY, words, (0, len(BODY)))
    assert [BODY[slice(*span)] for span in spans] == ([found] if found else [])


def test_words_are_sought_in_the_passage_first_and_then_in_the_whole() -> None:
    body = "De wijk is groen.\n\nDe wijk is druk. Heel de wijk."
    assert passages.point_at(body, "De wijk", (19, len(body))) == [(19, 26)]
    assert passages.point_at(body, "groen. De wijk", (19, len(body))) == [(11, 26)]


def test_of_words_that_recur_the_selection_chooses_and_a_lie_chooses_nothing() -> None:
    body = "de bank en de boom"
    assert len(passages.point_at(body, "de", (0, len(body)))) == 2
    assert passages.point_at(body, "de", (0, len(body)), near=11) == [(11, 13)]
    for lie in (1, 5, 999):
        assert len(passages.point_at(body, "de", (0, len(body)), near=lie)) == 2


@pytest.mark.parametrize("words", ["👩‍👧 زيتون", "<b>vet</b>", "שלום עולם", "a" * 3000])
def test_emoji_other_directions_and_markup_are_words_like_any_other(words: str) -> None:
    body = f"Voor {words} na."
    assert [body[slice(*span)] for span in passages.point_at(body, words, (0, len(body)))] == [words]


@given(st.text(alphabet="ab *_#-\n[](é👍“’\\.1)", max_size=60))
def test_what_is_seen_stands_where_it_is_said_to_stand(body: str) -> None:
    shown, at = passages.seen(body)
    assert len(shown) == len(at)
    assert at == sorted(set(at))
    assert all(
        sign == body[place] or (sign == " " and body[place].isspace()) for sign, place in zip(shown, at, strict=True)
    )


@pytest.mark.parametrize("hostile", ["](", "](a)(", "](()", "](a", "[", "*", " ", "\\["])
def test_a_row_of_half_links_is_read_once(hostile: str) -> None:
    started = time.perf_counter()
    passages.seen(hostile * (200_000 // len(hostile)))
    assert time.perf_counter() - started < 2


def test_brackets_inside_an_address_do_not_show() -> None:
    assert passages.seen("zie [dit](http://x.nl/a_(b)) nu")[0] == "zie dit nu"


def test_a_long_row_of_replies_is_followed_once() -> None:
    """Somebody replies to a reply to a reply, five thousand deep: all of it stands under the first, in order."""
    row = [Place(no, f"R{no}", 1, None, None, None, False, no - 1 if no else None, False) for no in range(5_000)]
    started = time.perf_counter()
    alone, replies = threads(row)
    assert time.perf_counter() - started < 0.2
    assert (alone, replies) == (row[:1], {0: row[1:]})
    assert threads(row[::-1]) == (row[:1], {0: row[:0:-1]})


def frame(body: str, before: Frame | None = None) -> Frame:
    """A version with its paragraphs keyed as the text engine keys them."""
    body = normalise(body)
    known = [(key, before.body[start:end]) for key, start, end in before.paragraphs] if before else []
    found = paragraphs(body)
    keys = align(known, [each.text for each in found], lambda: secrets.token_hex(6))
    return Frame(body, tuple((key, each.start, each.end) for key, each in zip(keys, found, strict=True)))


OLD = frame("De bank staat in het park bij de vijver.\n\nDe boom is oud en hij is heel groot.\n\nHet pad is nat.")


def followed(old: Frame, new: str, words: str) -> tuple[str, str | None]:
    start, end = passages.find(old.body, words) or (0, 0)
    after = frame(new, old)
    found = passages.carry(old, after, start, end)
    return found.kind, after.body[found.start : found.end] if found.start is not None else None


@pytest.mark.parametrize(
    ("new", "words", "kind", "stands"),
    [
        (OLD.body, "in het park", "here", "in het park"),
        (OLD.body.replace("De bank", "De nieuwe bank"), "in het park", "here", "in het park"),
        ("Een nieuw begin van het stuk.\n\n" + OLD.body, "heel groot", "here", "heel groot"),
        (OLD.body.replace("in het park", "op het plein"), "in het park", "earlier", None),
        (OLD.body.replace("De boom is oud en hij is heel groot.\n\n", ""), "heel groot", "earlier", None),
        ("Het pad is nat.\n\n" + OLD.body.rpartition("\n\n")[0], "Het pad", "moved", "Het pad"),
        ("", "Het pad", "earlier", None),
    ],
)
def test_a_passage_stays_moves_or_belongs_to_the_older_text(
    new: str, words: str, kind: str, stands: str | None
) -> None:
    assert followed(OLD, new, words) == (kind, stands)


def test_words_that_now_stand_there_twice_are_not_guessed_at() -> None:
    old = frame("Er is een bank in het park.")
    new = "Er was een lange tijd en een bank hier en een bank daar; in het park is het nu anders dan toen."
    assert followed(old, new, "een bank")[0] in ("here", "earlier")
    assert passages.carry(old, Frame(new, (("x", 0, len(new)),)), 6, 14) == EARLIER


def test_a_remark_on_a_whole_paragraph_goes_along_whatever_its_words_become() -> None:
    key, start, end = OLD.paragraphs[1]
    new = frame(OLD.body.replace("oud en hij is heel groot", "oud, ziek en hij is heel erg groot"), OLD)
    found = passages.carry(OLD, new, start, end)
    assert found.kind == "here"
    assert new.body[found.start : found.end] == "De boom is oud, ziek en hij is heel erg groot."
    assert key == new.paragraphs[1][0]


def test_a_passage_over_two_paragraphs_stays_only_while_they_stay_together() -> None:
    start, end = OLD.body.index("vijver"), OLD.body.index("oud")
    assert passages.carry(OLD, OLD, start, end) == Carried("here", start, end)
    parted = frame(OLD.body.replace("De boom is", "Hier komt iets heel anders tussen te staan.\n\nDe boom is"), OLD)
    assert passages.carry(OLD, parted, start, end) == EARLIER


pieces = st.lists(
    st.sampled_from([*OLD.body.split("\n\n"), "Iets nieuws en langs.", "De bank staat bij de vijver."]), max_size=5
)


@given(pieces, st.integers(0, len(OLD.body) - 1), st.integers(1, 40))
def test_what_is_pointed_at_are_always_the_same_words(new: list[str], start: int, length: int) -> None:
    end = min(start + length, len(OLD.body))
    after = frame("\n\n".join(new), OLD)
    found = passages.carry(OLD, after, start, end)
    whole = any((start, end) == (begins, ends) for _key, begins, ends in OLD.paragraphs)
    if found.start is not None and not whole:
        assert after.body[found.start : found.end] == OLD.body[start:end]
    assert (found.kind == "earlier") == (found.start is None)
