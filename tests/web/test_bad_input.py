"""Every form, found by walking the pages as each kind of person, and everything that can be typed wrong.

The answer is the page again with a sentence at the field and the text still there, or a plain page that says what is
wrong. Never a fault of ours, never a lost text, and nothing half done.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from werkzeug.datastructures import MultiDict

from tests.support.addresses import EXAMPLES, example
from tests.support.client import Form, Page
from tests.support.form import wide
from tests.support.world import FINISHED, OPEN, World

WALKERS = [None, "puur-bewoner", "puur-beleidsregisseur", "puur-wethouder", "nieuw"]
BIDI, ZERO_WIDTH, CONTROL = "\u202etekst\u2069", "a\u200b\u200cb\u2060", "a\x00b\x07c\x9f"
LONG = "Te lang. " * 120_000  # just over a megabyte
TEXTS = {
    "empty": "", "spaces": " \n\t ", "control": CONTROL, "bidi": BIDI, "zero width": ZERO_WIDTH, "megabyte": LONG,
    "number": "-1", "big number": "9" * 40, "not a number": "één", "unknown id": "999999999", "markup": "<b>hoi</b>",
    "script": "\"><script>alert(1)</script>", "template": "{{ 7 * 7 }} {% raw %}", "percent": "100% %(state)s %s %n",
    "sql": "'; DROP TABLE person; --", "surrogate": "\ufffd", "null word": "null", "superscript": "²³", "crlf": "a\r\nb\rc",
    "nfd": "re\u0301union", "emoji": "👩‍👩‍👧 🏳️‍🌈", "arabic": "مرحبا بكم", "path": "../../etc/passwd", "line sign": "a\u2028b",
    "header": "x\r\nSet-Cookie: a=b",
}  # fmt: skip
FEW = ("empty", "control", "big number", "script")
SHORT = {None: (*FEW, "megabyte"), "puur-bewoner": (*FEW, "bidi", "superscript", "percent", "unknown id")}
#: Fields that the page itself fills in: wrong ones are somebody playing, and a plain page is answer enough.
OWN_FIELDS = {
    "change",
    "near",
    "read",
    "stuk",
    "csrf_token",
    "van",
    "base",
    "theirs",
    "hat",
    "deed",
    "verder",
    "aanvraag",
    "taal",
}


@dataclass
class Found:
    """A form, where it was found, and by whom."""

    walker: str | None
    page: str
    action: str
    fields: list[tuple[str, str]]

    @property
    def name(self) -> str:
        return f"{self.walker or 'bezoeker'} {self.action}"


def walk(world: World, walker: str | None) -> Iterator[tuple[Page, Form]]:
    """Every form on every page that this person can open."""
    browser = world.as_role(walker) if walker else world.browser()
    for slug in (OPEN, FINISHED):
        for rule in sorted(EXAMPLES):
            if rule == "/onderdelen":
                continue  # samples; their forms lead nowhere
            page = browser.go(example(world, rule, slug), follow=False)
            yield from ((page, form) for form in page.forms)


def distinct(world: World, walker: str | None) -> list[Found]:
    """One of each kind of form: the same address with other codes is the same form."""
    found: dict[str, Found] = {}
    for page, form in walk(world, walker):
        kind = re.sub(r"/[A-Z]+-\d+|/[\w-]{12}(?=/|$)|/\d+(?=/|$)", "/…", urlsplit(form.action).path)
        kind = f"{form.method} {kind.replace(OPEN, '…').replace(FINISHED, '…')}"
        found.setdefault(kind, Found(walker, page.path, form.action, list(form.fields.items(multi=True))))
    return list(found.values())


def again(world: World, found: Found) -> Form:
    browser = world.as_role(found.walker) if found.walker else world.browser()
    page = browser.go(found.page, follow=False)
    return next(each for each in page.forms if each.action == found.action)


def names_of(form: Form) -> list[str]:
    """All fields of a form, also those without a value yet."""
    element = next(
        each
        for each in form.page.all("form")
        if urlsplit(form.action).path.endswith(urlsplit(each.get("action", "")).path)
    )
    named = [each.get("name", "") for each in element.iter() if each.tag in ("input", "textarea", "select", "button")]
    return list(dict.fromkeys(name for name in named if name))


def acceptable(page: Page) -> None:
    """A deed, the page again with a sentence at the field, or a plain page: nothing else."""
    assert page.status < 500
    assert page.status in (200, 303, 400, 403, 404, 409, 410, 413, 422, 429), page.status
    if page.status == 422:
        assert 'class="error"' in page.html or 'id="fouten"' in page.html, "refused without a sentence at the field"


@pytest.mark.parametrize("walker", WALKERS, ids=lambda each: each or "bezoeker")
def test_every_form_survives_everything_that_can_be_typed(world: World, walker: str | None) -> None:
    forms = distinct(world, walker)
    assert forms
    for found in forms:
        mark = world.mark()
        for kind in wide(SHORT.get(walker, FEW), TEXTS):
            try:
                form = again(world, found)
            except StopIteration:  # the deed was done, and with it its form is gone
                break
            for name in names_of(form):
                if name == "csrf_token":
                    continue
                data = MultiDict(form.fields)
                data.setlist(name, [TEXTS[kind]])
                page = form.page.browser.send(form.method, form.action, data, follow=False)
                try:
                    acceptable(page)
                    if page.status == 422 and name not in OWN_FIELDS and kind in ("script", "percent"):
                        assert typed_is_there(page, name, TEXTS[kind]), "what was typed is gone"
                except AssertionError as fault:
                    raise AssertionError(f"{found.name}: {name} = {kind}: {fault}") from None
        world.back(mark)


def typed_is_there(page: Page, name: str, text: str) -> bool:
    return any(text.split()[0][:12] in value for form in page.forms for value in form.fields.getlist(name)) or (
        text.strip()[:6] in "".join("".join(each.itertext()) for each in page.all("textarea"))
    ) or not any(name in form.fields for form in page.forms)  # fmt: skip


@pytest.mark.parametrize("walker", WALKERS, ids=lambda each: each or "bezoeker")
def test_fields_that_are_missing_doubled_or_added_change_nothing(world: World, walker: str | None) -> None:
    for found in distinct(world, walker):
        mark = world.mark()
        form = again(world, found)
        token = {"csrf_token": form.fields["csrf_token"]} if "csrf_token" in form.fields else {}
        sent = [MultiDict(token)]
        for name in names_of(form):
            without, twice = MultiDict(form.fields), MultiDict(form.fields)
            without.poplist(name)
            twice.setlist(name, ["een", "twee"])
            sent += [each for each in (without, twice) if name != "csrf_token"]
        extra = MultiDict(form.fields)
        for name in (
            "person_id",
            "neighbourhood_id",
            "state",
            "administrator",
            "sealed_until",
            "id",
            "voice_id",
            "__class__",
        ):
            extra.add(name, "1")
        for data in (*sent, extra):
            page = form.page.browser.send(form.method, form.action, data, follow=False)
            try:
                acceptable(page)
            except AssertionError as fault:
                raise AssertionError(f"{found.name}: {sorted(data)}: {fault}") from None
        world.back(mark)


def test_a_doubled_field_is_refused_and_not_guessed(world: World) -> None:
    form = world.as_role("puur-bewoner").go(f"/wijken/{OPEN}/agenda/nieuw").form("/agenda/nieuw")
    page = form.submit(title=["Een bankje", "Twee bankjes"], text="Bij de brug.", shown_as="resident")
    assert page.status == 422
    assert "dubbel" in page.words


@pytest.mark.parametrize("field", ["title", "text"])
def test_a_megabyte_is_refused_with_a_sentence_and_comes_back_whole(world: World, field: str) -> None:
    form = world.as_role("puur-bewoner").go(f"/wijken/{OPEN}/agenda/nieuw").form("/agenda/nieuw")
    page = form.submit(**{"title": "Een bankje", "text": "Hier.", "shown_as": "resident", field: LONG})
    assert page.status == 422
    assert "Maak het korter" in page.words
    assert len(page.form("/agenda/nieuw").fields[field]) > 1_000_000


def test_what_a_name_may_not_hold_is_taken_out_and_said(world: World) -> None:
    browser = world.as_role("puur-bewoner")
    form = browser.go(f"/wijken/{OPEN}/agenda/nieuw").form("/agenda/nieuw")
    page = form.submit(title="Een \u202eveilig\u202c plein\u200b", text="Nu \x07 donker.", shown_as="resident")
    assert page.status == 422
    assert "Wij haalden tekens weg" in page.words
    assert page.form("/agenda/nieuw").fields["title"] == "Een veilig plein"
    done = page.form("/agenda/nieuw").submit(text="Nu is het er donker.")
    assert done.heading == "Een veilig plein"


def test_control_characters_in_a_text_get_a_sentence_and_the_text_stays(world: World) -> None:
    form = world.as_role("puur-bewoner").go(f"/wijken/{OPEN}/agenda/nieuw").form("/agenda/nieuw")
    page = form.submit(title="Een bankje", text="Voor \x07 en na", shown_as="resident")
    assert page.status == 422
    assert "U+0007" in page.words
    assert "en na" in page.form("/agenda/nieuw").fields["text"]


def test_direction_marks_in_a_text_are_kept_and_isolated_when_shown(world: World) -> None:
    form = world.as_role("puur-bewoner").go(f"/wijken/{OPEN}/agenda/nieuw").form("/agenda/nieuw")
    page = form.submit(title="Een bankje", text="Links \u202erechts", shown_as="resident")
    assert page.status == 200
    assert re.search(r'<p dir="auto">[^<]*\u202e', page.html)


def test_the_longest_text_fits_and_one_more_is_refused_with_the_text(world: World) -> None:
    browser = world.as_role("puur-bewoner")
    path = f"/wijken/{OPEN}/agenda/nieuw"
    for length, status in ((5_000, 200), (5_001, 422)):
        page = (
            browser.go(path)
            .form("/agenda/nieuw")
            .submit(title=f"Bankje {length}", text="x" * length, shown_as="resident")
        )
        assert page.status == status
        if status == 422:
            assert "één teken te veel" in page.words or "1 teken te veel" in page.words
            assert page.form("/agenda/nieuw").fields["text"] == "x" * length


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"title=%FF%FE%00", "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"a=1&" * 1000, "application/x-www-form-urlencoded"),
        (b"x" * 5_000_000, "application/x-www-form-urlencoded"),
    ],
)
@pytest.mark.parametrize("path", ["/inloggen", "/inloggen/code", "/taal", f"/wijken/{OPEN}/agenda/nieuw"])
def test_bodies_that_are_no_form_get_a_plain_answer(world: World, path: str, body: bytes, kind: str) -> None:
    response = world.browser().post(path, data=body, content_type=kind)
    assert response.status_code in (303, 400, 413, 422)


def test_a_double_click_raises_one_need(world: World) -> None:
    browser = world.as_role("puur-bewoner")
    form = browser.go(f"/wijken/{OPEN}/agenda/nieuw").form("/agenda/nieuw")
    pages = [form.submit(title="Een bankje", text="Bij de brug.", shown_as="resident") for _click in range(2)]
    assert pages[0].path == pages[1].path
    count = world.watch.execute("SELECT count(*) FROM need WHERE title = 'Een bankje'").fetchone()[0]
    assert count == 1
