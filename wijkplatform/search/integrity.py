"""Does search know what is there, as it stands? Asked by `wijkplatform check`."""

from sqlalchemy import select

from wijkplatform.core.db import db
from wijkplatform.search.kinds import KINDS
from wijkplatform.search.models import Findable
from wijkplatform.search.words import haystack

HOW = "Bouw het zoeken opnieuw op met: wijkplatform reindex"


def faults() -> list[str]:
    """What is there and not found, found and not there, or found by words that it does not hold."""
    found: list[str] = []
    for kind, each in KINDS.items():
        things = db.session.scalars(select(each.model)).all()
        rows = {row.thing_id: row for row in db.session.scalars(select(Findable).where(Findable.kind == kind))}
        for thing, (title, text, _language) in zip(things, each.read(things), strict=True):
            row = rows.pop(thing.id, None)
            if row is None:
                found.append(f"{thing.code} is niet te vinden. {HOW}")
            elif row.text_words != haystack(text) or row.title_words != haystack(f"{title} {thing.code}"):
                found.append(f"{thing.code} wordt gevonden op woorden die er niet meer staan. {HOW}")
        found += [f"{row.code} wordt gevonden, maar is er niet. {HOW}" for row in rows.values()]
    return found
