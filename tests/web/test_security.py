"""Where a form comes from, whose token it carries, and what stays out of answers."""

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.support.client import Browser, Page
from tests.support.world import OPEN, World

DOOR = "/taal"
NEW = f"/wijken/{OPEN}/agenda/nieuw"


def sent(browser: Browser, path: str, **headers: str):  # type: ignore[no-untyped-def]
    return browser.post(path, data={"taal": "nl", "van": "/gebieden"}, headers=headers)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "", "SAME-ORIGIN"])
def test_a_form_from_elsewhere_is_refused(visitor: Browser, site: str) -> None:
    assert sent(visitor, DOOR, **{"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost", 303), ("https://elders.example", 403), ("null", 403), ("http://localhost.elders.example", 403),
        ("http://elders.example@localhost", 403), ("http://localhost:81", 403), (None, 303),
    ],
)  # fmt: skip
def test_an_old_browser_is_known_by_its_origin(world: World, origin: str | None, status: int) -> None:
    browser = world.browser()
    browser.environ_base.pop("HTTP_SEC_FETCH_SITE")
    headers = {"Origin": origin} if origin else {}
    assert sent(browser, DOOR, **headers).status_code == status


@pytest.mark.parametrize("token", ["", "x", "a.b", ".", "0" * 16 + "." + "0" * 32, "é.é"])
def test_a_form_of_somebody_logged_in_carries_the_token_of_that_session(world: World, token: str) -> None:
    browser = world.as_role("puur-bewoner")
    response = browser.post(NEW, data={"title": "Een bankje", "text": "Hier.", "csrf_token": token})
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/inloggen?")
    assert world.watch.execute("SELECT count(*) FROM need WHERE title = 'Een bankje'").fetchone()[0] == 0


def test_the_token_of_another_session_is_no_use(world: World) -> None:
    mine, theirs = world.as_role("puur-bewoner"), world.as_role("puur-vrijwilliger")
    response = mine.post(NEW, data={"title": "Een bankje", "text": "Hier.", "csrf_token": theirs.token()})
    assert response.headers["Location"].startswith("/inloggen?")


def test_tokens_are_masked_anew_and_all_work(world: World) -> None:
    """So that the size of a compressed page tells nothing about them."""
    browser = world.as_role("puur-bewoner")
    tokens = {browser.go("/gebieden").form("/uitloggen").fields["csrf_token"] for _page in range(3)}
    assert len(tokens) == 3
    for token in sorted(tokens):
        assert browser.post("/taal", data={"taal": "nl", "van": "/", "csrf_token": token}).status_code == 303


def test_a_token_is_no_use_after_logging_out(world: World) -> None:
    browser = world.as_role("puur-bewoner")
    cookie, token = browser.get_cookie("wijk_sessie").value, browser.token()
    browser.go("/gebieden").form("/uitloggen").submit()
    copy = world.browser()
    copy.set_cookie("wijk_sessie", cookie)
    answer = copy.post(NEW, data={"title": "Een bankje", "text": "Hier.", "csrf_token": token})
    assert answer.headers["Location"].startswith("/inloggen?")


@pytest.mark.parametrize("host", ["elders.example", "localhost@elders.example", "localhost:1\r\nX: y"[:11], "[::1"])
def test_the_host_of_a_request_gets_into_no_link(visitor: Browser, host: str) -> None:
    response = visitor.get("/wijken/huizum-oost", headers={"Host": host})
    assert "elders.example" not in response.get_data(as_text=True)
    assert "elders.example" not in response.headers.get("Location", "")


@pytest.mark.parametrize(
    "place",
    [
        "//elders.example", "https://elders.example", "/\\elders.example", "/%2F/elders.example", "/%5Celders.example",
        "/\telders", "javascript:alert(1)", "/%0d%0aSet-Cookie:a=b", "///elders.example", "/..//elders.example", "",
        "/x" * 400, "/%252F/elders.example",
    ],
)  # fmt: skip
def test_where_to_go_afterwards_is_always_here(visitor: Browser, place: str) -> None:
    response = visitor.post("/taal", data={"taal": "nl", "van": place})
    assert response.headers["Location"] == "/"
    page = Page(visitor, "/inloggen", visitor.get("/inloggen", query_string={"verder": place}))
    if page.status == 200:
        assert page.form("/inloggen").fields["verder"] == "/"
    else:
        assert page.status == 404, "an address with signs that nobody can read"


def test_the_door_is_no_place_to_go_after_the_door_but_keeps_its_language(visitor: Browser) -> None:
    assert visitor.post("/taal", data={"taal": "nl", "van": "/inloggen"}).headers["Location"] == "/inloggen"
    assert visitor.go("/inloggen?verder=/inloggen").form("/inloggen").fields["verder"] == "/"


def test_own_paths_are_kept_with_their_question(visitor: Browser) -> None:
    response = visitor.post("/taal", data={"taal": "nl", "van": "/wijken/huizum-oost/agenda?buurt=HB-1&volgorde=nieuw"})
    assert response.headers["Location"] == "/wijken/huizum-oost/agenda?buurt=HB-1&volgorde=nieuw"


def test_health_says_nothing_but_yes(visitor: Browser) -> None:
    response = visitor.get("/gezond")
    assert (response.status_code, response.get_data(as_text=True)) == (200, "goed\n")


def test_a_visitor_gets_no_cookie(visitor: Browser) -> None:
    for path in ("/", f"/wijken/{OPEN}", NEW, "/inloggen"):
        assert "Set-Cookie" not in visitor.get(path).headers, path


def test_answers_are_compressed_and_say_so(visitor: Browser) -> None:
    for wanted, sent_as in (("gzip", "gzip"), ("br, gzip", "br"), ("identity", None)):
        response = FlaskClient.open(visitor, "/onderdelen", headers={"Accept-Encoding": wanted})  # without the audit
        assert response.headers.get("Content-Encoding") == sent_as
        assert "Accept-Encoding" in response.headers["Vary"]


def test_head_is_answered_without_a_body(visitor: Browser) -> None:
    response = visitor.head(f"/wijken/{OPEN}")
    assert (response.status_code, response.get_data()) == (200, b"")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_no_way_around_the_guard(world: World, method: str) -> None:
    browser = world.as_role("puur-bewoner")
    response = browser.open(NEW, method=method, data={"title": "x"})
    assert response.status_code in (303, 405)


def test_a_form_that_claims_another_method_is_the_form_it_is(world: World) -> None:
    browser = world.as_role("puur-bewoner")
    data = MultiDict({"_method": "DELETE", "csrf_token": browser.token()})
    assert browser.post(f"/wijken/{OPEN}/agenda", data=data).status_code == 405
