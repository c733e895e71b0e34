"""The arithmetic people will dispute: points, ties and lots, rounding; occurrences; older texts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkplatform.assessment.points import (
    Bid,
    Criterion,
    Rules,
    drawing_needed,
    price_points,
    printed,
    standing,
)
from wijkplatform.exchange import computed
from wijkplatform.exchange.rules.plan import wordings
from wijkplatform.exchange.rules.remarks import occurrences
from wijkplatform.influence.traces import Linked, Links, traces

D = Decimal
RULES = Rules(
    criteria=[Criterion("K1", D(40)), Criterion("K2", D(40)), Criterion("P", D(20), is_price=True)],
    highest_score=D(10),
    price_ceiling=D(200),
    price_floor=D(100),
    minimum_quality=D(30),
    tie_order=["K1"],
)


def bid(code: str, one: int, two: int, price: int = 150) -> Bid:
    return Bid(code, D(price), {"K1": D(one), "K2": D(two)})


def order(bids, lots=()):
    return [(result.bid.code, result.rank) for result in standing(bids, RULES, lots)]


@pytest.mark.parametrize(("price", "points"), [(50, 20), (100, 20), (150, 10), (200, 0), (250, 0), (175, 5)])
def test_price_is_never_below_zero_nor_above_its_weight(price, points):
    assert price_points(D(20), D(price), D(200), D(100)) == points


@pytest.mark.parametrize(
    ("exact", "text"),
    [
        ("1/3", "0.33"),
        ("2/3", "0.67"),
        ("5/1000", "0.01"),
        ("15/1000", "0.02"),
        ("14999/1000000", "0.01"),
        ("72", "72.00"),
    ],
)
def test_half_goes_up_at_the_second_place(exact, text):
    assert str(printed(Fraction(exact))) == text


def test_totals_are_not_made_of_rounded_figures():
    rules = Rules([Criterion(c, D(1)) for c in "ABC"], D(3), D(2), D(1), D(0))
    (result,) = standing([Bid("X", D(1), dict.fromkeys("ABC", D(1)))], rules)
    assert [printed(points) for points in result.points.values()] == [D("0.33")] * 3
    assert printed(result.total) == 1


def test_a_tie_goes_to_the_tie_criteria_first():
    assert order([bid("A", 4, 8), bid("B", 8, 4)]) == [("B", 1), ("A", 2)]
    assert drawing_needed([bid("A", 4, 8), bid("B", 8, 4)], RULES) == []


def test_then_to_the_lot():
    bids = [bid("A", 6, 6), bid("B", 6, 6), bid("C", 8, 8)]
    assert drawing_needed(bids, RULES) == [["A", "B"]]
    assert order(bids, ["B", "A"]) == [("C", 1), ("B", 2), ("A", 3)]


def test_below_the_minimum_there_is_no_rank_however_cheap():
    bids = [bid("low", 2, 4, 100), bid("also low", 4, 2, 100), bid("good", 4, 4, 200)]
    assert order(bids) == [("good", 1), ("also low", None), ("low", None)]
    same = [bid("first", 2, 2), bid("second", 2, 2)]
    assert order(same, ["second", "first"]) == [("first", None), ("second", None)]
    assert drawing_needed(same, RULES) == []


def test_exactly_the_minimum_is_enough():
    assert order([bid("A", 4, 4, 200)]) == [("A", 1)]
    assert standing([bid("A", 4, 4)], Rules(RULES.criteria, D(10), D(200), D(100), D("32.001")))[0].rank is None


def test_lots_in_a_directory(hood):
    """Two equal bids: refused without a draw, accepted with it, refused with a wrong one."""
    for item in hood["individuele_scores"]:
        item["score"] = D(6)
    for scores in hood["consensus"].values():
        for item in scores.values():
            item["score"] = D(6)
    hood("IN-A")["prijs_per_jaar"] = hood("IN-B")["prijs_per_jaar"]
    assert any("gunning.loting: IN-A, IN-B staan gelijk." in line for line in hood.errors())
    hood("IN-C")["prijs_per_jaar"] = D(1450000)
    hood["gunning"]["loting"] = ["IN-B", "IN-A"]
    hood.data = computed.complete(hood.data)
    assert [row["inschrijving"] for row in hood["uitkomst"]] == ["IN-B", "IN-A", "IN-C"]
    assert hood.errors() == []
    hood["gunning"]["loting"] = ["IN-B", "IN-C"]
    assert any("gunning.loting: De loting gaat over IN-A, IN-B" in line for line in hood.errors())


def test_a_bid_below_the_minimum_is_allowed_with_a_notice(hood):
    hood("CS-2026")["minimum_totaal_kwaliteit"] = D("50.41")
    hood.data = computed.complete(hood.data)
    assert [(row["inschrijving"], row.get("rang")) for row in hood["uitkomst"]] == [
        ("IN-B", 1),
        ("IN-A", 2),
        ("IN-C", None),
    ]
    (notice,) = hood.check().notices
    assert notice.sentence == "Let op: IN-C haalt de minimale kwaliteit niet en kan niet winnen."


@given(st.text("ab", max_size=30), st.text("ab", min_size=1, max_size=4))
def test_occurrences_are_counted_by_starting_place(text, quote):
    assert occurrences(text, quote) == sum(text.startswith(quote, start) for start in range(len(text)))


def test_long_repetitions_cost_little():
    assert occurrences("a" * 200_000, "a" * 100_000) == 100_001


def test_older_texts():
    item = {"titel": "nu", "versie_teksten": [{"versie": 1}, {"versie": 3, "titel": "oud", "tekst": "drie"}]}
    assert wordings(item, {4: "vier"}) == {
        4: ("nu", "vier"),
        3: ("oud", "drie"),
        2: ("oud", "drie"),
        1: ("nu", None),
    }


def test_texts_before_the_concept_come_from_the_concept():
    item = {"titel": "nu", "versie_teksten": [{"versie": 3, "tekst": "drie"}]}
    found = wordings(item, {2: "concept", 4: "definitief"})
    assert [found[n][1] for n in (1, 2, 3, 4)] == ["concept", "concept", "drie", "definitief"]


def test_a_trace_follows_declared_links_only():
    links = Links(
        sections=[Linked("S2", ["N1"]), Linked("S1", ["N1"]), Linked("S3", ["N2"])],
        criteria=[Linked("K1", ["S1", "S2"]), Linked("K2", ["S3"])],
        articles=[Linked("A1", ["S3"])],
        remarks=[Linked("R1", ["N1"]), Linked("R2", [])],
        winner_scores={"K1": 8, "K2": 6},
    )
    one, two = traces(["N1", "N2"], links)
    assert (one.sections, one.criteria, one.articles, one.remarks) == (["S2", "S1"], ["K1"], [], ["R1"])
    assert (one.scores, two.scores) == ({"K1": 8}, {"K2": 6})
    assert one.dead_end
