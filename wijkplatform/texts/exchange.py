"""Texts on their way in and out: the wording of every edition, as sections and articles carry it (docs/FORMAT.md §6).

A version that gives no text did not exist then: it has no row in that edition. Where the record does name a title
without a text, a version without words keeps that title.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wijkplatform.core.transfer import Load
from wijkplatform.texts import queries, service
from wijkplatform.texts.models import Text, Version

Wording = tuple[str, str | None]  #: title and text; no text: it did not exist yet


def wordings(item: dict[str, Any], anchors: Mapping[int, str]) -> dict[int, Wording]:
    """Title and text of every edition, first to last.

    `anchors`: the editions of which the text stands on the object itself, the last one among them. An edition
    without an entry has the wording of the next newer one.
    """
    entries = {entry["versie"]: entry for entry in item.get("versie_teksten", ())}
    found: dict[int, Wording] = {}
    newer: Wording = (item["titel"], None)
    for number in range(max(anchors), 0, -1):
        if number in anchors:
            newer = (item["titel"], anchors[number])
        elif number in entries:
            newer = (entries[number].get("titel", item["titel"]), entries[number].get("tekst"))
        found[number] = newer
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class Taken:
    """A text that was taken over: its versions in order, and which of them stood in which edition."""

    text: Text
    versions: list[Version]
    stood: dict[int, Version | None]


def take_over(load: Load, item: dict[str, Any], anchors: Mapping[int, str]) -> Taken:
    """A text with a version for each wording it had; when they were made the file does not say."""
    text = service.new_text(load.neighbourhood.id, item.get("taal", "nl"))
    taken = Taken(text, [], {})
    for number, (title, body) in wordings(item, anchors).items():
        if body is None and title == item["titel"]:
            taken.stood[number] = None
            continue
        last = taken.versions[-1] if taken.versions else None
        if last is None or (last.title, last.body) != (title, body or ""):
            last = service.apply_version(text, title, body or "")
            taken.versions.append(last)
        taken.stood[number] = last
    return taken


@dataclass(frozen=True)
class Publication:
    """An edition as it is written out: `stood` is text id -> version."""

    number: int
    day: date
    state: str
    note: str | None
    voice_id: int | None
    stood: Mapping[int, Version]


def publications(owner_kind: str, owner_id: int) -> list[Publication]:
    return [
        Publication(
            number=each.number, day=each.day, state=each.state, note=each.note, voice_id=each.voice_id,
            stood={member.text_id: member.version for member in each.members},
        )
        for each in queries.editions(owner_kind, owner_id)
    ]  # fmt: skip


def older_texts(
    published: Sequence[Publication], text_id: int, title: str, anchors: Mapping[int, str]
) -> list[dict[str, Any]]:
    """The wordings of older editions that differ from the next newer one, by rising number."""
    entries: list[dict[str, Any]] = []
    newer: Wording = (title, None)
    for each in reversed(published):
        version = each.stood.get(text_id)
        if each.number in anchors:
            newer = (title, anchors[each.number])
            continue
        wording = (version.title, version.body or None) if version else (title, None)
        if wording != newer:
            entries.append(
                {"versie": each.number, "titel": wording[0] if wording[0] != title else None, "tekst": wording[1]}
            )
        newer = wording
    return entries[::-1]
