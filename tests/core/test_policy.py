"""The policy engine with rules of its own: refusals carry sentences, and nothing unknown opens a door."""

from dataclasses import dataclass

import pytest

from wijkplatform.core import policy
from wijkplatform.core.actor import VISITOR, Actor, Hat
from wijkplatform.core.errors import Refused
from wijkplatform.core.policy import anyone, either, rule

ME = Actor(person_id=1)
HAT = Hat(mandate_id=1, neighbourhood_id=7, role="bewoner", kind="resident", shown="bewoner")


@dataclass
class Bench:
    wet: bool = False


@rule("Het bankje is nat.")
def dry(actor: Actor, bench: Bench) -> bool:
    return not bench.wet


@rule(lambda actor, bench: f"Alleen voor {'u' if actor.known else 'wie is ingelogd'}.")
def known(actor: Actor, bench: Bench) -> bool:
    return actor.known


@pytest.fixture(autouse=True)
def _own_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "_tables", {})
    policy.declare(Bench, view=[anyone], sit=[known, dry], look=[either(known, dry)])


def test_all_rules_of_an_action_must_hold() -> None:
    assert policy.may(ME, "sit", Bench())
    assert not policy.may(ME, "sit", Bench(wet=True))
    assert not policy.may(VISITOR, "sit", Bench())


def test_the_first_rule_that_does_not_hold_gives_the_sentence() -> None:
    assert policy.why_not(VISITOR, "sit", Bench(wet=True)) == "Alleen voor wie is ingelogd."
    assert policy.why_not(ME, "sit", Bench(wet=True)) == "Het bankje is nat."
    assert policy.why_not(ME, "sit", Bench()) is None


def test_one_of_several_is_enough_and_the_first_speaks_for_them() -> None:
    assert policy.may(VISITOR, "look", Bench())
    assert policy.may(ME, "look", Bench(wet=True))
    assert policy.why_not(VISITOR, "look", Bench(wet=True)) == "Alleen voor wie is ingelogd."
    named = either(known, dry, sentence="Kom later terug.")
    assert named.why_not(VISITOR, Bench(wet=True)) == "Kom later terug."


def test_a_demand_is_refused_with_the_sentence() -> None:
    with pytest.raises(Refused, match=r"^Het bankje is nat\.$"):
        policy.demand(ME, "sit", Bench(wet=True))
    policy.demand(ME, "sit", Bench())


def test_an_unknown_action_or_thing_raises_and_never_opens_a_door() -> None:
    with pytest.raises(KeyError):
        policy.may(ME, "stand", Bench())
    with pytest.raises(KeyError):
        policy.may(ME, "view", object())


def test_a_policy_says_who_may_view() -> None:
    with pytest.raises(TypeError, match="who may view"):
        policy.declare(str, sit=[anyone])


def test_a_hat_counts_only_in_its_own_neighbourhood() -> None:
    actor = Actor(person_id=1, hats=(HAT,))
    assert actor.has({"resident"}, 7)
    assert not actor.has({"resident"}, 8)
    assert not actor.has({"resident"}, None)
    assert not actor.has({"official"}, 7)
    assert actor.wearing(1).hats == (HAT,)
    assert actor.wearing(2).hats == ()
