"""What the handover answers: how far it is, and where each of its things stands."""

from typing import Any

from flask import url_for

from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.offers import Stage
from wijkplatform.core.words import _
from wijkplatform.handover import queries
from wijkplatform.handover.models import Handover, HandoverItem, LookBack
from wijkplatform.places import queries as places
from wijkplatform.places.models import Neighbourhood
from wijkplatform.web import dates


def stages(neighbourhood: Neighbourhood, actor: Actor) -> list[Stage]:
    handover, href = queries.newest(actor, neighbourhood), url_for("handover.handover", slug=neighbourhood.slug)
    if handover is None:
        return [Stage(7, _("Overdracht"), "next", _("Nog niet begonnen."), href)]
    if clock.reached(clock.end_of(handover.end)):
        return [Stage(7, _("Overdracht"), "done", _("Afgerond op %(day)s.", day=dates.day(handover.end)), href)]
    sentence = _("De wissel is op %(day)s.", day=dates.day(handover.changes_on))
    state = "now" if clock.reached(clock.start_of(handover.start)) else "next"
    return [Stage(7, _("Overdracht"), state, sentence, href)]


def address(thing: Any) -> str | None:
    """The page of the handover, at the item or the look back itself."""
    if not isinstance(thing, Handover | HandoverItem | LookBack):
        return None
    return f"/wijken/{places.by_id(thing.neighbourhood_id).slug}/overdracht#{thing.code}"
