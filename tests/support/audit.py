"""The audit of every answer: a fault is a sentence, so that a failing test says what is wrong and where."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as WORDS
from werkzeug.test import TestResponse

SITE = "Wijkplatform"
LABELLED = ("input", "select", "textarea")
NEEDS_NO_LABEL = ("hidden", "submit", "button", "image", "reset")
REFERS = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "aria-details", "aria-errormessage")
CSP_FORBIDDEN = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:", "https:", "nonce-")
HX_SCRIPTS = re.compile(r"^(data-)?hx-(on|vals|vars|headers)", re.I)


@lru_cache(maxsize=256)
def parse(html: str, part: bool = False) -> tuple[Element, tuple[str, ...]]:
    """The tree of a page or of a part, and what an HTML parser stumbles over."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree = parser.parseFragment(html) if part else parser.parse(html)
    faults = [f"line {at[0]}: {WORDS.get(code, code) % values}" for at, code, values in parser.errors]
    for each in tree.iter():  # svg keeps its namespace; names alone are enough here
        if isinstance(each.tag, str):
            each.tag = each.tag.rpartition("}")[2]
    return tree, tuple(faults)


def answer(response: TestResponse, path: str, *, logged_in: bool) -> list[str]:
    """Every fault of an answer: its headers, and its HTML when it has any."""
    faults = [*headers(response, path, logged_in=logged_in)]
    if response.mimetype == "text/html" and not 300 <= response.status_code < 400 and response.request.method != "HEAD":
        html = response.get_data(as_text=True)
        if not html and "HX-Redirect" in response.headers:
            return faults
        is_part = not html.lstrip()[:9].lower().startswith("<!doctype")
        found = page(html, part=is_part, logged_in=logged_in)
        if (
            response.request.method == "POST" and response.status_code >= 400
        ):  # what was typed comes back as it was, with the sign that was refused
            found = [each for each in found if "Invalid codepoint" not in each]
        faults += found
    return faults


def headers(response: TestResponse, path: str, *, logged_in: bool) -> Iterator[str]:
    if path.startswith("/static/"):
        return
    sent = response.headers
    policy = sent.get("Content-Security-Policy", "")
    rules = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    for name in ("default-src", "script-src", "style-src", "form-action", "base-uri", "frame-ancestors"):
        if name not in rules:
            yield f"the content security policy says nothing of {name}"
    if rules.get("frame-ancestors") != "'none'":
        yield "the page may be framed"
    for word in CSP_FORBIDDEN:
        if any(part.strip("'").startswith(word) for rule in rules.values() for part in rule.split()):
            yield f"the content security policy allows {word}"
    if sent.get("X-Content-Type-Options") != "nosniff":
        yield "nosniff is missing"
    vary = {each.strip().lower() for each in sent.get("Vary", "").split(",")}
    if "cookie" not in vary:
        yield "Vary lacks Cookie: a cache could give one person's page to another"
    if (
        response.mimetype == "text/html"
        and response.status_code == 200
        and response.content_length
        and not {"hx-request", "hx-target"} <= vary
    ):
        yield "Vary lacks HX-Request or HX-Target: a cache could mix up page and part"
    private = logged_in or response.request.method == "POST" or response.status_code >= 400
    if private and "no-store" not in sent.get("Cache-Control", ""):
        yield "what is private may be kept in a cache"
    for cookie in sent.getlist("Set-Cookie"):
        if "httponly" not in cookie.lower() or "samesite" not in cookie.lower():
            yield f"a cookie without HttpOnly or SameSite: {cookie.partition('=')[0]}"


def page(html: str, *, part: bool = False, logged_in: bool = False) -> list[str]:
    tree, broken = parse(html, part)
    found = list(tree.iter())
    faults = [f"not valid HTML, {each}" for each in broken]
    if not part:
        faults += _whole(tree)
    for check in (_ids, _labels, _forms, _references, _scripts, _images, _links):
        faults += check(found, part)
    if logged_in:
        faults += _tokens(found)
    return faults


def _whole(tree: Element) -> Iterator[str]:
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        yield f"{len(headings)} first headings instead of one"
    if not all("".join(each.itertext()).strip() for each in headings):
        yield "the first heading is empty"
    title = "".join(next(iter(tree.iter("title")), Element("title")).itertext()).strip()
    if not title or title.startswith("·") or title == SITE:
        yield f"the title says nothing of this page: {title!r}"
    if not tree.get("lang"):
        yield "the page does not say its language"
    if len(list(tree.iter("main"))) != 1:
        yield "not exactly one main"
    levels = [int(each.tag[1]) for each in tree.iter() if re.fullmatch(r"h[1-6]", str(each.tag))]
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading h{after} right after h{before}"


