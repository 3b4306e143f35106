"""How a shape changed, in corners and metres."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.schema import Derived, GeometryType
from commune_planning_plugin.core.shape_change import ShapeChange, shape_change

SQUARE = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]


def polygon(*ring: tuple[float, float]) -> bytes:
    return geometry.normalised(geometry.written(shapely.MultiPolygon([shapely.Polygon(ring)])), GeometryType.POLYGONS)


def test_corners_that_moved_and_how_far_also_where_the_area_is_the_same() -> None:
    sheared = polygon((0, 0), (100, 0), (103, 100), (3, 100))
    assert geometry.derive(sheared, Derived.AREA) == geometry.derive(polygon(*SQUARE), Derived.AREA)
    change = shape_change(polygon(*SQUARE), sheared)
    assert (change.moved, change.added, change.removed, change.shift) == (2, 0, 0, None)
    assert change.farthest == pytest.approx(3.0)


def test_a_corner_added_on_the_line_changes_nothing_on_the_ground() -> None:
    assert shape_change(polygon(*SQUARE), polygon(*SQUARE[:2], (100, 50), *SQUARE[2:])) == ShapeChange(added=1, deviation=0.0)
    bulged = shape_change(polygon(*SQUARE), polygon(*SQUARE[:2], (104, 50), *SQUARE[2:]))
    assert (bulged.added, bulged.deviation) == (1, 4.0)
    back = shape_change(polygon(*SQUARE[:2], (104, 50), *SQUARE[2:]), polygon(*SQUARE))
    assert (back.removed, back.deviation) == (1, 4.0)


def test_the_same_corners_joined_otherwise() -> None:
    before = polygon((0, 0), (10, 0), (10, 10), (5, 5), (0, 10))
    after = polygon((0, 0), (5, 5), (10, 0), (10, 10), (0, 10))
    assert shape_change(before, after) == ShapeChange()


def test_a_point_and_a_line() -> None:
    one, other = (geometry.written(shapely.Point(x, 0)) for x in (0, 7))
    assert shape_change(one, other).shift == 7.0
    short, long_ = (geometry.written(shapely.MultiLineString([[(0, 0), (end, 0)]])) for end in (10, 12))
    assert shape_change(short, long_) == ShapeChange(moved=1, farthest=2.0)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=30, unique=True),
    st.integers(-99, 99),
    st.integers(-99, 99),
)
def test_a_shift_is_one_whatever_the_form_and_nothing_is_nothing(places: list[tuple[int, int]], x: int, y: int) -> None:
    line = shapely.MultiLineString([places])
    before, after = geometry.written(line), geometry.written(shapely.transform(line, lambda xy: np.add(xy, (x, y))))
    distance = (x * x + y * y) ** 0.5
    change = shape_change(before, after)
    if distance:
        assert change == ShapeChange(len(places), farthest=change.shift, shift=pytest.approx(distance))  # type: ignore[arg-type]
    else:
        assert change == ShapeChange()


def test_a_shape_of_thousands_of_corners_is_measured_at_once() -> None:
    ring = [(float(n), 500.0 * (n % 2)) for n in range(4_000)]
    before = geometry.written(shapely.MultiLineString([ring]))
    after = geometry.written(shapely.MultiLineString([[(x, y + 2.0 + x / 4_000) for x, y in ring]]))
    change = shape_change(before, after)
    assert change.moved == 4_000
    assert 2.0 <= (change.farthest or 0) < 3.1
