"""Reading files: what YAML may and may not do, encodings, sizes, and attacks that must cost nothing."""

from __future__ import annotations

import json

import pytest

from wijkplatform.exchange.directory import Refused, read, read_mapping
from wijkplatform.exchange.reading import MAX_DEPTH, plain_value, read_yaml

NOTA = "03_nota_van_uitgangspunten.yaml"
GOOD = "nota: null\nuitgangspunten:\n  - id: UP-9\n    titel: Iets\n    tekst: Iets\n"


def told(content: str | bytes) -> tuple[object, list[str]]:
    lines: list[str] = []
    raw = content.encode("utf-8") if isinstance(content, str) else content
    result = read_yaml(raw, lambda line, text: lines.append(f"regel {line}: {text}"))
    return result, lines


@pytest.mark.parametrize(
    ("content", "line", "fragment"),
    [
        ("", 1, "leeg"),
        ("# alleen uitleg\n", 1, "leeg"),
        ("---\n", 1, "leeg"),
        ("- a\n", 1, "Bovenaan"),
        ("tekst\n", 1, "Bovenaan"),
        ("a: 1\n---\nb: 2\n", 2, "tweede document"),
        ("a: 1\n---\n", 2, "tweede document"),
        ("a: &x 1\n", 1, "anker"),
        ("a: 1\nb: *x\n", 2, "Verwijzen"),
        ("a: !!str 1\n", 1, "type-aanduiding"),
        ("a: !eigen {}\n", 1, "type-aanduiding"),
        ("a: !!python/object/apply:os.system ['true']\n", 1, "type-aanduiding"),
        ("a: 1\n<<: {b: 2}\n", 2, "Samenvoegen"),
        ("a: 1\nb: 2\na: 3\n", 3, "twee keer"),
        ("0: a\n0.0: b\n", 2, "twee keer"),
        ("a: =\n", 1, "aanhalingstekens"),
        ("? [a]\n: 1\n", 1, "gewone tekst"),
        ("a: [1\nb: 2\n", 2, "geen geldige YAML"),
        ("a: 'x\n", 2, "geen geldige YAML"),
        ("a: b\n\tc: d\n", 2, "geen geldige YAML"),
        ("a: 1\nb: x\x07y\n", 2, "U+0007"),
        ("a: 1\nb: x\x85y\n", 2, "U+0085"),
        ("a: 1\rb: 2\n", 1, "U+000D"),
        (b"a: 1\nb: \xff\n", 2, "UTF-8"),
        ("a: é\n".encode("utf-16"), 1, "UTF-8"),
        ("é: é\n".encode("latin-1"), 1, "UTF-8"),
        ('a: "\\q"\n', 1, "geen geldige YAML"),
    ],
)
def test_refused_with_its_line(content, line, fragment):
    _, lines = told(content)
    assert any(found.startswith(f"regel {line}: ") and fragment in found for found in lines), lines


def test_bom_crlf_and_comments_are_fine():
    assert told(b"\xef\xbb\xbf# uitleg\r\na: |\r\n  een\r\n  twee\r\n") == ({"a": "een\ntwee\n"}, [])


def test_json_is_yaml():
    content = {"a": ["é 👍", None, True, 1], "b/c": {"d": 'x"y\n'}}
    assert told(json.dumps(content)) == (content, [])
    assert told(json.dumps(content, ensure_ascii=False, indent="\t")) == (content, [])


def test_a_lone_surrogate_stays_to_be_refused(folder, lines_of):
    (folder / NOTA).write_text(GOOD.replace("titel: Iets", 'titel: "a\\ud83d"'))
    assert f"{NOTA}: UP-9 titel: Deze tekst bevat een half teken (een losse surrogaat). Haal het weg." in lines_of()


