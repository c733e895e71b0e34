"""One agreement with all that happened to it: figures, conversations, adjustments, and what it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from wijkplatform.agenda.models import Need
from wijkplatform.agreements.measures import Course
from wijkplatform.agreements.models import (
    ARTICLES,
    CRITERIA,
    LOTS,
    NEEDS,
    SECTIONS,
    Action,
    Adjustment,
    AdjustmentVoice,
    Agreement,
    AuxiliaryIndicator,
    Contract,
    Conversation,
    CourseEntry,
    Signal,
    Standing,
)
from wijkplatform.agreements.queries import seen
from wijkplatform.assessment.models import Bid, Consensus
from wijkplatform.calls.models import Article, Call, Lot
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.db import db
from wijkplatform.core.policy import may, visible
from wijkplatform.criteria.models import Criterion
from wijkplatform.index import queries as index
from wijkplatform.index.models import Entry
from wijkplatform.places import queries as places
from wijkplatform.plans.models import Section

#: What an agreement can name, and by which relation.
NAMED = {
    NEEDS: Need, SECTIONS: Section, CRITERIA: Criterion, ARTICLES: Article,
    LOTS: Lot,
}  # fmt: skip


@dataclass(frozen=True)
class Story:
    """A signal from practice and what came of it; without an adjustment nobody answered it yet."""

    signal: Signal
    adjustment: Adjustment | None
    steps: Sequence[CourseEntry]  #: what it changed in the auxiliary indicator
    looked_back: Standing | None  #: how the agreement stood at the conversation that looked back


@dataclass(frozen=True)
class Named:
    """What an agreement names, by stage, and the address of an article's call."""

    needs: Sequence[Entry]
    sections: Sequence[Entry]
    criteria: Sequence[Entry]
    articles: Sequence[tuple[Entry, str]]
    lots: Sequence[Entry]


def agreement_of(slug: str, code: str) -> Agreement | None:
    neighbourhood = places.open_by_slug(slug)
    if neighbourhood is None:
        return None
    contract = joinedload(Agreement.contract)
    found = db.session.scalars(
        select(Agreement)
        .where(Agreement.neighbourhood_id == neighbourhood.id, Agreement.code == code)
        .options(
            contract.joinedload(Contract.contractor), contract.joinedload(Contract.planned),
            joinedload(Agreement.owner), joinedload(Agreement.indicator), joinedload(Agreement.milestones),
            joinedload(Agreement.auxiliary).joinedload(AuxiliaryIndicator.course),
        )
    ).unique().first()  # fmt: skip
    return found if found and may(VISITOR, "view", found.contract) else None


def course(actor: Actor, agreement: Agreement, adjusted: Sequence[date] = ()) -> Course:
    """All that was measured of an agreement, oldest first."""
    standings = db.session.scalars(
        select(Standing)
        .join(Conversation, Conversation.id == Standing.conversation_id)
        .where(Standing.agreement_id == agreement.id, Conversation.id.in_(seen.talks(actor)))
        .options(contains_eager(Standing.conversation).selectinload(Conversation.actions).joinedload(Action.voice))
        .order_by(Conversation.held_at, Conversation.id)
    ).all()
    return Course(agreement, standings, adjusted)


def adjustments(actor: Actor, agreement: Agreement) -> list[tuple[Signal, Adjustment | None]]:
    """The signals about an agreement with their adjustments, oldest first."""
    rows = db.session.execute(
        select(Signal, Adjustment)
        .outerjoin(Adjustment, Adjustment.signal_id == Signal.id)
        .where(Signal.agreement_id == agreement.id)
        .options(
            joinedload(Signal.voice), joinedload(Adjustment.look_back),
            joinedload(Adjustment.voices).joinedload(AdjustmentVoice.voice),
        )
        .order_by(Signal.day, Signal.id)
    ).unique()  # fmt: skip
    return [(signal, each) for signal, each in rows if each is None or may(actor, "view", each)]


def stories(found: Sequence[tuple[Signal, Adjustment | None]], course: Course) -> list[Story]:
    """Each signal with what it changed and what people saw when they looked back."""
    entries = course.agreement.auxiliary.course if course.agreement.auxiliary else []
    return [
        Story(
            signal=signal, adjustment=each,
            steps=[entry for entry in entries if each and entry.adjustment_id == each.id],
            looked_back=next(
                (one for one in course.standings if each and one.conversation_id == each.look_back_id), None
            ),
        )
        for signal, each in found
    ]  # fmt: skip


def holds_from(found: Sequence[tuple[Signal, Adjustment | None]]) -> list[date]:
    """The days from which an adjustment holds."""
    return [each.takes_effect for _signal, each in found if each and each.verdict == "agreed" and each.takes_effect]


def named(agreement: Agreement) -> Named:
    found = index.named_by_each([agreement], NAMED)
    of = {relation: found["agreement", agreement.id, relation] for relation in NAMED}
    ids = [each.thing_id for each in of[ARTICLES]]
    slugs: dict[int, str] = {}
    if ids:
        rows = db.session.execute(select(Article.id, Call.slug).join(Call).where(Article.id.in_(ids)))
        slugs = {row[0]: row[1] for row in rows}
    return Named(
        needs=of[NEEDS], sections=of[SECTIONS], criteria=of[CRITERIA], lots=of[LOTS],
        articles=[(each, slugs[each.thing_id]) for each in of[ARTICLES]],
    )  # fmt: skip


def bid_of(contract: Contract) -> Bid | None:
    """The bid that a contract stems from, once everybody may know; with what the team said of it."""
    if contract.bid_id is None:
        return None
    return db.session.scalars(
        visible(VISITOR, Bid)
        .where(Bid.id == contract.bid_id)
        .options(
            joinedload(Bid.call), joinedload(Bid.organisation),
            joinedload(Bid.consensus).joinedload(Consensus.criterion),
        )
    ).unique().first()  # fmt: skip
