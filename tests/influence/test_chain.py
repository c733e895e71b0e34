"""The chain of any thing: the same as the computed trace, both ways, sealed things kept in, and a few statements only."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import event

from tests.support.things import put, seal_first
from tests.support.world import FINISHED, OPEN, World, place
from wijkplatform.agenda.models import Need
from wijkplatform.agreements.models import Agreement, Contract
from wijkplatform.assessment.models import Decision
from wijkplatform.calls.models import Article, Call
from wijkplatform.core import clock, trail
from wijkplatform.core.actor import CLOCK
from wijkplatform.core.db import begin_writing, db
from wijkplatform.criteria.models import CriteriaSet
from wijkplatform.index import service as index
from wijkplatform.index.models import Entry
from wijkplatform.influence.kinds import KINDS
from wijkplatform.influence.queries import chain
from wijkplatform.influence.queries.chain import Track
from wijkplatform.places.models import Voice
from wijkplatform.plans.models import Plan, Section
from wijkplatform.remarks import answers
from wijkplatform.remarks import service as remarks
from wijkplatform.remarks.models import Remark
from wijkplatform.rounds import service as rounds
from wijkplatform.texts.models import Version

PICTURES = {
    "op koers": "on_course", "aandacht": "attention", "nog niet te meten": "too_early", "bijna gehaald": "nearly_reached",
    "gehaald": "reached",
}  # fmt: skip
#: BH-04 as demo/README.md gives it: the control figures, by hand.
BY_HAND = {
    "section": ["WS-05"], "criterion": ["K4", "K7"], "article": ["UA-06", "UA-07", "UA-09", "UA-10"],
    "remark": ["R-12", "R-13", "R-19", "R-21"], "agreement": ["PA-04"], "conversation": ["HG-1", "HG-2"],
    "adjustment": ["AP-01"],
}  # fmt: skip


def walk(code: str, slug: str = FINISHED, shown: int = chain.MOST) -> Track:
    return chain.track(place(slug), code, shown)


def codes(stations: Any, kind: str) -> list[str]:
    return [step.node.code for each in stations for step in each.steps if step.node.kind == kind and step.score is None]


def scores(track: Track) -> dict[str, Any]:
    return {step.node.code: step.score.value for each in track.down for step in each.steps if step.score}


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT")):
            found.append(statement)

    with world.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def traces(slug: str) -> list[dict[str, Any]]:
    """The traces as the demo's own file has them; import and export hold that file to the computation."""
    file = Path(__file__).resolve().parents[2] / "wijkplatform" / "demo" / slug / "15_invloedsspoor.yaml"
    return list(yaml.safe_load(file.read_text())["sporen"])


def exact(value: Any) -> Decimal:
    return Decimal(str(value))


# the same as the computed trace


@pytest.mark.parametrize("slug", [FINISHED, OPEN])
def test_the_page_of_every_need_is_its_computed_trace(in_request: World, slug: str) -> None:
    rows = traces(slug)
    assert len(rows) >= 9
    for row in rows:
        track = walk(row["behoefte"], slug)
        assert track.start.node.title == row["titel"]
        for kind, field in (("section", "plansecties"), ("criterion", "criteria"), ("article", "artikelen"),
                            ("remark", "reacties"), ("agreement", "afspraken"), ("adjustment", "aanpassingen")):  # fmt: skip
            assert codes(track.down, kind) == row[field], f"{row['behoefte']}: {kind}"
        assert scores(track) == {key: exact(one) for key, one in row["scores_winnaar"].items()}, row["behoefte"]
        reports = [
            (one.conversation.code, one.agreement.code, one.value, one.picture)
            for each in track.down for step in each.steps for one in step.reports
        ]  # fmt: skip
        assert reports == [
            (one["gesprek"], one["afspraak"], exact(one["waarde"]), PICTURES[one["beeld"]]) for one in row["verslagen"]
        ]
        assert (track.stop is None) == (row.get("einde_van_het_spoor") is None), row["behoefte"]


def test_the_need_of_the_control_figures(in_request: World) -> None:
    track = walk("BH-04")
    assert {kind: codes(track.down, kind) for kind in BY_HAND} == BY_HAND
    assert scores(track) == {"K4": 6, "K7": 6}
    assert [int(one.value) for each in track.down for step in each.steps for one in step.reports] == [46, 54]
    about = {step.node.code: [one.sentence for one in step.reasons] for each in track.down for step in each.steps}
    assert about["UA-06"] == ["Noemt WS-05."]


