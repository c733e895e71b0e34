"""Every service verb asks first, and leaves at least one event; what is no deed leaves none."""

import ast
from collections.abc import Callable
from typing import Any

import pytest

from tests.agenda.matrix import need_in
from tests.plans.matrix import plan_in, section_in
from tests.support.world import OPEN, World
from tests.test_architecture import FEATURES, PACKAGE, calls_in, tree
from wijkplatform.agenda import service as agenda
from wijkplatform.agenda.models import Agenda
from wijkplatform.core import lifecycle, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.errors import Refused
from wijkplatform.places import queries as places_queries
from wijkplatform.places import service as places
from wijkplatform.plans import service as plans
from wijkplatform.texts import queries as texts

#: Verbs that are deeds: how to do each, and which events it leaves.
DEEDS: dict[str, tuple[Callable[[World, Actor], Any], list[str]]] = {
    "agenda.raise_need": (
        lambda world, actor: agenda.raise_need(
            actor, Agenda(home()), hat(actor), title="Een bankje", text="Bij de brug.", areas=[]
        ),
        ["need.raised"],
    ),
    "agenda.support": (lambda world, actor: agenda.support(actor, need_in(OPEN)), ["need.supported"]),
    "agenda.withdraw": (
        lambda world, actor: (agenda.support(actor, need_in(OPEN)), agenda.withdraw(actor, need_in(OPEN))),
        ["need.supported", "need.support_withdrawn"],
    ),
    "plans.revise": (lambda world, actor: save(actor), ["section.saved"]),
    "plans.restore": (
        lambda world, actor: (save(actor), plans.restore(actor, section_in(OPEN), hat(actor), 1, "Dat was beter.")),
        ["section.saved", "section.saved"],
    ),
    "places.join": (
        lambda world, actor: places.join(
            world.actor("nieuw"), home(), places_queries.areas(actor, home())[0].code, "Nieuwe Buur"
        ),
        [],
    ),
}
#: Verbs that start with asking something else than a policy, or belong to other deeds, and where they are tested.
ELSEWHERE = {
    "people": "tests/people", "texts": "part of other deeds; tests/texts", "index": "part of other deeds",
    "attachments": "tests/attachments", "rounds": "part of other deeds", "remarks": "taken over only",
}  # fmt: skip
#: What deeds use after they asked; it refuses by itself what its actor does not have.
PARTS_OF_DEEDS = {"speak"}


def home() -> Any:
    return places_queries.by_slug(OPEN)


def hat(actor: Actor) -> Any:
    return actor.hats_in(home().id)[0]


def save(actor: Actor) -> Any:
    section = section_in(OPEN)
    head = texts.head(section.text)
    return plans.revise(actor, section, hat(actor), body=head.body + "\n\nEen bankje.", base=head.number)


@pytest.mark.parametrize("verb", DEEDS)
def test_a_deed_leaves_its_events(in_world: World, verb: str) -> None:
    do, events = DEEDS[verb]
    before, actor = trail.head()[0], in_world.actor("puur-bewoner")
    do(in_world, actor)
    made = [each.verb for each in db.session.info.get("events", [])]
    trail.commit()
    if events:
        assert made == events
    assert made, f"{verb} leaves no event"
    assert trail.head()[0] == before + len(made)
    assert list(trail.faults()) == []


@pytest.mark.parametrize("verb", DEEDS)
def test_a_deed_is_refused_to_a_visitor_before_anything_happens(in_world: World, verb: str) -> None:
    if verb == "places.join":
        with pytest.raises(Refused):
            places.join(Actor(), home(), "HB-01", "x")
        return
    resident = in_world.actor("puur-bewoner")
    stranger = Actor(hats=resident.hats)  # wears hats without being anybody
    with pytest.raises(Refused):
        DEEDS[verb][0](in_world, stranger)
    assert db.session.info.get("events", []) == []


def test_every_verb_of_a_service_asks_first() -> None:
    """Public functions of a service that take an actor first: either they ask, or they only apply."""
    for feature in FEATURES:
        path = PACKAGE / feature / "service.py"
        if not path.exists() or feature in ELSEWHERE:
            continue
        for each in tree(path).body:
            if not isinstance(each, ast.FunctionDef) or not each.args.args or each.args.args[0].arg != "actor":
                continue
            if each.name.startswith(("_", "apply_")) or each.name in PARTS_OF_DEEDS:
                continue
            asks = [*calls_in(each, "demand"), *calls_in(each, "go"), *calls_in(each, "speak")]
            assert asks, f"{feature}.{each.name} asks nobody"


def test_saving_what_already_stands_there_is_no_deed(in_world: World) -> None:
    section, actor = section_in(OPEN), in_world.actor("puur-bewoner")
    head = texts.head(section.text)
    version = plans.revise(actor, section, hat(actor), body=head.body, base=head.number)
    assert version.id == head.id
    assert db.session.info.get("events", []) == []


def test_a_move_leaves_one_event_and_a_refused_one_none(in_world: World) -> None:
    plan = plan_in(OPEN)
    with pytest.raises(Refused):
        lifecycle.go(in_world.actor("puur-bewoner"), plan, "lay_open")
    assert db.session.info.get("events", []) == []
    lifecycle.go(in_world.actor("puur-beleidsregisseur"), plan, "lay_open")
    assert [each.verb for each in db.session.info["events"]] == ["plan.laid_open"]
