"""At the computer of a neighbourhood house somebody else sits down next: what was typed is for its writer alone."""

from datetime import timedelta

import pytest
import time_machine

from tests.support.client import Browser
from tests.support.things import put
from tests.support.world import OPEN, World, email_of
from wijkplatform.core import clock
from wijkplatform.core.db import db
from wijkplatform.people.models import Session
from wijkplatform.web import kept

PATH = f"/wijken/{OPEN}/agenda/nieuw"
WORDS = "Mijn buurman slaat zijn hond, en dat durf ik alleen hier te zeggen."


def expire(world: World) -> None:
    with world.app.app_context():
        put(lambda: db.session.execute(db.update(Session).values(ended_at=clock.now())))


def typed_and_expired(world: World, role: str = "puur-bewoner") -> Browser:
    browser = world.as_role(role)
    form = browser.go(PATH).form(PATH)
    expire(world)
    assert "Uw tekst is bewaard" in form.submit(title="Een hond", text=WORDS).words
    return browser


def kept_rows(world: World) -> int:
    return int(world.watch.execute("SELECT count(*) FROM kept_input").fetchone()[0])


def test_the_next_person_does_not_get_the_text_of_the_one_before(world: World) -> None:
    browser = typed_and_expired(world)
    browser.log_in(world.logins[email_of("puur-vrijwilliger")])
    assert WORDS not in browser.go(PATH).html


def test_a_visitor_does_not_get_it_either_and_its_writer_still_does(world: World) -> None:
    browser = typed_and_expired(world)
    assert WORDS not in browser.go(PATH).html
    browser.log_in(world.logins[email_of("puur-bewoner")])
    assert browser.go(PATH).form(PATH).fields["text"] == WORDS


def test_logging_out_forgets_it(world: World) -> None:
    browser = typed_and_expired(world)
    browser.log_in(world.logins[email_of("puur-bewoner")])
    assert kept_rows(world) == 1
    browser.send("POST", "/uitloggen", {"csrf_token": browser.token()})
    assert kept_rows(world) == 0
    assert browser.get_cookie(kept.COOKIE) is None
    browser.log_in(world.logins[email_of("puur-bewoner")])
    assert WORDS not in browser.go(PATH).html


def test_what_nobody_wrote_yet_waits_an_hour(world: World) -> None:
    """Typed before logging in: for whoever logs in next, and not the whole day."""
    for minutes, there in ((59, True), (61, False)):
        browser = world.browser()
        browser.send("POST", PATH, {"title": "Een hond", "text": WORDS})
        with time_machine.travel(clock.now() + timedelta(minutes=minutes)):
            browser.log_in(world.logins[email_of("puur-bewoner")])
            assert (WORDS in browser.go(PATH).html) is there


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "x" * (kept.LARGEST + 1)},
        {"x" * (kept.LARGEST + 1): "text"},
        {f"field{number}": "x" for number in range(kept.MOST_FIELDS + 1)},
    ],
    ids=["a long value", "a long name", "many names"],
)
def test_what_is_too_much_is_not_kept_and_not_said_to_be(world: World, fields: dict[str, str]) -> None:
    page = world.browser().send("POST", PATH, fields)
    assert kept_rows(world) == 0
    assert "Uw tekst is bewaard" not in page.words


def test_forms_of_one_network_cannot_fill_the_disk(world: World) -> None:
    answers = [
        world.browser().post(PATH, data={"text": "x" * (kept.LARGE + 1)}).headers["Location"]
        for _number in range(kept.LARGE_FORMS.most + 5)
    ]
    assert kept_rows(world) == kept.LARGE_FORMS.most
    assert "bewaard=1" in answers[0]
    assert "bewaard=1" not in answers[-1]


def test_a_login_link_is_never_kept(world: World) -> None:
    """A wrong token at the door itself: the link is a key, and a key is stored nowhere."""
    browser = world.as_role("puur-bewoner")
    answer = browser.send("POST", "/inloggen/link/een-geheime-sleutel", {"csrf_token": "verkeerd"}, follow=False)
    assert answer.status == 303
    assert kept_rows(world) == 0