def test_the_three_that_stop_say_where_and_who_is_to_move(world: World) -> None:
    for code in ("BH-09", "BH-10", "BH-12"):
        page = world.browser().go(f"/wijken/{FINISHED}/spoor/{code}")
        assert "Nog geen afspraak" in page.words
        assert "Er is geen afspraak over gemaakt." in page.words
        assert "Gemeente Waterrade en Coöperatie Onder de Brug zijn aan zet." in page.words
        assert 'class="dead"' in page.html
    beside = world.browser().go(f"/wijken/{FINISHED}/spoor/PA-04").words
    assert "3 van de 12 punten van deze wijk kwamen nog niet in een afspraak." in beside
    assert "Het spoor komt tot en met stap 5, beoordeling." in beside


def test_a_need_that_no_chapter_names_stops_at_the_first_station(in_request: World) -> None:
    home = place(OPEN)
    begin_writing()
    voice = db.session.scalars(db.select(Voice).where(Voice.neighbourhood_id == home.id)).first()
    need = Need(neighbourhood_id=home.id, code="BA-77", title="Een bankje", text="Een bankje", voice_id=voice.id)
    db.session.add(need)
    index.register(need, need.title)
    trail.commit()
    stop = walk("BA-77", OPEN).stop
    assert (stop.stage, stop.pending) == (1, False)
    assert stop.to_move == "Wie meeschrijft aan het wijkplan is aan zet."
    assert stop.until is not None, "the agenda of this neighbourhood is open with a promise"
    stops = {row["behoefte"]: walk(row["behoefte"], OPEN).stop for row in traces(OPEN)}
    assert any(stop and stop.pending for stop in stops.values()), "the neighbourhood itself is no further: not lost"


# both directions, from anything


@pytest.mark.parametrize("slug", [FINISHED, OPEN])
def test_what_leads_down_leads_back_up(in_request: World, slug: str) -> None:
    """Y came of X exactly when X is where Y came from; only what shaped something in turn may stand on one side."""
    home = place(slug)
    tracks = {node.code: chain.track(home, node.code, chain.MOST) for node in chain.graph_of([home.id]).nodes.values()}
    parts = {code: {step.node.code for step in track.parts} for code, track in tracks.items()}
    down = {
        (code, step.node.code) for code, track in tracks.items() for each in track.down for step in each.steps
        if step.score is None and not any(one.influence for one in step.reasons)
    }  # fmt: skip
    up = {
        (step.node.code, code) for code, track in tracks.items() for each in track.up for step in each.steps
        if not any(one.influence for one in step.reasons)
    }  # fmt: skip
    for above, below in down ^ up:
        whole = (above if parts[above] else below) if parts[above] or parts[below] else None
        influenced = any(one.influence for code in (above, below) for each in (*tracks[code].up, *tracks[code].down)
                         for step in each.steps if step.node.code in (above, below) for one in step.reasons)  # fmt: skip
        assert whole or influenced, f"{above} and {below} are not the same from both sides"


def test_there_is_a_page_for_a_thing_of_every_kind(world: World) -> None:
    """Both questions stand on it; what only some may see (a seat) is not there."""
    rows = world.watch.execute(
        "SELECT kind, min(code) FROM index_entry WHERE neighbourhood_id = (SELECT id FROM neighbourhood WHERE slug = ?) GROUP BY kind",
        (FINISHED,),
    ).fetchall()
    assert {kind for kind, _code in rows} <= set(KINDS)
    browser = world.browser()
    for kind, code in rows:
        page = browser.go(f"/wijken/{FINISHED}/spoor/{code}")
        if kind == "seat":
            assert page.status == 404
            continue
        assert page.status == 200, f"{kind} {code}"
        headings = [" ".join(each.itertext()) for each in page.all("h2")]
        assert headings[:3] == ["Waar komt dit vandaan?", "U staat hier", "Wat is ermee gebeurd?"], kind
        assert code in page.words


