"""Kept answers: a visitor sees every change at once, and what is true only until an instant is not shown after it."""

import gzip
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
import time_machine
from flask import Flask

from tests.conftest import copy_of
from tests.support.addresses import EXAMPLES, example
from tests.support.client import Browser
from tests.support.counting import counting
from tests.support.things import put
from tests.support.world import FINISHED, OPEN, World, place, settings
from wijkplatform import create_app
from wijkplatform.agenda import service as agenda
from wijkplatform.agenda.models import Agenda, Need
from wijkplatform.core import clock, keeping, trail
from wijkplatform.core.db import begin_writing, db
from wijkplatform.people import names
from wijkplatform.rounds.models import Moment

HOME = f"/wijken/{OPEN}"
LIST = f"{HOME}/agenda"
#: Routes that are kept for visitors. Whatever a page shows must change by events and the clock alone before it is here.
KEPT = {
    "home.start", "home.neighbourhood", "agenda.agenda", "agenda.need", "plans.plan", "plans.section", "plans.history",
    "plans.compare", "plans.everything", "agreements.agreements", "agreements.agreement", "agreements.conversation",
    "criteria.criteria", "assessment.assessment", "handover.handover",
    "coverage.coverage", "calls.call", "calls.article",
}  # fmt: skip


def asked(world: World, browser: Browser, path: str, **headers: str) -> int:
    with counting(world.app) as questions:
        assert browser.go(path, **headers).status == 200
    return len(questions)


def raise_need(world: World, title: str, slug: str = OPEN) -> None:
    with world.app.app_context():
        actor, home = world.actor("bewoner"), place(slug)
        agenda.raise_need(actor, Agenda(home), actor.hats_in(home.id)[0], title=title, text=title, areas=[])
        trail.commit()


@pytest.fixture
def another_process(world: World) -> Iterator[Flask]:
    """A second application on the same database, as another process would have one."""
    app = create_app(settings(world.file.parent), demo=True, testing=True)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_the_second_visitor_costs_one_small_question(world: World) -> None:
    assert asked(world, world.browser(), LIST) > 3
    with counting(world.app) as questions:
        page = world.browser().go(LIST)
    assert len(questions) == 1, questions
    assert "SELECT hash FROM event" in questions[0]
    assert "Wat er beter moet" in page.words


def test_a_deed_is_seen_at_once(world: World) -> None:
    assert "Een nieuw bankje" not in world.browser().go(LIST).html
    assert world.browser().go(HOME).status == 200
    raise_need(world, "Een nieuw bankje bij de vijver")
    assert "Een nieuw bankje" in world.browser().go(f"{LIST}?volgorde=nieuw").html
    before = world.browser().go(LIST).words
    raise_need(world, "Nog een bankje bij de vijver")
    assert world.browser().go(LIST).words != before


def test_a_deed_of_another_process_is_seen_at_once(world: World, another_process: Flask) -> None:
    before = world.browser().go(LIST).words
    with another_process.app_context():
        actor, home = world.actor("bewoner"), place(OPEN)
        agenda.raise_need(actor, Agenda(home), actor.hats_in(home.id)[0], title="Van elders", text="Tekst", areas=[])
        trail.commit()
    assert world.browser().go(LIST).words != before
    assert "Van elders" in world.browser().go(f"{LIST}?volgorde=nieuw").html


def test_a_deed_that_was_undone_is_never_kept(world: World) -> None:
    visitor = world.browser()
    before = visitor.go(f"{LIST}?volgorde=nieuw").html
    with world.app.app_context():
        actor, home = world.actor("bewoner"), place(OPEN)
        agenda.raise_need(actor, Agenda(home), actor.hats_in(home.id)[0], title="Toch niet", text="Toch niet", areas=[])
        assert keeping.for_all(home.id, "probe", lambda: "inside a deed") == "inside a deed"
        db.session.rollback()
        assert keeping.for_all(home.id, "probe", lambda: "afterwards") == "afterwards"
    assert world.browser().go(f"{LIST}?volgorde=nieuw").html == before
    raise_need(world, "Toch wel")
    after = world.browser().go(f"{LIST}?volgorde=nieuw").html
    assert "Toch wel" in after
    assert "Toch niet" not in after


