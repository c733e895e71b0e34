"""Who may see the call: everybody, from its first version on. Bidders and residents read the same.

Everybody with a role in the neighbourhood may say what must change while the draft is open to remarks. The municipality
answers them and writes the next version.
"""

from typing import Any

from wijkplatform.calls.models import Article, Call, Draft, InformationNote, Lot, Question, ResponseNote
from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.policy import anyone, declare, either, logged_in, rule, unsealed
from wijkplatform.core.words import _, _l
from wijkplatform.places.policy import at_home, official
from wijkplatform.rounds import queries as rounds
from wijkplatform.rounds.policy import is_open
from wijkplatform.texts import queries as texts


def _call(thing: Any) -> Call:
    return thing if isinstance(thing, Call) else thing.call  # type: ignore[no-any-return]


@rule(_l("Deze tekst is geen concept meer. Reageren kan niet meer; u kunt alles nog lezen."))
def in_draft(actor: Actor, thing: Any) -> bool:
    return _call(thing).state == "draft"


def _round_is_over(actor: Actor, thing: Any) -> str:
    moment = rounds.moment_about(VISITOR, _call(thing))
    if moment is not None and not clock.reached(moment.opens_at):
        return _("Reageren kan nog niet. De reactieronde begint later.")
    return _("De reactieronde is dicht. U kunt alles nog lezen, ook de antwoorden.")


@rule(_round_is_over)
def round_open(actor: Actor, thing: Any) -> bool:
    """Open from the first instant to the last, to the second; without a round nobody was asked anything."""
    return has_round(_call(thing))


def has_round(call: Call) -> bool:
    """Can people say something now?"""
    window = rounds.window_about(call)
    return window is not None and is_open(window)


@rule(_l("Dit artikel staat niet meer in de uitvraag. Reageer op een ander artikel."))
def stands_in_it(actor: Actor, thing: Any) -> bool:
    """Is the article part of the newest version that came out?"""
    return texts.stands_in_newest("call", thing.call_id, thing.text_id)


def _no_draft(actor: Actor, thing: Any) -> str:
    if _call(thing).state == "writing":
        return _("Er is nog geen concept uitgebracht. Er valt nog niets te beantwoorden.")
    return _("De uitvraag is definitief. De tekst en de antwoorden liggen vast.")


@rule(_no_draft)
def still_a_draft(actor: Actor, thing: Any) -> bool:
    return _call(thing).state == "draft"


@rule(_l("Dit artikel vervalt in de volgende versie. Zet het eerst terug."))
def stays(actor: Actor, thing: Any) -> bool:
    return not thing.article.dropped


REMARK = [in_draft, round_open, logged_in, at_home]
WORK = [official, still_a_draft]
#: An article that no version holds yet is for whoever works on it; for everybody else it is not there.
ON_THE_DESK = either(unsealed, official)

declare(
    Call, view=[anyone, unsealed], remark=REMARK, answer=WORK, write=WORK, next_draft=[official], finalise=[official]
)  # fmt: skip
declare(Draft, view=[ON_THE_DESK], revise=[*WORK, stays], drop=WORK)
declare(Lot, view=[anyone, unsealed])
declare(Article, view=[anyone, unsealed], remark=[*REMARK, stands_in_it])
declare(ResponseNote, view=[anyone, unsealed])
declare(InformationNote, view=[anyone, unsealed])
declare(Question, view=[anyone, unsealed])