@pytest.mark.parametrize(
    ("code", "up", "down"),
    [
        ("IM-03", [], ["BH-03", "WS-05", "K4", "UA-06", "PA-04", "HG-2"]),
        ("UP-3", [], ["WS-05", "K4", "UA-06"]),
        ("WS-05", ["BH-03", "BH-04", "UP-3"], ["K4", "K7", "UA-06", "PA-04"]),
        ("WP-ZUID-2026", ["BH-01", "BH-12", "UP-1"], ["K1", "UA-12"]),
        ("K4", ["WS-05", "WS-06", "BH-04", "BH-10"], ["UA-06", "PA-04"]),
        ("CS-2026", ["WS-01"], ["UV-2026"]),
        ("UA-06", ["WS-05", "BH-04", "K4"], ["R-12", "R-13", "NIV-4", "PA-04"]),
        ("UV-2026", ["CS-2026", "RR-01"], ["R-01", "NB-2026", "IN-B", "BD-2026"]),
        ("R-12", ["BH-04", "UA-06"], ["NB-2026"]),
        ("R-02", ["R-01", "UA-01"], ["NB-2026"]),
        ("NB-2026", ["R-26", "UV-2026"], []),
        ("NIV-4", ["UA-06"], []),
        ("IN-B", ["UV-2026"], ["BD-2026", "OV-2026", "PA-04"]),
        ("BD-2026", ["UV-2026", "IN-A"], ["OV-2026", "PA-04"]),
        ("OV-2026", ["IN-B", "BD-2026"], ["PA-01", "HG-1"]),
        ("PA-04", ["BH-03", "BH-04", "WS-05", "K4", "UA-06", "OV-2026", "BD-2026"], ["HG-1", "HG-2", "AP-01"]),
        ("HG-1", ["PA-04", "BH-04", "AP-01"], ["AC-1"]),
        ("AC-1", ["HG-1"], []),
        ("AP-01", ["PA-04", "BH-04"], ["HG-1", "PA-04"]),
        ("SG-02", ["BH-04"], []),
        ("OD-2026", [], ["TB-3", "TB-12"]),
        ("TB-3", ["OD-2026"], []),
    ],
)  # fmt: skip
def test_both_ways_from_a_thing_of_each_kind(in_request: World, code: str, up: list[str], down: list[str]) -> None:
    track = walk(code)
    above = {step.node.code for each in track.up for step in each.steps}
    below = {step.node.code for each in track.down for step in each.steps}
    assert set(up) <= above, above
    assert set(down) <= below, below
    if not up:
        assert not above
    if not down:
        assert not below


def test_what_is_nobodys_and_what_has_no_new_owner_stop_there(in_request: World) -> None:
    assert walk("SG-04").stop.label == "Niemand"
    reasons = {one.sentence for each in walk("PA-04").down for step in each.steps for one in step.reasons}
    assert "Een signaal over PA-04 gaf de aanleiding." in reasons
    assert walk("SG-01").stop is None


# remarks, answers, influence


def test_the_answer_and_the_change_it_led_to(world: World) -> None:
    with world.app.test_request_context("/"):
        remark = db.session.scalars(db.select(Remark).where(Remark.code == "R-12")).one()
        article = db.session.get_one(Article, remark.about_id)
        begin_writing()
        trail.record(CLOCK, "article.saved", article, because=[remark])
        trail.commit()
        down = {step.node.code: step.reasons for each in walk("R-12").down for step in each.steps}
        assert [one.influence for one in down["UA-06"]] == [True]
        up = {step.node.code: step.reasons for each in walk("UA-06").up for step in each.steps}
        assert [one.sentence for one in up["R-12"]] == ["Hierdoor is de tekst van UA-06 veranderd."]
    page = world.browser().go(f"/wijken/{FINISHED}/spoor/BH-04")
    assert "Houding telt mee bij criterium K8." in page.words, "the reason of the answer"
    assert "Invloed: veranderde ‘Artikel 6: Jongerenwerk’" in page.words
    assert "Verband: Noemt WS-05." in page.words, "declared links are told apart in words"


