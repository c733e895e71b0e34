"""File 02, the needs on the residents' agenda."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from wijkplatform.agenda import service
from wijkplatform.agenda.models import Need, NeedArea
from wijkplatform.core.db import db
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.remarks.exchange import Voices
from wijkplatform.rounds import exchange as rounds


def take_over(load: Load) -> None:
    """When a need was raised the file does not say, also where it names the meeting at which it came up."""
    voices = Voices(load)
    for position, each in enumerate(load.file(2)["behoeften"]):
        load.rows[each["id"]] = service.apply_need(
            load.actor, load.neighbourhood.id, code=each["id"], position=position, title=each["titel"],
            text=each["tekst"], voice=voices.on(each["indiener"], None), areas=load.listed(each["buurten"]),
            raised_at=None, language=each.get("taal", "nl"), theme=each.get("thema"),
            moment=load.row(each.get("herkomst")), opening_support=each["steun"],
        )  # fmt: skip


def write_out(dump: Dump) -> None:
    support = rounds.support_since(dump, "need")
    meetings = {each.id: each.code for each in rounds.held(dump)}
    needs = db.session.scalars(
        select(Need)
        .where(Need.neighbourhood_id == dump.neighbourhood.id)
        .options(selectinload(Need.areas).joinedload(NeedArea.area), joinedload(Need.voice))
        .order_by(Need.position, Need.id)
    )
    dump.file(2)["behoeften"] = [
        {
            "id": each.code, "titel": each.title, "tekst": each.text, "indiener": dump.code("voice", each.voice_id),
            "buurten": [one.area.code for one in each.areas], "steun": each.opening_support + support.get(each.id, 0),
            "herkomst": meetings.get(each.moment_id or 0), "thema": each.theme, "taal": each.language,
        }
        for each in needs
    ]  # fmt: skip
