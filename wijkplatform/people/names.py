"""How a person is shown: asked once, at the first contribution, and theirs to choose."""

from wijkplatform.core import trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import begin_writing, db
from wijkplatform.core.errors import Invalid
from wijkplatform.core.words import _, _l
from wijkplatform.people.models import SHOWN_AS, Person

trail.declare({"person.chose_name": _l("koos hoe de naam getoond wordt")}, public=False)


def still_to_ask(actor: Actor) -> str | None:
    """The first name to ask about; None when the choice was made, or there is no name to show."""
    return actor.name.split()[0] if actor.known and actor.name and not actor.asked_name else None


def choices() -> list[tuple[str, str]]:
    """The ways to be shown, in words."""
    return [
        ("resident", _("Als ‘bewoner’ van mijn buurt")),
        ("first_name", _("Met mijn voornaam")),
        ("full_name", _("Met mijn hele naam")),
    ]


def choose(actor: Actor, shown_as: str) -> None:
    """Keep the choice; what was said before stays as it was shown then."""
    if shown_as not in SHOWN_AS:
        raise Invalid("shown_as", _("Kies hoe u genoemd wilt worden."))
    begin_writing()
    person = db.session.get_one(Person, actor.person_id)
    if person.shown_as != shown_as:
        person.shown_as = shown_as
        trail.record(actor, "person.chose_name", person, facts={"shown_as": shown_as})
