"""Things of a neighbourhood and what leads from one to another; walking that in both directions. Pure, no database.

An edge goes from what was there first (`up`) to what came of it (`down`). It is either *declared* (somebody wrote it
down, or the record is built that way) or *influence* (the trail says that it shaped a deed). How far one walks:

    main    the track itself, as docs/FORMAT.md §17 counts it: walked on and on
    direct  shown at both its ends, and not walked past
    part    a whole and its parts: the track of a whole is that of its parts
    aside   named, but it does not count for the track: shown apart
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from wijkplatform.influence import kinds

Key = tuple[str, int]  #: kind and id


class Node(NamedTuple):
    """A thing that everybody may see, as the index knows it."""

    kind: str
    id: int
    code: str
    title: str
    neighbourhood_id: int
    position: int

    @property
    def key(self) -> Key:
        return self.kind, self.id


class Edge(NamedTuple):
    up: Key
    down: Key
    relation: str
    flow: str
    verb: str | None = None  #: of an influence: the deed that it shaped
    at: datetime | None = None
    precision: str | None = None

    @property
    def influence(self) -> bool:
        return self.verb is not None


@dataclass
class Graph:
    """What can be seen, with what leads where. An edge to something that cannot be seen is not there."""

    nodes: Mapping[Key, Node]
    downs: dict[Key, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    ups: dict[Key, list[Edge]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, nodes: Iterable[Node], edges: Iterable[Edge]) -> Graph:
        graph = cls({node.key: node for node in nodes})
        for edge in dict.fromkeys(edges):
            if edge.up in graph.nodes and edge.down in graph.nodes and edge.up != edge.down:
                graph.downs[edge.up].append(edge)
                graph.ups[edge.down].append(edge)
        return graph

    def parts(self, whole: Key) -> list[Key]:
        return self.ordered(edge.down for edge in self.downs.get(whole, ()) if edge.flow == "part")

    def wholes(self, part: Key) -> list[Key]:
        return self.ordered(edge.up for edge in self.ups.get(part, ()) if edge.flow == "part")

    def walk(self, start: Key, *, down: bool) -> dict[Key, list[Edge]]:
        """Everything on the track of a thing in one direction, each with the edges by which it is reached."""
        begin = dict.fromkeys([start, *self.parts(start)])
        found: dict[Key, list[Edge]] = {}
        frontier, first = list(begin), True
        while frontier:
            ahead: dict[Key, None] = {}
            for here in frontier:
                for edge in (self.downs if down else self.ups).get(here, ()):
                    there = edge.down if down else edge.up
                    if there in begin or not (edge.flow == "main" or (first and edge.flow == "direct")):
                        continue
                    if there not in found:
                        found[there] = []
                    if edge.flow == "main" and not _walked(found[there]):
                        ahead[there] = None
                    found[there].append(edge)
            frontier, first = list(ahead), False
        return {key: found[key] for key in self.ordered(found)}

    def beside(self, key: Key) -> list[Edge]:
        """What it names without that counting for its track, and what names it so."""
        return [edge for edge in (*self.ups.get(key, ()), *self.downs.get(key, ())) if edge.flow == "aside"]

    def shaped(self, key: Key) -> list[Edge]:
        """The deeds that this thing shaped."""
        return [edge for edge in self.downs.get(key, ()) if edge.influence]

    def ordered(self, keys: Iterable[Key]) -> list[Key]:
        """Along the stations, and within a kind in the order of its list."""
        return sorted(dict.fromkeys(keys), key=lambda key: (kinds.kind(key[0]).order, *_place(self.nodes[key])))

    def all(self, kind: str) -> list[Node]:
        return [self.nodes[key] for key in self.ordered(key for key in self.nodes if key[0] == kind)]


def _walked(edges: list[Edge]) -> bool:
    """Was this place walked past already? A direct edge shows a thing and does not go on from it."""
    return any(edge.flow == "main" for edge in edges)


def _place(node: Node) -> tuple[int, int]:
    return node.position, node.id
