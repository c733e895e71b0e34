"""File 05: the scale, the weights that are together 100 — now, and before each change — and the tie order."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from wijkplatform.exchange.fields import show
from wijkplatform.exchange.world import Findings, World

TOTAL = Decimal(100)
LOTS = "loting"


def scale(world: World, findings: Findings) -> None:
    found = world["criteria_set"]
    if found is None:
        return
    steps, place = found["schaal"], found["id"]
    rising = all(low < high for low, high in pairwise(steps))
    if len(steps) < 2 or steps[0] != 0 or not rising:
        findings.wrong(
            "criteria_set", f"{place} schaal", "De schaal begint bij 0 en loopt op, bijvoorbeeld [0, 5, 10]."
        )
    for step in steps:
        if step not in found["schaal_uitleg"]:
            findings.wrong("criteria_set", f"{place} schaal_uitleg", f"De uitleg van {show(step)} ontbreekt.")
    for step in found["schaal_uitleg"]:
        if step not in steps:
            text = f"{show(step)} staat niet in de schaal. Haal deze uitleg weg."
            findings.wrong("criteria_set", f"{place} schaal_uitleg.{show(step)}", text)


def price_bounds(world: World, findings: Findings) -> None:
    found = world["criteria_set"]
    if found is not None and found["prijs_bodem_per_jaar"] >= found["prijs_plafond_per_jaar"]:
        text = f"De bodem ({show(found['prijs_bodem_per_jaar'])}) moet lager zijn dan het plafond " + (
            f"({show(found['prijs_plafond_per_jaar'])})."
        )
        findings.wrong("criteria_set", f"{found['id']} prijs_bodem_per_jaar", text)


def tie_order(world: World, findings: Findings) -> None:
    found = world["criteria_set"]
    if found is None:
        return
    place, order = f"{found['id']} gelijkspel", found["gelijkspel"]
    if not order or order[-1] != LOTS:
        findings.wrong("criteria_set", place, "Zet loting als laatste in deze lijst, bijvoorbeeld [K1, K2, loting].")
    named = [item for item in order if item != LOTS] if order[-1:] != [LOTS] else order[:-1]
    quality = {item["id"] for item in world.quality}
    for item in dict.fromkeys(named):
        if named.count(item) > 1:
            findings.wrong("criteria_set", place, f"{item} staat twee keer in deze lijst. Laat er één staan.")
        if item not in quality:
            findings.wrong(
                "criteria_set", place, f"{item} is geen kwaliteitscriterium. Noem alleen kwaliteitscriteria."
            )


def weights(world: World, findings: Findings) -> None:
    found = world["criteria_set"]
    if found is None:
        return
    if found["totaal_gewicht"] != TOTAL:
        text = f"Het totaal is 100, niet {show(found['totaal_gewicht'])}."
        findings.wrong("criteria_set", f"{found['id']} totaal_gewicht", text)
    total = sum((item["gewicht"] for item in world["criteria"]), Decimal())
    if total != TOTAL:
        text = f"De gewichten zijn samen {show(total)}. Maak ze samen precies 100."
        findings.wrong("criteria", "criteria", text)
    prices = [item["id"] for item in world["criteria"] if item["soort"] == "prijs"]
    if len(prices) != 1:
        text = f"Er moet precies één prijscriterium zijn; er zijn er {len(prices)}."
        findings.wrong("criteria", f"{prices[1]} soort" if prices else "criteria", text)


def weights_before_the_changes(world: World, findings: Findings) -> None:
    """Undone from the last to the first, every change leads back to weights that were 100 together."""
    if world["criteria_set"] is None:
        return
    held = {item["id"]: item["gewicht"] for item in world["criteria"]}
    start = sum(held.values(), Decimal())
    for number in range(len(world["wijzigingen"]), 0, -1):
        change = world["wijzigingen"][number - 1]
        which, place = change["criterium"], f"wijzigingen[{number}].naar_gewicht"
        if which not in held:
            return  # a dangling reference, reported as such
        if change["naar_gewicht"] != held[which]:
            text = f"Hier staat {show(change['naar_gewicht'])}, maar {which} had daarna gewicht {show(held[which])}."
            findings.wrong("wijzigingen", place, text)
        held[which] = change["van_gewicht"]
    total = sum(held.values(), Decimal())
    if world["wijzigingen"] and start == TOTAL and total != TOTAL:
        text = f"Vóór de wijzigingen waren de gewichten samen {show(total)}. Dat moet precies 100 zijn."
        findings.wrong("wijzigingen", "wijzigingen", text)


RULES = (scale, price_bounds, tie_order, weights, weights_before_the_changes)
