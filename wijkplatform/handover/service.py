"""Handing over, as rows with their events: the handover, its items, and looking back."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from textwrap import shorten
from typing import Any

from wijkplatform.core import clock, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db, kind_of
from wijkplatform.core.errors import Invalid
from wijkplatform.core.words import _, _l
from wijkplatform.handover.models import Handover, HandoverItem, ItemDecider, LookBack, Owner, PlannedLookBack
from wijkplatform.index import service as index
from wijkplatform.places.models import Voice

TITLE = 80  #: of what has no title of its own: so many characters of its text
OWNERS = {"person": "person_id", "organisation": "organisation_id", "centre": "centre_id"}

trail.declare(
    {
        "handover.begun": _l("begon de overdracht"),
        "handover_item.decided": _l("besloot wat hiermee gebeurt"),
        "look_back.held": _l("keek terug op de overdracht"),
    }
)


def apply_handover(
    actor: Actor, handover: Handover, title: str, planned: Iterable[date], *, happened: datetime | None = None,
    precision: str = "second",
) -> Handover:  # fmt: skip
    """A handover that begins before the change and ends after it, with the days on which everybody looks back."""
    if not handover.start <= handover.changes_on <= handover.end:
        raise Invalid("changes_on", _("De wissel valt tussen het begin en het einde van de overdracht."))
    handover.planned = [
        PlannedLookBack(neighbourhood_id=handover.neighbourhood_id, day=day, position=position)
        for position, day in enumerate(planned)
    ]
    db.session.add(handover)
    index.register(handover, title)
    trail.record(actor, "handover.begun", handover, happened=happened, precision=precision)
    return handover


def owner(owner_: Any) -> Owner:
    """Whose something is, of a person, an organisation or a centre."""
    return Owner(**{OWNERS[kind_of(owner_)]: owner_.id})


def apply_item(
    actor: Actor, item: HandoverItem, *, old_owner: Any, new_owner: Any, deciders: Sequence[Voice],
    happened: datetime | None = None, precision: str = "second",
) -> HandoverItem:  # fmt: skip
    """What happens with one thing, whose it was and becomes, and who decided that."""
    item.old_owner = owner(old_owner)
    item.new_owner = owner(new_owner) if new_owner is not None else None
    for each in (item.old_owner, item.new_owner):
        if each is not None:
            each.neighbourhood_id = item.neighbourhood_id
    item.deciders = [
        ItemDecider(neighbourhood_id=item.neighbourhood_id, voice_id=voice.id, position=position)
        for position, voice in enumerate(deciders)
    ]
    db.session.add(item)
    index.register(item, item.title)
    trail.record(
        actor, "handover_item.decided", item, words=item, voice=next(iter(deciders), None), happened=happened,
        precision=precision, facts={"choice": item.choice},
    )  # fmt: skip
    return item


def apply_look_back(actor: Actor, look_back: LookBack) -> LookBack:
    """Looking back on a day."""
    db.session.add(look_back)
    index.register(look_back, shorten(look_back.text, TITLE, placeholder="…"))
    trail.record(
        actor, "look_back.held", look_back, words=look_back, happened=clock.start_of(look_back.day), precision="day"
    )
    return look_back
