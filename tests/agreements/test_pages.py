"""The pages of the agreements: the figures of the demo, the adjustment as a story, and what is not there yet."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
import yaml

import wijkplatform
from tests.support.client import Browser, Page
from tests.support.counting import MOST, counting
from tests.support.things import put
from tests.support.world import FINISHED, OPEN, World, place
from wijkplatform.agreements import stage
from wijkplatform.agreements.models import (
    Action,
    Adjustment,
    Agreement,
    Contract,
    Conversation,
    CourseEntry,
    Indicator,
    Milestone,
    PlannedConversation,
    Signal,
    Standing,
)
from wijkplatform.core import clock, offers
from wijkplatform.core.db import db
from wijkplatform.places.models import Voice

DEMO = Path(wijkplatform.__path__[0]) / "demo"
WORDS = {
    "op koers": "Op koers", "aandacht": "Vraagt aandacht", "nog niet te meten": "Nog niet te meten",
    "bijna gehaald": "Bijna gehaald", "gehaald": "Gehaald",
}  # fmt: skip


def demo(slug: str, number: str) -> dict[str, Any]:
    return yaml.safe_load(next((DEMO / slug).glob(f"{number}_*.yaml")).read_text(encoding="utf-8"))


def figure(value: Any, unit: str) -> str:
    """As people read it, worked out here on its own."""
    number = str(value).replace(".", ",")
    if unit == "procent":
        return f"{number} procent"
    return (
        f"{number} van de {unit.removeprefix('aantal van ')}" if unit.startswith("aantal van ") else f"{number} {unit}"
    )


def changed(world: World, change: Callable[[], Any]) -> None:
    with world.app.app_context():
        put(change)


def one(model: type[Any], **values: Any) -> Any:
    return db.session.scalars(db.select(model).filter_by(**values)).one()


def text_of(page: Page, id_: str) -> str:
    element = next(each for each in page.tree.iter() if each.get("id") == id_)  # type: ignore[union-attr]
    return " ".join("".join(element.itertext()).split())


def hrefs(page: Page) -> list[str]:
    return [each.get("href", "") for each in page.all("a")]


# the figures


@pytest.mark.parametrize("slug", [FINISHED, OPEN])
def test_the_list_has_the_figures_of_the_files(world: World, slug: str) -> None:
    page = world.browser().go(f"/wijken/{slug}/afspraken")
    agreements, talks = demo(slug, "10")["afspraken"], demo(slug, "11")["gesprekken"]
    assert f"{len(agreements)} afspraken" in page.words
    for each in agreements:
        said, unit = text_of(page, each["id"]), each["indicator"]["eenheid"]
        last = [one for talk in talks for one in talk["standen"] if one["afspraak"] == each["id"]][-1]
        assert each["titel"] in said
        assert each["doel"] in said
        assert WORDS[last["beeld"]] in said
        if last["beeld"] != "nog niet te meten":
            assert f"{figure(last['waarde'], unit)}." in said
        assert f"Het doel is {figure(each['indicator']['streefwaarde'], unit)}" in said
    for talk in talks:
        assert f"/wijken/{slug}/gesprekken/{talk['id']}" in hrefs(page)


@pytest.mark.parametrize("slug", [FINISHED, OPEN])
def test_each_agreement_has_the_figures_of_the_files(world: World, slug: str) -> None:
    talks = demo(slug, "11")["gesprekken"]
    for each in demo(slug, "10")["afspraken"]:
        page, indicator = world.browser().go(f"/wijken/{slug}/afspraken/{each['id']}"), each["indicator"]
        said = [one for talk in talks for one in talk["standen"] if one["afspraak"] == each["id"]]
        table = next(part for part in page.all("table"))
        cells = [["".join(cell.itertext()) for cell in row.iter("td")] for row in table.iter("tr")]
        shown = [row[0] for row in cells if row and row[0] != "afspraak bijgesteld"]
        assert shown == [
            figure(value, indicator["eenheid"])
            for value in (indicator["nulmeting"], *(one["waarde"] for one in said), indicator["streefwaarde"])
        ]
        assert [row[1] for row in cells if row and row[1] != "–"] == [WORDS[one["beeld"]] for one in said]
        for one in said:
            assert one["toelichting"] in page.words
        for code in (*each["behoeften"], *each["secties"], *each["criteria"], *each["artikelen"]):
            assert any(href.endswith((f"/{code}", f"#{code}")) for href in hrefs(page)), code
        for milestone in each["mijlpalen"]:
            assert milestone["tekst"] in text_of(page, "mijlpalen")
        assert f"/wijken/{slug}/spoor/{each['id']}" in hrefs(page)


def test_the_purpose_comes_first_and_is_the_largest(visitor: Browser) -> None:
    page = visitor.go(f"/wijken/{FINISHED}/afspraken/PA-04")
    main = next(iter(page.all("main")))
    purpose = next(each for each in main.iter("p") if "purpose" in each.get("class", "").split())
    assert purpose.text == "Jongeren die vastlopen, komen verder met school, werk, hulp of een vaste groep."
    assert "large" in purpose.get("class", "")
    parts = list(main.iter())
    assert parts.index(purpose) < parts.index(next(main.iter("figure")))


def test_the_drawing_says_its_sentence(visitor: Browser) -> None:
    page = visitor.go(f"/wijken/{FINISHED}/afspraken/PA-04")
    drawing = next(each for each in page.all("svg") if each.get("role") == "img")
    said = drawing.get("aria-label", "")
    assert re.fullmatch(
        r"Lijn van 35 procent in juli \d{4}, via 46 procent in december \d{4}, naar 54 procent in juni \d{4}\. "
        r"Het doel is 60 procent of meer op 30 juni \d{4}\.", said
    ), said  # fmt: skip
    assert [each.text for each in drawing.iter("text")][1:4] == ["Doel 60% in juni " + said[-5:-1], "35%", "46%"]


# the adjustment


def test_the_adjustment_of_the_youth_worker_reads_as_the_story_it_is(visitor: Browser) -> None:
    page = visitor.go(f"/wijken/{FINISHED}/afspraken/PA-04")
    told, each = text_of(page, "AP-01"), demo(FINISHED, "12")["aanpassingen"][0]
    order = [
        "Naima Tazelaar", "jongerenwerker, Coöperatie Onder de Brug", each["signaal"], "Dit stond er",
        "ten minste 20 berichten per maand op de jongerensite", "Dit staat er nu", "een bericht als jongeren",
        "Er is geen vast aantal", each["reden"], each["oorspronkelijk_doel"], "Allebei akkoord", "na 7 dagen",
        "Maarten Griffioen", "Hester van Loenhout", "Geldt vanaf", "geen", "Berichten op de jongerensite",
        "geen vast aantal meer", "4 mensen praatten mee", "Bewoner", "Later keken zij terug",
        "Na de aanpassing in november is er meer tijd voor gesprekken.",
    ]  # fmt: skip
    at = 0
    for words in order:
        found = told.find(words, at)
        assert found >= 0, f"{words!r} is not there, or not in its place: {told}"
        at = found
    assert "Kemal" not in told, "a resident is not named"
    assert f"/wijken/{FINISHED}/gesprekken/HG-1" in hrefs(page)
    assert f"/wijken/{FINISHED}/spoor/AP-01" in hrefs(page)


def test_old_and_new_words_are_marked_on_their_own_side(visitor: Browser) -> None:
    page = visitor.go(f"/wijken/{FINISHED}/afspraken/PA-04")
    old = next(each for each in page.all("div") if each.get("class") == "old")
    new = next(each for each in page.all("div") if each.get("class") == "new")
    each = demo(FINISHED, "12")["aanpassingen"][0]

    def words(part: Any) -> str:
        told = "".join("".join(p.itertext()) for p in part.iter("p"))
        return " ".join(re.sub(r"(verwijderd|toegevoegd): ", "", told).split())

    assert (words(old), words(new)) == (each["oude_tekst"], each["nieuwe_tekst"])
    assert list(old.iter("del"))
    assert not list(old.iter("ins"))
    assert list(new.iter("ins"))
    assert not list(new.iter("del"))


def test_the_auxiliary_figure_keeps_its_course(visitor: Browser) -> None:
    page = visitor.go(f"/wijken/{FINISHED}/afspraken/PA-04")
    told = text_of(page, "hulp")
    assert "Berichten op de jongerensite" in told
    assert told.index("20 per maand") < told.index("geen vast aantal meer")
    assert page.links["door bijstelling AP-01"] == "#AP-01"


def test_a_refused_adjustment_is_shown_as_large_as_an_agreed_one(visitor: Browser) -> None:
    page = visitor.go(f"/wijken/{FINISHED}/afspraken/PA-03")
    told, each = text_of(page, "AP-02"), demo(FINISHED, "12")["aanpassingen"][1]
    for words in (
        "Dit blijft staan", "Dit was gevraagd", "Niet aangepast", each["motivering_besluit"], each["gevolg_voor_geld"]
    ):  # fmt: skip
        assert words in told, words
    assert "Dit staat er nu" not in told
    assert "Geldt vanaf" not in told
    assert "Niet bijgesteld, wel gevraagd" in page.words


def test_a_signal_that_is_still_talked_about_says_so(world: World) -> None:
    def signal() -> None:
        agreement = one(Agreement, code="PA-01")
        voice = db.session.scalars(db.select(Voice).where(Voice.neighbourhood_id == agreement.neighbourhood_id)).first()
        db.session.add(Signal(
            neighbourhood_id=agreement.neighbourhood_id, agreement_id=agreement.id, voice_id=voice.id,
            day=clock.today(), text="Niemand <b>kent</b> de nieuwe makelaar.",
        ))  # fmt: skip

    changed(world, signal)
    page = world.browser().go(f"/wijken/{FINISHED}/afspraken/PA-01")
    assert "Niemand <b>kent</b> de nieuwe makelaar." in page.words
    assert "Hierover wordt nog gepraat" in text_of(page, "bijgesteld")


def test_an_adjustment_without_a_verdict_keeps_what_stands(world: World) -> None:
    def reopen() -> None:
        made = one(Adjustment, code="AP-02")
        made.verdict = made.decided_on = made.look_back_id = made.verdict_reason = None

    changed(world, reopen)
    told = text_of(world.browser().go(f"/wijken/{FINISHED}/afspraken/PA-03"), "AP-02")
    for words in ("Dit staat er nu", "Dit wordt gevraagd", "Hierover wordt nog gepraat"):
        assert words in told
    assert "akkoord" not in told.lower()


# conversations


@pytest.mark.parametrize("slug", [FINISHED, OPEN])
def test_a_conversation_has_what_the_file_says(world: World, slug: str) -> None:
    agreements = {each["id"]: each for each in demo(slug, "10")["afspraken"]}
    for talk in demo(slug, "11")["gesprekken"]:
        page = world.browser().go(f"/wijken/{slug}/gesprekken/{talk['id']}")
        assert " ".join(talk["verslag"].split()) in page.words
        assert f"om {talk['tijd'].replace(':', '.')} uur" in page.words
        for each in talk["standen"]:
            told, unit = text_of(page, each["afspraak"]), agreements[each["afspraak"]]["indicator"]["eenheid"]
            assert WORDS[each["beeld"]] in told
            assert each["toelichting"] in told
            assert (f"{figure(each['waarde'], unit)}." in told) is (each["beeld"] != "nog niet te meten")
        for action in talk["acties"]:
            told = text_of(page, action["id"])
            assert action["tekst"] in told
            assert ("Gedaan" in told) is action["klaar"]
        there = next(each for each in page.all("section") if each.get("aria-labelledby") == "erbij")
        assert len(list(there.iter("li"))) == len(talk["aanwezig"])


def test_who_was_there_is_shown_as_they_chose(visitor: Browser) -> None:
    page = visitor.go(f"/wijken/{FINISHED}/gesprekken/HG-2")
    assert "Maarten Griffioen beleidsregisseur, Gemeente Waterrade" in page.words
    assert "Kemal" not in page.words
    assert "Hier keken zij op terug Makelaars hebben tijd voor de wijk" in page.words
    assert page.links["Makelaars hebben tijd voor de wijk"].startswith(f"/wijken/{FINISHED}/afspraken/PA-03")


def test_a_promise_past_its_day_is_late_for_everybody(world: World) -> None:
    with world.app.app_context():
        due = {each.code: each.due for each in db.session.scalars(db.select(Action))}
    late = clock.end_of(due["AC-3"])
    for when, word in ((late - timedelta(seconds=1), "Loopt nog"), (late, "Te laat")):
        with time_machine.travel(when, tick=False):
            page = world.browser().go(f"/wijken/{FINISHED}/gesprekken/HG-2")
            assert word in text_of(page, "AC-3")
            assert "Beloofd en nog niet gedaan" in world.browser().go(f"/wijken/{FINISHED}/afspraken").words


# what is to come, and what is not there


def test_the_next_conversation_is_named_until_its_day_is_over(world: World) -> None:
    with world.app.app_context():
        day = db.session.scalars(db.select(PlannedConversation.day).order_by(PlannedConversation.day)).first()
    assert day is not None
    pages = (f"/wijken/{OPEN}/afspraken", f"/wijken/{OPEN}/afspraken/AF-01")
    with time_machine.travel(clock.end_of(day) - timedelta(seconds=1), tick=False):
        assert all(f"{day.day} januari {day.year}" in world.browser().go(path).words for path in pages)
    with world.app.app_context():
        put(lambda: db.session.execute(db.delete(PlannedConversation).where(PlannedConversation.day != day)))
    with time_machine.travel(clock.end_of(day), tick=False):
        for path in pages:
            assert "staat hier nog niet" in world.browser().go(path).words


def test_what_was_planned_is_open_on_the_page_of_the_neighbourhood(world: World) -> None:
    assert (
        world.browser().go(f"/wijken/{OPEN}").links["Volg hoe het met de afspraken gaat"] == f"/wijken/{OPEN}/afspraken"
    )
    finished = world.browser().go(f"/wijken/{FINISHED}")
    assert "Volg hoe het met de afspraken gaat" not in finished.links, "nothing is planned there"
    assert finished.links["Afspraken"] == f"/wijken/{FINISHED}/afspraken"
    assert re.search(r"8 afspraken, tot en met 30 juni \d{4}\. Laatste gesprek op 6 juli \d{4}\.", finished.words)


def test_by_subsidy_there_is_no_bid(visitor: Browser) -> None:
    page = visitor.go(f"/wijken/{OPEN}/afspraken/AF-01")
    assert "Zonder uitvraag, met subsidie of voor een eigen initiatief." in page.words
    assert not any("/beoordeling" in href for href in hrefs(page))
    won = visitor.go(f"/wijken/{FINISHED}/afspraken/PA-04")
    assert won.links["Wat Coöperatie Onder de Brug beloofde"].endswith("/beoordeling")
    assert "K4: 6 Groepen staan voorop. De digitale hulp is nog niet uitgewerkt." in won.words


def bare(world: World) -> None:
    """An agreement of which the record says next to nothing."""

    def make() -> None:
        contract = one(Contract, code="OV-HO")
        db.session.add(Agreement(
            neighbourhood_id=contract.neighbourhood_id, code="AF-99", title="Een begin", purpose="Beginnen.",
            contract_id=contract.id, owner_id=contract.contractor_id, indicator=Indicator(
                neighbourhood_id=contract.neighbourhood_id, name="Bankjes", kind="output", unit="bankjes",
                direction="higher", baseline=None, target=3, measured_on=date(2027, 6, 1), source="tellen",
            ),
        ))  # fmt: skip

    changed(world, make)


def test_what_is_not_recorded_is_not_made_up(world: World) -> None:
    bare(world)
    page = world.browser().go(f"/wijken/{OPEN}/afspraken/AF-99")
    for words in (
        "Nog niet gemeten", "Er is nog geen gesprek geweest waarin dit is gemeten.", "niet vastgelegd",
        "Hoe het aan het begin was, is niet vastgelegd.", "Nog niet bijgesteld",
        "Deze afspraak noemt geen punt, hoofdstuk, criterium of artikel.", "Het doel is 3 bankjes of meer",
    ):  # fmt: skip
        assert words in page.words, words
    assert not [each for each in page.all("svg") if each.get("role") == "img"]
    assert "Nog niet gemeten" in text_of(world.browser().go(f"/wijken/{OPEN}/afspraken"), "AF-99")


def test_a_neighbourhood_without_agreements_says_what_will_come(world: World) -> None:
    with world.app.app_context():
        put(lambda: [setattr(each, "sealed_until", clock.now() + timedelta(days=9)) for each in db.session.scalars(
            db.select(Contract)).all() + db.session.scalars(db.select(Conversation)).all()])  # fmt: skip
    page = world.browser().go(f"/wijken/{OPEN}/afspraken")
    assert "Er is nog niets afgesproken." in page.words
    assert "Nog geen afspraken" in page.words
    assert "Nog niet begonnen." in world.browser().go(f"/wijken/{OPEN}").words


def test_nothing_of_what_is_sealed_shows(world: World) -> None:
    def seal() -> None:
        for model, code in ((Conversation, "HG-2"), (Adjustment, "AP-01"), (Action, "AC-1")):
            one(model, code=code).sealed_until = clock.now() + timedelta(days=1)

    changed(world, seal)
    browser = world.browser()
    page = browser.go(f"/wijken/{FINISHED}/afspraken/PA-04")
    assert "54 procent" not in page.words
    assert "Ik begeleid zeven jongeren" not in page.words
    assert "54 procent" not in browser.go(f"/wijken/{FINISHED}/afspraken").words
    assert "geldhulp over wachttijd" not in browser.go(f"/wijken/{FINISHED}/gesprekken/HG-1").words
    assert browser.go(f"/wijken/{FINISHED}/gesprekken/HG-2").status == 404


@pytest.mark.parametrize(
    "path", ["afspraken/XX-1", "gesprekken/XX-1", "afspraken/HG-1", "gesprekken/PA-01", "afspraken/AF-01"]
)
def test_an_unknown_code_is_not_there(visitor: Browser, path: str) -> None:
    assert visitor.go(f"/wijken/{FINISHED}/{path}").status == 404


@pytest.mark.parametrize(
    "role", ["bewoner", "jongerenwerker", "manager_welzijn", "beleidsregisseur", "inschrijver", "beheerder"]
)
def test_everybody_reads_the_same(world: World, role: str) -> None:
    for path in ("afspraken", "afspraken/PA-04", "gesprekken/HG-1"):
        mine, theirs = (
            world.as_role(role).go(f"/wijken/{FINISHED}/{path}"),
            world.browser().go(f"/wijken/{FINISHED}/{path}"),
        )
        assert mine.words == theirs.words


# much of it


@contextmanager
def crowded(world: World) -> Iterator[None]:
    """Forty more agreements, and thirty more conversations about all of them, each with a promise."""

    def make() -> None:
        contract, here = one(Contract, code="OV-HO"), place(OPEN).id
        first = one(Agreement, code="AF-01")
        voice = db.session.scalars(db.select(Voice).where(Voice.neighbourhood_id == here)).first()
        talk = one(Conversation, code="GS-1")
        made = [first]
        for number in range(40):
            made.append(Agreement(
                neighbourhood_id=here, code=f"AF-{100 + number}", title=f"Nummer {number}", purpose="Doen.",
                contract_id=contract.id, owner_id=contract.contractor_id, milestones=[
                    Milestone(neighbourhood_id=here, position=1, day=contract.first_day, text="Begin")],
                indicator=Indicator(
                    neighbourhood_id=here, name="Bankjes", kind="output", unit="bankjes", direction="higher",
                    baseline=None, target=3, measured_on=date(2027, 6, 1), source="tellen"),
            ))  # fmt: skip
        db.session.add_all(made)
        db.session.flush()
        for number in range(30):
            held = Conversation(
                neighbourhood_id=here, code=f"GS-{100 + number}", contract_id=contract.id, centre_id=talk.centre_id,
                held_at=talk.held_at - timedelta(days=number + 1), period_from=talk.period_from,
                period_to=talk.period_to, report="Gepraat.",
                actions=[Action(neighbourhood_id=here, code=f"AT-{100 + number}", text="Doen", voice_id=voice.id,
                                due=date(2026, 1, 1))],
                standings=[Standing(neighbourhood_id=here, position=order, agreement_id=each.id, value=number,
                                    picture="on_course", note="Goed.") for order, each in enumerate(made)],
            )  # fmt: skip
            db.session.add(held)

    changed(world, make)
    yield


@pytest.mark.parametrize("role", [None, "bewoner"])
def test_no_page_asks_more_than_twelve_questions(world: World, role: str | None) -> None:
    browser = world.as_role(role) if role else world.browser()
    with crowded(world):
        for path in ("afspraken", "afspraken?tot=500&gesprekken=500", "afspraken/AF-01", "gesprekken/GS-100"):
            browser.go(f"/wijken/{OPEN}/{path}")  # what is read once per process is read
            with counting(world.app) as asked:
                page = browser.go(f"/wijken/{OPEN}/{path}")
            assert page.status == 200
            assert len(asked) <= MOST, f"{path}: {len(asked)}\n" + "\n".join(asked)
        browser.go(f"/wijken/{FINISHED}/afspraken/PA-04")
        with counting(world.app) as asked:
            browser.go(f"/wijken/{FINISHED}/afspraken/PA-04")
        assert len(asked) <= MOST, f"{len(asked)}\n" + "\n".join(asked)


def test_twenty_of_a_long_list_at_a_time(world: World) -> None:
    total = len(demo(OPEN, "10")["afspraken"]) + 40
    with crowded(world):
        page = world.browser().go(f"/wijken/{OPEN}/afspraken")
        assert f"20 van de {total} afspraken" in page.words
        assert len(re.findall(r'<li id="AF-', page.html)) == 20
        more = world.browser().go(page.links["Toon meer afspraken"])
        assert f"40 van de {total} afspraken" in more.words
        talks = world.browser().go(page.links["Toon meer gesprekken"])
        assert f"{30 + len(demo(OPEN, '11')['gesprekken'])} van de" in talks.words


@pytest.mark.parametrize("question", ["tot=x", "tot=-1", "tot=²", "tot=99999999999", "gesprekken=", "tot=1.5"])
def test_nonsense_in_the_address_is_passed_over(visitor: Browser, question: str) -> None:
    assert visitor.go(f"/wijken/{OPEN}/afspraken?{question}").status == 200


# where a thing is shown


def test_every_kind_of_thing_has_its_address(in_request: World) -> None:
    """And what the address points at is on the page."""
    path = f"/wijken/{FINISHED}"
    expected = {
        (Contract, "OV-2026"): f"{path}/afspraken#OV-2026", (Agreement, "PA-04"): f"{path}/afspraken/PA-04",
        (Adjustment, "AP-01"): f"{path}/afspraken/PA-04#AP-01", (Conversation, "HG-1"): f"{path}/gesprekken/HG-1",
        (Action, "AC-3"): f"{path}/gesprekken/HG-2#AC-3",
    }  # fmt: skip
    found = {key: next(filter(None, offers.ask("address", one(key[0], code=key[1]))), None) for key in expected}
    assert found == expected
    agreement = one(Agreement, code="PA-04")
    rest = [
        agreement.indicator, agreement.auxiliary, agreement.milestones[0], *db.session.scalars(
            db.select(CourseEntry).where(CourseEntry.auxiliary_id == agreement.auxiliary.id)),
        one(Signal, agreement_id=agreement.id), *db.session.scalars(
            db.select(Standing).where(Standing.agreement_id == agreement.id)),
        db.session.scalars(db.select(PlannedConversation)).first(),
    ]  # fmt: skip
    pages = [*found.values(), *(next(filter(None, offers.ask("address", each)), None) for each in rest)]
    assert None not in pages
    for each in pages:
        page, _sign, anchor = str(each).partition("#")
        answer = in_request.browser().go(page)
        assert answer.status == 200
        assert not anchor or f'id="{anchor}"' in answer.html, each


def test_what_is_of_others_has_no_address_here(in_request: World) -> None:

    assert stage.address(place(OPEN)) is None
