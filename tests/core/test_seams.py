"""A tiling merged feature by feature stays one, or the features at the tear wait for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Optional

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.schema import GeometryType
from commune_planning_plugin.core.seams import Ground, Sides, torn
from commune_planning_plugin.core.vertex_merge import merged

pytestmark = pytest.mark.slow

Node = tuple[int, int]
Place = tuple[float, float]
SIDE, STEP = 3, 10.0
"""Cells in a row, and metres of each."""


def cell(at: Node, moved: Mapping[Node, Place], split: frozenset[tuple[Node, Node]] = frozenset()) -> bytes:
    """The cell whose lower left node is ``at``, with nodes that were ``moved`` and edges that got a vertex in their middle."""
    x, y = at
    ring: list[Place] = []
    nodes = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
    for one, other in zip(nodes, [*nodes[1:], nodes[0]]):
        ring.append(place(one, moved))
        if (min(one, other), max(one, other)) in split:
            ring.append(middle(one, other))
    return geometry.normalised(geometry.written(shapely.MultiPolygon([shapely.Polygon(ring)])), GeometryType.POLYGONS)


def place(node: Node, moved: Mapping[Node, Place]) -> Place:
    return moved.get(node, (node[0] * STEP, node[1] * STEP))


def middle(one: Node, other: Node) -> Place:
    """Beside the edge's middle, always on the same side of it."""
    return ((one[0] + other[0]) * STEP / 2 + 1, (one[1] + other[1]) * STEP / 2 + 1)


NODES = [(x, y) for x in range(SIDE + 1) for y in range(SIDE + 1)]
CELLS = [(x, y) for x in range(SIDE) for y in range(SIDE)]
EDGES = [(a, b) for a in NODES for b in NODES if a < b and abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1]


@st.composite
def edits(draw: st.DrawFn) -> tuple[Mapping[Node, Place], frozenset[tuple[Node, Node]]]:
    """Nodes moved and edges bent, in all the cells that have them."""
    nodes = draw(st.sets(st.sampled_from(NODES), max_size=4))
    by = st.tuples(st.integers(-3, 3), st.integers(-3, 3))
    moved = {
        (x, y): (x * STEP + dx, y * STEP + dy)
        for (x, y), (dx, dy) in zip(sorted(nodes), draw(st.lists(by, min_size=4, max_size=4)))
    }
    return moved, draw(st.frozensets(st.sampled_from(EDGES), max_size=2))


def ground(shape: Optional[bytes]) -> Optional[Ground]:
    return None if shape is None else Ground("plan", shape)


def pulled(
    mine: Mapping[str, bytes], base: Mapping[str, bytes], theirs: Mapping[str, bytes]
) -> tuple[dict[str, bytes], set[str], set[str]]:
    """What a pull makes of a tiling: the shapes by key, those that wait for a person, and those that are both sides' work."""
    result: dict[str, bytes] = {}
    reshaped, clashing = set(), set()
    for key, before in base.items():
        both = merged(GeometryType.POLYGONS, before, mine[key], theirs[key])
        result[key] = mine[key] if both is None else both
        if both is None:
            clashing.add(key)
        elif not any(geometry.same(both, side[key]) for side in (mine, theirs)):
            reshaped.add(key)
    sides = {key: Sides(ground(mine[key]), ground(theirs[key]), ground(result[key])) for key in base}
    back = torn(sides, reshaped, clashing)
    return {**result, **{key: mine[key] for key in back}}, clashing | set(back), reshaped - back


def overlaps(shapes: Mapping[str, bytes]) -> list[tuple[str, str]]:
    read = {key: shapely.from_wkb(shape) for key, shape in shapes.items()}
    return [(a, b) for a in read for b in read if a < b and shapely.intersection(read[a], read[b]).area > 0.01]


def covered(shapes: Mapping[str, bytes]) -> shapely.Geometry:
    return shapely.union_all([shapely.from_wkb(shape) for shape in shapes.values()])


def tiling(moved: Mapping[Node, Place], split: frozenset[tuple[Node, Node]]) -> dict[str, bytes]:
    return {f"{x}{y}": cell((x, y), moved, split) for x, y in CELLS}


