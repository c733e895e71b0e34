"""Who may do what with the call. Everybody reads it; whoever takes part in the neighbourhood says what must change."""

from typing import Any

from tests.support.addresses import call_slug
from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import put, seal_first, wear
from tests.support.world import World, place
from wijkplatform.calls.models import Article, Call
from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR
from wijkplatform.core.db import db
from wijkplatform.remarks.models import Remark
from wijkplatform.rounds import queries as rounds

TABLE = """
                                       visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
call in huizum-oost         | view    | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
call in huizum-oost         | remark  | no      no  no        yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed call in huizum-oost  | view    | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
article in huizum-oost      | view    | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
article in huizum-oost      | remark  | no      no  no        yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
article in zuiderkwartier   | remark  | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
closed article in huizum-oost | remark | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
remark in huizum-oost       | view    | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed remark in huizum-oost | view   | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
"""


def call_in(slug: str) -> Call:
    return db.session.scalars(db.select(Call).where(Call.neighbourhood_id == place(slug).id)).one()


def article_in(slug: str) -> Article:
    return call_in(slug).articles[0]


def closed_article(slug: str) -> Article:
    """The first article, as it is the very second that the round closes."""
    found = article_in(slug)
    moment = rounds.moment_about(VISITOR, found.call)
    put(lambda: setattr(moment, "closes_at", clock.now()))
    return found


def remark_in(slug: str) -> Remark:
    query = db.select(Remark).where(Remark.neighbourhood_id == place(slug).id).order_by(Remark.id)
    return db.session.scalars(query).first()


def _path(world: World, slug: str) -> str:
    return f"/uitvragen/{call_slug(world, slug)}"


def article_path(world: World, slug: str) -> str:
    with world.app.app_context():
        return f"{_path(world, slug)}/artikelen/{article_in(slug).code}"


def _call(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(_path(world, slug))


def _article(world: World, browser: Browser, slug: str) -> Any:
    return browser.get(article_path(world, slug))


def _remark(world: World, browser: Browser, slug: str) -> Any:
    with world.app.app_context():
        code = remark_in(slug).code
    return browser.get(f"{_path(world, slug)}/reacties/{code}")


def _make(world: World, browser: Browser, slug: str) -> Any:
    words = {"text": "Noem hier een aantal uren.", "about": "artikel", "read": "1", "shown_as": "resident"}
    return browser.post(article_path(world, slug) + "/reageren", data={**words, **wear(world, browser, slug)})


MATRIX = Matrix(
    TABLE,
    things={
        "call in huizum-oost": lambda world: call_in("huizum-oost"),
        "sealed call in huizum-oost": lambda world: seal_first(call_in("huizum-oost")),
        "article in huizum-oost": lambda world: article_in("huizum-oost"),
        "article in zuiderkwartier": lambda world: article_in("zuiderkwartier"),
        "closed article in huizum-oost": lambda world: closed_article("huizum-oost"),
        "remark in huizum-oost": lambda world: remark_in("huizum-oost"),
        "sealed remark in huizum-oost": lambda world: seal_first(remark_in("huizum-oost")),
    },
    doors={
        "call view": _call, "call remark": _make, "sealed call view": _call, "article view": _article,
        "article remark": _make, "closed article remark": _make, "remark view": _remark, "sealed remark view": _remark,
    },
)  # fmt: skip
