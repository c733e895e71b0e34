"""Who may do what on the agenda. It belongs to residents: nobody edits, closes or reorders a need for them."""

from typing import Any

from wijkplatform.agenda.models import Agenda, Need
from wijkplatform.core.actor import Actor
from wijkplatform.core.policy import anyone, declare, logged_in, rule, unsealed
from wijkplatform.core.words import _l
from wijkplatform.places.policy import NEIGHBOURS, at_home, place_of


@rule(_l("De agenda is van bewoners. De gemeente antwoordt, maar brengt zelf geen punten in en steunt er geen."))
def of_the_neighbourhood(actor: Actor, thing: Any) -> bool:
    """Lives, works or volunteers here; the municipality answers, it does not raise or support."""
    return actor.has(NEIGHBOURS, place_of(thing))


TAKE_PART = [logged_in, at_home, of_the_neighbourhood]


@rule(_l("Alleen wie dit punt inbracht, kan er een foto of bestand bij doen."))
def raised_it(actor: Actor, thing: Any) -> bool:
    return actor.known and thing.voice.person_id == actor.person_id


declare(Agenda, view=[anyone], raise_need=TAKE_PART)
declare(Need, view=[anyone, unsealed], support=TAKE_PART, withdraw=TAKE_PART, attach=[logged_in, at_home, raised_it])
