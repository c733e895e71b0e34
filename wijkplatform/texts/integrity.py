"""Do texts hold together? Asked by `wijkplatform check`."""

from sqlalchemy import func, select

from wijkplatform.core.db import db
from wijkplatform.texts.models import Text, Version


def faults() -> list[str]:
    """A text has its versions 1 up to its head, none missing."""
    counted = (
        select(Text.id, Text.head, func.count(Version.id), func.max(Version.number))
        .outerjoin(Version, Version.text_id == Text.id)
        .group_by(Text.id, Text.head)
    )
    return [
        f"tekst {id_}: de kop is versie {head}, maar er zijn {number} versies tot en met {last}"
        for id_, head, number, last in db.session.execute(counted)
        if not head == number == (last or 0)
    ]
