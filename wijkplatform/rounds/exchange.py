"""File 02, the participation moments; and for every feature how much support was given here since the takeover."""

from sqlalchemy import func, select

from wijkplatform.core import clock
from wijkplatform.core.db import db
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.rounds import service
from wijkplatform.rounds.models import Moment, Support


def take_over(load: Load) -> None:
    """Meetings that were held. How long they lasted the file does not say: they are over when the day is."""
    for position, each in enumerate(load.file(2)["inspraakmomenten"]):
        load.rows[each["id"]] = service.apply_moment(
            load.actor, load.neighbourhood.id, code=each["id"], position=position, kind=each["soort"],
            question=each["vraag"], opens_at=each["tijd"].on(each["datum"]),
            precision="second" if each["tijd"].clock.second else "minute",
            closes_at=clock.end_of(each["datum"]), centre=load.row(each["plek"]), attendance=each["aanwezig"],
        )  # fmt: skip


def held(dump: Dump) -> list[Moment]:
    """Meetings about the neighbourhood itself, at a centre and with people counted: what is still running stays out."""
    return [
        each
        for each in dump.all(Moment)
        if each.about_kind is None and each.centre_id is not None and each.attendance is not None
    ]


def write_out(dump: Dump) -> None:
    dump.file(2)["inspraakmomenten"] = [
        {
            "id": each.code, "datum": clock.local(each.opens_at).date(), "tijd": each.opens_at,
            "plek": dump.code("centre", each.centre_id), "soort": each.kind, "aanwezig": each.attendance,
            "vraag": each.question,
        }
        for each in held(dump)
    ]  # fmt: skip


def support_since(dump: Dump, kind: str) -> dict[int, int]:
    """For each thing of a kind how many people supported it here; what was counted before comes on top."""
    rows = db.session.execute(
        select(Support.thing_id, func.count())
        .where(Support.neighbourhood_id == dump.neighbourhood.id, Support.thing_kind == kind)
        .group_by(Support.thing_id)
    )
    return {row[0]: row[1] for row in rows}
