"""File 09: planning, who may assess, bids in time, complete scores on the scale, lots only for a real tie."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from wijkplatform.assessment import points
from wijkplatform.exchange import counting
from wijkplatform.exchange.fields import AMSTERDAM, offsets_on, show
from wijkplatform.exchange.rules.area import in_order
from wijkplatform.exchange.world import Findings, World


def _days_after(day: date, days: int) -> date | None:
    """None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def planning(world: World, findings: Findings) -> None:
    plan = world["planning"]
    if plan is None:
        return
    steps = ("beoordelen_van", "beoordelen_tot", "consensus", "gunningsbeslissing_verzonden")
    in_order(findings, "planning", plan, "planning.", steps)
    last, days = plan["laatste_dag_termijn"], plan["opschortende_termijn_dagen"]
    earliest = _days_after(plan["gunningsbeslissing_verzonden"], days)
    if earliest is None:
        findings.wrong("planning", "planning.opschortende_termijn_dagen", f"{days} dagen is te lang.")
    elif last < earliest:
        text = f"{last} is te vroeg: {days} dagen na het versturen is {earliest}."
        findings.wrong("planning", "planning.laatste_dag_termijn", text)
    start = _days_after(last, 1)
    if plan["contract_vanaf"] != start:
        text = f"Hier staat {plan['contract_vanaf']}, maar de dag na laatste_dag_termijn is {start}."
        findings.wrong("planning", "planning.contract_vanaf", text)
    in_order(findings, "planning", plan, "planning.", ("contract_vanaf", "contract_getekend"))


def assessors(world: World, findings: Findings) -> None:
    known = world.by_id("beoordelaars")
    for person in world["beoordelaars"]:
        place, may = person["id"], person["mag_beoordelen"]
        if may == ("band_met" in person):
            text = (
                f"{place} heeft een band en mag dus niet beoordelen."
                if may
                else f"{place} heeft geen band en mag dus beoordelen."
            )
            findings.wrong("beoordelaars", f"{place} mag_beoordelen", f"{text} Maak dit gelijk aan band_met.")
        other = known.get(person.get("vervangen_door", ""))
        if other is not None and may:
            text = f"{place} mag zelf beoordelen en hoeft geen vervanger. Haal vervangen_door weg."
            findings.wrong("beoordelaars", f"{place} vervangen_door", text)
        elif other is not None and not other["mag_beoordelen"]:
            text = f"{other['id']} mag niet beoordelen en kan dus niet vervangen."
            findings.wrong("beoordelaars", f"{place} vervangen_door", text)


def bids_in_time(world: World, findings: Findings) -> None:
    note = world["nota_van_inlichtingen"]
    if note is None:
        return
    day, moment = note["uiterste_inschrijfdatum"], note["uiterste_inschrijftijd"]
    if len(offsets_on(day, moment.clock)) != 1:
        return  # no such instant; reported with the note
    closing = moment.on(day)
    for bid in world["inschrijvingen"]:
        if bid["ontvangen"] > closing:
            text = f"Deze inschrijving is te laat: inschrijven kon tot {closing.astimezone(AMSTERDAM).isoformat()}."
            findings.wrong("inschrijvingen", f"{bid['id']} ontvangen", text)


def on_the_scale(world: World, findings: Findings) -> None:
    if world["criteria_set"] is None:
        return
    scale = world["criteria_set"]["schaal"]
    text = f"Kies een getal van de schaal: {', '.join(show(step) for step in scale)}."
    for number, item in enumerate(world["individuele_scores"], 1):
        if item["score"] not in scale:
            findings.wrong(
                "individuele_scores",
                f"individuele_scores[{number}].score",
                f"{show(item['score'])} kan niet. {text}",
            )
    for bid, scores in world["consensus"].items():
        for code, item in scores.items():
            if item["score"] not in scale:
                findings.wrong("consensus", f"consensus.{bid}.{code}.score", f"{show(item['score'])} kan niet. {text}")


