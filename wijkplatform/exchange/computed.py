"""Computed parts are never taken from the file: they are computed again and compared (FORMAT §18).

A difference is an error that names both values. `complete` fills the same parts in, for an export.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wijkplatform.assessment import points
from wijkplatform.exchange import counting
from wijkplatform.exchange.fields import written
from wijkplatform.exchange.world import Findings, World


def compare(world: World, findings: Findings) -> None:
    compare_tallies(world, findings)
    compare_outcome(world, findings)
    compare_winner(world, findings)
    compare_look_backs(world, findings)
    compare_traces(world, findings)


def complete(data: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The data with every computed part filled in; what is given for those parts is ignored."""
    result = {file: dict(blocks) for file, blocks in data.items()}
    result["15_invloedsspoor.yaml"] = {"toelichting": counting.TRACE_NOTE, "sporen": []}
    world = World(result)
    nine, thirteen = result["09_inschrijvingen_en_beoordeling.yaml"], result["13_overdracht.yaml"]
    eight = result["08_nota_van_beantwoording_en_inlichtingen.yaml"]
    if world["nota_van_beantwoording"] is not None:
        eight["nota_van_beantwoording"] = {
            **world["nota_van_beantwoording"],
            "tellingen": counting.tallies(world),
        }
    results = counting.standing(world)
    nine["uitkomst"] = counting.outcome(results) if results else []
    if results:
        nine["gunning"] = {**world["gunning"], "winnaar": counting.winner(results)}
    yearly = counting.yearly_look_back(world)
    thirteen["terugblik"] = [
        {
            **item,
            "totaal": len(world["punten"]),
            **({"doorgegaan_of_instemming": counting.still_there(world)} if item["id"] == yearly else {}),
        }
        for item in world["terugblik"]
    ]
    found = counting.traces_of(world)
    result["15_invloedsspoor.yaml"]["sporen"] = counting.sporen(world, found)
    return result


def same(findings: Findings, block: str, place: str, found: Any, computed: Any) -> None:
    if found != computed:
        text = f"Hier staat {_value(found)}, maar berekend is {_value(computed)}."
        findings.wrong(block, place, text)


def _value(value: Any) -> str:
    """Both values are named in full: a list as [a, b], a mapping as {k: v}, nothing as leeg."""
    if value is None:
        return "niets"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(key)}: {_value(item)}" for key, item in value.items()) + "}"
    text = written(value)
    return text if text.isprintable() else repr(text)


def compare_tallies(world: World, findings: Findings) -> None:
    note = world["nota_van_beantwoording"]
    if note is not None:
        for verdict, number in counting.tallies(world).items():
            place = f"{note['id']} tellingen.{verdict}"
            same(findings, "nota_van_beantwoording", place, note["tellingen"][verdict], number)


def compare_outcome(world: World, findings: Findings) -> None:
    """Nothing is compared while the ingredients are incomplete, or while the drawing of lots is in doubt."""
    results = counting.standing(world)
    if results is None or _lots_in_doubt(world):
        return
    computed = counting.outcome(results)
    order = [row["inschrijving"] for row in computed]
    found = [row["inschrijving"] for row in world["uitkomst"]]
    if found != order:
        same(findings, "uitkomst", "uitkomst", found, order)
        return
    for number, (row, right) in enumerate(zip(world["uitkomst"], computed, strict=True), 1):
        for name in ("kwaliteit", "prijs", "totaal", "rang"):
            same(findings, "uitkomst", f"uitkomst[{number}].{name}", row.get(name), right.get(name))
        for code in dict.fromkeys([*right["punten_per_criterium"], *row["punten_per_criterium"]]):
            values = (part["punten_per_criterium"].get(code) for part in (row, right))
            same(findings, "uitkomst", f"uitkomst[{number}].punten_per_criterium.{code}", *values)


def _lots_in_doubt(world: World) -> bool:
    rules, bids = counting.award_rules(world), counting.bids(world)
    if rules is None or bids is None:
        return True
    tied = [code for group in points.drawing_needed(bids, rules) for code in group]
    return sorted(tied) != sorted(world["gunning"].get("loting", ()))


def compare_winner(world: World, findings: Findings) -> None:
    results = counting.standing(world)
    if results is None:
        return
    if counting.winner(results) is None:
        text = (
            f"Hier staat {world['gunning']['winnaar']}, maar berekend is niets: "
            "geen inschrijving haalt de minimale kwaliteit."
        )
        findings.wrong("gunning", "gunning.winnaar", text)
    elif not _lots_in_doubt(world):
        same(findings, "gunning", "gunning.winnaar", world["gunning"]["winnaar"], counting.winner(results))


def compare_look_backs(world: World, findings: Findings) -> None:
    yearly = counting.yearly_look_back(world)
    for item in world["terugblik"]:
        same(findings, "terugblik", f"{item['id']} totaal", item["totaal"], len(world["punten"]))
        if item["id"] == yearly:
            place, count = f"{yearly} doorgegaan_of_instemming", counting.still_there(world)
            same(findings, "terugblik", place, item["doorgegaan_of_instemming"], count)


def compare_traces(world: World, findings: Findings) -> None:
    same(findings, "toelichting", "toelichting", world["toelichting"], counting.TRACE_NOTE)
    computed = counting.sporen(world, world.traces)
    order, found = ([row["behoefte"] for row in rows] for rows in (computed, world["sporen"]))
    if found != order:
        same(findings, "sporen", "sporen", found, order)
        return
    for number, (row, right) in enumerate(zip(world["sporen"], computed, strict=True), 1):
        for name in dict.fromkeys([*right, *row]):
            same(findings, "sporen", f"sporen[{number}].{name}", row.get(name), right.get(name))
