"""What no browser sends gets a plain refusal, and never another deed than the one that was asked for."""

import logging

import pytest

from tests.support.addresses import first_code
from tests.support.things import wear
from tests.support.world import OPEN, World
from wijkplatform.core.db import db
from wijkplatform.people.models import Person

SECRET = "iemand@voorbeeld.nl"
AGENDA = f"/wijken/{OPEN}/agenda"


def test_a_number_of_thousands_of_digits_is_passed_over(world: World) -> None:
    assert world.browser().go(f"{AGENDA}?tot={'9' * 5000}").status == 200


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "http://localhost]", "://", "http:localhost"])
def test_an_origin_that_is_no_address_is_refused(world: World, origin: str) -> None:
    browser = world.browser()
    browser.environ_base.pop("HTTP_SEC_FETCH_SITE")
    assert browser.post("/taal", data={"taal": "nl"}, headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("body", ['{"email": 5}', '{"email": {"a": 1}}', "[1]", '"x"', "null", "[" * 100_000])
@pytest.mark.parametrize("path", ["/inloggen", "/inloggen/code", "/taal", f"{AGENDA}/nieuw"])
def test_json_is_no_form(world: World, path: str, body: str) -> None:
    assert world.browser().post(path, data=body, content_type="application/json").status_code == 400


@pytest.mark.parametrize("deed", [["withdraw", "withdraw"], [], ["Withdraw"], ["iets"]])
def test_a_deed_that_is_not_understood_is_no_support(world: World, deed: list[str]) -> None:
    browser = world.as_role("puur-bewoner")
    sent = {**wear(world, browser, OPEN), "deed": deed}
    assert browser.post(f"{AGENDA}/{first_code(world, OPEN, 'need')}/steun", data=sent).status_code == 400
    assert world.watch.execute("SELECT count(*) FROM support").fetchone()[0] == 0


def test_a_fault_of_ours_is_logged_without_what_people_wrote(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An error says what was in the question: texts, addresses, tokens. The log says where it happened."""

    def stumble(*_arguments: object, **_more: object) -> None:
        db.session.execute(db.insert(Person).values(id=1, email=SECRET))

    monkeypatch.setattr("wijkplatform.agenda.queries.listing", stumble)
    monkeypatch.setattr(world.app, "testing", False)
    with caplog.at_level(logging.DEBUG):
        page = world.browser().go(AGENDA)
    assert page.status == 500
    assert "IntegrityError" in caplog.text
    assert "stumble" in caplog.text
    assert SECRET not in caplog.text


def test_errors_of_the_database_keep_their_values_to_themselves(in_world: World) -> None:
    with pytest.raises(Exception, match="SQL parameters hidden") as problem:
        db.session.execute(db.insert(Person).values(id=1, email=SECRET))
    assert SECRET not in str(problem.value)
