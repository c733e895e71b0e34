"""Answering remarks: a reason always, a change or why none for what was adopted, two officials at once, and the worklist."""

from typing import Any

import pytest
from sqlalchemy import event

from tests.support.calls import article, call_in, open_call, remark
from tests.support.client import Browser
from tests.support.things import put
from tests.support.world import OPEN, World, place
from wijkplatform.calls import service
from wijkplatform.calls.models import Draft
from wijkplatform.calls.queries import answering as queries
from wijkplatform.core import trail
from wijkplatform.core.actor import Actor, Hat, command_line
from wijkplatform.core.db import db
from wijkplatform.core.errors import Invalid, Refused, Stale
from wijkplatform.remarks import service as remarks
from wijkplatform.remarks.models import Answer, EarlierAnswer
from wijkplatform.remarks.service import apply_remark
from wijkplatform.texts.models import Version

URL = "/uitvragen/uitvraag-proefbuurt"
REASON = "Er komt te staan: ten minste 32 uur per week."


@pytest.fixture
def call(in_world: World) -> World:
    open_call(OPEN)
    return in_world


def official(world: World, number: int = 1) -> tuple[Actor, Hat]:
    """Somebody of the municipality, and the hat they answer with."""
    actor = world.actor("beleidsregisseur", number)
    return actor, next(each for each in actor.hats_in(place(OPEN).id) if each.kind == "official")


def revise(world: World, code: str, body: str, because: Any = ()) -> Version:
    actor, hat = official(world)
    draft = Draft(article(code))
    version = service.revise(actor, draft, hat, body=body, base=draft.text.head, because=because)
    trail.commit()
    return version


def answer(world: World, code: str, number: int = 1, **said: Any) -> Answer:
    actor, hat = official(world, number)
    values = {"verdict": "declined", "reason": REASON, "bases": [said.pop("base", 0)]} | said
    given = service.answer(actor, call_in(), [remark(code)], hat, **values)
    trail.commit()
    return given[0]


# what an answer needs


@pytest.mark.parametrize("verdict", ["adopted", "partly", "declined", "passed_on"])
@pytest.mark.parametrize("came_of_it", ["change", "unchanged", "nothing", "both"])
def test_what_was_adopted_names_its_change_or_says_why_there_is_none(
    call: World, verdict: str, came_of_it: str
) -> None:
    change = revise(call, "PA-01", "De organisatie helpt bewoners 32 uur per week.")
    said = {
        "change": change if came_of_it in ("change", "both") else None,
        "unchanged": "Dit staat al in artikel 2." if came_of_it in ("unchanged", "both") else None,
    }
    right = came_of_it in ("change", "unchanged") if verdict in ("adopted", "partly") else came_of_it == "nothing"
    if right:
        given = answer(call, "PR-01", verdict=verdict, **said)
        assert (given.verdict, given.change_id, given.unchanged, given.revision) == (
            verdict, change.id if said["change"] else None, said["unchanged"], 1,
        )  # fmt: skip
    else:
        with pytest.raises(Invalid) as refusal:
            answer(call, "PR-01", verdict=verdict, **said)
        assert str(refusal.value.sentence).endswith(".")
        db.session.rollback()
        assert db.session.scalars(db.select(Answer).where(Answer.remark_id == remark("PR-01").id)).all() == []


