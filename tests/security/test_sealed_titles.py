"""Sealed is sealed in the small places too: the list of contents, the links between things, the counts."""

import pytest

from tests.support.addresses import first_code
from tests.support.things import put, seal_first
from tests.support.world import OPEN, World, place
from wijkplatform.agenda.models import Need
from wijkplatform.core.db import db
from wijkplatform.index.models import Link
from wijkplatform.plans.models import Plan, Section

TITLE = "Verzegelde titel"
HOME = f"/wijken/{OPEN}"


def linked(world: World) -> tuple[str, str]:
    """A need and a section that names it, by their codes."""
    query = (
        "SELECT n.code, s.code FROM link l JOIN need n ON n.id = l.target_id AND l.target_kind = 'need' "
        "JOIN section s ON s.id = l.source_id AND l.source_kind = 'section' JOIN neighbourhood w ON w.id = n.neighbourhood_id "
        "WHERE w.slug = ? ORDER BY l.id LIMIT 1"
    )
    return world.watch.execute(query, (OPEN,)).fetchone()


def seal(world: World, model: type, code: str) -> None:
    with world.app.app_context():
        thing = db.session.scalars(
            db.select(model).where(model.code == code, model.neighbourhood_id == place(OPEN).id)
        ).one()
        put(
            lambda: db.session.execute(
                db.text("UPDATE index_entry SET title = :t WHERE code = :c"), {"t": TITLE, "c": code}
            )
        )
        put(lambda: db.session.execute(db.update(model).where(model.id == thing.id).values(title=TITLE)))
        seal_first(thing)


def test_a_sealed_section_shows_in_no_list(world: World) -> None:
    need, section = linked(world)
    seal(world, Section, section)
    browser = world.browser()
    others = world.watch.execute(
        "SELECT s.code FROM section s JOIN neighbourhood w ON w.id = s.neighbourhood_id WHERE w.slug = ? AND s.code <> ?",
        (OPEN, section),
    ).fetchall()  # fmt: skip
    paths = [
        f"{HOME}/plan",
        f"{HOME}/plan/alles",
        f"{HOME}/agenda/{need}",
        *(f"{HOME}/plan/{code}" for (code,) in others),
    ]
    for path in paths:
        page = browser.go(path)
        assert page.status == 200
        assert TITLE not in page.html, path
    assert f"Er zijn {len(others)} hoofdstukken" in browser.go(HOME).words
    assert browser.go(f"{HOME}/plan/{section}").status == 404


def test_a_sealed_need_shows_in_no_list_and_no_count(world: World) -> None:
    need, section = linked(world)
    before = world.browser().go(HOME).words
    seal(world, Need, need)
    for path in (HOME, f"{HOME}/agenda", f"{HOME}/agenda?volgorde=nieuw", f"{HOME}/plan/{section}"):
        assert TITLE not in world.browser().go(path).html, path
    assert world.browser().go(HOME).words != before, "the counts per area still hold the sealed need"
    assert world.browser().go(f"{HOME}/agenda/{need}").status == 404


@pytest.mark.parametrize("what", ["plan", "neighbourhood"])
def test_what_stands_in_something_sealed_is_not_there_either(world: World, what: str) -> None:
    section = first_code(world, OPEN, "section")
    with world.app.app_context():
        home = place(OPEN)
        seal_first(
            home
            if what == "neighbourhood"
            else db.session.scalars(db.select(Plan).where(Plan.neighbourhood_id == home.id)).one()
        )
        assert db.session.scalars(db.select(Link)).first() is not None
    paths = [
        f"{HOME}/plan/{section}",
        f"{HOME}/plan/{section}/geschiedenis",
        f"{HOME}/plan/{section}/versies/1",
        f"{HOME}/plan/alles",
    ]
    if what == "neighbourhood":
        paths += [
            HOME,
            f"{HOME}/agenda",
            f"{HOME}/agenda/{first_code(world, OPEN, 'need')}",
            f"{HOME}/plan",
            f"{HOME}/meedoen",
        ]
    for path in paths:
        assert world.browser().go(path).status == 404, path
