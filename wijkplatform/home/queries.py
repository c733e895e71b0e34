"""The neighbourhood page: asked of every feature through the offers, so that it knows none of them."""

from dataclasses import dataclass

from sqlalchemy import select

from wijkplatform.core import clock, offers
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.db import db
from wijkplatform.core.keeping import for_all
from wijkplatform.core.offers import OpenNow, Stage
from wijkplatform.people.models import Person
from wijkplatform.people.queries import DEMO_DOMAIN
from wijkplatform.places import queries as places
from wijkplatform.places.hats import SHORT
from wijkplatform.places.models import KNOWN_ROLES, Mandate, Neighbourhood


@dataclass(frozen=True)
class Now:
    """What is going on in a neighbourhood, as one actor sees it: the greeting, what is open, the seven stages."""

    greeting: OpenNow | None
    open: list[OpenNow]
    stages: list[Stage]


def now(neighbourhood: Neighbourhood, actor: Actor) -> Now:
    """What closes first comes first; what one can do oneself goes before what one cannot. How far each stage is, is the
    same for everybody."""
    found = offers.gather("open_now", neighbourhood, actor)
    found = [each for each in found if each.closes_at is None or not clock.reached(each.closes_at)]
    first = sorted(found, key=lambda each: (not each.mine, each.closes_at is None, -each.weight, each.closes_at or 0))
    stages = for_all(neighbourhood.id, "stages", lambda: offers.gather("stages", neighbourhood, VISITOR))
    lit = {each.stage for each in found}
    return Now(
        greeting=first[0] if first else None,
        open=first,
        stages=[_lit(stage) if stage.no in lit else stage for stage in sorted(stages, key=lambda each: each.no)],
    )


def _lit(stage: Stage) -> Stage:
    """A stage in which something stands open is open, whatever was finished before."""
    return Stage(stage.no, stage.name, "now", stage.sentence, stage.href)


def demo_logins() -> list[tuple[Neighbourhood, list[tuple[str, Person]]]]:
    """The accounts of the demo per neighbourhood, each with its role in words, in the order of the roles.

    Their addresses are made as <role>-<number>@<demo domain>.
    """
    rows = db.session.execute(
        select(Person, Mandate.neighbourhood_id).join(Mandate, Mandate.person_id == Person.id)
        .where(Person.email.endswith(DEMO_DOMAIN)).order_by(Person.email, Mandate.position, Mandate.id)
    ).unique()  # fmt: skip
    lives: dict[Person, int] = {}
    for person, neighbourhood_id in rows:
        if _role(person) in ROLES:
            lives.setdefault(person, neighbourhood_id)
    found: dict[int, list[tuple[str, Person]]] = {}
    for person in sorted(lives, key=lambda each: ROLES.index(_role(each))):
        found.setdefault(lives[person], []).append((SHORT[_role(person)], person))
    return [(places.by_id(each), found[each]) for each in sorted(found, reverse=True)]


ROLES = list(KNOWN_ROLES)


def _role(person: Person) -> str:
    return str(person.email).rpartition("-")[0].replace("-", "_")
