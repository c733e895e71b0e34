"""A call with two drafts, answers and a dropped article goes out and in again, and says the same."""

import copy
from pathlib import Path
from typing import Any

import pytest

import wijkplatform
from tests.calls.test_answering import REASON, answer, official, revise
from tests.calls.test_next_version import NEW, move
from tests.exchange.test_roundtrip import in_bytes, new_database, take_over  # noqa: F401 (a fixture)
from tests.support.calls import article, call_in, close_round, open_call, remark
from tests.support.things import put
from tests.support.world import OPEN, World, place
from wijkplatform.calls import service
from wijkplatform.calls.models import Call, Draft
from wijkplatform.core import trail
from wijkplatform.core.db import db
from wijkplatform.exchange import writing
from wijkplatform.exchange.directory import Refused, read, read_mapping
from wijkplatform.exchange.dump import dump_neighbourhood
from wijkplatform.texts import queries as texts

DEMO = Path(wijkplatform.__file__).parent / "demo"


@pytest.fixture
def bare(in_world: World) -> World:
    """The open neighbourhood with the call of these tests as its only one."""
    old = db.session.scalars(db.select(Call).where(Call.neighbourhood_id == place(OPEN).id)).one()
    put(lambda: setattr(old, "draft", None))  # a call without a draft travels by backup alone
    open_call(OPEN)
    return in_world


def test_two_drafts_answers_and_a_dropped_article(bare: World, new_database: Any, tmp_path: Path) -> None:  # noqa: F811
    actor, hat = official(bare)
    change = revise(bare, "PA-01", NEW)
    put(lambda: service.drop(actor, Draft(article("PA-03")), hat))
    answer(bare, "PR-01", verdict="adopted", change=change)
    answer(bare, "PR-02", verdict="partly", unchanged="Het aantal staat in de tabel.")
    answer(bare, "PR-03")
    answer(bare, "PR-04", verdict="adopted", unchanged="Artikel 3 vervalt.")
    move(bare, "next_draft", note="Uren erin, artikel 3 eruit")
    first = dump_neighbourhood(place(OPEN))
    assert first["00_gebied.yaml"]["formaat"] == 2, "it holds what version 1 does not know"
    call = first["06_uitvraag.yaml"]
    assert [(each["nummer"], each["status"], "reactie_van" in each and each["reactie_van"] is not None)
            for each in call["uitvraag"]["versies"]] == [(1, "concept", False), (2, "concept", True)]  # fmt: skip
    assert {each["id"]: each.get("vervallen_in") for each in call["artikelen"]} == {
        "PA-01": None, "PA-02": None, "PA-03": 2,
    }  # fmt: skip
    said = {each["id"]: each for each in first["07_reacties.yaml"]["reacties"]}
    assert (said["PR-01"].get("citaat"), said["PR-03"]["citaat"]) == (
        None,
        "twintig berichten",
    )  # not in the concept now
    assert (said["PR-01"]["gewijzigd_in"], said["PR-02"]["zonder_wijziging"]) == (2, "Het aantal staat in de tabel.")
    writing.write(tmp_path / "uit", first)
    with new_database():
        again = take_over(read(tmp_path / "uit").data)
        assert in_bytes(dump_neighbourhood(again)) == in_bytes(first)
        back = call_in()
        assert (back.state, back.draft) == ("draft", 2)
        assert {each.code for each in back.articles if each.dropped} == {"PA-03"}
        last = texts.editions("call", back.id)[-1]
        assert len(last.members) == 2
        assert remark("PR-01").answer.change.body == NEW
        assert trail.led_to(remark("PR-01"))[0].verb == "remark.changed_text"
        assert remark("PR-04").answer.reason == REASON
        assert list(trail.faults()) == []


def test_and_its_final_text(bare: World, new_database: Any, tmp_path: Path) -> None:  # noqa: F811
    revise(bare, "PA-01", NEW)
    for code in ("PR-01", "PR-02", "PR-03", "PR-04"):
        answer(bare, code)
    move(bare, "next_draft")
    actor, hat = official(bare)
    put(lambda: service.drop(actor, Draft(article("PA-02")), hat))
    put(lambda: service.add_article(actor, call_in(), hat, title="Zondag", body="Ook op zondag."))
    close_round()
    move(bare, "finalise")
    first = dump_neighbourhood(place(OPEN))
    writing.write(tmp_path / "uit", first)
    with new_database():
        again = take_over(read(tmp_path / "uit").data)
        assert in_bytes(dump_neighbourhood(again)) == in_bytes(first)
        assert call_in().state == "final"
        # the format gives every article a text in the concept: one that came after it is taken to have stood there
        assert [len(each.members) for each in texts.editions("call", call_in().id)] == [3, 4, 3]
        assert remark("PR-01").answer.edition == 2  # said before the day of the version that the note names


@pytest.mark.parametrize(
    ("code", "changes", "sentence"),
    [
        ("UA-05", {"vervallen_in": 1}, "Noem de eerste versie zonder dit artikel"),
        ("UA-05", {"vervallen_in": 4}, "Noem de eerste versie zonder dit artikel"),
        ("R-01", {"gewijzigd_in": 9}, "Noem de versie met de wijziging"),
        ("R-01", {"gewijzigd_in": 2, "zonder_wijziging": "Toch niet."}, "niet allebei"),
        ("R-06", {"afweging": "niet_overgenomen", "zonder_wijziging": "Nee."}, "geheel of deels is overgenomen"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(code: str, changes: dict[str, Any], sentence: str) -> None:
    data = copy.deepcopy(read(DEMO / "zuiderkwartier").data)
    items = [*data["06_uitvraag.yaml"]["artikelen"], *data["07_reacties.yaml"]["reacties"]]
    next(each for each in items if each["id"] == code).update(changes)
    with pytest.raises(Refused) as refused:
        read_mapping(data)
    assert any(sentence in line for line in refused.value.lines()), refused.value.lines()