@given(edits(), edits())
@settings(max_examples=150, deadline=None)
def test_after_a_pull_the_cells_tile_or_somebody_is_asked(one: tuple, other: tuple):
    base, mine, theirs = tiling({}, frozenset()), tiling(*one), tiling(*other)
    if overlaps(mine) or overlaps(theirs) or not all(shapely.from_wkb(shape).is_valid for shape in {**mine, **theirs}.values()):
        return
    result, asked, both = pulled(mine, base, theirs)
    lost = shapely.difference(shapely.intersection(covered(mine), covered(theirs)), covered(result))
    assert all(a not in both and b not in both and asked & {a, b} for a, b in overlaps(result))
    for key in both:
        ours = shapely.union(shapely.from_wkb(mine[key]), shapely.from_wkb(theirs[key]))
        assert shapely.intersection(ours, lost).area < 0.05
    if not asked:
        assert lost.area < 0.05
        assert not overlaps(result)
        assert abs(sum(shapely.from_wkb(shape).area for shape in result.values()) - covered(result).area) < 0.01


def test_nodes_moved_apart_keep_all_shared_edges():
    base, nowhere = tiling({}, frozenset()), frozenset()
    mine, theirs = tiling({(1, 1): (12.0, 11.0)}, nowhere), tiling({(2, 2): (19.0, 22.0)}, nowhere)
    result, asked, _ = pulled(mine, base, theirs)
    assert not asked
    both = tiling({(1, 1): (12.0, 11.0), (2, 2): (19.0, 22.0)}, nowhere)
    assert all(geometry.same(result[key], both[key]) for key in base)


def shape(*ring: Place) -> bytes:
    return geometry.written(shapely.MultiPolygon([shapely.Polygon(ring)]))


def sides(mine: Sequence[Place], theirs: Sequence[Place], result: Sequence[Place]) -> Sides:
    return Sides(*(ground(shape(*each)) for each in (mine, theirs, result)))


LEFT_8, LEFT_12 = ([(0, 0), (x, 0), (x, 10), (0, 10)] for x in (8, 12))
RIGHT_8, RIGHT_12 = ([(x, 0), (20, 0), (20, 10), (x, 10)] for x in (8, 12))


def test_half_of_a_shared_edge_goes_back():
    gap = {"A": sides(LEFT_8, LEFT_12, LEFT_8), "B": sides(RIGHT_8, RIGHT_12, RIGHT_12)}
    overlap = {"A": sides(LEFT_12, LEFT_8, LEFT_12), "B": sides(RIGHT_12, RIGHT_8, RIGHT_8)}
    for features in (gap, overlap):
        assert torn(features, {"B"}, {"A"}) == {"B"}
        assert torn(features, frozenset(), {"A"}) == frozenset()


def test_a_tear_that_one_side_had_is_not_the_merges():
    overlapped = {"A": sides(LEFT_12, LEFT_12, LEFT_12), "B": sides(RIGHT_8, RIGHT_12, RIGHT_8)}
    assert torn(overlapped, {"B"}, set()) == frozenset()
    given_up = {"A": sides(LEFT_8, LEFT_12, LEFT_8), "B": sides(RIGHT_12, RIGHT_12, RIGHT_12)}
    assert torn(given_up, {"A"}, set()) == frozenset()


def test_what_goes_back_can_pull_its_neighbour_with_it():
    far = [[(x, 0), (30, 0), (30, 10), (x, 10)] for x in (20, 22)]
    middle_ = [[(x, 0), (to, 0), (to, 10), (x, 10)] for x, to in ((8, 20), (12, 22))]
    features = {
        "A": sides(LEFT_8, LEFT_12, LEFT_8),
        "B": sides(middle_[0], middle_[1], middle_[1]),
        "C": sides(far[0], far[1], far[1]),
    }
    assert torn(features, {"B", "C"}, {"A"}) == {"B", "C"}


def test_another_plans_ground_is_no_neighbour():
    features = {"A": sides(LEFT_8, LEFT_12, LEFT_8), "B": sides(RIGHT_8, RIGHT_12, RIGHT_12)}
    elsewhere = Sides(*(Ground("other", shape(*LEFT_12)) for _ in range(3)))
    assert torn({"A": elsewhere, "B": features["B"]}, {"B"}, {"A"}) == frozenset()