def test_a_change_of_another_article_or_from_before_the_remark_is_refused(call: World) -> None:
    other = revise(call, "PA-02", "Het jongerenwerk is er ook op oudejaarsavond.")
    with pytest.raises(Invalid, match="waar deze reactie over gaat"):
        answer(call, "PR-01", verdict="adopted", change=other)
    db.session.rollback()
    with pytest.raises(Invalid, match="van na deze reactie"):
        answer(call, "PR-01", verdict="adopted", change=remark("PR-01").version)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": "  \n "}, "reason"),
        ({"reason": "x" * 5_001}, "reason"),
        ({"reason": "niet\x00goed"}, "reason"),
        ({"verdict": "misschien"}, "verdict"),
        ({"verdict": "adopted", "unchanged": "y" * 5_001}, "unchanged"),
    ],
)
def test_the_service_refuses_what_cannot_be_kept(call: World, said: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        answer(call, "PR-01", **said)
    assert refusal.value.field == field


def test_the_chain_sees_which_remark_changed_which_article(call: World) -> None:
    change = revise(call, "PA-01", "De organisatie helpt bewoners 32 uur per week.", because=[remark("PR-01")])
    saved = trail.led_to(remark("PR-01"))
    assert [(each.verb, each.influences[0].how) for each in saved] == [("article.saved", "considered")]
    answer(call, "PR-01", verdict="partly", change=change)
    led = trail.led_to(remark("PR-01"))
    assert [(each.verb, each.thing_kind, each.influences[0].how) for each in led] == [
        ("article.saved", "article", "considered"),
        ("remark.changed_text", "article", "partly"),
    ]
    assert led[1].thing_id == article("PA-01").id
    assert led[1].facts == {"version": change.number}
    again = revise(call, "PA-01", "De organisatie helpt bewoners 40 uur per week.", because=[remark("PR-01")])
    assert trail.led_to(remark("PR-01"))[-1].influences[0].how == "partly"  # as its answer says by now
    assert again.number == change.number + 1
    assert list(trail.faults()) == []


# better, together, and at once


def test_an_answer_can_be_made_better_and_what_it_was_stays_readable(call: World) -> None:
    first = answer(call, "PR-03")
    better = answer(call, "PR-03", verdict="passed_on", reason="De dienst Jeugd pakt dit op.", base=1)
    assert (better.id, better.revision, better.verdict) == (first.id, 2, "passed_on")
    kept = db.session.scalars(db.select(EarlierAnswer)).one()
    assert (kept.revision, kept.verdict, kept.reason) == (1, "declined", REASON)
    assert [each.verb for each in trail.history(remark("PR-03"))][-2:] == ["remark.answered", "remark.answer_improved"]
    assert list(trail.faults()) == []


def test_the_same_answer_twice_is_one(call: World) -> None:
    answer(call, "PR-03")
    before = len(trail.history(remark("PR-03")))
    assert answer(call, "PR-03").revision == 1
    assert len(trail.history(remark("PR-03"))) == before


def test_of_two_officials_the_second_gets_the_answer_of_the_first(call: World) -> None:
    answer(call, "PR-03", number=1)
    with pytest.raises(Stale) as stale:
        answer(call, "PR-03", number=2, verdict="adopted", unchanged="Het staat er al.", reason="Goed idee.")
    assert (stale.value.theirs.reason, stale.value.mine) == (REASON, "Goed idee.")  # type: ignore[attr-defined]
    db.session.rollback()
    assert remark("PR-03").answer.reason == REASON


def test_several_remarks_get_the_same_answer_or_none_does(call: World) -> None:
    actor, hat = official(call)
    both = [remark("PR-01"), remark("PR-02")]
    given = service.answer(actor, call_in(), both, hat, verdict="declined", reason=REASON, bases=[0, 0])
    trail.commit()
    assert {each.remark.code for each in given} == {"PR-01", "PR-02"}
    with pytest.raises(Stale):
        service.answer(
            actor, call_in(), [remark("PR-03"), remark("PR-02")], hat, verdict="passed_on", reason="Anders.",
            bases=[0, 0],
        )  # fmt: skip
    db.session.rollback()
    assert remark("PR-03").answer is None


def test_nobody_answers_with_a_hat_that_is_not_of_the_municipality(call: World) -> None:
    """A civil servant who also lives here answers as a civil servant."""
    resident = call.actor("bewoner")
    with pytest.raises(Refused):
        remarks.answer(resident, remark("PR-03"), resident.hats[0], verdict="declined", reason=REASON)


# the pages


def desk(browser: Browser, code: str = "PR-01") -> Any:
    return browser.go(f"{URL}/reacties/{code}/antwoord")


def test_an_official_answers_from_the_worklist_without_script(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN)
    browser = world.as_role("beleidsregisseur")
    page = browser.go(f"{URL}/beantwoorden")
    assert "Nog 4 van de 4 reacties wachten op antwoord." in page.words
    page = page.follow("Beantwoord PR-03")
    assert "Wij lezen die berichten niet." in page.words
    page = page.form("/antwoord", "Bewaar en volgende").submit(
        "Bewaar en volgende", verdict="declined", reason="Berichten horen erbij."
    )
    assert "Uw antwoord staat er. Er wachten nog 3 reacties." in page.words
    assert page.heading.startswith("Antwoord op reactie PR-0")  # and on with the next one
    assert "Nog 3 van de 4 reacties wachten op antwoord." in browser.go(f"{URL}/beantwoorden").words
    assert "Berichten horen erbij." in world.browser().go(f"{URL}/nota").words  # visible at once, to everybody


def test_look_alikes_stand_together_and_get_one_answer(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN)
    browser = world.as_role("beleidsregisseur")
    page = browser.go(f"{URL}/beantwoorden").follow("Geef deze 2 reacties samen antwoord")
    form = page.form("/antwoord", "Bewaar en terug")
    assert form.fields.getlist("also") == ["PR-02"]
    page = form.submit("Bewaar en terug", verdict="adopted", reason=REASON, unchanged="Dit staat in artikel 2.")
    assert "2 reacties hebben dit antwoord gekregen. Er wachten nog 2 reacties." in page.words
    with world.app.app_context():
        assert remark("PR-01").answer.reason == remark("PR-02").answer.reason == REASON


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"verdict": "declined", "reason": ""}, "Schrijf waarom."),
        ({"verdict": "weet-niet", "reason": REASON}, "Kies wat u met deze reactie doet."),
        ({"verdict": "adopted", "reason": REASON}, "Wijs de wijziging aan, of schrijf waarom"),
        ({"verdict": "adopted", "reason": REASON, "change": "77"}, "Kies een wijziging die hier staat"),
        ({"verdict": "declined", "reason": "a" * 5_007}, "er zijn 7 tekens te veel"),
        ({"verdict": "declined", "reason": "kapot\x07teken"}, "Haal het teken weg"),
        ({"verdict": "declined", "reason": REASON, "unchanged": "Toch iets."}, "Bij deze keuze hoort geen wijziging."),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(world: World, sent: dict[str, str], sentence: str) -> None:
    with world.app.app_context():
        open_call(OPEN)
    browser = world.as_role("beleidsregisseur")
    page = desk(browser).form("/antwoord").submit("Bewaar en volgende", **sent)
    assert page.status == 422
    assert sentence in page.words
    for key in ("reason", "unchanged"):
        area = next(each for each in page.all("textarea") if each.get("name") == key)
        assert (area.text or "").strip("\n") == sent.get(key, "")
    with world.app.app_context():
        assert remark("PR-01").answer is None


