"""Two people's edits are joined if something untouched lies between them, and shown to both if not."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkplatform.texts.merge import Conflict, Hunk, Merged, merge, prefill, resolve
from wijkplatform.texts.sentences import normalise, sentences

# what, base, theirs, mine, the joined text
JOINED = [
    ("different paragraphs", "Aap.\n\nNoot.", "Aap nu.\n\nNoot.", "Aap.\n\nNoot nu.", "Aap nu.\n\nNoot nu."),
    (
        "two sentences apart",
        "Aap. Noot. Mies.", "Aapje. Noot. Mies.", "Aap. Noot. Miesje.", "Aapje. Noot. Miesje.",
    ),
    ("the same edit", "Aap. Noot.", "Aap. Nootje.", "Aap. Nootje.", "Aap. Nootje."),
    (
        "the same edit and one far away",
        "Aap. Noot. Mies.", "Aapje. Noot. Mies.", "Aapje. Noot. Miesje.", "Aapje. Noot. Miesje.",
    ),
    ("the same insert", "Aap. Noot.", "Aap. Wim. Noot.", "Aap. Wim. Noot.", "Aap. Wim. Noot."),
    ("the same delete", "Aap. Noot. Mies.", "Aap. Mies.", "Aap. Mies.", "Aap. Mies."),
    ("only theirs", "Aap. Noot.", "Aap. Noot. Mies.", "Aap. Noot.", "Aap. Noot. Mies."),
    ("only mine", "Aap. Noot.", "Aap. Noot.", "Noot.", "Noot."),
    (
        "edit and delete, far apart",
        "Aap. Noot. Mies.", "Aapje. Noot. Mies.", "Aap. Noot.", "Aapje. Noot.",
    ),
    (
        "new sentence at the end, edit two back",
        "Aap. Noot.", "Aap. Noot. Mies.", "Aapje. Noot.", "Aapje. Noot. Mies.",
    ),
    (
        "new paragraph behind an edited one",
        "Aap.\n\nNoot.", "Aap.\n\nWim.\n\nNoot.", "Aapje.\n\nNoot.", "Aapje.\n\nWim.\n\nNoot.",
    ),
    ("new paragraph at the end, last one edited", "Aap.", "Aap.\n\nWim.", "Aapje.", "Aapje.\n\nWim."),
    ("new paragraph in front, first one edited", "Aap.", "Wim.\n\nAap.", "Aapje.", "Wim.\n\nAapje."),
    (
        "paragraph gone, the one before edited",
        "Aap.\n\nNoot.\n\nMies.", "Aap.\n\nMies.", "Aapje.\n\nNoot.\n\nMies.", "Aapje.\n\nMies.",
    ),
    (
        "paragraph gone, the one behind edited",
        "Aap.\n\nNoot.\n\nMies.", "Aap.\n\nMies.", "Aap.\n\nNoot.\n\nMiesje.", "Aap.\n\nMiesje.",
    ),
    (
        "end and beginning of paragraphs",
        "Aap.\n\nNoot.", "Aap. Aapje.\n\nNoot.", "Aap.\n\nNootje. Noot.", "Aap. Aapje.\n\nNootje. Noot.",
    ),
    (
        "list items with one between",
        "- a\n- b\n- c", "- aa\n- b\n- c", "- a\n- b\n- cc", "- aa\n- b\n- cc",
    ),
]  # fmt: skip

# what, base, theirs, mine
CONFLICTS = [
    ("one sentence, two words", "Open tot acht uur.", "Open tot negen uur.", "Open vanaf acht uur."),
    ("the same without a capital", "open tot acht", "open tot negen", "open vanaf acht"),
    ("neighbouring sentences", "Aap. Noot. Mies.", "Aapje. Noot. Mies.", "Aap. Nootje. Mies."),
    ("two inserts at one place", "Aap. Noot.", "Aap. Wim. Noot.", "Aap. Jet. Noot."),
    ("two new paragraphs at one place", "Aap.\n\nNoot.", "Aap.\n\nWim.\n\nNoot.", "Aap.\n\nJet.\n\nNoot."),
    ("two new sentences at the end", "Aap.", "Aap. Wim.", "Aap. Jet."),
    ("two texts where nothing was", "", "Wim.", "Jet."),
    ("delete against edit", "Aap. Noot. Mies.", "Aap. Mies.", "Aap. Nootje. Mies."),
    ("paragraph gone against edit", "Aap.\n\nNoot.\n\nMies.", "Aap.\n\nMies.", "Aap.\n\nNootje.\n\nMies."),
    ("everything gone against a new paragraph", "Aap.", "", "Aap.\n\nWim."),
    ("insert right behind an edit", "Aap. Noot.", "Aap. Wim. Noot.", "Aapje. Noot."),
    ("paragraphs joined against edit", "Aap.\n\nNoot.", "Aap. Noot.", "Aapje.\n\nNoot."),
    ("neighbouring list items", "- a\n- b", "- aa\n- b", "- a\n- bb"),
    ("two edits around one of the other", "Aap. Noot. Mies.", "Aapje. Noot. Miesje.", "Aap. Nootje. Mies."),
]


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "joined"), [row[1:] for row in JOINED], ids=[row[0] for row in JOINED]
)
def test_joined(base, theirs, mine, joined):
    for merged in (merge(base, theirs, mine), merge(base, mine, theirs)):
        assert isinstance(merged, Merged)
        assert merged.text == joined


@pytest.mark.parametrize(("base", "theirs", "mine"), [row[1:] for row in CONFLICTS], ids=[row[0] for row in CONFLICTS])
def test_conflict_with_both_texts_whole(base, theirs, mine):
    for one, other in ((theirs, mine), (mine, theirs)):
        found = merge(base, one, other)
        assert isinstance(found, Conflict)
        assert "".join(hunk.theirs for hunk in found.hunks) == one
        assert "".join(hunk.mine for hunk in found.hunks) == other
        assert "".join(hunk.base for hunk in found.hunks) == base


def test_a_conflict_is_shown_sentence_by_sentence_and_the_rest_is_joined():
    found = merge("Een. Acht. Twee. Drie.", "Een. Negen. Twee. Drie.", "Een. Tien. Twee. Vier.")
    assert found.hunks == (
        Hunk("same", "Een. ", "Een. ", "Een. "),
        Hunk("conflict", "Acht.", "Negen.", "Tien."),
        Hunk("same", " Twee. ", " Twee. ", " Twee. "),
        Hunk("mine", "Drie.", "Drie.", "Vier."),
    )
    assert prefill(found.hunks) == "Een. Tien. Twee. Vier."
    assert resolve(found.hunks, ["theirs"]) == "Een. Negen. Twee. Vier."
    assert resolve(found.hunks, ["base"]) == "Een. Acht. Twee. Vier."


def test_no_conflict_is_settled_without_a_choice():
    found = merge("Acht.", "Negen.", "Tien.")
    for choices in ([], ["mine", "mine"]):
        with pytest.raises(ValueError, match="1 conflicts"):
            resolve(found.hunks, choices)


def test_the_change_both_made_is_called_so():
    found = merge("Aap. Noot.", "Aapje. Noot.", "Aapje. Noot.")
    assert [hunk.kind for hunk in found.hunks] == ["both", "same"]


# A text is a list of sentences and borders; an edit keeps, drops, replaces or adds some of them.
SENTENCES = [f"{word} {number}." for word in ("Bank", "Boom", "Hek", "Pad") for number in "123"]
units = st.sampled_from([*SENTENCES, "¶", "- punt", "# Kop"])
one_of_a_kind = st.lists(units, max_size=10, unique_by=lambda unit: unit if unit != "¶" else object())
repeated = st.lists(st.sampled_from(["Ja 1.", "Nee 2.", "¶"]), max_size=8)


def write(found):
    text = "".join("\n\n" if unit == "¶" else unit + ("\n" if unit[0] in "-#" else " ") for unit in found)
    return normalise(text.replace("- ", "\n- ").replace("# ", "\n# "))


@st.composite
def three(draw, start=one_of_a_kind):
    base = draw(start)

    def edited():
        found = list(base)
        for _ in range(draw(st.integers(0, 3))):
            place = draw(st.integers(0, len(found)))
            found[place : place + draw(st.integers(0, 2))] = draw(st.lists(units, max_size=2))
        return found

    return write(base), write(edited()), write(edited())


triples = st.one_of(three(), three(repeated), st.tuples(*[one_of_a_kind.map(write)] * 3))


def counted(text):
    return Counter(sentences(text))


@settings(deadline=None)  # how many examples, the profile says
@given(triples)
def test_changing_places_changes_nothing(texts):
    base, theirs, mine = texts
    one, other = merge(base, theirs, mine), merge(base, mine, theirs)
    assert type(one) is type(other)
    if isinstance(one, Merged):
        assert one.text == other.text
    else:
        mirror = {"theirs": "mine", "mine": "theirs"}
        assert [(mirror.get(h.kind, h.kind), h.base, h.mine, h.theirs) for h in one.hunks] == [
            (h.kind, h.base, h.theirs, h.mine) for h in other.hunks
        ]


@settings(deadline=None)
@given(triples)
def test_who_edits_alone_gets_exactly_that(texts):
    base, theirs, mine = texts
    assert merge(base, base, mine).text == mine
    assert merge(base, theirs, base).text == theirs
    assert merge(base, mine, mine).text == mine


@settings(deadline=None)
@given(triples)
def test_the_hunks_hold_the_three_texts_whole(texts):
    found = merge(*texts)
    for name, text in zip(("base", "theirs", "mine"), texts, strict=True):
        assert "".join(getattr(hunk, name) for hunk in found.hunks) == text
    for hunk in found.hunks:
        same, theirs, mine = hunk.theirs == hunk.mine, hunk.theirs == hunk.base, hunk.mine == hunk.base
        expected = {(True, True, True): "same", (True, False, False): "both", (False, False, True): "theirs"}
        assert hunk.kind == expected.get((same, theirs, mine), "mine" if theirs else "conflict")
    conflict = any(hunk.kind == "conflict" for hunk in found.hunks)
    assert isinstance(found, Conflict) == conflict


@settings(deadline=None)
@given(triples)
def test_every_sentence_of_the_result_was_written_by_one_of_the_two(texts):
    base, theirs, mine = texts
    found = merge(base, theirs, mine)
    if isinstance(found, Merged):
        assert normalise(found.text) == found.text
        assert set(counted(found.text)) <= set(counted(theirs)) | set(counted(mine))


@settings(deadline=None)
@given(triples)
def test_no_insert_is_lost_and_what_nobody_deleted_stays(texts):
    base, theirs, mine = texts
    kept = Counter()
    for hunk in merge(base, theirs, mine).hunks:
        shown = (hunk.theirs, hunk.mine) if hunk.kind == "conflict" else (hunk.joined(),)
        kept.update(sentence for text in shown for sentence in sentences(text))
    for side in (theirs, mine):
        assert set(counted(side)) - set(counted(base)) <= set(kept)
    assert set(counted(base)) & set(counted(theirs)) & set(counted(mine)) <= set(kept)


@settings(deadline=None)
@given(triples)
def test_every_edit_counts_exactly_once(texts):
    base, theirs, mine = texts
    found = merge(base, theirs, mine)
    if isinstance(found, Merged):
        expected = counted(theirs)
        expected.update(counted(mine))
        expected.subtract(counted(base))
        for hunk in found.hunks:
            if hunk.kind == "both":  # the two made the same edit: it was counted twice
                expected.subtract(counted(hunk.mine))
                expected.update(counted(hunk.base))
        assert counted(found.text) == expected


@settings(deadline=None)
@given(triples)
def test_line_ends_and_composed_letters_change_nothing(texts):
    sent_otherwise = [unicodedata.normalize("NFD", text).replace("\n", "\r\n") for text in texts]
    for number in range(3):
        mixed = [*texts]
        mixed[number] = sent_otherwise[number]
        assert merge(*mixed) == merge(*texts)


def test_letters_composed_otherwise_are_no_edit():
    base, theirs = "Café één.\r\n\r\nNoot.", "Cafe\u0301 e\u0301e\u0301n.\n\nNootje."
    assert merge(base, theirs, "Café één. Ja.\n\nNoot.").text == "Café één. Ja.\n\nNootje."


MANY = [f"Dit is zin {number} over de wijk." for number in range(5_000)]


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        (["Nieuw.", *MANY[1:]], [*MANY[:-1], "Anders."]),
        (MANY[::-1], MANY[1:]),
        ([f"Iets {number}." for number in range(5_000)], [f"Anders {number}." for number in range(5_000)]),
        (["Ja."] * 5_000, ["Ja."] * 4_000),
    ],
    ids=["near equal", "upside down", "all different", "all the same"],
)
@pytest.mark.parametrize("between", [" ", "\n\n"], ids=["one paragraph", "many paragraphs"])
@pytest.mark.timeout(60)
def test_five_thousand_sentences_are_no_burden(theirs, mine, between):
    for base in (MANY, ["Ja."] * 5_000):
        found = merge(between.join(base), between.join(theirs), between.join(mine))
        assert type(found) is type(merge(between.join(base), between.join(mine), between.join(theirs)))


def test_repeated_sentences_are_bounded_too():
    base, theirs, mine = ["Ja."] * 5_000, ["Nee.", *["Ja."] * 4_999], [*["Ja."] * 5_000, "Zo."]
    found = merge(" ".join(base), " ".join(theirs), " ".join(mine))
    assert isinstance(found, Merged)
    assert found.text == " ".join(["Nee.", *["Ja."] * 4_999, "Zo."])
