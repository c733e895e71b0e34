"""'Namens wie?': which hats somebody can choose here, and the one chosen last."""

from collections.abc import Container

from flask import session

from wijkplatform.core.actor import Actor, Hat
from wijkplatform.web.forms import HatField


def offer(field: HatField, actor: Actor, neighbourhood_id: int, kinds: Container[str] | None = None) -> None:
    """Offer an actor's hats in this neighbourhood; the last choice is chosen beforehand."""
    hats = [hat for hat in actor.hats_in(neighbourhood_id) if kinds is None or hat.kind in kinds]
    field.offer(hats, last=session.get("hat"))


def remember(hat: Hat) -> None:
    """Remember the choice for the next contribution of this session."""
    session["hat"] = hat.mandate_id
