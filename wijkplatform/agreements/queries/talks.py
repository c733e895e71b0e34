"""One half-yearly conversation: who was there, how every agreement stood, what was promised, and what came before."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from wijkplatform.agreements.measures import Course
from wijkplatform.agreements.models import Action, Adjustment, Agreement, Attendance, Contract, Conversation, Standing
from wijkplatform.agreements.queries import seen
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.policy import visible
from wijkplatform.places import queries as places


def conversation_of(slug: str, code: str) -> Conversation | None:
    neighbourhood = places.open_by_slug(slug)
    if neighbourhood is None:
        return None
    return db.session.scalars(
        select(Conversation)
        .where(Conversation.neighbourhood_id == neighbourhood.id, Conversation.code == code)
        .options(
            joinedload(Conversation.centre), joinedload(Conversation.contract).joinedload(Contract.contractor),
            selectinload(Conversation.attendance).joinedload(Attendance.voice),
            selectinload(Conversation.actions).joinedload(Action.voice),
        )
    ).first()  # fmt: skip


def reported(actor: Actor, talk: Conversation) -> list[Course]:
    """How each agreement stood at a conversation, with the figure of the conversation before."""
    rows = db.session.scalars(
        select(Standing)
        .join(Conversation, Conversation.id == Standing.conversation_id)
        .where(Standing.agreement_id.in_(select(Standing.agreement_id).where(Standing.conversation_id == talk.id)))
        .where(Standing.agreement_id.in_(seen.agreements(actor)), Conversation.held_at <= talk.held_at)
        .where(Conversation.id.in_(seen.talks(actor)))
        .options(
            contains_eager(Standing.conversation),
            joinedload(Standing.agreement).joinedload(Agreement.indicator),
            joinedload(Standing.agreement).joinedload(Agreement.contract),
        )
        .order_by(Conversation.held_at, Standing.position, Standing.id)
    ).all()
    here = [each for each in rows if each.conversation_id == talk.id]
    return [Course(each.agreement, [one for one in rows if one.agreement_id == each.agreement_id]) for each in here]


def looked_back(actor: Actor, talk: Conversation) -> Sequence[Adjustment]:
    """The adjustments that a conversation looked back on."""
    return db.session.scalars(
        visible(actor, Adjustment).where(Adjustment.look_back_id == talk.id)
        .options(joinedload(Adjustment.agreement)).order_by(Adjustment.position, Adjustment.id)
    ).all()  # fmt: skip


def around(actor: Actor, talk: Conversation) -> tuple[Conversation | None, Conversation | None]:
    """The conversation before and the one after."""
    here = visible(actor, Conversation).where(Conversation.neighbourhood_id == talk.neighbourhood_id)
    before = here.where(Conversation.held_at < talk.held_at).order_by(Conversation.held_at.desc())
    after = here.where(Conversation.held_at > talk.held_at).order_by(Conversation.held_at)
    return db.session.scalars(before.limit(1)).first(), db.session.scalars(after.limit(1)).first()
