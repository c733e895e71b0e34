"""The next version: writing, conflicts, new and dropped articles, what blocks, and concept → concept → final by the clock."""

from typing import Any

import pytest

from tests.calls.test_answering import REASON, URL, answer, official, revise
from tests.support.calls import article, call_in, close_round, open_call, remark
from tests.support.things import put
from tests.support.world import FINISHED, OPEN, World
from wijkplatform.calls import lifecycle as states
from wijkplatform.calls import service
from wijkplatform.calls.models import NOT_YET, Article, Call, Draft, ResponseNote
from wijkplatform.calls.queries import drafting, notes
from wijkplatform.core import lifecycle, policy, trail
from wijkplatform.core.actor import VISITOR
from wijkplatform.core.db import db
from wijkplatform.core.errors import Invalid, Refused, Stale
from wijkplatform.remarks.service import apply_remark
from wijkplatform.texts import queries as texts

NEW = "De organisatie helpt bewoners 32 uur per week.\n\nZij doet dat samen met de buurthuizen."


@pytest.fixture
def call(in_world: World) -> World:
    open_call(OPEN)
    return in_world


def answer_all(world: World) -> None:
    for code in ("PR-01", "PR-02", "PR-03", "PR-04"):
        if remark(code).answer is None:
            answer(world, code)


def move(world: World, name: str, **said: Any) -> Any:
    actor, hat = official(world)
    edition = service.move(actor, call_in(), name, hat, **said)
    trail.commit()
    return edition


def members(number: int) -> dict[str, int]:
    """Which version of each article stood in this version of the call."""
    edition = next(each for each in texts.editions("call", call_in().id) if each.number == number)
    code = {each.text_id: each.code for each in drafting.articles(call_in())}
    return {code[each.text_id]: each.version.number for each in edition.members}


# the table of moves


def test_the_moves_of_a_call(call: World) -> None:
    moves = {each.name: (each.start, each.end, each.verb) for each in lifecycle.tables()[Call].moves}
    assert moves == {
        "next_draft": (("draft",), "draft", "call.draft_published"),
        "finalise": (("draft",), "final", "call.published"),
    }


@pytest.mark.parametrize("round_is", ["open", "over"])
@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("changed", [True, False])
def test_what_blocks_each_move(call: World, round_is: str, answered: bool, changed: bool) -> None:
    if changed:
        revise(call, "PA-01", NEW)
    if answered:
        answer_all(call)
    if round_is == "over":
        close_round()
    actor, _hat = official(call)
    option = states.next_option(actor, call_in(), drafting.standing(call_in()))
    assert option is not None
    assert option.move.name == ("next_draft" if round_is == "open" else "finalise")
    sentences = {True: [], False: ["Nog 4 reacties hebben geen antwoord. Beantwoord die eerst."]}[answered]
    if round_is == "open" and not changed:
        sentences = [*sentences, "Er is nog niets veranderd sinds dit concept. Pas eerst een artikel aan."]
    assert option.blocked == sentences
    other = "finalise" if round_is == "open" else "next_draft"
    with pytest.raises(Refused):
        move(call, other)
    db.session.rollback()
    if sentences:
        with pytest.raises(Refused) as refusal:
            move(call, option.move.name)
        assert str(refusal.value.sentence) == sentences[0]
    else:
        assert move(call, option.move.name).number == 2


def test_a_last_article_cannot_go_from_a_version(call: World) -> None:
    actor, hat = official(call)
    for code in ("PA-01", "PA-02", "PA-03"):
        put(lambda code=code: service.drop(actor, Draft(article(code)), hat))  # type: ignore[misc]
    answer_all(call)
    with pytest.raises(Refused, match="geen artikel"):
        move(call, "next_draft")


# concept → concept → final


