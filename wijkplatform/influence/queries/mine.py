"""What somebody contributed, newest first, and what became of each. Read from the trail and from the links."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from wijkplatform.agreements.models import Adjustment, Signal
from wijkplatform.core import offers, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.trail import Event
from wijkplatform.influence.graph import Edge, Graph, Key, Node
from wijkplatform.influence.queries.chain import promised, promises_here
from wijkplatform.influence.queries.loading import Row, graph_of, rows
from wijkplatform.places.models import Neighbourhood, Voice
from wijkplatform.rounds.models import Commitment


@dataclass(frozen=True)
class Outcome:
    """Something that came of a contribution: the thing, and whether this shaped it or is only named by it."""

    node: Node
    row: Row
    href: str | None
    influence: bool
    version: int | None = None


@dataclass(frozen=True)
class Deed:
    """One contribution: what, when, with which hat on, and what became of it."""

    event: Event
    label: str
    place: Neighbourhood | None
    voice: Voice | None
    node: Node | None = None
    row: Row | None = None
    href: str | None = None
    outcomes: Sequence[Outcome] = ()
    waits: bool = False  #: for an answer that somebody owes
    until: date | None = None
    late: bool = False
    version: int | None = None


@dataclass(frozen=True)
class Contributions:
    deeds: Sequence[Deed] = field(default=())
    total: int = 0


#: What a contribution is followed up in, by its kind; other kinds show what they shaped and what names them.
FOLLOWED = {
    "need": ("section", "agreement", "grey_zone"),
    "section": ("criterion", "article", "agreement"),
    "criterion": ("article", "agreement"),
    "article": ("agreement",),
    "agreement": ("conversation", "adjustment"),
    "conversation": ("action",),
}
#: Deeds of which one hears later what was done with it, as long as nothing names it.
WAITING = frozenset({"need.raised", "need.supported", "section.saved"})
ENOUGH = 5  #: outcomes of one contribution; the track has all of them


def contributions(actor: Actor, shown: int) -> Contributions:
    """A piece of somebody's own contributions. What everybody may see is named by its title, the rest by the deed."""
    mine = select(Voice.id).where(Voice.person_id == actor.person_id)
    events, total = trail.deeds_of(actor.person_id or 0, mine, shown)
    graph = graph_of({each.neighbourhood_id for each in events if each.neighbourhood_id is not None})
    signals = _signals(events)
    about = {each.id: _thing(graph, each, signals) for each in events}
    came = {key: _came_of(graph, key) for key in about.values() if key is not None}
    loaded = rows(_wanted(graph, came))
    places = _places(events)
    voices = _voices(events)
    here = promises_here(places)
    deeds = [_deed(graph, each, about[each.id], came, loaded, places, voices, here) for each in events]
    return Contributions(deeds, total)


def _signals(events: Sequence[Event]) -> dict[int, Key]:
    """A signal has no code: what came of it is its adjustment, and until there is one its agreement."""
    ids = [each.thing_id for each in events if each.thing_kind == "signal"]
    if not ids:
        return {}
    found = db.session.execute(
        select(Signal.id, Signal.agreement_id, Adjustment.id)
        .outerjoin(Adjustment, Adjustment.signal_id == Signal.id).where(Signal.id.in_(ids))
    )  # fmt: skip
    return {id_: ("adjustment", made) if made else ("agreement", agreement) for id_, agreement, made in found}


def _thing(graph: Graph, event: Event, signals: dict[int, Key]) -> Key | None:
    key = signals.get(event.thing_id) if event.thing_kind == "signal" else (event.thing_kind, event.thing_id)
    return key if key in graph.nodes else None


def _came_of(graph: Graph, key: Key) -> list[tuple[Key, bool]]:
    """What it shaped comes first; then what names it."""
    shaped = [edge.down for edge in graph.shaped(key)]
    wanted = FOLLOWED.get(key[0], ())
    named = [edge.down for edge in graph.downs.get(key, ()) if _follows(edge, wanted)]
    found = {**dict.fromkeys(graph.ordered(shaped), True)}
    for each in graph.ordered(named):
        found.setdefault(each, False)
    if key[0] == "remark":  # what was agreed about the need that it names
        for edge in graph.ups.get(key, ()):
            if edge.up[0] == "need":
                for one in graph.downs[edge.up]:
                    if one.down[0] == "agreement":
                        found.setdefault(one.down, False)
    return list(found.items())[:ENOUGH]


def _follows(edge: Edge, wanted: Sequence[str]) -> bool:
    return not edge.influence and edge.flow in ("main", "direct") and edge.down[0] in wanted


def _wanted(graph: Graph, came: dict[Key, list[tuple[Key, bool]]]) -> list[Key]:
    keys = [*came, *(key for found in came.values() for key, _shaped in found)]
    keys += [key for key in graph.nodes if key[0] in ("call", "contract", "information_note")]
    for name, about in (("remark", "article"), ("adjustment", "agreement")):
        keys += [edge.up for key in keys if key[0] == name for edge in graph.ups[key] if edge.up[0] == about]
    return [*keys, *(key for key in graph.nodes if key[0] == "moment" and graph.downs.get(key))]


def _places(events: Sequence[Event]) -> dict[int, Neighbourhood]:
    ids = {each.neighbourhood_id for each in events}
    return {each.id: each for each in db.session.scalars(select(Neighbourhood).where(Neighbourhood.id.in_(ids)))}


def _voices(events: Sequence[Event]) -> dict[int, Voice]:
    ids = {each.voice_id for each in events if each.voice_id is not None}
    if not ids:
        return {}
    return {each.id: each for each in db.session.scalars(select(Voice).where(Voice.id.in_(ids)))}


def _deed(
    graph: Graph, event: Event, key: Key | None, came: dict[Key, list[tuple[Key, bool]]], loaded: Any,
    places: dict[int, Neighbourhood], voices: dict[int, Voice],
    here: dict[int, list[Commitment]],
) -> Deed:  # fmt: skip
    verb = trail.verbs()[event.verb]
    base: dict[str, Any] = {
        "event": event, "label": str(verb.label), "place": places.get(event.neighbourhood_id or 0),
        "voice": voices.get(event.voice_id or 0),
    }  # fmt: skip
    if key is None:
        return Deed(**base)
    row: Row = loaded[key]
    waits = row.answer is None and (event.verb == "remark.made" or (event.verb in WAITING and not came[key]))
    until, late = promised(graph, key, loaded, here.get(event.neighbourhood_id or 0, ())) if waits else (None, False)
    outcomes = [
        Outcome(graph.nodes[one], loaded[one], offers.first("address", loaded[one].thing), shaped)
        for one, shaped in came[key]
    ]
    return Deed(
        **base, node=graph.nodes[key], row=row, href=offers.first("address", row.thing), outcomes=outcomes, waits=waits,
        until=until, late=late, version=(event.facts or {}).get("version") if key[0] in ("section", "article") else None,
    )  # fmt: skip
