"""The work on the next version: writing its articles, answering remarks, and bringing it out with the note."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from wijkplatform.calls import lifecycle as states
from wijkplatform.calls.models import NOT_YET, Article, Call, Draft, ResponseNote
from wijkplatform.calls.queries import drafting
from wijkplatform.calls.service import records
from wijkplatform.core import clock, lifecycle, trail
from wijkplatform.core.actor import Actor, Hat
from wijkplatform.core.db import begin_writing, db
from wijkplatform.core.errors import Invalid
from wijkplatform.core.policy import demand
from wijkplatform.core.words import _
from wijkplatform.index import service as index
from wijkplatform.places import service as places
from wijkplatform.places.models import Voice
from wijkplatform.remarks import service as remarks
from wijkplatform.remarks.models import Answer, Remark
from wijkplatform.texts import queries as text_queries
from wijkplatform.texts import service as texts
from wijkplatform.texts.models import Edition, Version

__all__ = ["states"]


def answer(
    actor: Actor, call: Call, found: Sequence[Remark], hat: Hat, *, verdict: str, reason: str,
    change: Version | None = None, unchanged: str | None = None, bases: Sequence[int],
) -> list[Answer]:  # fmt: skip
    """Answer remarks on the call while it is a draft: the same answer to one or to several."""
    demand(actor, "answer", call)
    places.lock(call.neighbourhood_id)
    demand(actor, "answer", call)
    return remarks.answer_all(
        actor, found, hat, verdict=verdict, reason=reason, change=change, unchanged=unchanged, bases=bases
    )


def revise(
    actor: Actor, draft: Draft, hat: Hat, *, body: str, base: int | None, note: str | None = None,
    joined: int | None = None, because: Sequence[Remark] = (),
) -> Version:  # fmt: skip
    """Save an article on top of version `base`; raises `Stale` with both texts when the two cannot be joined.

    `because` are the remarks it is changed for: from then on they are part of where this text comes from.
    """
    demand(actor, "revise", draft)
    text = texts.lock(draft.text)
    demand(actor, "revise", draft)
    if base is None:
        raise Invalid("body", _("We weten niet op welke versie u verder schreef. Uw tekst staat hier nog."))
    if any((each.about_kind, each.about_id) != ("article", draft.article.id) for each in because):
        raise Invalid("because", _("Kies reacties op dit artikel."))
    before, voice = text.head, places.speak(actor, draft.neighbourhood_id, hat)
    demand(actor.wearing(hat.mandate_id), "revise", draft)
    version = texts.write(text, body, base=base, voice=voice, note=note, joined=joined)
    if version.number == before:
        if because:
            raise Invalid("body", _("U veranderde niets aan de tekst. Pas hem aan, of haal de reacties weg."))
        return version
    _saved(actor, draft.article, version, because)
    return version


def _saved(actor: Actor, article: Article, version: Version, because: Sequence[Remark]) -> None:
    """One event, with how each remark counted: as its answer says, or taken into account when it has none yet."""
    sources = [*because, *([texts.version_numbered(version.text, version.joined)] if version.joined else [])]
    event = records.apply_save(actor, article, version, because=sources)
    answered = {each.id: each.answer.verdict if each.answer else "considered" for each in because}
    for influence in event.influences:
        if influence.source_kind == "remark":
            influence.how = answered[influence.source_id]


def add_article(actor: Actor, call: Call, hat: Hat, *, title: str, body: str, note: str | None = None) -> Article:
    """A new article in the next version; until that comes out it is for officials. A double click adds nothing."""
    demand(actor, "write", call)
    places.lock(call.neighbourhood_id)
    demand(actor, "write", call)
    if not title.strip():
        raise Invalid("title", _("Geef het artikel een titel."))
    voice = places.speak(actor, call.neighbourhood_id, hat)
    demand(actor.wearing(hat.mandate_id), "write", call)
    body, there = texts.typed(body), drafting.articles(call)
    same = next((each for each in there if each.title == title and each.sealed_until is not None), None)
    if same is not None and texts.version_numbered(same.text, same.text.head).body == body:
        return same
    text = texts.new_text(call.neighbourhood_id)
    saved = {"voice": voice, "note": note, "made_at": clock.now(), "made_precision": "second"}
    version = texts.apply_version(text, title, body, **saved)  # type: ignore[arg-type]
    article = records.apply_article(
        call, code=index.next_code(call.neighbourhood_id, Article, "UA"), title=title, text=text,
        number=max((each.number for each in there), default=0) + 1,
    )  # fmt: skip
    article.sealed_until = NOT_YET
    records.apply_save(actor, article, version)
    return article


def drop(actor: Actor, draft: Draft, hat: Hat) -> None:
    """Take an article out of the next version. Remarks on it stay, and still get an answer."""
    _set_dropped(actor, draft, hat, True, "article.dropped")


def put_back(actor: Actor, draft: Draft, hat: Hat) -> None:
    _set_dropped(actor, draft, hat, False, "article.put_back")


def _set_dropped(actor: Actor, draft: Draft, hat: Hat, dropped: bool, verb: str) -> None:
    demand(actor, "drop", draft)
    texts.lock(draft.text)
    db.session.refresh(draft.article)
    demand(actor, "drop", draft)
    voice = places.speak(actor, draft.neighbourhood_id, hat)
    demand(actor.wearing(hat.mandate_id), "drop", draft)
    if draft.article.dropped != dropped:
        draft.article.dropped = dropped
        trail.record(actor, verb, draft.article, voice=voice)


def move(actor: Actor, call: Call, name: str, hat: Hat, *, note: str | None = None, introduction: str = "") -> Edition:
    """Bring the next version out, with the answers to the remarks so far: a new draft, or the final text."""
    demand(actor, name, call)
    begin_writing()
    places.lock(call.neighbourhood_id)
    voice = places.speak(actor, call.neighbourhood_id, hat)
    demand(actor.wearing(hat.mandate_id), name, call)
    new = _not_out_yet(call)
    came_of = [each for each in new if each.answer and each.answer.verdict in ("adopted", "partly")]
    number, before = _last_number(call) + 1, call.draft
    lifecycle.go(
        actor, call, name, because=came_of, voice=voice,
        facts={"edition": number, "note": note, "answers": len(new), "changed_for": len(came_of)},
    )  # fmt: skip
    edition = _bring_out(call, number, note, voice)
    remarks.come_out(new, number)
    if new:
        _note(actor, call, before or number - 1, number, introduction, voice)
    return edition


def _not_out_yet(call: Call) -> Sequence[Remark]:
    """The remarks whose answers no version brought out yet, under a lock: nobody answers in between."""
    return (
        db.session.scalars(
            drafting.remarks_of(call)
            .where(Answer.edition.is_(None))
            .options(joinedload(Remark.answer))
            .order_by(Remark.id)
            .with_for_update(of=Remark)
            .execution_options(populate_existing=True)
        )
        .unique()
        .all()
    )


def _last_number(call: Call) -> int:
    query = select(func.max(Edition.number)).where(Edition.owner_kind == "call", Edition.owner_id == call.id)
    return db.session.scalar(query) or 0


def _bring_out(call: Call, number: int, note: str | None, voice: Voice) -> Edition:
    """What is written now comes out; new articles are there for everybody from now on."""
    stays = [each for each in drafting.articles(call) if not each.dropped]
    heads = text_queries.heads(each.text for each in stays)
    for each in stays:
        if each.sealed_until == NOT_YET:
            each.sealed_until = None
    if call.state == "draft":
        call.draft = number
    return texts.apply_edition(
        call,
        number,
        clock.today(),
        call.state,
        {each.text: heads[each.text_id] for each in stays},
        note=note,
        voice=voice,
    )


def _note(actor: Actor, call: Call, before: int, number: int, introduction: str, voice: Voice) -> None:
    """The note of answers comes out with the first version after remarks, and grows with each later one."""
    words = introduction.strip() or _("In deze nota staat elke reactie op het concept, met ons antwoord.")
    there = db.session.scalars(select(ResponseNote).where(ResponseNote.call_id == call.id)).first()
    if there is not None:
        records.apply_extension(actor, there, number, clock.today(), words, voice)
        return
    records.apply_response_note(
        actor, call, code=index.next_code(call.neighbourhood_id, ResponseNote, "NB"), from_edition=before,
        to_edition=number, published_on=clock.today(), residents_unnamed=True, introduction=words, voice=voice,
    )  # fmt: skip
