"""The call, its lots, articles and versions, and its two notes, as rows with their events."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from wijkplatform.calls import lifecycle as states
from wijkplatform.calls.models import Article, Call, InformationNote, Lot, Question, ResponseNote
from wijkplatform.core import lifecycle, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import LAST, db
from wijkplatform.core.words import _, _l
from wijkplatform.index import service as index
from wijkplatform.places import slugs
from wijkplatform.places.models import Organisation, Voice
from wijkplatform.texts import service as texts
from wijkplatform.texts.models import Edition, Text, Version

__all__ = ["states"]

trail.declare(
    {
        "call.begun": _l("begon aan de uitvraag"),
        "lot.made": _l("maakte dit perceel"),
        "article.saved": _l("schreef aan dit artikel"),
        "article.dropped": _l("haalde dit artikel uit de volgende versie"),
        "article.put_back": _l("zette dit artikel terug in de volgende versie"),
        "response_note.published": _l("bracht de nota van beantwoording uit"),
        "response_note.extended": _l("vulde de nota van beantwoording aan"),
        "information_note.published": _l("bracht de nota van inlichtingen uit"),
        "question.answered": _l("beantwoordde deze vraag van een inschrijver"),
    }
)

#: The event of an edition, by the state in which the call came out.
PUBLISHED = {"draft": "call.draft_published", "final": "call.published", "clarified": "call.clarified"}


def apply_call(
    actor: Actor, client: Organisation, *, code: str, title: str, procedure: str, estimated_value: Decimal,
    first_day: date, last_day: date, extension: str | None = None, criteria_sets: Iterable[Any] = (),
    voice: Voice | None = None, position: int = LAST, happened: datetime | None = None, precision: str = "second",
) -> Call:  # fmt: skip
    """A call without a word in it yet, of one of the organisations of the neighbourhood."""
    call = Call(
        neighbourhood_id=client.neighbourhood_id, code=code, position=position,
        slug=slugs.slug(title, set(db.session.scalars(select(Call.slug)))), title=title, client_id=client.id,
        procedure=procedure, estimated_value=estimated_value, first_day=first_day, last_day=last_day,
        extension=extension, state="writing",
    )  # fmt: skip
    db.session.add(call)
    index.register(call, title)
    index.link(call, "judged_by", criteria_sets)
    trail.record(actor, "call.begun", call, voice=voice, happened=happened, precision=precision, facts={"title": title})
    return call


def apply_lot(
    actor: Actor, neighbourhood_id: int, call: Call | None, *, code: str, title: str, kind: str,
    position: int = LAST, happened: datetime | None = None, precision: str = "second",
) -> Lot:  # fmt: skip
    lot = Lot(
        neighbourhood_id=neighbourhood_id, call_id=call.id if call else None, code=code, position=position,
        title=title, kind=kind,
    )  # fmt: skip
    db.session.add(lot)
    index.register(lot, title)
    trail.record(actor, "lot.made", lot, happened=happened, precision=precision, facts={"title": title})
    return lot


def apply_article(
    call: Call, *, code: str, number: int, title: str, text: Text, lots: Sequence[Lot] = (),
    sections: Sequence[Any] = (), criteria: Sequence[Any] = (), position: int = LAST,
) -> Article:  # fmt: skip
    """An article with its text. Leaves no event: its first `apply_save` does."""
    article = Article(
        neighbourhood_id=call.neighbourhood_id, call_id=call.id, code=code, position=position, number=number,
        title=title, text_id=text.id,
    )  # fmt: skip
    db.session.add(article)
    index.register(article, title)
    index.link(article, "part_of", lots)
    index.link(article, "rests_on", sections)
    index.link(article, "judged_by", criteria)
    return article


def apply_save(
    actor: Actor, article: Article, version: Version, *, because: Iterable[Any] = (), how: str | None = None
) -> trail.Event:
    """A version of an article was written; `because` the remarks that shaped it, where somebody said so."""
    article.title = version.title
    return trail.record(
        actor, "article.saved", article, words=version, voice=version.voice, because=because, how=how,
        happened=version.made_at, precision=version.made_precision if version.made_at else "unknown",
        facts={"version": version.number},
    )  # fmt: skip


def apply_edition(
    actor: Actor, call: Call, number: int, day: date, state: str, members: Mapping[Text, Version | None], *,
    note: str | None = None, voice: Voice | None = None, open_to_remarks: bool = False,
    happened: datetime | None = None, precision: str = "second",
) -> Edition:  # fmt: skip
    """A version of the call comes out. One that is open to remarks has a `rounds.Moment` as well."""
    edition = texts.apply_edition(call, number, day, state, members, note=note, voice=voice)
    if open_to_remarks:
        call.draft = number
    lifecycle.apply(
        actor, call, state, PUBLISHED[state], happened=happened, precision=precision,
        facts={"edition": number, "note": note}, voice=voice,
    )  # fmt: skip
    return edition


def apply_response_note(
    actor: Actor, call: Call, *, code: str, from_edition: int, to_edition: int, published_on: date,
    residents_unnamed: bool, introduction: str, voice: Voice | None = None, happened: datetime | None = None,
    precision: str = "second",
) -> ResponseNote:  # fmt: skip
    """The answers to all remarks on one version, published together; a call has one such note."""
    note = ResponseNote(
        neighbourhood_id=call.neighbourhood_id, call_id=call.id, code=code, from_edition=from_edition,
        to_edition=to_edition, published_on=published_on, residents_unnamed=residents_unnamed,
        introduction=introduction,
    )  # fmt: skip
    db.session.add(note)
    index.register(note, _("Nota van beantwoording"))
    trail.record(
        actor, "response_note.published", note, words=note, voice=voice, happened=happened, precision=precision
    )
    return note


def apply_extension(
    actor: Actor, note: ResponseNote, to_edition: int, published_on: date, introduction: str, voice: Voice | None
) -> None:
    """The note grows with the answers that came out with another version."""
    note.to_edition, note.published_on, note.introduction = to_edition, published_on, introduction
    trail.record(
        actor, "response_note.extended", note, words=note, voice=voice,
        facts={"to_edition": to_edition, "published_on": published_on},
    )  # fmt: skip


def apply_information_note(
    actor: Actor, neighbourhood_id: int, call: Call | None, *, code: str, questions_until: date,
    published_on: date, closing_day: date, closing_time: time, voice: Voice | None = None,
    happened: datetime | None = None, precision: str = "second",
) -> InformationNote:  # fmt: skip
    note = InformationNote(
        neighbourhood_id=neighbourhood_id, call_id=call.id if call else None, code=code,
        questions_until=questions_until, published_on=published_on, closing_day=closing_day,
        closing_time=closing_time,
    )  # fmt: skip
    db.session.add(note)
    index.register(note, _("Nota van inlichtingen"))
    trail.record(
        actor, "information_note.published", note, voice=voice, happened=happened, precision=precision,
        facts={"questions_until": questions_until, "closes_at": note.closes_at},
    )  # fmt: skip
    return note


def apply_question(
    actor: Actor, note: InformationNote, article: Article, *, code: str, question: str, answer: str,
    changes_call: bool, position: int = LAST, happened: datetime | None = None, precision: str = "second",
) -> Question:  # fmt: skip
    """A question with its answer, in the note that was published: never with the voice of who asked."""
    found = Question(
        neighbourhood_id=note.neighbourhood_id, note_id=note.id, article_id=article.id, code=code, position=position,
        question=question, answer=answer, changes_call=changes_call,
    )  # fmt: skip
    db.session.add(found)
    index.register(found, article.title)
    trail.record(actor, "question.answered", found, words=found, happened=happened, precision=precision)
    return found
