"""Who may see the call: everybody, from its first version on. Bidders and residents read the same.

Everybody with a role in the neighbourhood may say what must change while the draft is open to remarks.
"""

from typing import Any

from wijkplatform.calls.models import Article, Call, InformationNote, Lot, Question, ResponseNote
from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.policy import anyone, declare, logged_in, rule, unsealed
from wijkplatform.core.words import _, _l
from wijkplatform.places.policy import at_home
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
    moment = rounds.moment_about(VISITOR, call)
    return moment is not None and is_open(moment)


@rule(_l("Dit artikel staat niet meer in de uitvraag. Reageer op een ander artikel."))
def stands_in_it(actor: Actor, thing: Any) -> bool:
    """Is the article part of the newest version that came out?"""
    return newest_edition_has(thing)


def newest_edition_has(article: Article) -> bool:
    newest = texts.newest_edition("call", article.call_id)
    return newest is not None and article.text_id in {each.text_id for each in newest.members}


REMARK = [in_draft, round_open, logged_in, at_home]

declare(Call, view=[anyone, unsealed], remark=REMARK)
declare(Lot, view=[anyone, unsealed])
declare(Article, view=[anyone, unsealed], remark=[*REMARK, stands_in_it])
declare(ResponseNote, view=[anyone, unsealed])
declare(InformationNote, view=[anyone, unsealed])
declare(Question, view=[anyone, unsealed])
