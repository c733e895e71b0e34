"""What the criteria answer: how far they are, and where each of their things stands."""

from typing import Any

from flask import url_for

from wijkplatform.core.actor import Actor
from wijkplatform.core.offers import Stage
from wijkplatform.core.words import _
from wijkplatform.criteria import queries
from wijkplatform.criteria.models import CriteriaSet, Criterion, Requirement, WeightChange, WeightNote
from wijkplatform.places import queries as places
from wijkplatform.places.models import Neighbourhood
from wijkplatform.web import dates


def stages(neighbourhood: Neighbourhood, actor: Actor) -> list[Stage]:
    found, href = queries.newest(actor, neighbourhood), url_for("criteria.criteria", slug=neighbourhood.slug)
    if found is None:
        return [Stage(3, _("Criteria"), "next", _("Nog niet begonnen."), href)]
    if found.adopted_on is None:
        return [Stage(3, _("Criteria"), "now", _("Nog niet vastgesteld."), href)]
    return [Stage(3, _("Criteria"), "done", _("Vastgesteld op %(day)s.", day=dates.day(found.adopted_on)), href)]


def address(thing: Any) -> str | None:
    """The page of the criteria, at the criterion or requirement itself."""
    if isinstance(thing, WeightChange):
        thing = thing.criterion
    if not isinstance(thing, CriteriaSet | Criterion | Requirement | WeightNote):
        return None
    anchor = "" if isinstance(thing, CriteriaSet | WeightNote) else f"#{thing.code}"
    return f"/wijken/{places.by_id(thing.neighbourhood_id).slug}/criteria{anchor}"
