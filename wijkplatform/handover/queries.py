"""The handover as people read it: what stops first, then what changes, then what goes on; whose it was and becomes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from wijkplatform.agreements.models import Contract
from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.policy import visible
from wijkplatform.handover import yearly
from wijkplatform.handover.models import CHOICES, Change, Handover, HandoverItem, ItemDecider, LookBack, Owner
from wijkplatform.people.models import Person
from wijkplatform.places import hats
from wijkplatform.places import queries as places
from wijkplatform.places.models import Area, Mandate, Neighbourhood

PAGE = 20
ORDER = tuple(reversed(CHOICES))  #: what stops comes before what goes on: nothing falls off the list unnoticed
_orphan = (HandoverItem.new_owner_id.is_(None)) & (HandoverItem.choice != "stop")  #: goes on, and is nobody's yet


@dataclass(frozen=True)
class Shown:
    """Whose something is, as it may be shown: people by the hat they wore that day, and never more than they chose."""

    name: str | None
    hat: str | None
    kind: str
    institution: bool = False


@dataclass(frozen=True)
class Line:
    item: HandoverItem
    old_owner: Shown
    new_owner: Shown | None

    @property
    def stays(self) -> bool:
        """Does it stay with the same person, organisation or centre, whichever hat they wear?"""
        old, new = self.item.old_owner, self.item.new_owner
        columns = ("person_id", "organisation_id", "centre_id")
        return new is not None and all(getattr(old, each) == getattr(new, each) for each in columns)


@dataclass(frozen=True)
class Looked:
    """A look back: how many still ran or stopped with consent, of how many."""

    look_back: LookBack
    still_there: int


@dataclass(frozen=True)
class Overview:
    """Everything on the page; `handover` is None while no change is planned."""

    handover: Handover | None
    lines: Sequence[Line]
    counted: Mapping[tuple[str, str | None], int]  #: how many items by what was chosen and what was seen after a year
    orphans: int  #: how many go on or change, and are nobody's yet
    looked: Sequence[Looked]
    contract_ends: date | None  #: when there is no handover: how long the present agreements run

    @property
    def total(self) -> int:
        return sum(self.counted.values())

    def chosen(self, choice: str) -> int:
        return sum(number for (one, _state), number in self.counted.items() if one == choice)

    def became(self, state: str | None) -> int:
        return sum(number for (_choice, one), number in self.counted.items() if one == state)

    @property
    def year_over(self) -> bool:
        """Could one know by now what became of it?"""
        return self.handover is not None and clock.reached(
            clock.start_of(yearly.a_year_after(self.handover.changes_on))
        )

    @property
    def to_come(self) -> list[date]:
        """Planned days of looking back on which nobody did yet."""
        held = {each.look_back.day for each in self.looked}
        return [each.day for each in self.handover.planned if each.day not in held] if self.handover else []


def change_of(slug: str) -> Change | None:
    neighbourhood = places.open_by_slug(slug)
    return Change(neighbourhood) if neighbourhood else None


def newest(actor: Actor, neighbourhood: Neighbourhood) -> Handover | None:
    last = visible(actor, Handover).where(Handover.neighbourhood_id == neighbourhood.id)
    return (
        db.session.scalars(
            select(Handover)
            .where(Handover.id == last.with_only_columns(func.max(Handover.id)).scalar_subquery())
            .options(joinedload(Handover.from_organisation), joinedload(Handover.to_organisation))
            .options(joinedload(Handover.planned))
        )
        .unique()
        .first()
    )


def overview(actor: Actor, change: Change, shown: int = PAGE) -> Overview:
    """Five queries, however many items and people there are."""
    handover = newest(actor, change.neighbourhood)
    if handover is None:
        return Overview(None, [], {}, 0, _looked(actor, change, None, 0), _contract_ends(actor, change))
    (counted, orphans), items = _counted(actor, handover), _items(actor, handover, shown)
    there = yearly.still_there(state for (_choice, state), number in counted.items() for _each in range(number))
    return Overview(handover, _lines(handover, items), counted, orphans, _looked(actor, change, handover, there), None)


def _counted(actor: Actor, handover: Handover) -> tuple[dict[tuple[str, str | None], int], int]:
    """All items, also those further down the list, and how many of them are nobody's yet."""
    rows = db.session.execute(
        visible(actor, HandoverItem)
        .with_only_columns(
            HandoverItem.choice, HandoverItem.after_a_year, func.count(), func.sum(case((_orphan, 1), else_=0))
        )
        .where(HandoverItem.handover_id == handover.id)
        .group_by(HandoverItem.choice, HandoverItem.after_a_year)
    ).all()
    counted = {(choice, state): number for choice, state, number, _nobody in rows}
    return counted, sum(nobody for *_rest, nobody in rows)


