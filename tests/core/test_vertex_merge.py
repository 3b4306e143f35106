"""Geometry merged vertex by vertex: both sides' edits stand, or a person decides."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Optional

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.schema import GeometryType
from commune_planning_plugin.core.vertex_merge import merged
from tests.core.strategies import shapes

pytestmark = pytest.mark.slow

Point = tuple[float, float]
Ring = Sequence[Point]
POLYGONS, LINES = GeometryType.POLYGONS, GeometryType.LINES

SQUARE: Ring = [(0, 0), (10, 0), (20, 0), (20, 10), (20, 20), (10, 20), (0, 20), (0, 10)]


def polygons(*parts: Sequence[Ring]) -> bytes:
    """Each part is its outer ring and its holes."""
    return geometry.normalised(geometry.written(shapely.MultiPolygon([shapely.Polygon(p[0], p[1:]) for p in parts])), POLYGONS)


def lines(*each: Ring) -> bytes:
    return geometry.normalised(geometry.written(shapely.MultiLineString(list(each))), LINES)


def moved(ring: Ring, **to: Point) -> Ring:
    """``ring`` with vertices by number put elsewhere: ``v3=(1, 2)``."""
    return [to.get(f"v{at}", vertex) for at, vertex in enumerate(ring)]


def box(x: float, y: float, size: float = 2.0) -> Ring:
    return [(x, y), (x + size, y), (x + size, y + size), (x, y + size)]


def assert_merges(base: bytes, mine: bytes, theirs: bytes, wanted: Optional[bytes], kind: GeometryType = POLYGONS) -> None:
    for result in (merged(kind, base, mine, theirs), merged(kind, base, theirs, mine)):
        assert (result is None) == (wanted is None)
        assert geometry.same(result, wanted)


def test_vertices_moved_apart_are_both_moved():
    mine, theirs = moved(SQUARE, v0=(-1, -1)), moved(SQUARE, v4=(22, 22))
    assert_merges(polygons([SQUARE]), polygons([mine]), polygons([theirs]), polygons([moved(mine, v4=(22, 22))]))


def test_inserted_and_removed_vertices_merge_too():
    mine = [SQUARE[0], (5, -1), *SQUARE[1:]]
    theirs = [vertex for vertex in SQUARE if vertex != (10, 20)]
    assert_merges(polygons([SQUARE]), polygons([mine]), polygons([theirs]), polygons([[v for v in mine if v != (10, 20)]]))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (moved(SQUARE, v1=(10, 1)), moved(SQUARE, v1=(10, 2))),
        (moved(SQUARE, v1=(10, 1)), moved(SQUARE, v2=(21, 0))),  # neighbours on the ring: they share an edge
        (moved(SQUARE, v1=(10, 1)), [v for v in SQUARE if v != (10, 0)]),
        (moved(SQUARE, v1=(10, 15)), moved(SQUARE, v5=(10, 5))),  # each alone is a shape; both together cross
        (moved(SQUARE, v1=(10, 12)), moved(SQUARE, v3=(8, 10))),  # both took the ground around (10, 10)
        ([SQUARE[0], (5, -1), *SQUARE[1:]], [SQUARE[0], (5, -2), *SQUARE[1:]]),
    ],
)
def test_what_meets_is_for_a_person(mine: Ring, theirs: Ring):
    assert_merges(polygons([SQUARE]), polygons([mine]), polygons([theirs]), None)


def test_the_same_change_and_one_more():
    both = moved(SQUARE, v1=(10, -1))
    mine, theirs = moved(both, v4=(22, 22)), moved(both, v6=(-2, 22))
    assert_merges(polygons([SQUARE]), polygons([mine]), polygons([theirs]), polygons([moved(mine, v6=(-2, 22))]))


def test_a_reordered_ring_is_no_guess():
    swapped = moved(SQUARE, v1=SQUARE[2], v2=SQUARE[1])
    assert_merges(polygons([SQUARE]), polygons([swapped]), polygons([moved(SQUARE, v5=(10, 22))]), None)


def test_parts_and_holes_of_one_side_are_taken():
    hole, island = box(4, 4), box(40, 40)
    base = polygons([SQUARE, hole], [island])
    with_both = polygons([SQUARE, hole, box(12, 12)], [island], [box(60, 0)])
    assert_merges(
        base, polygons([SQUARE, hole, box(12, 12)], [island]), polygons([SQUARE, hole], [island], [box(60, 0)]), with_both
    )
    assert_merges(base, polygons([SQUARE, hole]), polygons([SQUARE], [island]), polygons([SQUARE]))
    assert_merges(
        base,
        polygons([SQUARE, hole]),
        polygons([moved(SQUARE, v4=(22, 22)), hole], [island]),
        polygons([moved(SQUARE, v4=(22, 22)), hole]),
    )


def test_a_part_that_one_removed_and_the_other_changed_is_for_a_person():
    island = box(40, 40)
    base = polygons([SQUARE], [island])
    assert_merges(base, polygons([SQUARE]), polygons([SQUARE], [moved(island, v2=(50, 50))]), None)
    assert_merges(base, polygons([SQUARE]), polygons([island]), None)  # nothing would be left


def test_what_both_took_away_may_be_what_one_moved():
    base = lines([(0, 0), (0, 4)], [(0, 0), (0, 5)])
    assert_merges(base, lines([(0, 1), (0, 3)]), lines([(0, 1), (0, 2)]), None, LINES)
    stays, gone = box(0, 0), box(10, 0)
    assert_merges(polygons([stays], [gone]), polygons([stays], [box(20, 1)]), polygons([stays], [box(10.5, 5)]), None)
    assert_merges(polygons([stays], [gone]), polygons([stays], [box(20, 1)]), polygons([moved(stays, v0=(-1, -1))]), None)


def test_a_hole_outside_what_is_left_is_for_a_person():
    corner_gone = [(0, 0), (10, 0), (20, 0), (20, 10), (0, 10)]
    assert_merges(polygons([SQUARE]), polygons([corner_gone]), polygons([SQUARE, box(8, 14)]), None)


def test_parts_of_both_on_the_same_ground_are_for_a_person():
    base = polygons([SQUARE])
    assert_merges(base, polygons([SQUARE], [box(40, 40)]), polygons([SQUARE], [box(41, 41)]), None)
    assert_merges(base, polygons([SQUARE], [box(40, 40)]), polygons([SQUARE], [box(40, 40)]), polygons([SQUARE], [box(40, 40)]))


def test_neighbouring_parts_keep_their_own_edits():
    one, other = box(0, 0, 10), box(10, 10, 10)  # they touch in (10, 10)
    base = polygons([one], [other])
    mine, theirs = moved(one, v0=(-1, -1)), moved(other, v2=(22, 22))
    assert_merges(base, polygons([mine], [other]), polygons([one], [theirs]), polygons([mine], [theirs]))


ROAD: Ring = [(0, 0), (10, 0), (20, 0), (30, 0), (40, 0)]


def test_lines_merge_at_both_ends():
    mine, theirs = moved(ROAD, v0=(-5, 1)), [*ROAD, (50, 5)]
    assert_merges(lines(ROAD), lines(mine), lines(theirs), lines([*mine, (50, 5)]), LINES)
    assert_merges(lines(ROAD), lines(ROAD, box(5, 5)), lines(mine), lines(mine, box(5, 5)), LINES)


def test_a_line_in_one_place_is_no_base():
    assert_merges(lines([(0, 0), (0, 0)]), lines([(0, 0), (0, 2)]), lines([(0, 0), (1, 0)]), None, LINES)


def test_a_turned_line_is_another_line():
    assert_merges(lines(ROAD), lines(ROAD[::-1]), lines(moved(ROAD, v1=(10, 1))), None, LINES)


def test_a_line_that_would_cross_itself_is_for_a_person():
    hook: Ring = [(0, 0), (40, 0), (40, 10), (20, 10), (0, 10)]
    assert_merges(lines(hook), lines(moved(hook, v4=(0, 4))), lines([(0, 0), (10, 9), *hook[1:]]), None, LINES)


def test_a_line_through_one_place_twice_keeps_its_loop():
    loop: Ring = [(0, 0), (10, 0), (20, 10), (10, 20), (10, 0), (30, -10)]
    mine, theirs = moved(loop, v0=(0, 1)), moved(loop, v5=(30, -12))
    assert_merges(lines(loop), lines(mine), lines(theirs), lines(moved(mine, v5=(30, -12))), LINES)


def test_points_never_merge():
    at = [geometry.written(shapely.Point(x, 0)) for x in (0, 1, 2)]
    assert_merges(at[0], at[1], at[2], None, GeometryType.POINT)
    assert_merges(at[0], at[1], at[0], at[1], GeometryType.POINT)


@st.composite
def stars(draw: st.DrawFn) -> list[Point]:
    """A ring around the origin that no radius crosses twice; moving a vertex along its radius keeps it one."""
    radii = draw(st.lists(st.integers(10_000, 30_000), min_size=8, max_size=24))
    return [star_point(at, len(radii), radius) for at, radius in enumerate(radii)]


def star_point(at: int, count: int, radius: int) -> Point:
    turn = 2 * np.pi * at / count
    return (round(600_000 + radius * np.cos(turn) / 1000, 4), round(1_400_000 + radius * np.sin(turn) / 1000, 4))


@st.composite
def edited(draw: st.DrawFn, ring: list[Point], places: Sequence[int]) -> list[Point]:
    """Some of the vertices at ``places`` moved along their radius, or written twice, or removed, though no two in a row."""
    result: list[Point] = []
    for at, vertex in enumerate(ring):
        ways = ["move", "stay", "repeat", *(["remove"] if at % 2 else [])]
        what = draw(st.sampled_from(ways)) if at in places else "stay"
        if what == "move":
            result.append(star_point(at, len(ring), draw(st.integers(5_000, 40_000))))
        elif what != "remove":
            result += [vertex] * (2 if what == "repeat" else 1)
    return result


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_edits_of_different_runs_are_both_there(data: st.DataObject):
    ring = data.draw(stars())
    half = len(ring) // 2
    left, right = range(half - 1), range(half, len(ring) - 1)  # a vertex between them at both ends stays
    mine, theirs = data.draw(edited(ring, left)), data.draw(edited(ring, right))
    both = [*mine[: len(mine) - (len(ring) - half)], *theirs[half:]]
    assert_merges(polygons([ring]), polygons([mine]), polygons([theirs]), polygons([both]))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_different_moves_of_one_vertex_never_merge(data: st.DataObject):
    ring = data.draw(stars())
    at = data.draw(st.integers(0, len(ring) - 1))
    one, other = data.draw(st.lists(st.integers(31_000, 50_000), min_size=2, max_size=2, unique=True))
    sides = [moved(ring, **{f"v{at}": star_point(at, len(ring), radius)}) for radius in (one, other)]
    assert_merges(polygons([ring]), polygons([sides[0]]), polygons([sides[1]]), None)


@given(st.data(), st.sampled_from(GeometryType))
@settings(max_examples=80, deadline=None)
def test_laws_for_any_shapes(data: st.DataObject, kind: GeometryType):
    base, mine, theirs = (data.draw(shapes(kind)) for _ in range(3))
    assert geometry.same(merged(kind, base, base, theirs), theirs)
    assert geometry.same(merged(kind, base, mine, base), mine)
    assert geometry.same(merged(kind, base, mine, mine), mine)
    result = merged(kind, base, mine, theirs)
    assert geometry.same(result, merged(kind, base, theirs, mine))
    if result is not None and not geometry.same(mine, theirs) and not geometry.same(base, mine) and not geometry.same(base, theirs):
        assert geometry.exact(result, kind) == result
        assert shapely.from_wkb(result).is_valid


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_how_a_ring_is_written_makes_no_difference(data: st.DataObject):
    ring = data.draw(stars())
    sides = [ring, data.draw(edited(ring, range(len(ring)))), data.draw(edited(ring, range(len(ring))))]
    wanted = merged(POLYGONS, *(polygons([side]) for side in sides))
    for at, side in enumerate(sides):
        start = data.draw(st.integers(0, len(side)))
        turned = [*side[start:], *side[:start]][:: data.draw(st.sampled_from([1, -1]))]
        sides[at] = [vertex for vertex in turned for _ in range(data.draw(st.integers(1, 2)))]
    assert geometry.same(merged(POLYGONS, *(polygons([side]) for side in sides)), wanted)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_the_difference_is_the_union_of_both_differences(data: st.DataObject):
    ring = data.draw(stars())
    sides = [polygons([data.draw(edited(ring, range(len(ring))))]) for _ in range(2)]
    base, result = polygons([ring]), merged(POLYGONS, polygons([ring]), *sides)
    shapes_ = [shapely.from_wkb(wkb) for wkb in (base, *sides)]
    if result is None or not all(shape.is_valid for shape in shapes_):
        return
    both = shapely.union(*(shapely.symmetric_difference(shapes_[0], shape) for shape in shapes_[1:]))
    wrong = shapely.symmetric_difference(both, shapely.symmetric_difference(shapes_[0], shapely.from_wkb(result)))
    assert wrong.area < 1e-4


def test_a_ring_of_ten_thousand_vertices_takes_a_tenth_of_a_second():
    turn = np.linspace(0, 2 * np.pi, 10_000, endpoint=False)
    sides = []
    for part, far in ((slice(0, 0), 0.0), (slice(10, 2_000, 7), 3.0), (slice(5_000, 9_000, 3), -2.0)):
        radius = 1000 + 10 * np.sin(50 * turn)
        radius[part] += far
        sides.append(polygons([np.c_[600_000 + radius * np.cos(turn), 1_400_000 + radius * np.sin(turn)].tolist()]))
    took = []
    for _ in range(5):
        begun = time.process_time()
        assert merged(POLYGONS, *sides) is not None
        took.append(time.process_time() - begun)
    assert min(took) < 0.1
