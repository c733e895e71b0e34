"""A paragraph keeps its id as long as it clearly is the same one, and no passage is found by guessing."""

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkplatform.texts.alignment import align, map_offset
from wijkplatform.texts.sentences import normalise

BANK = "De groene bank in het park is kapot en moet worden gemaakt."
BOOM = "Bij de school willen wij graag twee nieuwe bomen planten."
ZAAL = "De zaal van het buurthuis is elke avond open voor iedereen."
LONG = f"{BANK} {ZAAL} Wij vragen de gemeente om dit voor de zomer te regelen."

# base, new texts, ids (p1, p2, … are those of the base; n1, n2, … fresh ones)
KEPT = {
    "nothing changed": ([BANK, BOOM], [BANK, BOOM], "p1 p2"),
    "a word changed": ([BANK, BOOM], [BANK.replace("groene", "rode"), BOOM], "p1 p2"),
    "both changed": (
        [BANK, BOOM],
        [BANK.replace("groene", "rode"), BOOM.replace("twee", "drie")],
        "p1 p2",
    ),
    "one added between": ([BANK, BOOM], [BANK, ZAAL, BOOM], "p1 n1 p2"),
    "one removed": ([BANK, ZAAL, BOOM], [BANK, BOOM], "p1 p3"),
    "one replaced by something else": ([BANK, BOOM], [BANK, "Heel iets anders hier."], "p1 n1"),
    "moved unchanged": ([BANK, BOOM, ZAAL], [BOOM, ZAAL, BANK], "p2 p3 p1"),
    "split, the larger part in front": (
        [LONG],
        [f"{BANK} {ZAAL}", LONG.removeprefix(f"{BANK} {ZAAL} ")],
        "p1 n1",
    ),
    "split, the larger part behind": ([LONG], [BANK, LONG.removeprefix(BANK).strip()], "n1 p1"),
    "joined, the larger one behind": ([BANK, LONG], [f"{BANK} {LONG}"], "p2"),
    "joined, the larger one in front": ([LONG, BOOM], [f"{LONG} {BOOM}"], "p1"),
    "the same text twice": ([BANK], [BANK, BANK], "p1 n1"),
    "twins": ([BANK, BOOM, BANK], [BANK, BANK], "p1 p3"),
    "a short word inside a long text is chance": (["Ja."], [f"Ja. {LONG}"], "n1"),
    "nothing there yet": ([], [BANK], "n1"),
    "nothing left": ([BANK], [], ""),
    "sent otherwise": (["Eén.\nTwee."], [unicodedata.normalize("NFD", "Eén.\r\nTwee.")], "p1"),
}  # fmt: skip


def numbered(texts):
    return [(f"p{number}", text) for number, text in enumerate(texts, 1)]


def fresh_ids():
    count = itertools.count(1)
    return lambda: f"n{next(count)}"


@pytest.mark.parametrize(("base", "new", "ids"), KEPT.values(), ids=KEPT.keys())
def test_kept(base, new, ids):
    assert align(numbered(base), new, fresh_ids()) == ids.split()


def test_a_fresh_id_that_exists_already_is_asked_for_again():
    offered = iter(["p1", "p2", "n1", "n1", "n2"])
    ids = align(numbered([BANK, BOOM]), [BANK, ZAAL, "Iets anders."], lambda: next(offered))
    assert ids == ["p1", "n1", "n2"]


lines = st.lists(st.sampled_from([BANK, BOOM, ZAAL, LONG, f"{BANK} {BOOM}", "Ja.", "Nee.", "***", ""]), max_size=7)


@settings(deadline=None)  # how many examples, the profile says
@given(lines, lines)
def test_no_id_comes_twice_and_the_outcome_is_always_the_same(base, new):
    ids = align(numbered(base), new, fresh_ids())
    assert len(ids) == len(new) == len(set(ids))
    assert ids == align(numbered(base), new, fresh_ids())


