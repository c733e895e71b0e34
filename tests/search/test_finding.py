"""Finding: by stems, on both databases alike; what is sealed never, not even in a count; what was changed by its new words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.support.client import Browser, Page
from tests.support.things import put
from tests.support.world import FINISHED, OPEN, PURE, World, email_of, place
from wijkplatform.agenda import service as agenda
from wijkplatform.agenda.models import Agenda, Need
from wijkplatform.calls import service as calls
from wijkplatform.calls.models import Call
from wijkplatform.core import clock, offers, trail
from wijkplatform.core.actor import VISITOR, command_line
from wijkplatform.core.db import begin_writing, db
from wijkplatform.influence.seeing import HANGS_ON
from wijkplatform.people.models import Person
from wijkplatform.places import queries as places
from wijkplatform.plans import service as plans
from wijkplatform.plans.models import Section
from wijkplatform.search import integrity, queries, service
from wijkplatform.search.kinds import KINDS
from wijkplatform.search.models import Findable
from wijkplatform.texts import queries as text_queries
from wijkplatform.texts import service as texts

RARE = "kwartelzang"  #: a word that stands nowhere in the world


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


def actor(name: str) -> Any:
    person = db.session.scalars(db.select(Person).where(Person.email == email_of(f"{PURE}{name}"))).one()
    return places.actor_of(person.id)


def raise_need(title: str, text: str = "") -> Need:
    me, home = actor("bewoner"), place(OPEN)
    hat = me.hats_in(home.id)[0]
    need = agenda.raise_need(me, Agenda(home), hat, title=title, text=text or title, areas=[], shown_as="resident")
    trail.commit()
    return need


def titles(question: str, **more: Any) -> list[str]:
    return [each.row.title for each in queries.find(VISITOR, question, **more).hits]


def search(browser: Browser, question: str, **more: str) -> Page:
    return browser.send("GET", "/zoeken", {"q": question, **more})  # type: ignore[arg-type]


# words and ranks, on both databases


def test_plural_and_singular_find_each_other(both: Flask) -> None:
    with both.app_context():
        raise_need("Meer bomen langs het water", "Een groene wandelroute voor Súdwest.")
        for question in ("boom", "bomen", "BOMEN", "groen", "wandelroutes", "route", "sudwest", "súdw", "boom water"):
            assert "Meer bomen langs het water" in titles(question), question
        assert titles("boom kwartelzang") == [], "every word counts"


def test_a_title_goes_before_a_text_and_a_word_before_a_part(both: Flask) -> None:
    with both.app_context():
        raise_need("Iets anders", f"Hier klinkt een {RARE}.")
        raise_need("Een ochtendkwartelzang", "Iets.")
        raise_need(f"De {RARE}", "Iets.")
        assert titles(RARE) == [f"De {RARE}", "Iets anders", "Een ochtendkwartelzang"]


def test_a_code_finds_its_thing(both: Flask) -> None:
    with both.app_context():
        need = db.session.scalars(db.select(Need).where(Need.neighbourhood_id == place(FINISHED).id)).first()
        assert queries.find(VISITOR, need.code).hits[0].row.code == need.code


@pytest.mark.parametrize("question", ["%", "_", "'; DROP TABLE need; --", "x" * 5000, "\\", "🌳", "?" * 200])
def test_nonsense_is_safe(both: Flask, question: str) -> None:
    with both.app_context():
        assert queries.find(VISITOR, question).total == 0


def test_both_databases_find_the_same(both: Flask, world: World) -> None:
    with both.app_context():
        here = {word: [(each.row.kind, each.row.code) for each in queries.find(VISITOR, word).hits] for word in WORDS}
    with world.app.app_context():
        there = {word: [(each.row.kind, each.row.code) for each in queries.find(VISITOR, word).hits] for word in WORDS}
    assert here == there
    assert all(here.values())


WORDS = ("jongeren", "sleutel", "vertrouwen", "groen", "ouderen", "huis", "plek")


def test_everything_there_is_can_be_found(both: Flask) -> None:
    with both.app_context():
        kinds = set(db.session.scalars(db.select(Findable.kind).distinct()))
        assert kinds == set(KINDS)
        assert integrity.faults() == []


# what is not for everybody


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_sealed_thing_is_found_by_nobody_and_counted_by_nobody(both: Flask, kind: str) -> None:
    with both.app_context():
        model = KINDS[kind].model
        things = db.session.scalars(db.select(model).order_by(model.id)).all()
        code, home = things[0].code, things[0].neighbourhood_id
        put(lambda: db.session.execute(db.update(Findable).where(Findable.kind == kind, Findable.code == code)
                                       .where(Findable.neighbourhood_id == home).values(title_words=f" {RARE} ")))  # fmt: skip
        assert queries.find(VISITOR, RARE).total == 1
        put(lambda: setattr(db.session.get(model, things[0].id), "sealed_until", clock.now() + timedelta(days=1)))
        for me in (VISITOR, actor("bewoner"), actor("beleidsregisseur"), actor("beheerder")):
            found = queries.find(me, RARE)
            assert (found.total, found.hits) == (0, [])


@pytest.mark.parametrize("model", sorted(HANGS_ON, key=lambda each: each.__name__))
def test_what_hangs_on_something_sealed_is_sealed_with_it(in_world: World, model: type[Any]) -> None:
    kind = next((kind for kind, each in KINDS.items() if each.model is model), None)
    if kind is None:
        return
    thing = db.session.scalars(db.select(model).order_by(model.id)).first()
    column, above = HANGS_ON[model]
    put(lambda: db.session.execute(db.update(Findable).where(Findable.kind == kind, Findable.thing_id == thing.id)
                                   .values(text_words=f" {RARE} ")))  # fmt: skip
    assert queries.find(VISITOR, RARE).total == 1
    top = db.session.get(above, getattr(thing, column.key))
    put(lambda: setattr(top, "sealed_until", clock.now() + timedelta(days=1)))
    assert queries.find(VISITOR, RARE).total == 0


def test_a_remark_on_a_sealed_article_is_not_found(in_world: World) -> None:
    remark = db.session.scalars(
        db.select(KINDS["remark"].model).where(KINDS["remark"].model.about_kind == "article")
    ).first()
    put(lambda: db.session.execute(db.update(Findable).where(Findable.kind == "remark", Findable.thing_id == remark.id)
                                   .values(text_words=f" {RARE} ")))  # fmt: skip
    assert queries.find(VISITOR, RARE).total == 1
    article = db.session.get(KINDS["article"].model, remark.about_id)
    put(lambda: setattr(article, "sealed_until", clock.now() + timedelta(days=1)))
    assert queries.find(VISITOR, RARE).total == 0


def test_of_a_sealed_neighbourhood_nothing_is_found(world: World) -> None:
    before = search(world.browser(), "jongeren")
    with world.app.app_context():
        put(lambda: setattr(place(OPEN), "sealed_until", clock.now() + timedelta(days=1)))
    page = search(world.browser(), "jongeren")
    assert "Huizum-Oost" in before.words
    assert "Huizum-Oost" not in page.html
    assert OPEN not in page.html


# what changes


def test_what_was_written_anew_is_found_by_its_new_words_only(both: Flask) -> None:
    with both.app_context():
        me = actor("bewoner")
        section = db.session.scalars(
            db.select(Section).where(Section.neighbourhood_id == place(OPEN).id).order_by(Section.id)
        ).first()
        hat = me.hats_in(section.neighbourhood_id)[0]
        for words in (f"Hier staat {RARE} in.", "Hier staat iets anders in."):
            plans.revise(me, section, hat, body=words, base=section.text.head)
            trail.commit()
            assert titles(RARE) == ([section.title] if RARE in words else [])
        assert integrity.faults() == []


def test_what_officials_write_for_the_next_version_is_not_found_before_it_comes_out(both: Flask) -> None:
    with both.app_context():
        call = db.session.scalars(db.select(Call).where(Call.neighbourhood_id == place(OPEN).id)).one()
        article = call.articles[0]
        begin_writing()
        version = texts.apply_version(article.text, f"De {RARE}", f"Hier staat {RARE} in.", base=article.text.head)
        calls.apply_save(command_line(), article, version)
        trail.commit()
        assert titles(RARE) == []
        assert integrity.faults() == []
        begin_writing()
        members = {each.text: text_queries.head(each.text) for each in call.articles}
        calls.apply_edition(command_line(), call, 90, clock.today(), "draft", members)
        trail.commit()
        assert titles(RARE) == [f"De {RARE}"]
        assert integrity.faults() == []


def test_what_was_not_made_final_is_not_found(in_world: World) -> None:
    me, home = actor("bewoner"), place(OPEN)
    agenda.raise_need(me, Agenda(home), me.hats_in(home.id)[0], title=f"Een {RARE}", text="x", areas=[])
    db.session.rollback()
    raise_need("Iets anders")
    assert titles(RARE) == []
    assert integrity.faults() == []


def test_check_tells_what_search_does_not_know_and_reindex_mends_it(both: Flask) -> None:
    with both.app_context():
        lost = db.session.scalars(db.select(Findable).order_by(Findable.id)).first()
        other = db.session.scalars(db.select(Findable).order_by(Findable.id.desc())).first()
        put(lambda: db.session.execute(db.delete(Findable).where(Findable.id == lost.id)))
        put(lambda: setattr(other, "text_words", f" {RARE} "))
        found = integrity.faults()
        assert any("is niet te vinden" in each for each in found)
        assert any("op woorden die er niet meer staan" in each for each in found)
        assert len(found) == 2
        count = service.rebuild()
        trail.commit()
        assert integrity.faults() == []
        assert count == sum(1 for _row in db.session.scalars(db.select(Findable.id)))


def test_an_upgrade_fills_in_what_is_missing(in_world: World) -> None:
    put(lambda: db.session.execute(db.delete(Findable)))
    assert titles("jongeren") == []
    assert sum(offers.ask("after_upgrade")) > 100
    trail.commit()
    assert titles("jongeren")
    assert integrity.faults() == []


# the page


def test_the_page_shows_what_where_and_the_word_marked(world: World) -> None:
    page = search(world.browser(), "sleutels")
    assert "keer gevonden" in page.words
    marks = ["".join(each.itertext()).lower() for each in page.all("mark")]
    assert marks
    assert all("sleutel" in each for each in marks)
    assert "Zuiderkwartier" in page.words


def test_a_thing_with_a_page_is_linked(world: World) -> None:
    page = search(world.browser(), "schrijfronde")
    assert page.links["Wat moet er in ons wijkplan staan?"].startswith(f"/wijken/{OPEN}/momenten#")


def test_a_neighbourhood_can_be_chosen_and_nonsense_is_passed_over(world: World) -> None:
    page = search(world.browser(), "jongeren", wijk=OPEN)
    assert page.status == 200
    assert not any("Zuiderkwartier ·" in "".join(each.itertext()) for each in page.all("p"))
    for wijk in ("nergens", "'", "%"):
        assert search(world.browser(), "jongeren", wijk=wijk).status == 200
    for tot in ("-1", "x", "9" * 30, "²"):
        assert search(world.browser(), "jongeren", tot=tot).status == 200


def test_nothing_found_says_what_to_do(world: World) -> None:
    page = search(world.browser(), RARE, wijk=OPEN)
    assert "Dit woord staat nergens" in page.words
    assert "Zoek in alle wijken" in page.words
    assert "Typ een woord met letters of cijfers." in search(world.browser(), "%").words


def test_twenty_at_a_time(world: World) -> None:
    page = search(world.browser(), "de")
    assert "20 van de" in page.words
    assert len(page.follow("Toon meer").all("h2")) > 20


def test_markup_in_a_text_stays_text(world: World) -> None:
    with world.app.app_context():
        raise_need(f"<script>alert(1)</script> {RARE}", f"<b>vet</b> {RARE} <img src=x>")
    page = search(world.browser(), RARE)
    assert page.all("script")[0].get("src")
    assert len(page.all("script")) == 1
    assert not page.all("b")
    assert search(world.browser(), '"><script>alert(1)</script>').status == 200


def test_the_page_asks_few_questions(world: World) -> None:
    for browser in (world.browser(), world.as_role("puur-beleidsregisseur")):
        with world.app.app_context(), counting() as said:
            search(browser, "de plek", tot="100")
        assert len(said) <= 12, "\n\n".join(said)


def test_the_menu_leads_there(world: World) -> None:
    assert world.browser().go("/").follow("Zoeken").heading == "Wat zoekt u?"
