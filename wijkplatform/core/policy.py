"""Who may do what: one table per kind of thing, each rule with the sentence that a refusal shows.

Guards, services, templates and lists ask the same question. All rules of an action must hold; alternatives are made
visible with `either`. An action that no table knows raises, so a typing error never opens a door.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.errors import Refused
from wijkplatform.core.words import _l


@dataclass(frozen=True)
class Rule:
    """A fact about an actor and a thing, with what to say when it does not hold."""

    name: str
    sentence: Any  #: text, or a function of (actor, thing) that gives it
    holds: Callable[[Actor, Any], bool]

    def why_not(self, actor: Actor, thing: Any) -> str | None:
        if self.holds(actor, thing):
            return None
        return str(self.sentence(actor, thing) if isinstance(self.sentence, FunctionType) else self.sentence)


def rule(sentence: Any) -> Callable[[Callable[[Actor, Any], bool]], Rule]:
    """Make a rule of a predicate; its name becomes the rule's name."""
    return lambda holds: Rule(holds.__name__, sentence, holds)


def either(*rules: Rule, sentence: Any = None) -> Rule:
    """One of these must hold; without a sentence of its own the first rule's is shown."""
    return Rule(
        " or ".join(each.name for each in rules),
        sentence or rules[0].sentence,
        lambda actor, thing: any(each.holds(actor, thing) for each in rules),
    )


@rule(_l("Iedereen mag dit."))
def anyone(actor: Actor, thing: Any) -> bool:
    return True


@rule(_l("Log eerst in. Dat kan met uw e-mailadres, zonder wachtwoord."))
def logged_in(actor: Actor, thing: Any) -> bool:
    return actor.known


@rule(_l("Dit is nog niet openbaar."))
def unsealed(actor: Actor, thing: Any) -> bool:
    return thing.sealed_until is None or clock.reached(thing.sealed_until)


@dataclass(frozen=True)
class Table:
    """The policy of one kind of thing."""

    actions: dict[str, tuple[Rule, ...]]
    shows: Callable[[Actor], Sequence[ColumnElement[bool]]]


_tables: dict[type, Table] = {}


def _all_rows(actor: Actor) -> Sequence[ColumnElement[bool]]:
    return ()


def declare(
    model: type, *, visible: Callable[[Actor], Sequence[ColumnElement[bool]]] = _all_rows, **actions: Sequence[Rule]
) -> None:
    """Declare the table of a model. `view` is obligatory; `visible` says it in SQL and a test compares the two."""
    if "view" not in actions:
        raise TypeError(f"{model.__name__}: a policy says who may view")
    _tables[model] = Table({name: tuple(rules) for name, rules in actions.items()}, visible)


def table(model: type) -> Table:
    return _tables[model]


def tables() -> dict[type, Table]:
    """All tables, for tests, documentation and the permission matrices."""
    return dict(_tables)


def why_not(actor: Actor, action: str, thing: Any) -> str | None:
    """None when the actor may; otherwise the first sentence that says why not."""
    for each in _tables[type(thing)].actions[action]:
        sentence = each.why_not(actor, thing)
        if sentence is not None:
            return sentence
    return None


def may(actor: Actor, action: str, thing: Any) -> bool:
    return why_not(actor, action, thing) is None


def demand(actor: Actor, action: str, thing: Any) -> None:
    """Refuse with the sentence unless the actor may. The first line of every service verb."""
    sentence = why_not(actor, action, thing)
    if sentence is not None:
        raise Refused(sentence)


def visible_to_all(model: type) -> Select[Any]:
    """The list that everybody sees alike, for what is kept; raises where who looks makes a difference."""
    if _tables[model].shows is not _all_rows:
        raise TypeError(f"{model.__name__}: not everybody sees the same")
    return visible(VISITOR, model)


def visible(actor: Actor, model: type) -> Select[Any]:
    """The only way into a list: what this actor may see of a kind of thing, sealed rows left out."""
    query: Select[Any] = select(model).where(*_tables[model].shows(actor))
    sealed = getattr(model, "sealed_until", None)
    if sealed is not None:
        now = bindparam("now", callable_=lambda: clock.now(), type_=sealed.type)  # asked when it runs
        query = query.where(or_(sealed.is_(None), sealed <= now))
    return query
