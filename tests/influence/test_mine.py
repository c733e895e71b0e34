"""One's own contributions and what became of each: for every role, after doing something, and for nobody else."""

from datetime import timedelta
from typing import Any

import pytest

from tests.influence.test_chain import statements
from tests.support.client import Page
from tests.support.things import put, wear
from tests.support.world import FINISHED, OPEN, PURE, World, email_of, place
from wijkplatform.agenda.models import Need
from wijkplatform.calls.models import Article
from wijkplatform.core import clock, trail
from wijkplatform.core.actor import CLOCK
from wijkplatform.core.db import begin_writing, db
from wijkplatform.index import service as index
from wijkplatform.people.models import Person
from wijkplatform.places import service as places
from wijkplatform.places.models import KNOWN_ROLES
from wijkplatform.plans.models import Section
from wijkplatform.remarks import service as remarks
from wijkplatform.remarks.models import Remark
from wijkplatform.rounds import service as rounds
from wijkplatform.rounds.models import Moment

NEIGHBOUR_ROLES = (
    "bewoner", "bestuurslid_zelfbeheer", "vrijwilliger", "sociaal_makelaar", "sociaal_beheerder", "jongerenwerker",
    "manager_welzijn", "bewonersbeoordelaar", "facilitator",
)  # fmt: skip


def mine(world: World, role: str) -> Page:
    return world.as_role(role).go("/mijn")


def lines(page: Page) -> list[str]:
    return [
        " ".join(" ".join(each.itertext()).split())
        for each in page.all("li")
        if each.get("id", "").startswith("bijdrage-")
    ]


def remark_of(world: World, role: str, **more: Any) -> Remark:
    """A remark of the pure account of this role on an article; inside an application context."""
    person = world.person(PURE + role)
    article = db.session.scalars(db.select(Article).where(Article.code == "UA-06")).one()
    begin_writing()
    voice = places.voice_of_person(place(FINISHED), person)
    made = remarks.apply_remark(
        CLOCK, article, code="RX-1", text="Ga met ons mee naar school.", voice=voice, said_at=clock.now(), **more
    )
    trail.commit()
    return made


def test_a_visitor_logs_in_first(world: World) -> None:
    page = world.browser().go("/mijn", follow=False)
    assert page.status == 303
    assert page.response.headers["Location"] == "/inloggen?verder=/mijn"


def test_who_did_nothing_reads_what_to_do(world: World) -> None:
    page = mine(world, "nieuw")
    assert "0 bijdragen" in page.words
    assert "Nog geen bijdragen" in page.words
    assert page.follow("Naar mijn account").heading == "Mijn account"
    assert page.follow("Naar mijn account").follow("Bekijk uw bijdragen").heading == "Mijn bijdragen"


@pytest.mark.parametrize("role", NEIGHBOUR_ROLES)
def test_whoever_supports_and_raises_a_need_finds_both_newest_first(world: World, role: str) -> None:
    browser = world.as_role(PURE + role)
    browser.post(f"/wijken/{OPEN}/agenda/BA-01/steun", data={"deed": "support", **wear(world, browser, OPEN)})
    words = {"title": "Een bankje bij de vijver", "text": "", "shown_as": "resident"}
    browser.post(f"/wijken/{OPEN}/agenda/nieuw", data={**words, **wear(world, browser, OPEN)})
    page = browser.go("/mijn")
    found = lines(page)
    assert len(found) == 2, found
    assert "Een bankje bij de vijver U bracht dit punt in." in found[0]
    assert "Als: " in found[0], "with the hat that was on"
    assert "Nog geen antwoord U hoort uiterlijk op" in found[0], "the promise of the agenda"
    assert "U steunt dit punt." in found[1]
    assert "Verband: Hoofdstuk 1: Over tien jaar hoofdstuk van het wijkplan · HS-01" in found[1]
    assert page.follow("Bekijk het spoor van BA-01").heading.startswith("Wat werd er van")


def test_who_wrote_in_a_chapter_reads_in_which_version_the_words_stand(world: World) -> None:
    with world.app.app_context():  # what comes of a chapter is told in the place of the promise
        put(lambda: db.session.execute(db.text("DELETE FROM link WHERE target_kind = 'section'")))
    browser = world.as_role(PURE + "beleidsregisseur")
    form = browser.go(f"/wijken/{OPEN}/plan/HS-03/bewerken").form("/bewerken")
    assert form.submit(body=form.fields["body"] + "\n\nEn een bankje.").status == 200
    line = lines(browser.go("/mijn"))[0]
    assert "Hoofdstuk 3" in line
    assert "Uw woorden staan in versie" in line
    assert "U hoort uiterlijk op" in line, "the promise of the round in which it was written"


@pytest.mark.parametrize("role", ["beleidsregisseur", "wethouder"])
def test_who_moves_the_plan_on_finds_that_too(world: World, role: str) -> None:
    browser = world.as_role(PURE + "beleidsregisseur")
    browser.post(f"/wijken/{OPEN}/plan/stap/lay_open", data=wear(world, browser, OPEN))
    if role == "wethouder":
        browser = world.as_role(PURE + role)
        browser.post(f"/wijken/{OPEN}/plan/stap/adopt", data=wear(world, browser, OPEN))
    assert "Wijkplan Huizum-Oost" in lines(browser.go("/mijn"))[0]


