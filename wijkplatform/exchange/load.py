"""Taking a whole neighbourhood in: one transaction, every feature in the order of the line (docs/FORMAT.md §18)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import select

from wijkplatform.core import offers, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import begin_writing, db
from wijkplatform.core.errors import Refused
from wijkplatform.core.transfer import Load
from wijkplatform.core.words import _, _l
from wijkplatform.exchange.shifting import Data, Notes, shift
from wijkplatform.index import service as index
from wijkplatform.places.models import Municipality, Neighbourhood

Progress = Callable[[int, int], None]  #: how many of how many are done

#: The trail keeps what the calendar forced a shift to change: an export needs it to undo the shift.
SHIFTED = "neighbourhood.shifted"
trail.declare({SHIFTED: _l("schoof alle datums op")})


def load_directory(
    data: Data, actor: Actor, *, shift_years: int = 0, progress: Progress | None = None
) -> Neighbourhood:
    """Take over a checked directory, as `directory.read` gives it. Whoever calls commits; a refusal leaves nothing.

    `shift_years` moves every date by whole years; an export moves them back.
    """
    begin_writing()
    try:
        _demand_new(data)
        data, notes = _shifted(data, shift_years)
        rows = _Rows(data, progress)
        load = Load(actor, data, index.register, shift_years, rows=rows)
        for _answer in offers.ask("take_over", load):
            pass
        if shift_years:
            trail.record(actor, SHIFTED, load.neighbourhood, facts={"years": shift_years, "notes": notes})
        db.session.flush()
        rows.done()
    except BaseException:
        db.session.rollback()
        raise
    found: Neighbourhood = load.neighbourhood
    return found


def _demand_new(data: Data) -> None:
    """The ids of municipality and neighbourhood together say which neighbourhood it is."""
    town, place = data["00_gebied.yaml"]["gemeente"], data["00_gebied.yaml"]["wijk"]
    there = db.session.scalars(
        select(Neighbourhood)
        .join(Neighbourhood.municipality)
        .where(Municipality.code == town["id"], Neighbourhood.code == place["id"])
    ).first()
    if there is not None:
        raise Refused(
            _(
                "De wijk %(code)s van gemeente %(town)s is er al (%(name)s). Er is niets veranderd.",
                code=place["id"], town=town["id"], name=there.name,
            )
        )  # fmt: skip


def _shifted(data: Data, years: int) -> tuple[Data, Notes]:
    if not years:
        return data, {}
    try:
        return shift(data, years)
    except ValueError as problem:
        raise Refused(str(problem)) from problem


class _Rows(dict[str, Any]):
    """What was taken over, by code; with a count of how far it is, for whoever waits."""

    def __init__(self, data: Data, progress: Progress | None):
        super().__init__()
        self.progress = progress
        self.total = sum(1 for _thing in _things(list(data.values())))

    def __setitem__(self, code: str, thing: Any) -> None:
        super().__setitem__(code, thing)
        if self.progress is not None:
            self.progress(min(len(self), self.total), self.total)

    def done(self) -> None:
        """What is part of a larger thing, without a row of its own, is in as well."""
        if self.progress is not None:
            self.progress(self.total, self.total)


def _things(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping with an id."""
    if isinstance(value, Mapping):
        if "id" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _things(each)


def notes_of(neighbourhood: Neighbourhood) -> Notes:
    """What the shift at import could not keep, by place."""
    found: dict[str, Any] = {}
    for event in trail.history(neighbourhood):
        if event.verb == SHIFTED and event.facts:
            found = event.facts["notes"]
    return found
