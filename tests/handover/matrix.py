"""Who may see a handover: everybody."""

from typing import Any

from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import seal_first
from tests.support.world import World, place
from wijkplatform.core.db import db
from wijkplatform.handover.models import Change, Handover, HandoverItem, LookBack

TABLE = """
                                                visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
change in huizum-oost                  | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
change in zuiderkwartier               | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
handover in zuiderkwartier             | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed handover in zuiderkwartier      | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
item in zuiderkwartier                 | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed item in zuiderkwartier          | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
retrospective in zuiderkwartier        | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed retrospective in zuiderkwartier | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
"""


def first(model: type, slug: str = "zuiderkwartier") -> Any:
    query = db.select(model).where(model.neighbourhood_id == place(slug).id).order_by(model.id)  # type: ignore[attr-defined]
    return db.session.scalars(query).first()


def _page(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(f"/wijken/{slug}/overdracht")


MATRIX = Matrix(
    TABLE,
    things={
        "change in huizum-oost": lambda world: Change(place("huizum-oost")),
        "change in zuiderkwartier": lambda world: Change(place("zuiderkwartier")),
        "handover in zuiderkwartier": lambda world: first(Handover),
        "sealed handover in zuiderkwartier": lambda world: seal_first(first(Handover)),
        "item in zuiderkwartier": lambda world: first(HandoverItem),
        "sealed item in zuiderkwartier": lambda world: seal_first(first(HandoverItem)),
        "retrospective in zuiderkwartier": lambda world: first(LookBack),
        "sealed retrospective in zuiderkwartier": lambda world: seal_first(first(LookBack)),
    },
    doors={"change view": _page},
)
