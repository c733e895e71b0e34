"""Building the demo: both neighbourhoods with dates that make sense today, their open moments, and the accounts."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from wijkplatform.config import Settings
from wijkplatform.core import actor, clock, trail
from wijkplatform.core.db import begin_writing, db
from wijkplatform.core.errors import Refused
from wijkplatform.demo import accounts
from wijkplatform.exchange import areas, directory
from wijkplatform.exchange.load import load_directory
from wijkplatform.index import service as index
from wijkplatform.people.models import Person
from wijkplatform.people.queries import DEMO_DOMAIN
from wijkplatform.places.models import CbsArea, Municipality, Neighbourhood
from wijkplatform.places.service import take_cbs_areas
from wijkplatform.plans.models import Plan
from wijkplatform.rounds import service as rounds
from wijkplatform.rounds.models import Moment

HERE = Path(__file__).resolve().parent
FINISHED = HERE / "zuiderkwartier"
OPEN = HERE / "huizum-oost"
AREAS = ("gemeenten_2015.csv", "wijken_2014.csv", "buurten_2014.csv", "wijken_2014_zes_gemeenten.geojson")
WRITTEN_ON = date(2026, 11, 22)  #: the day for which the dates of the open neighbourhood were written
WINDOW = timedelta(days=60)  #: how long its moments stay open


def is_demo(app: Flask) -> bool:
    """Was this database made by `make demo`?"""
    with app.app_context():
        return db.session.scalars(select(Person).where(Person.email.endswith(DEMO_DOMAIN))).first() is not None


def clear(settings: Settings) -> None:
    """Throw the demo's database away. Only a file in the data directory; another database is never emptied."""
    if settings.database_url:
        raise Refused("Opnieuw beginnen kan alleen met de database in DATA_DIR. Maak uw eigen database zelf leeg.")
    for end in ("", "-wal", "-shm"):
        Path(str(settings.data_dir / f"wijkplatform.sqlite3{end}")).unlink(missing_ok=True)


def build(progress: Callable[[int, int], None]) -> Iterator[str]:
    """Load what is not there yet, each neighbourhood in a transaction of its own. Yields sentences on what was done."""
    finished, opened = directory.read(FINISHED).data, directory.read(OPEN).data
    if not db.session.scalar(select(func.count()).select_from(CbsArea)):
        for name in AREAS:
            take_cbs_areas(areas.read(HERE / "cbs" / name).rows())
        trail.commit()
        yield "De gebieden van het CBS zijn geladen."
    if _there(finished) is None:
        years = _years_back(finished)
        load_directory(finished, actor.takeover(), shift_years=years, progress=progress)
        trail.commit()
        yield "Het Zuiderkwartier is geladen, met zijn eerste ronde afgerond."
        if years:
            yield f"De datums zijn {-years} jaar teruggezet. Jaartallen in de teksten zijn niet veranderd."
    if _there(opened) is None:
        place = load_directory(_moved(opened, clock.today() - WRITTEN_ON), actor.takeover(), progress=progress)
        _open_moments(place)
        trail.commit()
        yield f"{place.name} is geladen. Alles staat er {WINDOW.days} dagen open."
    begin_writing()
    places = [place for data in (finished, opened) if (place := _there(data)) is not None]
    if accounts.make(places):
        trail.commit()
        yield "De accounts om mee rond te kijken zijn gemaakt."
    yield from _closed(places)


def _there(data: dict[str, Any]) -> Neighbourhood | None:
    town, place = data["00_gebied.yaml"]["gemeente"], data["00_gebied.yaml"]["wijk"]
    return db.session.scalars(
        select(Neighbourhood).join(Municipality, Municipality.id == Neighbourhood.municipality_id)
        .where(Municipality.code == town["id"], Neighbourhood.code == place["id"])
    ).first()  # fmt: skip


def _years_back(data: dict[str, Any]) -> int:
    """Whole years so that the last conversation lies in the past year; never forward."""
    last = max(each["datum"] for each in data["11_halfjaargesprekken.yaml"]["gesprekken"])
    years = 0
    while last.replace(year=last.year + years) > clock.today():
        years -= 1
    return years


def _moved(value: Any, by: timedelta) -> Any:
    """The same data with every date moved; weekdays move along only by whole weeks, dates by every day."""
    if isinstance(value, dict):
        return {key: _moved(each, by) for key, each in value.items()}
    if isinstance(value, list):
        return [_moved(each, by) for each in value]
    if isinstance(value, date | datetime):
        return value + by
    return value


def _open_moments(place: Neighbourhood) -> None:
    """The agenda, always open, and the writing round of the plan, each with its commitment."""
    opens, closes = clock.now(), clock.end_of(clock.today() + WINDOW)
    hear_by = clock.today() + WINDOW + timedelta(days=42)
    plan = db.session.scalars(select(Plan).where(Plan.neighbourhood_id == place.id)).one()
    by = actor.command_line()
    agenda = rounds.apply_moment(
        by, place.id, code=index.next_code(place.id, Moment, "MO"), kind="bewonersagenda", about=place,
        question="Wat moet er beter in onze wijk?", opens_at=opens,
    )  # fmt: skip
    rounds.apply_commitment(
        by, agenda, level="coproduce", hear_by=hear_by, decides="Bewoners bepalen zelf wat er op de agenda staat.",
        fixed="De gemeente verandert of schrapt niets op de agenda.",
        open_="Alles wat volgens u beter moet in de wijk, groot of klein.",
    )  # fmt: skip
    writing = rounds.apply_moment(
        by, place.id, code=index.next_code(place.id, Moment, "MO"), kind="schrijfronde", about=plan,
        question="Wat moet er in ons wijkplan staan?", opens_at=opens, closes_at=closes,
    )  # fmt: skip
    rounds.apply_commitment(
        by, writing, level="coproduce", hear_by=hear_by,
        decides="De wijk schrijft. Het college stelt het plan vast, en legt uit wat anders wordt.",
        fixed="Het plan geldt tien jaar. Het budget per jaar staat vast.",
        open_="De tekst van elk hoofdstuk, en waar we het eerst mee beginnen.",
    )  # fmt: skip


def _closed(places: list[Neighbourhood]) -> Iterator[str]:
    """On older data: what has closed since."""
    for place in places:
        over = db.session.scalars(
            select(Moment).where(Moment.neighbourhood_id == place.id, Moment.closes_at <= clock.now())
            .where(Moment.about_kind == "plan")
        ).all()  # fmt: skip
        for moment in over:
            yield f"In {place.name} is de {moment.kind} intussen dicht. Begin opnieuw met: make demo-fresh."
