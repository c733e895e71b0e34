"""What every template can use: the macros, words, dates, texts, and who is looking."""

from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import Flask, g, get_flashed_messages, request, session
from markupsafe import Markup, escape

from wijkplatform.core import lifecycle, policy, words
from wijkplatform.core.characters import fault_in_text
from wijkplatform.core.words import _
from wijkplatform.web import actor, dates, drawings, keeping
from wijkplatform.web.forms import make_token
from wijkplatform.web.marked import marked
from wijkplatform.web.prose import prose
from wijkplatform.web.respond import LANGUAGE_COOKIE


def init(app: Flask) -> None:
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(words.gettext, words.counted, newstyle=True)  # type: ignore[attr-defined]
    env.globals["_"] = env.globals["gettext"]
    env.filters.update(prose=prose, number=dates.number, isolated=isolated)
    env.globals.update(
        ui=env.get_template("ui/all.html").module,
        may=policy.may, why_not=policy.why_not, state_name=lifecycle.state_name, circle_drawing=drawings.circle,
        bars_drawing=drawings.bars, csrf_token=make_token, kept_piece=keeping.piece, fixed_piece=keeping.fixed, day=dates.day, moment=dates.moment,
        left=dates.left, last_day=dates.last_day, is_past=dates.is_past, has_begun=dates.has_begun,
    )  # fmt: skip
    env.globals.update(language_name=language_name, marked=marked)
    env.globals.update(
        diff_pairs=diff_pairs, compared_paragraphs=compared_paragraphs, site_name=app.config["SITE_NAME"]
    )
    app.before_request(choose_language)
    app.context_processor(frame)


def choose_language() -> None:
    """The language somebody chose; Dutch for everyone else."""
    words.use(request.cookies.get(LANGUAGE_COOKIE, words.DEFAULT))


def language_name(code: str) -> str:
    """A language by its name in the language of the page: 'Turks'. A code that nobody knows stays a code."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(words.locale()) or code
    except (ValueError, UnknownLocaleError):
        return code
    return name[:1].upper() + name[1:]


def isolated(text: str) -> Markup:
    """Words of people inside ours: their direction marks stay with them."""
    return Markup("<bdi>{}</bdi>").format(escape(text))


def frame() -> dict[str, Any]:
    """What the layout needs on every page."""
    me = actor.current()
    told = [{"text": text} for text in get_flashed_messages()] if session.get("secret") and not g.get("is_part") else []
    return {
        "actor": me,
        "viewer": {"logged_in": me.known, "name": me.name},
        "locale": words.locale(),
        "text_direction": _direction(words.locale()),
        "here": "/" if fault_in_text(request.path) else request.path,
        "description": _("Zeg wat er beter moet in uw wijk. Schrijf mee aan het plan. Zie wat er met uw punt gebeurt."),
        "told": told,
        "languages": _languages(),
    }


def _languages() -> list[tuple[str, str, bool]]:
    """Each language by its own name, and whether it is spoken now. None on the answer to a form: whoever changes the
    language there would lose what they typed."""
    if len(words.available()) < 2 or request.method not in ("GET", "HEAD"):
        return []
    return [(code, own_name(code), code == words.locale()) for code in words.available()]


@cache
def own_name(code: str) -> str:
    """A language by its own name."""
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]


@cache
def _direction(code: str) -> str:
    return Locale.parse(code).text_direction


def diff_pairs(changes: Any) -> list[tuple[str, str]]:
    """Changes of a comparison as the macro for differences reads them."""
    return [(each.kind, each.text) for each in changes]


def compared_paragraphs(compared: Any) -> list[dict[str, Any]]:
    return [{"kind": each.kind, "count": each.count, "changes": diff_pairs(each.changes)} for each in compared]
