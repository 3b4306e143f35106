"""The quick look never says yes where GEOS would have made something else of the bytes."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.schema import GeometryType
from commune_planning_plugin.core.stored_form import is_stored_form, stored_bounds
from tests.core.strategies import shapes

pytestmark = pytest.mark.slow

cases = st.sampled_from(GeometryType).flatmap(lambda kind: st.tuples(st.just(kind), shapes(kind)))


def quick(wkb: bytes, kind: GeometryType) -> bool:
    return is_stored_form(wkb, kind, geometry.STEPS_PER_METRE, geometry.LARGEST)


@given(cases)
@settings(max_examples=60, deadline=None)
def test_all_that_is_stored_is_seen_at_a_glance(case: tuple[GeometryType, bytes]):
    kind, wkb = case
    assert quick(wkb, kind)
    assert not any(quick(wkb, other) for other in GeometryType if other is not kind)


@given(cases)
@settings(max_examples=60, deadline=None)
def test_its_bounds_are_those_of_all_vertices(case: tuple[GeometryType, bytes]):
    _, wkb = case
    xy = shapely.get_coordinates(shapely.from_wkb(wkb))  # a hole may lie outside its ring: GEOS's envelope then misses it
    assert stored_bounds(wkb) == (*xy.min(axis=0), *xy.max(axis=0))


@given(cases, st.integers(0, 10_000), st.integers(0, 255), st.sampled_from(["change", "cut", "append"]))
@settings(max_examples=100, deadline=None)
def test_of_spoilt_bytes_only_what_geos_reads_and_writes_the_same(
    case: tuple[GeometryType, bytes], place: int, byte: int, what: str
):
    kind, wkb = case
    at = place % len(wkb)
    spoilt = {"change": wkb[:at] + bytes([byte]) + wkb[at + 1 :], "cut": wkb[:at], "append": wkb + bytes([byte])}[what]
    assume(spoilt != wkb)
    if not quick(spoilt, kind):
        return
    read = shapely.from_wkb(spoilt)
    xy = shapely.get_coordinates(read)
    assert shapely.to_wkb(read, output_dimension=2, byte_order=1) == spoilt
    assert read.geom_type == kind.value
    assert not shapely.is_empty(shapely.get_parts(read)).any()
    assert np.isfinite(xy).all()
    assert (np.round(xy * geometry.STEPS_PER_METRE) / geometry.STEPS_PER_METRE == xy).all()


@pytest.mark.parametrize("xy", [(0.00005, 0.0), (-0.0, 1.0), (float("nan"), 0.0), (float("inf"), 0.0), (2e9, 0.0)])
def test_what_is_off_the_grid_or_nowhere_is_not(xy: tuple[float, float]):
    assert not quick(geometry.written(shapely.Point(xy)), GeometryType.POINT)


@pytest.mark.parametrize(
    "shape",
    ["MULTIPOLYGON EMPTY", "MULTIPOLYGON (EMPTY, ((0 0, 1 0, 1 1, 0 0)))", "MULTIPOLYGON Z (((0 0 1, 1 0 1, 1 1 1, 0 0 1)))"],
)
def test_nothing_empty_and_nothing_with_heights(shape: str):
    assert not quick(shapely.to_wkb(shapely.from_wkt(shape), flavor="iso"), GeometryType.POLYGONS)
