"""Kept answers: a page that a visitor without any cookie asked for serves the next one, as long as nothing changed.

A route takes part by `@keeps(head)`; none does by itself. The key holds the release, the language, the address, the
part, and the head of the neighbourhood that the page is about. So a deed anywhere is seen at once, and a page stands
until the earliest instant at which a rule on it answers differently. Pieces are smaller: what everybody sees alike on
the pages of people who are logged in.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, wraps
from pathlib import Path
from typing import Any

import brotli
from flask import Response, current_app, request
from markupsafe import Markup

from wijkplatform.core import clock, words
from wijkplatform.core.db import db
from wijkplatform.core.keeping import EVERYWHERE, STORE, database, first, glance, next_unsealing, words_for_all
from wijkplatform.web import forms, static

ROOT = Path(__file__).resolve().parents[2]
LONGEST_QUERY = 200
ASKED_WITH = (
    "HTTP_HX_REQUEST", "HTTP_HX_REQUEST_TYPE", "HTTP_HX_TARGET", "HTTP_HX_BOOSTED", "HTTP_HX_HISTORY_RESTORE_REQUEST",
)  # fmt: skip

View = Callable[..., Any]


@dataclass
class Page:
    """A kept page: its bytes, plain and as each browser wants them, and the mark that browsers ask with."""

    body: bytes
    headers: list[tuple[str, str]]
    mark: str
    packed: dict[str, bytes] = field(default_factory=dict)


@cache
def release() -> str:
    """Changes when the program, a template, a translation or a static file does."""
    found = hashlib.sha256(static.release().encode())
    for folder, ending in (("wijkplatform", "py"), ("templates", "html"), ("translations", "mo")):
        for path in sorted((ROOT / folder).rglob(f"*.{ending}")):
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def keeps(where: str) -> Callable[[View], View]:
    """Keep this route's pages for visitors. `where` is the question that finds the id of the neighbourhood a page is
    about, from the parts of its address; `EVERYWHERE` for a page about all of them. Of what is not found nothing is kept.
    """

    def keep(view: View) -> View:
        @wraps(view)
        def kept(**parts: Any) -> Any:
            found = glance(where, parts) if _for_anybody(where) else None
            return _answer(found[0], found[1], view, parts) if found else view(**parts)

        kept.keeps = where  # type: ignore[attr-defined]
        return kept

    return keep


def _for_anybody(where: str) -> bool:
    """Is this a plain question of a visitor of whom we know nothing at all? In the demo the front door also shows
    accounts, of which no event tells."""
    return (
        request.method == "GET"
        and "HTTP_COOKIE" not in request.environ
        and len(request.query_string) <= LONGEST_QUERY
        and not (where == EVERYWHERE and current_app.config["DEMO"])
    )


def _answer(where: int | None, head: str, view: View, parts: dict[str, Any]) -> Any:
    key = (
        "page", release(), current_app.config["SITE_NAME"], database(), words.locale(), request.host, request.full_path,
        tuple(request.environ.get(name) for name in ASKED_WITH), where, head,
    )  # fmt: skip
    found = STORE.get(key)
    if found is not None:
        return _sent(found.value)
    with clock.collecting() as earliest:
        answer = view(**parts)
        if not _may_stay(answer):
            return answer
        until = first(earliest(), next_unsealing(where))
    body = answer.get_data()
    mark = hashlib.sha256(repr((key, until)).encode()).hexdigest()[:32]
    headers = [(name, value) for name, value in answer.headers if name not in ("Content-Length", "Vary")]
    page = Page(body, headers, mark)
    STORE.put(key, page, until, 2 * len(body) + 2_000)
    return _sent(page)


def _may_stay(answer: Any) -> bool:
    """A whole page that went well, made without a deed, and that leaves nothing behind in the browser."""
    return (
        type(answer).__name__ == "Response"
        and answer.status_code == 200
        and not answer.is_streamed
        and "Set-Cookie" not in answer.headers
        and not db.session.info.get("writing")
    )


def _sent(page: Page) -> Response:
    """The page as this browser wants it, or the word that it has it already."""
    response = Response(status=200, headers=page.headers)
    response.vary.update(["HX-Request", "HX-Target", "Accept-Encoding"])
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(page.mark, weak=True)
    if request.if_none_match.contains_weak(page.mark):
        response.status_code = 304
        return response
    wanted = request.accept_encodings.best_match(["br", "gzip"])
    if wanted is None:
        response.set_data(page.body)
        return response
    if wanted not in page.packed:
        packed = brotli.compress(page.body, quality=5, lgwin=17) if wanted == "br" else gzip.compress(page.body, 6)
        page.packed[wanted] = packed
    response.set_data(page.packed[wanted])
    response.headers["Content-Encoding"] = wanted
    return response


def piece(place: Any, *key: Any, caller: Callable[[], str]) -> Markup:
    """A piece of a page that everybody sees alike: `{% call kept_piece(neighbourhood, 'stappen') %}…{% endcall %}`.

    What differs per reader belongs outside it, or in the key. A form in it may hold its token: that is filled in anew.
    """

    def make() -> str:
        with forms.token_left_open():
            return str(caller())

    # the template's own text, made once: what goes in was escaped there
    html = words_for_all(place.id, ("piece", release(), *key), make)
    return Markup(html.replace(forms.HOLE, forms.make_token()) if forms.HOLE in html else html)  # noqa: S704


def fixed(*key: Any, caller: Callable[[], str]) -> Markup:
    """A piece of a page that only what stands in its key can change: `{% call fixed_piece('menu', homes) %}`."""
    place = ("fixed", release(), current_app.config["SITE_NAME"], words.locale(), key)
    found = STORE.get(place)
    if found is None:
        html = str(caller())
        found = STORE.put(place, html, None, 2 * len(html))
    return Markup(found.value)  # noqa: S704


@contextmanager
def nothing_kept() -> Iterator[None]:
    """For tests: everything is made anew."""
    STORE.clear()
    yield
    STORE.clear()