def test_two_neighbourhoods_leave_one_another_alone(world: World) -> None:
    for slug in (OPEN, FINISHED):
        world.browser().go(f"/wijken/{slug}/agenda")
    raise_need(world, "Alleen hier")
    assert asked(world, world.browser(), f"/wijken/{FINISHED}/agenda") == 1
    assert asked(world, world.browser(), LIST) > 2


def test_what_a_person_chose_shows_in_every_neighbourhood(world: World) -> None:
    world.browser().go(LIST)
    with world.app.app_context():
        names.choose(world.actor("bewoner"), "full_name")
        trail.commit()
    assert asked(world, world.browser(), LIST) > 2


def test_a_page_ends_when_its_round_closes(world: World) -> None:
    with world.app.app_context():
        closes = db.session.scalars(db.select(Moment.closes_at).where(Moment.about_kind == "plan")).first()
    assert closes is not None
    with time_machine.travel(closes - timedelta(seconds=2), tick=False):
        path = f"{HOME}/plan"
        mark = world.browser().go(path).response.headers["ETag"]
        assert "De schrijfronde is dicht" not in world.browser().go(path).words
    with time_machine.travel(closes, tick=False):
        page = world.browser().go(path, If_None_Match=mark)
        assert page.status == 200
        assert "De schrijfronde is dicht" in page.words
        assert page.response.headers["ETag"] != mark


def test_days_left_are_counted_anew_after_midnight(world: World) -> None:
    today = clock.end_of(clock.today())
    with time_machine.travel(today - timedelta(seconds=1), tick=False):
        before = world.browser().go(HOME).words
    with time_machine.travel(today, tick=False):
        assert world.browser().go(HOME).words != before


def test_what_is_sealed_appears_at_its_instant(world: World) -> None:
    opens = clock.now() + timedelta(hours=1)
    with world.app.app_context():
        need = db.session.scalars(db.select(Need).where(Need.neighbourhood_id == place(OPEN).id)).first()
        assert need is not None
        code = need.code
        put(lambda: db.session.execute(db.update(Need).where(Need.id == need.id).values(sealed_until=opens)))
    without = world.browser().go(f"{LIST}?tot=500").html
    assert f'id="{code}"' not in without
    with time_machine.travel(opens, tick=False):
        assert f'id="{code}"' in world.browser().go(f"{LIST}?tot=500").html
        assert world.browser().go(f"{LIST}/{code}").status == 200


def test_language_part_and_query_each_have_their_own(world: World) -> None:
    dutch = world.browser().go(LIST).html
    english = world.browser()
    english.set_cookie("taal", "en")
    assert english.go(LIST).html != dutch
    part = world.browser().part(LIST, "punten").get_data(as_text=True)
    assert part.lstrip().startswith('<div id="punten"')
    assert "<html" not in part
    assert world.browser().go(LIST).html == dutch
    assert world.browser().go(f"{LIST}?volgorde=nieuw").html != dutch
    assert world.browser().part(LIST, "punten").get_data(as_text=True) == part


def test_a_browser_that_has_it_hears_only_that(world: World) -> None:
    first = world.browser().go(LIST).response
    mark = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = world.browser().get(LIST, headers={"If-None-Match": mark})
    assert again.status_code == 304
    assert not again.get_data()
    raise_need(world, "Iets nieuws")
    assert world.browser().get(LIST, headers={"If-None-Match": mark}).status_code == 200


def test_each_browser_gets_it_packed_as_it_can_read(world: World) -> None:
    client = world.app.test_client(use_cookies=False)  # the other one reads pages, and this one bytes
    plain = client.get(LIST)
    for packing, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        for _twice in range(2):
            answer = client.get(LIST, headers={"Accept-Encoding": packing})
            assert answer.headers["Content-Encoding"] == packing
            assert unpack(answer.get_data()) == plain.get_data()
            assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


def test_nobody_with_a_cookie_gets_or_leaves_anything(world: World) -> None:
    known = world.as_role("bewoner")
    mine = known.go(LIST)
    assert "ETag" not in mine.response.headers
    assert mine.response.headers["Cache-Control"] == "no-store"
    visitor = world.browser().go(LIST)
    assert "csrf_token" not in visitor.html or 'name="csrf_token" value=""' in visitor.html
    assert "Log uit" not in visitor.html
    other = world.browser()
    other.set_cookie("iets", "anders")
    assert "ETag" not in other.go(LIST).response.headers


