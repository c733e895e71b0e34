"""A browser without a screen: it reads pages, fills in the forms that stand on them, and audits every answer."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.support import audit
from wijkplatform.people.sessions import COOKIE, hashed

REDIRECTS = (301, 302, 303, 307, 308)


@dataclass
class Form:
    """A form as it stands on a page, with what is filled in already."""

    page: "Page"
    method: str
    action: str
    fields: MultiDict[str, str]
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  #: words, name, value

    def fill(self, **values: Any) -> "Form":
        for name, value in values.items():
            self.fields.setlist(name, value if isinstance(value, list) else [value])
        return self

    def submit(self, button: str | None = None, *, follow: bool = True, **values: Any) -> "Page":
        """Press a button (the only one, or the one with these words in it)."""
        self.fill(**values)
        data = MultiDict(self.fields)
        if self.buttons:
            _words, name, value = next(each for each in self.buttons if button is None or button in each[0])
            if name:
                data.add(name, value)
        return self.page.browser.send(self.method, self.action, data, follow=follow)


class Page:
    """An answer, read as a page."""

    def __init__(self, browser: "Browser", path: str, response: TestResponse):
        self.browser, self.path, self.response = browser, path, response
        self.status, self.html = response.status_code, response.get_data(as_text=True)
        self.tree = audit.parse(self.html)[0] if response.mimetype == "text/html" else None

    @property
    def words(self) -> str:
        """What a person reads, in one line."""
        main = next((each for each in self.all("main")), self.tree)
        return " ".join(" ".join(main.itertext()).split()) if main is not None else ""

    def all(self, tag: str) -> list[Element]:
        return [] if self.tree is None else list(self.tree.iter(tag))

    @property
    def heading(self) -> str:
        return " ".join("".join(self.all("h1")[0].itertext()).split())

    @property
    def links(self) -> dict[str, str]:
        """The words of the links and where they lead."""
        return {" ".join("".join(a.itertext()).split()): a.get("href", "") for a in self.all("a")}

    def follow(self, words: str) -> "Page":
        href = next(href for text, href in self.links.items() if words in text)
        return self.browser.go(urljoin(self.path, href))

    @property
    def forms(self) -> list[Form]:
        return [self._form(each) for each in self.all("form")]

    def form(self, action: str = "", button: str = "") -> Form:
        """The form with this in its address and this on a button; there must be one."""
        found = [
            each for each in self.forms
            if action in each.action and (not button or any(button in words for words, _n, _v in each.buttons))
        ]  # fmt: skip
        assert found, f"no form for {action!r} with {button!r} on {self.path}: {[each.action for each in self.forms]}"
        return found[0]

    def _form(self, element: Element) -> Form:
        fields: MultiDict[str, str] = MultiDict()
        buttons = []
        for each in element.iter():
            name = each.get("name", "")
            if each.tag == "button" and each.get("type", "submit") == "submit":
                buttons.append((" ".join("".join(each.itertext()).split()), name, each.get("value", "")))
            elif not name:
                continue
            elif each.tag == "textarea":
                fields.add(name, ("".join(each.itertext())).replace("\r\n", "\n"))
            elif each.tag == "select":
                options = list(each.iter("option"))
                chosen = next((one for one in options if "selected" in one.attrib), options[0] if options else None)
                if chosen is not None:
                    fields.add(name, chosen.get("value", "".join(chosen.itertext())))
            elif each.tag == "input" and each.get("type") in ("checkbox", "radio"):
                if "checked" in each.attrib:
                    fields.add(name, each.get("value", "on"))
            elif each.tag == "input" and each.get("type") != "submit":
                fields.add(name, each.get("value", ""))
        return Form(
            self, element.get("method", "get").upper(), urljoin(self.path, element.get("action", "")), fields, buttons
        )


class Browser(FlaskClient):
    """Flask's client that behaves like a browser on our own pages, and audits each answer."""

    def __init__(self, app: Flask, **kwargs: Any):
        super().__init__(app, app.response_class, use_cookies=True)
        self._token = self._token_of = ""
        self.environ_base.update({"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_USER_AGENT": "Mozilla/5.0 Firefox/140.0"})

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        logged_in = self.get_cookie(COOKIE) is not None
        faults = audit.answer(response, response.request.path, logged_in=logged_in)
        assert not faults, f"{response.request.method} {response.request.path}:\n" + "\n".join(faults)
        return response

    def go(self, path: str, *, follow: bool = True, **headers: str) -> Page:
        """Open an address and read what comes."""
        return self.send("GET", path, follow=follow, **headers)

    def send(
        self, method: str, path: str, data: MultiDict[str, str] | None = None, *, follow: bool = True, **headers: str
    ) -> Page:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if method == "GET":
            response = self.get(path, query_string=data, headers=sent)
        else:
            response = self.post(path, data=data, headers=sent)
        for _hop in range(5):
            if not follow or response.status_code not in REDIRECTS:
                break
            path = urljoin(path, response.headers["Location"])
            parts = urlsplit(path)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            response = self.get(path, headers=sent)
        return Page(self, path, response)

    def part(self, path: str, id_: str, tag: str = "div") -> TestResponse:
        """Ask for one part of a page, as htmx does."""
        return self.get(path, headers={"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": f"{tag}#{id_}"})

    def log_in(self, public_id: str) -> Page:
        """Through the demo's door: its page, its button."""
        page = self.go(f"/demo/inloggen/{public_id}").form("/demo/inloggen/").submit()
        assert page.status == 200, page.words
        return page

    def token(self) -> str:
        """A form token of this session; empty for a visitor."""
        if self.token_hash() != self._token_of:
            page = self.go("/gebieden")
            self._token = next((each.fields["csrf_token"] for each in page.forms if "csrf_token" in each.fields), "")
            self._token_of = self.token_hash()
        return self._token

    def token_hash(self) -> str:
        """The session of this browser as the database knows it."""
        cookie = self.get_cookie(COOKIE)
        return hashed(cookie.value) if cookie else ""
