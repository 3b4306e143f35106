"""Shapes in shapes in shapes: GEOS calls itself for each level, and ends the whole process where there are too many."""

from __future__ import annotations

import struct

import pytest
import shapely

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.nesting import DEEPEST, is_shallow
from commune_planning_plugin.core.schema import GeometryType

pytestmark = pytest.mark.slow

POINT = struct.pack("<BIdd", 1, 1, 600_000.0, 1_400_000.0)


def nested(code: int, levels: int, last: bytes = POINT) -> bytes:
    """The deep part comes second, after one that is in order."""
    return b"".join(struct.pack("<BII", 1, code, 2) + POINT for _ in range(levels)) + last


@pytest.mark.parametrize("code", [4, 5, 6, 7, 1004, 3007, 0x20000006])
def test_what_would_end_the_process_is_unreadable(code: int):
    for levels in (DEEPEST, 100_000):
        assert not is_shallow(nested(code, levels))
    with pytest.raises(InvalidData, match=r"geometry\.unreadable"):
        geometry.read(nested(code, 100_000))
    with pytest.raises(InvalidData, match=r"geometry\.unreadable"):
        geometry.normalised(nested(code, 100_000), GeometryType.POLYGONS)
    with pytest.raises(InvalidData, match=r"geometry\.unreadable"):
        geometry.canonical(nested(code, 100_000))


SHAPES = [
    "POINT (1 2)",
    "LINESTRING (1 2, 3 4)",
    "POLYGON EMPTY",
    "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 2 1, 2 2, 1 1)), ((20 0, 21 0, 21 1, 20 0)))",
    "MULTILINESTRING Z ((1 2 3, 4 5 6), (7 8 9, 1 1 1))",
    "GEOMETRYCOLLECTION (MULTIPOINT (1 2, 3 4), GEOMETRYCOLLECTION (LINESTRING (1 2, 3 4)))",
]


@pytest.mark.parametrize("text", SHAPES)
@pytest.mark.parametrize("form", [{}, {"byte_order": 0}, {"flavor": "iso"}, {"flavor": "extended", "include_srid": True}])
def test_every_form_of_an_ordinary_shape_is_shallow(text: str, form: dict):
    wkb = shapely.to_wkb(shapely.set_srid(shapely.from_wkt(text), 9217), **form)
    assert is_shallow(wkb)
    assert shapely.equals_exact(geometry.read(wkb), shapely.from_wkt(text))


@pytest.mark.parametrize("code", [1, 2, 3])
def test_nothing_lies_in_a_single_shape(code: int):
    assert is_shallow(struct.pack("<BI", 1, code) + b"\x00" * 16)