@pytest.mark.parametrize("role", sorted(KNOWN_ROLES))
def test_a_remark_waits_gets_an_answer_and_changes_something(world: World, role: str) -> None:
    with world.app.app_context():
        need = db.session.scalars(db.select(Need).where(Need.code == "BH-04")).one()
        remark_of(world, role, needs=[need])
    browser = world.as_role(PURE + role)
    assert "Nog geen antwoord Wanneer het antwoord komt, is niet vastgelegd." in lines(browser.go("/mijn"))[0]
    with world.app.app_context():
        moment = db.session.scalars(db.select(Moment).where(Moment.about_kind == "call").order_by(Moment.id)).first()
        day = clock.today() + timedelta(days=30)
        put(lambda: rounds.apply_commitment(
            CLOCK, moment, level="advise", fixed="-", open_="-", decides="-", hear_by=day))  # fmt: skip
    assert "Nog geen antwoord U hoort uiterlijk op" in lines(browser.go("/mijn"))[0]
    with world.app.app_context():
        remark = db.session.scalars(db.select(Remark).where(Remark.code == "RX-1")).one()
        article = db.session.get_one(Article, remark.about_id)
        put(lambda: remarks.apply_answer(CLOCK, remark, verdict="partly", reason="Alleen op dinsdag."))
        put(lambda: trail.record(CLOCK, "article.saved", article, because=[remark]))
    page = browser.go("/mijn")
    assert "Deels overgenomen Alleen op dinsdag." in lines(page)[0]
    assert "Invloed: Artikel 6: Jongerenwerk" in lines(page)[0]
    assert "Verband: Jongeren zetten een stap afspraak · PA-04" in lines(page)[0], "the agreement on the same need"
    assert page.follow("Bekijk het spoor van RX-1").status == 200


def test_a_late_answer_says_so(world: World) -> None:
    with world.app.app_context():
        remark_of(world, "bewoner")
        moment = db.session.scalars(db.select(Moment).where(Moment.about_kind == "call").order_by(Moment.id)).first()
        day = clock.today() - timedelta(days=3)
        put(lambda: rounds.apply_commitment(
            CLOCK, moment, level="advise", fixed="-", open_="-", decides="-", hear_by=day))  # fmt: skip
    line = lines(mine(world, PURE + "bewoner"))[0]
    assert "Het antwoord is te laat U zou uiterlijk op" in line


def test_what_was_taken_over_in_ones_voice_counts(world: World) -> None:
    """Somebody of the file: a remark, its answer; what has no date comes last and says so."""
    found = lines(mine(world, "bewoner"))
    assert any("Houding" in line or "Overgenomen" in line for line in found)
    undated = [line.startswith("niet vastgelegd") for line in found]
    assert any(undated)
    assert undated == sorted(undated), "dated ones first"
    youth = lines(mine(world, "jongerenwerker"))
    assert any("Bijstelling: Jongeren zetten een stap" in line and "Invloed:" in line for line in youth), youth


def test_nobody_reads_the_contributions_of_somebody_else(world: World) -> None:
    with world.app.app_context():
        remark_of(world, "bewoner")
    assert "Ga met ons mee naar school." in mine(world, PURE + "bewoner").words
    assert "Ga met ons mee naar school." not in mine(world, PURE + "vrijwilliger").words


def test_what_was_sealed_later_shows_the_deed_without_its_words(world: World) -> None:
    with world.app.app_context():
        remark = remark_of(world, "bewoner")
        put(lambda: setattr(remark, "sealed_until", clock.now() + timedelta(days=1)))
    page = mine(world, PURE + "bewoner")
    assert lines(page)[0].endswith("Reageerde U reageerde. Als: bewoner.") or "U reageerde." in lines(page)[0]
    assert "Ga met ons mee naar school." not in page.words


def test_twenty_at_a_time_in_a_handful_of_statements(world: World) -> None:
    with world.app.app_context():
        person = db.session.scalars(db.select(Person).where(Person.email == email_of(PURE + "bewoner"))).one()
        begin_writing()
        for slug in (OPEN, FINISHED):
            home = place(slug)
            voice = places.voice_of_person(home, person)
            section = db.session.scalars(db.select(Section).where(Section.neighbourhood_id == home.id)).first()
            for no in range(25):
                need = Need(
                    neighbourhood_id=home.id, code=f"BX-{no}", title=f"Punt {no}", text="Zo is het.", voice_id=voice.id
                )
                db.session.add(need)
                index.register(need, need.title)
                index.link(section, "serves", [need])
                trail.record(CLOCK, "need.raised", need, voice=voice)
        trail.commit()
    browser = world.as_role(PURE + "bewoner")
    with statements(world) as found:
        page = browser.go("/mijn")
    assert len(found) <= 12, "\n".join(found)
    assert len(lines(page)) == 20
    assert "20 van de 50 bijdragen" in page.words
    with statements(world) as found:
        more = page.follow("Toon meer")
    assert len(found) <= 12, "\n".join(found)
    assert len(lines(more)) == 40
