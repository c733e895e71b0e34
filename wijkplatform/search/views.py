"""The page to search on: one field, what was found, and a neighbourhood to choose."""

from typing import Any

from flask import Blueprint, request

from wijkplatform.core.actor import Actor
from wijkplatform.places import queries as places
from wijkplatform.search import queries
from wijkplatform.web.guards import open_to_all
from wijkplatform.web.respond import page

blueprint = Blueprint("search", __name__)
LONGEST = 200


@blueprint.get("/zoeken")
@open_to_all("what is found is asked of each thing: nobody finds what they may not see")
def search(actor: Actor) -> Any:
    question, slug, shown = (
        request.args.get("q", "")[:LONGEST],
        request.args.get("wijk", ""),
        request.args.get("tot", "")[:6],
    )
    limit = min(max(int(shown), queries.PAGE), 500) if shown.isascii() and shown.isdigit() else queries.PAGE
    neighbourhoods = places.neighbourhoods(actor)
    place = next((each for each in neighbourhoods if each.slug == slug), None)
    found = queries.find(actor, question, place.slug if place else None, limit)
    return page("search/search.html", parts=("gevonden",), question=question, place=place, found=found, shown=limit,
                neighbourhoods=neighbourhoods)  # fmt: skip
