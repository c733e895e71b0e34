"""A remark on the draft: made on a passage, a sentence, a few words or the article; found again where it was made."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.calls.matrix import article_in, call_in, closed_article
from tests.support.addresses import call_slug
from tests.support.client import Browser, Page
from tests.support.things import put
from tests.support.world import OPEN, World, place
from wijkplatform.calls.forms import reading as forms
from wijkplatform.calls.models import Article
from wijkplatform.calls.queries import reading
from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR, command_line
from wijkplatform.core.db import db
from wijkplatform.core.policy import why_not
from wijkplatform.places.service import voice_of_person
from wijkplatform.remarks import passages
from wijkplatform.remarks.models import Remark
from wijkplatform.remarks.service import apply_remark
from wijkplatform.rounds import queries as rounds
from wijkplatform.texts import service as texts

SAID = "Noem hier een aantal uren per week."


@pytest.fixture
def call(world: World) -> str:
    return f"/uitvragen/{call_slug(world, OPEN)}"


@pytest.fixture
def resident(world: World) -> Browser:
    return world.as_role("bewoner")


def passage_form(browser: Browser, call: str, passage: int = 0) -> Page:
    """The form of a passage, reached as people do: by the button beside it."""
    links = [href for words, href in _every_link(browser.go(call)) if words.startswith("Reageer op dit stuk")]
    return browser.go(links[passage])


def _every_link(page: Page) -> list[tuple[str, str]]:
    return [(" ".join("".join(a.itertext()).split()), a.get("href", "")) for a in page.all("a")]


def newest(world: World) -> Remark:
    with world.app.app_context():
        return db.session.scalars(
            db.select(Remark)
            .order_by(Remark.id.desc())
            .options(db.joinedload(Remark.voice), db.joinedload(Remark.version))
        ).first()


def first_paragraph(world: World) -> str:
    with world.app.app_context():
        found = reading.one_article(VISITOR, article_in(OPEN), stuk=None, most=0)
        return found.passages[0].text


def send(page: Page, **fields: str) -> Page:
    return page.form("reageren", "Verstuur").submit(text=SAID, shown_as="first_name", **fields)


def test_a_remark_on_a_whole_passage(world: World, resident: Browser, call: str) -> None:
    said = send(passage_form(resident, call))
    assert said.status == 200
    assert "Uw reactie staat erbij." in said.words
    assert SAID in said.words
    made = newest(world)
    assert made.quote == first_paragraph(world)
    assert made.version.body[made.start : made.end] == made.quote
    shown = world.browser().go(call)
    assert SAID in shown.words
    assert f'id="{made.code}"' in shown.html
    assert f'id="p-{made.code}"' not in shown.html, "the whole passage is meant: no words of it are marked"


def test_a_remark_on_a_sentence_marks_that_sentence(world: World, resident: Browser, call: str) -> None:
    send(passage_form(resident, call), about="s2")
    made, text = newest(world), first_paragraph(world)
    assert made.quote in text
    assert made.quote != text
    page = world.browser().go(call)
    assert f'id="p-{made.code}"' in page.html, "the passage leads to the remark"
    assert f'href="#{made.code}"' in page.html
    assert f'href="#p-{made.code}"' in page.html, "and the remark to the passage"


def test_a_remark_on_words_that_were_selected(world: World, resident: Browser, call: str) -> None:
    words = " ".join(first_paragraph(world).split()[2:5])
    form = passage_form(resident, call)
    chosen = resident.go(form.path.split("#")[0] + f"&woorden={words.replace(' ', '%20')}&plek=0")
    assert words in chosen.html
    send(chosen)
    assert newest(world).quote == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Deze woorden staan er zeker niet", "Deze woorden staan niet in de tekst."),
        ("de", "Zet er een paar woorden bij"),
        ("", "Zet hier de woorden waar het om gaat"),
        ("w" * 2001, "Maak het korter"),
        ("\x00", "Haal het teken weg"),
    ],
)  # fmt: skip
def test_words_that_cannot_be_pointed_at_lose_nothing(
    world: World, resident: Browser, call: str, words: str, sentence: str
) -> None:
    before = newest(world).code
    page = send(passage_form(resident, call), about="woorden", words=words)
    assert page.status == 422
    assert sentence in page.words
    assert SAID in page.html, "what was typed is still there"
    assert newest(world).code == before


def test_words_that_run_on_into_the_next_passage(world: World, resident: Browser, call: str) -> None:
    with world.app.app_context():
        first, second = (
            each.text for each in reading.one_article(VISITOR, article_in(OPEN), stuk=None, most=0).passages[:2]
        )
    words = f"{' '.join(first.split()[-3:])} {' '.join(second.split()[:3])}"
    send(passage_form(resident, call), about="woorden", words=words)
    made = newest(world)
    assert made.quote == f"{' '.join(first.split()[-3:])}\n\n{' '.join(second.split()[:3])}"
    page = world.browser().go(call)
    assert page.html.count(f'id="p-{made.code}"') == 1, "marked in the passage where it begins, and there it stands"


@pytest.mark.parametrize("near", ["-1", "999999999", "abc", "1" * 40])
def test_an_offset_that_lies_moves_nothing(world: World, resident: Browser, call: str, near: str) -> None:
    words = " ".join(first_paragraph(world).split()[2:6])
    send(passage_form(resident, call), about="woorden", words=words, near=near)
    assert newest(world).quote == words


@pytest.mark.parametrize(
    "fields", [{"stuk": "verzonnen"}, {"read": "77"}, {"read": "x"}, {"about": "s99"}, {"about": "iets"}]
)
def test_what_the_page_never_offered_is_refused_and_loses_nothing(
    world: World, resident: Browser, call: str, fields: dict[str, str]
) -> None:
    before = newest(world).code
    page = send(passage_form(resident, call), **fields)
    assert SAID in page.html
    assert page.status in (200, 422)
    assert page.status == 200 or newest(world).code == before


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "مرحبا بالجميع", "👩‍👩‍👧 **vet**", "' OR 1=1 --"])
def test_whatever_is_said_reads_as_it_was_said(world: World, resident: Browser, call: str, text: str) -> None:
    page = passage_form(resident, call).form("reageren", "Verstuur").submit(text=text, shown_as="resident")
    assert page.status == 200
    assert newest(world).text == text
    assert "<script>alert" not in world.browser().go(call).html


def test_the_same_words_twice_are_one_remark(world: World, resident: Browser, call: str) -> None:
    form = passage_form(resident, call).form("reageren", "Verstuur")
    form.submit(text=SAID, shown_as="resident")
    first = newest(world).code
    form.submit()
    assert newest(world).code == first


def test_after_the_closing_second_the_text_is_kept_and_given_back(world: World, resident: Browser, call: str) -> None:
    form = passage_form(resident, call)
    with world.app.app_context():
        closed_article(OPEN)
    page = send(form)
    assert page.status in (403, 422)
    assert "De reactieronde is dicht." in page.words
    assert SAID in page.html, "copy it if you want to keep it"


def test_the_round_opens_and_closes_to_the_second(world: World) -> None:
    with world.app.app_context():
        article, resident = article_in(OPEN), world.actor("bewoner")
        moment = rounds.moment_about(VISITOR, article.call)
        put(lambda: setattr(moment, "opens_at", clock.now() + timedelta(seconds=30)))
        assert "begint later" in (why_not(resident, "remark", article) or "")


def test_a_visitor_writes_first_and_logs_in_afterwards(world: World, call: str) -> None:
    page = send(passage_form(world.browser(), call))
    assert page.path.startswith("/inloggen")


def test_an_article_that_was_removed_meanwhile_keeps_what_was_typed(world: World, resident: Browser, call: str) -> None:
    form = passage_form(resident, call)
    with world.app.app_context():
        found = call_in(OPEN)
        known = reading.editions(found)
        versions = reading.stood_in(known[-1])
        gone = found.articles[0]
        rest = {each.text: versions[each.text_id] for each in found.articles[1:]}
        put(lambda: texts.apply_edition(found, known[-1].number + 1, clock.today(), "draft", rest))
        code = gone.code
    page = send(form)
    assert page.status == 403
    assert "Dit artikel staat niet meer in de uitvraag." in page.words
    assert SAID in page.html
    left = world.browser().go(call)
    assert "Artikelen die er niet meer in staan" in left.words
    assert "Dit artikel staat niet meer in de uitvraag." in world.browser().go(f"{call}/artikelen/{code}").words


def test_the_next_version_shows_remarks_in_place_moved_or_as_of_an_earlier_version(
    world: World, resident: Browser, call: str
) -> None:
    send(passage_form(resident, call), about="s1")
    stays = newest(world)
    passage_form(resident, call).form("reageren", "Verstuur").submit(text="En dit?", about="s2")
    goes = newest(world)
    with world.app.app_context():
        found = call_in(OPEN)
        known = reading.editions(found)
        number, versions = known[-1].number, reading.stood_in(known[-1])
        article = db.session.get(Article, stays.about_id)
        body = versions[article.text_id].body.replace(goes.quote, "Hier komt een heel andere zin te staan.")
        assert body != versions[article.text_id].body

        def write() -> None:
            new = texts.apply_version(article.text, article.title, "Er komt een stuk vóór.\n\n" + body)
            members = {each.text: new if each.id == article.id else versions[each.text_id] for each in found.articles}
            texts.apply_edition(found, number + 1, clock.today(), "draft", members)

        put(write)
    page = world.browser().go(call)
    assert f'id="p-{stays.code}"' in page.html, "its words still stand there"
    assert f'id="p-{goes.code}"' not in page.html
    assert "Hoort bij eerdere versie" in page.words
    assert "Hoort bij eerdere versie" in world.browser().go(f"{call}/reacties/{goes.code}").words
    assert f'id="p-{goes.code}"' in world.browser().go(f"{call}?versie={number}").html, "the old version keeps it"


def test_of_a_sentence_that_stands_there_twice_the_chosen_one_is_meant(
    world: World, resident: Browser, call: str
) -> None:
    with world.app.app_context():
        found = call_in(OPEN)
        known = reading.editions(found)
        number, versions = known[-1].number, reading.stood_in(known[-1])
        article = found.articles[0]

        def write() -> None:
            new = texts.apply_version(
                article.text, article.title, "Kom **gerust** langs. De deur is open. Kom **gerust** langs."
            )
            members = {each.text: new if each.id == article.id else versions[each.text_id] for each in found.articles}
            texts.apply_edition(found, number + 1, clock.today(), "draft", members)

        put(write)
    for choice, start in (("s1", 0), ("s3", 39)):
        page = (
            passage_form(resident, call)
            .form("reageren", "Verstuur")
            .submit(text=f"Over {choice}.", about=choice, shown_as="resident")
        )
        assert page.status == 200, page.words
        made = newest(world)
        assert (made.start, made.quote) == (start, "Kom **gerust** langs.")


def test_a_reply_stands_under_what_it_replies_to(world: World, resident: Browser, call: str) -> None:
    send(passage_form(resident, call))
    made = newest(world)
    board = world.as_role("bestuurslid_zelfbeheer")
    page = (
        board.go(f"{call}/reacties/{made.code}").form("reacties", "Verstuur").submit(text="Daar ben ik het mee eens.")
    )
    assert "Daar ben ik het mee eens." in page.words
    reply = newest(world)
    assert reply.reply_to_id == made.id
    assert "1 antwoord van anderen" in world.browser().go(call).words


def test_a_hat_that_one_does_not_have_is_refused(world: World, resident: Browser, call: str) -> None:
    before = newest(world).code
    page = send(passage_form(resident, call), hat="999999")
    assert page.status == 422
    assert "Kies namens wie u dit zegt." in page.words
    assert newest(world).code == before


def many(world: World, count: int) -> None:
    """That many remarks on passages all over the call."""
    with world.app.app_context():
        found = call_in(OPEN)
        versions = reading.stood_in(reading.editions(found)[-1])

        def write() -> None:
            voice = voice_of_person(place(OPEN), world.person("bewoner"))
            for no in range(count):
                article = found.articles[no % len(found.articles)]
                version = versions[article.text_id]
                paragraph = version.paragraphs[no % len(version.paragraphs)]
                apply_remark(
                    command_line(), article, code=f"VEEL-{no}", text=f"Reactie {no} over dit stuk.", voice=voice,
                    said_at=clock.now(), version=version, span=(paragraph.start, paragraph.start + 12),
                )  # fmt: skip

        put(write)


@pytest.mark.parametrize("role", [None, "bewoner", "beleidsregisseur"])
def test_three_hundred_remarks_ask_no_more_than_twelve_questions(world: World, call: str, role: str | None) -> None:
    many(world, 300)
    browser = world.as_role(role) if role else world.browser()
    asked: list[str] = []
    with world.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cur, statement, *_rest: asked.append(statement))
    page = browser.go(call)
    questions = [each for each in asked if each.startswith("SELECT")]
    assert len(questions) <= 12, "\n\n".join(questions)
    assert "Nog " in page.words, "three beside each passage, the others one step away"


def test_twenty_at_a_time_on_the_page_of_an_article(world: World, call: str) -> None:
    many(world, 400)
    with world.app.app_context():
        code = article_in(OPEN).code
    first = world.browser().go(f"{call}/artikelen/{code}")
    assert first.html.count('class="remark"') == 20
    more = first.follow("Toon meer")
    assert more.html.count('class="remark"') > 20


def test_every_sentence_that_is_offered_can_be_chosen(world: World) -> None:
    """Also one with bold words or a link: what is offered is what people see, without the signs of layout."""
    text = "Zij werken **samen** met ons. Lees [het plan](https://voorbeeld.nl/plan). En **dat is. Het dan.**"
    with world.app.test_request_context():
        form = forms.Remark()
        form.offer(text)
        for key, piece in form.pieces.items():
            form.about.data = key
            assert not set(piece) & set("*[]")
            assert len(passages.point_at(text, form.quote or "", (0, len(text)))) == 1, piece
        assert len(form.pieces) == 4


def test_a_remark_on_a_sealed_article_has_no_page(world: World, resident: Browser, call: str) -> None:
    send(passage_form(resident, call))
    own = f"{call}/reacties/{newest(world).code}"
    assert resident.go(own).status == 200
    with world.app.app_context():
        about = db.session.get(Article, newest(world).about_id)
        put(lambda: setattr(about, "sealed_until", clock.now() + timedelta(days=1)))
    assert resident.go(own).status == world.browser().go(own).status == 404
