"""The neighbourhood page, asked of every feature through the offers; and the front page, over all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import or_, select

from wijkplatform.agenda.models import Need
from wijkplatform.agreements.models import Adjustment, Agreement
from wijkplatform.calls.models import Call
from wijkplatform.core import clock, offers
from wijkplatform.core.actor import VISITOR, Actor
from wijkplatform.core.db import db
from wijkplatform.core.keeping import for_all
from wijkplatform.core.offers import OpenNow, Stage
from wijkplatform.core.policy import visible
from wijkplatform.home import tour
from wijkplatform.index.models import Link
from wijkplatform.people.models import Person
from wijkplatform.people.queries import DEMO_DOMAIN
from wijkplatform.places.models import Neighbourhood
from wijkplatform.rounds.models import Moment


@dataclass(frozen=True)
class Now:
    """What is going on in a neighbourhood, as one actor sees it: the greeting, what is open, the seven stages."""

    greeting: OpenNow | None
    open: list[OpenNow]
    stages: list[Stage]


def now(neighbourhood: Neighbourhood, actor: Actor) -> Now:
    """What closes first comes first; what one can do oneself goes before what one cannot."""
    like = actor.like(neighbourhood.id)
    return for_all(neighbourhood.id, ("now", like), lambda: _now(neighbourhood, like))


def _now(neighbourhood: Neighbourhood, actor: Actor) -> Now:
    """For anybody in these roles. How far each stage is, is the same for everybody."""
    found = offers.gather("open_now", neighbourhood, actor)
    found = [each for each in found if each.closes_at is None or not clock.reached(each.closes_at)]
    first = sorted(found, key=lambda each: (not each.mine, each.closes_at is None, -each.weight, each.closes_at or 0))
    stages = for_all(neighbourhood.id, "stages", lambda: offers.gather("stages", neighbourhood, VISITOR))
    lit = {each.stage for each in found}
    return Now(
        greeting=first[0] if first else None,
        open=first,
        stages=[_lit(stage) if stage.no in lit else stage for stage in sorted(stages, key=lambda each: each.no)],
    )


def _lit(stage: Stage) -> Stage:
    """A stage in which something stands open is open, whatever was finished before."""
    return Stage(stage.no, stage.name, "now", stage.sentence, stage.href)


@dataclass(frozen=True)
class Opening:
    """Something to do as the front page shows it: what, where, and from when until when. No `closes_at`: always open."""

    stage: int | None
    title: str
    href: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    begun: bool = True


@dataclass(frozen=True)
class Front:
    """A neighbourhood on the front page: what is open there, and a point that has come a long way, with its chain."""

    place: Neighbourhood
    openings: list[Opening]
    read: list[Opening]
    walk: Need | None
    call: Call | None

    @property
    def in_draft(self) -> bool:
        return self.call is not None and self.call.state == "draft"

    @property
    def walk_href(self) -> str | None:
        return self.walk and path_in(self.place, None, tour.CHAIN + self.walk.code, f"{tour.AGENDA}/{self.walk.code}")


def front(actor: Actor, neighbourhoods: Sequence[Neighbourhood]) -> list[Front]:
    """All neighbourhoods in a few statements, however many there are."""
    ids = [each.id for each in neighbourhoods]
    moments, calls, walks = _moments(actor, ids), _calls(actor, ids), _walks(actor, ids)
    return [
        Front(
            each, _openings(each, moments.get(each.id, []), calls.get(each.id)),
            _reading(each, calls.get(each.id)) if each.id in walks else [], walks.get(each.id), calls.get(each.id),
        )
        for each in neighbourhoods
    ]  # fmt: skip


def _moments(actor: Actor, ids: Sequence[int]) -> dict[int, list[Moment]]:
    """Those that are open or still to come: first what closes first, then what never closes, then what must begin."""
    rows = db.session.scalars(
        visible(actor, Moment)
        .where(Moment.neighbourhood_id.in_(ids))
        .where(or_(Moment.closes_at.is_(None), Moment.closes_at > clock.now()))
    )
    found: dict[int, list[Moment]] = {}
    for each in sorted(rows, key=_first):
        if not clock.reached(each.closes_at):
            found.setdefault(each.neighbourhood_id, []).append(each)
    return found


def _first(moment: Moment) -> tuple[bool, bool, datetime, int]:
    begun = clock.reached(moment.opens_at)
    return not begun, moment.closes_at is None, moment.closes_at or moment.opens_at, moment.id


def _calls(actor: Actor, ids: Sequence[int]) -> dict[int, Call]:
    """The newest call of each."""
    rows = db.session.scalars(visible(actor, Call).where(Call.neighbourhood_id.in_(ids)).order_by(Call.id))
    return {each.neighbourhood_id: each for each in rows}


def _walks(actor: Actor, ids: Sequence[int]) -> dict[int, Need]:
    """Of each a need whose agreement was adjusted: its chain has every step."""
    rows = db.session.scalars(
        visible(actor, Need)
        .join(Link, (Link.target_id == Need.id) & (Link.target_kind == Need.__tablename__))
        .join(Adjustment, (Adjustment.agreement_id == Link.source_id) & (Link.source_kind == Agreement.__tablename__))
        .where(Need.neighbourhood_id.in_(ids))
        .order_by(Adjustment.position.desc(), Link.position.desc())
    )
    return {each.neighbourhood_id: each for each in rows}


def _openings(place: Neighbourhood, moments: Sequence[Moment], call: Call | None) -> list[Opening]:
    """What the moments open; and the agenda, which is always open, whether or not that was ever recorded."""
    found = [_opening(each, place, call) for each in moments]
    if not any(each.stage == 1 for each in found):
        title, path = tour.DOINGS["neighbourhood"][1:]
        found.append(Opening(1, str(title), path_in(place, call, path)))
    return found


def _opening(moment: Moment, place: Neighbourhood, call: Call | None) -> Opening:
    stage, title, path = tour.DOINGS.get(moment.about_kind or "", (None, moment.question or moment.kind, tour.HOME))
    begun = clock.reached(moment.opens_at)
    return Opening(stage, str(title), path_in(place, call, path), moment.opens_at, moment.closes_at, begun)


def _reading(place: Neighbourhood, call: Call | None) -> list[Opening]:
    """How a round went, where one is over."""
    if call is None or call.state == "draft":
        return []
    home = path_in(place, call)
    found = [Opening(stage, str(title), path_in(place, call, path)) for stage, title, path in tour.LOOKING_BACK]
    return [each for each in found if each.href != home]


def circle(fronts: Sequence[Front]) -> list[Stage]:
    """The seven stages, lit where something stands open in one of these neighbourhoods."""
    lit = {each.stage for front in fronts for each in front.openings if each.begun}
    return [Stage(no, str(name), "now" if no in lit else "next", "", None) for no, name in enumerate(tour.STAGES, 1)]


def path_in(place: Neighbourhood, call: Call | None, *wanted: str) -> str:
    """The first of these addresses that there is, in this neighbourhood; otherwise its own page."""
    for each in wanted:
        path = each.format(wijk=place.slug, uitvraag=call.slug if call else "")
        if (call or "{uitvraag}" not in each) and current_app.url_map.bind("").test(path, "GET"):
            return path
    return tour.HOME.format(wijk=place.slug)


@dataclass(frozen=True)
class Guest:
    """Somebody one can be in the demo, where that person lives or works, and where the tour begins."""

    person: Person
    place: Neighbourhood
    begins: str


def guests(fronts: Sequence[Front]) -> dict[str, list[Guest]]:
    """The accounts of the demo by role: first who is at home where something stands open.

    Their addresses are made as <role>-<number>@<demo domain>.
    """
    homes = sorted(fronts, key=lambda each: not each.in_draft)
    found: dict[str, list[Guest]] = {}
    for person in db.session.scalars(select(Person).where(Person.email.endswith(DEMO_DOMAIN)).order_by(Person.email)):
        part = tour.PARTS.get(str(person.email).rpartition("-")[0].replace("-", "_"))
        if part is not None and homes:
            home = next((each for each in homes if each.place.id == person.home_id), homes[0])
            begins = path_in(home.place, home.call, part.opens if home.in_draft else part.after)
            found.setdefault(part.role, []).append(Guest(person, home.place, begins))
    order = [each.place.id for each in homes]
    return {role: sorted(people, key=lambda each: order.index(each.place.id)) for role, people in found.items()}
