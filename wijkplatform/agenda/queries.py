"""The agenda as people read it: what has most support first, the newest first, or one area only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from wijkplatform.agenda.models import Agenda, Need, NeedArea
from wijkplatform.core import policy
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.keeping import for_all
from wijkplatform.index import queries as index
from wijkplatform.index.models import Entry
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

    @property
    def differs(self) -> tuple[tuple[bool, bool], ...]:
        """What differs per reader: which of them they support, and which they may."""
        return tuple((each.mine, each.why_not is None) for each in self.lines)


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


@dataclass(frozen=True)
class Read:
    """A piece of the agenda as everybody sees it: the needs, the support of each, and how many there are in all."""

    needs: Sequence[Need]
    counts: dict[int, int]
    total: int


def listing(actor: Actor, agenda: Agenda, choice: Choice) -> Listing:
    """A piece of the agenda, as one actor sees it."""
    found = for_all(
        agenda.neighbourhood_id, ("agenda", choice), lambda: _read(agenda, choice), size=1_500 * choice.shown
    )
    return Listing(_lines(actor, found.needs, found.counts), found.total, choice)


def _read(agenda: Agenda, choice: Choice) -> Read:
    """Equal support keeps the order in which the needs were raised."""
    query = policy.visible_to_all(Need).where(Need.neighbourhood_id == agenda.neighbourhood_id)
    if choice.area:
        query = query.where(Need.areas.any(NeedArea.area.has(Area.code == choice.area)))
    total = db.session.scalar(_count(query)) or 0
    order = [Need.id.desc()] if choice.order == "nieuw" else _most_support()
    needs = db.session.scalars(query.options(_with_areas()).order_by(*order).limit(choice.shown)).all()
    return Read(needs, rounds.support_counts("need", [need.id for need in needs]), total)


def _with_areas():  # type: ignore[no-untyped-def]  # a loader option, whose type is not public
    return selectinload(Need.areas).joinedload(NeedArea.area)


def lines(actor: Actor, needs: Sequence[Need]) -> list[Line]:
    """Needs with their support and what this actor can do, in two queries however many there are."""
    return _lines(actor, needs, rounds.support_counts("need", [need.id for need in needs]))


def _lines(actor: Actor, needs: Sequence[Need], counts: dict[int, int]) -> list[Line]:
    mine = rounds.supported_by(actor, "need", [need.id for need in needs])
    return [
        Line(
            need=need,
            support=need.opening_support + counts.get(need.id, 0),
            mine=need.id in mine,
            why_not=policy.why_not(actor, "support", need),
        )
        for need in needs
    ]


def _count(query: Select[Any]) -> Select[tuple[int]]:
    return select(func.count()).select_from(query.with_only_columns(Need.id).subquery())


def _most_support() -> list[Any]:
    given = select(func.count(Support.id)).where(Support.thing_kind == Need.__tablename__, Support.thing_id == Need.id)
    return [(Need.opening_support + given.correlate(Need).scalar_subquery()).desc(), Need.id]


def summary(agenda: Agenda) -> tuple[int, str | None]:
    """How many needs there are, and the title of the one with most support."""

    def read() -> tuple[int, str | None]:
        query = policy.visible_to_all(Need).where(Need.neighbourhood_id == agenda.neighbourhood_id)
        first = query.with_only_columns(Need.title, _count(query).scalar_subquery()).order_by(*_most_support()).limit(1)
        row = db.session.execute(first).first()
        return (row[1], row[0]) if row else (0, None)

    return for_all(agenda.neighbourhood_id, "agenda in short", read)


def per_area(agenda: Agenda) -> dict[int, int]:
    """How many needs name each area."""

    def read() -> dict[int, int]:
        open_to_all = policy.visible_to_all(Need).with_only_columns(Need.id)
        rows = db.session.execute(
            select(NeedArea.area_id, func.count())
            .join(Need, Need.id == NeedArea.need_id)
            .where(Need.neighbourhood_id == agenda.neighbourhood_id, Need.id.in_(open_to_all))
            .group_by(NeedArea.area_id)
        )
        return {row[0]: row[1] for row in rows}

    return for_all(agenda.neighbourhood_id, "needs per area", read)


def named_in(need: Need) -> Sequence[Entry]:
    """The chapters that name a need, to be read."""
    return for_all(need.neighbourhood_id, ("naming", need.id), lambda: index.naming(need, "serves"))
