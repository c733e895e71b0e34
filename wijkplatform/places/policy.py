"""Rules that every feature uses: who somebody is in the neighbourhood of a thing. They read role kinds, never names."""

from typing import Any

from wijkplatform.core.actor import Actor
from wijkplatform.core.policy import anyone, declare, rule
from wijkplatform.core.words import _, _l
from wijkplatform.places.models import Area, Centre, Mandate, Neighbourhood, Organisation, Role, Voice

RESIDENTS = frozenset({"resident", "volunteer", "board"})
WORKERS = frozenset({"broker", "caretaker", "youth_worker", "provider"})
NEIGHBOURS = RESIDENTS | WORKERS | {"facilitator", "assessor"}


def place_of(thing: Any) -> int | None:
    """The neighbourhood a rule is about: of the thing, or the thing itself."""
    return thing.id if isinstance(thing, Neighbourhood) else thing.neighbourhood_id


def _who_may(words: str) -> Any:
    def sentence(actor: Actor, thing: Any) -> str:
        if not actor.known:
            return _("Log eerst in. Dat kan met uw e-mailadres, zonder wachtwoord.")
        return str(words)

    return sentence


@rule(_who_may(_l("Dit is voor wie in deze wijk woont, werkt of vrijwilliger is.")))
def takes_part(actor: Actor, thing: Any) -> bool:
    """Wears a hat here of somebody who lives, works or volunteers in the neighbourhood."""
    return actor.has(NEIGHBOURS, place_of(thing)) or is_official(actor, place_of(thing))


@rule(_who_may(_l("Dit is voor de gemeente.")))
def official(actor: Actor, thing: Any) -> bool:
    return is_official(actor, place_of(thing))


@rule(_who_may(_l("Dit besluit neemt het college van burgemeester en wethouders.")))
def executive(actor: Actor, thing: Any) -> bool:
    return actor.has(frozenset({"executive"}), place_of(thing))


def is_official(actor: Actor, neighbourhood_id: int | None) -> bool:
    """An official of the municipality: the same role at a chain partner is a partner, not the municipality."""
    return any(
        hat.kind == "official" and hat.organisation_kind in (None, "municipality")
        for hat in actor.hats_in(neighbourhood_id)
    )


declare(Neighbourhood, view=[anyone])
declare(Area, view=[anyone])
declare(Organisation, view=[anyone])
declare(Centre, view=[anyone])
declare(Role, view=[anyone])


@rule(_l("Wie welke rol heeft, ziet u bij wat iemand zegt."))
def own(actor: Actor, thing: Any) -> bool:
    return actor.known and thing.person_id == actor.person_id


declare(Mandate, visible=lambda actor: [Mandate.person_id == actor.person_id], view=[own])
declare(Voice, visible=lambda actor: [Voice.person_id == actor.person_id], view=[own])
