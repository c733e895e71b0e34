"""Who may do what with moments and their commitments: public from the start, promised by who hosts them."""

from datetime import timedelta
from typing import Any

from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import put, seal_first, wear
from tests.support.world import World, place
from wijkplatform.core import clock
from wijkplatform.core.db import db
from wijkplatform.rounds.models import Commitment, Moment, Moments

TABLE = """
                                                 visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
moments in huizum-oost             | view        | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
moments in huizum-oost             | open_moment | no      no  no        no       no    no        no     no        no           no       yes      no    no        no       no     yes         no        no
moment in huizum-oost              | view        | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
moment in huizum-oost              | promise     | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
unrecorded moment in huizum-oost   | view        | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
unrecorded moment in huizum-oost   | promise     | no      no  no        no       no    no        no     no        no           no       yes      no    no        no       no     yes         no        no
unrecorded moment in huizum-oost   | keep        | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
bygone moment in huizum-oost       | promise     | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
bygone moment in huizum-oost       | keep        | no      no  no        no       no    no        no     no        no           no       yes      no    no        no       no     no          no        no
commitment in huizum-oost          | view        | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed moment in huizum-oost       | view        | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
"""


def first(model: type, slug: str = "huizum-oost") -> Any:
    return db.session.scalars(db.select(model).where(model.neighbourhood_id == place(slug).id)).first()


def round_of(slug: str) -> Moment:
    """The writing round: open, with an end, and with its promise."""
    return db.session.scalars(
        db.select(Moment).where(Moment.neighbourhood_id == place(slug).id, Moment.about_kind == "plan")
    ).one()


def unrecorded(slug: str) -> Moment:
    """The writing round as an import would have brought it: open, and nothing promised."""
    moment = round_of(slug)
    put(lambda: db.session.execute(db.delete(Commitment).where(Commitment.moment_id == moment.id)))
    db.session.expire_all()
    return moment


def bygone(slug: str) -> Moment:
    """The writing round, closed yesterday; its promise still to be kept."""
    moment = round_of(slug)
    put(lambda: setattr(moment, "closes_at", clock.now() - timedelta(days=1)))
    return moment


PROMISE = {
    "level": "consult", "decides": "Het college, in het voorjaar.", "open": "De tekst van alle hoofdstukken.",
    "fixed": "Het budget.", "hear_by": (clock.today() + timedelta(days=200)).isoformat(),
}  # fmt: skip


def path(world: World, slug: str, ending: str = "") -> str:
    with world.app.app_context():
        return f"/wijken/{slug}/momenten/{round_of(slug).code}{ending}"


def _list(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(f"/wijken/{slug}/momenten")


def _promise(world: World, browser: Browser, slug: str) -> Any:
    return browser.post(path(world, slug, "/toezegging"), data={**PROMISE, **wear(world, browser, slug)})


def _keep(world: World, browser: Browser, slug: str) -> Any:
    fields = {"where": f"/wijken/{slug}/plan", **wear(world, browser, slug)}
    return browser.post(path(world, slug, "/gehouden"), data=fields)


MATRIX = Matrix(
    TABLE,
    things={
        "moments in huizum-oost": lambda world: Moments(place("huizum-oost")),
        "moment in huizum-oost": lambda world: round_of("huizum-oost"),
        "unrecorded moment in huizum-oost": lambda world: unrecorded("huizum-oost"),
        "bygone moment in huizum-oost": lambda world: bygone("huizum-oost"),
        "commitment in huizum-oost": lambda world: first(Commitment),
        "sealed moment in huizum-oost": lambda world: seal_first(first(Moment)),
    },
    doors={
        "moments view": _list, "moment promise": _promise, "unrecorded moment promise": _promise,
        "unrecorded moment keep": _keep, "bygone moment promise": _promise, "bygone moment keep": _keep,
    },
)  # fmt: skip
