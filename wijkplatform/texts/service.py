"""Saving texts: immutable versions, stable paragraph keys, and joining what two people wrote at once.

Part of the deed of whatever has the text (a plan revises a section): the caller asks its own policy and leaves the event.
"""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from wijkplatform.core import characters, clock
from wijkplatform.core.db import begin_writing, db, kind_of
from wijkplatform.core.errors import Invalid, Stale
from wijkplatform.core.words import _
from wijkplatform.places.models import Voice
from wijkplatform.texts import queries
from wijkplatform.texts.alignment import align
from wijkplatform.texts.merge import Merged, merge
from wijkplatform.texts.models import Edition, EditionText, Paragraph, Text, Version
from wijkplatform.texts.sentences import normalise, paragraphs

LONGEST = 200_000  #: characters (code points) of one text, as in docs/FORMAT.md


def new_text(neighbourhood_id: int, language: str = "nl") -> Text:
    text = Text(neighbourhood_id=neighbourhood_id, language=language)
    db.session.add(text)
    db.session.flush()
    return text


def apply_version(
    text: Text,
    title: str,
    body: str,
    *,
    voice: Voice | None = None,
    made_at: datetime | None = None,
    made_precision: str = "unknown",
    note: str | None = None,
    base: int | None = None,
    joined: int | None = None,
    restored: int | None = None,
) -> Version:
    """Add the next version of a text; paragraphs keep the keys they had in the version before it."""
    before = queries.head(text) if text.head else None
    text.head += 1
    version = Version(
        neighbourhood_id=text.neighbourhood_id, text_id=text.id, number=text.head, title=title, body=body,
        voice_id=voice.id if voice else None, made_at=made_at, made_precision=made_precision, note=note,
        base=base, joined=joined, restored=restored,
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    _key_paragraphs(version, before)
    return version


def _key_paragraphs(version: Version, before: Version | None) -> None:
    found = paragraphs(version.body)
    known = [(each.key, before.body[each.start : each.end]) for each in before.paragraphs] if before else []
    keys = align(known, [each.text for each in found], lambda: secrets.token_hex(6))
    for position, (each, key) in enumerate(zip(found, keys, strict=True)):
        db.session.add(Paragraph(version_id=version.id, position=position, key=key, start=each.start, end=each.end))
    db.session.flush()


def apply_edition(
    owner: Any,
    number: int,
    day: date,
    state: str,
    members: Mapping[Text, Version | None],
    *,
    note: str | None = None,
    voice: Voice | None = None,
) -> Edition:
    """A numbered publication of a set of texts; a text that did not exist yet (None) is left out."""
    edition = Edition(
        neighbourhood_id=owner.neighbourhood_id, owner_kind=kind_of(owner), owner_id=owner.id, number=number, day=day,
        state=state, note=note, voice_id=voice.id if voice else None,
    )  # fmt: skip
    db.session.add(edition)
    db.session.flush()
    for text, version in members.items():
        if version is not None:
            db.session.add(EditionText(edition_id=edition.id, text_id=text.id, version_id=version.id))
    db.session.flush()
    return edition


def typed(body: str) -> str:
    """A typed text, ready to keep: NFC, one way to end a line, no blank lines around it. Raises `Invalid`."""
    text = normalise(characters.normal(body)).strip("\n")
    fault = characters.fault_in_text(text)
    if not text.strip():
        raise Invalid("body", _("Schrijf eerst iets. Een lege tekst bewaren we niet."))
    if fault:
        raise Invalid(
            "body", _("Er staat een teken in dat we niet kunnen bewaren (%(sign)s). Haal het weg.", sign=fault)
        )
    if len(text) > LONGEST:
        raise Invalid(
            "body", _("De tekst is te lang: %(n)s tekens. Er passen er %(most)s in.", n=len(text), most=LONGEST)
        )
    return text


def version_numbered(text: Text, number: int) -> Version:
    """A version that is known to be there."""
    return db.session.scalars(select(Version).where(Version.text_id == text.id, Version.number == number)).one()


def write(
    text: Text, body: str, *, base: int, voice: Voice, note: str | None = None, joined: int | None = None
) -> Version:
    """Save what somebody wrote on top of version `base`.

    When somebody else saved in between, the two are joined if an untouched sentence or paragraph border lies between
    them; otherwise `Stale` carries both and nothing is saved. Saving what already stands there makes no new version.
    `joined` is the version that the writer made one with their own by hand.
    """
    body = typed(body)
    text = lock(text)
    head = queries.head(text)
    if body == head.body:
        return head
    saved: dict[str, Any] = {"voice": voice, "note": note, "made_at": clock.now(), "made_precision": "second"}
    if base == text.head:
        return apply_version(text, head.title, body, base=base, joined=joined, **saved)
    read = queries.version(text, base)
    if read is None:
        raise Invalid("body", _("We weten niet op welke versie u verder schreef. Uw tekst staat hier nog."))
    outcome = merge(read.body, head.body, body)
    if isinstance(outcome, Merged):
        if outcome.text == head.body:
            return head
        return apply_version(text, head.title, outcome.text, base=base, joined=head.number, **saved)
    raise Stale(base=read, theirs=head, mine=body, hunks=outcome.hunks)


def restore(text: Text, number: int, *, voice: Voice, note: str | None = None) -> Version:
    """Put an older version back, as a new one on top. Nothing in between is lost."""
    text = lock(text)
    old = queries.version(text, number)
    if old is None or number == text.head:
        raise Invalid("number", _("Kies een oudere versie om terug te zetten."))
    return apply_version(
        text, old.title, old.body, voice=voice, note=note, made_at=clock.now(), made_precision="second",
        base=text.head, restored=number,
    )  # fmt: skip


def lock(text: Text) -> Text:
    """The text as it is now, under a lock that holds until the deed ends: two saves come one after the other."""
    begin_writing()
    return db.session.scalars(
        select(Text).where(Text.id == text.id).with_for_update().execution_options(populate_existing=True)
    ).one()
