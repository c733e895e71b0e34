"""Every refusal is a plain page with a sentence; a fault of ours says so and loses nothing that was kept."""

import logging
import traceback
from typing import Any

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException

from wijkplatform.core import words
from wijkplatform.core.db import db
from wijkplatform.core.errors import Invalid, NotThere, Refused, Stale, TooMany
from wijkplatform.core.words import _, _l
from wijkplatform.web import actor, kept
from wijkplatform.web.htmx import htmx
from wijkplatform.web.respond import page
from wijkplatform.web.security import WrongToken

log = logging.getLogger(__name__)

SENTENCES = {
    400: (_l("Dit begrepen we niet"), _l("Ga terug naar de vorige bladzijde en probeer het nog eens.")),
    403: (_l("Dat mag u hier niet"), _l("Dit formulier kwam niet van onze eigen site. Open de bladzijde opnieuw.")),
    404: (_l("Deze bladzijde is er niet"), _l("Misschien is het adres veranderd. Begin bij uw wijk.")),
    405: (_l("Zo werkt deze bladzijde niet"), _l("Ga terug naar de vorige bladzijde en gebruik de knop die daar staat.")),
    413: (_l("Dat is te veel in één keer"), _l("Maak uw tekst korter. Uw browser heeft hem nog: ga terug.")),
    429: (_l("Even wachten"), _l("Er kwamen te veel verzoeken achter elkaar. Probeer het straks nog eens.")),
    500: (_l("Er ging bij ons iets mis"), _l("Het ligt niet aan u. Wat al bewaard was, is er nog. Probeer het straks weer.")),
    503: (_l("We zijn even niet bereikbaar"), _l("Uw browser heeft uw tekst nog. Wacht een minuut en verstuur opnieuw.")),
}  # fmt: skip


def init(app: Flask) -> None:
    app.register_error_handler(NotThere, lambda error: plain(404, sentence=error.sentence))
    app.register_error_handler(ObjectDeletedError, lambda error: plain(404))
    app.register_error_handler(Refused, refused)
    app.register_error_handler(Invalid, lambda error: plain(400, sentence=error.sentence))
    app.register_error_handler(TooMany, too_many)
    app.register_error_handler(Stale, lambda error: plain(409))
    app.register_error_handler(StaleDataError, lambda error: plain(409))
    app.register_error_handler(WrongToken, wrong_token)
    app.register_error_handler(HTTPException, lambda error: plain(error.code or 500, headers=error))
    app.register_error_handler(OperationalError, database_away)
    app.register_error_handler(Exception, fault)


def plain(status: int, *, sentence: object = None, headers: HTTPException | None = None, **context: Any) -> Response:
    """A plain page with what happened and what to do; whatever was half done is undone."""
    db.session.rollback()
    fallback = SENTENCES[500 if status >= 500 else 400]
    title, standard = SENTENCES.get(status, fallback)
    response = page("error.html", status=status, title=title, sentence=sentence or standard, **context)
    if htmx.part() is not None:  # the refusal takes the place of the page's content, not of the part that was asked
        response.headers.update({"HX-Retarget": "#inhoud", "HX-Reselect": "#inhoud", "HX-Reswap": "outerHTML"})
    if headers is not None and status == 405:
        response.headers["Allow"] = ", ".join(getattr(headers, "valid_methods", None) or ["GET"])
    return response


def refused(error: Refused) -> Any:
    """Somebody who is not logged in gets the chance to log in, and keeps what was typed."""
    if not actor.current().known and request.method == "POST":
        db.session.rollback()
        return kept.to_login(request)
    return plain(403, sentence=error.sentence)


def wrong_token(error: WrongToken) -> Any:
    """The form was open while the session changed: keep what was typed and let the person look again."""
    return kept.to_login(request)


def too_many(error: TooMany) -> Response:
    response = plain(429, sentence=error.sentence)
    response.headers["Retry-After"] = str(error.seconds)
    return response


def database_away(error: OperationalError) -> Response:
    log.error("the database is away: %s", type(error.orig).__name__)
    return _without_database(503)


def fault(error: Exception) -> Response:
    if current_app.testing:
        raise error
    where = "".join(traceback.format_tb(error.__traceback__))  # our lines alone: what an error says may hold texts
    log.error("a fault at %s %s: %s\n%s", request.method, request.endpoint, type(error).__name__, where)
    try:
        return plain(500)
    except Exception:
        return _without_database(500)


def _without_database(status: int) -> Response:
    """A page that asks nothing of the database."""
    title, sentence = SENTENCES[status]
    body = current_app.jinja_env.get_template("bare_error.html").render(
        title=title, sentence=sentence, lang=words.locale(), home=_("Naar het begin")
    )
    return Response(body, status=status)
