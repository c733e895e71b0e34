"""The grey zone as people read it: what is nobody's first, the oldest on top, and who passed it on to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func
from sqlalchemy.orm import joinedload, selectinload

from wijkplatform.agenda.models import Need
from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.policy import may, visible
from wijkplatform.coverage import ages
from wijkplatform.coverage.models import Coverage, GreyZone, Referral
from wijkplatform.places import queries as places
from wijkplatform.places.models import Organisation

PAGE = 20
_state = case((GreyZone.owner_id.is_(None), "nobody"), (GreyZone.solved_on.is_(None), "running"), else_="solved")
_order = case((GreyZone.owner_id.is_(None), 0), (GreyZone.solved_on.is_(None), 1), else_=2)


@dataclass(frozen=True)
class Line:
    """A problem with how long it lay with nobody, and the need it belongs to as far as that may be seen."""

    issue: GreyZone
    waited: int
    need: Need | None

    @property
    def age(self) -> tuple[str, int]:
        return ages.in_units(self.waited)

    @property
    def parties(self) -> list[Organisation]:
        """Who passed it on, in order."""
        return [each.organisation for each in self.issue.referrals]


@dataclass(frozen=True)
class Overview:
    lines: Sequence[Line]
    counts: Mapping[str, int]  #: how many are nobody's, running, solved
    parties: Sequence[Organisation]  #: everybody who passed something on or took it up, most often first

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def coverage_of(slug: str) -> Coverage | None:
    neighbourhood = places.open_by_slug(slug)
    return Coverage(neighbourhood) if neighbourhood else None


def overview(actor: Actor, coverage: Coverage, shown: int = PAGE) -> Overview:
    """Three queries, however many problems and parties there are."""
    issues = db.session.scalars(
        visible(actor, GreyZone)
        .where(GreyZone.neighbourhood_id == coverage.neighbourhood_id)
        .options(joinedload(GreyZone.voice), joinedload(GreyZone.owner), joinedload(GreyZone.need))
        .options(selectinload(GreyZone.referrals).joinedload(Referral.organisation))
        .order_by(_order, GreyZone.reported_on, GreyZone.position, GreyZone.id)
        .limit(shown)
    ).all()
    lines = [_line(actor, each) for each in issues]
    return Overview(lines, counts(actor, coverage), _parties(lines))


def counts(actor: Actor, coverage: Coverage) -> dict[str, int]:
    """How many problems are nobody's, running and solved."""
    rows = db.session.execute(
        visible(actor, GreyZone)
        .with_only_columns(_state, func.count())
        .where(GreyZone.neighbourhood_id == coverage.neighbourhood_id)
        .group_by(_state)
    )
    return {row[0]: row[1] for row in rows}


def _line(actor: Actor, issue: GreyZone) -> Line:
    need = issue.need if issue.need is not None and may(actor, "view", issue.need) else None
    return Line(issue, ages.waited(issue.reported_on, issue.owner_since, issue.solved_on, clock.today()), need)


def _parties(lines: Sequence[Line]) -> list[Organisation]:
    found: dict[int, Organisation] = {}
    often: dict[int, int] = {}
    for line in lines:
        for party in [*line.parties, *([line.issue.owner] if line.issue.owner else [])]:
            found[party.id] = party
            often[party.id] = often.get(party.id, 0) + 1
    return sorted(found.values(), key=lambda each: (-often[each.id], each.position, each.id))
