"""What is written reads back as itself, whatever people type; equality; moving by years and back."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkplatform.exchange.equal import differences
from wijkplatform.exchange.fields import ID, MOMENT, NAME, NUMBER, TEXT, Time, Wrong, in_amsterdam
from wijkplatform.exchange.reading import read_yaml
from wijkplatform.exchange.schema import Place
from wijkplatform.exchange.shape import check
from wijkplatform.exchange.shifting import shift, shift_back
from wijkplatform.exchange.tables import FILES
from wijkplatform.exchange.writing import text_of, write

FILE = "03_nota_van_uitgangspunten.yaml"


def through(file: str, content: dict) -> dict:
    """Written as bytes and read back."""
    told: list[object] = []
    raw = read_yaml(text_of(file, content).encode("utf-8"), lambda *what: told.append(what))
    result = check(FILES[file], raw, Place(), lambda *what: told.append(what))
    assert told == []
    return result


def accepted(kind, strategy):
    def parse(value):
        try:
            return kind.parse(value)
        except Wrong:
            return None

    return strategy.map(parse).filter(lambda value: value is not None)


ANY = st.text(
    st.one_of(
        st.sampled_from(list(" \t\n\n  :#-'\"\\|>&*!%@`[]{},?=~<.\u00ad\u200d\u202e\u2028\u2029\ufeff\ufffe\u00a0é👍")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)
TEXTS = accepted(TEXT, ANY)
NAMES = accepted(NAME, ANY)
IDS = accepted(ID, st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,8}", fullmatch=True))
NUMBERS = accepted(NUMBER, st.decimals(min_value=0, max_value=10**9, places=4))


@settings(max_examples=250, deadline=None)
@given(code=IDS, title=NAMES, text=TEXTS)
def test_any_text_comes_back_exactly(code, title, text):
    content = {"nota": None, "uitgangspunten": [{"id": code, "titel": title, "tekst": text}] * 2}
    assert through(FILE, content) == content


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_also_at_the_top_of_a_file(text):
    content = {"toelichting": text, "sporen": []}
    assert through("15_invloedsspoor.yaml", content) == content


@settings(max_examples=100, deadline=None)
@given(bid=IDS, code=IDS, number=NUMBERS, day=st.dates(), moment=st.datetimes(timezones=st.just(UTC)))
def test_keys_numbers_and_moments_come_back(hood_nine, bid, code, number, day, moment):
    content = copy.deepcopy(hood_nine)
    content["consensus"] = {bid: {code: {"score": number, "motivering": "x"}}}
    content["planning"]["consensus"] = day
    try:
        content["inschrijvingen"][0]["ontvangen"] = MOMENT.parse(moment)
    except Wrong:  # the first and last hours of the calendar
        return
    assert through("09_inschrijvingen_en_beoordeling.yaml", content) == content


@pytest.fixture(scope="module")
def hood_nine(demo):
    return demo.data["09_inschrijvingen_en_beoordeling.yaml"]


TRICKY = [
    "null", "~", "No", "yes", "1e3", "012", "0x1F", "1_000", "19:30", "2026-05-12", "=", "<<", "- a", "? a",
    "a: b", "a #b", "#a", "'", '"', "a'b", "%", "@", "`", "*a", "&a", "!a", "|", ">", "[a]", "{a}", "a:",
    "---", "...", "a\n", "a\n\n", "\na", " a\nb", "a \nb", "a\n b", "a\n\n\nb", "a\n---\nb", "\ta", "a\tb\nc",
    "a\u2028b", "x" * 3000, "a\n#b\n", "\ufeffa", "a\u00adb", "\u202ba\u202c", "a\\nb", "é\u200d👩",
]  # fmt: skip


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_texts(text):
    content = {"nota": None, "uitgangspunten": [{"id": "UP-1", "titel": "x", "tekst": text}]}
    assert through(FILE, content) == content
    assert "\u2028" not in text_of(FILE, content)


def test_bytes_as_the_agreement_wants_them(demo, tmp_path):
    write(tmp_path, demo.data)
    for file in FILES:
        content = (tmp_path / file).read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
        assert content.endswith(b"\n")
    assert "tijd: '08:15'" in (tmp_path / "07_reacties.yaml").read_text()
    assert "ontvangen: '2026-03-08T16:42:00+01:00'" in (tmp_path / "09_inschrijvingen_en_beoordeling.yaml").read_text()


def test_empty_blocks_are_written_and_defaults_are_not(hood):
    hood("R-01").update(steun=0, taal="nl", citaat=None)
    text = text_of("07_reacties.yaml", hood.data["07_reacties.yaml"])
    assert "steun: 0" not in text
    assert "taal: " not in text
    assert text_of(FILE, {"nota": None, "uitgangspunten": []}) == "nota: null\nuitgangspunten: []\n"


def test_a_mistake_of_ours_writes_nothing(hood, tmp_path):
    hood("P-01")["bijnaam"] = "x"
    with pytest.raises(ValueError, match="bijnaam"):
        write(tmp_path / "uit", hood.data)
    assert not (tmp_path / "uit").exists()


# Equality ---------------------------------------------------------------------------------------------------


def test_what_counts_as_the_same(demo, hood):
    hood("R-01").update(citaat=hood("R-01")["citaat"], steun=0, taal="nl", namens=None)
    hood("WS-01")["versie_teksten"] = []
    hood("K1")["gewicht"] = Decimal("18.0")
    hood("IN-A")["ontvangen"] = datetime(2026, 3, 8, 15, 42, tzinfo=UTC)
    hood("R-01")["tijd"] = Time.parse("08:15:00")
    hood["centra"][0] = dict(reversed(hood["centra"][0].items()))
    hood("P-02")["naam"] = "Kemal Oruc\u0327lar"
    assert differences(demo.data, hood.data) == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda n: n("BH-01")["buurten"].reverse(), "BH-01 buurten: [BU-HAV, BU-ZON] ≠ [BU-ZON, BU-HAV]"),
        (lambda n: n("BH-01").update(steun=149), "BH-01 steun: 148 ≠ 149"),
        (lambda n: n("BH-01").update(tekst=n("BH-01")["tekst"] + " "), "BH-01 tekst: "),
        (lambda n: n("BH-01").pop("thema"), "BH-01 thema: vertrouwen ≠ niets"),
        (lambda n: n("BH-01").update(taal="fy"), "BH-01 taal: niets ≠ fy"),
        (lambda n: n["behoeften"].pop(), "behoeften: lijst van 12 ≠ lijst van 11"),
        (lambda n: n("BH-01").update(steun=0), "BH-01 steun: 148 ≠ 0"),
    ],
)
def test_what_does_not(demo, hood, change, line):
    change(hood)
    (found,) = differences(demo.data, hood.data)
    assert found.startswith(f"02_bewonersagenda.yaml: {line}")


def test_yes_is_not_one(demo, hood):
    hood("BU-HAV")["kwetsbaar"] = 1
    assert differences(demo.data, hood.data) == ["00_gebied.yaml: BU-HAV kwetsbaar: true ≠ 1"]


# Years ------------------------------------------------------------------------------------------------------


def test_moved_and_back(demo):
    for years in (-2, 1, 3, 30):
        moved = shift(demo.data, years)
        assert moved.notes == {}
        assert shift_back(moved.data, years, moved.notes) == demo.data
    assert moved.data["02_bewonersagenda.yaml"]["inspraakmomenten"][0]["datum"] == date(2055, 3, 11)


def test_what_the_calendar_changes_comes_back(hood):
    hood("IM-01").update(datum=date(2024, 2, 29))
    hood("IM-02").update(datum=date(2025, 10, 26), tijd=Time.parse("02:30+01:00"))
    hood("IM-03").update(datum=date(2025, 3, 29), tijd=Time.parse("02:30"))
    hood("IN-A")["ontvangen"] = in_amsterdam(datetime(2025, 10, 26, 1, 30, tzinfo=UTC))
    moved = shift(hood.data, 1)
    talks = moved.data["02_bewonersagenda.yaml"]["inspraakmomenten"]
    assert [(str(t["datum"]), str(t["tijd"])) for t in talks[:3]] == [
        ("2025-02-28", "19:30"),
        ("2026-10-26", "02:30"),
        ("2026-03-29", "03:30"),
    ]
    assert moved.notes["02_bewonersagenda.yaml: IM-01 datum"] == ["2025-02-28", "2024-02-29"]
    assert len(moved.notes) == 4
    assert shift_back(moved.data, 1, moved.notes) == hood.data


def test_what_was_changed_since_only_moves(hood):
    hood("IM-01").update(datum=date(2024, 2, 29))
    moved = shift(hood.data, 1)
    talks = moved.data["02_bewonersagenda.yaml"]["inspraakmomenten"]
    talks[0]["datum"] = date(2025, 3, 2)
    talks[1]["datum"] = date(2025, 2, 28)
    back = shift_back(moved.data, 1, moved.notes)["02_bewonersagenda.yaml"]["inspraakmomenten"]
    assert [t["datum"] for t in back[:2]] == [date(2024, 3, 2), date(2024, 2, 28)]


def test_moments_keep_their_clock_time(hood):
    hood("IN-A")["ontvangen"] = in_amsterdam(datetime(2025, 3, 29, 11, 0, tzinfo=UTC))  # noon, winter
    moved = shift(hood.data, 1).data["09_inschrijvingen_en_beoordeling.yaml"]["inschrijvingen"][0]
    assert moved["ontvangen"].isoformat() == "2026-03-29T12:00:00+02:00"  # noon, summer


def test_out_of_the_calendar(demo):
    with pytest.raises(ValueError, match="kalender"):
        shift(demo.data, 8000)
