"""Whoever raised a need adds a picture; everybody who may see the need sees it, and nobody gets what was hidden in it."""

import io

import pytest

from tests.attachments.test_kinds import photo, with_place
from tests.support.client import Browser, Page
from tests.support.world import OPEN, World
from wijkplatform.attachments.models import Attachment
from wijkplatform.attachments.service import MOST
from wijkplatform.core import trail
from wijkplatform.core.db import db


@pytest.fixture
def mine(world: World) -> tuple[Browser, str]:
    """A resident who just raised a need, and its page."""
    browser = world.as_role("bewoner")
    form = browser.go(f"/wijken/{OPEN}/agenda/nieuw").form("/agenda/nieuw")
    page = form.submit(title="Een bankje bij de school", text="Ouderen kunnen nergens zitten.", shown_as="resident")
    return browser, page.path


def send(browser: Browser, path: str, content: bytes, description: str = "Een leeg pleintje") -> Page:
    form = browser.go(path).form("/bijlage")
    fields = {**form.fields.to_dict(), "description": description, "file": (io.BytesIO(content), "../../x.php")}
    response = browser.post(form.action, data=fields)
    return browser.go(response.headers["Location"]) if response.status_code == 303 else Page(browser, path, response)


def test_a_picture_shows_with_the_need_and_is_served_under_a_name_of_ours(
    mine: tuple[Browser, str], world: World
) -> None:
    browser, path = mine
    page = send(browser, path, with_place())
    picture = next(each for each in page.all("img"))
    assert picture.get("alt") == "Een leeg pleintje"
    served = world.browser().get(picture.get("src"))
    assert served.mimetype == "image/jpeg"
    assert served.headers["Content-Disposition"].startswith('attachment; filename="bijlage-')
    assert "php" not in served.headers["Content-Disposition"]
    assert b"Telefoon van Ans" not in served.data
    with world.app.app_context():
        assert list(trail.faults()) == []


def test_the_same_picture_twice_is_one(mine: tuple[Browser, str], world: World) -> None:
    browser, path = mine
    send(browser, path, photo())
    send(browser, path, photo())
    with world.app.app_context():
        assert db.session.query(Attachment).count() == 1


def test_what_is_wrong_is_said_and_what_was_typed_stays(mine: tuple[Browser, str]) -> None:
    browser, path = mine
    page = send(browser, path, b"MZ geen foto", description="Het pleintje van boven")
    assert page.status == 422
    assert "Dit is geen foto" in page.words
    assert page.form("/bijlage").fields["description"] == "Het pleintje van boven"


def test_no_more_than_a_handful_hangs_on_one_need(mine: tuple[Browser, str], world: World) -> None:
    browser, path = mine
    for number in range(MOST + 1):
        page = send(browser, path, photo(size=(40 + number, 20)))
    assert page.status == 422
    with world.app.app_context():
        assert db.session.query(Attachment).count() == MOST


def test_somebody_else_is_not_offered_the_form(mine: tuple[Browser, str], world: World) -> None:
    _browser, path = mine
    page = world.as_role("vrijwilliger").go(path)
    assert not [each for each in page.forms if "/bijlage" in each.action]


def test_an_unknown_file_is_not_there(visitor: Browser) -> None:
    assert visitor.get("/bijlagen/nietbestaand").status_code == 404
