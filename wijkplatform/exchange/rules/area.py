"""Files 00, 01 and 02, and clock times: periods that do not run backwards, times that exist."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from wijkplatform.exchange import versions
from wijkplatform.exchange.fields import Time, offsets_on
from wijkplatform.exchange.world import Findings, World


def in_order(
    findings: Findings,
    block: str,
    item: Mapping[str, Any],
    base: str,
    fields: tuple[str, ...],
    *,
    strictly: bool = False,
) -> None:
    """These dates do not run backwards (`strictly`: nor are they equal); absent ones are skipped."""
    present = [name for name in fields if name in item]
    for earlier, later in pairwise(present):
        if item[later] < item[earlier] or (strictly and item[later] == item[earlier]):
            word = "na" if strictly else "op of na"
            text = f"{item[later]} moet {word} {earlier} ({item[earlier]}) liggen."
            findings.wrong(block, f"{base}{later}", text)


def plan_period(world: World, findings: Findings) -> None:
    area = world["wijk"]
    in_order(findings, "wijk", area["planperiode"], f"{area['id']} planperiode.", ("start", "eind"))


def mandates_run_forward(world: World, findings: Findings) -> None:
    for person in world["personen"]:
        for number, mandate in enumerate(person["mandaten"], 1):
            in_order(findings, "personen", mandate, f"{person['id']} mandaten[{number}].", ("vanaf", "tot"))


def clock_times_exist(world: World, findings: Findings) -> None:
    """Spring skips an hour; autumn has one twice, and then the time says which it is."""
    for block in ("inspraakmomenten", "reacties", "gesprekken"):
        for item in world[block]:
            if "tijd" in item:
                sentence = wrong_time(item["tijd"], item["datum"])
                if sentence:
                    findings.wrong(block, f"{item['id']} tijd", sentence)


def wrong_time(moment: Time, day: Any) -> str:
    """What is wrong with this clock time on this day; empty when nothing is."""
    clock = Time(moment.clock)
    offsets = [round(offset.total_seconds() / 3600) for offset in offsets_on(day, moment.clock)]
    if not offsets:
        return f"De tijd {clock} bestaat niet op {day}: die nacht gaat de klok een uur vooruit."
    if len(offsets) == 1:
        return (
            ""
            if moment.offset is None
            else f"De tijd {clock} komt op {day} één keer voor. Laat +0{moment.offset}:00 weg."
        )
    if moment.offset is None:
        return f"De tijd {clock} komt op {day} twee keer voor. Zet er +02:00 (de eerste) of +01:00 (de tweede) achter."
    return ""


def of_its_version(world: World, findings: Findings) -> None:
    """A field that came with a later version is unknown in an older one."""
    if world["formaat"] >= 2:
        return
    for block, names in versions.SECOND.items():
        for item in world[block]:
            for name in names:
                if name in item:
                    text = "Dit veld kent het formaat pas vanaf versie 2. Schrijf bovenaan 00_gebied.yaml: formaat: 2."
                    findings.wrong(block, f"{item['id']} {name}", text)


RULES = (of_its_version, plan_period, mandates_run_forward, clock_times_exist)
