"""The agenda as people read it: what has most support first, the newest first, or one area only."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from wijkplatform.agenda.models import Agenda, Need, NeedArea
from wijkplatform.core import policy
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.db import db
from wijkplatform.places import queries as places
from wijkplatform.places.models import Area
from wijkplatform.rounds import queries as rounds
from wijkplatform.rounds.models import Moment, Support

PAGE = 20
ORDERS = ("steun", "nieuw")


@dataclass(frozen=True)
class Line:
    """A need in a list, as one actor sees it."""

    need: Need
    support: int
    mine: bool
    why_not: str | None  #: why this actor cannot support it; None when they can


@dataclass(frozen=True)
class Choice:
    """What of the agenda is wanted: order, area and how many."""

    order: str = "steun"
    area: str | None = None
    shown: int = PAGE


@dataclass(frozen=True)
class Listing:
    lines: Sequence[Line]
    total: int
    choice: Choice


def agenda_of(slug: str) -> Agenda | None:
    neighbourhood = places.open_by_slug(slug)
    return Agenda(neighbourhood) if neighbourhood else None


def need_of(slug: str, code: str) -> Need | None:
    neighbourhood = places.open_by_slug(slug)
    if neighbourhood is None:
        return None
    return db.session.scalars(
        select(Need)
        .where(Need.neighbourhood_id == neighbourhood.id, Need.code == code)
        .options(joinedload(Need.voice), joinedload(Need.moment).joinedload(Moment.centre), _with_areas())
    ).first()


def listing(actor: Actor, agenda: Agenda, choice: Choice) -> Listing:
    """A piece of the agenda. Equal support keeps the order in which the needs were raised."""
    given = (
        select(func.count(Support.id))
        .where(Support.thing_kind == Need.__tablename__, Support.thing_id == Need.id)
        .correlate(Need)
        .scalar_subquery()
    )
    query = policy.visible(actor, Need).where(Need.neighbourhood_id == agenda.neighbourhood_id)
    if choice.area:
        query = query.where(Need.areas.any(NeedArea.area.has(Area.code == choice.area)))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    order = [Need.id.desc()] if choice.order == "nieuw" else [(Need.opening_support + given).desc(), Need.id]
    needs = db.session.scalars(
        query.options(joinedload(Need.voice), _with_areas()).order_by(*order).limit(choice.shown)
    ).all()
    return Listing(lines(actor, needs), total, choice)


def _with_areas():  # type: ignore[no-untyped-def]  # a loader option, whose type is not public
    return selectinload(Need.areas).joinedload(NeedArea.area)


def lines(actor: Actor, needs: Sequence[Need]) -> list[Line]:
    """Needs with their support and what this actor can do, in three queries however many there are."""
    ids = [need.id for need in needs]
    counts, mine = rounds.support_counts("need", ids), rounds.supported_by(actor, "need", ids)
    return [
        Line(
            need=need,
            support=need.opening_support + counts.get(need.id, 0),
            mine=need.id in mine,
            why_not=policy.why_not(actor, "support", need),
        )
        for need in needs
    ]


def summary(actor: Actor, agenda: Agenda) -> tuple[int, Need | None]:
    """How many needs there are, and the one with most support."""
    found = listing(actor, agenda, Choice(shown=1))
    return found.total, found.lines[0].need if found.lines else None


def per_area(agenda: Agenda) -> dict[int, int]:
    """How many needs name each area."""
    rows = db.session.execute(
        select(NeedArea.area_id, func.count())
        .join(Need, Need.id == NeedArea.need_id)
        .where(Need.neighbourhood_id == agenda.neighbourhood_id)
        .where(Need.id.in_(policy.visible(VISITOR, Need).with_only_columns(Need.id)))
        .group_by(NeedArea.area_id)
    )
    return {row[0]: row[1] for row in rows}
