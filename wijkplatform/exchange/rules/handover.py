"""Files 13 and 14: the handover in order of time, and grey areas with or without an owner."""

from __future__ import annotations

from wijkplatform.exchange.rules.area import in_order
from wijkplatform.exchange.world import Findings, World


def handover_dates(world: World, findings: Findings) -> None:
    found = world["overdracht"]
    if found is not None:
        in_order(findings, "overdracht", found, f"{found['id']} ", ("start", "wisseldatum", "einde"))


def grey_areas(world: World, findings: Findings) -> None:
    for item in world["kwesties"]:
        nobody, solved = item["status"] == "niemand", item["status"] == "opgelost"
        if nobody and "eigenaar" in item:
            text = "De status is niemand. Haal de eigenaar weg of verander de status."
            findings.wrong("kwesties", f"{item['id']} eigenaar", text)
        elif not nobody and "eigenaar" not in item:
            text = f"Bij status {item['status']} hoort een eigenaar. Vul die in."
            findings.wrong("kwesties", f"{item['id']} eigenaar", text)
        if solved and "opgelost" not in item:
            text = "De status is opgelost. Vul de dag in waarop het is opgelost."
            findings.wrong("kwesties", f"{item['id']} opgelost", text)
        elif not solved and "opgelost" in item:
            text = f"De status is {item['status']}. Haal de dag van de oplossing weg."
            findings.wrong("kwesties", f"{item['id']} opgelost", text)


RULES = (handover_dates, grey_areas)