def test_a_draft_then_another_draft_then_the_final_text(call: World) -> None:
    first = revise(call, "PA-01", NEW, because=[remark("PR-01")])
    answer(call, "PR-01", verdict="adopted", change=first)
    answer_all(call)
    edition = move(call, "next_draft", note="Uren in artikel 1")
    now = call_in()
    assert (now.state, now.draft, edition.number, edition.state) == ("draft", 2, 2, "draft")
    assert members(2) == {"PA-01": 2, "PA-02": 1, "PA-03": 1}
    event = trail.history(now)[-1]
    assert (event.verb, event.facts["edition"], event.facts["answers"]) == ("call.draft_published", 2, 4)
    assert [(each.source_kind, each.source_id) for each in event.influences] == [("remark", remark("PR-01").id)]
    note = db.session.scalars(db.select(ResponseNote)).all()[-1]
    assert (note.from_edition, note.to_edition, note.residents_unnamed) == (1, 2, True)
    assert drafting.round_runs(now)  # the round goes on

    late = article("PA-02")
    put(lambda: apply_remark(
        VISITOR, late, code="PR-05", text="En op zondag?", voice=remark("PR-01").voice, said_at=remark("PR-01").said_at,
        version=texts.head(late.text),
    ))  # fmt: skip
    close_round()
    with pytest.raises(Refused, match="Nog 1 reactie heeft geen antwoord"):
        move(call, "finalise")
    db.session.rollback()
    answer(call, "PR-05", verdict="partly", unchanged="Zondag staat in artikel 1.")
    edition = move(call, "finalise", introduction="Dank voor uw reacties.")
    assert (call_in().state, call_in().draft, edition.state) == ("final", 2, "final")
    note = db.session.scalars(db.select(ResponseNote)).all()[-1]
    assert (note.from_edition, note.to_edition, note.introduction) == (1, 3, "Dank voor uw reacties.")
    assert [each.verb for each in trail.history(note)] == ["response_note.published", "response_note.extended"]
    assert {each.edition for each in (remark("PR-01").answer, remark("PR-05").answer)} == {2, 3}
    with pytest.raises(Refused, match="definitief"):
        answer(call, "PR-05", base=1)
    assert list(trail.faults()) == []


def test_an_answer_that_came_out_stands(call: World) -> None:
    revise(call, "PA-01", NEW)
    answer_all(call)
    move(call, "next_draft")
    with pytest.raises(Refused, match="ligt nu vast"):
        answer(call, "PR-01", base=1, reason="Toch anders.")
    assert remark("PR-01").answer.reason == REASON


def test_a_page_that_promised_a_draft_never_makes_the_final_text(world: World) -> None:
    """The time for remarks ran out between reading the page and pressing its button."""
    with world.app.app_context():
        open_call(OPEN)
        revise(world, "PA-01", NEW)
        answer_all(world)
    browser = world.as_role("beleidsregisseur")
    page = browser.go(f"{URL}/volgende-versie")
    assert "nieuw concept" in page.words
    with world.app.app_context():
        close_round()
    page = page.form("/volgende-versie").submit("Breng een nieuw concept uit", note="Mijn toelichting")
    assert page.status == 422
    assert "De volgende versie is de definitieve uitvraag." in page.words
    assert 'value="Mijn toelichting"' in page.html
    with world.app.app_context():
        assert (call_in().state, call_in().draft) == ("draft", 1)
    page = page.form("/volgende-versie").submit("Breng de definitieve uitvraag uit")
    assert "Versie 2 is uit." in page.words
    with world.app.app_context():
        assert call_in().state == "final"


def test_the_page_refuses_with_the_list_and_brings_out_when_it_can(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN)
        revise(world, "PA-01", NEW)
    browser = world.as_role("beleidsregisseur")
    page = browser.go(f"{URL}/volgende-versie")
    assert "Nog 4 reacties hebben geen antwoord." in page.words
    assert all(code in page.links for code in ("PR-01", "PR-02", "PR-03", "PR-04"))
    token = browser.token()
    hat = page.form("/vervalt", "Laat vervallen").fields["hat"]
    sent = browser.post(f"{URL}/volgende-versie", data={"csrf_token": token, "move": "next_draft", "hat": hat})
    assert sent.status_code == 422
    assert "Nog 4 reacties hebben geen antwoord." in sent.get_data(as_text=True)
    with world.app.app_context():
        answer_all(world)
    page = browser.go(f"{URL}/volgende-versie").form("/volgende-versie").submit("Breng een nieuw concept uit")
    assert "Versie 2 is uit. Iedereen leest nu deze tekst." in page.words