@settings(deadline=None)
@given(lines, lines)
def test_an_unchanged_paragraph_keeps_an_id_of_that_text(base, new):
    texts = dict(numbered(base))
    ids = align(numbered(base), new, fresh_ids())
    for text in set(new):
        kept = [pid for pid, other in zip(ids, new, strict=True) if other == text and texts.get(pid) == text]
        assert len(kept) == min(base.count(text), new.count(text))


@pytest.mark.timeout(60)
def test_thousands_of_changed_paragraphs_are_no_burden():
    base = numbered(f"Dit is stuk {number} over de wijk." for number in range(4_000))
    ids = align(base, [f"Hier staat wat anders {number}." for number in range(4_000)], fresh_ids())
    assert len(set(ids)) == 4_000


# old, new, the passage, where it should be found (None: not at all)
PASSAGES = {
    "text before it": ("De bank. De boom.", "Nieuw hier. De bank. De boom.", "De boom", "De boom"),
    "a word before it changed": ("De oude bank bij de boom.", "De mooie bank bij de boom.", "boom", "boom"),
    "a word inside it changed": (
        BANK,
        BANK.replace("park", "plein"),
        "bank in het park is",
        "bank in het plein is",
    ),
    "a word inserted in it": ("De bank in het park.", "De bank daar in het park.", "bank in", "bank daar in"),
    "its sentence removed": (f"{BANK} {BOOM}", BOOM, "bank in het park", None),
    "wholly rewritten": ("Open tot acht uur.", "Dicht na tien maanden.", "tot acht", None),
    "the same words in another sentence": (
        "Artikel 123 geldt nu. Artikel 129 geldt ook.",
        "Artikel 129 geldt ook.",
        "Artikel 123 geldt nu",
        None,
    ),
    "half a word": ("Nieuw. De speeltuin.", "De speeltuin.", "tuin", "tuin"),
}


@pytest.mark.parametrize(("old", "new", "passage", "expected"), PASSAGES.values(), ids=PASSAGES.keys())
def test_a_passage_is_found_again(old, new, passage, expected):
    start = old.index(passage)
    found = map_offset(old, new, start, start + len(passage))
    assert (found and new[slice(*found)]) == expected


def test_of_repeated_text_the_right_one_is_found():
    articles = [f"Artikel {number}. De partijen overleggen elk jaar over de zaal." for number in range(200)]
    old, new = "\n\n".join(articles), "\n\n".join([*articles[:50], "Een artikel erbij.", *articles[51:]])
    passage = "De partijen overleggen elk jaar"
    start = old.index(passage, old.index("Artikel 123."))
    found = map_offset(old, new, start, start + len(passage))
    expected = new.index(passage, new.index("Artikel 123."))
    assert found == (expected, expected + len(passage))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2), (0, 100)])
def test_a_passage_that_is_none_is_not_found(start, end):
    assert map_offset("De bank.", "De bank.", start, end) is None


pieces = st.sampled_from(["de ", "bank ", "boom ", "Zin hier. ", "Ook dit. ", "\n\n", "9.00 ", "- "])
texts = st.lists(pieces, min_size=1, max_size=15).map(lambda found: normalise("".join(found)))


@settings(deadline=None)
@given(texts, st.data())
def test_in_an_unchanged_text_every_passage_stays_where_it_is(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if text[start:end].strip():
        assert map_offset(text, text, start, end) == (start, end)


@settings(deadline=None)
@given(texts, texts, texts)
def test_text_put_before_and_behind_moves_a_passage_along(text, before, behind):
    new = normalise(f"{before}\n\n{text}\n\n{behind}")
    passage = "De enige echte zin van Fatma."
    old, new = normalise(f"{text}\n\n{passage}"), normalise(f"{new}\n\n{passage}\n\n{behind}")
    start = old.index(passage)
    assert map_offset(old, new, start, len(old)) == (new.index(passage), new.index(passage) + len(passage))


@settings(deadline=None)
@given(texts, texts, st.data())
def test_a_found_passage_lies_in_the_text_and_holds_at_least_half(old, new, data):
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    found = map_offset(old, new, start, end)
    if found:
        assert 0 <= found[0] < found[1] <= len(new)
        shown = len("".join(new[slice(*found)].split()))
        assert 2 * shown >= len("".join(old[start:end].split()))