def _items(actor: Actor, handover: Handover, shown: int) -> Sequence[HandoverItem]:
    whose = [joinedload(getattr(HandoverItem, side)) for side in ("old_owner", "new_owner")]
    kinds = (Owner.person, Owner.organisation, Owner.centre)
    return (
        db.session.scalars(
            visible(actor, HandoverItem)
            .where(HandoverItem.handover_id == handover.id)
            .options(*(side.joinedload(kind) for side in whose for kind in kinds))
            .options(joinedload(HandoverItem.deciders).joinedload(ItemDecider.voice))
            .order_by(
                case((_orphan, 0), else_=1),
                case({choice: place for place, choice in enumerate(ORDER)}, value=HandoverItem.choice),
                HandoverItem.position, HandoverItem.id,
            )
            .limit(shown)
        )
        .unique()
        .all()
    )  # fmt: skip


def _lines(handover: Handover, items: Sequence[HandoverItem]) -> list[Line]:
    """An old owner wears the hat of the day it began, a new one that of the day of the change."""
    owners = [owner for item in items for owner in (item.old_owner, item.new_owner) if owner is not None]
    worn = _mandates(handover, [owner.person_id for owner in owners if owner.person_id is not None])
    return [
        Line(
            item,
            _shown(item.old_owner, worn, handover.start),
            _shown(item.new_owner, worn, handover.changes_on) if item.new_owner is not None else None,
        )
        for item in items
    ]


def _mandates(handover: Handover, people: Iterable[int]) -> dict[int, list[tuple[Mandate, Area | None]]]:
    """The hats of these people here, main one first, each with the area where the person lives."""
    found: dict[int, list[tuple[Mandate, Area | None]]] = defaultdict(list)
    wanted = sorted(set(people))
    if not wanted:
        return found
    rows = db.session.execute(
        select(Mandate, Area)
        .join(Person, Person.id == Mandate.person_id)
        .outerjoin(Area, Area.id == Person.area_id)
        .where(Mandate.person_id.in_(wanted), Mandate.neighbourhood_id == handover.neighbourhood_id)
        .options(joinedload(Mandate.role), joinedload(Mandate.organisation), joinedload(Mandate.centre))
        .order_by(Mandate.position, Mandate.id)
    )
    for mandate, area in rows:
        found[mandate.person_id].append((mandate, area))
    return found


def _shown(owner: Owner, worn: Mapping[int, list[tuple[Mandate, Area | None]]], day: date) -> Shown:
    if owner.person is None:
        thing: Any = owner.organisation or owner.centre
        kind = "council" if owner.organisation is not None and owner.organisation.kind == "municipality" else "provider"
        return Shown(thing.name, None, kind if owner.organisation is not None else "resident", institution=True)
    held = worn.get(owner.person.id, [])
    mandate, area = next((each for each in held if each[0].holds_on(day)), held[0] if held else (None, None))
    if mandate is None:
        return Shown(None, None, "resident")
    hat = places.hat_of(mandate, area)
    return Shown(hats.name(hat.role, owner.person.name, owner.person.shown_as), hat.shown, hat.kind)


def _looked(actor: Actor, change: Change, handover: Handover | None, there: int) -> list[Looked]:
    """In order of their days. The yearly one is counted from the items, each time it is read."""
    rows = db.session.scalars(
        visible(actor, LookBack)
        .where(LookBack.neighbourhood_id == change.neighbourhood_id)
        .where(LookBack.handover_id == (handover.id if handover is not None else None))
        .order_by(LookBack.day, LookBack.position, LookBack.id)
    )
    return [Looked(each, there if each.counted is None else each.counted) for each in rows]


def _contract_ends(actor: Actor, change: Change) -> date | None:
    return db.session.scalar(
        visible(actor, Contract)
        .with_only_columns(func.max(Contract.last_day))
        .where(Contract.neighbourhood_id == change.neighbourhood_id)
    )
