"""The states of a call, from its first draft to the text that bidders answer. Who moves it on comes with its pages."""

from wijkplatform.calls import policy
from wijkplatform.calls.models import Call
from wijkplatform.core import lifecycle, trail
from wijkplatform.core.words import _l

__all__ = ["policy"]

lifecycle.declare(
    Call,
    {
        "writing": _l("in de maak"),
        "draft": _l("concept"),
        "final": _l("definitief"),
        "clarified": _l("definitief na inlichtingen"),
    },
    [],
)

trail.declare(
    {
        "call.draft_published": _l("bracht een concept van de uitvraag uit"),
        "call.published": _l("bracht de definitieve uitvraag uit"),
        "call.clarified": _l("paste de uitvraag aan na de inlichtingen"),
    }
)
