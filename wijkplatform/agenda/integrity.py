"""Is the support that counts the support that was given? Asked by `wijkplatform check`."""

from sqlalchemy import select

from wijkplatform.agenda.models import Need
from wijkplatform.core.db import db, kind_of
from wijkplatform.core.trail import Event
from wijkplatform.rounds.models import Support

GIVEN = {"need.supported": True, "need.support_withdrawn": False}


def faults() -> list[str]:
    """A voice that was added, moved or taken away without a deed, or a deed without its voice."""
    kind = kind_of(Need)
    deeds = db.session.execute(
        select(Event.thing_id, Event.person_id, Event.verb).where(Event.verb.in_(GIVEN)).order_by(Event.number)
    )
    said = {(need, person): GIVEN[verb] for need, person, verb in deeds if person is not None}
    given = {key for key, stands in said.items() if stands}
    rows = db.session.execute(select(Support.thing_id, Support.person_id).where(Support.thing_kind == kind))
    counted = {(need, person) for need, person in rows}
    codes: dict[int, str] = dict(db.session.execute(select(Need.id, Need.code)).all())
    extra, gone = sorted(counted - given), sorted(given - counted)
    return [
        *(f"punt {codes.get(need, need)}: een steun telt mee zonder dat iemand die gaf" for need, _person in extra),
        *(f"punt {codes.get(need, need)}: een steun is weg" for need, _person in gone),
    ]
