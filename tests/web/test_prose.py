"""Texts of people as HTML: nothing in them can act, and nothing of them is lost that could be read."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import audit
from wijkplatform.web.prose import ALLOWED, prose
from wijkplatform.web.ui import isolated

ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b onclick=x()>hoi</b>", "[klik](javascript:alert(1))",
    "[klik](JaVaScRiPt:alert(1))", "[klik](java\nscript:alert(1))", "[klik](data:text/html,<script>x</script>)",
    "[klik](vbscript:x)", "![plaatje](https://elders.example/x.png)", "<https://elders.example/\"onmouseover=\"x>",
    "[x](https://a.example \"titel\" onclick=x)", "<a href='/x' hx-get='/y'>x</a>", "<div data-hx-post='/x'>x</div>",
    "<svg onload=alert(1)>", "<iframe src=//elders.example></iframe>", "<form action=/uitloggen><button>x</button></form>",
    "<style>*{display:none}</style>", "<h1>kop</h1>", "<base href=//elders.example>", "<meta http-equiv=refresh>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "[x][1]\n\n[1]: javascript:alert(1)", "`<script>`", "<!-- x -->", "<![CDATA[x]]>",
    "[x](//elders.example)", "[x](\\\\elders.example)", "<a href=\"jav&#x09;ascript:alert(1)\">x</a>", "<x/onclick=a>",
    "[<img src=x onerror=y>](https://a.example)", "<p style=position:fixed>x</p>", "\u202e<script>", "<scr\0ipt>",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("around", ["{}", "een zin {} nog een", "# {}", "- {}", "> {}"])
def test_nothing_in_a_text_can_act(attack: str, around: str) -> None:
    shown = str(prose(around.format(attack)))
    tree, _faults = audit.parse(shown, True)
    for each in tree.iter():
        assert each.tag in ALLOWED | {"DOCUMENT_FRAGMENT", "html", "head", "body", "bdi"}, each.tag
        for name, value in each.attrib.items():
            assert name in ("href", "rel", "dir"), name
            assert name != "href" or re.match(r"(https?://|mailto:)", value), value


@given(st.text(alphabet=st.sampled_from("<>&\"'[]()!`*_#-\n ajsr:/\\hx")))
def test_whatever_is_typed_becomes_good_html_of_few_kinds(text: str) -> None:
    tree, faults = audit.parse(str(prose(text)), True)
    assert faults == ()
    assert {str(each.tag) for each in tree.iter()} <= ALLOWED | {"DOCUMENT_FRAGMENT"}


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1))
def test_plain_words_come_through_whole(text: str) -> None:
    assert html.unescape(re.sub(r"<[^>]+>", "", str(prose(text)))).split() == text.split()


def test_paragraphs_lists_headings_and_links_are_kept() -> None:
    shown = prose("# Kop\n\nEen *zin* met [een link](https://a.example).\n\n- een\n- twee\n\n1. drie")
    assert re.search(r'<h3 dir="auto">Kop</h3>', shown)
    assert '<a href="https://a.example" rel="nofollow noopener">' in shown
    assert "<em>zin</em>" in shown
    assert shown.count("<li") == 3
    assert "<ol>" in shown


def test_headings_of_a_text_stand_below_those_of_the_page() -> None:
    assert re.findall(r"<h(\d)", str(prose("# a\n\n## b\n\n###### c"))) == ["3", "4", "5"]


def test_every_paragraph_gets_its_own_direction() -> None:
    shown = str(prose("Nederlands\n\nمرحبا\n\n- lijst"))
    assert shown.count('<p dir="auto">') >= 2
    assert str(isolated("a\u202eb")) == "<bdi>a\u202eb</bdi>"
    assert str(isolated("<b>")) == "<bdi>&lt;b&gt;</bdi>"


def test_a_megabyte_of_signs_is_shown_in_time() -> None:
    for text in ("*" * 20_000, "[" * 20_000, "> " * 5_000, "- " * 5_000, "`" * 20_000, "![" * 10_000):
        assert prose(text) is not None