def test_a_remark_without_an_answer_says_until_when(world: World) -> None:
    def page(code: str) -> str:
        return world.browser().go(f"/wijken/{FINISHED}/spoor/{code}").words

    with world.app.test_request_context("/"):
        remark = db.session.scalars(db.select(Remark).where(Remark.code == "R-12")).one()
        put(lambda: db.session.delete(remark.answer))
    assert "Wanneer het antwoord komt, is niet vastgelegd." in page("R-12")
    with world.app.test_request_context("/"):
        moment = chain.rows([("moment", chain.graph_of([place(FINISHED).id]).all("moment")[-1].id)]).popitem()[1].thing
        assert moment.about_kind == "call"
        day = clock.today() + timedelta(days=20)
        put(lambda: rounds.apply_commitment(
            CLOCK, moment, level="advise", fixed="Het geld.", open_="De tekst.", decides="Het college.", hear_by=day))  # fmt: skip
        stop = walk("R-12").stop
        assert (stop.until, stop.late, stop.pending) == (day, False, True)
    assert "U hoort uiterlijk op" in page("R-12")
    with world.app.test_request_context("/"):
        put(lambda: db.session.execute(db.text("UPDATE commitment SET hear_by = '2020-01-01'")))
        assert walk("R-12").stop.late
    assert "Het antwoord is te laat" in page("R-12")


def test_a_remark_leads_to_what_was_agreed_about_the_same_need(world: World) -> None:
    page = world.browser().go(f"/wijken/{FINISHED}/spoor/R-12")
    assert "Wat is er over hetzelfde punt afgesproken? Jongeren zetten een stap" in page.words


# who may see what


@pytest.mark.parametrize(
    ("model", "code", "seen_from"),
    [(Section, "WS-05", "BH-04"), (Agreement, "PA-04", "BH-04"), (Remark, "R-12", "UA-06"), (Article, "UA-06", "WS-05"),
     (Need, "BH-04", "PA-04"), (Call, "UV-2026", "BD-2026")],
)  # fmt: skip
@pytest.mark.parametrize("role", [None, "puur-beleidsregisseur", "beheerder"])
def test_what_is_sealed_is_nowhere(world: World, model: Any, code: str, seen_from: str, role: str | None) -> None:
    with world.app.app_context():
        seal_first(db.session.scalars(db.select(model).where(model.code == code)).one())
        title = db.session.scalars(db.select(Entry.title).where(Entry.code == code)).one()
    browser = world.as_role(role) if role else world.browser()
    assert browser.go(f"/wijken/{FINISHED}/spoor/{code}").status == 404
    assert browser.go(f"/spoor/{code}").status == 404
    page = browser.go(f"/wijken/{FINISHED}/spoor/{seen_from}")
    assert page.status == 200
    assert f"Spoor van {code}" not in page.html
    assert code not in page.words
    if model in (Remark, Need, Call):  # other titles are words that other texts use as well
        assert title not in page.words


def test_before_the_decision_is_public_nobody_reads_scores_or_bids(world: World) -> None:
    with world.app.app_context():
        seal_first(db.session.scalars(db.select(Decision)).one())
    for browser in (world.browser(), world.as_role("beleidsregisseur"), world.as_role("bewonersbeoordelaar")):
        page = browser.go(f"/wijken/{FINISHED}/spoor/BH-04")
        assert "De winnaar kreeg" not in page.words
        assert "van de 10 voor" not in page.words
        assert browser.go(f"/wijken/{FINISHED}/spoor/IN-B").status == 404


def test_neighbourhoods_never_touch(world: World) -> None:
    """Not by a code of elsewhere, and not by a link that somebody forged across the border."""
    browser = world.browser()
    assert browser.go(f"/wijken/{OPEN}/spoor/BH-04").status == 404
    with world.app.test_request_context("/"):
        need = db.session.scalars(db.select(Need).where(Need.code == "BH-04")).one()
        section = db.session.scalars(db.select(Section).where(Section.code == "HS-01")).one()
        put(lambda: index.link(section, "serves", [need]))
        assert codes(walk("BH-04").down, "section") == ["WS-05"]
        assert "BH-04" not in {step.node.code for each in walk("HS-01", OPEN).up for step in each.steps}


# by its code alone


def test_a_code_of_one_neighbourhood_shows_its_page(world: World) -> None:
    page = world.browser().go("/spoor/BH-04", follow=False)
    assert page.status == 200
    assert page.heading == "Wat werd er van ‘Echte tijd voor jongeren die vastlopen’?"
    assert world.browser().go("/spoor/bh-04").status == 200, "people type what they heard"


