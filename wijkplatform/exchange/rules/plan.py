"""File 04, and what plan and call share: numbered versions and the texts of older versions (FORMAT §6)."""

from __future__ import annotations

from collections.abc import Mapping

from wijkplatform.exchange.world import Findings, Item, World

Wording = tuple[str, str | None]  # title and text; no text: it did not exist yet


def versions(findings: Findings, block: str, owner: Item) -> None:
    """Numbers 1, 2, 3 …; dates that do not go back."""
    before = None
    for number, version in enumerate(owner["versies"], 1):
        place = f"{owner['id']} versies[{number}]"
        if version["nummer"] != number:
            findings.wrong(block, f"{place}.nummer", f"Versie {version['nummer']} moet hier nummer {number} hebben.")
        if before is not None and version["datum"] < before:
            findings.wrong(block, f"{place}.datum", f"{version['datum']} ligt vóór de vorige versie ({before}).")
        before = version["datum"]


def wordings(item: Item, anchors: Mapping[int, str | None]) -> dict[int, Wording]:
    """Title and text of every version up to the last. `anchors` gives the text of the versions that have
    theirs on the object itself; a version without an entry has that of the next newer one."""
    entries = {entry["versie"]: entry for entry in item.get("versie_teksten", ())}
    result: dict[int, Wording] = {}
    newer: Wording = (item["titel"], None)
    for version in range(max(anchors), 0, -1):
        if version in anchors:
            newer = (item["titel"], anchors[version])
        elif version in entries:
            newer = (entries[version].get("titel", item["titel"]), entries[version].get("tekst"))
        result[version] = newer
    return result


def older_texts(findings: Findings, block: str, item: Item, anchors: Mapping[int, str | None]) -> None:
    """Entries rise, name an older version, and differ in title or text from the next newer one."""
    known = wordings(item, anchors) if item.get("versie_teksten") else {}
    before = 0
    for number, entry in enumerate(item.get("versie_teksten", ()), 1):
        version, place = entry["versie"], f"{item['id']} versie_teksten[{number}].versie"
        if version <= before:
            findings.wrong(block, place, f"Versie {version} staat niet op volgorde. Zet de versies van laag naar hoog.")
        elif version > max(anchors):
            findings.wrong(block, place, f"Versie {version} bestaat niet.")
        elif version in anchors:
            text = f"De tekst van versie {version} staat al bij {item['id']} zelf. Haal deze oude tekst weg."
            findings.wrong(block, place, text)
        elif known[version] == known[version + 1]:
            text = f"Versie {version} is gelijk aan de versie erna. Haal deze oude tekst weg."
            findings.wrong(block, place, text)
        before = max(before, version)


def plan_versions(world: World, findings: Findings) -> None:
    plan = world["plan"]
    if plan is None:
        return
    versions(findings, "plan", plan)
    last = plan["versies"][-1]
    if plan["status"] != last["status"]:
        text = f"Hier staat {plan['status']}, maar de laatste versie is {last['status']}. Maak ze gelijk."
        findings.wrong("plan", f"{plan['id']} status", text)


def section_texts(world: World, findings: Findings) -> None:
    if world["plan"] is not None:
        last = len(world["plan"]["versies"])
        for section in world["secties"]:
            older_texts(findings, "secties", section, {last: section["tekst"]})


RULES = (plan_versions, section_texts)
