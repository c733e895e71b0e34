"""Who may open a moment and fill in its commitment. A moment is public from the start."""

from typing import Any

from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.policy import anyone, declare, either, rule, unsealed
from wijkplatform.core.words import _l
from wijkplatform.places.policy import official, place_of
from wijkplatform.rounds.models import Commitment, Moment


@rule(_l("Dit is voor de gemeente en de gespreksleider van deze wijk."))
def facilitator(actor: Actor, thing: Any) -> bool:
    return actor.has(frozenset({"facilitator"}), place_of(thing))


@rule(_l("Dit moment is dicht. U kunt alles nog lezen."))
def still_open(actor: Actor, thing: Any) -> bool:
    return is_open(thing)


def is_open(moment: Any) -> bool:
    """Open from its first instant until its last, by the clock and not by a worker."""
    return clock.reached(moment.opens_at) and not clock.reached(moment.closes_at)


HOSTS = either(official, facilitator, sentence=facilitator.sentence)

declare(Moment, view=[anyone, unsealed], promise=[HOSTS])
declare(Commitment, view=[anyone])
