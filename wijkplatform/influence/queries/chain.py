"""The track of one thing: where it came from, and what became of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wijkplatform.agreements.models import Standing
from wijkplatform.core import clock, offers
from wijkplatform.core.actor import VISITOR
from wijkplatform.core.db import db
from wijkplatform.core.errors import NotThere
from wijkplatform.core.policy import visible
from wijkplatform.core.words import _
from wijkplatform.index.models import Entry
from wijkplatform.influence import kinds, stops
from wijkplatform.influence.graph import Edge, Graph, Key, Node
from wijkplatform.influence.queries.loading import Row, graph_of, rows, seen
from wijkplatform.influence.queries.scores import Score, winners_scores
from wijkplatform.influence.reasons import Reason, reasons
from wijkplatform.influence.stops import Stop
from wijkplatform.places import queries as places
from wijkplatform.places.models import Neighbourhood
from wijkplatform.rounds.models import Commitment, Moment

PAGE = 20
MOST = 400  #: of one list on one page
BESIDE = 5  #: tracks that stop, in the margin of another


@dataclass(frozen=True)
class Report:
    """How one agreement stood at one conversation."""

    conversation: Node
    agreement: Node
    value: Any
    unit: str
    picture: str
    note: str


@dataclass(frozen=True)
class Step:
    """A thing on the track, as its line shows it."""

    node: Node
    row: Row
    href: str | None
    reasons: Sequence[Reason] = ()
    changes: Sequence["Step"] = ()  #: what this remark changed
    reports: Sequence[Report] = ()
    score: Score | None = None


@dataclass(frozen=True)
class Station:
    """What stands at one place of the track: at one of the seven stations, or beside them (0)."""

    no: int
    said: str
    kind: str
    steps: Sequence[Step]
    total: int


@dataclass(frozen=True)
class Track:
    """The whole page."""

    place: Neighbourhood
    start: Step
    wholes: Sequence[Step]
    parts: Sequence[Step]
    up: Sequence[Station]
    down: Sequence[Station]
    aside: Sequence[Step]
    stop: Stop | None
    same_needs: Sequence[Step]  #: of a remark: what was agreed about the need that it names
    others: Sequence[tuple[Step, Stop]] = field(default=())  #: needs of this neighbourhood whose track stops
    stopped: int = 0  #: how many of them
    needs: int = 0

    @property
    def start_stage(self) -> int:
        return kinds.kind(self.start.node.kind).stage


def place_of(slug: str, code: str) -> Neighbourhood | None:
    """The neighbourhood of a track; whether the code is there shows when it is walked."""
    return places.by_slug(slug)


def track(place: Neighbourhood, code: str, shown: int = PAGE) -> Track:
    """The track of what has this code here; not there when nobody but a few may see it."""
    graph = graph_of([place.id])
    start = next((node for node in graph.nodes.values() if node.code == code), None)
    if start is None:
        raise NotThere(_("Deze bladzijde is er niet."))
    return _Reading(place, graph, start.key, shown).track()


class _Reading:
    """One reading of a graph from one thing; loads once what the page shows."""

    def __init__(self, place: Neighbourhood, graph: Graph, start: Key, shown: int):
        self.place, self.graph, self.start, self.shown = place, graph, start, shown
        self.down = graph.walk(start, down=True)
        self.up = {key: edges for key, edges in graph.walk(start, down=False).items() if not self._followed(key, edges)}
        self.scores = winners_scores(graph)
        self.dead = self._dead_ends()
        self.agreed = self._agreed_about_the_same()
        self.rows = rows(self._wanted())
        self.reports = self._reports()

    def _followed(self, key: Key, edges: Iterable[Edge]) -> bool:
        """What came of it, and shaped it in turn (an adjustment of an agreement), stands with what came of it."""
        follows = any(edge.flow == "main" for edge in self.down.get(key, ()))
        return follows and all(edge.influence for edge in edges)

    # what to load

    def _wanted(self) -> list[Key]:
        keys = [self.start, *self.graph.wholes(self.start), *self.graph.parts(self.start)[: self.shown], *self.agreed]
        for found in (self.up, self.down):
            for each in self._groups(found).values():
                keys += each[: self.shown]
        keys += [_other(edge, self.start) for edge in self.graph.beside(self.start)][: self.shown]
        keys += [edge.down for key in keys for edge in self.graph.shaped(key)]
        keys += [key for key, _stop in self._elsewhere()]
        keys += [key for key in self.graph.nodes if key[0] in ("call", "contract", "plan", "information_note")]
        for name, about in (("remark", "article"), ("adjustment", "agreement"), ("question", "information_note")):
            keys += [edge.up for key in keys if key[0] == name for edge in self.graph.ups[key] if edge.up[0] == about]
        if self.start[0] == "remark":
            keys += [key for key in self.graph.nodes if key[0] == "moment" and self.graph.downs.get(key)]
        return list(dict.fromkeys(keys))

    @staticmethod
    def _groups(found: Iterable[Key]) -> dict[tuple[int, str], list[Key]]:
        """By station and by what is said there, in order; a criterion with a score comes back at the assessment."""
        groups: dict[tuple[int, str], list[Key]] = {}
        for key in found:
            kind = kinds.kind(key[0])
            groups.setdefault((kind.stage, str(kind.said)), []).append(key)
        return groups

    def _dead_ends(self) -> list[tuple[Key, Stop]]:
        scored = set(self.scores)
        result = []
        for need in self.graph.all("need"):
            found = self.graph.walk(need.key, down=True)
            stop = stops.of_need(self.graph, found, _scored(found, scored))
            if stop is not None:
                result.append((need.key, stop))
        return result

    def _elsewhere(self) -> list[tuple[Key, Stop]]:
        return [(key, stop) for key, stop in self.dead if key != self.start][:BESIDE]

    def _agreed_about_the_same(self) -> list[Key]:
        """Of a remark: the agreements about the need that it names."""
        needs = [edge.up for edge in self.graph.ups.get(self.start, ()) if edge.up[0] == "need"]
        if self.start[0] != "remark":
            return []
        return self.graph.ordered(e.down for need in needs for e in self.graph.downs[need] if e.down[0] == "agreement")

    def _reports(self) -> dict[Key, list[Report]]:
        """How the agreements of this track stood at each conversation on it."""
        on_track = {self.start, *self.up, *self.down}
        agreements = [id_ for kind, id_ in on_track if kind == "agreement"]
        talks = [id_ for kind, id_ in on_track if kind == "conversation"]
        result: dict[Key, list[Report]] = {}
        if not agreements or not talks:
            return result
        found = db.session.scalars(
            visible(VISITOR, Standing)
            .where(Standing.agreement_id.in_(agreements), Standing.conversation_id.in_(talks))
            .order_by(Standing.position, Standing.id)
        )
        for each in found:
            talk, agreed = ("conversation", each.conversation_id), ("agreement", each.agreement_id)
            indicator = self.rows[agreed].indicator if agreed in self.rows else None
            report = Report(self.graph.nodes[talk], self.graph.nodes[agreed], each.value,
                            indicator.unit if indicator else "", each.picture, each.note)  # fmt: skip
            result.setdefault(talk, []).append(report)
        return result

    # what to show

    def track(self) -> Track:
        graph, start = self.graph, self.start
        scored = (start[0] == "criterion" and start[1] in self.scores) or _scored(self.down, set(self.scores))
        return Track(
            place=self.place, start=self._step(start), wholes=[self._step(key) for key in graph.wholes(start)],
            parts=[self._step(key) for key in graph.parts(start)[: self.shown]],
            up=self._stations(self.up, down=False), down=self._stations(self.down, down=True),
            aside=self._aside(), stop=self._stop(scored), same_needs=[self._step(key) for key in self.agreed],
            others=[(self._step(key), stop) for key, stop in self._elsewhere()], stopped=len(self.dead), needs=len(graph.all("need")),
        )  # fmt: skip

    def _stop(self, scored: bool) -> Stop | None:
        row = self.rows[self.start]
        if self.start[0] == "remark":
            return None if row.answer else stops.of_remark(self.graph, *promised(self.graph, self.start, self.rows))
        stop = stops.of_thing(self.graph, self.start, self.down, row.thing, scored)
        if stop is not None and self.start[0] == "need":
            here = promises_here([self.place.id]).get(self.place.id, ())
            until, late = promised(self.graph, self.start, self.rows, here)
            return replace(stop, until=until, late=late)
        return stop

    def _stations(self, found: Mapping[Key, list[Edge]], *, down: bool) -> list[Station]:
        result = [
            Station(no, said, keys[0][0], [self._step(key, found[key], down) for key in keys[: self.shown]], len(keys))
            for (no, said), keys in self._groups(found).items()
        ]
        if down:
            result += self._scored([*([self.start] if self.start[0] == "criterion" else ()), *found])
        return sorted(result, key=lambda station: (station.no == 0, station.no))

    def _scored(self, keys: Iterable[Key]) -> list[Station]:
        """The assessment as a station of its own: what the winner got on the criteria of this track."""
        on = [key for key in keys if key[0] == "criterion" and key[1] in self.scores]
        steps = [self._step(key, score=self.scores[key[1]]) for key in on[: self.shown]]
        return [Station(5, str(kinds.SCORES), "score", steps, len(on))] if on else []

    def _aside(self) -> list[Step]:
        edges = self.graph.beside(self.start)[: self.shown]
        return [self._step(_other(edge, self.start), [edge], edge.up == self.start) for edge in edges]

    def _step(self, key: Key, edges: Iterable[Edge] = (), down: bool = True, score: Score | None = None) -> Step:
        row = self.rows[key]
        changes = self.graph.shaped(key) if key[0] == "remark" and score is None else []
        return Step(
            node=self.graph.nodes[key], row=row, href=offers.first("address", row.thing), score=score,
            reasons=reasons(self.graph, edges, down), reports=self.reports.get(key, ()),
            changes=[self._step(edge.down, [edge]) for edge in changes if edge.down[0] != "remark"],
        )  # fmt: skip


def _other(edge: Edge, key: Key) -> Key:
    return edge.down if edge.up == key else edge.up


def _scored(found: Collection[Key], scored: set[int]) -> bool:
    return any(name == "criterion" and id_ in scored for name, id_ in found)


def promised(graph: Graph, key: Key, found: Mapping[Key, Row], here: Sequence[Commitment] = ()) -> tuple[Any, bool]:
    """By when everybody hears back, from the commitment of the round in which this was said; and is it too late?

    `here`: what was promised about the neighbourhood itself, which holds for its agenda.
    """
    about = [edge.up for edge in graph.ups.get(key, ()) if edge.relation == "about"]
    wholes = [whole for each in (key, *about) for whole in (each, *graph.wholes(each))]
    rounds = [edge.up for each in wholes for edge in graph.ups.get(each, ()) if edge.relation == "talked"]
    promises = [found[each].commitment for each in rounds if each in found] + list(here if key[0] == "need" else ())
    last = max((each for each in promises if each), key=lambda each: each.hear_by, default=None)
    if last is None:
        return None, False
    return last.hear_by, last.kept_at is None and clock.reached(clock.end_of(last.hear_by))


def promises_here(places_: Collection[int]) -> dict[int, list[Commitment]]:
    """What was promised about these neighbourhoods themselves, each with its own."""
    rows_ = db.session.execute(
        visible(VISITOR, Moment)
        .join(Commitment)
        .where(Moment.about_kind == "neighbourhood", Moment.about_id.in_(places_))
        .with_only_columns(Moment.about_id, Commitment)
    )
    result: dict[int, list[Commitment]] = {}
    for place_id, each in rows_:
        result.setdefault(place_id, []).append(each)
    return result


def everywhere(code: str) -> list[tuple[Neighbourhood, str]]:
    """The neighbourhoods in which everybody may see something with this code, and the code as it is written there.

    'bh-01' is BH-01: people type what they heard.
    """
    open_ = {place.id: place for place in places.neighbourhoods(VISITOR)}
    found: dict[int, str] = {}
    for node in seen(Entry.code.in_([code, code.upper()])):
        if node.neighbourhood_id in open_ and found.get(node.neighbourhood_id) != code:
            found[node.neighbourhood_id] = node.code
    return [(place, found[id_]) for id_, place in open_.items() if id_ in found]
