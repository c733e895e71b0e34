"""What hangs on a thing, and one file by its public id."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from wijkplatform.attachments.models import Attachment
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db, kind_of
from wijkplatform.core.keeping import for_all
from wijkplatform.core.policy import may, visible_to_all


def of(actor: Actor, thing: Any) -> Sequence[Attachment]:
    """What hangs on a thing that this actor may see, oldest first."""
    if not may(actor, "view", thing):
        return []

    def read() -> Sequence[Attachment]:
        query = visible_to_all(Attachment).options(joinedload(Attachment.voice))
        here = query.where(Attachment.thing_kind == kind_of(thing), Attachment.thing_id == thing.id)
        return db.session.scalars(here.order_by(Attachment.id)).all()

    return for_all(thing.neighbourhood_id, ("attachments", kind_of(thing), thing.id), read)


def by_public_id(public_id: str) -> Attachment | None:
    """With its content, for serving."""
    return db.session.scalars(
        select(Attachment).where(Attachment.public_id == public_id).options(undefer(Attachment.content))
    ).first()