def test_a_page_that_went_wrong_is_not_kept(world: World) -> None:
    path = f"{LIST}/BESTAAT-NIET"
    assert world.browser().go(path).status == 404
    assert "ETag" not in world.browser().go(path).response.headers
    assert "ETag" not in world.browser().go("/wijken/nergens").response.headers


def test_only_these_routes_are_kept(world: World) -> None:
    found = {name for name, view in world.app.view_functions.items() if hasattr(view, "keeps")}
    assert found == KEPT


def test_the_demo_front_door_shows_accounts_and_is_not_kept(world: World) -> None:
    assert "ETag" not in world.browser().go("/").response.headers


def test_another_database_in_its_place_is_another_page(world: World, tmp_path: Path) -> None:
    """As after a restore: the same number of events, another history."""
    copy_of(world, tmp_path / "wijkplatform.sqlite3")
    world.browser().go(LIST)
    raise_need(world, "In de ene geschiedenis")
    one = world.browser().go(f"{LIST}?volgorde=nieuw").html
    mark = world.mark()
    kept = dict(keeping.STORE._entries)
    world.template.backup(world.watch)
    raise_need(world, "In de andere geschiedenis")
    keeping.STORE._entries.update(kept)  # what was kept before is still there
    two = world.browser().go(f"{LIST}?volgorde=nieuw").html
    assert "In de ene geschiedenis" in one
    assert "In de andere geschiedenis" in two
    assert "In de ene geschiedenis" not in two
    mark.close()


def test_words_taken_away_leave_an_event_and_are_gone(world: World) -> None:
    with world.app.app_context():
        need = db.session.scalars(db.select(Need).where(Need.neighbourhood_id == place(OPEN).id)).first()
        assert need is not None
        old, path = need.title, f"{LIST}/{need.code}"
    assert old in world.browser().go(path).words
    assert old in world.browser().go(f"{LIST}?tot=500").words
    with world.app.app_context():
        begin_writing()
        need = db.session.get_one(Need, need.id)
        need.title = need.text = "(weggehaald)"
        need.salt = None
        trail.record(world.actor("bewoner"), "need.raised", need)
        db.session.execute(db.text("UPDATE index_entry SET title = '(weggehaald)' WHERE code = :c"), {"c": need.code})
        trail.commit()
    for each in (path, f"{LIST}?tot=500", HOME, f"{HOME}/plan"):
        assert old not in world.browser().go(each).words, each


@pytest.mark.parametrize("slug", [OPEN, FINISHED])
@pytest.mark.parametrize("role", [None, "bewoner", "beleidsregisseur"])
def test_a_page_is_the_same_whoever_made_its_pieces(world: World, role: str | None, slug: str) -> None:
    """Pieces and lists that others filled give what one would have made oneself, token aside."""
    reader = world.browser() if role is None else world.as_role(role)
    others = [world.as_role(each) for each in ("bestuurslid_zelfbeheer", "inkoper")]
    for rule in sorted(EXAMPLES):
        if rule in ("/mijn/sessies", "/demo/inloggen/<account>"):
            continue
        path = example(world, rule, slug)
        keeping.STORE.clear()
        own = _without_token(reader.go(path).html)
        keeping.STORE.clear()
        for each in others:
            each.go(path)
        assert _without_token(reader.go(path).html) == own, path


def _without_token(html: str) -> str:
    return re.sub(r"[0-9a-f]{16}\.[0-9a-f]{32}", "", html)


def test_the_store_never_grows_past_its_measure() -> None:
    store = keeping.Store(1_000)
    for number in range(50):
        store.put(number, "x", None, 100)
        assert store.size <= 1_000
    assert store.get(0) is None
    assert store.get(49) is not None
    store.get(40)
    for number in range(50, 59):
        store.put(number, "x", None, 100)
    assert store.get(40) is not None, "what was used last stays longest"
    store.put("huge", "x", None, 2_000)
    assert store.get("huge") is None
    assert store.size <= 1_000


def test_an_entry_ends_at_its_instant() -> None:
    store, now = keeping.Store(1_000), clock.now()
    store.put("a", 1, now + timedelta(seconds=5), 10)
    with time_machine.travel(now + timedelta(seconds=4), tick=False):
        assert store.get("a") is not None
    with time_machine.travel(now + timedelta(seconds=5), tick=False):
        assert store.get("a") is None
    assert store.size == 0