def test_the_second_official_sees_both_and_may_choose(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN)
    first, second = world.as_role("beleidsregisseur", 1), world.as_role("beleidsregisseur", 2)
    mine, theirs = desk(second).form("/antwoord"), desk(first).form("/antwoord")
    assert theirs.submit("Bewaar en terug", verdict="declined", reason="Dat past hier niet.").status == 200
    page = mine.submit("Bewaar en volgende", verdict="passed_on", reason="De dienst Wonen gaat hierover.")
    assert page.status == 409
    assert "Een ander gaf intussen antwoord" in page.words
    assert "Dat past hier niet." in page.words
    assert "De dienst Wonen gaat hierover." in page.words
    page = page.form("/antwoord").submit("Bewaar mijn antwoord")
    assert page.status == 200
    with world.app.app_context():
        assert remark("PR-01").answer.reason == "De dienst Wonen gaat hierover."
        assert db.session.scalars(db.select(EarlierAnswer.reason)).all() == ["Dat past hier niet."]
    assert "Dat past hier niet." in desk(first).words  # among the earlier answers


def test_when_one_of_several_was_answered_meanwhile_nothing_is_saved_and_nothing_lost(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN)
    first, second = world.as_role("beleidsregisseur", 1), world.as_role("beleidsregisseur", 2)
    mine = second.go(f"{URL}/reacties/PR-01/antwoord?ook=PR-02").form("/antwoord")
    desk(first, "PR-02").form("/antwoord").submit("Bewaar en terug", verdict="declined", reason="Nee, want.")
    page = mine.submit("Bewaar en volgende", verdict="passed_on", reason="Voor allebei.")
    assert page.status == 409
    assert "Een ander beantwoordde intussen PR-02" in page.words
    form = page.form("/antwoord")
    assert form.fields.getlist("also") == []
    form.submit("Bewaar mijn antwoord")
    with world.app.app_context():
        assert (remark("PR-01").answer.reason, remark("PR-02").answer.reason) == ("Voor allebei.", "Nee, want.")


