"""Who does not take part in a neighbourhood yet says first where they live; what they typed waits for them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request, url_for

from wijkplatform.core.actor import Actor
from wijkplatform.core.policy import why_not
from wijkplatform.places import queries
from wijkplatform.places.policy import at_home, place_of
from wijkplatform.web import kept

View = Callable[[Actor, Any], Any]


def home_first(action: str) -> Callable[[View], View]:
    """Guard a form: when not living here is all that stands in the way, ask that first and come back with the text."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(actor: Actor, thing: Any) -> Any:
            if request.method == "POST" and stranger(actor, action, thing):
                slug = queries.by_id(place_of(thing)).slug
                return kept.to_door(request, url_for("places.join", slug=slug))
            return view(actor, thing)

        return guarded

    return guard


def stranger(actor: Actor, action: str, thing: Any) -> bool:
    """Is the first thing in the way that somebody who is logged in does not take part here yet?"""
    sentence = at_home.why_not(actor, thing) if actor.known else None
    return sentence is not None and why_not(actor, action, thing) == sentence
