"""A neighbourhood may stop at any step; what hangs on a step that is not there is empty (FORMAT §18)."""

from __future__ import annotations

from wijkplatform.exchange.world import Findings, World

HANGS_ON = {
    "plan": ("secties",),
    "criteria_set": ("criteria",),
    "uitvraag": ("artikelen", "reacties"),
    "gunning": ("inschrijvingen", "individuele_scores", "consensus", "uitkomst"),
    "overeenkomst": ("afspraken",),
    "overdracht": ("punten",),
}
AWARD_NEEDS = ("criteria_set", "uitvraag", "nota_van_inlichtingen", "planning")


def nothing_hangs_in_the_air(world: World, findings: Findings) -> None:
    for step, blocks in HANGS_ON.items():
        if world[step] is None:
            for block in blocks:
                if world[block]:
                    findings.wrong(block, block, f"Dit blok moet leeg zijn zolang {step} er nog niet is (null).")


def award_stands_on_its_steps(world: World, findings: Findings) -> None:
    if world["gunning"] is not None:
        for step in AWARD_NEEDS:
            if world[step] is None:
                findings.wrong(step, step, "Er is een gunning, dus dit blok mag niet leeg zijn. Vul het in.")


RULES = (nothing_hangs_in_the_air, award_stands_on_its_steps)
