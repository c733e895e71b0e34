"""The kinds of thing that can be found: what they are called, what of them is read, and what they hang on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wijkplatform.agenda.models import Need
from wijkplatform.agreements.models import Adjustment, Agreement, Conversation
from wijkplatform.calls.models import Article, Call, Question
from wijkplatform.core import clock
from wijkplatform.core.db import db, kind_of
from wijkplatform.core.words import _l
from wijkplatform.coverage.models import GreyZone
from wijkplatform.criteria.models import Criterion
from wijkplatform.handover.models import HandoverItem
from wijkplatform.plans.models import Principle, Section
from wijkplatform.remarks import passages
from wijkplatform.remarks.models import Remark
from wijkplatform.rounds.models import Moment
from wijkplatform.texts import queries as texts
from wijkplatform.texts.models import Edition, EditionText, Version

Read = tuple[str, str, str]  #: title, text, language


@dataclass(frozen=True)
class Kind:
    """A kind of thing: the model, its name, its stage, and how to read many of them at once."""

    model: type[Any]
    name: Any
    stage: int
    read: Callable[[Sequence[Any]], list[Read]]
    beside: tuple[Any, ...] = ()  #: what is fetched along with them


def _one_by_one(
    title: Callable[[Any], str], *parts: Callable[[Any], str | None]
) -> Callable[[Sequence[Any]], list[Read]]:
    """A kind of which each thing holds its own words."""

    def read(things: Sequence[Any]) -> list[Read]:
        return [
            (title(each), "\n\n".join(part(each) or "" for part in parts).strip(), getattr(each, "language", "nl"))
            for each in things
        ]

    return read


def _newest(things: Sequence[Any]) -> list[Read]:
    """A section: its newest version, for the plan is written in the open."""
    heads = texts.heads(each.text for each in things)
    return [(each.title, heads[each.text_id].body, each.text.language) for each in things]


def published(articles: Sequence[Article]) -> dict[int, Version]:
    """Articles as they last came out, by text; what is being written for the next version is nobody's to read yet."""
    rows = db.session.execute(
        select(EditionText.text_id, Version)
        .join(Edition, Edition.id == EditionText.edition_id)
        .join(Version, Version.id == EditionText.version_id)
        .where(Edition.owner_kind == kind_of(Call), EditionText.text_id.in_([each.text_id for each in articles]))
        .order_by(Edition.number)
    )
    return {row[0]: row[1] for row in rows}


def _published(things: Sequence[Any]) -> list[Read]:
    out = published(things)
    found = [(out.get(each.text_id), each.text.language) for each in things]
    return [(version.title, version.body, language) if version else ("", "", language) for version, language in found]


def _promised(each: Moment) -> str:
    given = each.commitment
    return "\n\n".join([given.open, given.fixed, given.decides]) if given else ""


KINDS = {
    kind_of(each.model): each
    for each in (
        Kind(Need, _l("Punt op de bewonersagenda"), 1, _one_by_one(lambda it: it.title, lambda it: it.text)),
        Kind(Moment, _l("Inspraakmoment"), 1, _one_by_one(lambda it: it.question or it.kind, lambda it: it.kind, _promised)),
        Kind(Principle, _l("Uitgangspunt van de gemeente"), 2, _one_by_one(lambda it: it.title, lambda it: it.text)),
        Kind(Section, _l("Hoofdstuk van het wijkplan"), 2, _newest),
        Kind(Criterion, _l("Criterium"), 3, _one_by_one(lambda it: it.title, lambda it: it.question)),
        Kind(Article, _l("Artikel van de uitvraag"), 4, _published),
        Kind(Remark, _l("Reactie"), 4, _one_by_one(
            lambda it: passages.title(it.text), lambda it: it.text, lambda it: it.answer.reason if it.answer else None),
             beside=(joinedload(Remark.answer),)),
        Kind(Question, _l("Vraag over de uitvraag"), 4, _one_by_one(
            lambda it: passages.title(it.question), lambda it: it.question, lambda it: it.answer)),
        Kind(Agreement, _l("Afspraak"), 6, _one_by_one(lambda it: it.title, lambda it: it.purpose)),
        Kind(Conversation, _l("Voortgangsgesprek"), 6, _one_by_one(
            lambda it: f"Voortgangsgesprek van {clock.local(it.held_at):%d-%m-%Y}", lambda it: it.report)),
        Kind(Adjustment, _l("Bijstelling van een afspraak"), 6, _one_by_one(
            lambda it: f"Bijstelling: {it.agreement.title}", lambda it: it.new_text, lambda it: it.reason,
            lambda it: it.old_text)),
        Kind(HandoverItem, _l("Overdrachtspunt"), 7, _one_by_one(
            lambda it: it.title, lambda it: it.explanation, lambda it: it.note)),
        Kind(GreyZone, _l("Schemergebied"), 7, _one_by_one(lambda it: it.title)),
    )
}  # fmt: skip

#: What is written anew together with something else: the articles, when a version of their call comes out.
TOGETHER: dict[str, tuple[type[Any], Any]] = {kind_of(Call): (Article, Article.call_id)}
