"""What somebody typed is never thrown away, whatever went wrong in between."""

from datetime import timedelta

import pytest
import time_machine

from tests.support.addresses import first_code
from tests.support.things import put
from tests.support.world import FINISHED, OPEN, World, email_of
from wijkplatform.core import clock
from wijkplatform.core.db import db
from wijkplatform.people.models import Session

WORDS = "Er moet een bankje komen bij de brug, want mijn moeder kan niet zo ver lopen."


def end_sessions(world: World) -> None:
    """All logins expire, as if somebody had ended them elsewhere."""
    with world.app.app_context():
        put(lambda: db.session.execute(db.update(Session).values(ended_at=clock.now())))


def paths(world: World) -> dict[str, tuple[str, str]]:
    section = f"/wijken/{OPEN}/plan/{first_code(world, OPEN, 'section')}"
    return {
        "a need": (f"/wijken/{OPEN}/agenda/nieuw", "text"),
        "a section": (f"{section}/bewerken", "body"),
    }


@pytest.mark.parametrize("what", ["a need", "a section"])
def test_an_expired_login_gives_the_text_back_on_the_same_page(world: World, what: str) -> None:
    path, field = paths(world)[what]
    browser = world.as_role("puur-bewoner")
    form = browser.go(path).form(path)
    end_sessions(world)
    door = form.fill(**{field: WORDS}).submit()
    assert door.heading == "Inloggen"
    assert "Uw tekst is bewaard" in door.words
    browser.log_in(world.logins[email_of("puur-bewoner")])
    page = browser.go(path)
    assert page.form(path).fields[field] == WORDS
    again = browser.go(path)
    assert again.form(path).fields[field] != WORDS, "it is given back once"


def test_the_text_of_a_section_can_then_simply_be_saved(world: World) -> None:
    path, _field = paths(world)["a section"]
    browser = world.as_role("puur-bewoner")
    form = browser.go(path).form(path)
    body = form.fields["body"] + "\n\n" + WORDS
    end_sessions(world)
    form.submit(body=body)
    browser.log_in(world.logins[email_of("puur-bewoner")])
    saved = browser.go(path).form(path).submit()
    assert saved.status == 200
    assert WORDS in saved.words


def test_nobody_else_gets_what_was_kept(world: World) -> None:
    path, field = paths(world)["a need"]
    browser = world.as_role("puur-bewoner")
    form = browser.go(path).form(path)
    end_sessions(world)
    form.fill(**{field: WORDS}).submit()
    other = world.as_role("puur-vrijwilliger")
    assert WORDS not in other.go(path).html


def test_what_was_kept_is_forgotten_after_a_day(world: World) -> None:
    path, field = paths(world)["a need"]
    browser = world.as_role("puur-bewoner")
    form = browser.go(path).form(path)
    end_sessions(world)
    form.fill(**{field: WORDS}).submit()
    with time_machine.travel(clock.now() + timedelta(days=1, seconds=1)):
        browser.log_in(world.logins[email_of("puur-bewoner")])
        assert WORDS not in browser.go(path).html


def test_a_page_that_was_open_during_a_new_login_loses_nothing(world: World) -> None:
    """The token is of the session before: what was typed comes back with a good one."""
    path, field = paths(world)["a need"]
    browser = world.as_role("puur-bewoner")
    form = browser.go(path).form(path)
    browser.log_in(world.logins[email_of("puur-bewoner")])
    answer = form.fill(**{field: WORDS}).submit()
    page = answer if answer.path == path else browser.go(path)
    assert page.form(path).fields[field] == WORDS


def test_a_closed_round_shows_the_text_that_can_no_longer_be_saved(world: World) -> None:
    path, field = paths(world)["a section"]
    browser = world.as_role("puur-bewoner")
    form = browser.go(path).form(path)
    with world.app.app_context():
        put(lambda: db.session.execute(db.text("UPDATE moment SET closes_at = '2020-01-01' WHERE about_kind = 'plan'")))
    page = form.fill(**{field: WORDS}).submit()
    assert page.status == 403
    assert "Deze schrijfronde is dicht" in page.words
    assert WORDS in page.words


def test_an_adopted_plan_refuses_with_a_sentence_and_shows_the_text(world: World) -> None:
    path = f"/wijken/{FINISHED}/plan/{first_code(world, FINISHED, 'section')}/bewerken"
    browser = world.as_role("puur-bewoner")
    page = browser.send("POST", path, {"body": WORDS, "base": "1", "csrf_token": browser.token()})
    assert page.status == 403
    assert "vastgesteld" in page.words
    assert WORDS in page.words


def test_a_visitor_who_supports_comes_back_to_the_need(world: World) -> None:
    code = first_code(world, OPEN, "need")
    path = f"/wijken/{OPEN}/agenda/{code}"
    door = world.browser().go(path).form("/steun").submit()
    assert door.heading == "Inloggen"
    assert door.form("/inloggen").fields["verder"] == path


def test_htmx_is_sent_to_the_door_as_a_whole_page(world: World) -> None:
    """A part that became the login page would be nonsense."""
    code = first_code(world, OPEN, "need")
    response = world.browser().post(
        f"/wijken/{OPEN}/agenda/{code}/steun", data={"deed": "support"},
        headers={"HX-Request": "true", "HX-Target": "div#steun"},
    )  # fmt: skip
    assert response.status_code == 200
    assert response.headers["HX-Redirect"].startswith("/inloggen?")


@pytest.mark.parametrize("what", ["a need", "a section"])
def test_who_does_not_take_part_yet_says_where_they_live_and_goes_on_with_the_text(world: World, what: str) -> None:
    path, field = paths(world)[what]
    browser = world.as_role("nieuw")
    asked = browser.go(path).form(path).fill(**{field: WORDS}).submit()
    assert "/meedoen?bewaard=1" in asked.path
    assert "Uw tekst is bewaard" in asked.words
    form = asked.form("/meedoen")
    area = next(each.get("value") for each in asked.all("input") if each.get("name") == "area")
    page = form.fill(area=area).submit()
    assert page.path == path
    assert page.form(path).fields[field] == WORDS
