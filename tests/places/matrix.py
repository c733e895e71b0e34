"""Who may see and do what with places and people: places are public, people and their roles are their own."""

from datetime import timedelta
from typing import Any

from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import put, seal_first, wear
from tests.support.world import World, place
from wijkplatform.core import clock
from wijkplatform.core.db import db
from wijkplatform.people.models import LoginRequest, Person, Session
from wijkplatform.places.models import Area, Centre, Mandate, Organisation, Role, Voice

TABLE = """
                                                             visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
neighbourhood in huizum-oost              | view            | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
neighbourhood in huizum-oost              | join            | no      yes yes       no       yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed neighbourhood in huizum-oost       | view            | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
area in huizum-oost                       | view            | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
organisation in huizum-oost               | view            | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
centre in huizum-oost                     | view            | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
role in huizum-oost                       | view            | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
mandate of somebody else in huizum-oost   | view            | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
voice of somebody else in huizum-oost     | view            | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
account of somebody else in huizum-oost   | view            | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
account of somebody else in huizum-oost   | make_login_link | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
person of the files in huizum-oost        | view            | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        yes
session of somebody else in huizum-oost   | view            | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
session of somebody else in huizum-oost   | end             | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
login request in huizum-oost              | view            | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
"""


TOKEN = "t" * 64


def first(model: type, slug: str = "huizum-oost") -> Any:
    return db.session.scalars(db.select(model).where(model.neighbourhood_id == place(slug).id)).first()


def someone() -> Person:
    """An account that is nobody's column."""
    return db.session.scalars(db.select(Person).where(Person.email.startswith("moderator-2"))).one()


def somebodys_session() -> Session:
    person = someone()
    row = db.session.scalars(db.select(Session).where(Session.token_hash == TOKEN)).first()
    if row is None:
        row = Session(person_id=person.id, token_hash=TOKEN, secret="s" * 64, data={})
        put(lambda: db.session.add(row))
    return row


def request_to_log_in() -> LoginRequest:
    there = db.session.scalars(db.select(LoginRequest).where(LoginRequest.email == "x@example.org")).first()
    if there is not None:
        return there
    row = LoginRequest(email="x@example.org", link_hash="l" * 64, expires_at=clock.now() + timedelta(minutes=9))
    put(lambda: db.session.add(row))
    return row


def _join(world: World, browser: Browser, slug: str) -> Any:
    with world.app.app_context():
        area = first(Area, slug).code
    return browser.post(
        f"/wijken/{slug}/meedoen", data={"area": area, "name": "Nieuwe Buur", **wear(world, browser, slug)}
    )


def _end(world: World, browser: Browser, slug: str) -> Any:
    with world.app.app_context():
        row = db.session.scalars(db.select(Session).where(Session.token_hash == TOKEN)).one()
        public_id = row.public_id
    return browser.post(f"/mijn/sessies/{public_id}/beeindigen", data=wear(world, browser, slug))


MATRIX = Matrix(
    TABLE,
    things={
        "neighbourhood in huizum-oost": lambda world: place("huizum-oost"),
        "sealed neighbourhood in huizum-oost": lambda world: seal_first(place("huizum-oost")),
        "area in huizum-oost": lambda world: first(Area),
        "organisation in huizum-oost": lambda world: first(Organisation),
        "centre in huizum-oost": lambda world: first(Centre),
        "role in huizum-oost": lambda world: first(Role),
        "mandate of somebody else in huizum-oost": lambda world: db.session.scalars(
            db.select(Mandate).where(Mandate.person_id == someone().id)
        ).first(),
        "voice of somebody else in huizum-oost": lambda world: first(Voice),
        "account of somebody else in huizum-oost": lambda world: someone(),
        "person of the files in huizum-oost": lambda world: db.session.scalars(
            db.select(Person).where(Person.home_id == place("huizum-oost").id, Person.email.is_(None))
        ).first(),
        "session of somebody else in huizum-oost": lambda world: somebodys_session(),
        "login request in huizum-oost": lambda world: request_to_log_in(),
    },
    doors={
        "neighbourhood view": lambda world, browser, slug: browser.get(f"/wijken/{slug}"),
        "neighbourhood join": _join,
        "sealed neighbourhood view": lambda world, browser, slug: browser.get(f"/wijken/{slug}"),
        "session of somebody else end": _end,
    },
)
