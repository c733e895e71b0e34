"""Moments with their promises: nothing opens without one, it is not changed silently, late is late for everybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.rounds.matrix import PROMISE, path, round_of, unrecorded
from tests.support.client import Browser, Page
from tests.support.things import put, seal_first
from tests.support.world import FINISHED, OPEN, PURE, World, email_of, place
from wijkplatform.core import clock, offers, trail
from wijkplatform.core.db import begin_writing, db
from wijkplatform.core.errors import Invalid, Refused
from wijkplatform.people.models import Person
from wijkplatform.places import queries as places
from wijkplatform.places import service as places_service
from wijkplatform.rounds import forms, integrity, listing, service
from wijkplatform.rounds.models import Commitment, Moment, Moments, Promise

LIST = f"/wijken/{OPEN}/momenten"


def promise(**other: Any) -> Promise:
    words = {"level": "consult", "fixed": "Het budget.", "open": "De tekst.", "decides": "Het college."}
    return Promise(**{**words, "hear_by": clock.today() + timedelta(days=100), **other})


@contextmanager
def counting() -> Iterator[list[str]]:
    said: list[str] = []

    def hear(connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            said.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)


def form_of(browser: Browser, world: World) -> Any:
    return browser.go(path(world, OPEN, "/toezegging")).form("/toezegging", "Beloof dit")


def bare(world: World) -> None:
    """The writing round as an import would have brought it."""
    with world.app.app_context():
        unrecorded(OPEN)


def given(world: World) -> list[tuple[str, str]]:
    query = "SELECT c.level, c.open FROM commitment c JOIN moment m ON m.id = c.moment_id WHERE m.about_kind = 'plan'"
    return world.watch.execute(query).fetchall()


def verbs(world: World) -> list[str]:
    return [row[0] for row in world.watch.execute("SELECT verb FROM event ORDER BY number DESC LIMIT 5")]


def close(world: World, hear_by_days: int) -> None:
    """The writing round closed ten days ago; everybody was to hear so many days from today."""
    with world.app.app_context():
        moment = round_of(OPEN)

        def change() -> None:
            moment.opens_at = clock.now() - timedelta(days=30)
            moment.closes_at = clock.now() - timedelta(days=10)
            moment.commitment.hear_by = clock.today() + timedelta(days=hear_by_days)

        put(change)


def standing_open() -> int:
    """How many moments stand open here now, counted by hand."""
    running = db.or_(Moment.closes_at.is_(None), Moment.closes_at > clock.now())
    mine = db.select(Moment.id).where(
        Moment.neighbourhood_id == place(OPEN).id, Moment.opens_at <= clock.now(), running
    )
    sealed = db.or_(Moment.sealed_until.is_(None), Moment.sealed_until <= clock.now())
    return len(db.session.scalars(mine.where(sealed)).all())


# what everybody reads


def test_the_page_tells_what_is_open_and_what_was_promised(in_world: World) -> None:
    page = in_world.browser().go(LIST)
    assert f"Nu staan {standing_open()} momenten open. Niets is te laat." in page.words
    assert "Wat moet er in ons wijkplan staan?" in page.words
    assert "De wijk schrijft. Het college stelt het plan vast" in page.words
    assert "U hoort uiterlijk op" in page.words
    assert "meeschrijven" in page.words.replace("\xad", "")


def test_a_moment_from_an_import_says_that_nothing_was_recorded(in_world: World) -> None:
    before = standing_open()
    bare(in_world)
    page = in_world.browser().go(LIST)
    assert "Toezegging niet vastgelegd" in page.words
    assert f"Nu staan {before} momenten open" in page.words, "it stays open"


def test_what_is_late_shows_as_late_to_everybody_by_the_clock(world: World) -> None:
    close(world, 0)
    assert "Niets is te laat" in world.browser().go(LIST).words, "the promised day itself is in time"
    close(world, -3)
    for browser in (world.browser(), world.as_role("bewoner"), world.as_role("puur-beleidsregisseur")):
        page = browser.go(LIST)
        assert "Op 1 antwoord wacht u te lang." in page.words
        assert "Dat is nu 3 dagen te laat." in page.words


def test_what_is_still_to_come_is_not_told_as_closed(in_world: World) -> None:
    moment = round_of(OPEN)
    put(lambda: setattr(moment, "opens_at", clock.now() + timedelta(days=3)))
    page = in_world.browser().go(LIST)
    assert "Komt nog" in page.words
    assert "Opent op" in page.words
    assert "Deze ronde is dicht" not in page.words


def test_a_sealed_moment_shows_nowhere(in_world: World) -> None:
    world, count = in_world, standing_open()
    before = world.browser().go(LIST)
    moment = seal_first(round_of(OPEN))
    question, code = moment.question, moment.code
    page = world.browser().go(LIST)
    assert question in before.words
    assert question not in page.html
    assert code not in page.html
    assert standing_open() == count - 1
    assert f"Nu staan {count - 1} momenten open." in page.words or f"Nu staat {count - 1} moment open." in page.words
    assert world.as_role("puur-beleidsregisseur").go(f"{LIST}/{code}/toezegging").status == 404


def test_twenty_of_what_was_and_then_more(world: World) -> None:
    with world.app.app_context():

        def add() -> None:
            by, home = places.actor_of(None), place(OPEN)
            for number in range(25):
                opens = clock.now() - timedelta(days=100 + number)
                service.apply_moment(by, home.id, code=f"XX-{number:02d}", kind="avond", question=f"Vraag {number}?",
                                     opens_at=opens, closes_at=opens + timedelta(hours=2))  # fmt: skip

        put(add)
    with world.app.test_request_context("/"):
        total = listing.listing(places.actor_of(None), Moments(place(OPEN))).past_total
    page = world.browser().go(LIST)
    assert f"20 van de {total} momenten" in page.words
    more = page.follow("Toon meer")
    assert f"{total} van de {total} momenten" in more.words
    assert more.words.count("Vraag 24?") == 1


def test_the_page_asks_few_questions_however_much_is_on_it(world: World) -> None:
    browser = world.as_role("puur-beleidsregisseur")
    browser.go(LIST)
    with world.app.app_context(), counting() as said:
        browser.go(LIST)
    assert len(said) <= 12, "\n\n".join(said)


def test_the_home_page_leads_there_and_the_box_leads_to_the_form(world: World) -> None:
    bare(world)
    assert world.browser().go(f"/wijken/{OPEN}").follow("Alle inspraakmomenten").status == 200
    plan = f"/wijken/{OPEN}/plan"
    assert "Leg de toezegging vast" not in world.as_role("bewoner").go(plan).words
    form = world.as_role("puur-facilitator").go(plan).follow("Leg de toezegging vast")
    assert form.heading == "Wat belooft u wie meedoet?"


def test_every_moment_has_an_address(in_request: World) -> None:
    moment = round_of(OPEN)
    assert next(path for path in offers.ask("address", moment) if path) == f"{LIST}#{moment.code}"
    assert f'id="{moment.code}"' in in_request.browser().go(LIST).html


# promising


def test_an_official_fills_in_what_was_missing(world: World) -> None:
    bare(world)
    page = form_of(world.as_role("puur-beleidsregisseur"), world).submit(**PROMISE)
    assert "Uw toezegging staat er, voor iedereen." in page.words
    assert "De tekst van alle hoofdstukken." in page.words
    assert given(world) == [("consult", "De tekst van alle hoofdstukken.")]
    assert verbs(world)[0] == "commitment.given"
    assert "alleen beleidsregisseur" not in page.words.lower(), "the figures name the party, not the person"
    with world.app.app_context():
        records = listing.records(places.actor_of(None), Moments(place(OPEN)))
        promises = db.session.scalars(db.select(Commitment).where(Commitment.neighbourhood_id == place(OPEN).id)).all()
        assert sum(each.total for each in records) == len(promises)
        assert "Gemeente Leeuwarden" in [each.name for each in records]
        assert [*trail.faults(), *offers.gather("integrity")] == []


def test_an_advice_is_the_fifth_level_on_the_second_step(world: World) -> None:
    bare(world)
    browser = world.as_role("puur-facilitator")
    wrong = form_of(browser, world).submit(**{**PROMISE, "level": "decide", "advice": "y"})
    assert wrong.status == 422
    assert "Een advies hoort bij meedenken" in wrong.words
    form_of(browser, world).submit(**PROMISE, advice="y")
    assert given(world)[0][0] == "advise"


YESTERDAY = (clock.today() - timedelta(days=1)).isoformat()
WRONG = [
    ("hear_by", "gisteren", "Kies een dag die bestaat"), ("hear_by", "31-2-2027", "Kies een dag die bestaat"),
    ("hear_by", "", "Kies een dag die bestaat"), ("hear_by", "²-1-2027", "Kies een dag die bestaat"),
    ("hear_by", YESTERDAY, "Deze dag is al voorbij"), ("hear_by", "9999-12-31", "Kies een dag binnen 10 jaar"),
    ("hear_by", clock.today().isoformat(), "Kies een dag na het einde van dit moment"),
    ("level", "baas", "Kies hoeveel bewoners te zeggen hebben"), ("level", "advise", "Kies hoeveel bewoners"),
    ("decides", "  ", "Schrijf op wie er beslist"), ("open", "", "nog iets aan kunnen veranderen"),
    ("fixed", "", "Niets? Schrijf dat op."), ("hat", "999999", "Kies namens wie"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "sentence"), WRONG)
def test_what_cannot_be_promised_gets_a_sentence_and_loses_nothing(
    world: World, field: str, value: str, sentence: str
) -> None:
    bare(world)
    page = form_of(world.as_role("puur-beleidsregisseur"), world).submit(**{**PROMISE, field: value})
    assert page.status == 422
    assert sentence in page.words
    back = page.form("/toezegging", "Beloof dit").fields
    for name in {"decides", "open", "fixed", "hear_by"} - {field}:
        assert back[name] == PROMISE[name]
    if field == "hear_by":
        assert back["hear_by"] == value
    assert given(world) == []


def test_a_day_may_be_typed_the_dutch_way(world: World) -> None:
    bare(world)
    day = clock.today() + timedelta(days=300)
    form_of(world.as_role("puur-beleidsregisseur"), world).submit(
        **{**PROMISE, "hear_by": f"{day.day}-{day.month}-{day.year}"}
    )
    with world.app.app_context():
        assert round_of(OPEN).commitment.hear_by == day


def test_who_opens_the_form_again_sees_that_it_stands(world: World) -> None:
    page = world.as_role("puur-beleidsregisseur").go(path(world, OPEN, "/toezegging"))
    assert page.status == 403
    assert "Deze toezegging staat al vast." in page.words
    assert "De wijk schrijft. Het college stelt het plan vast" in page.words
    assert not [each for each in page.forms if "toezegging" in each.action]


def test_of_two_officials_the_second_is_told_and_keeps_what_was_typed(world: World) -> None:
    bare(world)
    first, second = world.as_role("puur-beleidsregisseur"), world.as_role("puur-facilitator")
    mine, theirs = form_of(first, world), form_of(second, world)
    mine.submit(**PROMISE)
    page = theirs.submit(**{**PROMISE, "open": "Alleen hoofdstuk drie."})
    assert page.status == 403
    assert "Deze toezegging staat al vast." in page.words
    assert "De tekst van alle hoofdstukken." in page.words, "what stands"
    assert "Alleen hoofdstuk drie." in page.html, "what the second typed"
    assert given(world) == [("consult", "De tekst van alle hoofdstukken.")]


def test_what_is_over_gets_no_promise_afterwards(world: World) -> None:
    bare(world)
    browser = world.as_role("puur-beleidsregisseur")
    form = form_of(browser, world)
    with world.app.app_context():
        moment = round_of(OPEN)
        put(lambda: setattr(moment, "closes_at", clock.now() - timedelta(seconds=1)))
    page = form.submit(**PROMISE)
    assert page.status == 403
    assert "schrijven wij er niet achteraf bij" in page.words
    assert PROMISE["open"] in page.html
    assert given(world) == []


def test_a_visitor_logs_in_first_and_finds_the_form_as_it_was(world: World) -> None:
    bare(world)
    page = world.browser().send("POST", path(world, OPEN, "/toezegging"), PROMISE, follow=False)
    assert page.status == 303
    assert page.response.headers["Location"].startswith("/inloggen?bewaard=1")


# keeping


def keep(world: World, where: str, role: str = "puur-beleidsregisseur") -> Page:
    return world.as_role(role).go(path(world, OPEN, "/gehouden")).form("/gehouden", "Ja, iedereen").submit(where=where)


@pytest.mark.parametrize("where", [f"/wijken/{OPEN}/plan", "https://gemeente.example/antwoord?nr=1"])
def test_a_promise_that_was_kept_says_when_and_where(world: World, where: str) -> None:
    close(world, 5)
    page = keep(world, where)
    assert "Belofte gehouden" in page.words
    assert page.links["Lees het antwoord"] == where
    assert verbs(world)[0] == "commitment.kept"
    with world.app.app_context():
        assert listing.outcome(round_of(OPEN).commitment) == "in_time"
    assert "Hier staat al dat iedereen het heeft gehoord" in world.as_role("puur-beleidsregisseur").go(
        path(world, OPEN, "/gehouden")).words  # fmt: skip


def test_kept_too_late_is_told_as_too_late(world: World) -> None:
    close(world, -2)
    page = keep(world, f"/wijken/{OPEN}/plan")
    assert "Te laat gehouden" in page.words
    assert "2 dagen te laat" in page.words
    assert "Niets is te laat." in page.words, "nobody waits any longer"
    with world.app.app_context():
        assert listing.outcome(round_of(OPEN).commitment) == "too_late"


@pytest.mark.parametrize(
    "where",
    [
        "",
        "overal",
        "ftp://elders.example",
        "//elders.example/x",
        "http://",
        "https://x.nl/a b",
        "/inloggen",
        "http://[x",
    ],
)
def test_an_address_that_leads_nowhere_is_refused(world: World, where: str) -> None:
    close(world, 5)
    page = keep(world, where)
    assert page.status == 422
    assert "Vul" in page.words
    assert page.form("/gehouden", "Ja").fields["where"] == where


def test_a_script_is_no_address() -> None:
    assert not forms.leads_somewhere("javascript:alert(1)")
    assert not forms.leads_somewhere("data:text/html,x")
    assert not forms.leads_somewhere("/\\elders.example")


def test_while_it_is_open_nobody_can_say_that_everybody_heard(world: World) -> None:
    page = world.as_role("puur-beleidsregisseur").go(path(world, OPEN, "/gehouden"))
    assert page.status == 403
    assert "Dit moment is nog open." in page.words


# what the services hold to, on both databases


def official_in(app: Flask) -> Any:
    person = db.session.scalars(db.select(Person).where(Person.email == email_of(f"{PURE}beleidsregisseur"))).one()
    return places.actor_of(person.id)


def open_one(actor: Any, given: Promise, **other: Any) -> Moment:
    home = place(OPEN)
    hat = actor.hats_in(home.id)[0]
    times = {"opens_at": clock.now(), "closes_at": clock.now() + timedelta(days=30)}
    words = {"kind": "avond", "question": "Waar komt de speelplek?"}
    return service.open_moment(actor, Moments(home), hat, given, **{**times, **words, **other})


def test_nothing_opens_without_a_promise(both: Flask) -> None:
    with both.app_context():
        actor = official_in(both)
        for field in ("fixed", "open", "decides"):
            with pytest.raises(Invalid) as refusal:
                open_one(actor, promise(**{field: " \n"}))
            assert refusal.value.field == field
            db.session.rollback()
        with pytest.raises(TypeError):
            service.open_moment(actor, Moments(place(OPEN)), actor.hats[0], kind="avond")  # type: ignore[call-arg]
        assert db.session.scalars(db.select(Moment).where(Moment.question == "Waar komt de speelplek?")).all() == []
        moment = open_one(actor, promise())
        trail.commit()
        assert moment.commitment.decides == "Het college."
        assert [each.verb for each in trail.history(moment)] == ["moment.opened", "commitment.given"]
        assert [*trail.faults(), *offers.gather("integrity")] == []


def test_check_finds_a_moment_that_was_opened_here_without_a_promise(both: Flask) -> None:
    with both.app_context():
        moment = open_one(official_in(both), promise())
        trail.commit()
        code = moment.code
        put(lambda: db.session.execute(db.delete(Commitment).where(Commitment.moment_id == moment.id)))
        assert integrity.faults() == [f"inspraakmoment {code}: hier geopend zonder toezegging"]


def test_what_was_taken_over_without_a_promise_is_no_fault(in_world: World) -> None:
    taken = db.select(Moment).where(Moment.neighbourhood_id == place(FINISHED).id, ~Moment.commitment.has())
    assert db.session.scalars(taken).all()
    assert integrity.faults() == []


@pytest.mark.parametrize("role", ["puur-bewoner", "puur-wethouder", "puur-inschrijver"])
def test_only_hosts_open_a_moment(in_world: World, role: str) -> None:
    actor = in_world.actor(role)
    with pytest.raises(Refused):
        open_one(actor, promise())


def test_a_moment_that_ends_before_it_begins_does_not_open(in_world: World) -> None:
    actor = in_world.actor("puur-beleidsregisseur")
    for closes in (clock.now(), clock.now() - timedelta(days=1)):
        with pytest.raises(Invalid) as refusal:
            open_one(actor, promise(), closes_at=closes)
        assert refusal.value.field == "closes_at"
        db.session.rollback()


def test_a_late_promise_is_written_down_once_at_the_instant_it_became_late(both: Flask) -> None:
    with both.app_context():
        moment = round_of(OPEN)
        hear_by = clock.today() - timedelta(days=3)
        put(lambda: setattr(moment.commitment, "hear_by", hear_by))
        assert sum(offers.ask("due")) == 1
        trail.commit()
        noted = trail.history(moment)[-1]
        assert (noted.verb, noted.system, noted.happened_at) == ("commitment.overdue", "klok", clock.end_of(hear_by))
        assert noted.recorded_at > noted.happened_at
        assert sum(offers.ask("due")) == 0
        assert list(trail.faults()) == []


def test_two_promises_for_one_moment_are_refused_by_the_database_too(both: Flask) -> None:
    with both.app_context():
        actor, moment = official_in(both), round_of(OPEN)
        begin_writing()
        with pytest.raises(Refused):
            service.promise(actor, moment, actor.hats_in(moment.neighbourhood_id)[0], promise())
        db.session.rollback()
        begin_writing()
        voice = places_service.speak(actor, moment.neighbourhood_id, actor.hats_in(moment.neighbourhood_id)[0])
        with pytest.raises(Exception, match=r"(?i)unique"):
            service.apply_commitment(
                actor, moment, level="inform", fixed="a", open_="b", decides="c", hear_by=clock.today(), voice=voice
            )
