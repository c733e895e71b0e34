"""Building the demo: both neighbourhoods with dates that make sense today, their open moments, and the accounts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from wijkplatform.config import Settings
from wijkplatform.core import actor, clock, trail
from wijkplatform.core.db import begin_writing, db
from wijkplatform.core.errors import Refused
from wijkplatform.demo import accounts, dates, moments
from wijkplatform.exchange import areas, directory
from wijkplatform.exchange.load import load_directory
from wijkplatform.people.models import Person
from wijkplatform.people.queries import DEMO_DOMAIN
from wijkplatform.places.models import CbsArea, Municipality, Neighbourhood
from wijkplatform.places.service import take_cbs_areas

HERE = Path(__file__).resolve().parent
FINISHED = HERE / "zuiderkwartier"
OPEN = HERE / "huizum-oost"
AREAS = ("gemeenten_2015.csv", "wijken_2014.csv", "buurten_2014.csv", "wijken_2014_zes_gemeenten.geojson")


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
        place = load_directory(dates.moved(opened, clock.today()), actor.takeover(), progress=progress)
        moments.open_all(place)
        trail.commit()
        yield f"{place.name} is geladen. Alles staat er {dates.WINDOW.days} dagen open."
    begin_writing()
    places = [place for data in (finished, opened) if (place := _there(data)) is not None]
    if accounts.make(places):
        trail.commit()
        yield "De accounts om mee rond te kijken zijn gemaakt."
    if there := _there(opened):
        yield from moments.closed(there)


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
