"""Neighbourhoods, hats and areas, as pages and rules read them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlalchemy.orm import joinedload

from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR, Actor, Hat
from wijkplatform.core.db import db, in_code_order, in_hand, once
from wijkplatform.core.keeping import for_all, found_by
from wijkplatform.core.policy import may, visible, visible_to_all
from wijkplatform.core.sorting import by_title
from wijkplatform.people.models import Person
from wijkplatform.places import hats, slugs
from wijkplatform.places.models import Area, CbsArea, Centre, Mandate, Neighbourhood, Organisation, Role, holds

_size = case({"municipality": 0, "district": 1}, value=CbsArea.level, else_=2)


def neighbourhoods(actor: Actor) -> Sequence[Neighbourhood]:
    """All neighbourhoods that may be seen, in the Dutch order of their names."""
    return sorted(db.session.scalars(visible(actor, Neighbourhood)), key=lambda each: (by_title(each.name), each.id))


_BY_SLUG = select(Neighbourhood).where(Neighbourhood.slug == bindparam("slug"))


#: Which neighbourhood an address is about, for keeping its pages; what is sealed is never kept.
WHERE = "SELECT id FROM neighbourhood WHERE slug = :slug AND sealed_until IS NULL"


def by_slug(slug: str) -> Neighbourhood | None:
    """By its part of an address; for a page it is a kept one, to be read."""

    def read() -> Neighbourhood | None:
        return db.session.scalars(_BY_SLUG, {"slug": slug}).first()

    def find() -> Neighbourhood | None:
        id_ = found_by(WHERE, {"slug": slug})
        return read() if id_ is None else once(("place", id_), lambda: for_all(id_, "place", read))

    return once(("neighbourhood", slug), find)


def open_by_slug(slug: str) -> Neighbourhood | None:
    """For finding what stands in it: of a sealed neighbourhood nothing is found."""
    found = by_slug(slug)
    return found if found is not None and may(VISITOR, "view", found) else None


def areas(actor: Actor, neighbourhood: Neighbourhood) -> Sequence[Area]:
    """Everybody sees the same ones; they are there to be read."""

    def read() -> Sequence[Area]:
        query = visible_to_all(Area).where(Area.neighbourhood_id == neighbourhood.id)
        return db.session.scalars(query.order_by(Area.position, Area.id)).all()

    return for_all(neighbourhood.id, "areas", read)


def centres(actor: Actor, neighbourhood: Neighbourhood) -> Sequence[Centre]:
    """Everybody sees the same ones; they are there to be read."""

    def read() -> Sequence[Centre]:
        query = visible_to_all(Centre).where(Centre.neighbourhood_id == neighbourhood.id)
        return db.session.scalars(query.order_by(Centre.position, Centre.id)).all()

    return for_all(neighbourhood.id, "centres", read)


def mandates_of(person: Person, neighbourhood_id: int | None = None) -> Sequence[Mandate]:
    """All mandates of a person, main one first, with what is needed to show them."""
    query = (
        select(Mandate)
        .where(Mandate.person_id == person.id)
        .options(joinedload(Mandate.role), joinedload(Mandate.organisation), joinedload(Mandate.centre))
        .order_by(Mandate.neighbourhood_id, Mandate.position, Mandate.id)
    )
    if neighbourhood_id is not None:
        query = query.where(Mandate.neighbourhood_id == neighbourhood_id)
    return db.session.scalars(query).all()


_person, _area, _mandate, _role, _organisation, _centre = (
    each.__table__.c for each in (Person, Area, Mandate, Role, Organisation, Centre)
)
#: A person with everything they wear, in one question of columns: it is asked for every page of who is logged in.
_WORN = (
    select(
        _person.name, _area.id, _area.name, _area.neighbourhood_id, _mandate.id, _mandate.neighbourhood_id,
        _mandate.first_day, _mandate.last_day, _role.code, _role.name, _role.kind, _mandate.organisation_id,
        _organisation.name, _organisation.kind, _mandate.centre_id, _centre.name, _person.shown_as,
    )
    .select_from(Person.__table__)
    .outerjoin(Area.__table__, _area.id == _person.area_id)
    .outerjoin(Mandate.__table__, _mandate.person_id == _person.id)
    .outerjoin(Role.__table__, _role.id == _mandate.role_id)
    .outerjoin(Organisation.__table__, _organisation.id == _mandate.organisation_id)
    .outerjoin(Centre.__table__, _centre.id == _mandate.centre_id)
    .where(_person.id == bindparam("person_id"))
    .order_by(_mandate.neighbourhood_id, _mandate.position, _mandate.id)
)  # fmt: skip


def actor_of(person_id: int | None) -> Actor:
    """The actor that a person is today: mandates that do not hold today give nothing."""
    rows = db.session.execute(_WORN, {"person_id": person_id}).all() if person_id is not None else []
    if not rows:
        return VISITOR
    today = clock.today()
    worn = [_hat(row) for row in rows if row[4] is not None and holds(row[6], row[7], today)]
    return Actor(person_id=person_id, name=rows[0][0], hats=tuple(worn), asked_name=rows[0][16] is not None)


def _hat(row: Any) -> Hat:
    """As `hat_of`, from the columns of `_WORN`."""
    _name, area_id, area, area_home, mandate_id, home, _first, _last, key, role, kind, org_id, org, org_kind, *there = (
        row
    )
    here = area_home == home
    shown = hats.hat(key, role, area=area if here else None, organisation=org, centre=there[1])
    return Hat(
        mandate_id=mandate_id, neighbourhood_id=home, role=key, kind=kind, shown=shown, organisation_id=org_id,
        organisation_kind=org_kind, centre_id=there[0], area_id=area_id if here else None,
    )  # fmt: skip


def hat_of(mandate: Mandate, area: Area | None) -> Hat:
    organisation, centre = mandate.organisation, mandate.centre
    here = area.name if area is not None and area.neighbourhood_id == mandate.neighbourhood_id else None
    return Hat(
        mandate_id=mandate.id,
        neighbourhood_id=mandate.neighbourhood_id,
        role=mandate.role.code,
        kind=mandate.role.kind,
        shown=hats.hat(
            mandate.role.code, mandate.role.name, area=here,
            organisation=organisation.name if organisation else None, centre=centre.name if centre else None,
        ),
        organisation_id=mandate.organisation_id,
        organisation_kind=organisation.kind if organisation else None,
        centre_id=mandate.centre_id,
        area_id=area.id if area is not None and here else None,
    )  # fmt: skip


def find_areas(letters: str, *, year: int | None = None, limit: int = 20) -> tuple[Sequence[CbsArea], int]:
    """CBS areas of which a word begins with these letters, larger areas first: the rows and how many there are.

    'sudwest' finds Súdwest-Fryslân; a code finds its area.
    """
    words = slugs.plain(letters).split()
    if not words:
        return [], 0
    by_name = and_(*(CbsArea.sought.like(f"% {word}%") for word in words))
    query = select(CbsArea).where(or_(by_name, CbsArea.code == letters.strip().upper()))
    if year is not None:
        query = query.where(CbsArea.year == year)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(_size, func.length(CbsArea.name), in_code_order(CbsArea.code), CbsArea.year)
    return db.session.scalars(ordered.limit(limit)).all(), total


def taking_part(actor: Actor, codes: Sequence[str]) -> dict[str, Neighbourhood]:
    """Which of these CBS codes is a neighbourhood here, or an area of one."""
    whole = visible(actor, Neighbourhood).where(Neighbourhood.cbs_code.in_(codes))
    parts = visible(actor, Area).where(Area.cbs_code.in_(codes))
    found = {each.cbs_code: by_id(each.neighbourhood_id) for each in db.session.scalars(parts)}
    return found | {each.cbs_code: each for each in db.session.scalars(whole)}


def by_ids(ids: Iterable[int]) -> list[Neighbourhood]:
    """Several at once, in this order."""
    wanted = list(dict.fromkeys(ids))
    known = {each.id: each for each in db.session.identity_map.values() if isinstance(each, Neighbourhood)}
    known |= {id_: each for id_ in wanted if (each := in_hand(("place", id_))) is not None}
    missing = [each for each in wanted if each not in known]
    if missing:
        rows = db.session.scalars(select(Neighbourhood).where(Neighbourhood.id.in_(missing)))
        known.update({each.id: each for each in rows})
    return [known[each] for each in wanted if each in known]


def by_id(neighbourhood_id: int) -> Neighbourhood:
    """The neighbourhood of a row; it is there, the database says so."""
    return in_hand(("place", neighbourhood_id)) or db.session.get_one(Neighbourhood, neighbourhood_id)