def individual_scores_complete(world: World, findings: Findings) -> None:
    """Exactly one for every bid × assessor who may assess × quality criterion."""
    if world["gunning"] is None:
        return
    may = [item["id"] for item in world["beoordelaars"] if item["mag_beoordelen"]]
    quality = [item["id"] for item in world.quality]
    wanted = {(bid["id"], who, code) for bid in world["inschrijvingen"] for who in may for code in quality}
    seen: Counter[tuple[str, str, str]] = Counter()
    for number, item in enumerate(world["individuele_scores"], 1):
        key = (item["inschrijving"], item["beoordelaar"], item["criterium"])
        seen[key] += 1
        place = f"individuele_scores[{number}]"
        if key not in wanted:
            field, text = _not_wanted(key, world, may)
            if field:
                findings.wrong("individuele_scores", f"{place}.{field}", text)
        elif seen[key] > 1:
            text = f"De score van {key[1]} voor {key[0]} op {key[2]} staat er twee keer. Laat er één staan."
            findings.wrong("individuele_scores", place, text)
    for bid, who, code in sorted(wanted - set(seen)):
        text = f"De score van {who} voor {bid} op {code} ontbreekt. Vul hem in."
        findings.wrong("individuele_scores", "individuele_scores", text)


def _not_wanted(key: tuple[str, str, str], world: World, may: list[str]) -> tuple[str, str]:
    """Which field is to blame; nothing when it is a dangling reference, reported as such."""
    _, who, code = key
    if who in world.by_id("beoordelaars") and who not in may:
        return "beoordelaar", f"{who} mag niet beoordelen. Haal deze score weg."
    if code in world.by_id("criteria") and world.by_id("criteria")[code]["soort"] != "kwaliteit":
        return "criterium", f"{code} is geen kwaliteitscriterium. Haal deze score weg."
    return "", ""


def consensus_complete(world: World, findings: Findings) -> None:
    if world["gunning"] is None:
        return
    quality = [item["id"] for item in world.quality]
    for bid in world["inschrijvingen"]:
        scores = world["consensus"].get(bid["id"])
        if scores is None:
            findings.wrong("consensus", f"consensus.{bid['id']}", f"De consensus over {bid['id']} ontbreekt.")
            continue
        for code in quality:
            if code not in scores:
                text = f"De consensus over {bid['id']} op {code} ontbreekt. Vul hem in."
                findings.wrong("consensus", f"consensus.{bid['id']}.{code}", text)
    for bid_code, scores in world["consensus"].items():
        for code in scores:
            if code in world.by_id("criteria") and code not in quality:
                text = f"{code} is geen kwaliteitscriterium. Haal deze score weg."
                findings.wrong("consensus", f"consensus.{bid_code}.{code}", text)


def consensus_within_scores(world: World, findings: Findings) -> None:
    bounds: dict[tuple[str, str], tuple[object, object]] = {}
    for item in world["individuele_scores"]:
        key, score = (item["inschrijving"], item["criterium"]), item["score"]
        low, high = bounds.get(key, (score, score))
        bounds[key] = (min(low, score), max(high, score))
    for bid, scores in world["consensus"].items():
        for code, item in scores.items():
            low, high = bounds.get((bid, code), (item["score"], item["score"]))
            if not low <= item["score"] <= high:
                text = f"{show(item['score'])} ligt buiten de losse scores ({show(low)} tot en met {show(high)})."
                findings.note("consensus", f"consensus.{bid}.{code}.score", text)


def lots(world: World, findings: Findings) -> None:
    """Drawing lots is there when a tie between ranked bids reaches it, and only then."""
    rules, bids = counting.award_rules(world), counting.bids(world)
    if rules is None or bids is None:
        return
    drawn = world["gunning"].get("loting", [])
    tied = [code for group in points.drawing_needed(bids, rules) for code in group]
    if tied and not drawn:
        text = f"{', '.join(tied)} staan gelijk. Zet hier de volgorde van de loting."
    elif drawn and not tied:
        text = "Er is geen gelijkspel dat de loting bereikt. Haal de loting weg."
    elif sorted(drawn) != sorted(tied):
        text = f"De loting gaat over {', '.join(tied)} en over niemand anders."
    else:
        return
    findings.wrong("gunning", "gunning.loting", text)


def below_minimum(world: World, findings: Findings) -> None:
    for number, result in enumerate(counting.standing(world) or (), 1):
        if result.rank is None:
            text = f"{result.bid.code} haalt de minimale kwaliteit niet en kan niet winnen."
            findings.note("uitkomst", f"uitkomst[{number}]", text)


RULES = (
    planning,
    assessors,
    bids_in_time,
    on_the_scale,
    individual_scores_complete,
    consensus_complete,
    consensus_within_scores,
    lots,
    below_minimum,
)