def test_a_code_of_two_neighbourhoods_asks_which(world: World) -> None:
    with world.app.app_context():
        need = db.session.scalars(db.select(Need).where(Need.neighbourhood_id == place(OPEN).id)).first()
        put(lambda: db.session.execute(db.text("UPDATE index_entry SET code = 'BH-04' WHERE kind = 'need' AND thing_id = :i"), {"i": need.id}))  # fmt: skip
        put(lambda: setattr(need, "code", "BH-04"))
    page = world.browser().go("/spoor/BH-04")
    assert page.status == 200
    assert page.heading == "Welke wijk bedoelt u?"
    assert page.follow("Zuiderkwartier").heading.startswith("Wat werd er van ‘Echte tijd")
    assert page.follow("Huizum-Oost").status == 200


@pytest.mark.parametrize("code", ["XX-99", "%F0%9F%8C%B3", "x" * 300, "BO-1", "%E2%80%AE"])
def test_a_code_that_nobody_knows_gets_help(world: World, code: str) -> None:
    page = world.browser().go(f"/spoor/{code}")
    assert page.status == 404
    assert page.heading == "Deze code kennen we niet"
    assert "BH-01" in page.words


@pytest.mark.parametrize(
    ("above", "code"),
    [(Call, "UA-06"), (Call, "R-12"), (Plan, "WS-05"), (CriteriaSet, "K4"), (Contract, "PA-04"), (Article, "R-12")],
)
def test_what_hangs_on_something_sealed_is_nowhere(world: World, above: Any, code: str) -> None:
    """The address alone found an article of a sealed call: its title, its remarks, and where it leads."""
    browser = world.browser()
    own = f"/wijken/{FINISHED}/spoor/{code}"
    assert browser.go(own).status == 200
    with world.app.app_context():
        home = place(FINISHED).id
        put(lambda: [
            setattr(each, "sealed_until", clock.now() + timedelta(days=1))
            for each in db.session.scalars(db.select(above).where(above.neighbourhood_id == home))
        ])  # fmt: skip
    assert browser.go(own).status == 404
    assert f"/spoor/{code}" not in browser.go(f"/wijken/{FINISHED}/spoor/BH-04").html
    assert browser.go(f"/spoor/{code}").status == 404


def test_a_sealed_neighbourhood_is_not_found(world: World) -> None:
    with world.app.app_context():
        put(lambda: setattr(place(FINISHED), "sealed_until", clock.now() + timedelta(days=1)))
    assert world.browser().go("/spoor/BH-04").status == 404
    assert world.browser().go(f"/wijken/{FINISHED}/spoor/BH-04").status == 404


# however much there is


def _crowd(world: World, number: int, changed: bool = True) -> None:
    """Hundreds of remarks on one article and need, each with an answer that changed the text."""
    with world.app.app_context():
        home = place(FINISHED)
        article = db.session.scalars(db.select(Article).where(Article.code == "UA-06")).one()
        need = db.session.scalars(db.select(Need).where(Need.code == "BH-09")).one()
        begin_writing()
        voice = db.session.scalars(db.select(Voice).where(Voice.neighbourhood_id == home.id)).first()
        for no in range(number):
            remark = remarks.apply_remark(
                CLOCK,
                article,
                code=f"RX-{no}",
                text=f"Reactie nummer {no}",
                voice=voice,
                said_at=clock.now(),
                needs=[need],
            )
            remarks.apply_answer(CLOCK, remark, verdict="adopted", reason="Dat doen we.")
            if changed:
                trail.record(CLOCK, "article.saved", article, because=[remark])
        trail.commit()


@pytest.mark.parametrize("role", [None, "beleidsregisseur", "bewonersbeoordelaar"])
def test_a_handful_of_statements_however_long_the_chain(world: World, role: str | None) -> None:
    _crowd(world, 300)
    browser = world.as_role(role) if role else world.browser()
    for code in ("BH-09", "UA-06", "UV-2026", "PA-04", "RX-7", "IM-04", "K4", "NB-2026"):
        with statements(world) as found:
            assert browser.go(f"/wijken/{FINISHED}/spoor/{code}").status == 200
        assert len(found) <= 12, f"{code}: {len(found)}\n" + "\n".join(found)
        with statements(world) as found:
            assert browser.go(f"/spoor/{code}").status == 200
        assert len(found) <= 12, f"{code}: {len(found)}\n" + "\n".join(found)


