"""Where the edges come from: declared links, the way records are built, and the trail. One statement for all of it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, cast, literal, null, select, union_all

from wijkplatform.agenda.models import Need, NeedArea
from wijkplatform.agreements.models import Action, Adjustment, Agreement, Contract, Signal, Standing
from wijkplatform.assessment.models import Bid, Decision, Seat
from wijkplatform.calls.models import Article, Call, InformationNote, Lot, Question, ResponseNote
from wijkplatform.core.db import Instant, kind_of
from wijkplatform.core.trail import Event, Influence
from wijkplatform.coverage.models import GreyZone
from wijkplatform.criteria.models import Criterion
from wijkplatform.handover.models import HandoverItem, LookBack
from wijkplatform.index.models import Link
from wijkplatform.influence.graph import Edge
from wijkplatform.plans.models import Section
from wijkplatform.remarks.models import Answer, Remark
from wijkplatform.rounds.models import Moment
from wijkplatform.texts.models import Version

#: The links that make up the track (docs/FORMAT.md §17), by who names and the relation.
TRACK = {
    ("section", "serves"), ("section", "follows"), ("criterion", "rests_on"), ("article", "rests_on"),
    ("remark", "about"), ("agreement", "serves"),
}  # fmt: skip
#: Links that are told, and count for no track.
ASIDE = {
    ("criterion", "serves"), ("remark", "speaks_for"), ("criteria_set", "breaks_ties_by"), ("article", "part_of"),
    ("agreement", "covers"),
}  # fmt: skip

#: How records are built: relation, flow, what holds the reference, its column, the kind referred to, and whether what
#: is referred to was there first.
BUILT: tuple[tuple[str, str, Any, str, str, bool], ...] = (
    ("came_up", "main", Need, "moment_id", "moment", True),
    ("part", "part", Section, "plan_id", "plan", True),
    ("part", "part", Criterion, "criteria_set_id", "criteria_set", True),
    ("part", "part", Article, "call_id", "call", True),
    ("part", "part", Lot, "call_id", "call", True),
    ("part", "part", Question, "note_id", "information_note", True),
    ("part", "part", HandoverItem, "handover_id", "handover", True),
    ("reply", "direct", Remark, "reply_to_id", "remark", True),
    ("question", "direct", Question, "article_id", "article", True),
    ("belongs", "direct", ResponseNote, "call_id", "call", True),
    ("belongs", "direct", InformationNote, "call_id", "call", True),
    ("belongs", "direct", Seat, "call_id", "call", True),
    ("bids", "direct", Bid, "call_id", "call", True),
    ("decides", "direct", Decision, "call_id", "call", True),
    ("signed", "main", Contract, "bid_id", "bid", True),
    ("signed", "main", Agreement, "contract_id", "contract", True),
    ("adjusts", "main", Adjustment, "agreement_id", "agreement", True),
    ("looks_back", "direct", Adjustment, "look_back_id", "conversation", False),
    ("belongs", "direct", Action, "conversation_id", "conversation", True),
    ("looks_back", "direct", LookBack, "handover_id", "handover", True),
    ("unclaimed", "direct", GreyZone, "need_id", "need", True),
    ("party", "aside", GreyZone, "owner_id", "organisation", True),
    ("party", "aside", Call, "client_id", "organisation", True),
    ("party", "aside", Contract, "contractor_id", "organisation", True),
    ("party", "aside", Agreement, "owner_id", "organisation", True),
)


def statement(places: Iterable[int]) -> Any:
    """All edges of these neighbourhoods: relation, the one end, the other end, and of an influence the deed."""
    here = list(places)
    links = _row(literal("link:") + Link.source_kind + ":" + Link.relation, Link.target_kind, Link.target_id,
                 Link.source_kind, Link.source_id, position=Link.position).where(Link.neighbourhood_id.in_(here))  # fmt: skip
    return union_all(links, *_built(here), *_joined(here), *_influences(here))


def edges(rows: Iterable[Any]) -> Iterable[Edge]:
    """Rows of that statement as edges; links in the order in which they were declared."""
    for relation, up_kind, up, down_kind, down, verb, at, precision, _position in sorted(rows, key=lambda row: row[-1]):
        source, _colon, name = relation.rpartition(":")
        if source.startswith("link:"):
            named = (source.removeprefix("link:"), name)
            flow = "main" if named in TRACK else "aside" if named in ASIDE else "direct"
            yield Edge((up_kind, up), (down_kind, down), name, flow)
        elif verb is not None:
            yield Edge((up_kind, up), (down_kind, down), name, "direct", verb, at, precision)
        else:
            yield Edge((up_kind, up), (down_kind, down), name, source)


def _row(
    relation: Any, up_kind: Any, up: Any, down_kind: Any, down: Any, *, event: bool = False, position: Any = 0
) -> Select[Any]:
    told = [Event.verb, Event.happened_at, Event.happened_precision] if event else [
        cast(null(), String), cast(null(), Instant), cast(null(), String)]  # fmt: skip
    place = literal(position, Integer) if isinstance(position, int) else position
    return select(_text(relation), _text(up_kind), up, _text(down_kind), down, *told, place)


def _text(value: Any) -> Any:
    return literal(value, String) if isinstance(value, str) else cast(value, String)


def _built(here: list[int]) -> Iterable[Select[Any]]:
    for relation, flow, model, column, kind, first in BUILT:
        other, mine = (literal(kind, String), getattr(model, column)), (literal(kind_of(model), String), model.id)
        ends = (*other, *mine) if first else (*mine, *other)
        yield _row(f"{flow}:{relation}", *ends).where(_in(model, here), getattr(model, column).is_not(None))
    yield _row("direct:about", Remark.about_kind, Remark.about_id, "remark", Remark.id).where(_in(Remark, here))
    yield _row("direct:talked", "moment", Moment.id, Moment.about_kind, Moment.about_id).where(
        _in(Moment, here), Moment.about_id.is_not(None)
    )
    yield _row("main:reported", "agreement", Standing.agreement_id, "conversation", Standing.conversation_id).where(
        _in(Standing, here)
    )


def _joined(here: list[int]) -> Iterable[Select[Any]]:
    """What follows from two references: by way of the call, or of the bid that won it."""
    yield (
        _row("direct:decides", "bid", Bid.id, "decision", Decision.id)
        .join(Decision, Decision.call_id == Bid.call_id)
        .where(_in(Bid, here))
    )
    yield (
        _row("main:signed", "decision", Decision.id, "contract", Contract.id)
        .select_from(Decision)
        .join(Bid, Bid.call_id == Decision.call_id)
        .join(Contract, Contract.bid_id == Bid.id)
        .where(_in(Decision, here))
    )
    yield (
        _row("direct:belongs", "remark", Remark.id, "response_note", ResponseNote.id)
        .select_from(Remark)
        .join(Article, (Remark.about_kind == "article") & (Article.id == Remark.about_id))
        .join(ResponseNote, ResponseNote.call_id == Article.call_id)
        .where(_in(Remark, here))
    )
    yield (
        _row("aside:area", "area", NeedArea.area_id, "need", NeedArea.need_id)
        .select_from(NeedArea)
        .join(Need, Need.id == NeedArea.need_id)
        .where(_in(Need, here))
    )


def _influences(here: list[int]) -> Iterable[Select[Any]]:
    """What shaped a deed. A text, an answer or a signal has no code of its own: its thing stands for it."""

    def told(kind: Any, id_: Any, relation: str = "influence") -> Select[Any]:
        found = _row(relation, kind, id_, Event.thing_kind, Event.thing_id, event=True)
        return found.select_from(Influence).join(Event, Event.id == Influence.event_id).where(
            Event.neighbourhood_id.in_(here)
        )  # fmt: skip

    yield told(Influence.source_kind, Influence.source_id)
    for name, id_, model, holds in (
        ("section", Section.id, Section, Section.text_id), ("article", Article.id, Article, Article.text_id),
    ):  # fmt: skip
        yield (
            told(literal(name, String), id_)
            .join(Version, (Influence.source_kind == "version") & (Version.id == Influence.source_id))
            .join(model, holds == Version.text_id)
        )
    yield told(literal("remark", String), Answer.remark_id).join(
        Answer, (Influence.source_kind == "answer") & (Answer.id == Influence.source_id)
    )
    yield told(literal("agreement", String), Signal.agreement_id, "influence:signal").join(
        Signal, (Influence.source_kind == "signal") & (Signal.id == Influence.source_id)
    )


def _in(model: Any, here: list[int]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = model.neighbourhood_id.in_(here)
    return found