def test_feff_inside_a_text_is_text():
    assert told("a: x\ufeffy\n") == ({"a": "x\ufeffy"}, [])


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? ", "[[{"])
@pytest.mark.timeout(60)
def test_deep_nesting_stops_early(opener):
    _, lines = told("a:\n  " + opener * 200_000)
    assert len(lines) == 1


def test_twenty_deep_is_allowed_and_no_deeper():
    lists = MAX_DEPTH - 1  # the mapping at the top counts as one
    assert told("a: " + "[" * lists + "]" * lists)[1] == []
    _, lines = told("a: " + "[" * (lists + 1) + "]" * (lists + 1))
    assert lines == ["regel 1: Dit zit te diep: hoogstens 20 lagen in elkaar."]


@pytest.mark.timeout(60)
def test_alias_bomb_costs_nothing():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    _, lines = told(bomb)
    assert len(lines) == 12 + 11 * 9


@pytest.mark.parametrize(
    "text", ["1e3", "1_000", "0x1F", "1:30", ".nan", ".inf", "007", "+5", ".5", "5.", "0b1", "1" * 16]
)
def test_odd_numbers_are_refused(folder, lines_of, text):
    file = folder / "00_gebied.yaml"
    file.write_text(file.read_text().replace("inwoners: 91400", f"inwoners: {text}"))
    (line,) = lines_of()
    assert line.startswith("00_gebied.yaml: GM-WATERRADE inwoners: ")


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (
            "tijd: '19:30'",
            "tijd: 19:30",
            "IM-01 tijd: Zet een tijd tussen aanhalingstekens, bijvoorbeeld '19:30'.",
        ),
        ("datum: 2025-03-11", "datum: 2025-02-30", "IM-01 datum: De datum 2025-02-30 bestaat niet."),
        (
            "datum: 2025-03-11",
            "datum: '2025-03-11'",
            "IM-01 datum: Zet een datum zonder aanhalingstekens: 2025-03-11.",
        ),
        ("soort: wijkgesprek", "soort: No", "IM-01 soort: Hier staat een ja/nee-waarde (false)."),
        (
            "soort: wijkgesprek",
            "soort: 12",
            "IM-01 soort: Hier moet tekst staan. Zet 12 tussen aanhalingstekens.",
        ),
        ("soort: wijkgesprek", "soort: ~", "IM-01 soort: Dit veld is leeg (null)."),
        ("aanwezig: 62", "aanwezig: '62'", "IM-01 aanwezig: '62' is tekst."),
        ("aanwezig: 62", "aanwezig: 62.0", "IM-01 aanwezig: 62.0 is geen heel getal."),
    ],
)
def test_nothing_is_guessed(folder, lines_of, before, after, line):
    file = folder / "02_bewonersagenda.yaml"
    file.write_text(file.read_text().replace(before, after, 1))
    (found,) = lines_of()
    assert found.startswith(f"02_bewonersagenda.yaml: {line}")


def test_plain_scalars_of_yaml_11():
    assert [plain_value(text) for text in ("yes", "Off", "~", "", "08:15", "y", "1e3")] == [
        True,
        False,
        None,
        None,
        "08:15",
        "y",
        "1e3",
    ]


# The directory ----------------------------------------------------------------------------------------------


def test_all_sixteen_and_no_other(folder, lines_of):
    (folder / NOTA).unlink()
    (folder / "extra.yml").write_text("a: 1")
    (folder / "leesmij.txt").write_text("mag")
    (folder / "map.yaml").mkdir()
    assert lines_of() == [
        f"map: {NOTA}: Dit bestand ontbreekt.",
        "map: extra.yml: Dit bestand hoort niet bij het formaat. Haal het weg.",
    ]


def test_a_directory_that_is_not_there(tmp_path):
    with pytest.raises(Refused) as refused:
        read(tmp_path / "weg")
    assert "bestaat niet" in refused.value.lines()[0]


def test_size_is_measured_before_reading(folder, lines_of):
    with (folder / "extra.yaml").open("wb") as file:
        file.truncate(20_000_000)
    assert any(line.startswith("map: grootte: De bestanden zijn samen 20") for line in lines_of())


def test_unreadable_and_unshapely_files_are_told_together_in_order(folder, lines_of):
    (folder / NOTA).write_text("a: [\n")
    file = folder / "00_gebied.yaml"
    file.write_text(file.read_text().replace("formaat: 1", "formaat: 1\nnaam: x"))
    first, second = lines_of()
    assert first == "00_gebied.yaml: naam: Dit veld kent het formaat niet."
    assert second.startswith(f"{NOTA}: regel 2: Dit is geen geldige YAML.")


def test_data_in_memory_is_checked_for_its_files(hood):
    hood.data["extra.yaml"] = hood.data.pop(NOTA)
    assert [line.split(": ")[:2] for line in hood.errors()] == [["map", NOTA], ["map", "extra.yaml"]]
    with pytest.raises(Refused):
        read_mapping({})
