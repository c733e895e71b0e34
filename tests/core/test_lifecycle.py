"""States and moves, tried on the plans of the world: every state with every move, legal and illegal."""

import re

import pytest

from tests.plans.matrix import plan_in
from tests.support.things import put
from tests.support.world import OPEN, World
from wijkplatform.core import lifecycle, policy, trail
from wijkplatform.core.actor import Actor, command_line
from wijkplatform.core.db import begin_writing, db
from wijkplatform.core.errors import Refused
from wijkplatform.core.lifecycle import Move
from wijkplatform.plans.models import Plan

MOVES = {"lay_open": "beleidsregisseur", "reopen": "beleidsregisseur", "adopt": "wethouder"}
LEGAL = {("writing", "lay_open"): "inspection", ("inspection", "reopen"): "writing", ("inspection", "adopt"): "adopted"}
STATES = ("writing", "inspection", "adopted")
VERBS = {"writing": "plan.draft_published", "inspection": "plan.laid_open", "adopted": "plan.adopted"}


def in_state(state: str) -> Plan:
    plan = plan_in(OPEN)
    if plan.state != state:
        put(lambda: lifecycle.apply(command_line(), plan, state, VERBS[state]))
    return plan


def test_this_table_is_the_table_of_the_product() -> None:
    table = lifecycle.tables()[Plan]
    assert tuple(table.states) == STATES
    assert {(start, move.name): move.end for move in table.moves for start in move.start} == LEGAL


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_each_move_from_each_state(in_world: World, state: str, move: str) -> None:
    plan, actor = in_state(state), in_world.actor("puur-" + MOVES[move])
    before = trail.head()[0]
    if (state, move) in LEGAL:
        lifecycle.go(actor, plan, move, facts={"reden": "getest"})
        trail.commit()
        assert plan.state == LEGAL[state, move]
        event = trail.history(plan)[-1]
        assert (event.facts["from"], event.facts["to"], event.facts["reden"]) == (state, plan.state, "getest")
        assert event.verb == lifecycle.find(Plan, move).verb
        assert trail.head()[0] == before + 1
    else:
        with pytest.raises(Refused, match="De stand is intussen"):
            lifecycle.go(actor, plan, move)
        db.session.rollback()
        assert plan.state == state
        assert trail.head()[0] == before


@pytest.mark.parametrize("state", STATES)
def test_the_buttons_are_the_moves_that_can_be_made(in_world: World, state: str) -> None:
    plan = in_state(state)
    for role in ("puur-beleidsregisseur", "puur-wethouder", "puur-bewoner"):
        actor = in_world.actor(role)
        shown = {option.move.name for option in lifecycle.options(actor, plan) if not option.blocked}
        allowed = {move for start, move in LEGAL if start == state and role == "puur-" + MOVES[move]}
        assert shown == allowed, role


def test_what_must_hold_first_blocks_with_its_sentence(in_world: World) -> None:
    plan, actor = plan_in(OPEN), in_world.actor("puur-beleidsregisseur")
    begin_writing()
    bare = Plan(
        neighbourhood_id=plan.neighbourhood_id,
        code="LEEG",
        title="Leeg",
        horizon_years=1,
        review="nooit",
        state="writing",
    )
    db.session.add(bare)
    db.session.flush()
    option = next(each for each in lifecycle.options(actor, bare) if each.move.name == "lay_open")
    assert option.blocked == ["Er staat nog geen hoofdstuk in het plan."]
    with pytest.raises(Refused, match="nog geen hoofdstuk"):
        lifecycle.go(actor, bare, "lay_open")


def test_an_unknown_move_or_state_raises(in_world: World) -> None:
    plan = plan_in(OPEN)
    with pytest.raises(LookupError):
        lifecycle.go(in_world.actor("puur-wethouder"), plan, "fly")
    with pytest.raises(LookupError):
        lifecycle.apply(command_line(), plan, "vliegend", "plan.adopted")


def test_a_table_that_names_unknown_states_is_refused() -> None:
    with pytest.raises(TypeError, match="ergens"):
        lifecycle.declare(Plan, {"writing": "x"}, [Move("go", "Ga", ("writing",), "ergens", "plan.adopted")])


def test_every_move_has_a_policy_action_and_a_declared_verb() -> None:
    for model, table in lifecycle.tables().items():
        for move in table.moves:
            assert move.name in policy.table(model).actions, f"nobody says who may {move.name} a {model.__name__}"
            assert move.verb in trail.verbs()
            assert str(move.label)


#: States that only a record taken over is in, until the site has the move.
TAKEN_OVER = {"Call": ["clarified"]}


def test_every_state_can_be_reached_and_the_first_is_where_it_begins() -> None:
    for model, table in lifecycle.tables().items():
        if table.moves:
            reached = {
                next(iter(table.states)),
                *(move.end for move in table.moves),
                *TAKEN_OVER.get(model.__name__, ()),
            }
            assert reached == set(table.states), model.__name__


@pytest.mark.parametrize("model", sorted(lifecycle.tables(), key=lambda each: each.__name__))
def test_the_diagram_shows_every_state_and_move(model: type) -> None:
    drawn = lifecycle.diagram(model)
    table = lifecycle.tables()[model]
    assert drawn.startswith("stateDiagram-v2\n    [*] --> ")
    for code, name in table.states.items():
        assert f"    {code}: {name}" in drawn
    assert len(re.findall(r" --> ", drawn)) == 1 + sum(len(move.start) for move in table.moves)


def test_a_visitor_moves_nothing(in_world: World) -> None:
    for move in MOVES:
        with pytest.raises(Refused):
            lifecycle.go(Actor(), plan_in(OPEN), move)
