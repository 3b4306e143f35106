"""Geometry blobs of every kind that programs write, and what becomes of shapes that the standard doesn't have."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Optional

import pytest
from osgeo import ogr

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.store import Ref, WorkingCopy, gpkg
from tests.store.conftest import rows_of
from tests.store.snapshots import LOTS, MARKS, key_of, lots, make_working_copy, mark, square

T = LOTS.table
SQUARE = square(10, 20, 5)
ogr.UseExceptions()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", range(5))
def test_headers_of_both_orders_and_all_envelopes(order: str, kind: int) -> None:
    doubles = {0: [], 1: [10, 15, 20, 25], 2: [10, 15, 20, 25, 0, 1], 3: [10, 15, 20, 25, 0, 1], 4: [10, 15, 20, 25, 0, 1, 2, 3]}[
        kind
    ]
    head = struct.pack(f"{order}2sBBi{len(doubles)}d", b"GP", 0, kind << 1 | (order == "<"), 9217, *doubles)
    assert gpkg.wkb_of(head + SQUARE) == SQUARE
    assert gpkg.envelope(head + SQUARE) == (10, 20, 15, 25)


def test_a_point_needs_no_envelope() -> None:
    for order, mark_of in (("<", 1), (">", 0)):
        wkb = struct.pack(f"{order}BI2d", mark_of, 1, 3.0, 4.0)
        assert gpkg.envelope(struct.pack("<2sBBi", b"GP", 0, 1, 9217) + wkb) == (3, 4, 3, 4)


def test_our_own_blobs_read_back() -> None:
    blob = gpkg.blob_of(SQUARE, 9217)
    assert (gpkg.wkb_of(blob), gpkg.envelope(blob)) == (SQUARE, (10, 20, 15, 25))
    assert ogr.CreateGeometryFromWkb(gpkg.wkb_of(blob)).GetArea() == 25


@pytest.mark.parametrize(
    ("blob", "code"),
    [
        (b"", "geometry.unreadable"),
        (b"XX\x00\x01" + b"\x00" * 40, "geometry.unreadable"),
        ("text", "geometry.unreadable"),
        (struct.pack("<2sBBi", b"GP", 0, 0x0B, 9217) + SQUARE, "geometry.unreadable"),
        (struct.pack("<2sBBi", b"GP", 0, 0x11, 9217) + SQUARE, "geometry.empty"),
        (struct.pack("<2sBBiBI", b"GP", 0, 1, 9217, 1, 10), "geometry.curved"),
        (struct.pack("<2sBBiBI", b"GP", 0, 1, 9217, 1, 3012), "geometry.curved"),
    ],
)
def test_what_is_no_shape_of_ours(blob: bytes, code: str) -> None:
    with pytest.raises(InvalidData) as raised:
        gpkg.wkb_of(blob)
    assert raised.value.code == code
    assert gpkg.SQL_FUNCTIONS["ST_IsEmpty"](blob) == 1 or code == "geometry.curved"


SHAPES = {
    "CURVEPOLYGON (CIRCULARSTRING (600000 1400000, 600010 1400010, 600000 1400000))": "geometry.curved",
    "MULTIPOLYGON EMPTY": "geometry.empty",
    "LINESTRING (600000 1400000, 600010 1400000)": "geometry.type",
    "POLYGON ((600000 1400000, 600010 1400010, 600010 1400000, 600000 1400010, 600000 1400000))": "geometry.invalid",
    "POLYGON Z ((600000 1400000 5, 600010 1400000 5, 600010 1400010 5, 600000 1400000 5))": None,
    "POLYGON ((600000.00004 1400000, 600010 1400000, 600010 1400010, 600000.00004 1400000))": None,
}


@pytest.mark.parametrize("text", SHAPES)
def test_shapes_drawn_by_other_programs_are_mended_or_refused_with_their_place(copy: WorkingCopy, text: str) -> None:
    code: Optional[str] = SHAPES[text]
    source = ogr.Open(str(copy.path), 1)
    layer = source.GetLayerByName(T)
    feature = layer.GetFeature(1)
    feature.SetGeometry(ogr.CreateGeometryFromWkt(text))
    layer.SetFeature(feature)
    del feature, layer, source
    found = copy.changes()
    assert [problem.code for problem in found.problems] == ([code] if code else [])
    assert all(problem.place is not None for problem in found.problems)
    assert [change.key for change in found.changes] == ([key_of(0)] if code in (None, "geometry.invalid") else [])
    copy.revert([Ref(LOTS.id, key_of(0))])
    assert copy.changes().problems == copy.changes().changes == ()
    assert rows_of(copy) == lots(10)


def test_points_without_envelopes_are_indexed(tmp_path: Path) -> None:
    with make_working_copy(tmp_path, {MARKS.id: {key_of(n): mark(n) for n in range(3)}}) as copy:
        source = ogr.Open(str(copy.path), 1)
        layer = source.GetLayerByName(MARKS.table)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT (600100 1400000)"))
        layer.CreateFeature(feature)
        del feature, layer, source
        (change,) = copy.changes().changes
        assert (change.new["toaDoX"], change.new["toaDoY"]) == (1_400_000.0, 600_100.0)
        assert len(copy.rows_meeting(MARKS.id, (600_099, 1_399_999, 600_101, 1_400_001))) == 1
