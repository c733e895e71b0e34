"""Where the things of a call have their page: answers the question `address`, for the remarks on it as well.

What belongs to no call (a lot that was named before there was one) has no page yet.
"""

from typing import Any

from wijkplatform.calls.models import Article, Call, InformationNote, Lot, Question, ResponseNote
from wijkplatform.core.db import db
from wijkplatform.remarks.models import Remark


def address(thing: Any) -> str | None:
    """Parents are fetched by their key: whoever shows many things has them at hand."""
    match thing:
        case Call():
            return f"/uitvragen/{thing.slug}"
        case Article() | Lot():
            return _on(thing.call_id, f"#{thing.code}")
        case ResponseNote():
            return _on(thing.call_id, "/nota")
        case InformationNote():
            return _on(thing.call_id, "/inlichtingen")
        case Question():
            note = db.session.get(InformationNote, thing.note_id)
            return _on(note.call_id if note else None, f"/inlichtingen#{thing.code}")
        case Remark(about_kind="article"):
            article = db.session.get(Article, thing.about_id)
            return _on(article.call_id if article else None, f"/reacties/{thing.code}")
        case Remark(about_kind="call"):
            return _on(thing.about_id, f"/reacties/{thing.code}")
    return None


def _on(call_id: int | None, rest: str) -> str | None:
    call = db.session.get(Call, call_id) if call_id is not None else None
    return f"/uitvragen/{call.slug}{rest}" if call else None
