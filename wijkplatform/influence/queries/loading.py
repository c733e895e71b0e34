"""Everything a track is made of, in a handful of statements however much there is.

A track is the same for everybody: it shows what everybody may see. What is sealed, or open to a few, is not on it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, literal, select, union_all

from wijkplatform.agreements.models import Adjustment, Agreement, Indicator, Signal
from wijkplatform.core.actor import VISITOR
from wijkplatform.core.db import db, model_of
from wijkplatform.core.policy import tables
from wijkplatform.index.models import Entry
from wijkplatform.influence import edges, seeing
from wijkplatform.influence.graph import Graph, Key, Node
from wijkplatform.influence.kinds import KINDS
from wijkplatform.places.models import Voice
from wijkplatform.remarks.models import Answer, Remark
from wijkplatform.rounds.models import Commitment, Moment


@dataclass(frozen=True)
class Row:
    """A thing with what stands beside it: who said it, the answer to it, its indicator, what it was promised."""

    thing: Any
    voice: Voice | None = None
    answer: Answer | None = None
    indicator: Indicator | None = None
    signal: Signal | None = None
    commitment: Commitment | None = None


def graph_of(places: Collection[int]) -> Graph:
    """The things of these neighbourhoods that everybody may see, and what leads where: two statements."""
    if not places:
        return Graph({})
    nodes = seen(Entry.neighbourhood_id.in_(places))
    return Graph.of(nodes, edges.edges(db.session.execute(edges.statement(places))))


def seen(which: ColumnElement[bool]) -> list[Node]:
    """The things of every kind that everybody may see, of those entries of the index: one statement."""
    return [Node(*row) for row in db.session.execute(union_all(*(_seen(kind, which) for kind in _known())))]


def _known() -> list[str]:
    """Kinds that have a policy: without one nobody said who may see it."""
    ruled = {model.__tablename__ for model in tables() if hasattr(model, "__tablename__")}
    return [kind for kind in KINDS if kind in ruled]


def _seen(kind: str, which: ColumnElement[bool]) -> Select[Any]:
    model = model_of(kind)
    return (
        seeing.seen(VISITOR, model)
        .join(Entry, (Entry.kind == kind) & (Entry.thing_id == model.id))
        .where(which)
        .with_only_columns(
            literal(kind, String), model.id, Entry.code, Entry.title, Entry.neighbourhood_id, model.position
        )
    )


def rows(keys: Iterable[Key]) -> Mapping[Key, Row]:
    """The things themselves, of all kinds at once, with what stands beside them: one statement.

    An outer join for each kind that is asked for: every row of the answer holds one thing.
    """
    wanted: dict[str, list[int]] = {}
    for kind, id_ in dict.fromkeys(keys):
        wanted.setdefault(kind, []).append(id_)
    if not wanted:
        return {}
    models = {kind: model_of(kind) for kind in wanted}
    beside = _beside(models)
    query = select(Entry.kind, Entry.thing_id, *models.values(), *(target for target, _on in beside.values()))
    query = query.select_from(Entry)
    for kind, model in models.items():
        query = query.outerjoin(model, (Entry.kind == kind) & (model.id == Entry.thing_id))
    for target, on in beside.values():
        query = query.outerjoin(target, on)
    asked = [(Entry.kind == kind) & Entry.thing_id.in_(ids) for kind, ids in wanted.items()]
    found = {}
    for kind, id_, *loaded in db.session.execute(query.where(_any(asked))):
        things = dict(zip(models, loaded, strict=False))
        more = dict(zip(beside, loaded[len(models) :], strict=True))
        found[kind, id_] = Row(things[kind], **more)
    return found


def _any(conditions: list[Any]) -> Any:
    result = conditions[0]
    for each in conditions[1:]:
        result = result | each
    return result


def _beside(models: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What is fetched along with these kinds, and by which condition."""
    found: dict[str, tuple[Any, Any]] = {}
    if "adjustment" in models:
        found["signal"] = (Signal, Signal.id == Adjustment.signal_id)
    voices = [model.voice_id for model in models.values() if hasattr(model, "voice_id")]
    voices += [Signal.voice_id] if "signal" in found else []
    if voices:
        found["voice"] = (Voice, Voice.id == (func.coalesce(*voices) if len(voices) > 1 else voices[0]))
    if "remark" in models:
        found["answer"] = (Answer, Answer.remark_id == Remark.id)
    if "agreement" in models:
        found["indicator"] = (Indicator, Indicator.agreement_id == Agreement.id)
    if "moment" in models:
        found["commitment"] = (Commitment, Commitment.moment_id == Moment.id)
    return found
