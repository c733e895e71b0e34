"""The states of a call, from its first draft to the text that bidders answer.

While people can still remark, the next version is a new draft and the round goes on; after it closed, the final text.
"""

from typing import Any

from wijkplatform.calls import policy
from wijkplatform.calls.models import Call
from wijkplatform.calls.queries import drafting
from wijkplatform.core import lifecycle, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.lifecycle import Move
from wijkplatform.core.policy import rule
from wijkplatform.core.words import _l, _n

__all__ = ["policy"]


def _still_open(actor: Actor, thing: Any) -> str:
    return _n(
        "Nog %(n)s reactie heeft geen antwoord. Beantwoord die eerst.",
        "Nog %(n)s reacties hebben geen antwoord. Beantwoord die eerst.",
        n=drafting.unanswered(thing),
    )


@rule(_still_open)
def all_answered(actor: Actor, thing: Any) -> bool:
    return not drafting.unanswered(thing)


@rule(_l("Er staat geen artikel in de volgende versie. Zet er een terug of schrijf er een."))
def has_articles(actor: Actor, thing: Any) -> bool:
    return drafting.has_articles(thing)


@rule(_l("Er is nog niets veranderd sinds dit concept. Pas eerst een artikel aan."))
def has_changed(actor: Actor, thing: Any) -> bool:
    return bool(drafting.changed(thing))


@rule(_l("De reactietijd is voorbij. De volgende versie is de definitieve uitvraag."))
def round_runs(actor: Actor, thing: Any) -> bool:
    return drafting.round_runs(thing)


@rule(_l("De reactietijd loopt nog. Tot die dicht is, kan er alleen een nieuw concept komen."))
def round_over(actor: Actor, thing: Any) -> bool:
    return not drafting.round_runs(thing)


lifecycle.declare(
    Call,
    {
        "writing": _l("in de maak"),
        "draft": _l("concept"),
        "final": _l("definitief"),
        "clarified": _l("definitief na inlichtingen"),
    },
    [
        Move("next_draft", _l("Breng een nieuw concept uit"), ("draft",), "draft", "call.draft_published",
             (round_runs, all_answered, has_articles, has_changed)),
        Move("finalise", _l("Breng de definitieve uitvraag uit"), ("draft",), "final", "call.published",
             (round_over, all_answered, has_articles)),
    ],
)  # fmt: skip

trail.declare(
    {
        "call.draft_published": _l("bracht een concept van de uitvraag uit"),
        "call.published": _l("bracht de definitieve uitvraag uit"),
        "call.clarified": _l("paste de uitvraag aan na de inlichtingen"),
    }
)
