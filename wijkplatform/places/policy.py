"""Rules that every feature uses: who somebody is in the neighbourhood of a thing. They read role kinds, never names."""

from typing import Any

from wijkplatform.core.actor import Actor
from wijkplatform.core.policy import anyone, declare, logged_in, rule, unsealed
from wijkplatform.core.words import _, _l
from wijkplatform.places.hats import PRIVATE_ROLE
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


@rule(_l("U doet nog niet mee in deze wijk. Zeg eerst in welke buurt u woont."))
def at_home(actor: Actor, thing: Any) -> bool:
    """Wears any hat here; whoever does not can say where they live."""
    return bool(actor.hats_in(place_of(thing)))


@rule(_who_may(_l("Dit is voor de gemeente.")))
def official(actor: Actor, thing: Any) -> bool:
    return is_official(actor, place_of(thing))


@rule(_who_may(_l("Dit besluit neemt het college van burgemeester en wethouders.")))
def executive(actor: Actor, thing: Any) -> bool:
    return _of_the_municipality(actor, "executive", place_of(thing))


def is_official(actor: Actor, neighbourhood_id: int | None) -> bool:
    """An official of the municipality: the same role at a chain partner is a partner, not the municipality."""
    return _of_the_municipality(actor, "official", neighbourhood_id)


def _of_the_municipality(actor: Actor, kind: str, neighbourhood_id: int | None) -> bool:
    return any(
        hat.kind == kind and hat.organisation_kind in (None, "municipality") for hat in actor.hats_in(neighbourhood_id)
    )


@rule(_l("U doet al mee als bewoner van deze wijk."))
def no_resident_yet(actor: Actor, thing: Any) -> bool:
    return not any(hat.role == PRIVATE_ROLE for hat in actor.hats_in(place_of(thing)))


declare(Neighbourhood, view=[anyone, unsealed], join=[logged_in, no_resident_yet])
declare(Area, view=[anyone, unsealed])
declare(Organisation, view=[anyone, unsealed])
declare(Centre, view=[anyone, unsealed])
declare(Role, view=[anyone, unsealed])


@rule(_l("Wie welke rol heeft, ziet u bij wat iemand zegt."))
def own(actor: Actor, thing: Any) -> bool:
    return actor.known and thing.person_id == actor.person_id


declare(Mandate, visible=lambda actor: [Mandate.person_id == actor.person_id], view=[own])
declare(Voice, visible=lambda actor: [Voice.person_id == actor.person_id], view=[own])
