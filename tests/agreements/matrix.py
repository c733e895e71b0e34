"""Who may see what was agreed: everybody, from the moment that it is public. Nobody changes anything here yet."""

from collections.abc import Callable
from typing import Any

from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import seal_first
from tests.support.world import World, place
from wijkplatform.agreements.models import Action, Adjustment, Agreement, Contract, Conversation, Signal, Standing
from wijkplatform.core.db import db

TABLE = """
                                               visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
contract in zuiderkwartier            | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
agreement in huizum-oost              | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
agreement in zuiderkwartier           | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
conversation in huizum-oost           | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
conversation in zuiderkwartier        | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
standing in zuiderkwartier            | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
action in zuiderkwartier              | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
signal in zuiderkwartier              | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
adjustment in zuiderkwartier          | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed contract in zuiderkwartier     | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
sealed agreement in zuiderkwartier    | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
sealed conversation in zuiderkwartier | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
sealed action in zuiderkwartier       | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
sealed adjustment in zuiderkwartier   | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
"""


def first(model: type[Any], slug: str) -> Any:
    query = db.select(model).where(model.neighbourhood_id == place(slug).id).order_by(model.id)
    return db.session.scalars(query).first()


def _code(world: World, model: type[Any], slug: str) -> str:
    with world.app.app_context():
        return str(first(model, slug).code)


def _agreement(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(f"/wijken/{slug}/afspraken/{_code(world, Agreement, slug)}")


def _conversation(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(f"/wijken/{slug}/gesprekken/{_code(world, Conversation, slug)}")


def _list(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(f"/wijken/{slug}/afspraken")


def _of(model: type[Any], slug: str) -> Callable[[World], Any]:
    return lambda world: first(model, slug)


def _sealed(model: type[Any]) -> Callable[[World], Any]:
    return lambda world: seal_first(first(model, "zuiderkwartier"))


KINDS = {
    "contract": Contract, "agreement": Agreement, "conversation": Conversation, "standing": Standing, "action": Action,
    "signal": Signal, "adjustment": Adjustment,
}  # fmt: skip

MATRIX = Matrix(
    TABLE,
    things={
        **{f"{name} in zuiderkwartier": _of(model, "zuiderkwartier") for name, model in KINDS.items()},
        **{f"{name} in huizum-oost": _of(KINDS[name], "huizum-oost") for name in ("agreement", "conversation")},
        **{
            f"sealed {name} in zuiderkwartier": _sealed(model)
            for name, model in KINDS.items()
            if hasattr(model, "sealed_until")
        },
    },
    doors={
        "contract view": _list, "agreement view": _agreement, "conversation view": _conversation,
        "sealed agreement view": _agreement, "sealed contract view": _agreement,
        "sealed conversation view": _conversation,
    },
)  # fmt: skip
