"""The audit finds what it must find: a check that never fails proves nothing."""

import pytest

from tests.support import audit

GOOD = (
    '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Agenda · Wijkplatform</title></head><body>'
    "<main><h1>Agenda</h1>{}</main></body></html>"
)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<h1>Nog een</h1>", "2 first headings"),
        ("<h4>Te diep</h4>", "h4 right after h1"),
        ('<p id="a"></p><p id="a"></p>', "stands 2 times"),
        ('<form method="post" action="/x" novalidate><input name="n"><button>Ja</button></form>', "no label"),
        ('<form action="/x" novalidate><button>Ja</button></form>', "lacks method"),
        ('<form method="get" action="/x"><button>Ja</button></form>', "lacks novalidate"),
        ('<form method="get" action="/x" novalidate></form>', "no button"),
        ('<a href="#weg">x</a>', "not on this page"),
        ('<p aria-describedby="weg">x</p>', "points to 'weg'"),
        ('<p style="color:red">x</p>', "style in the page"),
        ("<style>p{}</style>", "style in the page"),
        ("<script>alert(1)</script>", "script in the page"),
        ('<p onclick="x()">x</p>', "script in an attribute"),
        ('<p hx-on:click="x()">x</p>', "script in an attribute"),
        ('<p data-hx-vals="js:{a: 1}">x</p>', "script in an attribute"),
        ('<a href="javascript:x()">x</a>', "script in the attribute"),
        ('<img src="/static/x.png">', "without alt"),
        ('<img alt="" src="https://elders.example/x.png">', "asks something of elsewhere"),
        ("<svg></svg>", "neither silent nor named"),
        ('<button type="button"></button>', "without words"),
        ('<a data-hx-get="/x" data-hx-target="#weg" href="/x">x</a>', "htmx would replace"),
        ("<p>open<div></p>", "not valid HTML"),
        ("<table><p>x</p></table>", "not valid HTML"),
        ('<label for="weg">x</label>', "which is not there"),
    ],
)
def test_the_audit_sees(inside: str, said: str) -> None:
    assert any(said in fault for fault in audit.page(GOOD.format(inside)))


def test_a_good_page_has_no_faults() -> None:
    assert audit.page(GOOD.format("<p>Goed.</p>")) == []


def test_a_form_of_somebody_logged_in_needs_its_token() -> None:
    form = '<form method="post" action="/x" novalidate><button>Ja</button></form>'
    assert audit.page(GOOD.format(form)) == []
    assert "tokens" in audit.page(GOOD.format(form), logged_in=True)[0]


def test_the_world_is_put_back_after_a_test(world) -> None:  # type: ignore[no-untyped-def]
    before = world.watch.execute("SELECT count(*) FROM session").fetchone()
    world.as_role("bewoner")
    assert world.watch.execute("SELECT count(*) FROM session").fetchone() != before
    world.back()
    assert world.watch.execute("SELECT count(*) FROM session").fetchone() == before