def _ids(found: list[Element], part: bool) -> Iterator[str]:
    for id_, count in Counter(each.get("id") for each in found if each.get("id") is not None).items():
        if count > 1:
            yield f"the id {id_!r} stands {count} times"
        if not id_ or re.search(r"\s", id_):
            yield f"an id that cannot be pointed at: {id_!r}"


def _labels(found: list[Element], part: bool) -> Iterator[str]:
    pointed = {each.get("for") for each in found if each.tag == "label" and "".join(each.itertext()).strip()}
    wrapped = {id(inner) for each in found if each.tag == "label" for inner in each.iter()}
    for each in found:
        if each.tag not in LABELLED or each.get("type") in NEEDS_NO_LABEL:
            continue
        if each.get("id") not in pointed and id(each) not in wrapped and not each.get("aria-label"):
            yield f"the field {each.get('name')!r} has no label"
    for each in found:
        if each.tag in ("button", "a") and not _name(each):
            yield f"a {each.tag} without words: {each.attrib}"
    ids = {each.get("id") for each in found}
    for each in found:
        if each.tag == "label" and each.get("for") and each.get("for") not in ids:
            yield f"a label for {each.get('for')!r}, which is not there"


def _name(element: Element) -> str:
    return element.get("aria-label") or "".join(element.itertext()).strip() or element.get("title") or ""


def _forms(found: list[Element], part: bool) -> Iterator[str]:
    ids = {each.get("id") for each in found}
    for each in found:
        if each.tag != "form":
            continue
        missing = [name for name in ("method", "action", "novalidate") if name not in each.attrib]
        if missing:
            yield f"the form for {each.get('action')!r} lacks {', '.join(missing)}"
        action = each.get("action") or ""
        if not action.startswith("/") and not (len(action) > 1 and action[0] == "#" and action[1:] in ids):
            yield f"a form leads to {action!r}"
        if not any(one.tag == "button" for one in each.iter()):
            yield f"the form for {each.get('action')!r} has no button"


def _tokens(found: list[Element]) -> Iterator[str]:
    for each in found:
        sends = (each.get("method") or "").lower() == "post" and (each.get("action") or "").startswith("/")
        if each.tag == "form" and sends:
            token = [one for one in each.iter("input") if one.get("name") == "csrf_token"]
            if len(token) != 1 or not token[0].get("value"):
                yield f"the form for {each.get('action')!r} carries {len(token)} tokens, or an empty one"


def _references(found: list[Element], part: bool) -> Iterator[str]:
    ids = {each.get("id") for each in found}
    for each in found:
        for name in REFERS:
            for id_ in (each.get(name) or "").split():
                if id_ not in ids:
                    yield f"{name} points to {id_!r}, which is not there"
        href = each.get("href") or ""
        if each.tag == "a" and href.startswith("#") and (href[1:] not in ids or href == "#") and not part:
            yield f"a link leads to {href!r}, which is not on this page"
        target = each.get("data-hx-target") or each.get("hx-target") or ""
        if target.startswith("#") and target[1:] not in ids:
            yield f"htmx would replace {target!r}, which is not there"
        if target and not target.startswith("#"):
            yield f"htmx targets something without an id: {target!r}"


def _scripts(found: list[Element], part: bool) -> Iterator[str]:
    for each in found:
        if each.tag == "script" and (not each.get("src") or "".join(each.itertext()).strip()):
            yield "a script in the page itself"
        if each.tag == "style" or "style" in each.attrib:
            yield f"style in the page itself: {each.tag} {each.get('style')}"
        for name, value in each.attrib.items():
            if name.lower().startswith("on") or HX_SCRIPTS.match(name):
                yield f"a script in an attribute: {name}"
            if re.match(r"\s*(javascript|vbscript|data\s*:\s*text|js):", value, re.I):
                yield f"a script in the attribute {name}"


def _images(found: list[Element], part: bool) -> Iterator[str]:
    for each in found:
        if each.tag == "img" and "alt" not in each.attrib:
            yield f"an image without alt: {each.get('src')}"
        silent = each.get("aria-hidden") == "true"
        named = each.get("aria-label") or each.get("aria-labelledby") or list(each.iter("title"))
        if each.tag == "svg" and not silent and not (named and each.get("role") == "img"):
            yield "a drawing that is neither silent nor named"


def _links(found: list[Element], part: bool) -> Iterator[str]:
    for each in found:
        for name in ("href", "src", "action", "data-hx-get", "data-hx-post"):
            value = each.get(name)
            if value is None:
                continue
            parts = urlsplit(value)
            if each.tag in ("script", "link", "img", "use", "form") and (
                parts.scheme not in ("", "data") or parts.netloc
            ):
                yield f"{each.tag} asks something of elsewhere: {value}"
            if parts.scheme and parts.scheme not in ("http", "https", "mailto", "data"):
                yield f"a link of a strange kind: {value}"
