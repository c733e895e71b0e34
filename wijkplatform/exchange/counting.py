"""From the data of the files to the arithmetic of points and traces, and back: what is computed (FORMAT §18).

Takes anything that gives a block by its name (`world["criteria"]`), so it serves import and export alike.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from wijkplatform.assessment import points
from wijkplatform.exchange.tables import VERDICTS
from wijkplatform.influence import traces

Item = dict[str, Any]
TRACE_NOTE = "Het verwachte spoor per behoefte, berekend uit de andere bestanden. Handig om de software aan te toetsen."


class Blocks(Protocol):
    def __getitem__(self, block: str) -> Any: ...


# 08: how the remarks were weighed --------------------------------------------------------------------------


def tallies(blocks: Blocks) -> dict[str, int]:
    """Per verdict the number of remarks, replies included."""
    result = dict.fromkeys(VERDICTS, 0)
    for remark in blocks["reacties"]:
        if "afweging" in remark:
            result[remark["afweging"]] += 1
    return result


# 09: points and rank ---------------------------------------------------------------------------------------


def award_rules(blocks: Blocks) -> points.Rules | None:
    """The published rules of the award; None while they are not fit to count with."""
    found = blocks["criteria_set"]
    if found is None or blocks["gunning"] is None:
        return None
    criteria = [points.Criterion(item["id"], item["gewicht"], item["soort"] == "prijs") for item in blocks["criteria"]]
    quality = {item.code for item in criteria if not item.is_price}
    ties = [code for code in found["gelijkspel"] if code in quality]
    ceiling, bottom = found["prijs_plafond_per_jaar"], found["prijs_bodem_per_jaar"]
    highest = max(found["schaal"], default=Decimal())
    if highest <= 0 or bottom >= ceiling or len(quality) != len(criteria) - 1:
        return None
    return points.Rules(criteria, highest, ceiling, bottom, found["minimum_totaal_kwaliteit"], ties)


def bids(blocks: Blocks) -> list[points.Bid] | None:
    """The bids with their consensus scores; None when a score is missing."""
    quality = [item["id"] for item in blocks["criteria"] if item["soort"] == "kwaliteit"]
    result = []
    for bid in blocks["inschrijvingen"]:
        scores = {code: item["score"] for code, item in blocks["consensus"].get(bid["id"], {}).items()}
        if any(code not in scores for code in quality):
            return None
        result.append(points.Bid(bid["id"], bid["prijs_per_jaar"], scores))
    return result


def standing(blocks: Blocks) -> list[points.Result] | None:
    """All bids in order of rank; None when it cannot be counted."""
    rules, offers = award_rules(blocks), bids(blocks)
    if rules is None or offers is None:
        return None
    return points.standing(offers, rules, blocks["gunning"].get("loting", ()))


def outcome(results: list[points.Result]) -> list[Item]:
    """The block `uitkomst`: every figure rounded on its own, from the exact one."""
    rows: list[Item] = []
    for result in results:
        row: Item = {
            "inschrijving": result.bid.code,
            "punten_per_criterium": {code: points.printed(value) for code, value in result.points.items()},
            "kwaliteit": points.printed(result.quality),
            "prijs": points.printed(result.price),
            "totaal": points.printed(result.total),
        }
        rows.append(row if result.rank is None else {**row, "rang": result.rank})
    return rows


def winner(results: list[points.Result] | None) -> str | None:
    return results[0].bid.code if results and results[0].rank == 1 else None


# 13: what was still there after a year ---------------------------------------------------------------------


def a_year_after(day: date) -> date:
    """The same day a year later; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28) if day.year < date.max.year else date.max


def yearly_look_back(blocks: Blocks) -> str | None:
    """The id of the first look back one year or more after the change of hands."""
    if blocks["overdracht"] is None:
        return None
    from_day = a_year_after(blocks["overdracht"]["wisseldatum"])
    late = [item for item in blocks["terugblik"] if item["datum"] >= from_day]
    return min(late, key=lambda item: item["datum"])["id"] if late else None


def still_there(blocks: Blocks) -> int:
    """Points that run after a year, or that stopped with everybody's consent."""
    good = ("loopt", "gestopt met instemming")
    return sum(1 for item in blocks["punten"] if item.get("stand_12_maanden") in good)


# 15: the trace of every need -------------------------------------------------------------------------------


def links(blocks: Blocks) -> traces.Links:
    def linked(block: str, *fields: str) -> list[traces.Linked]:
        return [traces.Linked(item["id"], _names(item, *fields)) for item in blocks[block]]

    return traces.Links(
        sections=linked("secties", "behoeften"),
        criteria=linked("criteria", "secties"),
        articles=linked("artikelen", "secties"),
        remarks=linked("reacties", "behoefte"),
        agreements=linked("afspraken", "behoeften"),
        reports=[
            traces.Report(talk["id"], item["afspraak"], item["waarde"], item["beeld"])
            for talk in blocks["gesprekken"]
            for item in talk["standen"]
        ],
        adjustments=linked("aanpassingen", "afspraak"),
        winner_scores=_winner_scores(blocks),
    )


def _names(item: Item, field: str) -> list[str]:
    found = item.get(field)
    return found if isinstance(found, list) else [] if found is None else [found]


def _winner_scores(blocks: Blocks) -> dict[str, Decimal]:
    if blocks["gunning"] is None:
        return {}
    best = winner(standing(blocks)) or blocks["gunning"].get("winnaar")
    quality = {item["id"] for item in blocks["criteria"] if item["soort"] == "kwaliteit"}
    return {code: item["score"] for code, item in blocks["consensus"].get(best, {}).items() if code in quality}


def traces_of(blocks: Blocks) -> list[traces.Trace]:
    return traces.traces([need["id"] for need in blocks["behoeften"]], links(blocks))


def sporen(blocks: Blocks, found: list[traces.Trace]) -> list[Item]:
    """The block `sporen` of file 15."""
    return [_spoor(need, trace) for need, trace in zip(blocks["behoeften"], found, strict=True)]


def _spoor(need: Item, trace: traces.Trace) -> Item:
    row: Item = {
        "behoefte": trace.need,
        "titel": need["titel"],
        "plansecties": trace.sections,
        "criteria": trace.criteria,
        "artikelen": trace.articles,
        "reacties": trace.remarks,
        "scores_winnaar": trace.scores,
        "afspraken": trace.agreements,
        "verslagen": [
            {"gesprek": r.conversation, "afspraak": r.agreement, "waarde": r.value, "beeld": r.picture}
            for r in trace.reports
        ],
        "aanpassingen": trace.adjustments,
    }
    return row if trace.dead_end is None else {**row, "einde_van_het_spoor": trace.dead_end}
