"""What is to come, what is not there, and much of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import time_machine

from tests.agreements.reading import changed, demo, hrefs, one, text_of
from tests.support.client import Browser
from tests.support.counting import COLD, MOST, counting
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
from wijkplatform.core.keeping import STORE
from wijkplatform.places.models import Voice
from wijkplatform.web.keeping import nothing_kept

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
    with crowded(world), nothing_kept():
        for path in ("afspraken", "afspraken?tot=500&gesprekken=500", "afspraken/AF-01", "gesprekken/GS-100"):
            few_questions(world, browser, f"/wijken/{OPEN}/{path}")
        few_questions(world, browser, f"/wijken/{FINISHED}/afspraken/PA-04")


def few_questions(world: World, browser: Browser, path: str) -> None:
    """The first reader after a deed may ask a little more than those who come after."""
    STORE.clear()
    for most in (COLD, MOST):
        with counting(world.app) as asked:
            assert browser.go(path).status == 200
        assert len(asked) <= most, f"{path}: {len(asked)}\n" + "\n".join(asked)


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
