"""Who may see what of an assessment: the team works, a bidder reads its own bid, everybody reads the verdict.

The accounts of this table hold no seat and send no bid: who does, stands in test_policy. Officials and buyers of the
municipality read along with the team.
"""

from datetime import timedelta
from typing import Any

from tests.support.addresses import call_slug
from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import put, seal_first
from tests.support.world import World, place
from wijkplatform.assessment import queries
from wijkplatform.assessment.models import Assessment, AssessmentPlanning, Bid, Consensus, Decision, Score, Seat
from wijkplatform.calls.models import Call
from wijkplatform.core import clock
from wijkplatform.core.db import db

TABLE = """
                                                        visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
assessment in huizum-oost              | view         | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
assessment in huizum-oost              | read_verdict | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
assessment in zuiderkwartier           | view         | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
assessment in zuiderkwartier           | read_verdict | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
assessment undecided in zuiderkwartier | view         | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
assessment undecided in zuiderkwartier | read_verdict | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
sealed assessment in zuiderkwartier    | view         | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
planning in zuiderkwartier             | view         | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
seat in zuiderkwartier                 | view         | no      no  no        no       no    no        no     no        no           no       yes      yes   no        no       no     no          no        no
bid in zuiderkwartier                  | view         | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
bid in zuiderkwartier                  | read_offer   | no      no  no        no       no    no        no     no        no           no       yes      yes   no        no       no     no          no        no
bid undecided in zuiderkwartier        | view         | no      no  no        no       no    no        no     no        no           no       yes      yes   no        no       no     no          no        no
bid undecided in zuiderkwartier        | read_offer   | no      no  no        no       no    no        no     no        no           no       yes      yes   no        no       no     no          no        no
sealed bid in zuiderkwartier           | view         | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
sealed bid in zuiderkwartier           | read_offer   | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
score in zuiderkwartier                | view         | no      no  no        no       no    no        no     no        no           no       yes      yes   no        no       no     no          no        no
consensus in zuiderkwartier            | view         | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
consensus undecided in zuiderkwartier  | view         | no      no  no        no       no    no        no     no        no           no       yes      yes   no        no       no     no          no        no
decision in zuiderkwartier             | view         | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
decision undecided in zuiderkwartier   | view         | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
"""


def first(model: type, slug: str = "zuiderkwartier") -> Any:
    query = db.select(model).where(model.neighbourhood_id == place(slug).id).order_by(model.id)  # type: ignore[attr-defined]
    return db.session.scalars(query).first()


def assessment_in(slug: str) -> Assessment:
    found = queries.assessment_of(first(Call, slug).slug)
    assert found is not None
    return found


def undecided(slug: str = "zuiderkwartier") -> None:
    """As if the decision is sent tomorrow."""
    decision = first(Decision, slug)
    put(lambda: setattr(decision, "sealed_until", clock.now() + timedelta(days=1)))


def before_it(model: type) -> Any:
    undecided()
    return first(model)


def undecided_assessment() -> Assessment:
    undecided()
    return assessment_in("zuiderkwartier")


def sealed_assessment() -> Assessment:
    found = assessment_in("zuiderkwartier")
    seal_first(found.call)
    return found


def _page(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(f"/uitvragen/{call_slug(world, slug)}/beoordeling")


MATRIX = Matrix(
    TABLE,
    things={
        "assessment in huizum-oost": lambda world: assessment_in("huizum-oost"),
        "assessment in zuiderkwartier": lambda world: assessment_in("zuiderkwartier"),
        "assessment undecided in zuiderkwartier": lambda world: undecided_assessment(),
        "sealed assessment in zuiderkwartier": lambda world: sealed_assessment(),
        "planning in zuiderkwartier": lambda world: first(AssessmentPlanning),
        "seat in zuiderkwartier": lambda world: first(Seat),
        "bid in zuiderkwartier": lambda world: first(Bid),
        "bid undecided in zuiderkwartier": lambda world: before_it(Bid),
        "sealed bid in zuiderkwartier": lambda world: seal_first(before_it(Bid)),
        "score in zuiderkwartier": lambda world: first(Score),
        "consensus in zuiderkwartier": lambda world: first(Consensus),
        "consensus undecided in zuiderkwartier": lambda world: before_it(Consensus),
        "decision in zuiderkwartier": lambda world: first(Decision),
        "decision undecided in zuiderkwartier": lambda world: before_it(Decision),
    },
    doors={"assessment view": _page, "sealed assessment view": _page},
)
