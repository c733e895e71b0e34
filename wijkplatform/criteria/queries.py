"""The criteria as people read them: each with what it rests on, and how its weight came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wijkplatform.agenda.models import Need
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db, kind_of
from wijkplatform.core.policy import visible
from wijkplatform.criteria import weights
from wijkplatform.criteria.models import (
    NEEDS,
    SECTIONS,
    TIE_ORDER,
    Contributor,
    Criteria,
    CriteriaSet,
    Criterion,
    Requirement,
    WeightChange,
    WeightNote,
)
from wijkplatform.index import queries as index
from wijkplatform.index.models import Entry
from wijkplatform.places import queries as places
from wijkplatform.places.models import Neighbourhood
from wijkplatform.plans.models import Section


@dataclass(frozen=True)
class Line:
    """A criterion with the sections it rests on, the needs it serves, and the changes of its weight."""

    criterion: Criterion
    sections: Sequence[Entry]
    needs: Sequence[Entry]
    changes: Sequence[WeightChange]
    before: Decimal | None  #: its weight before all changes; None when the changes do not lead to the weights


@dataclass(frozen=True)
class Overview:
    """Everything on the page of the criteria; `found` is None while there is no set."""

    found: CriteriaSet | None
    note: WeightNote | None
    lines: Sequence[Line]
    ties: Sequence[Criterion]  #: what tells equal bids apart, before the lot
    requirements: Sequence[Requirement]

    @property
    def together(self) -> Decimal:
        """What the weights add up to now."""
        return sum((line.criterion.weight for line in self.lines), Decimal())

    @property
    def heaviest(self) -> Criterion | None:
        return max((line.criterion for line in self.lines), key=lambda each: each.weight, default=None)

    @property
    def price(self) -> Criterion | None:
        return next((line.criterion for line in self.lines if line.criterion.kind == "price"), None)

    @property
    def quality(self) -> Criterion | None:
        """The first criterion that gets a score, to count an example on."""
        return next((line.criterion for line in self.lines if line.criterion.kind == "quality"), None)

    @property
    def moved(self) -> bool:
        """Did any weight change, in a way that can be drawn?"""
        return any(line.changes for line in self.lines) and all(line.before is not None for line in self.lines)


def criteria_of(slug: str) -> Criteria | None:
    neighbourhood = places.open_by_slug(slug)
    return Criteria(neighbourhood) if neighbourhood else None


def newest(actor: Actor, neighbourhood: Neighbourhood) -> CriteriaSet | None:
    """The set of a neighbourhood: the one that counts now."""
    return db.session.scalars(_newest(actor, neighbourhood)).first()


def _newest(actor: Actor, neighbourhood: Neighbourhood) -> Any:
    last = visible(actor, CriteriaSet).where(CriteriaSet.neighbourhood_id == neighbourhood.id)
    newest_id = last.with_only_columns(CriteriaSet.id).order_by(CriteriaSet.id.desc()).limit(1).scalar_subquery()
    return select(CriteriaSet).where(CriteriaSet.id == newest_id)


def overview(actor: Actor, criteria: Criteria) -> Overview:
    """Five queries, however many criteria there are."""
    requirements = db.session.scalars(
        visible(actor, Requirement)
        .where(Requirement.neighbourhood_id == criteria.neighbourhood_id)
        .order_by(Requirement.position, Requirement.id)
    ).all()
    row = db.session.execute(
        _newest(actor, criteria.neighbourhood)
        .options(joinedload(CriteriaSet.steps))
        .outerjoin(WeightNote, WeightNote.neighbourhood_id == CriteriaSet.neighbourhood_id)
        .add_columns(WeightNote)
    ).unique().first()  # fmt: skip
    if row is None:
        return Overview(None, None, [], [], requirements)
    (found, note), held = row, _criteria(actor, row[0])
    changes = _changes(found)
    relations = {SECTIONS: Section, NEEDS: Need, TIE_ORDER: Criterion}
    named = index.named_by_each([found, *held], relations)
    first = _before(held, changes)
    lines = [
        Line(
            each, named[kind_of(each), each.id, SECTIONS], named[kind_of(each), each.id, NEEDS],
            [change for change in changes if change.criterion_id == each.id], first.get(each.code),
        )
        for each in held
    ]  # fmt: skip
    by_id = {each.id: each for each in held}
    tied = [entry.thing_id for entry in named[kind_of(found), found.id, TIE_ORDER]]
    return Overview(found, note, lines, [by_id[id_] for id_ in tied if id_ in by_id], requirements)


def _criteria(actor: Actor, found: CriteriaSet) -> Sequence[Criterion]:
    return (
        db.session.scalars(
            visible(actor, Criterion)
            .where(Criterion.criteria_set_id == found.id)
            .options(joinedload(Criterion.contributors).joinedload(Contributor.voice))
            .order_by(Criterion.position, Criterion.id)
        )
        .unique()
        .all()
    )


def _changes(found: CriteriaSet) -> Sequence[WeightChange]:
    return db.session.scalars(
        select(WeightChange)
        .join(Criterion, Criterion.id == WeightChange.criterion_id)
        .where(Criterion.criteria_set_id == found.id)
        .options(joinedload(WeightChange.voice))
        .order_by(WeightChange.position, WeightChange.id)
    ).all()


def _before(held: Sequence[Criterion], changes: Sequence[WeightChange]) -> dict[str, Decimal]:
    """The weights before all changes; nothing when they do not lead to what holds now."""
    codes = {each.id: each.code for each in held}
    try:
        return weights.before(
            {each.code: each.weight for each in held},
            [
                weights.Change(codes[each.criterion_id], each.old_weight, each.new_weight)
                for each in changes
                if each.criterion_id in codes
            ],
        )
    except weights.DoesNotFit:
        return {}
