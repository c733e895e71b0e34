"""Who may do what with the plan: it is co-written while it is a draft, and locked once it is adopted."""

from typing import Any

from wijkplatform.core.actor import Actor
from wijkplatform.core.policy import anyone, declare, logged_in, rule, unsealed
from wijkplatform.core.words import _, _l
from wijkplatform.places.policy import NEIGHBOURS, at_home, executive, is_official, official, place_of
from wijkplatform.plans.models import Memorandum, Plan, Principle, Section
from wijkplatform.rounds import queries as rounds
from wijkplatform.rounds.policy import is_open


def _plan(thing: Any) -> Plan:
    return thing if isinstance(thing, Plan) else thing.plan  # type: ignore[no-any-return]


def _not_in_writing(actor: Actor, thing: Any) -> str:
    if _plan(thing).state == "adopted":
        return _("Dit plan is vastgesteld. De tekst ligt vast tot de volgende herijking.")
    return _("Dit plan ligt ter inzage. Meeschrijven kan weer als het terugkomt als schrijfversie.")


@rule(_not_in_writing)
def in_writing(actor: Actor, thing: Any) -> bool:
    return _plan(thing).state == "writing"


@rule(_l("Deze schrijfronde is dicht. U kunt alles nog lezen."))
def round_open(actor: Actor, thing: Any) -> bool:
    """A writing round with a closing time ends on the second; without a round there is nothing to close."""
    window = rounds.window_about(_plan(thing))
    return window is None or is_open(window)


@rule(_l("Meeschrijven doen bewoners, centra, organisaties en gemeente van deze wijk. Uw rol hoort daar niet bij."))
def co_author(actor: Actor, thing: Any) -> bool:
    """Everybody of the neighbourhood, and its municipality: the plan is written at one table."""
    return actor.has(NEIGHBOURS - {"assessor"}, place_of(thing)) or is_official(actor, place_of(thing))


WRITE = [in_writing, round_open, logged_in, at_home, co_author]

declare(Memorandum, view=[anyone, unsealed])
declare(Principle, view=[anyone, unsealed])
declare(Plan, view=[anyone, unsealed], write=WRITE, lay_open=[official], reopen=[official], adopt=[executive])
declare(Section, view=[anyone, unsealed], revise=WRITE, restore=WRITE)
