"""All moments of a neighbourhood on one page: what is late, what is open, what is still to come, what was."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from wijkplatform.core import clock, offers
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db, model_of
from wijkplatform.core.policy import visible
from wijkplatform.core.trail import Event
from wijkplatform.places import queries as places
from wijkplatform.places.models import Mandate, Organisation, Voice
from wijkplatform.rounds.models import Commitment, Moment, Moments
from wijkplatform.rounds.policy import is_open
from wijkplatform.rounds.queries import box, days_late, is_late

PAGE = 20


@dataclass(frozen=True)
class Line:
    """A moment as the list shows it: its promise as a box, and where one takes part."""

    moment: Moment
    box: dict[str, Any]
    href: str | None  #: of what it is about, where that has a page

    @property
    def begun(self) -> bool:
        return clock.reached(self.moment.opens_at)

    @property
    def one_day(self) -> bool:
        """Did it, or will it, end on the day on which it opens?"""
        ends = self.moment.closes_at
        return ends is not None and _day(ends - timedelta(microseconds=1)) == _day(self.moment.opens_at)


def _day(instant: datetime) -> date:
    return clock.local(instant).date()


@dataclass(frozen=True)
class Listing:
    """The moments in four groups; a late one stands with the late ones, open or not."""

    late: list[Line]
    open: list[Line]
    coming: list[Line]
    past: list[Line]
    past_total: int

    @property
    def running(self) -> int:
        """How many stand open, those that are late among them."""
        return len(self.open) + sum(is_open(each.moment) for each in self.late)


@dataclass(frozen=True)
class Record:
    """How a party kept what it promised. `name` is None where nobody wrote down who promised."""

    name: str | None
    in_time: int
    too_late: int
    overdue: int
    running: int

    @property
    def total(self) -> int:
        return self.in_time + self.too_late + self.overdue + self.running


def moments_of(slug: str) -> Moments | None:
    neighbourhood = places.open_by_slug(slug)
    return Moments(neighbourhood) if neighbourhood else None


def moment_of(slug: str, code: str) -> Moment | None:
    neighbourhood = places.open_by_slug(slug)
    if neighbourhood is None:
        return None
    return db.session.scalars(
        select(Moment)
        .where(Moment.neighbourhood_id == neighbourhood.id, Moment.code == code)
        .options(joinedload(Moment.commitment), joinedload(Moment.centre))
    ).first()


def listing(actor: Actor, moments: Moments, shown: int = PAGE) -> Listing:
    """What still asks something of somebody in full; of what is over and done a piece, newest first."""
    here = visible(actor, Moment).where(Moment.neighbourhood_id == moments.neighbourhood_id)
    here = here.outerjoin(Commitment, Commitment.moment_id == Moment.id)
    here = here.options(joinedload(Moment.commitment), joinedload(Moment.centre))
    late = (Commitment.kept_at.is_(None)) & (Commitment.hear_by < clock.today())
    running = or_(Moment.closes_at.is_(None), Moment.closes_at > clock.now(), late)
    done = here.where(~func.coalesce(running, False))
    total = db.session.scalar(select(func.count()).select_from(done.with_only_columns(Moment.id).subquery())) or 0
    now = db.session.scalars(here.where(running).order_by(Moment.opens_at, Moment.id)).all()
    past = db.session.scalars(done.order_by(Moment.opens_at.desc(), Moment.id.desc()).limit(shown)).all()
    lines = {each.moment.id: each for each in _lines(actor, [*now, *past])}
    late_now = [each for each in now if each.commitment and is_late(each.commitment)]
    rest = [each for each in now if each not in late_now]
    return Listing(
        late=[lines[each.id] for each in late_now],
        open=[lines[each.id] for each in rest if is_open(each)],
        coming=[lines[each.id] for each in rest if not is_open(each)],
        past=[lines[each.id] for each in past],
        past_total=total,
    )


def _lines(actor: Actor, moments: Sequence[Moment]) -> list[Line]:
    """With where one takes part, in a query per kind of thing however many moments there are."""
    wanted = {(each.about_kind, each.about_id) for each in moments if each.about_kind and each.about_id}
    hrefs: dict[tuple[str | None, int | None], str | None] = {}
    for kind in {kind for kind, _id in wanted if kind}:
        model = model_of(kind)
        ids = [id_ for each, id_ in wanted if each == kind]
        for thing in db.session.scalars(visible(actor, model).where(model.id.in_(ids))):
            hrefs[kind, thing.id] = next((path for path in offers.ask("address", thing) if path), None)
    return [Line(each, box(each), hrefs.get((each.about_kind, each.about_id))) for each in moments]


def records(actor: Actor, moments: Moments) -> list[Record]:
    """Per party how its promises were kept, counted from whoever gave them; most promises first."""
    rows = db.session.execute(
        select(Commitment, Organisation.name, Voice.hat)
        .join(Moment, Moment.id == Commitment.moment_id)
        .outerjoin(
            Event,
            (Event.thing_kind == Moment.__tablename__)
            & (Event.thing_id == Moment.id)
            & (Event.verb == "commitment.given"),
        )
        .outerjoin(Voice, Voice.id == Event.voice_id)
        .outerjoin(Mandate, Mandate.id == Voice.mandate_id)
        .outerjoin(Organisation, Organisation.id == Mandate.organisation_id)
        .where(Moment.neighbourhood_id == moments.neighbourhood_id)
        .where(Moment.id.in_(visible(actor, Moment).with_only_columns(Moment.id)))
        .order_by(Event.number)
    ).all()
    given = {commitment: organisation or hat for commitment, organisation, hat in rows}
    counted: dict[str | None, Counter[str]] = {}
    for commitment, party in given.items():
        counted.setdefault(party, Counter())[outcome(commitment)] += 1
    found = [
        Record(name, each["in_time"], each["too_late"], each["overdue"], each["running"])
        for name, each in counted.items()
    ]
    return sorted(found, key=lambda each: (each.name is None, -each.total, each.name or ""))


def outcome(commitment: Commitment) -> str:
    """What became of a promise: `in_time`, `too_late`, `overdue` or `running`."""
    if commitment.kept_at is not None:
        return "too_late" if days_late(commitment) else "in_time"
    return "overdue" if is_late(commitment) else "running"


def address(thing: Any) -> str | None:
    """A moment stands in the list of its neighbourhood."""
    if not isinstance(thing, Moment):
        return None
    slug = places.by_id(thing.neighbourhood_id).slug
    return f"/wijken/{slug}/momenten#{thing.code}"
