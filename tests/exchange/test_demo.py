"""The demo is accepted, its control figures come out, and it survives writing and reading."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from wijkplatform.exchange import computed, counting
from wijkplatform.exchange.directory import Refused, read, read_mapping
from wijkplatform.exchange.equal import differences
from wijkplatform.exchange.tables import FILES
from wijkplatform.exchange.world import World
from wijkplatform.exchange.writing import write


def test_accepted_without_notices(folder):
    found = read(folder)
    assert found.notices == []
    assert list(found.data) == list(FILES)


def test_remarks_are_tallied(demo):
    assert len(demo.data["07_reacties.yaml"]["reacties"]) == 26
    assert list(counting.tallies(World(demo.data)).values()) == [19, 4, 2, 1]


def test_totals_and_ranks(demo):
    rows = counting.outcome(counting.standing(World(demo.data)))
    assert [(row["inschrijving"], row["totaal"], row["rang"]) for row in rows] == [
        ("IN-B", Decimal("72.63"), 1),
        ("IN-C", Decimal("58.68"), 2),
        ("IN-A", Decimal("57.67"), 3),
    ]


def test_trace_of_bh_04(demo):
    trace = World(demo.data).trace_of["BH-04"]
    assert trace.sections == ["WS-05"]
    assert trace.criteria == ["K4", "K7"]
    assert trace.articles == ["UA-06", "UA-07", "UA-09", "UA-10"]
    assert trace.remarks == ["R-12", "R-13", "R-19", "R-21"]
    assert trace.scores == {"K4": 6, "K7": 6}
    assert trace.agreements == ["PA-04"]
    assert [(r.conversation, r.value) for r in trace.reports] == [("HG-1", 46), ("HG-2", 54)]
    assert trace.adjustments == ["AP-01"]


def test_dead_ends_are_said_out_loud(demo):
    dead = [trace.need for trace in World(demo.data).traces if trace.dead_end]
    assert dead == ["BH-09", "BH-10", "BH-12"]


def test_handover_after_a_year(demo):
    world = World(demo.data)
    assert (counting.still_there(world), len(world["punten"]), counting.yearly_look_back(world)) == (
        12,
        14,
        "TB-12",
    )


def test_standstill_period(demo):
    plan = demo.data["09_inschrijvingen_en_beoordeling.yaml"]["planning"]
    assert plan["gunningsbeslissing_verzonden"] + timedelta(days=20) == date(2026, 5, 12)
    assert plan["contract_vanaf"] == date(2026, 5, 13)


def test_values_have_their_types(hood):
    assert hood("R-23").get("citaat", "absent") == "absent"
    assert str(hood("R-01")["tijd"]) == "08:15"
    assert hood("CS-2026")["schaal_uitleg"][10] == "uitstekend"
    assert hood("IN-A")["ontvangen"].utcoffset() == timedelta(hours=1)


def test_round_trip(demo, tmp_path):
    write(tmp_path / "a", demo.data)
    again = read(tmp_path / "a")
    assert again.data == demo.data
    assert differences(again.data, demo.data) == []
    write(tmp_path / "b", again.data)
    for file in FILES:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_complete_computes_what_was_taken_out(demo, hood):
    hood("NB-2026")["tellingen"] = {}
    hood["uitkomst"], hood["sporen"] = [], []
    hood["gunning"]["winnaar"] = "IN-A"
    for item in hood["terugblik"]:
        item["totaal"] = 0
    hood("TB-12")["doorgegaan_of_instemming"] = 0
    assert computed.complete(hood.data) == demo.data


# Half-way ---------------------------------------------------------------------------------------------------

STEPS = {
    "15 terugblik": ["terugblik"],
    "14 schemergebied": ["kwesties"],
    "13 overdracht": ["overdracht", "punten"],
    "12 aanpassingen": ["aanpassingen"],
    "11 gesprekken": ["gesprekken"],
    "10 overeenkomst": ["overeenkomst", "afspraken"],
    "09 gunning": ["gunning", "inschrijvingen", "individuele_scores", "consensus", "uitkomst"],
    "09 planning": ["planning", "beoordelaars"],
    "08 inlichtingen": ["nota_van_inlichtingen"],
    "08 beantwoording": ["nota_van_beantwoording"],
    "07 reacties": ["reacties"],
    "06 uitvraag": ["uitvraag", "percelen", "artikelen"],
    "05 criteria": [
        "criteria_set",
        "criteria",
        "geschiktheidseisen",
        "toelichting_wijzigingen",
        "wijzigingen",
    ],
    "04 plan": ["plan", "secties"],
    "03 nota": ["nota", "uitgangspunten"],
    "02 agenda": ["behoeften", "inspraakmomenten"],
    "01 mensen": ["personen", "centra", "organisaties", "rollen"],
}


def cut_back(hood: Any, until: str) -> None:
    """Empties the blocks of every step from the last back to this one."""
    for step, blocks in STEPS.items():
        for block in blocks:
            nullable = FILES_FIELD[block].nullable
            hood[block] = None if nullable else {} if block == "consensus" else []
        if step == "12 aanpassingen":
            del hood("PA-04")["hulpindicator"]["verloop"][1:]
        if step == until:
            return


FILES_FIELD = {name: field for kind in FILES.values() for name, field in kind.fields.items()}


@pytest.mark.parametrize("step", STEPS)
def test_half_way_round_trip(hood, tmp_path, step):
    cut_back(hood, step)
    data = computed.complete(hood.data)
    write(tmp_path, data)
    assert differences(read(tmp_path).data, data) == []
    assert read_mapping(data).data == data


def test_call_that_is_only_a_concept(hood):
    cut_back(hood, "08 beantwoording")
    del hood("UV-2026")["versies"][1:]
    for article in hood["artikelen"]:
        article.pop("definitief")
        article.pop("versie_teksten", None)
    for remark in hood["reacties"]:
        remark.pop("afweging")
        remark.pop("antwoord")
    assert read_mapping(computed.complete(hood.data)).data


def test_agreement_without_an_award(hood):
    """By subsidy or with an initiative: no bid, and the file says so by leaving it out."""
    keep = {block: hood[block] for block in ("overeenkomst", "afspraken")}
    cut_back(hood, "09 planning")
    for block, value in keep.items():
        hood[block] = value
    del hood("OV-2026")["inschrijving"]
    hood("OV-2026")["opdrachtnemer"] = "ORG-ZILV"
    assert read_mapping(computed.complete(hood.data)).data


def test_computing_is_not_optional(hood):
    hood["sporen"].pop()
    with pytest.raises(Refused):
        hood.check()
