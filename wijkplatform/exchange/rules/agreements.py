"""Files 10, 11 and 12: the contract, what was agreed, what was reported on it, and how it was adjusted."""

from __future__ import annotations

import re
from decimal import Decimal

from wijkplatform.exchange import counting
from wijkplatform.exchange.fields import show
from wijkplatform.exchange.rules.area import in_order
from wijkplatform.exchange.world import Findings, Item, World

_COUNT_OF = re.compile(r"aantal van (0|[1-9][0-9]{0,14})")


def contract(world: World, findings: Findings) -> None:
    found = world["overeenkomst"]
    if found is None:
        return
    in_order(findings, "overeenkomst", found, f"{found['id']} ", ("start", "eind"), strictly=True)
    dates = [talk["datum"] for talk in world["gesprekken"]]
    if found["gesprekken"][: len(dates)] != dates:
        text = (
            f"Begin met de dagen van de gesprekken die al zijn gehouden, in hun volgorde: {', '.join(map(str, dates))}."
        )
        findings.wrong("overeenkomst", f"{found['id']} gesprekken", text)


def contract_follows_award(world: World, findings: Findings) -> None:
    found = world["overeenkomst"]
    if found is None:
        return
    place, bid = f"{found['id']} inschrijving", found.get("inschrijving")
    if world["gunning"] is None:
        if bid is not None:
            findings.wrong("overeenkomst", place, "Er is geen gunning. Haal de inschrijving hier weg.")
        return
    winner = counting.winner(counting.standing(world)) or world["gunning"]["winnaar"]
    if bid != winner:
        text = f"Hier hoort de winnaar te staan: {winner}" + (f", niet {bid}." if bid else ".")
        findings.wrong("overeenkomst", place, text)
    won = world.by_id("inschrijvingen").get(winner)
    if won is not None and found["opdrachtnemer"] != won["organisatie"]:
        text = f"Hier hoort de organisatie van {winner} te staan: {won['organisatie']}, niet {found['opdrachtnemer']}."
        findings.wrong("overeenkomst", f"{found['id']} opdrachtnemer", text)


def milestones_within(world: World, findings: Findings) -> None:
    found = world["overeenkomst"]
    for item in world["afspraken"] if found is not None else ():
        for number, milestone in enumerate(item["mijlpalen"], 1):
            if not found["start"] <= milestone["datum"] <= found["eind"]:
                text = (
                    f"{milestone['datum']} valt buiten de overeenkomst ({found['start']} tot en met {found['eind']})."
                )
                findings.wrong("afspraken", f"{item['id']} mijlpalen[{number}].datum", text)


def _outside_unit(unit: str, value: Decimal | None) -> str:
    """`procent` holds 0–100, `aantal van N` 0–N; other units are free."""
    counted = _COUNT_OF.fullmatch(unit)
    highest = Decimal(100) if unit == "procent" else Decimal(counted[1]) if counted else None
    if value is None or highest is None or 0 <= value <= highest:
        return ""
    return f"{show(value)} kan niet bij de eenheid {show(unit)}. Kies een getal van 0 tot en met {show(highest)}."


def values_fit_units(world: World, findings: Findings) -> None:
    units = {}
    for item in world["afspraken"]:
        indicator, helper = item["indicator"], item.get("hulpindicator")
        units[item["id"]] = indicator["eenheid"]
        checks = [(f"indicator.{name}", indicator.get(name)) for name in ("nulmeting", "streefwaarde")]
        for place, value in checks:
            _say(findings, "afspraken", f"{item['id']} {place}", _outside_unit(indicator["eenheid"], value))
        for number, step in enumerate(helper["verloop"] if helper else (), 1):
            place = f"{item['id']} hulpindicator.verloop[{number}].waarde"
            _say(findings, "afspraken", place, _outside_unit(helper["eenheid"], step.get("waarde")))
    for talk in world["gesprekken"]:
        for number, state in enumerate(talk["standen"], 1):
            text = _outside_unit(units.get(state["afspraak"], ""), state["waarde"])
            _say(findings, "gesprekken", f"{talk['id']} standen[{number}].waarde", text)


def _say(findings: Findings, block: str, place: str, text: str) -> None:
    if text:
        findings.wrong(block, place, text)


def helper_course(world: World, findings: Findings) -> None:
    """It rises by date; the first step stands by itself, each later one names the adjustment that made it."""
    for item in world["afspraken"]:
        before = None
        for number, step in enumerate(item.get("hulpindicator", {"verloop": ()})["verloop"], 1):
            place = f"{item['id']} hulpindicator.verloop[{number}]"
            if before is not None and step["vanaf"] <= before:
                text = f"{step['vanaf']} moet na {before} liggen."
                findings.wrong("afspraken", f"{place}.vanaf", text)
            before = step["vanaf"]
            _say(findings, "afspraken", f"{place}.aanpassing", _wrong_adjustment(world, item, step, number))


