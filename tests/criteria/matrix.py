"""Who may see the criteria: everybody, from the first proposal on."""

from typing import Any

from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import seal_first
from tests.support.world import World, place
from wijkplatform.core.db import db
from wijkplatform.criteria.models import (
    Criteria,
    CriteriaSet,
    Criterion,
    Requirement,
    WeightChange,
    WeightNote,
)

TABLE = """
                                              visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
criteria in huizum-oost              | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
criteria in zuiderkwartier           | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
set in zuiderkwartier                | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed set in zuiderkwartier         | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
criterion in zuiderkwartier          | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed criterion in zuiderkwartier   | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
requirement in zuiderkwartier        | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed requirement in zuiderkwartier | view | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
change in zuiderkwartier             | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
note in zuiderkwartier               | view | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
"""


def first(model: type, slug: str = "zuiderkwartier") -> Any:
    query = db.select(model).where(model.neighbourhood_id == place(slug).id).order_by(model.id)  # type: ignore[attr-defined]
    return db.session.scalars(query).first()


def _page(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(f"/wijken/{slug}/criteria")


MATRIX = Matrix(
    TABLE,
    things={
        "criteria in huizum-oost": lambda world: Criteria(place("huizum-oost")),
        "criteria in zuiderkwartier": lambda world: Criteria(place("zuiderkwartier")),
        "set in zuiderkwartier": lambda world: first(CriteriaSet),
        "sealed set in zuiderkwartier": lambda world: seal_first(first(CriteriaSet)),
        "criterion in zuiderkwartier": lambda world: first(Criterion),
        "sealed criterion in zuiderkwartier": lambda world: seal_first(first(Criterion)),
        "requirement in zuiderkwartier": lambda world: first(Requirement),
        "sealed requirement in zuiderkwartier": lambda world: seal_first(first(Requirement)),
        "change in zuiderkwartier": lambda world: first(WeightChange),
        "note in zuiderkwartier": lambda world: first(WeightNote),
    },
    doors={"criteria view": _page},
)
