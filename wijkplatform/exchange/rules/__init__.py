"""Round two: references and the rules between fields, one file per part of the circle.

Every rule is a function of (world, findings); it reads like the sentence of docs/FORMAT.md that it keeps.
"""

from __future__ import annotations

from wijkplatform.exchange.rules import (
    agreements,
    area,
    award,
    call,
    criteria,
    halfway,
    handover,
    plan,
    references,
)
from wijkplatform.exchange.rules import remarks as remark_rules
from wijkplatform.exchange.world import Findings, World

RULES = (
    *references.RULES,
    *halfway.RULES,
    *area.RULES,
    *plan.RULES,
    *criteria.RULES,
    *call.RULES,
    *remark_rules.RULES,
    *award.RULES,
    *agreements.RULES,
    *handover.RULES,
)


def check(world: World, findings: Findings) -> None:
    for rule in RULES:
        rule(world, findings)
