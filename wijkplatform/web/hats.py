"""'Namens wie?': which hats somebody can choose here, and the one chosen last."""

from typing import Any

from flask import session

from wijkplatform.core.actor import Actor, Hat
from wijkplatform.core.policy import Rule
from wijkplatform.web.forms import HatField


def offer(field: HatField, actor: Actor, rule: Rule, thing: Any) -> None:
    """Offer the hats that by themselves let an actor do this here; the last choice is chosen beforehand."""
    hats = [hat for hat in actor.hats_in(thing.neighbourhood_id) if rule.holds(actor.wearing(hat.mandate_id), thing)]
    field.offer(hats, last=session.get("hat"))


def remember(hat: Hat) -> None:
    """Remember the choice for the next contribution of this session."""
    session["hat"] = hat.mandate_id
