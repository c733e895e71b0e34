"""What the assessment answers: how far it is, and where each of its things stands."""

from typing import Any

from flask import url_for

from wijkplatform.assessment import queries
from wijkplatform.assessment.models import AssessmentPlanning, Bid, Consensus, Decision, Score, Seat
from wijkplatform.calls.models import Call
from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.offers import Stage
from wijkplatform.core.policy import may
from wijkplatform.core.words import _
from wijkplatform.places.models import Neighbourhood
from wijkplatform.web import dates


def stages(neighbourhood: Neighbourhood, actor: Actor) -> list[Stage]:
    found = queries.newest(actor, neighbourhood)
    if found is None:
        return [Stage(5, _("Beoordeling"), "next", _("Nog niet begonnen."), None)]
    href, planning = url_for("assessment.assessment", slug=found.call.slug), found.planning
    if found.decision is not None and may(actor, "read_verdict", found):
        return [Stage(5, _("Beoordeling"), "done", _("Besloten op %(day)s.", day=dates.day(found.decision.day)), href)]
    if planning is None:
        return [Stage(5, _("Beoordeling"), "next", _("Nog niet begonnen."), href)]
    if clock.reached(clock.start_of(planning.assess_from)):
        return [Stage(5, _("Beoordeling"), "now", _("Het team beoordeelt de plannen."), href)]
    begins = _("Begint op %(day)s.", day=dates.day(planning.assess_from))
    return [Stage(5, _("Beoordeling"), "next", begins, href)]


def address(thing: Any) -> str | None:
    """The page of the assessment, at the thing itself. A bid is named by what cannot be counted."""
    if isinstance(thing, Score | Consensus):
        return address(db.session.get(Bid, thing.bid_id))
    if not isinstance(thing, AssessmentPlanning | Seat | Bid | Decision):
        return None
    call = db.session.get(Call, thing.call_id) if thing.call_id is not None else None
    if call is None:
        return None
    anchor = {Bid: "public_id", Seat: "code", Decision: "code"}.get(type(thing))
    return f"/uitvragen/{call.slug}/beoordeling" + (f"#{getattr(thing, anchor)}" if anchor else "")
