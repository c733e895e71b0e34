"""Reporting a problem that is nobody's, as a row with its event."""

from collections.abc import Iterable

from wijkplatform.core import clock, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.errors import Invalid
from wijkplatform.core.words import _, _l
from wijkplatform.coverage.models import GreyZone, Referral
from wijkplatform.index import service as index
from wijkplatform.places.models import Organisation

trail.declare({"grey_zone.reported": _l("meldde iets waar niemand over gaat")})


def apply_grey_zone(actor: Actor, grey_zone: GreyZone, referred_by: Iterable[Organisation]) -> GreyZone:
    """A problem with the parties that passed it on; solved only by somebody whose it was."""
    if grey_zone.solved_on is not None and grey_zone.owner_id is None:
        raise Invalid("owner", _("Wat is opgelost, heeft een eigenaar. Vul in wie het oppakte."))
    grey_zone.referrals = [
        Referral(neighbourhood_id=grey_zone.neighbourhood_id, organisation_id=each.id, position=position)
        for position, each in enumerate(referred_by)
    ]
    db.session.add(grey_zone)
    index.register(grey_zone, grey_zone.title)
    trail.record(
        actor, "grey_zone.reported", grey_zone, words=grey_zone, voice=grey_zone.voice,
        happened=clock.start_of(grey_zone.reported_on), precision="day",
        facts={
            "owner": grey_zone.owner.code if grey_zone.owner else None, "since": grey_zone.owner_since,
            "solved": grey_zone.solved_on,
        },
    )  # fmt: skip
    return grey_zone
