"""Really at once, on both databases: two officials answer one remark, and one answers while the version comes out."""

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask

from tests.support.calls import article, call_in, open_call, remark
from tests.support.world import OPEN, email_of, place
from wijkplatform.calls import service
from wijkplatform.calls.models import Draft
from wijkplatform.calls.queries import answering, drafting, notes
from wijkplatform.core import trail
from wijkplatform.core.db import db
from wijkplatform.core.errors import Refused, Stale
from wijkplatform.people.models import Person
from wijkplatform.places import queries as places
from wijkplatform.remarks.models import EarlierAnswer

CODES = ("PR-01", "PR-02", "PR-03", "PR-04")


def official(number: int) -> Any:
    person = db.session.scalars(db.select(Person).where(Person.email == email_of("beleidsregisseur", number))).one()
    actor = places.actor_of(person.id)
    return actor, next(each for each in actor.hats_in(place(OPEN).id) if each.kind == "official")


def say(number: int, codes: tuple[str, ...], reason: str, base: int = 0) -> None:
    actor, hat = official(number)
    found = [remark(code) for code in codes]
    service.answer(
        actor, call_in(), found, hat, verdict="declined", reason=reason, bases=[base] * len(codes)
    )  # fmt: skip
    trail.commit()


def move(number: int) -> None:
    actor, hat = official(number)
    service.move(actor, call_in(), "next_draft", hat)
    trail.commit()


def at_once(app: Flask, *deeds: Callable[[], None]) -> list[Exception | None]:
    """Each deed in a thread and a session of its own, all starting together; what stopped each of them."""
    start, stopped = threading.Barrier(len(deeds)), dict.fromkeys(range(len(deeds)))

    def run(no: int, deed: Callable[[], None]) -> None:
        with app.app_context():
            start.wait()
            try:
                deed()
            except (Stale, Refused) as problem:
                stopped[no] = problem  # type: ignore[assignment]
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    return list(stopped.values())


def test_two_officials_at_once_and_nothing_is_lost(both: Flask) -> None:
    with both.app_context():
        open_call(OPEN)
    stopped = at_once(
        both, lambda: say(1, ("PR-01", "PR-02"), "Van de een."), lambda: say(2, ("PR-02", "PR-01"), "Van de ander.")
    )
    assert sorted(type(each).__name__ for each in stopped) == ["NoneType", "Stale"]
    with both.app_context():
        reasons = {remark("PR-01").answer.reason, remark("PR-02").answer.reason}  # type: ignore[union-attr]
        assert len(reasons) == 1
        assert db.session.scalars(db.select(EarlierAnswer)).all() == []
        assert list(trail.faults()) == []


def test_an_answer_cannot_change_while_its_version_comes_out(both: Flask) -> None:
    with both.app_context():
        open_call(OPEN)
        actor, hat = official(1)
        draft = Draft(article("PA-01"))
        service.revise(actor, draft, hat, body="Heel anders.", base=1, because=[remark("PR-01")])
        trail.commit()
        say(1, CODES, "Eerst zo.")
    stopped = at_once(both, lambda: move(1), lambda: say(2, ("PR-01",), "Toch anders.", base=1))
    assert stopped[0] is None
    with both.app_context():
        given = remark("PR-01").answer
        assert given is not None
        assert given.edition == 2
        assert given.reason == ("Toch anders." if stopped[1] is None else "Eerst zo.")
        call = call_in()
        assert (call.draft, drafting.standing(call).unanswered, drafting.changed(call)) == (2, 0, 0)
        assert notes.note_of(call).counts["declined"] == 4
        assert answering.worklist(call, answering.Choice(everything=True)).shown == 4
        assert answering.desk(remark("PR-01")).changes[0].number == 2
        assert len(drafting.lines(call)) == 3
        assert list(trail.faults()) == []