@pytest.mark.parametrize("name", ["", "publish", "adopt", "final"])
def test_an_unknown_move_is_a_sentence(world: World, name: str) -> None:
    with world.app.app_context():
        open_call(OPEN)
    browser = world.as_role("beleidsregisseur")
    hat = browser.go(f"{URL}/volgende-versie").form("/vervalt", "Laat vervallen").fields["hat"]
    sent = browser.post(f"{URL}/volgende-versie", data={"csrf_token": browser.token(), "move": name, "hat": hat})
    assert sent.status_code == 422
    assert "Deze stap kent de uitvraag niet." in sent.get_data(as_text=True)


# writing


def test_what_is_written_is_for_the_next_version_only(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN)
    browser = world.as_role("beleidsregisseur")
    page = browser.go(f"{URL}/artikelen/PA-01/bewerken?reactie=PR-02")
    form = page.form("/bewerken")
    assert form.fields.getlist("because") == ["PR-02"]
    page = form.submit("Bewaar", body=NEW, note="Een aantal uren")
    assert "Artikel 1 is bewaard voor de volgende versie." in page.words
    assert "32 uur per week" in page.words
    with world.app.app_context():
        assert members(1)["PA-01"] == 1
        assert trail.led_to(remark("PR-02"))[0].verb == "article.saved"
        assert notes.article_versions(article("PA-01")) == {1}
    assert world.browser().go(f"{URL}/artikelen/PA-01/vergelijk?van=1&naar=2").status == 404  # not out yet
    assert browser.go(f"{URL}/artikelen/PA-01/vergelijk?van=1&naar=2").status == 200
    with world.app.app_context():
        answer(world, "PR-02", verdict="adopted", change=texts.head(article("PA-01").text))
    page = world.browser().go(f"{URL}/artikelen/PA-01/vergelijk?van=1&naar=2")  # an answer points to it
    assert "Noem uren." in page.words


def test_two_officials_who_write_at_once_get_the_conflict_page(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN)
    first, second = world.as_role("beleidsregisseur", 1), world.as_role("beleidsregisseur", 2)
    edit = f"{URL}/artikelen/PA-03/bewerken"
    mine = second.go(edit).form("/bewerken")
    first.go(edit).form("/bewerken").submit("Bewaar", body="De inzet gaat naar Zonnehoek.")
    page = mine.submit("Bewaar", body="De inzet gaat naar wie hem nodig heeft.", because=["PR-04"])
    assert page.status == 409
    assert "Er is niets weg." in page.words
    form = page.form("/samenvoegen")
    assert form.fields.getlist("because") == ["PR-04"]
    page = form.submit("Bewaar deze tekst", **{"deel-1": "De inzet gaat naar Zonnehoek en naar wie hem nodig heeft."})
    assert "is bewaard voor de volgende versie" in page.words
    with world.app.app_context():
        head = texts.head(article("PA-03").text)
        assert head.body == "De inzet gaat naar Zonnehoek en naar wie hem nodig heeft."
        assert trail.led_to(remark("PR-04"))[0].verb == "article.saved"


def test_remarks_named_without_a_change_and_of_another_article_are_refused(call: World) -> None:
    actor, hat = official(call)
    draft = Draft(article("PA-01"))
    body = texts.head(draft.text).body
    with pytest.raises(Invalid, match="U veranderde niets"):
        service.revise(actor, draft, hat, body=body, base=1, because=[remark("PR-01")])
    db.session.rollback()
    with pytest.raises(Invalid, match="reacties op dit artikel"):
        service.revise(actor, Draft(article("PA-01")), hat, body=NEW, base=1, because=[remark("PR-03")])
    db.session.rollback()
    assert texts.head(article("PA-01").text).number == 1