def _wrong_adjustment(world: World, item: Item, step: Item, number: int) -> str:
    code = step.get("aanpassing")
    if number == 1:
        return "Het begin heeft geen aanpassing. Haal haar hier weg." if code else ""
    if code is None:
        return "Hier ontbreekt de aanpassing waardoor dit veranderde. Vul haar in."
    found = world.by_id("aanpassingen").get(code)
    if found is None:
        return ""  # a dangling reference, reported as such
    if found["afspraak"] != item["id"]:
        return f"{code} gaat over {found['afspraak']}, niet over {item['id']}."
    if found["besluit"] != "akkoord":
        return f"{code} is afgewezen en verandert dus niets."
    if found.get("ingangsdatum") != step["vanaf"]:
        return f"{code} gaat in op {found.get('ingangsdatum')}, niet op {step['vanaf']}."
    return ""


def agreements_worth_a_look(world: World, findings: Findings) -> None:
    for item in world["afspraken"]:
        helper = item.get("hulpindicator", item["indicator"])
        if item["indicator"]["soort"] == helper["soort"] == "output":
            findings.note(
                "afspraken",
                f"{item['id']} indicator.soort",
                "Deze afspraak heeft alleen een outputindicator.",
            )
        if "nulmeting" not in item["indicator"]:
            findings.note("afspraken", f"{item['id']} indicator.nulmeting", "Er is geen nulmeting.")
        if not item["behoeften"]:
            findings.note("afspraken", f"{item['id']} behoeften", "Deze afspraak hoort bij geen enkele behoefte.")
        traces = [world.trace_of[need] for need in item["behoeften"] if need in world.trace_of]
        for name, on_trace in (
            ("artikelen", {code for trace in traces for code in trace.articles}),
            ("criteria", {code for trace in traces for code in trace.criteria}),
        ):
            for code in item[name]:
                if code not in on_trace:
                    text = f"{code} ligt niet op het spoor van de behoeften van deze afspraak."
                    findings.note("afspraken", f"{item['id']} {name}", text)


def reported_once(world: World, findings: Findings) -> None:
    for talk in world["gesprekken"]:
        seen: set[str] = set()
        for number, state in enumerate(talk["standen"], 1):
            if state["afspraak"] in seen:
                text = f"{state['afspraak']} heeft in dit gesprek al een stand. Laat er één staan."
                findings.wrong("gesprekken", f"{talk['id']} standen[{number}].afspraak", text)
            seen.add(state["afspraak"])


def adjustments(world: World, findings: Findings) -> None:
    for item in world["aanpassingen"]:
        place = item["id"]
        in_order(findings, "aanpassingen", item, f"{place} ", ("aangevraagd", "gesprek", "besloten"))
        agreement = world.by_id("afspraken").get(item["afspraak"])
        if agreement is not None and item["oorspronkelijk_doel"] != agreement["doel"]:
            text = f"Dit is niet precies het doel van {agreement['id']}. Neem dat doel letterlijk over."
            findings.wrong("aanpassingen", f"{place} oorspronkelijk_doel", text)
        if item["besluit"] == "akkoord" and "ingangsdatum" not in item:
            findings.wrong("aanpassingen", f"{place} ingangsdatum", "Het besluit is akkoord. Vul de ingangsdatum in.")
        if item["besluit"] == "afgewezen" and "ingangsdatum" in item:
            text = "Het besluit is afgewezen. Haal de ingangsdatum weg."
            findings.wrong("aanpassingen", f"{place} ingangsdatum", text)
        if item["besluit"] == "afgewezen" and "motivering_besluit" not in item:
            text = "Het besluit is afgewezen. Schrijf op waarom."
            findings.wrong("aanpassingen", f"{place} motivering_besluit", text)


def chain_of_texts(world: World, findings: Findings) -> None:
    """The old text is the new text of the last agreed adjustment; without one it is free."""
    latest: dict[str, Item] = {}
    for item in world["aanpassingen"]:
        before = latest.get(item["afspraak"])
        if before is not None and item["oude_tekst"] != before["nieuwe_tekst"]:
            text = f"Dit is niet de nieuwe tekst van {before['id']}. Neem die letterlijk over."
            findings.wrong("aanpassingen", f"{item['id']} oude_tekst", text)
        if item["besluit"] == "akkoord":
            latest[item["afspraak"]] = item


RULES = (
    contract,
    contract_follows_award,
    milestones_within,
    values_fit_units,
    helper_course,
    agreements_worth_a_look,
    reported_once,
    adjustments,
    chain_of_texts,
)
