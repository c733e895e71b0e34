"""Answers: a page or the part that htmx asked for, and going back after a deed.

A part is a block of the page's template whose name is its DOM id. `back_to` is one of the two places where a deed is
committed; the other is the command line.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, current_app, flash, make_response, redirect, request, session, url_for
from jinja2_fragments.flask import render_block
from werkzeug.wrappers import Response as BaseResponse

from wijkplatform.core import trail
from wijkplatform.web.htmx import htmx
from wijkplatform.web.paths import own_path

LANGUAGE_COOKIE = "taal"
MOST_TOLD = 5  #: sentences that wait for the next page; somebody may do much and look at nothing
YEAR = 365 * 24 * 3600


def page(template: str, *, parts: Sequence[str] = (), status: int = 200, **context: Any) -> Response:
    """The whole page, or the one declared part whose id htmx targets. Never a part for a boosted or history request."""
    part = htmx.part()
    if part in parts:
        body = render_block(template, part, **context)
    else:
        body = current_app.jinja_env.get_or_select_template(template).render(**_globals(context))
    response = make_response(body, status)
    response.vary.update(["HX-Request", "HX-Target"])
    return response


def _globals(context: dict[str, Any]) -> dict[str, Any]:
    current_app.update_template_context(context)
    return context


def back_to(endpoint: str, *, said: object = None, anchor: str | None = None, **values: Any) -> BaseResponse:
    """Make the deed final and go back to the page that shows it, with a sentence that says what happened."""
    return go_to(url_for(endpoint, _anchor=anchor, **values), said=said)


def go_to(path: str, *, said: object = None) -> BaseResponse:
    """Make the deed final and go to a path that was checked to be our own."""
    if said is not None and htmx.part() is None:
        flash(str(said))
        session["_flashes"] = session["_flashes"][-MOST_TOLD:]
    for write in along:
        write()
    trail.commit()
    return redirect(path, code=303)


#: What is written in the transaction of a deed that is about to be final, beside it: what the next page tells of it.
along: list[Callable[[], None]] = []


def file(content: bytes, media: str, name: str, mark: str) -> Response:
    """A file to keep or to show inside a page; never a page of its own in the browser."""
    response = Response(content, mimetype=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.set_etag(mark)
    return response.make_conditional(request)


def plain_text(line: str) -> Response:
    return Response(f"{line}\n", mimetype="text/plain")


def to_page(path: str, *, language: str) -> BaseResponse:
    """Back to one of our own pages, in the language just chosen."""
    answer = redirect(own_path(path, door_too=True), code=303)
    answer.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer
