"""Who may do what with the agenda. Everybody of the neighbourhood takes part; the municipality answers, no more."""

import io
from typing import Any

from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import put, seal_first, wear
from tests.support.world import PURE, World, email_of, place
from wijkplatform.agenda.models import Agenda, Need
from wijkplatform.core.db import db
from wijkplatform.people.models import Person
from wijkplatform.places import service as places_service

TABLE = """
                                           visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
agenda in huizum-oost        | view       | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
agenda in huizum-oost        | raise_need | no      no  no        yes      yes   yes       yes    yes       yes          yes      no       no    no        yes      no     yes         no        no
agenda in zuiderkwartier     | raise_need | no      no  no        yes      yes   yes       yes    yes       yes          yes      no       no    no        yes      no     yes         no        no
need in huizum-oost          | view       | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
need in huizum-oost          | support    | no      no  no        yes      yes   yes       yes    yes       yes          yes      no       no    no        yes      no     yes         no        no
need in huizum-oost          | withdraw   | no      no  no        yes      yes   yes       yes    yes       yes          yes      no       no    no        yes      no     yes         no        no
need in zuiderkwartier       | support    | no      no  no        yes      yes   yes       yes    yes       yes          yes      no       no    no        yes      no     yes         no        no
need in huizum-oost          | attach     | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
residents' need in huizum-oost | attach   | no      no  no        yes      no    no        no     no        no           no       no       no    no        no       no     no          no        no
sealed need in huizum-oost   | view       | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
"""


def need_in(slug: str) -> Need:
    return db.session.scalars(db.select(Need).where(Need.neighbourhood_id == place(slug).id).order_by(Need.id)).first()


def raised_by_resident(slug: str) -> Need:
    """The first need, as if the resident of the table had raised it."""
    need = need_in(slug)
    resident = db.session.scalars(db.select(Person).where(Person.email == email_of(f"{PURE}bewoner"))).one()
    put(lambda: setattr(need, "voice_id", places_service.voice_of_person(place(slug), resident).id))
    return need


def _attach(world: World, browser: Browser, slug: str) -> Any:
    fields = {"description": "Een bankje", "file": (io.BytesIO(b"%PDF-1.7\n%%EOF\n"), "bank.pdf")}
    return browser.post(need_path(world, slug) + "/bijlage", data={**fields, **wear(world, browser, slug)})


def _agenda(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(f"/wijken/{slug}/agenda")


def _raise(world: World, browser: Browser, slug: str) -> Any:
    words = {"title": "Een bankje", "text": "Er is geen plek om te zitten.", "shown_as": "resident"}
    return browser.post(f"/wijken/{slug}/agenda/nieuw", data={**words, **wear(world, browser, slug)})


def _need(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(need_path(world, slug))


def need_path(world: World, slug: str) -> str:
    with world.app.app_context():
        return f"/wijken/{slug}/agenda/{need_in(slug).code}"


def _support(deed: str) -> Any:
    return lambda world, browser, slug: browser.post(
        need_path(world, slug) + "/steun", data={"deed": deed, **wear(world, browser, slug)}
    )


MATRIX = Matrix(
    TABLE,
    things={
        "agenda in huizum-oost": lambda world: Agenda(place("huizum-oost")),
        "agenda in zuiderkwartier": lambda world: Agenda(place("zuiderkwartier")),
        "need in huizum-oost": lambda world: need_in("huizum-oost"),
        "need in zuiderkwartier": lambda world: need_in("zuiderkwartier"),
        "residents' need in huizum-oost": lambda world: raised_by_resident("huizum-oost"),
        "sealed need in huizum-oost": lambda world: seal_first(need_in("huizum-oost")),
    },
    doors={
        "agenda view": _agenda, "agenda raise_need": _raise, "need view": _need, "need support": _support("support"),
        "need withdraw": _support("withdraw"), "need attach": _attach, "residents' attach": _attach, "sealed need view": _need,
    },
)  # fmt: skip
