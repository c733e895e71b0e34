"""The note of answers and the note of information: counted, nobody named, as a page, on paper and as a sheet."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import url_for

import wijkplatform
from tests.calls.test_answering import URL, answer, many, revise
from tests.support.calls import article, call_in, open_call, remark
from tests.support.things import seal_first
from tests.support.world import OPEN, World
from wijkplatform.calls import addresses, sheets
from wijkplatform.calls.models import Call, Question, ResponseNote
from wijkplatform.calls.queries import notes
from wijkplatform.core import spreadsheet
from wijkplatform.core.db import db
from wijkplatform.people.models import Person

DEMO = Path(wijkplatform.__file__).parent / "demo" / "zuiderkwartier"
DONE = "/uitvragen/uitvraag-sociaal-makelen-en-sociaal-beheer-zuiderkwartier-2026-2032"


@pytest.fixture(scope="module")
def remarks() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((DEMO / "07_reacties.yaml").read_text())["reacties"]
    return found


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def bare(cell: str) -> str:
    return cell.removeprefix("'")


def test_the_counts_of_the_demo_are_counted(world: World) -> None:
    """19 adopted, 4 in part, 2 not, 1 passed on: from the answers, and kept nowhere."""
    with world.app.app_context():
        call = db.session.scalars(db.select(Call).where(Call.code == "UV-2026")).one()
        found = notes.note_of(call)
        assert found.counts == {"adopted": 19, "partly": 4, "declined": 2, "passed_on": 1}
        assert (found.total, found.waiting, found.underway) == (26, 0, False)
        assert notes.note_of(call, None).counts == found.counts
    assert not {"adopted", "counts", "tally"} & {column.name for column in ResponseNote.__table__.columns}
    page = world.browser().go(f"{DONE}/nota")
    assert "26 reacties, en wat ermee is gedaan" in page.words
    assert "19 overgenomen 4 deels overgenomen 2 niet overgenomen 1 doorgegeven" in page.words
    assert "tussenstand" not in page.words


def test_twenty_at_a_time_and_all_of_it_to_print(world: World, remarks: list[dict[str, Any]]) -> None:
    visitor = world.browser()
    page = visitor.go(f"{DONE}/nota")
    assert page.html.count("note-remark") == 20
    assert visitor.part(f"{DONE}/nota?tot=40", "reacties").get_data(as_text=True).count("note-remark") == 26
    whole = visitor.go(f"{DONE}/nota/alles")
    assert whole.html.count("note-remark") == 26
    for each in remarks:
        assert " ".join(each["antwoord"].split()) in whole.words
    assert "kenmerk" in whole.words  # the head of the chain, on paper


def test_nobody_is_named_in_the_note_or_its_sheet(world: World) -> None:
    visitor = world.browser()
    shown = [visitor.go(f"{DONE}{path}").html for path in ("/nota", "/nota/alles", "/nota.csv", "/inlichtingen")]
    with world.app.app_context():
        people = [name for name in db.session.scalars(db.select(Person.name)) if name and " " in name]
    for text in shown:
        assert [name for name in people if name in text] == []
    with world.app.app_context():
        open_call(OPEN)
    for path in ("/nota", "/nota/alles", "/nota.csv", "/beantwoorden"):
        assert "Naamgeheim" not in visitor.go(URL + path).html
    assert "Bewoner Proefbuurt" in visitor.go(f"{URL}/nota").words


def test_what_is_said_about_a_sealed_article_is_as_sealed(world: World) -> None:
    visitor, official_ = world.browser(), world.as_role("beleidsregisseur")
    with world.app.app_context():
        open_call(OPEN)
        code, said = remark("PR-01").code, remark("PR-01").text
        assert said in visitor.go(f"{URL}/nota").words
        seal_first(article("PA-01"))
    for path in ("/nota", "/nota/alles", "/nota.csv"):
        assert said not in visitor.go(URL + path).html, path
    assert said not in official_.go(f"{URL}/beantwoorden").html
    assert official_.go(f"{URL}/reacties/{code}/antwoord").status == 404
    compared = f"{DONE}/versies/vergelijk?van=1&naar=2"
    with world.app.app_context():
        title = article("UA-01").title
        assert title in visitor.go(compared).words
        seal_first(article("UA-01"))
    assert title not in visitor.go(compared).words


def test_before_it_comes_out_it_is_how_far_it_is(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN)
        answer(world, "PR-03")
    page = world.browser().go(f"{URL}/nota")
    assert "Dit is een tussenstand. 3 reacties wachten nog op antwoord." in page.words
    assert "4 reacties, en wat ermee is gedaan" in page.words


def test_the_note_of_a_call_without_remarks(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN, remarks=())
    for path in ("/nota", "/nota/alles"):
        page = world.browser().go(URL + path)
        assert page.status == 200
        assert "Nog geen reacties" in page.words
    assert rows(world.browser().get(f"{URL}/nota.csv").data) == []


def test_an_answer_in_the_note_leads_to_what_it_changed(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN)
        change = revise(world, "PA-01", "De organisatie helpt 32 uur per week.")
        answer(world, "PR-01", verdict="adopted", change=change)
    page = world.browser().go(f"{URL}/nota").follow("Bekijk wat er verandert")
    assert "32 uur per week" in page.words
    assert "Dit komt door deze reactie" in page.words


# the sheet


def test_the_sheet_reads_back_as_the_record(world: World, remarks: list[dict[str, Any]]) -> None:
    answer_ = world.browser().get(f"{DONE}/nota.csv")
    assert answer_.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer_.headers["Content-Disposition"] == 'attachment; filename="nota-UV-2026.csv"'
    assert answer_.data.startswith(b"\xef\xbb\xbfreactie;")
    found = rows(answer_.data)
    assert tuple(found[0]) == sheets.COLUMNS
    by_code = {each["id"]: each for each in remarks}
    assert sorted(each["reactie"] for each in found) == sorted(by_code)
    for row in found:
        said = by_code[row["reactie"]]
        assert (row["artikel"], bare(row["tekst"]), row["afweging"], bare(row["antwoord"]), bare(row["citaat"])) == (
            said["artikel"], said["tekst"], said["afweging"], said["antwoord"], said.get("citaat") or "",
        )  # fmt: skip
        assert row["antwoord_op"] == said.get("antwoord_op", "")
    assert Counter(row["afweging"] for row in found)["overgenomen"] == 19


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+31 6 1234", "-5 punten", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "＝1+1", "'=1", "gewoon; \"met\"\nregels",
     "emoji 🌷 en العربية"],
)  # fmt: skip
def test_a_sheet_shows_formulas_as_text_and_loses_nothing(world: World, text: str) -> None:
    with world.app.app_context():
        open_call(OPEN, remarks=(("PR-01", 0, None, text),))
    content = world.browser().get(f"{URL}/nota.csv").data
    cell = rows(content)[0]["tekst"]
    assert not cell.startswith(spreadsheet.FORMULA)
    assert not cell.lstrip().startswith(spreadsheet.FORMULA)
    guarded = spreadsheet.guarded(text)
    assert cell == guarded
    assert (cell[1:] if cell != text else cell) == text


# information and versions


def test_the_information_note_shows_questions_and_never_who_asked(world: World) -> None:
    page = world.browser().go(f"{DONE}/inlichtingen")
    said = yaml.safe_load((DEMO / "08_nota_van_beantwoording_en_inlichtingen.yaml").read_text())
    for each in said["nota_van_inlichtingen"]["vragen"]:
        assert each["vraag"] in page.words
        assert each["antwoord"] in page.words
    assert page.words.count("De tekst is aangepast") == 2
    page = page.follow("Bekijk wat er veranderde")
    assert page.heading == "Van versie 2 naar versie 3"
    assert "10 artikelen bleven gelijk" in page.words
    with world.app.app_context():
        open_call(OPEN)
    assert "Nog geen vragen" in world.browser().go(f"{URL}/inlichtingen").words


def test_versions_and_any_two_of_them_beside_each_other(world: World) -> None:
    page = world.browser().go(f"{DONE}/versies")
    assert "Er zijn 3 versies uitgebracht." in page.words
    for state in ("Versie 1: concept", "Versie 2: definitief", "Versie 3: definitief na inlichtingen"):
        assert state in page.words
    page = page.form("/vergelijk").submit("Vergelijk", van="1", naar="3")
    assert page.heading == "Van versie 1 naar versie 3"
    assert "<del>" in page.html
    assert "<ins>" in page.html
    for strange in ("van=1&naar=9", "van=&naar=", "van=x&naar=1", "van=-1&naar=²", "van=99999999999999999999&naar=1"):
        assert world.browser().go(f"{DONE}/versies/vergelijk?{strange}").status == 404
    for strange in ("van=1&naar=9", "van=x&naar=1", "van=99999999999999999999&naar=1"):
        assert world.browser().go(f"{DONE}/artikelen/UA-01/vergelijk?{strange}").status == 404


def test_the_notes_say_where_they_are_read(in_request: World) -> None:
    note = db.session.scalars(db.select(ResponseNote)).one()
    assert addresses.address(note) == f"{DONE}/nota"
    question = db.session.scalars(db.select(Question).where(Question.code == "NIV-2")).one()
    assert addresses.address(question) == f"{DONE}/inlichtingen#NIV-2"
    assert url_for("answering.note", slug=note.call.slug) == f"{DONE}/nota"
    assert url_for("answering.information", slug=note.call.slug) == f"{DONE}/inlichtingen"


def test_the_note_stays_light_with_three_hundred_remarks(world: World) -> None:
    with world.app.app_context():
        open_call(OPEN, remarks=many(300))
        assert notes.note_of(call_in()).total == 300
    page = world.browser().go(f"{URL}/nota")
    assert len(page.html) < 60_000
    assert json.dumps(page.html).count("note-remark") == 20
