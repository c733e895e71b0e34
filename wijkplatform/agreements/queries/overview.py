"""The agreements of a neighbourhood in a list, the conversations about them, and what the clock says of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from wijkplatform.agreements import measures
from wijkplatform.agreements.measures import Course
from wijkplatform.agreements.models import Action, Adjustment, Agreement, Contract, Conversation, Standing
from wijkplatform.agreements.queries import seen
from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import Instant, db, once
from wijkplatform.core.policy import visible
from wijkplatform.places.models import Neighbourhood

PAGE = 20


@dataclass(frozen=True)
class Summary:
    """The contracts of a neighbourhood, the newest first, and what there is of them in numbers."""

    contracts: Sequence[Contract]
    agreements: int
    last_talk: date | None


@dataclass(frozen=True)
class Line:
    """An agreement in the list, with its two last figures and how often it was adjusted."""

    agreement: Agreement
    course: Course
    adjusted: int


@dataclass(frozen=True)
class Listing:
    """What the list page shows."""

    contracts: Sequence[Contract]
    lines: Sequence[Line]
    total: int
    talks: Sequence[Conversation]
    talks_total: int
    pictures: Sequence[tuple[str, int]]  #: of the last conversation: how often each was said
    promised: Sequence[Action]  #: promised in a conversation and not done


def contracts(actor: Actor, neighbourhood: Neighbourhood) -> Sequence[Contract]:
    """With whom something was agreed, the newest first."""
    return summary(actor, neighbourhood).contracts


def summary(actor: Actor, neighbourhood: Neighbourhood) -> Summary:
    """The contracts, how much stands in them and when was last spoken about them: one query, once per page."""
    return once(("agreements", neighbourhood.id), lambda: _summary(actor, neighbourhood))


def _summary(actor: Actor, neighbourhood: Neighbourhood) -> Summary:
    number = (
        visible(actor, Agreement).where(Agreement.contract_id == Contract.id)
        .with_only_columns(func.count(Agreement.id)).correlate(Contract).scalar_subquery()
    )  # fmt: skip
    last = (
        visible(actor, Conversation).where(Conversation.contract_id == Contract.id)
        .with_only_columns(func.max(Conversation.held_at, type_=Instant())).correlate(Contract).scalar_subquery()
    )  # fmt: skip
    rows = (
        db.session.execute(
            visible(actor, Contract)
            .where(Contract.neighbourhood_id == neighbourhood.id)
            .options(joinedload(Contract.contractor), joinedload(Contract.planned))
            .add_columns(number, last)
            .order_by(Contract.first_day.desc(), Contract.id.desc())
        )
        .unique()
        .all()
    )
    held = [row[2] for row in rows if row[2] is not None]
    return Summary(
        contracts=[row[0] for row in rows],
        agreements=sum(row[1] for row in rows),
        last_talk=clock.local(max(held)).date() if held else None,
    )


def listing(actor: Actor, neighbourhood: Neighbourhood, shown: int = PAGE, talks_shown: int = PAGE) -> Listing:
    found = contracts(actor, neighbourhood)
    adjusted = (
        visible(actor, Adjustment).where(Adjustment.agreement_id == Agreement.id, Adjustment.verdict == "agreed")
        .with_only_columns(func.count(Adjustment.id)).correlate(Agreement).scalar_subquery()
    )  # fmt: skip
    rows = db.session.execute(
        visible(actor, Agreement)
        .join(Contract, Contract.id == Agreement.contract_id)
        .where(Agreement.contract_id.in_([each.id for each in found]))
        .options(contains_eager(Agreement.contract), joinedload(Agreement.owner), joinedload(Agreement.indicator))
        .add_columns(adjusted, func.count().over())
        .order_by(Contract.first_day.desc(), Contract.id.desc(), Agreement.position, Agreement.id)
        .limit(shown)
    ).all()
    newest = _newest(actor, [agreement.id for agreement, _adjusted, _total in rows])
    talks, total = _conversations(actor, neighbourhood, talks_shown)
    return Listing(
        contracts=found,
        lines=[Line(each, Course(each, newest.get(each.id, [])), count) for each, count, _total in rows],
        total=rows[0][2] if rows else 0,
        talks=talks,
        talks_total=total,
        pictures=_pictures(talks[0]) if talks else [],
        promised=_promised(actor, neighbourhood),
    )


def _newest(actor: Actor, agreements: Sequence[int]) -> dict[int, list[Standing]]:
    """The two last standings of each of these, the older one first."""
    rank = func.row_number().over(partition_by=Standing.agreement_id, order_by=Conversation.held_at.desc())
    ranked = (
        select(Standing.id, rank.label("rank")).join(Conversation, Conversation.id == Standing.conversation_id)
        .where(Standing.agreement_id.in_(agreements), Conversation.id.in_(seen.talks(actor))).subquery()
    )  # fmt: skip
    found: dict[int, list[Standing]] = {}
    for each in db.session.scalars(
        select(Standing).join(ranked, ranked.c.id == Standing.id).where(ranked.c.rank <= 2)
        .options(joinedload(Standing.conversation)).order_by(ranked.c.rank.desc())
    ):  # fmt: skip
        found.setdefault(each.agreement_id, []).append(each)
    return found


def _conversations(actor: Actor, neighbourhood: Neighbourhood, shown: int) -> tuple[list[Conversation], int]:
    rows = db.session.execute(
        visible(actor, Conversation).where(Conversation.neighbourhood_id == neighbourhood.id)
        .options(joinedload(Conversation.centre)).add_columns(func.count().over())
        .order_by(Conversation.held_at.desc(), Conversation.id.desc()).limit(shown)
    ).all()  # fmt: skip
    return [row[0] for row in rows], rows[0][1] if rows else 0


def _pictures(talk: Conversation) -> list[tuple[str, int]]:
    """What was said most in a conversation comes first."""
    rows = db.session.execute(
        select(Standing.picture, func.count()).where(Standing.conversation_id == talk.id).group_by(Standing.picture)
    )
    order = list(measures.PICTURES)
    return sorted(((row[0], row[1]) for row in rows), key=lambda each: (-each[1], order.index(each[0])))


def _promised(actor: Actor, neighbourhood: Neighbourhood) -> Sequence[Action]:
    return db.session.scalars(
        visible(actor, Action)
        .join(Conversation, Conversation.id == Action.conversation_id)
        .where(Action.neighbourhood_id == neighbourhood.id, Action.done.is_(False), Conversation.id.in_(seen.talks(actor)))
        .options(contains_eager(Action.conversation), joinedload(Action.voice))
        .order_by(Action.due, Action.id).limit(PAGE)
    ).all()  # fmt: skip


def next_talk(contracts: Sequence[Contract]) -> date | None:
    """The first planned day that has not gone by."""
    days = sorted(each.day for contract in contracts for each in contract.planned)
    return next((day for day in days if not clock.reached(clock.end_of(day))), None)


def missed(contracts: Sequence[Contract]) -> list[date]:
    """Planned days that went by without a conversation in the record."""
    days = sorted(each.day for contract in contracts for each in contract.planned)
    return [day for day in days if clock.reached(clock.end_of(day))]
