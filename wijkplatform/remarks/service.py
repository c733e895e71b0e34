"""Remarks and answers, as rows with their events."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wijkplatform.core import trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import LAST, db, kind_of
from wijkplatform.core.words import _l
from wijkplatform.index import service as index
from wijkplatform.places.models import Voice
from wijkplatform.remarks import passages
from wijkplatform.remarks.answers import answer, answer_all, apply_answer, come_out
from wijkplatform.remarks.models import Remark
from wijkplatform.texts.models import Version

__all__ = ["answer", "answer_all", "apply_answer", "come_out"]

trail.declare({"remark.made": _l("reageerde")})


def apply_remark(
    actor: Actor,
    about: Any,
    *,
    code: str,
    text: str,
    voice: Voice,
    said_at: datetime,
    precision: str = "second",
    version: Version | None = None,
    quote: str | None = None,
    occurrence: int | None = None,
    span: tuple[int, int] | None = None,
    reply_to: Remark | None = None,
    language: str = "nl",
    opening_support: int = 0,
    position: int = LAST,
    needs: Iterable[Any] = (),
    spoken_for: Iterable[Any] = (),
) -> Remark:
    """Somebody says something about a thing.

    With `span` it hangs on these words of `version`. A quote that occurs once, or of which is said which occurrence is
    meant, gets its place there too; any other keeps its words and no place. `needs` are what it is about; `spoken_for` the organisation or centre that the
    speaker named ('namens'), nothing when none was named.
    """
    span, quote, occurrence = _where(version, span, quote, occurrence)
    remark = Remark(
        neighbourhood_id=about.neighbourhood_id, code=code, position=position, about_kind=kind_of(about),
        about_id=about.id, version_id=version.id if version else None, quote=quote, occurrence=occurrence,
        start=span[0] if span else None, end=span[1] if span else None,
        reply_to_id=reply_to.id if reply_to else None, voice_id=voice.id, text=text, language=language,
        said_at=said_at, said_precision=precision, opening_support=opening_support,
    )  # fmt: skip
    db.session.add(remark)
    index.register(remark, passages.title(text))
    index.link(remark, "about", needs)
    index.link(remark, "speaks_for", spoken_for)
    trail.record(
        actor, "remark.made", remark, words=remark, voice=voice, happened=said_at, precision=precision,
        facts={"about": kind_of(about), "about_id": about.id},
    )  # fmt: skip
    return remark


def _where(
    version: Version | None, span: tuple[int, int] | None, quote: str | None, occurrence: int | None
) -> tuple[tuple[int, int] | None, str | None, int | None]:
    if version is not None and span is not None:
        quote = version.body[slice(*span)]
        return span, quote, passages.number_at(version.body, quote, span[0])
    found = passages.find(version.body, quote, occurrence) if version is not None and quote is not None else None
    return found, quote, occurrence
