"""Does every moment that was opened here have its promise? Asked by `wijkplatform check`."""

from sqlalchemy import select

from wijkplatform.core.db import db
from wijkplatform.core.trail import Event
from wijkplatform.rounds.models import Commitment, Moment


def faults() -> list[str]:
    """A moment taken over may lack it, and says so; one that was opened here may not."""
    opened = select(Event.thing_id).where(
        Event.verb == "moment.opened", Event.thing_kind == Moment.__tablename__, Event.taken_over.is_(False)
    )
    bare = select(Moment.code).where(Moment.id.in_(opened), Moment.id.not_in(select(Commitment.moment_id)))
    return [f"inspraakmoment {code}: hier geopend zonder toezegging" for code in db.session.scalars(bare)]
