"""Which characters may stand where: the table of docs/FORMAT.md, 'Characters', for forms and imports alike."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkplatform.core import characters

CONTROL = [chr(code) for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"]
BIDI = [chr(code) for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]
INVISIBLE = [chr(code) for code in (0x200B, 0x2060, 0xFEFF, 0x00AD, 0x2028, 0x2029)]
JOINERS = ["\u200c", "\u200d"]


@pytest.mark.parametrize("sign", CONTROL, ids=lambda sign: f"{ord(sign):04X}")
def test_control_characters_stand_nowhere(sign: str) -> None:
    assert characters.fault_in_text(f"a{sign}b") == f"U+{ord(sign):04X}"
    assert characters.fault_in_name(f"a{sign}b") == f"U+{ord(sign):04X}"


def test_lone_surrogates_stand_nowhere() -> None:
    assert characters.fault_in_text("a\ud800b") == "U+D800"
    assert characters.fault_in_name("a\udfffb") == "U+DFFF"
    assert characters.clean_name("a\ud800b") == "ab"


@pytest.mark.parametrize("sign", ["\t", "\n", *BIDI, *INVISIBLE], ids=lambda sign: f"{ord(sign):04X}")
def test_what_may_stand_in_a_text_and_not_in_a_name(sign: str) -> None:
    assert characters.fault_in_text(f"a{sign}b") is None
    assert characters.fault_in_name(f"a{sign}b") == f"U+{ord(sign):04X}"


@pytest.mark.parametrize("joiner", JOINERS, ids=["zwnj", "zwj"])
@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [("می", "خواهم", True), ("👩", "🔬", True), ("क", "ष", True), ("a", "b", False), ("é", "b", False), ("", "é", False),
     ("é", "", False), ("a", "é", False)],
)  # fmt: skip
def test_joiners_are_kept_only_between_letters_that_need_them(joiner: str, before: str, after: str, kept: bool) -> None:
    name = before + joiner + after
    assert (characters.fault_in_name(name) is None) is kept
    assert characters.fault_in_text(name) is None
    assert characters.clean_name(name) == (name if kept else before + after)


def test_a_typed_name_is_one_line_without_what_nobody_sees() -> None:
    assert characters.clean_name("  Jan\r\n de\tBoer\u202e \u200b") == "Jan  de Boer"
    assert characters.clean_name("Renée") == "Renée"
    assert characters.clean_name("\u200b\u2060") == ""


def test_nfc_and_one_way_to_end_a_line() -> None:
    assert characters.normal("e\u0301") == "é"
    assert characters.normal("a\r\nb\rc") == "a\nb\rc", "a lone CR is a control character, and refused as one"


@given(st.text())
def test_a_cleaned_name_is_always_a_good_name(raw: str) -> None:
    name = characters.clean_name(raw)
    assert characters.fault_in_name(name) is None
    assert characters.clean_name(name) == name
    assert name == name.strip()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_normal_text_stays_as_it_is(raw: str) -> None:
    once = characters.normal(raw)
    assert characters.normal(once) == once
    assert unicodedata.is_normalized("NFC", once)
