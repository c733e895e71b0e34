"""Who may open a moment and fill in its commitment. A moment is public from the start."""

from typing import Any

from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.policy import anyone, declare, either, rule, unsealed
from wijkplatform.core.words import _l
from wijkplatform.places.policy import official, place_of
from wijkplatform.rounds.models import Commitment, Moment, Moments


@rule(_l("Dit is voor de gemeente en de gespreksleider van deze wijk."))
def facilitator(actor: Actor, thing: Any) -> bool:
    return actor.has(frozenset({"facilitator"}), place_of(thing))


def is_open(moment: Any) -> bool:
    """Open from its first instant until its last, by the clock and not by a worker."""
    return clock.reached(moment.opens_at) and not clock.reached(moment.closes_at)


@rule(_l("Deze toezegging staat al vast. Een belofte veranderen wij niet stilletjes."))
def unpromised(actor: Actor, thing: Any) -> bool:
    return thing.commitment is None


@rule(_l("Dit moment is al dicht. Een toezegging die er toen niet was, schrijven wij er niet achteraf bij."))
def not_over(actor: Actor, thing: Any) -> bool:
    return not clock.reached(thing.closes_at)


@rule(_l("Bij dit moment is niets toegezegd. Er is dus geen belofte om na te komen."))
def promised(actor: Actor, thing: Any) -> bool:
    return thing.commitment is not None


@rule(_l("Hier staat al dat iedereen het heeft gehoord."))
def not_kept(actor: Actor, thing: Any) -> bool:
    return thing.commitment is None or thing.commitment.kept_at is None


@rule(_l("Dit moment is nog open. Eerst kan iedereen meedoen, daarna vertelt u wat ermee is gedaan."))
def over(actor: Actor, thing: Any) -> bool:
    """Closed, or of the kind that never closes."""
    return thing.closes_at is None or clock.reached(thing.closes_at)


HOSTS = either(official, facilitator, sentence=facilitator.sentence)

declare(Moments, view=[anyone], open_moment=[HOSTS])
declare(
    Moment, view=[anyone, unsealed], promise=[HOSTS, unpromised, not_over], keep=[official, promised, not_kept, over]
)
declare(Commitment, view=[anyone])