def test_a_stale_save_of_an_article_carries_both(call: World) -> None:
    revise(call, "PA-03", "De inzet gaat naar Zonnehoek.")
    actor, hat = official(call)
    with pytest.raises(Stale) as stale:
        service.revise(actor, Draft(article("PA-03")), hat, body="Anders.", base=1)
    assert stale.value.mine == "Anders."


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": "", "body": "Tekst."}, "Geef het artikel een titel."),
        ({"title": "Titel", "body": " \n "}, "Schrijf de tekst van het artikel."),
        ({"title": "T" * 130, "body": "Tekst."}, "10 tekens te veel"),
        ({"title": "Titel", "body": "kapot\x07"}, "Haal het teken weg"),
    ],
)
def test_a_new_article_with_faults_loses_nothing(world: World, sent: dict[str, str], sentence: str) -> None:
    with world.app.app_context():
        open_call(OPEN)
    browser = world.as_role("beleidsregisseur")
    page = browser.go(f"{URL}/artikelen/nieuw").form("/nieuw").submit("Zet het erbij", **sent)
    assert page.status == 422
    assert sentence in page.words
    if sent["title"]:
        assert f'value="{sent["title"]}"' in page.html


def test_a_new_article_is_for_officials_until_it_comes_out(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN)
    browser = world.as_role("beleidsregisseur")
    for _twice in range(2):
        browser.go(f"{URL}/artikelen/nieuw").form("/nieuw").submit(
            "Zet het erbij", title="Oudejaarsavond", body="Er is jongerenwerk op straat."
        )
    with world.app.app_context():
        made = db.session.scalars(db.select(Article).where(Article.title == "Oudejaarsavond")).one()  # once
        code = made.code
        assert (made.number, made.sealed_until) == (4, NOT_YET)
        assert made not in db.session.scalars(policy.visible(VISITOR, Article)).all()
    assert world.browser().go(f"{URL}/artikelen/{code}/bewerken").status == 404
    assert world.as_role("bewoner").go(f"{URL}/artikelen/{code}/bewerken").status == 404
    assert browser.go(f"{URL}/artikelen/{code}/bewerken").status == 200
    with world.app.app_context():
        answer_all(world)
        move(world, "next_draft")
        assert db.session.scalars(db.select(Article).where(Article.code == code)).one().sealed_until is None
        assert members(2)[code] == 1
    page = world.browser().go(f"{URL}/versies/vergelijk?van=1&naar=2")
    assert "Oudejaarsavond" in page.words
    assert "Nieuw" in page.words


def test_a_dropped_article_keeps_its_remarks_and_they_still_get_an_answer(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN)
    browser = world.as_role("beleidsregisseur")
    page = browser.go(f"{URL}/volgende-versie")
    form = next(each for each in page.forms if each.action.endswith("/PA-03/vervalt"))
    page = form.submit("Laat vervallen")
    assert "Artikel 3 vervalt in de volgende versie." in page.words
    assert browser.go(f"{URL}/artikelen/PA-03/bewerken").status == 403  # put it back first
    with world.app.app_context():
        for code in ("PR-01", "PR-02", "PR-03"):
            answer(world, code)
        with pytest.raises(Refused, match="Nog 1 reactie"):
            move(world, "next_draft")
        db.session.rollback()
        answer(world, "PR-04", verdict="adopted", unchanged="Artikel 3 vervalt.")
        move(world, "next_draft")
        assert set(members(2)) == {"PA-01", "PA-02"}
        assert set(members(1)) == {"PA-01", "PA-02", "PA-03"}
    page = world.browser().go(f"{URL}/nota")
    assert "Hoort bij een eerdere versie" in page.words
    assert "Zonnehoek heeft meer nodig dan de rest." in page.words
    page = browser.go(f"{URL}/volgende-versie")
    form = next(each for each in page.forms if each.action.endswith("/PA-03/vervalt"))
    assert "Artikel 3 staat weer in de volgende versie." in form.submit("Zet terug").words
    with world.app.app_context():
        assert [each.verb for each in trail.history(article("PA-03"))][-2:] == ["article.dropped", "article.put_back"]


def test_in_a_finished_call_nothing_can_be_written_or_answered(world: World) -> None:
    base = "/uitvragen/uitvraag-sociaal-makelen-en-sociaal-beheer-zuiderkwartier-2026-2032"
    browser = world.as_role("beleidsregisseur")
    page = browser.go(f"{base}/beantwoorden")
    assert "Alle reacties hebben een antwoord." in page.words
    assert "De uitvraag is definitief." in page.words
    for path in ("/artikelen/nieuw", "/artikelen/UA-01/bewerken", "/reacties/R-01/antwoord"):
        assert browser.go(base + path).status == 403
    assert FINISHED in base
