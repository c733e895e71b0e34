"""What hangs on a thing, and one file by its public id."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from wijkplatform.attachments.models import Attachment
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db, kind_of
from wijkplatform.core.policy import may, visible


def of(actor: Actor, thing: Any) -> Sequence[Attachment]:
    """What hangs on a thing that this actor may see, oldest first."""
    if not may(actor, "view", thing):
        return []
    return db.session.scalars(
        visible(actor, Attachment)
        .where(Attachment.thing_kind == kind_of(thing), Attachment.thing_id == thing.id)
        .options(joinedload(Attachment.voice))
        .order_by(Attachment.id)
    ).all()


def by_public_id(public_id: str) -> Attachment | None:
    """With its content, for serving."""
    return db.session.scalars(
        select(Attachment).where(Attachment.public_id == public_id).options(undefer(Attachment.content))
    ).first()
