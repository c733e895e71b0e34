"""The track of a thing, in a neighbourhood or by its code alone; and what became of one's own contributions."""

from typing import Any

from flask import Blueprint, request

from wijkplatform.core.actor import Actor
from wijkplatform.influence.kinds import KINDS, STAGES
from wijkplatform.influence.queries import chain as chains
from wijkplatform.influence.queries import mine as own
from wijkplatform.places.models import Neighbourhood
from wijkplatform.web.guards import for_people, loads, open_to_all
from wijkplatform.web.respond import page

blueprint = Blueprint("influence", __name__)
_WORDS: dict[str, Any] = {"kinds": KINDS, "stages": STAGES}


@blueprint.get("/wijken/<slug>/spoor/<code>")
@loads(chains.place_of)
def chain(actor: Actor, neighbourhood: Neighbourhood) -> Any:
    return _track(neighbourhood, request.view_args["code"])


def _track(neighbourhood: Neighbourhood, code: str) -> Any:
    shown = _shown()
    found = chains.track(neighbourhood, code, shown)
    return page("influence/chain.html", track=found, neighbourhood=neighbourhood, shown=shown, **_WORDS)


def _shown() -> int:
    """How many of a long list: twenty, and twenty more each time somebody asks."""
    asked = request.args.get("tot", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else chains.PAGE
    return max(chains.PAGE, min(number, chains.MOST))


@blueprint.get("/spoor/<code>")
@open_to_all("finds where a code is; shows what everybody may see")
def anywhere(actor: Actor, code: str) -> Any:
    found = chains.everywhere(code)
    if len(found) == 1:
        return _track(*found[0])
    return page("influence/which.html", status=200 if found else 404, code=code, found=found)


@blueprint.get("/mijn")
@for_people("one's own contributions")
def mine(actor: Actor) -> Any:
    shown = _shown()
    return page(
        "influence/mine.html",
        parts=("lijst",),
        said=own.contributions(actor, shown),
        shown=shown,
        noindex=True,
        **_WORDS,
    )
