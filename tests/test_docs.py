"""The documents say what the code does: settings, commands, targets, features and examples are compared with it."""

import hashlib
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
import yaml
from pydantic.fields import FieldInfo

from tests.test_architecture import LAYERS
from wijkplatform import features
from wijkplatform.cli import main
from wijkplatform.config import Settings
from wijkplatform.core import offers, words

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
#: Places on somebody's machine, and papers that do not come with the project. A letter in brackets keeps this line out.
STRANGE = re.compile(
    r"(?<![\w.])/(?:wor[k]|roo[t]|hom[e]|User[s])/[\w.]|DESIG[N]\.md|\.\./share[d]\b|index-ur[l]\s*=|\bissue #?\d", re.I
)
#: Words and pairs of words that say how something was made instead of what it is; as digests, to keep them out of here.
NOT_OURS = {
    "94a168d2da", "d298391b07", "3e2a84f8ee", "6764434518", "60965168ce", "3ea125d0bf",
    "c857d09db2", "c70eca6b0f", "7d3194f79e", "487b91042c", "e16202309c",
}  # fmt: skip
#: Where addresses in our files may lead: examples, this machine, and where standards and licences live.
HOSTS = re.compile(
    r"(.+\.)?(example|voorbeeld\.nl|localhost|w3\.org|sil\.org|publiccode\.tools|creativecommons\.org|github\.com|x\.nl|wijk)|127\.0\.0\.1|"
)
BINARY = {".woff2", ".png", ".mo", ".br", ".gz", ".ico"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def chapter(title: str) -> str:
    """A chapter of the README, up to the next one."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", read("README.md"), re.M | re.S)
    assert found, f"README has no chapter {title}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The rows of the tables in a text, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0].startswith("`")]


# settings, commands, targets


def name_of(field: str, info: FieldInfo) -> str:
    return str(info.validation_alias or f"WIJKPLATFORM_{field.upper()}")


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    told = {row[0].strip("`"): row[1].strip("`") for row in rows(chapter("Settings"))}
    real = {name_of(field, info): str(info.default) or "empty" for field, info in Settings.model_fields.items()}
    assert told == real


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, info in Settings.model_fields.items() if not info.description] == []


def commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        elif not command.hidden:
            yield f"{before}{name}", command


def test_every_command_and_every_option_stands_in_the_readme() -> None:
    told = {row[0].strip("`"): " ".join(row) for row in rows(chapter("Commands"))}
    missing = []
    for name, command in commands(main):
        line = next((text for first, text in told.items() if re.match(rf"{name}(?![\w-])", first)), None)
        if line is None:
            missing.append(name)
            continue
        for each in command.params:
            if isinstance(each, click.Option) and not each.hidden and each.opts[0] not in line:
                missing.append(f"{name} {each.opts[0]}")
    assert missing == []


def test_the_readme_names_no_command_that_is_not_there() -> None:
    real = {name for name, _command in commands(main)}
    told = {re.match(r"[a-z]+(?:-[a-z]+)*(?: import)?", row[0].strip("`")) for row in rows(chapter("Commands"))}
    assert {found[0] for found in told if found} == real


def test_every_command_has_a_sentence_of_help() -> None:
    assert [name for name, command in commands(main) if not command.help] == []


def test_every_make_target_stands_in_the_readme() -> None:
    real = set(re.findall(r"^([a-z-]+):.*##", read("Makefile"), re.M))
    told = {row[0].strip("`").removeprefix("make ") for row in rows(chapter("Run it"))}
    assert told == real


# where everything lives


def test_the_readme_knows_every_feature_in_the_order_of_the_line() -> None:
    text = chapter("Where everything lives")
    line = text.partition("**The line.**")[2].partition(". A feature")[0]
    assert re.findall(r"`(\w+)`", line) == list(features.FEATURES)
    tree = text.partition("```")[2].partition("```")[0]
    assert [name for name in features.FEATURES if not re.search(rf"\b{name}\b", tree)] == []


def test_the_readme_knows_every_directory() -> None:
    tree = chapter("Where everything lives").partition("```")[2].partition("```")[0]
    inside = [path.name for path in (ROOT / "wijkplatform").iterdir() if (path / "__init__.py").exists()]
    above = ["templates", "static", "translations", "migrations", "tests", "docs"]
    assert [name for name in [*inside, *above] if not re.search(rf"\b{name}\b", tree)] == []


def test_the_documents_name_the_files_of_a_feature_in_their_order() -> None:
    rule = re.search(r"the files have the same names everywhere: (.*?)\.", chapter("Where everything lives"), re.S)
    assert rule
    assert re.findall(r"`(\w+)`", rule[1]) == list(LAYERS)
    table = read("docs/BUILDING.md").partition("## A feature, file by file")[2].partition("## ")[0]
    assert [row[0].strip("`") for row in rows(table)] == list(LAYERS)


def test_every_question_of_the_offers_is_told() -> None:
    told = " ".join(row[0] for row in rows(read("docs/BUILDING.md")))
    assert [name for name in offers.QUESTIONS if f"`{name}`" not in told] == []


def examples() -> Iterator[tuple[str, str]]:
    """Pieces of code in the documents that say which file they are from."""
    for page in PAGES:
        for block in re.findall(r"^```(?:python|html)\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S):
            first, _newline, code = block.partition("\n")
            yield first.strip("#{} "), code


def test_examples_are_real_code() -> None:
    found = list(examples())
    assert len(found) >= 8
    for name, code in found:
        real = {line.strip() for line in read(name).splitlines()}
        stray = [line for line in code.splitlines() if line.strip() not in {*real, "…", ""}]
        assert stray == [], f"not in {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_documents_name_are_there(page: Path) -> None:
    named = re.compile(r"`((?:wijkplatform|templates|tests|docs|static|migrations)/[\w./-]+\.\w+)`")
    for name in named.findall(page.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), name


# what goes with the project


def test_the_changelog_has_an_entry_for_this_version() -> None:
    assert re.findall(r"^## ([\d.]+)$", read("CHANGELOG.md"), re.M)[0] == PROJECT["version"]


def test_the_licence_is_there_as_a_whole() -> None:
    text = read("LICENSE")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert [int(number) for number in re.findall(r"^## (\d+)\. ", text, re.M)] == list(range(1, 16))
    assert "## Appendix" in text
    assert len(text.split()) > 2_200
    assert PROJECT["license"] == "EUPL-1.2"


def test_publiccode_tells_what_this_is() -> None:
    told = yaml.safe_load(read("publiccode.yml"))
    needed = {
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal",
        "maintenance", "localisation",
    }  # fmt: skip
    assert needed <= set(told)
    assert told["publiccodeYmlVersion"] == "0.7"
    assert (told["name"], told["softwareVersion"]) == (PROJECT["name"], PROJECT["version"])
    assert told["legal"]["license"] == PROJECT["license"]
    assert told["maintenance"]["contacts"]
    assert set(told["localisation"]["availableLanguages"]) == set(words.available())
    assert {"nl", "en"} <= set(told["description"])
    for each in told["description"].values():
        assert len(each["shortDescription"]) <= 150
        assert 150 <= len(each["longDescription"]) <= 10_000
        assert each["features"]


# nothing strange


def kept() -> list[Path]:
    """The files of the project: what git keeps or would keep, and everything where there is no git."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    outside = {".venv", "node_modules", "data", "build", "__pycache__"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not outside & set(path.parts)]


def lines() -> Iterator[tuple[str, str]]:
    """Every line of every file that holds words, with where it stands."""
    for path in kept():
        if path.suffix not in BINARY and not path.name.endswith(".min.js"):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield f"{path.relative_to(ROOT)}:{number}", line


def strange(line: str) -> list[str]:
    """What in this line belongs to a machine or a way of working, and not to the project."""
    found = [match[0] for match in STRANGE.finditer(line)]
    said = re.findall(r"[a-z]+", line.lower()) + re.findall(r"\b(?=([a-z]+ [a-z]+)\b)", line.lower())
    found += [each for each in said if digest(each) in NOT_OURS]
    return found + [host for host in re.findall(r"https?://([\w.-]*)", line) if not HOSTS.fullmatch(host.rstrip("."))]


@cache
def digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()[:10]


def test_nothing_of_somebodys_machine_or_way_of_working_is_left_in_a_file() -> None:
    assert [f"{place}: {found}" for place, line in lines() if (found := strange(line))] == []


@pytest.mark.parametrize(
    "line", ["see /ro~ot/x", "in /wo~rk/main", "read DESI~GN.md", "as in iss~ue 12", "http~://mirror.intern/x"]
)
def test_what_is_strange_is_found(line: str) -> None:
    assert strange(line.replace("~", ""))


@pytest.mark.parametrize(
    "line", ["wijkplatform/home/queries.py", "people at work/home", "https://wijk.voorbeeld.nl/", "the issue is"]
)
def test_what_is_ours_is_not_strange(line: str) -> None:
    assert strange(line) == []
