"""Hanging a file on a thing: part of every feature that has things with files."""

import hashlib
from typing import Any

from sqlalchemy import select

from wijkplatform.attachments import kinds
from wijkplatform.attachments.models import Attachment
from wijkplatform.core import trail
from wijkplatform.core.actor import Actor, Hat
from wijkplatform.core.db import begin_writing, db, kind_of
from wijkplatform.core.errors import Invalid
from wijkplatform.core.policy import demand
from wijkplatform.core.words import _, _l
from wijkplatform.places import service as places

MOST = 5  #: files on one thing

trail.declare({"attachment.added": _l("voegde een bestand toe")})


def attach(actor: Actor, thing: Any, hat: Hat, sent: bytes, description: str) -> Attachment:
    """Judge a file and hang it on a thing; the same file twice is one."""
    demand(actor, "attach", thing)
    made = kinds.judge(sent)  # before the lock: decoding takes its time
    begin_writing()
    places.lock(thing.neighbourhood_id)
    demand(actor, "attach", thing)
    digest = hashlib.sha256(made.content).hexdigest()
    there = db.session.scalars(
        select(Attachment).where(Attachment.thing_kind == kind_of(thing), Attachment.thing_id == thing.id)
    ).all()
    if same := next((each for each in there if each.sha256 == digest), None):
        return same
    if len(there) >= MOST:
        raise Invalid("file", _("Er hangen al %(most)s bestanden aan. Meer past er niet bij.", most=MOST))
    attachment = Attachment(
        neighbourhood_id=thing.neighbourhood_id, thing_kind=kind_of(thing), thing_id=thing.id, kind=made.kind,
        description=description, size=len(made.content), sha256=digest, width=made.width, height=made.height,
        voice_id=places.speak(actor, thing.neighbourhood_id, hat).id, content=made.content,
    )  # fmt: skip
    db.session.add(attachment)
    db.session.flush()
    trail.record(
        actor, "attachment.added", thing, voice=attachment.voice, facts={"attachment": attachment.id, "sha256": digest}
    )
    return attachment