def test_markup_in_remarks_and_answers_is_shown_as_it_was_typed(world: World) -> None:
    evil = "<script>alert(1)</script> **vet** {{ 7*7 }} \u202e"
    with world.app.app_context():
        open_call(OPEN, remarks=(("PR-01", 0, "waar mogelijk", evil),))
    browser = world.as_role("beleidsregisseur")
    desk(browser).form("/antwoord").submit("Bewaar en terug", verdict="declined", reason="<b>Nee</b> & {{ 6*6 }}")
    for path in ("/beantwoorden?toon=alles", "/nota", "/nota/alles", "/reacties/PR-01/antwoord"):
        page = browser.go(URL + path)
        assert page.status == 200
        assert "<script>alert" not in page.html
        assert "<b>Nee" not in page.html
        assert "{{ 7*7 }}" in page.words


def many(count: int) -> list[tuple[str, int, str | None, str]]:
    quotes = ("waar mogelijk", "twintig berichten", None)
    return [(f"PR-{n:03d}", n % 3, quotes[n % 3], f"Reactie nummer {n}: noem een getal.") for n in range(count)]


class Queries:
    """How many statements a page sends to the database."""

    def __init__(self, world: World):
        self.world, self.count = world, 0

    def __enter__(self) -> "Queries":
        with self.world.app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._seen)
        return self

    def __exit__(self, *_: object) -> None:
        with self.world.app.app_context():
            event.remove(db.engine, "before_cursor_execute", self._seen)

    def _seen(self, connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        self.count += not statement.startswith(("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE"))


@pytest.mark.parametrize(
    "path", ["/beantwoorden", "/beantwoorden?toon=alles&tot=200", "/nota?tot=300", "/nota/alles", "/nota.csv",
             "/reacties/PR-000/antwoord", "/volgende-versie", "/versies", "/artikelen/PA-01/bewerken"],
)  # fmt: skip
def test_three_hundred_remarks_take_a_dozen_queries(world: World, path: str) -> None:
    with world.app.app_context():
        open_call(OPEN, remarks=many(300))
        actor, hat = official(world)
        put(lambda: service.answer(
            actor, call_in(), [remark(f"PR-{n:03d}") for n in range(30, 200)], hat, verdict="declined", reason=REASON,
            bases=[0] * 170,
        ))  # fmt: skip
    browser = world.as_role("beleidsregisseur")
    browser.go(URL + path)
    with Queries(world) as seen:
        assert browser.go(URL + path).status == 200
    assert seen.count <= 12, seen.count


def test_twenty_at_a_time_and_more_on_demand(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN, remarks=many(45))
    browser = world.as_role("beleidsregisseur")
    page = browser.go(f"{URL}/beantwoorden")
    assert page.html.count('class="remark"') == 20
    assert "20 van de 45 reacties" in page.words
    assert page.follow("Toon meer").html.count('class="remark"') == 40
    part = browser.part(f"{URL}/beantwoorden?tot=45", "stapel")
    assert part.get_data(as_text=True).count('class="remark"') == 45
    for strange in ("?tot=9999999999", "?tot=-4", "?tot=²", "?toon=anders"):
        assert browser.go(f"{URL}/beantwoorden{strange}").status == 200


def test_everything_that_was_ticked_is_meant(call: World) -> None:
    """A form takes a hundred ticks: the twenty-first counts as well, and a sign no database knows finds nothing."""
    about, first = article("PA-01"), remark("PR-01")
    many = [f"PM-{no:03d}" for no in range(60)]
    for code in many:
        put(lambda code=code: apply_remark(  # type: ignore[misc]
            command_line(), about, code=code, text=f"Noem uren. {code}", voice=first.voice, said_at=first.said_at))  # fmt: skip
    found = queries.by_codes(call_in(), about.id, [*many, "PR-0\x001", "PR-03"])
    assert [each.code for each in found] == many
