"""Walking from one thing to another, both ways, by hand-made things: what counts for the track and what does not."""

from itertools import pairwise

from wijkplatform.influence.graph import Edge, Graph, Key, Node

NEED, SECTION, CRITERION, REMARK, AGREEMENT, PLAN = (
    ("need", 1), ("section", 1), ("criterion", 1), ("remark", 1), ("agreement", 1), ("plan", 1),
)  # fmt: skip


def graph(*edges: Edge, without: Key | None = None) -> Graph:
    keys = dict.fromkeys(key for edge in edges for key in (edge.up, edge.down))
    return Graph.of(
        (Node(kind, id_, f"{kind}-{id_}", kind, 1, id_) for kind, id_ in keys if (kind, id_) != without), edges
    )


def edge(up: Key, down: Key, flow: str = "main", verb: str | None = None) -> Edge:
    return Edge(up, down, "serves", flow, verb)


def test_the_track_goes_on_and_on_and_back_again() -> None:
    found = graph(edge(NEED, SECTION), edge(SECTION, CRITERION))
    assert list(found.walk(NEED, down=True)) == [SECTION, CRITERION]
    assert list(found.walk(CRITERION, down=False)) == [NEED, SECTION]
    assert found.walk(NEED, down=False) == {}


def test_a_direct_link_shows_at_both_ends_and_is_not_walked_past() -> None:
    found = graph(edge(CRITERION, AGREEMENT, "direct"), edge(SECTION, CRITERION), edge(AGREEMENT, ("conversation", 1)))
    assert list(found.walk(CRITERION, down=True)) == [AGREEMENT]
    assert list(found.walk(SECTION, down=True)) == [CRITERION]
    assert list(found.walk(AGREEMENT, down=False)) == [CRITERION]


def test_a_thing_reached_directly_and_by_the_track_is_walked_past() -> None:
    found = graph(edge(NEED, AGREEMENT, "direct"), edge(NEED, AGREEMENT), edge(AGREEMENT, ("conversation", 1)))
    assert list(found.walk(NEED, down=True)) == [AGREEMENT, ("conversation", 1)]


def test_what_counts_for_no_track_stands_apart() -> None:
    found = graph(edge(NEED, CRITERION, "aside"))
    assert found.walk(NEED, down=True) == {}
    assert [each.down for each in found.beside(NEED)] == [CRITERION]
    assert [each.up for each in found.beside(CRITERION)] == [NEED]


def test_the_track_of_a_whole_is_that_of_its_parts() -> None:
    found = graph(edge(PLAN, SECTION, "part"), edge(NEED, SECTION), edge(SECTION, CRITERION))
    assert list(found.walk(PLAN, down=False)) == [NEED]
    assert list(found.walk(PLAN, down=True)) == [CRITERION]
    assert found.wholes(SECTION) == [PLAN]
    assert list(found.walk(NEED, down=True)) == [SECTION, CRITERION], "a whole is no station of a part's track"


def test_what_nobody_may_see_is_not_there_nor_what_lies_behind_it() -> None:
    found = graph(edge(NEED, SECTION), edge(SECTION, CRITERION), without=SECTION)
    assert found.walk(NEED, down=True) == {}
    assert found.walk(CRITERION, down=False) == {}


def test_what_was_shaped_is_told_apart_and_a_circle_ends() -> None:
    found = graph(
        edge(REMARK, SECTION, "direct", "section.saved"), edge(SECTION, REMARK, "main"), edge(REMARK, SECTION)
    )
    assert [each.down for each in found.shaped(REMARK)] == [SECTION]
    assert list(found.walk(SECTION, down=True)) == [REMARK]


def test_a_long_track_is_walked_once() -> None:
    """A thousand things, each naming every thing of the layer before: no step is taken twice."""
    layers = [[(kind, no) for no in range(30)] for kind in ("need", "section", "criterion", "agreement")]
    edges = [edge(up, down) for a, b in pairwise(layers) for up in a for down in b]
    assert len(graph(*edges).walk(("need", 0), down=True)) == 90
