"""The states of a call, from its first draft to the text that bidders answer.

While people can still remark, the next version is a new draft and the round goes on; after it closed, the final text.
"""

from typing import Any

from wijkplatform.calls import policy
from wijkplatform.calls.models import Call
from wijkplatform.calls.queries import drafting
from wijkplatform.calls.queries.drafting import Standing
from wijkplatform.core import lifecycle, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.lifecycle import Move, Option
from wijkplatform.core.policy import may, rule
from wijkplatform.core.words import _l, _n

__all__ = ["policy"]


def _standing(thing: Any) -> Standing:
    """Of a call as it is now; a page that asks several questions counts once."""
    return thing if isinstance(thing, Standing) else drafting.standing(thing)


def _still_open(actor: Actor, thing: Any) -> str:
    return _n(
        "Nog %(n)s reactie heeft geen antwoord. Beantwoord die eerst.",
        "Nog %(n)s reacties hebben geen antwoord. Beantwoord die eerst.",
        n=_standing(thing).unanswered,
    )


@rule(_still_open)
def all_answered(actor: Actor, thing: Any) -> bool:
    return not _standing(thing).unanswered


@rule(_l("Er staat geen artikel in de volgende versie. Zet er een terug of schrijf er een."))
def has_articles(actor: Actor, thing: Any) -> bool:
    return bool(_standing(thing).articles)


@rule(_l("Er is nog niets veranderd sinds dit concept. Pas eerst een artikel aan."))
def has_changed(actor: Actor, thing: Any) -> bool:
    return bool(_standing(thing).changed)


@rule(_l("De reactietijd is voorbij. De volgende versie is de definitieve uitvraag."))
def round_runs(actor: Actor, thing: Any) -> bool:
    return _standing(thing).runs


@rule(_l("De reactietijd loopt nog. Tot die dicht is, kan er alleen een nieuw concept komen."))
def round_over(actor: Actor, thing: Any) -> bool:
    return not _standing(thing).runs


def next_option(actor: Actor, call: Call, standing: Standing) -> Option | None:
    """The one move that can come next, with what still blocks it; None for whoever has no say in it."""
    move = lifecycle.find(Call, standing.move)
    if move is None or call.state not in move.start or not may(actor, move.name, call):
        return None
    return Option(move, [sentence for need in move.needs if (sentence := need.why_not(actor, standing))])


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
