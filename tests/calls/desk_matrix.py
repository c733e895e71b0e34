"""Who may do what on the desk of the call: the municipality answers, writes the next version and brings it out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.calls.matrix import article_in, call_in
from tests.support.addresses import call_slug
from tests.support.client import Browser
from tests.support.matrix import Matrix
from tests.support.things import put, wear
from tests.support.world import World, place
from wijkplatform.calls import service
from wijkplatform.calls.models import NOT_YET, Call, Draft
from wijkplatform.calls.queries import drafting
from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR, command_line
from wijkplatform.core.db import db
from wijkplatform.remarks import service as remarks
from wijkplatform.remarks.models import Answer, Remark
from wijkplatform.rounds import queries as rounds
from wijkplatform.texts import service as texts

TABLE = """
                                       visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
call to answer in huizum-oost      | answer     | no no no no no no no no no no yes no no no no no no no
call to answer in huizum-oost      | write      | no no no no no no no no no no yes no no no no no no no
call in zuiderkwartier             | answer     | no no no no no no no no no no no  no no no no no no no
call in zuiderkwartier             | write      | no no no no no no no no no no no  no no no no no no no
waiting remark in huizum-oost      | answer     | no no no no no no no no no no yes no no no no no no no
answered for good in huizum-oost   | answer     | no no no no no no no no no no no  no no no no no no no
draft in huizum-oost               | view       | yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes
draft in huizum-oost               | revise     | no no no no no no no no no no yes no no no no no no no
draft in huizum-oost               | drop       | no no no no no no no no no no yes no no no no no no no
draft in zuiderkwartier            | revise     | no no no no no no no no no no no  no no no no no no no
draft in zuiderkwartier            | drop       | no no no no no no no no no no no  no no no no no no no
dropped draft in huizum-oost       | revise     | no no no no no no no no no no no  no no no no no no no
dropped draft in huizum-oost       | drop       | no no no no no no no no no no yes no no no no no no no
unpublished draft in huizum-oost   | view       | no no no no no no no no no no yes no no no no no no no
call ready to move in huizum-oost  | next_draft | no no no no no no no no no no yes no no no no no no no
call after its round in huizum-oost | finalise  | no no no no no no no no no no yes no no no no no no no
"""


def waiting(slug: str) -> Remark:
    """The first remark that waits for an answer."""
    query = db.select(Remark).outerjoin(Answer, Answer.remark_id == Remark.id)
    query = query.where(Remark.neighbourhood_id == place(slug).id, Answer.id.is_(None)).order_by(Remark.id)
    found: Remark = db.session.scalars(query).first()
    return found


def answered_for_good(slug: str) -> Remark:
    found = db.session.scalars(
        db.select(Remark).join(Answer, Answer.remark_id == Remark.id).where(Remark.neighbourhood_id == place(slug).id)
    ).first()
    assert found is not None
    put(lambda: remarks.come_out([found], 2))
    return found


def ready(slug: str, *, over: bool = False) -> Call:
    """Everything has an answer, and an article was changed; perhaps the time for remarks is over."""
    call = call_in(slug)

    def change() -> None:
        for each in db.session.scalars(drafting.remarks_of(call).where(Answer.id.is_(None))).all():
            remarks.apply_answer(command_line(), each, verdict="declined", reason="Dat past hier niet.")
        article = article_in(slug)
        saved = texts.apply_version(article.text, article.title, "Een nieuwe tekst.")
        service.apply_save(command_line(), article, saved)
        if over:
            moment = rounds.moment_about(VISITOR, call)
            assert moment is not None
            moment.closes_at = clock.now() - timedelta(seconds=1)

    put(change)
    return call_in(slug)


def draft(slug: str, **changes: Any) -> Draft:
    article = article_in(slug)
    if changes:
        put(lambda: [setattr(article, key, value) for key, value in changes.items()])
    return Draft(article)


def _path(world: World, slug: str) -> str:
    return f"/uitvragen/{call_slug(world, slug)}"


def _first(world: World, slug: str, find: Callable[[str], Any]) -> str:
    with world.app.app_context():
        return str(find(slug).code)


def _answer(world: World, browser: Browser, slug: str) -> Any:
    code = _first(world, slug, lambda slug: waiting(slug) or answered_in(slug))
    data = {"verdict": "declined", "reason": "Dat past hier niet.", "base": "0", "change": "", "unchanged": ""}
    return browser.post(f"{_path(world, slug)}/reacties/{code}/antwoord", data={**data, **wear(world, browser, slug)})


def answered_in(slug: str) -> Remark:
    found = db.session.scalars(db.select(Remark).where(Remark.neighbourhood_id == place(slug).id)).first()
    assert found is not None
    return found


def _write(world: World, browser: Browser, slug: str) -> Any:
    data = {"title": "Zondag", "body": "Ook op zondag is er iemand.", "note": "", **wear(world, browser, slug)}
    return browser.post(f"{_path(world, slug)}/artikelen/nieuw", data=data)


def _move(name: str) -> Any:
    return lambda world, browser, slug: browser.post(
        f"{_path(world, slug)}/volgende-versie", data={"move": name, **wear(world, browser, slug)}
    )


def _revise(world: World, browser: Browser, slug: str) -> Any:
    code = _first(world, slug, article_in)
    data = {"body": "Heel anders.", "base": "1", "note": "", **wear(world, browser, slug)}
    if slug != "huizum-oost":
        data["base"] = "2"
    return browser.post(f"{_path(world, slug)}/artikelen/{code}/bewerken", data=data)


def _drop(world: World, browser: Browser, slug: str) -> Any:
    code = _first(world, slug, article_in)
    data = {"deed": "drop", **wear(world, browser, slug)}
    return browser.post(f"{_path(world, slug)}/artikelen/{code}/vervalt", data=data)


def _look(world: World, browser: Browser, slug: str) -> Any:
    code = _first(world, slug, article_in)
    return browser.get(f"{_path(world, slug)}/artikelen/{code}/vergelijk?van=1&naar=1")


MATRIX = Matrix(
    TABLE,
    things={
        "call to answer in huizum-oost": lambda world: call_in("huizum-oost"),
        "call in zuiderkwartier": lambda world: call_in("zuiderkwartier"),
        "waiting remark in huizum-oost": lambda world: waiting("huizum-oost"),
        "answered for good in huizum-oost": lambda world: answered_for_good("huizum-oost"),
        "draft in huizum-oost": lambda world: draft("huizum-oost"),
        "draft in zuiderkwartier": lambda world: draft("zuiderkwartier"),
        "dropped draft in huizum-oost": lambda world: draft("huizum-oost", dropped=True),
        "unpublished draft in huizum-oost": lambda world: draft("huizum-oost", sealed_until=NOT_YET),
        "call ready to move in huizum-oost": lambda world: ready("huizum-oost"),
        "call after its round in huizum-oost": lambda world: ready("huizum-oost", over=True),
    },
    doors={
        "call answer": _answer, "call write": _write, "call next_draft": _move("next_draft"),
        "call finalise": _move("finalise"), "waiting remark answer": _answer, "draft revise": _revise,
        "draft drop": _drop, "dropped draft revise": _revise, "unpublished draft view": _look,
    },
)  # fmt: skip
