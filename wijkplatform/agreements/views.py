"""The agreements of a neighbourhood, one agreement, and one conversation about them: to read and to follow."""

from typing import Any

from flask import Blueprint, request

from wijkplatform.agreements import measures, queries
from wijkplatform.agreements.models import Agreement, Conversation
from wijkplatform.core.actor import Actor
from wijkplatform.places import queries as places
from wijkplatform.places.models import Neighbourhood
from wijkplatform.texts import words as compared
from wijkplatform.web.guards import loads
from wijkplatform.web.keeping import keeps
from wijkplatform.web.respond import page

blueprint = Blueprint("agreements", __name__)


@blueprint.get("/wijken/<slug>/afspraken")
@keeps(places.WHERE)
@loads(places.by_slug)
def agreements(actor: Actor, neighbourhood: Neighbourhood) -> Any:
    shown, talks_shown = _wanted("tot"), _wanted("gesprekken")
    found = queries.listing(actor, neighbourhood, shown, talks_shown)
    return page(
        "agreements/agreements.html", parts=("afspraken", "gesprekken"), neighbourhood=neighbourhood, found=found,
        shown=shown, talks_shown=talks_shown, next_talk=queries.next_talk(found.contracts),
        missed=queries.missed(found.contracts), measures=measures,
    )  # fmt: skip


def _wanted(name: str) -> int:
    """How many of a list are wanted; what makes no sense is passed over."""
    asked = request.args.get(name, "")[:6]
    return min(max(int(asked), queries.PAGE), 500) if asked.isascii() and asked.isdigit() else queries.PAGE


@blueprint.get("/wijken/<slug>/afspraken/<code>")
@keeps(places.WHERE)
@loads(queries.agreement_of)
def agreement(actor: Actor, agreement: Agreement) -> Any:
    found = queries.adjustments(actor, agreement)
    course = queries.course(actor, agreement, queries.holds_from(found))
    return page(
        "agreements/agreement.html", neighbourhood=places.by_id(agreement.neighbourhood_id), agreement=agreement,
        course=course, stories=queries.stories(found, course), steps=measures.steps(agreement, course.standings),
        named=queries.named(agreement), bid=queries.bid_of(agreement.contract), measures=measures,
        next_talk=queries.next_talk([agreement.contract]), missed=queries.missed([agreement.contract]),
        compared=compared.compare,
    )  # fmt: skip


@blueprint.get("/wijken/<slug>/gesprekken/<code>")
@keeps(places.WHERE)
@loads(queries.conversation_of)
def conversation(actor: Actor, talk: Conversation) -> Any:
    return page(
        "agreements/conversation.html", neighbourhood=places.by_id(talk.neighbourhood_id), talk=talk,
        reported=queries.reported(actor, talk), looked_back=queries.looked_back(actor, talk),
        around=queries.around(actor, talk), measures=measures,
    )  # fmt: skip
