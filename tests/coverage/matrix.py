"""Who may see the grey zone: everybody. What is nobody's stays in plain sight."""

from typing import Any

from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import seal_first
from tests.support.world import World, place
from wijkplatform.core.db import db
from wijkplatform.coverage.models import Coverage, GreyZone

TABLE = """
                                          visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
coverage in huizum-oost          | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
coverage in zuiderkwartier       | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
problem in zuiderkwartier        | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed problem in zuiderkwartier | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
"""


def first(model: type, slug: str = "zuiderkwartier") -> Any:
    query = db.select(model).where(model.neighbourhood_id == place(slug).id).order_by(model.id)  # type: ignore[attr-defined]
    return db.session.scalars(query).first()


def _page(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(f"/wijken/{slug}/schemergebied")


MATRIX = Matrix(
    TABLE,
    things={
        "coverage in huizum-oost": lambda world: Coverage(place("huizum-oost")),
        "coverage in zuiderkwartier": lambda world: Coverage(place("zuiderkwartier")),
        "problem in zuiderkwartier": lambda world: first(GreyZone),
        "sealed problem in zuiderkwartier": lambda world: seal_first(first(GreyZone)),
    },
    doors={"coverage view": _page},
)
