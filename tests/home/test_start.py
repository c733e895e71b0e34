"""The front page: what is open in each neighbourhood, and in the demo somebody to be, with a place to begin."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event

from tests.support.client import Browser
from tests.support.things import put
from tests.support.world import FINISHED, OPEN, World, email_of, place
from wijkplatform.core import clock
from wijkplatform.core.db import db
from wijkplatform.home import tour
from wijkplatform.places.models import KNOWN_ROLES
from wijkplatform.rounds.models import Moment

MOST_QUERIES = 12


def card(browser: Browser, name: str) -> str:
    """The words of the card of one neighbourhood."""
    html = browser.go("/").response.text
    return next(
        each for each in re.findall(r'<article class="sheet place-card.*?</article>', html, re.S) if name in each
    )


def test_a_visitor_sees_what_is_open_with_a_link_that_leads_there(world: World, visitor: Browser) -> None:
    html = card(visitor, "Huizum-Oost")
    for _stage, title, _path in tour.DOINGS.values():
        assert str(title) in html
    assert "Nog 60 dagen." in html
    assert "Het gesprek is op" in html
    assert "Altijd open." in card(visitor, "Zuiderkwartier")
    links = re.findall(r'href="([^"#]+)"', html + card(visitor, "Zuiderkwartier"))
    assert f"/wijken/{OPEN}/plan" in links
    for each in set(links):
        assert visitor.go(each).response.status_code == 200, each


def test_what_has_closed_is_gone_to_the_second_and_what_never_closes_stays(world: World, visitor: Browser) -> None:
    with world.app.app_context():
        ends = db.session.scalars(db.select(Moment.closes_at).where(Moment.about_kind == "plan")).one()
    with time_machine.travel(ends - timedelta(seconds=1), tick=False):
        assert "Schrijf mee aan het wijkplan" in card(visitor, "Huizum-Oost")
    with time_machine.travel(ends, tick=False):
        html = card(visitor, "Huizum-Oost")
        assert "Schrijf mee aan het wijkplan" not in html
        assert "Reageer op de tekst" not in html
        assert "Zeg wat er beter moet in de wijk" in html


def test_a_sealed_moment_is_not_told(world: World, visitor: Browser) -> None:
    with world.app.app_context():
        moment = db.session.scalars(db.select(Moment).where(Moment.about_kind == "plan")).one()
        put(lambda: setattr(moment, "sealed_until", clock.now() + timedelta(days=1)))
    assert "Schrijf mee aan het wijkplan" not in card(visitor, "Huizum-Oost")


def test_a_point_to_follow_is_one_whose_agreement_was_adjusted(world: World, visitor: Browser) -> None:
    assert "In bakje kofje op snein" in card(visitor, "Huizum-Oost")
    assert 'lang="fy"' in card(visitor, "Huizum-Oost")
    assert "Echte tijd voor jongeren die vastlopen" in card(visitor, "Zuiderkwartier")
    assert "jaar verschoven. Jaartallen in teksten niet." in card(visitor, "Zuiderkwartier")
    assert "verschoven" not in card(visitor, "Huizum-Oost")


def test_every_role_stands_in_the_tour_once() -> None:
    assert sorted(tour.PARTS) == sorted(KNOWN_ROLES)
    assert sum(len(group.parts) for group in tour.GROUPS) == len(KNOWN_ROLES)


@pytest.mark.parametrize("role", KNOWN_ROLES)
def test_with_one_button_one_is_somebody_at_a_place_to_begin(world: World, role: str) -> None:
    for number in (1, 2):
        form = world.browser().go("/").form(f"/demo/inloggen/{world.logins[email_of(role, number)]}")
        begins = form.fields["verder"]
        page = form.submit()
        assert page.response.status_code == 200, "the browser follows to where it begins"
        assert page.path == begins
        with world.app.app_context():
            name = world.person(role, number).name
        assert f"U bent ingelogd als {name}" in page.html


def test_without_the_demo_nobody_is_offered(world: World, visitor: Browser) -> None:
    world.app.config["DEMO"] = False
    try:
        html = visitor.go("/").response.text
    finally:
        world.app.config["DEMO"] = True
    assert "Huizum-Oost" in html
    assert "Wie wilt u zijn" not in html
    assert "/demo/inloggen" not in html


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:  # type: ignore[no-untyped-def]
        if statement.lstrip().upper().startswith("SELECT"):
            found.append(statement)

    with world.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("role", [None, "bewoner", "beheerder"])
def test_a_dozen_statements_however_much_there_is(world: World, role: str | None) -> None:
    browser = world.as_role(role) if role else world.browser()
    with world.app.app_context():
        home, other = place(OPEN).id, place(FINISHED).id
        first = db.session.scalars(db.select(Moment).where(Moment.about_kind == "plan")).one()
        put(lambda: db.session.add_all([
            Moment(neighbourhood_id=where, code=f"XX-{each}", kind="wijkgesprek", question=f"Vraag {each}?",
                   opens_at=first.opens_at, closes_at=first.closes_at)
            for where in (home, other) for each in range(40)
        ]))  # fmt: skip
    with counted(world) as statements:
        page = browser.go("/")
    assert "Vraag 39?" in page.response.text
    assert len(statements) <= MOST_QUERIES, "\n".join(statements)
