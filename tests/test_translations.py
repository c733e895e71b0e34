"""The languages of the interface: complete, fitting, plain, and what people wrote stays as it is."""

import io
import re
import statistics
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import ascii_letters
from xml.etree.ElementTree import Element

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from tests.support.addresses import EXAMPLES, example
from tests.support.client import Browser, Page
from tests.support.world import OPEN, World
from wijkplatform.core import words
from wijkplatform.places import hats

ROOT = Path(__file__).resolve().parents[1]
OTHERS = words.available()[1:]
LONGEST_SENTENCE, MIDDLE_SENTENCE = 20, 12
PLACE = re.compile(r"%\((\w+)\)[sd]")
STEPS = ("Bewonersagenda", "Wijkplan", "Criteria", "Uitvraag", "Beoordeling", "Afspraken", "Overdracht")
#: Stored with what somebody said, and so in Dutch for everybody: the words of the hats, and the role they belong to.
STAYS_DUTCH = {str(each) for each in hats.SHORT.values()} | {"Bewoner"}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """All sentences in code and templates, found as `make translations` finds them."""
    keywords = re.findall(r" -k (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    target = tmp_path_factory.mktemp("zinnen") / "messages.pot"
    chosen = [part for word in keywords for part in ("-k", word)]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        CommandLineInterface().run(["pybabel", "-q", "extract", "-F", "babel.cfg", *chosen, "-o", str(target), "."])
    return read_po(io.BytesIO(target.read_bytes()))


def folder(language: str) -> Path:
    return words.CATALOGUES / language / "LC_MESSAGES"


@cache
def catalogue(language: str) -> Catalog:
    return read_po(io.BytesIO((folder(language) / "messages.po").read_bytes()), locale=language)


def messages(found: Catalog) -> list[Message]:
    return [each for each in found if each.id]


def texts(value: object) -> list[str]:
    """A message as a list of its forms."""
    return [value] if isinstance(value, str) else list(value or ())  # type: ignore[call-overload]


def test_there_is_english() -> None:
    assert OTHERS == ("en",)


# the catalogues


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_a_translation_and_nothing_is_left_over(template: Catalog, language: str) -> None:
    found = catalogue(language)
    assert found.obsolete == {}, "make translations"
    wanted, there = {each.id for each in messages(template)}, {each.id for each in messages(found)}
    assert wanted - there == set(), "not in the catalogue: make translations"
    assert there - wanted == set(), "not in the code any more: make translations"
    assert [each.id for each in messages(found) if not all(texts(each.string)) or each.fuzzy] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_catalogue_is_that_of_the_words(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    assert (folder(language) / "messages.mo").read_bytes() == compiled.getvalue(), "make translations"


@pytest.mark.parametrize("language", OTHERS)
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    found, plural = catalogue(language), get_plural(language)
    assert (found.num_plurals, found.plural_expr) == (plural.num_plurals, plural.plural_expr)
    for each in messages(found):
        forms = 1 if isinstance(each.id, str) else found.num_plurals
        assert len(texts(each.string)) == forms, each.id


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_places_to_fill_and_ends_the_same(language: str) -> None:
    for each in messages(catalogue(language)):
        ids, strings = texts(each.id), texts(each.string)
        for number, string in enumerate(strings):
            source = ids[min(number, len(ids) - 1)]
            assert set(PLACE.findall(string)) == set(PLACE.findall(source)), source
            assert string.replace(string.strip(), "-") == source.replace(source.strip(), "-"), source
            ends = [re.search(r"[.?!:,…]*\s*$", text)[0] for text in (source, string)]  # type: ignore[index]
            assert ends[0] == ends[1], source
            assert "%" not in PLACE.sub("", string), source


# plain words


def sentences(found: list[str]) -> Iterator[str]:
    for text in found:
        yield from (each for each in re.split(r"(?<=[.!?:;])\s+", text) if each)


def every_form(template: Catalog, language: str) -> list[str]:
    if language == words.DEFAULT:
        return [text for each in messages(template) for text in texts(each.id)]
    return [text for each in messages(catalogue(language)) for text in texts(each.string)]


@pytest.mark.parametrize("language", words.available())
def test_no_sentence_is_long(template: Catalog, language: str) -> None:
    lengths = {each: len(each.split()) for each in sentences(every_form(template, language))}
    assert [each for each, length in lengths.items() if length > LONGEST_SENTENCE] == []
    assert statistics.median(lengths.values()) <= MIDDLE_SENTENCE


def test_people_are_addressed_with_u(template: Catalog) -> None:
    familiar = re.compile(r"\b(je|jij|jouw|jullie)\b", re.I)
    assert [text for text in every_form(template, "nl") if familiar.search(text)] == []


def test_the_text_is_a_he(template: Catalog) -> None:
    """`Tekst` is no woman: what was `haar` before is `hem`."""
    assert [text for text in every_form(template, "nl") if re.search(r"tekst\b[^:]*\bhaar\b", text, re.I)] == []


@pytest.mark.parametrize("language", words.available())
def test_the_names_of_the_steps_fit_around_the_circle(language: str) -> None:
    """The first stands above it, the others beside it, where a phone has room for about twelve letters."""
    told = {each.id: str(each.string) for each in messages(catalogue(language))} if language in OTHERS else {}
    names = [told.get(name, name) for name in STEPS]
    assert len(names[0]) <= 18
    assert [name for name in names[1:] if len(name) > 12] == []


# the pages


@pytest.fixture
def english(visitor: Browser) -> Browser:
    speak(visitor.go("/"), "English")
    return visitor


def speak(page: Page, name: str) -> Page:
    """Press the button of a language."""
    return page.form("/taal").submit(name)


def test_a_language_is_chosen_in_the_footer_and_one_comes_back_to_the_same_page(visitor: Browser) -> None:
    path = f"/wijken/{OPEN}/agenda?volgorde=nieuw"
    page = speak(visitor.go(path), "English")
    assert (page.path, page.status) == (path, 200)
    assert next(iter(page.all("html"))).get("lang") == "en"
    assert page.heading == "What should get better in our neighbourhood"
    page = speak(page, "Nederlands")
    assert next(iter(page.all("html"))).get("lang") == "nl"
    assert page.heading == "Wat er beter moet in onze wijk"


def test_each_language_has_a_button_in_its_own_name_and_the_one_spoken_is_marked(english: Browser) -> None:
    buttons = {each.get("value"): each for each in english.go("/").all("button") if each.get("name") == "taal"}
    assert {code: "".join(each.itertext()) for code, each in buttons.items()} == {"nl": "Nederlands", "en": "English"}
    assert [code for code, each in buttons.items() if each.get("aria-current")] == ["en"]
    assert all(each.get("lang") == code for code, each in buttons.items())


def test_a_language_that_is_not_there_is_dutch(visitor: Browser) -> None:
    visitor.post("/taal", data={"taal": "xx", "van": "/"})
    assert next(iter(visitor.go("/").all("html"))).get("lang") == "nl"


def test_whoever_is_logged_in_chooses_as_well(world: World) -> None:
    browser = world.as_role("bewoner")
    assert speak(browser.go("/mijn/sessies"), "English").heading == "My account"


def test_the_answer_to_a_form_offers_no_other_language(world: World) -> None:
    """Going there would lose what was typed."""
    browser = world.as_role("bewoner")
    page = browser.go(f"/wijken/{OPEN}/agenda/nieuw").form("/agenda/nieuw").submit(title="", text="Hier waait het.")
    assert page.status == 422
    assert [each.action for each in page.forms if each.action == "/taal"] == []


def in_dutch(language: str) -> list[re.Pattern[str]]:
    """Every Dutch sentence that this language says otherwise, with anything in its open places.

    One with hardly a word of its own is left out: it would be found in what people wrote.
    """
    found = []
    for each in messages(catalogue(language)):
        for source in texts(each.id):
            bare = PLACE.sub("", source)
            letters = sum(letter in ascii_letters for letter in bare)
            if source in texts(each.string) or (PLACE.search(source) and (letters < 6 or len(bare.split()) < 2)):
                continue
            parts = [re.escape(part) for part in re.split(r"%\(\w+\)[sd]", source.strip())]
            found.append(re.compile(".+?".join(parts)))
    return found


def shown(tree: Element, language: str, here: bool = True) -> Iterator[str]:
    """Every piece of text and every attribute that is read out, outside of what says it is in another language."""
    here = here and tree.get("lang", language) == language
    if here:
        yield from (tree.get(name, "") for name in ("aria-label", "title", "alt", "placeholder"))
        if tree.tag not in ("script", "style"):
            yield tree.text or ""
    for each in tree:
        yield from shown(each, language, here)
        if here:
            yield each.tail or ""


def dutch_left(page: Page, language: str) -> set[str]:
    assert page.tree is not None
    assert page.tree.get("lang") == language, page.path
    patterns = in_dutch(language)
    pieces = {" ".join(each.split()) for each in shown(page.tree, language)} - {""}
    return {piece for piece in pieces if any(pattern.fullmatch(piece) for pattern in patterns)}


@pytest.mark.parametrize("role", [None, "bewoner"])
def test_in_english_no_page_says_a_word_of_dutch(world: World, role: str | None) -> None:
    browser = world.as_role(role) if role else world.browser()
    speak(browser.go("/"), "English")
    left = {}
    for rule in EXAMPLES:
        page = browser.go(example(world, rule, OPEN))
        if page.tree is not None and rule != "/onderdelen":  # that page is for builders, and full of examples
            left[rule] = dutch_left(page, "en")
    assert {rule: found for rule, found in left.items() if found} == {}


def test_dutch_that_is_left_is_found(visitor: Browser) -> None:
    page = visitor.go(f"/wijken/{OPEN}/agenda")
    assert page.tree is not None
    page.tree.set("lang", "en")
    assert {"Wat er beter moet in onze wijk", "Per buurt", "Naar de inhoud"} <= dutch_left(page, "en")


def test_what_people_wrote_stays_in_its_own_language(english: Browser, world: World) -> None:
    code, title, text = world.watch.execute(
        "SELECT need.code, need.title, need.text FROM need JOIN neighbourhood n ON n.id = need.neighbourhood_id "
        "WHERE n.slug = ? AND need.language = 'nl' ORDER BY need.id", (OPEN,),
    ).fetchone()  # fmt: skip
    page = english.go(f"/wijken/{OPEN}/agenda/{code}")
    assert page.heading == title
    said = next(each for each in page.all("div") if "prose" in (each.get("class") or ""))
    assert said.get("lang") == "nl"
    assert " ".join("".join(said.itertext()).split())[:40] == " ".join(text.split())[:40]


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_stored_is_dutch_in_every_language(world: World, language: str) -> None:
    """A contribution keeps the hat it was made with: other readers must not find it in the writer's language."""
    for each in messages(catalogue(language)):
        if each.id in STAYS_DUTCH:
            assert each.string == each.id
    browser = world.as_role("sociaal_makelaar")
    speak(browser.go("/"), "English")
    form = browser.go(f"/wijken/{OPEN}/agenda/nieuw").form("/agenda/nieuw")
    assert form.submit(title="Een bankje bij de toren", text="Wie wacht, staat.").status == 200
    hat = world.watch.execute(
        "SELECT hat FROM voice JOIN need ON need.voice_id = voice.id WHERE need.title = 'Een bankje bij de toren'"
    ).fetchone()[0]
    assert hat.startswith("sociaal makelaar")
