"""A comparison shows every change, and is pleasant to read."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkplatform.texts.sentences import normalise, paragraphs
from wijkplatform.texts.words import Change, compare, compare_paragraphs

# old, new, and what is shown: [-deleted-] {+inserted+}
SHOWN = {
    "a word": ("De groene bank.", "De rode bank.", "De [-groene-]{+rode+} bank."),
    "a word more": ("De bank.", "De groene bank.", "De {+groene +}bank."),
    "a word less": ("De groene bank.", "De bank.", "De [-groene -]bank."),
    "two changes with something between": (
        "De groene bank in het park.",
        "De rode bank bij het park.",
        "De [-groene-]{+rode+} bank [-in-]{+bij+} het park.",
    ),
    "a stop-word between two changes is no island": (
        "Open van tien tot twaalf uur.",
        "Open van negen tot elf uur.",
        "Open van [-tien tot twaalf-]{+negen tot elf+} uur.",
    ),
    "a time is one word": ("Om 9.00 uur.", "Om 9.30 uur.", "Om [-9.00-]{+9.30+} uur."),
    "an amount is one word": ("Voor € 1.250,00.", "Voor € 1.350,00.", "Voor € [-1.250,00-]{+1.350,00+}."),
    "a sentence more": ("Een. Twee.", "Een. Nieuw hier. Twee.", "Een. {+Nieuw hier. +}Twee."),
    "a paragraph less": ("Een.\n\nTwee.\n\nDrie.", "Een.\n\nDrie.", "Een.\n\n[-Twee.\n\n-]Drie."),
    "a sentence wholly new": (
        "De gemeente betaalt de huur van het buurthuis tot 2028.",
        "De gemeente en de corporatie betalen samen de huur van de speeltuin.",
        "De gemeente [-betaalt de huur van het buurthuis tot 2028-]"
        "{+en de corporatie betalen samen de huur van de speeltuin+}.",
    ),
    "a line end": ("Een zin\nhier.", "Een zin hier.", "Een zin[-\n-]{+ +}hier."),
    "nothing": ("Een zin.", "Een zin.", "Een zin."),
    "everything": ("", "Een zin.", "{+Een zin.+}"),
    "all gone": ("Een zin.", "", "[-Een zin.-]"),
}
FORM = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}


@pytest.mark.parametrize(("old", "new", "shown"), SHOWN.values(), ids=SHOWN.keys())
def test_shown(old, new, shown):
    assert "".join(FORM[change.kind].format(change.text) for change in compare(old, new)) == shown


def test_paragraph_by_paragraph():
    old = "Kop\n\nDe groene bank in het park.\n\nWeg hiermee graag.\n\nSlot."
    new = "Kop\n\nDe rode bank in het park.\n\nSlot.\n\nNaschrift van Fatma."
    found = compare_paragraphs(old, new)
    assert [paragraph.kind for paragraph in found] == ["same", "changed", "removed", "same", "added"]
    assert found[1].changes == (
        Change("same", "De "),
        Change("deleted", "groene"),
        Change("inserted", "rode"),
        Change("same", " bank in het park."),
    )


def test_a_moved_paragraph_shows_where_it_went_and_where_it_came():
    first, second = "De eerste alinea.", "Een tweede stuk.\n\nSlot."
    found = compare_paragraphs(f"{first}\n\n{second}", f"{second}\n\n{first}")
    assert [paragraph.kind for paragraph in found] == ["removed", "same", "same", "added"]


pieces = st.sampled_from(
    [*"é.,€ \n", "de", "en", "bank", "boom", "speeltuin", "9.00", "  ", "\n\n", "- ", "Zin hier. "]
)
texts = st.lists(pieces, max_size=30).map("".join)


def side(changes, kind):
    return "".join(change.text for change in changes if change.kind in ("same", kind))


@settings(deadline=None)  # how many examples, the profile says
@given(texts, texts)
def test_both_texts_can_be_read_back(old, new):
    changes = compare(old, new)
    assert side(changes, "deleted") == normalise(old)
    assert side(changes, "inserted") == normalise(new)
    assert all(change.text for change in changes)


@settings(deadline=None)
@given(texts, texts)
def test_pieces_of_one_kind_are_one_piece(old, new):
    kinds = [change.kind for change in compare(old, new)]
    assert all(kind != following for kind, following in pairwise(kinds))
    assert ("inserted", "deleted") not in pairwise(kinds)


@settings(deadline=None)
@given(texts)
def test_a_text_is_the_same_as_itself_however_it_was_sent(text):
    sent_otherwise = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    assert all(change.kind == "same" for change in compare(text, sent_otherwise))
    assert all(paragraph.kind == "same" for paragraph in compare_paragraphs(text, sent_otherwise))


@settings(deadline=None)
@given(texts, texts)
def test_every_paragraph_of_both_is_shown_once_and_in_order(old, new):
    found = [paragraph.changes for paragraph in compare_paragraphs(old, new)]
    for text, kind in ((old, "deleted"), (new, "inserted")):
        shown = [shown for changes in found if (shown := side(changes, kind)).strip()]
        assert shown == [paragraph.text for paragraph in paragraphs(text)]


@pytest.mark.parametrize("between", [" ", "\n\n"], ids=["one paragraph", "many paragraphs"])
@pytest.mark.timeout(60)
def test_wholly_different_texts_are_no_burden(between):
    old = between.join(f"Dit is zin {number} over de wijk." for number in range(3_000))
    new = between.join(f"Hier staat wat anders {number} van ons." for number in range(3_000))
    assert "".join(change.text for change in compare(old, new) if change.kind != "deleted") == new
    assert compare_paragraphs(old, new)
