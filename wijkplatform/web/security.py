"""Where a request comes from, what an answer may do in the browser, and which answers may be kept where."""

from flask import Flask, Response, request, session
from werkzeug.exceptions import BadRequest, Forbidden, NotFound

from wijkplatform.core import keeping
from wijkplatform.core.characters import fault_in_text
from wijkplatform.web import kept
from wijkplatform.web.forms import good_token

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class WrongToken(Forbidden):
    """The form was made in another session, or in none."""


def init(app: Flask) -> None:
    app.before_request(guard)
    app.after_request(harden)
    app.after_request(kept.forget)


def guard() -> None:
    """A form must come from our own pages; one of somebody logged in carries the token of that session too."""
    if any(fault_in_text(each) for each in (request.path, *request.args.values())):
        raise NotFound  # no address of ours holds a sign that nobody can read, and a database chokes on some
    if request.method in SAFE_METHODS:
        keeping.showing()
        return
    if not _from_our_pages():
        raise Forbidden
    keeping.acting()
    if request.is_json:
        raise BadRequest  # our forms send no JSON, and its values can be of any kind
    if session.get("secret") and not good_token(request.form.get("csrf_token", "") or _header_token()):
        raise WrongToken


def _header_token() -> str:
    return request.headers.get("X-CSRF-Token", "")


def _from_our_pages() -> bool:
    """`Sec-Fetch-Site` where the browser sends it, else `Origin`; whatever sends neither is no browser."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host


def harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    response.vary.add("Cookie")
    if session.get("secret") or request.method not in SAFE_METHODS or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response
