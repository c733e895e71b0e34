"""Every route is guarded, or open with a reason; a test walks them all.

`@loads` fetches what the address names, asks the policy whether this actor may see it and hands over actor and thing.
'Not yours' and 'not there' look the same: 404.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request

from wijkplatform.core import policy
from wijkplatform.core.errors import NotThere
from wijkplatform.core.words import _
from wijkplatform.web import actor as web_actor
from wijkplatform.web import kept

View = Callable[..., Any]


def loads(find: Callable[..., Any]) -> Callable[[View], View]:
    """Guard a route with what it is about: `find(**address parts)` gives the thing, or None when there is none.

    What a visitor sends here is kept until after logging in: it may be somebody whose login expired.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**parts: Any) -> Any:
            actor = web_actor.current()
            thing = find(**parts)
            if thing is None or not policy.may(actor, "view", thing):
                raise NotThere(_("Deze bladzijde is er niet."))
            if request.method == "POST" and not actor.known:
                return kept.to_login(request)
            return view(actor, thing)

        guarded.guard = f"loads {find.__name__}"  # type: ignore[attr-defined]
        return guarded

    return guard


def for_people(reason: str) -> Callable[[View], View]:
    """Guard a route for whoever is logged in; a visitor logs in first and comes back, with what was typed."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**parts: Any) -> Any:
            actor = web_actor.current()
            return view(actor, **parts) if actor.known else kept.to_login(request)

        guarded.guard = f"for people: {reason}"  # type: ignore[attr-defined]
        return guarded

    return guard


def open_to_all(reason: str) -> Callable[[View], View]:
    """Open to everybody, and why that is right."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**parts: Any) -> Any:
            return view(web_actor.current(), **parts)

        guarded.guard = f"open: {reason}"  # type: ignore[attr-defined]
        return guarded

    return guard