def test_twenty_at_a_time(world: World) -> None:
    _crowd(world, 45, changed=False)
    path = f"/wijken/{FINISHED}/spoor/UA-06"
    page = world.browser().go(path)
    assert page.html.count('class="remark ') == 20
    assert "20 van de 48" in page.words
    more = page.follow("Toon meer")
    assert more.html.count('class="remark ') == 40
    for strange in ("-1", "abc", "99999999999", "²", "0"):
        assert world.browser().go(f"{path}?tot={strange}").html.count('class="remark ') == 20


# read aloud


def test_it_reads_as_a_story_without_the_drawing(world: World) -> None:
    page = world.browser().go(f"/wijken/{FINISHED}/spoor/BH-04")
    levels = [
        int(each.tag[1])
        for each in page.tree.iter()
        if isinstance(each.tag, str) and each.tag in ("h1", "h2", "h3", "h4")
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    stations = [" ".join(" ".join(each.itertext()).split()) for each in page.all("h3")]
    assert "Stap 2, Wijkplan: Daarom staat in het wijkplan" in stations
    chains = [each for each in page.all("ol") if each.get("class") == "chain"]
    assert len(chains) == 3
    for drawing in page.all("svg"):
        assert drawing.get("aria-hidden") == "true"


def test_need_and_chapter_lead_to_their_chain(world: World) -> None:
    browser = world.browser()
    assert browser.go(f"/wijken/{FINISHED}/agenda/BH-04").follow("Volg het spoor").heading.startswith("Wat werd er van")
    chapter = browser.go(f"/wijken/{FINISHED}/plan/WS-05").follow("Volg het spoor")
    assert chapter.heading == "Het spoor van ‘Hoofdstuk 5: Jongeren’"
    assert chapter.follow("Echte tijd voor jongeren").path.endswith("/agenda/BH-04")


def test_an_answer_that_points_to_a_change_shows_on_both_pages(world: World) -> None:
    """As officials answer it: adopted, with the version in which the text changed."""
    with world.app.test_request_context("/"):
        remark = db.session.scalars(db.select(Remark).where(Remark.code == "R-12")).one()
        article = db.session.get_one(Article, remark.about_id)
        version = db.session.scalars(
            db.select(Version).where(Version.text_id == article.text_id).order_by(Version.number.desc())
        ).first()
        put(lambda: db.session.delete(remark.answer))
        db.session.expire_all()
        put(
            lambda: answers.apply_answer(
                CLOCK, remark, verdict="adopted", reason="U heeft gelijk.", change_id=version.id
            )
        )
    down = world.browser().go(f"/wijken/{FINISHED}/spoor/R-12")
    assert "Overgenomen U heeft gelijk. Invloed: veranderde ‘Artikel 6: Jongerenwerk’" in down.words
    assert "Invloed: Door R-12 is deze tekst veranderd." in down.words
    up = world.browser().go(f"/wijken/{FINISHED}/spoor/UA-06")
    assert "Invloed: Hierdoor is de tekst van UA-06 veranderd." in up.words


def test_words_of_people_are_text_on_every_page(world: World) -> None:
    nasty = '<img src=x onerror="alert(1)">"\'</title><script>alert(1)</script>{{7*7}}'
    columns = {
        "index_entry": ("title",), "need": ("title", "text"), "remark": ("text",), "answer": ("reason", "unchanged"),
        "agreement": ("title", "purpose"), "adjustment": ("new_text", "verdict_reason"), "signal": ("text",),
        "voice": ("name", "hat"), "question": ("question", "answer"), "consensus": ("reason",), "indicator": ("unit",),
        "principle": ("text",), "organisation": ("name",),
    }  # fmt: skip
    with world.app.app_context():
        for table, names in columns.items():
            changes = ", ".join(f"{name} = :nasty" for name in names)
            put(lambda table=table, changes=changes: db.session.execute(
                db.text(f"UPDATE {table} SET {changes}"), {"nasty": nasty}))  # fmt: skip
    for browser in (world.browser(), world.as_role("bewoner")):
        for code in ("BH-04", "BH-09", "UA-06", "PA-04", "R-12", "AP-01", "WS-05", "UV-2026", "SG-02", "ORG-BRUG"):
            page = browser.go(f"/wijken/{FINISHED}/spoor/{code}")
            assert page.status == 200, code
            assert "<script>alert" not in page.html, code
            assert "<img src=x" not in page.html, code
    assert "<script>alert" not in browser.go("/mijn").html
