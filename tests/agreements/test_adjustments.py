"""An adjustment reads as the story it is: signal, old and new words, who agreed, what people saw later."""

import re
from typing import Any

from tests.agreements.reading import changed, demo, hrefs, one, text_of
from tests.support.client import Browser
from tests.support.world import FINISHED, World
from wijkplatform.agreements.models import (
    Adjustment,
    Agreement,
    Signal,
)
from wijkplatform.core import clock
from wijkplatform.core.db import db
from wijkplatform.places.models import Voice


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
