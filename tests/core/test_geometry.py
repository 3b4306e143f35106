"""Shapes: one stored form, one notion of sameness."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import Derived, GeometryType
from tests.core.strategies import rings, shapes, vertices

few = settings(max_examples=30, deadline=None)
SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]


def polygon(*ring_list: list[tuple[float, float]]) -> bytes:
    outer, *holes = ring_list
    return geometry.normalised(shapely.to_wkb(shapely.Polygon(outer, holes)), GeometryType.POLYGONS)


@given(st.sampled_from(GeometryType).flatmap(lambda kind: st.tuples(st.just(kind), shapes(kind))))
@few
def test_the_stored_form_is_stable(case: tuple[GeometryType, bytes]):
    kind, wkb = case
    assert geometry.normalised(wkb, kind) == wkb
    assert geometry.exact(wkb, kind) == wkb
    assert geometry.same(wkb, wkb)


@given(rings(), st.integers(0, 10), st.booleans(), st.lists(st.integers(0, 6), max_size=3))
@few
def test_start_direction_and_repeats_of_a_ring_do_not_count(
    ring: list[tuple[float, float]], turn: int, reverse: bool, repeats: list[int]
):
    vertices_of = ring[:-1]
    turned = vertices_of[turn % len(vertices_of) :] + vertices_of[: turn % len(vertices_of)]
    if reverse:
        turned.reverse()
    for place in repeats:
        turned.insert(place % len(turned), turned[place % len(turned)])
    assert geometry.same(polygon(ring), polygon([*turned, turned[0]]))


@given(rings(), vertices, st.integers(0, 6))
@few
def test_another_vertex_is_another_shape(ring: list[tuple[float, float]], vertex: tuple[float, float], place: int):
    moved = ring[:-1]
    moved[place % len(moved)] = vertex
    if sorted(set(moved)) != sorted(set(ring)):
        assert not geometry.same(polygon(ring), polygon([*moved, moved[0]]))


def test_collinear_vertices_count():
    between = [*SQUARE[:1], (5.0, 0.0), *SQUARE[1:]]
    assert not geometry.same(polygon(SQUARE), polygon(between))


def test_a_ring_that_passes_its_least_vertex_twice_is_the_same_from_both():
    one, other = [(0.0, 0.0), (4.0, 1.0), (4.0, 3.0)], [(0.0, 0.0), (1.0, 5.0), (3.0, 5.0)]
    assert geometry.same(polygon([*one, *other, one[0]]), polygon([*other, *one, one[0]]))
    comb = [(0.0, 0.0), (1.0, 1.0)] * 4_000
    assert geometry.same(polygon([*comb, comb[0]]), polygon([*comb[2:], *comb[:2], comb[2]]))


def test_order_of_parts_and_holes_does_not_count():
    holes = [[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0)], [(5.0, 5.0), (6.0, 5.0), (6.0, 6.0), (5.0, 5.0)]]
    assert geometry.same(polygon(SQUARE, *holes), polygon(SQUARE, *holes[::-1]))
    assert not geometry.same(polygon(SQUARE, holes[0]), polygon(SQUARE, holes[1]))
    boxes = [shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)]
    one, other = (geometry.written(shapely.MultiPolygon(parts)) for parts in (boxes, boxes[::-1]))
    assert one != other
    assert geometry.same(one, other)


def test_a_hole_is_no_part():
    inner = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0)]
    two = geometry.written(shapely.MultiPolygon([shapely.Polygon(SQUARE), shapely.Polygon(inner)]))
    assert not geometry.same(polygon(SQUARE, inner), two)


def test_a_lines_direction_counts_and_its_repeats_do_not():
    def line(*points: tuple[float, float]) -> bytes:
        return geometry.normalised(shapely.to_wkb(shapely.LineString(points)), GeometryType.LINES)

    assert not geometry.same(line((0, 0), (1, 1)), line((1, 1), (0, 0)))
    assert geometry.same(line((0, 0), (1, 1)), line((0, 0), (0, 0), (1, 1)))
    assert not geometry.same(line((0, 0), (1, 1), (2, 2)), line((0, 0), (2, 2)))


def test_heights_are_dropped_and_halves_rounded_to_the_grid():
    high = shapely.to_wkb(shapely.Point(1.00004, 2.00006, 7.0), output_dimension=3)
    assert geometry.normalised(high, GeometryType.POINT) == geometry.written(shapely.Point(1.0, 2.0001))
    negative = geometry.normalised(shapely.to_wkb(shapely.Point(-0.00001, 0)), GeometryType.POINT)
    assert math.copysign(1, shapely.get_x(shapely.from_wkb(negative))) == 1


@given(st.integers(-(10**11), 10**11))
@few
def test_a_grid_coordinate_is_the_double_nearest_to_its_step(step: int):
    near = math.nextafter(step / 10_000, math.inf)
    wkb = geometry.normalised(shapely.to_wkb(shapely.Point(near, 0)), GeometryType.POINT)
    assert shapely.get_x(shapely.from_wkb(wkb)) == step / 10_000


def test_a_single_part_becomes_a_collection_of_one():
    wkb = geometry.normalised(shapely.to_wkb(shapely.box(0, 0, 1, 1)), GeometryType.POLYGONS)
    assert shapely.from_wkb(wkb).geom_type == "MultiPolygon"


CURVE = struct.pack("<BII", 1, 8, 3) + struct.pack("<6d", 0, 0, 1, 1, 2, 0)


@pytest.mark.parametrize(
    ("wkb", "kind", "code"),
    [
        (b"", GeometryType.POINT, "geometry.unreadable"),
        (b"\x01\x01\x00", GeometryType.POINT, "geometry.unreadable"),
        (CURVE, GeometryType.LINES, "geometry.unreadable"),
        (shapely.to_wkb(shapely.Point()), GeometryType.POINT, "geometry.empty"),
        (shapely.to_wkb(shapely.MultiPolygon()), GeometryType.POLYGONS, "geometry.empty"),
        (shapely.to_wkb(shapely.Point(math.inf, 0)), GeometryType.POINT, "geometry.not_finite"),
        (shapely.to_wkb(shapely.Point(1e12, 0)), GeometryType.POINT, "geometry.not_finite"),
        (shapely.to_wkb(shapely.Point(0, 0)), GeometryType.POLYGONS, "geometry.type"),
        (shapely.to_wkb(shapely.MultiPoint([(0, 0), (1, 1)])), GeometryType.POINT, "geometry.type"),
        (
            shapely.to_wkb(shapely.GeometryCollection([shapely.box(0, 0, 1, 1), shapely.Point(0, 0)])),
            GeometryType.POLYGONS,
            "geometry.type",
        ),
    ],
)
def test_what_cannot_be_stored_is_refused(wkb: bytes, kind: GeometryType, code: str):
    with pytest.raises(InvalidData) as caught:
        geometry.normalised(wkb, kind)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "wkb",
    [
        shapely.to_wkb(shapely.Point(0.00001, 0)),
        shapely.to_wkb(shapely.Point(0, 0), byte_order=0),
        shapely.to_wkb(shapely.Point(0, 0, 1)),
        shapely.to_wkb(shapely.MultiPoint([(0, 0)])),
    ],
)
def test_what_is_not_in_its_stored_form_is_never_altered_silently(wkb: bytes):
    with pytest.raises(InvalidData, match=r"geometry\.off_grid"):
        geometry.exact(wkb, GeometryType.POINT)


def test_measures():
    assert geometry.derive(polygon(SQUARE), Derived.AREA) == 100.0
    line = geometry.normalised(shapely.to_wkb(shapely.LineString([(0, 0), (3, 4)])), GeometryType.LINES)
    assert geometry.derive(line, Derived.LENGTH) == 5.0
    point = geometry.written(shapely.Point(602805.66, 1353660.028))
    assert (geometry.derive(point, Derived.X), geometry.derive(point, Derived.Y)) == (602805.66, 1353660.028)
    assert geometry.union_bounds([point, polygon(SQUARE)]) == (0.0, 0.0, 602805.66, 1353660.028)
    assert geometry.union_bounds([]) is None


def test_the_canonical_form_reads_every_writing_of_a_shape():
    box = shapely.box(0, 0, 1, 1)
    plain = geometry.written(shapely.MultiPolygon([box]))
    for other in (
        shapely.to_wkb(box, byte_order=0),
        shapely.to_wkb(shapely.force_3d(box, 5)),
        shapely.to_wkb(box, include_srid=True),
    ):
        assert geometry.same(plain, other)
    for broken in (b"", plain[:-1], plain[:20]):
        with pytest.raises(InvalidData, match=r"geometry\.unreadable"):
            geometry.canonical(broken)


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=12), st.integers(0, 8))
def test_a_small_ring_has_the_form_that_a_large_one_has(corners: list[tuple[int, int]], repeats: int):
    ring = [*corners[:1] * (1 + repeats), *corners[1:], corners[0]]
    places = np.array(ring) / geometry.STEPS_PER_METRE
    small = geometry._small_ring(places.tobytes(), 0, len(ring))
    assert small is None or small == geometry._ring(geometry._steps(places.tobytes(), 0, len(ring)))


def test_the_same_ring_is_the_same_however_often_its_vertices_are_repeated():
    few = shapely.Polygon([(0, 0), (5, 0), (5, 5), (0, 5)])
    many = shapely.Polygon([(0, 0), *[(5, 0)] * 200, (5, 5), (0, 5)])
    assert geometry.same(*(shapely.to_wkb(shapely.MultiPolygon([each]), byte_order=1) for each in (few, many)))
