"""States and moves: one table per kind of thing, and the only place that writes `state`.

*Who* may make a move is the policy action of the same name; *what must hold first* are the move's `needs`, rules with
sentences. From the table come the buttons, what still blocks them, the event, the diagram and the tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from wijkplatform.core import policy, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import begin_writing, db
from wijkplatform.core.errors import Refused
from wijkplatform.core.policy import Rule
from wijkplatform.core.words import _


@dataclass(frozen=True)
class Move:
    """One way from a state to another."""

    name: str
    label: Any  #: on the button
    start: tuple[str, ...]
    end: str
    verb: str  #: of the event it leaves
    needs: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Option:
    """A move as one actor sees it now: free, or with the sentences that block it."""

    move: Move
    blocked: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """All states of a kind of thing with their names, and the moves between them."""

    states: dict[str, Any]
    moves: tuple[Move, ...]


_tables: dict[type, Table] = {}


def declare(model: type, states: dict[str, Any], moves: Sequence[Move]) -> None:
    """Declare the moves of a model; the first state is where it begins."""
    unknown = {state for move in moves for state in (*move.start, move.end)} - set(states)
    if unknown:
        raise TypeError(f"{model.__name__}: moves name unknown states {sorted(unknown)}")
    _tables[model] = Table(dict(states), tuple(moves))


def tables() -> dict[type, Table]:
    return dict(_tables)


def state_name(thing: Any) -> str:
    """The state as residents read it."""
    return state_word(type(thing), thing.state)


def state_word(model: type, state: str) -> str:
    """A state of this kind of thing in words, also one that it left behind."""
    return str(_tables[model].states[state])


def options(actor: Actor, thing: Any) -> list[Option]:
    """The moves out of this state that the actor has a say in, blocked ones with their reasons."""
    return [
        Option(move, [sentence for need in move.needs if (sentence := need.why_not(actor, thing))])
        for move in _tables[type(thing)].moves
        if thing.state in move.start and policy.may(actor, move.name, thing)
    ]


def find(model: type, name: str) -> Move | None:
    return next((move for move in _tables[model].moves if move.name == name), None)


def go(
    actor: Actor,
    thing: Any,
    name: str,
    *,
    because: Sequence[Any] = (),
    facts: dict[str, Any] | None = None,
    voice: Any = None,
) -> None:
    """Make a move: asks who, from where and what must hold, under a lock; writes the state and one event."""
    move = find(type(thing), name)
    if move is None:
        raise LookupError(f"{type(thing).__name__} has no move {name}")
    _lock(thing)
    policy.demand(actor, name, thing)
    if thing.state not in move.start:
        raise Refused(_("Dat kan nu niet meer. De stand is intussen: %(state)s.", state=state_name(thing)))
    for need in move.needs:
        sentence = need.why_not(actor, thing)
        if sentence is not None:
            raise Refused(sentence)
    apply(actor, thing, move.end, move.verb, because=because, facts=facts, voice=voice)


def _lock(thing: Any) -> None:
    """Of two who move the same thing at once, the second sees where the first left it."""
    begin_writing()
    model = type(thing)
    db.session.execute(
        select(model).where(model.id == thing.id).with_for_update(of=model).execution_options(populate_existing=True)
    )


def apply(
    actor: Actor,
    thing: Any,
    state: str,
    verb: str,
    *,
    because: Sequence[Any] = (),
    facts: dict[str, Any] | None = None,
    voice: Any = None,
    happened: datetime | None = None,
    precision: str = "second",
) -> None:
    """Write a state that was reached, without asking who or when: for `go`, and for records taken over."""
    if state not in _tables[type(thing)].states:
        raise LookupError(f"{type(thing).__name__} has no state {state}")
    before, thing.state = thing.state, state
    trail.record(
        actor,
        verb,
        thing,
        because=because,
        facts={**(facts or {}), "from": before, "to": state},
        voice=voice,
        happened=happened,
        precision=precision,
    )


def diagram(model: type) -> str:
    """The table as a Mermaid state diagram, for `wijkplatform states` and the documentation."""
    states, moves = _tables[model].states, _tables[model].moves
    lines = ["stateDiagram-v2", f"    [*] --> {next(iter(states))}"]
    lines += [f"    {code}: {name}" for code, name in states.items()]
    lines += [f"    {start} --> {move.end}: {move.label}" for move in moves for start in move.start]
    return "\n".join(lines)
