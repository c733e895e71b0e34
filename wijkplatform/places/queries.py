"""Neighbourhoods, hats and areas, as pages and rules read them."""

from collections.abc import Sequence

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR, Actor, Hat
from wijkplatform.core.db import db, in_code_order
from wijkplatform.core.policy import may, visible
from wijkplatform.core.sorting import by_title
from wijkplatform.people.models import Person
from wijkplatform.places import hats, slugs
from wijkplatform.places.models import Area, CbsArea, Centre, Mandate, Neighbourhood

_size = case({"municipality": 0, "district": 1}, value=CbsArea.level, else_=2)


def neighbourhoods(actor: Actor) -> Sequence[Neighbourhood]:
    """All neighbourhoods that may be seen, in the Dutch order of their names."""
    return sorted(db.session.scalars(visible(actor, Neighbourhood)), key=lambda each: (by_title(each.name), each.id))


def by_slug(slug: str) -> Neighbourhood | None:
    return db.session.scalars(select(Neighbourhood).where(Neighbourhood.slug == slug)).first()


def open_by_slug(slug: str) -> Neighbourhood | None:
    """For finding what stands in it: of a sealed neighbourhood nothing is found."""
    found = by_slug(slug)
    return found if found is not None and may(VISITOR, "view", found) else None


def areas(actor: Actor, neighbourhood: Neighbourhood) -> Sequence[Area]:
    return db.session.scalars(
        visible(actor, Area).where(Area.neighbourhood_id == neighbourhood.id).order_by(Area.position, Area.id)
    ).all()


def centres(actor: Actor, neighbourhood: Neighbourhood) -> Sequence[Centre]:
    return db.session.scalars(
        visible(actor, Centre).where(Centre.neighbourhood_id == neighbourhood.id).order_by(Centre.position, Centre.id)
    ).all()


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


def actor_of(person_id: int | None) -> Actor:
    """The actor that a person is today: mandates that do not hold today give nothing."""
    person = db.session.get(Person, person_id) if person_id is not None else None
    if person is None:
        return VISITOR
    area = db.session.get(Area, person.area_id) if person.area_id is not None else None
    today = clock.today()
    worn = [hat_of(mandate, area) for mandate in mandates_of(person) if mandate.holds_on(today)]
    return Actor(person_id=person.id, name=person.name, hats=tuple(worn))


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


def by_id(neighbourhood_id: int) -> Neighbourhood:
    """The neighbourhood of a row; it is there, the database says so."""
    return db.session.get_one(Neighbourhood, neighbourhood_id)
