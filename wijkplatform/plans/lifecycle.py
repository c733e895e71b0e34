"""The states of a plan. *Vastgesteld* is what the competent body does; whether a plan is *gedragen* is another fact."""

from typing import Any

from wijkplatform.core import lifecycle, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.lifecycle import Move
from wijkplatform.core.policy import rule
from wijkplatform.core.words import _l
from wijkplatform.plans import policy
from wijkplatform.plans.models import Plan

__all__ = ["policy"]


@rule(_l("Er staat nog geen hoofdstuk in het plan."))
def has_sections(actor: Actor, thing: Any) -> bool:
    return bool(thing.sections)


lifecycle.declare(
    Plan,
    {"writing": _l("schrijfversie"), "inspection": _l("ter inzage"), "adopted": _l("vastgesteld")},
    [
        Move("lay_open", _l("Leg ter inzage"), ("writing",), "inspection", "plan.laid_open", (has_sections,)),
        Move("reopen", _l("Haal terug om verder te schrijven"), ("inspection",), "writing", "plan.reopened"),
        Move("adopt", _l("Stel vast"), ("inspection",), "adopted", "plan.adopted", (has_sections,)),
    ],
)

trail.declare(
    {
        "plan.laid_open": _l("legde het plan ter inzage"),
        "plan.reopened": _l("haalde het plan terug om verder te schrijven"),
        "plan.adopted": _l("stelde het plan vast"),
    }
)
