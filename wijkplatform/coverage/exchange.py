"""File 14: problems that no party felt responsible for."""

from typing import Any

from wijkplatform.core.transfer import Dump, Load
from wijkplatform.coverage import service
from wijkplatform.coverage.models import GreyZone
from wijkplatform.remarks.exchange import Voices

STATUSES = {"opgelost": "solved", "loopt": "running", "niemand": "nobody"}
IN_DUTCH = {value: key for key, value in STATUSES.items()}


def take_over(load: Load) -> None:
    """The status is not taken from the file: it follows from the owner and the day on which it was solved."""
    voices = Voices(load)
    for position, each in enumerate(load.file(14)["kwesties"]):
        owner, need = load.row(each.get("eigenaar")), load.row(each.get("behoefte"))
        load.rows[each["id"]] = service.apply_grey_zone(
            load.actor,
            GreyZone(
                neighbourhood_id=load.neighbourhood.id, code=each["id"], position=position, title=each["titel"],
                voice=voices.on(each["gemeld_door"], each["gemeld"]), reported_on=each["gemeld"],
                owner_id=owner.id if owner else None, owner_since=each.get("eigenaar_sinds"),
                solved_on=each.get("opgelost"), need_id=need.id if need else None,
            ),
            load.listed(each["partijen_die_verwezen"]),
        )  # fmt: skip


def write_out(dump: Dump) -> None:
    dump.file(14)["kwesties"] = [_written(dump, each) for each in dump.all(GreyZone)]


def _written(dump: Dump, each: GreyZone) -> dict[str, Any]:
    return {
        "id": each.code, "titel": each.title, "gemeld_door": dump.code("voice", each.voice_id),
        "gemeld": each.reported_on,
        "partijen_die_verwezen": [dump.code("organisation", one.organisation_id) for one in each.referrals],
        "eigenaar": dump.code("organisation", each.owner_id), "eigenaar_sinds": each.owner_since,
        "status": IN_DUTCH[each.status], "opgelost": each.solved_on, "behoefte": dump.code("need", each.need_id),
    }  # fmt: skip
