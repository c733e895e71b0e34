"""One hat at a time: what one role may do is not done in another, and no other role tells who 'a resident' is."""

import re

import pytest

from tests.support.addresses import first_code
from tests.support.client import Browser, Page
from tests.support.things import put
from tests.support.world import OPEN, World, email_of, place
from wijkplatform.core.actor import Actor, Hat
from wijkplatform.core.db import db
from wijkplatform.places import policy as places
from wijkplatform.places import service
from wijkplatform.places.models import Mandate, Role
from wijkplatform.plans import service as plans
from wijkplatform.plans.models import Plan


def also_resident(world: World, role: str) -> Browser:
    """Somebody with a function who lives here too, and writes as a resident."""
    browser = world.as_role(role)
    page = browser.go(f"/wijken/{OPEN}/meedoen")
    area = next(each.get("value") for each in page.all("input") if each.get("name") == "area")
    assert page.form("/meedoen").submit(area=area).status == 200
    return browser


def edit(world: World) -> str:
    return f"/wijken/{OPEN}/plan/{first_code(world, OPEN, 'section')}/bewerken"


def hat_of(world: World, role: str, kind: str) -> str:
    query = (
        "SELECT m.id FROM mandate m JOIN role r ON r.id = m.role_id JOIN person p ON p.id = m.person_id JOIN neighbourhood n "
        "ON n.id = m.neighbourhood_id WHERE p.email = ? AND r.kind = ? AND n.slug = ?"
    )
    return str(world.watch.execute(query, (email_of(role), kind, OPEN)).fetchone()[0])


def written(page: Page, **more: str) -> Page:
    form = page.form("/bewerken")
    return form.submit(body=form.fields["body"] + "\n\nEr komt een bankje bij.", **more)


@pytest.mark.parametrize(("role", "kind"), [("puur-wethouder", "executive"), ("puur-inschrijver", "bidder")])
def test_a_function_that_may_not_write_does_not_write_because_one_lives_here_too(
    world: World, role: str, kind: str
) -> None:
    browser = also_resident(world, role)
    page = browser.go(edit(world))
    offered = re.findall(r'name="hat"[^>]*value="(\d+)"', page.html)
    assert offered == [hat_of(world, role, "resident")]
    refused = written(page, hat=hat_of(world, role, kind))
    assert refused.status == 422
    assert "Kies namens wie" in refused.words


def test_the_service_asks_it_too(in_world: World) -> None:
    world, home = in_world, place(OPEN)
    person = world.person("puur-wethouder")
    role = db.session.scalars(db.select(Role).where(Role.neighbourhood_id == home.id, Role.code == "bewoner")).one()
    put(lambda: service.give_mandate(home, person, role))
    actor = world.actor("puur-wethouder")
    section = db.session.scalars(db.select(Plan).where(Plan.neighbourhood_id == home.id)).one().sections[0]
    college = next(hat for hat in actor.hats_in(home.id) if hat.kind == "executive")
    with pytest.raises(Exception, match="Uw rol hoort daar niet bij"):
        plans.revise(actor, section, college, body="Iets anders.", base=section.text.head)


def test_the_list_of_writers_does_not_tell_who_the_resident_is(world: World) -> None:
    browser = also_resident(world, "puur-sociaal_makelaar")
    saved = written(browser.go(edit(world)), hat=hat_of(world, "puur-sociaal_makelaar", "resident"))
    assert saved.status == 200
    page = world.browser().go(saved.path)
    assert "Alleen sociaal_makelaar" not in page.html
    assert "Bewoner Huizum" in page.words[page.words.index("Wie schreven dit") :]


@pytest.mark.parametrize(("kind", "ask"), [("official", places.official), ("executive", places.executive)])
def test_the_same_role_at_another_organisation_is_not_the_municipality(kind: str, ask: object, in_world: World) -> None:
    home = place(OPEN)
    for organisation, is_so in (("municipality", True), (None, True), ("chain_partner", False), ("welfare", False)):
        hat = Hat(
            1, home.id, "x", kind, "x", organisation_id=1 if organisation else None, organisation_kind=organisation
        )
        assert ask.holds(Actor(person_id=1, hats=(hat,)), home) is is_so  # type: ignore[attr-defined]


def test_a_plan_is_adopted_by_the_hat_that_may(in_world: World) -> None:
    """Somebody who is both official and executive does not adopt the plan as an official."""
    world, home = in_world, place(OPEN)
    person = world.person("puur-wethouder")
    role = db.session.scalars(
        db.select(Role).where(Role.neighbourhood_id == home.id, Role.code == "beleidsregisseur")
    ).one()
    plan = db.session.scalars(db.select(Plan).where(Plan.neighbourhood_id == home.id)).one()

    def prepare() -> None:
        service.give_mandate(home, person, role, position=-1)
        db.session.execute(db.update(Plan).where(Plan.id == plan.id).values(state="inspection"))

    put(prepare)
    db.session.expire_all()
    actor = world.actor("puur-wethouder")
    assert db.session.scalars(db.select(Mandate).where(Mandate.person_id == person.id)).first() is not None
    assert actor.hats_in(home.id)[0].kind == "official"
    assert plans.move(actor, plan, "adopt").voice.kind == "executive"
