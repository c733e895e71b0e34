"""The matrices hold: through the policy, through the real routes, and for every action that a policy declares."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Select

from tests.agenda import matrix as agenda
from tests.agreements import matrix as agreements
from tests.assessment import matrix as assessment
from tests.attachments import matrix as attachments
from tests.calls import desk_matrix as desk
from tests.calls import matrix as calls
from tests.coverage import matrix as coverage
from tests.criteria import matrix as criteria
from tests.handover import matrix as handover
from tests.places import matrix as places
from tests.plans import matrix as plans
from tests.publish import matrix as publish
from tests.rounds import matrix as rounds
from tests.support.client import Browser
from tests.support.matrix import Matrix, acted
from tests.support.things import put, seal_first
from tests.support.world import COLUMNS, FINISHED, OPEN, World, column_account, column_actor
from wijkplatform.core import policy
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db, kind_of
from wijkplatform.core.errors import Refused
from wijkplatform.people.models import LoginRequest

MATRICES: dict[str, Matrix] = {
    "agenda": agenda.MATRIX,
    "agreements": agreements.MATRIX,
    "assessment": assessment.MATRIX,
    "attachments": attachments.MATRIX,
    "calls": calls.MATRIX,
    "coverage": coverage.MATRIX,
    "criteria": criteria.MATRIX,
    "desk": desk.MATRIX,
    "handover": handover.MATRIX,
    "places": places.MATRIX,
    "plans": plans.MATRIX,
    "publish": publish.MATRIX,
    "rounds": rounds.MATRIX,
}  # fmt: skip
THINGS = [pytest.param(name, thing, id=thing) for name, matrix in MATRICES.items() for thing in matrix.things]
#: Actions that no matrix shows, because no room has them yet: what an import brings may be read, and that is all.
READ_ONLY = {
    "Answer", "InformationNote", "Lot", "Question", "ResponseNote",
}  # fmt: skip
READ_ACTIONS = {"view", "read_offer"}


@pytest.fixture(scope="module")
def logged_in(shared_world: World) -> Iterator[tuple[dict[tuple[str, str], Browser], object]]:
    """A browser for each column and neighbourhood, logged in once; and the world in which they are."""
    shared_world.back()
    browsers = {}
    for slug in (OPEN, FINISHED):
        for column in COLUMNS:
            browser, account = shared_world.browser(), column_account(column, slug)
            if account is not None:
                browser.log_in(shared_world.logins[f"{account[0].replace('_', '-')}-{account[1]}@demo.example.org"])
                browser.token()
            browsers[column, slug] = browser
    yield browsers, shared_world.mark()
    shared_world.back()


def rows_of(matrix: Matrix, thing: str) -> Iterator[tuple[str, dict[str, bool]]]:
    return ((row.action, row.cells) for row in matrix.rows if row.thing == thing)


@pytest.mark.parametrize(("name", "thing"), THINGS)
def test_the_policy_says_what_the_matrix_says(in_world: World, name: str, thing: str) -> None:
    matrix, slug = MATRICES[name], thing.rpartition(" in ")[2]
    found = matrix.things[thing](in_world)
    rows = list(rows_of(matrix, thing))
    assert rows, f"{thing} has no row"
    for action, cells in rows:
        for column, expected in cells.items():
            actor = column_actor(in_world, column, slug)
            assert policy.may(actor, action, found) is expected, (
                f"{column}: {action}: {policy.why_not(actor, action, found)}"
            )
            if not expected:
                with pytest.raises(Refused) as refusal:
                    policy.demand(actor, action, found)
                assert str(refusal.value.sentence).endswith((".", "!", "?")), "a refusal is a sentence"


@pytest.mark.parametrize(("name", "thing"), THINGS)
def test_the_route_does_what_the_matrix_says(shared_world: World, logged_in, name: str, thing: str) -> None:  # type: ignore[no-untyped-def]
    matrix, slug = MATRICES[name], thing.rpartition(" in ")[2]
    short = next((known for known in _shorter(thing) if any(door.startswith(f"{known} ") for door in matrix.doors)), "")
    browsers, everybody_in = logged_in
    shared_world.back(everybody_in)
    with shared_world.app.app_context():
        matrix.things[thing](shared_world)
    start, tried = shared_world.mark(), 0
    for action, cells in rows_of(matrix, thing):
        door = matrix.doors.get(f"{short} {action}")
        if door is None:
            continue
        for column, expected in cells.items():
            browser = browsers[column, slug]
            answer = door(shared_world, browser, slug)
            assert acted(answer) is expected, f"{column}: {action}: {answer.status_code}"
            shared_world.back(start)
            tried += 1
    start.close()
    if short and "sealed plan" not in thing:
        assert tried or not short


def _shorter(thing: str) -> list[str]:
    """'section in writing in huizum-oost' is a section; 'sealed need in …' has doors of its own."""
    bare = thing.rpartition(" in ")[0]
    first = bare.split()[0]
    return [bare] if first == "sealed" or " of " in bare else [bare, first]


def test_every_declared_action_stands_in_a_matrix(in_world: World) -> None:
    shown = set()
    for matrix in MATRICES.values():
        kinds = {thing: type(make(in_world)).__name__ for thing, make in matrix.things.items()}
        db.session.rollback()
        shown |= {(kinds[row.thing], row.action) for row in matrix.rows}
    for model, table in policy.tables().items():
        for action in table.actions:
            if model.__name__ in READ_ONLY and action in READ_ACTIONS:
                continue
            assert (model.__name__, action) in shown, f"no matrix says who may {action} a {model.__name__}"


def test_every_row_names_a_thing_and_an_action_that_exist(in_world: World) -> None:
    for matrix in MATRICES.values():
        for row in matrix.rows:
            assert row.thing in matrix.things, row.thing
            assert row.action in policy.table(type(matrix.things[row.thing](in_world))).actions


COMPARED = sorted((model.__name__ for model in policy.tables()), key=str)


@pytest.mark.parametrize("name", COMPARED)
def test_lists_show_exactly_what_may_be_viewed(in_world: World, name: str) -> None:
    """`visible` says it in SQL, `view` in Python; compared over every row of the world, for everybody."""
    model = next(each for each in policy.tables() if each.__name__ == name)
    if not hasattr(model, "__tablename__"):
        return
    if model is LoginRequest:
        places.request_to_log_in()
    rows = db.session.scalars(db.select(model)).all()
    if rows and hasattr(model, "sealed_until"):
        seal_first(rows[0])
        rows = db.session.scalars(db.select(model)).all()
    for column in COLUMNS:
        for slug in (OPEN, FINISHED):
            actor = column_actor(in_world, column, slug)
            _same(actor, model, list(rows), column)


def _same(actor: Actor, model: type, rows: list[object], column: str) -> None:
    query: Select[tuple[object]] = policy.visible(actor, model)
    listed = {each.id for each in db.session.scalars(query).all()}
    viewed = {each.id for each in rows if policy.may(actor, "view", each)}
    assert listed == viewed, f"{column} sees other {model.__name__} rows in lists than one by one: {listed ^ viewed}"


def test_a_removed_mandate_works_no_longer_from_the_next_request(world: World) -> None:
    browser = world.as_role("puur-bewoner")
    path = f"/wijken/{OPEN}/agenda/nieuw"
    assert browser.go(path).status == 200
    with world.app.app_context():
        person = world.person("puur-bewoner")
        put(
            lambda: db.session.execute(
                db.text("UPDATE mandate SET last_day = '2020-01-01' WHERE person_id = :p"), {"p": person.id}
            )
        )
    assert browser.go(path).status == 403


def test_a_hat_of_somebody_else_is_not_worn(world: World) -> None:
    """Extra fields change nothing: whose hat it is, is asked at the server."""
    browser = world.as_role("puur-bewoner")
    form = browser.go(f"/wijken/{OPEN}/agenda/nieuw").form("/agenda/nieuw")
    other = world.watch.execute("SELECT max(id) FROM mandate").fetchone()[0]
    page = form.submit(title="Een bankje", text="Er is geen bankje.", hat=str(other), shown_as="resident")
    assert page.status == 422
    assert "Kies namens wie" in page.words


def test_the_words_of_kinds_are_the_words_of_things(in_world: World) -> None:
    """A refusal never shows a code or an English word."""
    for matrix in MATRICES.values():
        for thing, make in matrix.things.items():
            found = make(in_world)
            slug = thing.rpartition(" in ")[2]
            for action in policy.table(type(found)).actions:
                for column in COLUMNS:
                    sentence = policy.why_not(column_actor(in_world, column, slug), action, found)
                    assert sentence is None or not any(
                        word in sentence for word in (action, "None", "%(", "huizum-oost")
                    )
            if hasattr(found, "__tablename__"):
                assert kind_of(found)
