"""Saying something about a passage of the draft, and saying something back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from wijkplatform.calls.models import Article
from wijkplatform.calls.queries import reading as queries
from wijkplatform.core import clock
from wijkplatform.core.actor import Actor, Hat
from wijkplatform.core.db import db
from wijkplatform.core.errors import Invalid
from wijkplatform.core.policy import demand
from wijkplatform.core.words import _
from wijkplatform.index import service as index
from wijkplatform.people import names
from wijkplatform.places import service as places
from wijkplatform.places.models import Voice
from wijkplatform.remarks import passages
from wijkplatform.remarks import service as remarks
from wijkplatform.remarks.models import Remark
from wijkplatform.texts.models import Version


@dataclass(frozen=True)
class Meant:
    """What a remark is about, as somebody chose it: words in a paragraph (`key`), that whole paragraph, or the article.

    `near` is where in the paragraph, as seen, the selection began: of words that occur more often it chooses one.
    """

    key: str | None = None
    words: str | None = None
    near: int | None = None


def remark(
    actor: Actor, article: Article, hat: Hat, *, text: str, read: int, meant: Meant, shown_as: str | None = None
) -> Remark:
    """Say something about a passage of the draft. The same words of the same person at one place twice are one remark."""
    version = queries.read_version(article.call, article, read)  # what came out does not change any more
    voice = _speak(actor, article, hat, shown_as)
    if version is None:
        raise Invalid("text", _("We weten niet welke versie u las. Uw tekst staat hier nog. Verstuur hem nog eens."))
    span = _span(version, meant)
    return _once(actor, article, voice, text, version=version, span=span)


def reply(actor: Actor, to: Remark, article: Article, hat: Hat, *, text: str, shown_as: str | None = None) -> Remark:
    """Say something back to a remark."""
    voice = _speak(actor, article, hat, shown_as)
    return _once(actor, article, voice, text, reply_to=to)


def _speak(actor: Actor, article: Article, hat: Hat, shown_as: str | None) -> Voice:
    """Ask who and when, under the lock that gives out codes; and the voice with the hat that was chosen."""
    places.lock(article.neighbourhood_id)
    demand(actor, "remark", article)
    if shown_as is not None:
        names.choose(actor, shown_as)
    return places.speak(actor, article.neighbourhood_id, hat)


def _span(version: Version, meant: Meant) -> tuple[int, int] | None:
    paragraph = next((each for each in version.paragraphs if each.key == meant.key), None)
    if meant.key is not None and paragraph is None:
        raise Invalid("about", _("Dit stuk staat niet in de tekst. Kies waar uw reactie over gaat."))
    if meant.words is None:
        return (paragraph.start, paragraph.end) if paragraph else None
    within = (paragraph.start, paragraph.end) if paragraph else (0, len(version.body))
    found = passages.point_at(version.body, meant.words, within, meant.near)
    if not found:
        raise Invalid("words", _("Deze woorden staan niet in de tekst. Neem ze precies over, of kies het hele stuk."))
    if len(found) > 1:
        raise Invalid(
            "words",
            _("Deze woorden staan er %(n)s keer. Zet er een paar woorden bij die ernaast staan.", n=len(found)),
        )
    return found[0]


def _once(actor: Actor, article: Article, voice: Voice, text: str, **how: Any) -> Remark:
    start, _end = how.get("span") or (None, None)
    above = how["reply_to"].id if "reply_to" in how else None
    said = {"article": article.id, "text": text, "person": actor.person_id, "start": start, "above": above}
    same = db.session.scalar(_SAME, said)
    if same is not None:
        return db.session.get_one(Remark, same)
    code = index.next_code(article.neighbourhood_id, Remark, "R")
    return remarks.apply_remark(actor, article, code=code, text=text, voice=voice, said_at=clock.now(), **how)


_remark, _spoken = Remark.__table__.c, Voice.__table__.c
_SAME = (
    select(_remark.id)
    .join(Voice.__table__, _spoken.id == _remark.voice_id)
    .where(_remark.about_kind == "article", _remark.about_id == bindparam("article"))
    .where(_remark.text == bindparam("text"), _spoken.person_id == bindparam("person"))
    .where(_remark.start.is_not_distinct_from(bindparam("start")))
    .where(_remark.reply_to_id.is_not_distinct_from(bindparam("above")))
)
