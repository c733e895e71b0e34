"""Who may do what with the agenda. Everybody of the neighbourhood takes part; the municipality answers, no more."""
# ruff: noqa: E501

from typing import Any

from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import seal_first, wear
from tests.support.world import World, place
from wijkplatform.agenda.models import Agenda, Need
from wijkplatform.core.db import db

TABLE = """
                                           visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
agenda in huizum-oost        | view       | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
agenda in huizum-oost        | raise_need | no      no  no        yes      yes   yes       yes    yes       yes          yes      no       no    no        yes      no     yes         no        no
agenda in zuiderkwartier     | raise_need | no      no  no        yes      yes   yes       yes    yes       yes          yes      no       no    no        yes      no     yes         no        no
need in huizum-oost          | view       | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
need in huizum-oost          | support    | no      no  no        yes      yes   yes       yes    yes       yes          yes      no       no    no        yes      no     yes         no        no
need in huizum-oost          | withdraw   | no      no  no        yes      yes   yes       yes    yes       yes          yes      no       no    no        yes      no     yes         no        no
need in zuiderkwartier       | support    | no      no  no        yes      yes   yes       yes    yes       yes          yes      no       no    no        yes      no     yes         no        no
sealed need in huizum-oost   | view       | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
"""


def need_in(slug: str) -> Need:
    return db.session.scalars(db.select(Need).where(Need.neighbourhood_id == place(slug).id).order_by(Need.id)).first()


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
        "sealed need in huizum-oost": lambda world: seal_first(need_in("huizum-oost")),
    },
    doors={
        "agenda view": _agenda, "agenda raise_need": _raise, "need view": _need, "need support": _support("support"),
        "need withdraw": _support("withdraw"), "sealed need view": _need,
    },
)  # fmt: skip
