"""Who may see and do what with accounts, requests to log in and sessions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, false, or_

from wijkplatform.core.actor import Actor
from wijkplatform.core.policy import declare, either, rule
from wijkplatform.core.words import _l
from wijkplatform.people.models import LoginRequest, Person, Session

ADMINISTRATORS = frozenset({"administrator"})


@rule(_l("Dit gaat over het account van iemand anders."))
def self(actor: Actor, person: Person) -> bool:
    return actor.known and person.id == actor.person_id


@rule(_l("Dit is voor de beheerder van deze wijk."))
def administrator(actor: Actor, person: Person) -> bool:
    """Of the neighbourhood that brought this person along: two neighbourhoods never touch."""
    return person.home_id is not None and actor.has(ADMINISTRATORS, person.home_id)


@rule(_l("Dit kan alleen met een opdracht op de server."))
def on_the_server(actor: Actor, thing: Any) -> bool:
    return actor.system == "opdrachtregel"


@rule(_l("Dit kan niemand bekijken."))
def nobody(actor: Actor, thing: Any) -> bool:
    return False


@rule(_l("U ziet alleen de apparaten waarop u zelf bent ingelogd."))
def own(actor: Actor, session: Session) -> bool:
    return actor.known and session.person_id == actor.person_id


def _persons(actor: Actor) -> Sequence[ColumnElement[bool]]:
    homes = {hat.neighbourhood_id for hat in actor.hats if hat.kind in ADMINISTRATORS}
    return [or_(Person.id == actor.person_id, Person.home_id.in_(homes))]


def _none(actor: Actor) -> Sequence[ColumnElement[bool]]:
    return [false()]


declare(Person, visible=_persons, view=[either(self, administrator)], make_login_link=[on_the_server])
declare(LoginRequest, visible=_none, view=[nobody])
declare(Session, visible=lambda actor: [Session.person_id == actor.person_id], view=[own], end=[own])
