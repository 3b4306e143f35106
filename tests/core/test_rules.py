"""What the rules find, and what they leave alone."""

from __future__ import annotations

import time
from typing import Any, Optional

import pytest
import shapely

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Rows
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.rules import Changed, Finding, Severity, check, gaps, overlaps
from commune_planning_plugin.core.schema import Field, FieldType, GeometryType, Layer, Values

LOTS = Layer(
    "QuyHoach.ChucNangSuDungDat_A",
    GeometryType.POLYGONS,
    (
        Field("ten", FieldType.TEXT, required=True),
        Field("maDoiTuong", FieldType.TEXT, required=True, allocated=True),
        Field("muc2", FieldType.TEXT, code_list="land_function"),
    ),
    tiling=True,
)
CODES = {"land_function": frozenset({"CayxanhCC", "Baidoxe"})}
PACK = {"version": "1", "overlap_tolerance_m2": 0.5, "gap_tolerance_m2": 0.5}


def lot(*shapes: Any, plan: str = "p", **values: Any) -> Values:
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    return {"plan": plan, "ten": "Lô", "muc2": "CayxanhCC", "geom": geometry.written(shapely.MultiPolygon(parts)), **values}


def box(west: float, south: float, east: float, north: float) -> Any:
    return shapely.box(west, south, east, north)


def grid(side: int) -> dict[str, Values]:
    return {f"{x}-{y}": lot(box(x * 10, y * 10, x * 10 + 10, y * 10 + 10)) for x in range(side) for y in range(side)}


def found(*changed: tuple[str, Optional[Values], Optional[Values]], around: Rows = {}) -> list[Finding]:  # noqa: B006
    return check([Changed(LOTS, *item) for item in changed], {LOTS.id: around}, CODES, PACK)


def rules(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.key) for finding in findings]


def test_a_clean_change_finds_nothing():
    around = grid(3)
    middle = around["1-1"]
    assert found(("1-1", middle, {**middle, "ten": "Công viên"}), around=around) == []
    halves = lot(box(10, 10, 15, 20)), lot(box(15, 10, 20, 20))
    assert found(("1-1", middle, halves[0]), ("new", None, halves[1]), around=around) == []
    moved = lot(box(10, 10, 18, 20)), lot(box(18, 10, 30, 20))
    assert found(("1-1", middle, moved[0]), ("2-1", around["2-1"], moved[1]), around=around) == []


def test_an_invalid_shape_is_found_with_its_place_and_does_not_stop_the_rest():
    bow = lot(shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)]))
    findings = found(("bow", None, bow), ("bad", None, lot(box(50, 0, 60, 10), ten="")))
    assert rules(findings) == [("geom.valid", "bow"), ("t16.required6", "bad")]
    assert findings[0].place == (5.0, 5.0, 5.0, 5.0)
    assert findings[0].details == {"reason": "Self-intersection"}


@pytest.mark.parametrize(
    ("shape", "reason"), [(None, "missing"), (b"\x01", "unreadable"), (shapely.to_wkb(shapely.MultiPolygon()), "empty")]
)
def test_a_shape_that_is_none(shape: Optional[bytes], reason: str):
    (finding,) = found(("k", None, {**lot(box(0, 0, 1, 1)), "geom": shape}))
    assert (finding.rule, finding.details) == ("geom.valid", {"reason": reason})


def test_an_overlap_names_the_other_and_the_place():
    around = grid(2)
    (finding,) = found(("0-0", around["0-0"], lot(box(0, 0, 11, 10))), around=around)
    assert (finding.rule, finding.severity, finding.key) == ("tile.overlap", Severity.ERROR, "0-0")
    assert finding.details == {"other": "1-0", "area_m2": 10.0}
    assert finding.place == (10.0, 0.0, 11.0, 10.0)


def test_two_changed_lots_overlap_once():
    findings = found(("a", None, lot(box(0, 0, 10, 10))), ("b", None, lot(box(5, 0, 15, 10))))
    assert rules(findings) == [("tile.overlap", "a")]


def test_only_what_moved_is_judged():
    overlapping = {"a": lot(box(0, 0, 10, 10)), "b": lot(box(5, 0, 15, 10))}
    assert found(("a", overlapping["a"], {**overlapping["a"], "ten": "mới"}), around=overlapping) == []


def test_other_plans_and_small_overlaps_are_left_alone():
    around = {"b": lot(box(0, 0, 10, 10), plan="q")}
    assert found(("a", None, lot(box(0, 0, 10, 10))), around=around) == []
    assert found(("a", None, lot(box(9.96, 0, 20, 10))), around={"b": lot(box(0, 0, 10, 10))}) == []


def test_ground_that_is_left_is_a_gap():
    around = grid(3)
    (deleted,) = found(("1-1", around["1-1"], None), around=around)
    assert (deleted.rule, deleted.key, deleted.details, deleted.place) == (
        "tile.gap",
        "1-1",
        {"area_m2": 100.0},
        (10.0, 10.0, 20.0, 20.0),
    )
    (shrunk,) = found(("0-0", around["0-0"], lot(box(0, 0, 8, 10))), around=around)
    assert (shrunk.key, shrunk.place) == ("0-0", (8.0, 0.0, 10.0, 10.0))


def test_a_new_hole_between_neighbours_is_a_gap():
    around = {key: row for key, row in grid(3).items() if key != "1-1"}
    assert rules(found(("new", None, lot(box(10, 10, 19, 20))), around=around)) == []
    ring = {key: row for key, row in around.items() if key != "2-1"}
    (finding,) = found(("2-1", None, around["2-1"]), around=ring)
    assert (finding.rule, finding.key, finding.place) == ("tile.gap", "2-1", (10.0, 10.0, 20.0, 20.0))


def test_a_lot_drawn_with_a_hole_leaves_a_gap():
    donut = lot(shapely.difference(box(0, 0, 10, 10), box(4, 4, 6, 6)))
    (finding,) = found(("a", None, donut))
    assert (finding.rule, finding.details) == ("tile.gap", {"area_m2": 4.0})
    assert found(("a", None, donut), ("b", None, lot(box(4, 4, 6, 6)))) == []


def test_an_invalid_lot_covers_its_ground_all_the_same():
    around = grid(3)
    spiked = lot(shapely.Polygon([(10, 10), (20, 10), (20, 20), (25, 20), (20, 20), (10, 20)]))
    assert rules(found(("1-1", around["1-1"], spiked), around=around)) == [("geom.valid", "1-1")]


def test_required_and_coded_attributes():
    findings = found(("a", None, lot(box(0, 0, 1, 1), ten="  ", muc2="Khac")))
    assert [(f.rule, f.severity, f.details) for f in findings] == [
        ("attr.function_code_in_list", Severity.ERROR, {"field": "muc2", "value": "Khac", "list": "land_function"}),
        ("t16.required6", Severity.ERROR, {"fields": ["ten"]}),
    ]


def test_what_was_wrong_before_is_a_warning():
    old = lot(box(0, 0, 1, 1), ten=None, muc2="Khac")
    findings = found(("a", old, {**old, "plan": "p", "maDoiTuong": "x"}))
    assert {finding.severity for finding in findings} == {Severity.WARNING}
    assert len(findings) == 2


def test_the_tolerance_is_the_rule_packs():
    changed = [Changed(LOTS, "a", None, lot(box(9, 0, 20, 10)))]
    around = {LOTS.id: {"b": lot(box(0, 0, 10, 10))}}
    assert check(changed, around, CODES, {**PACK, "overlap_tolerance_m2": 50}) == []


def test_a_finding_survives_json():
    for finding in found(
        ("a", None, {**lot(box(0, 0, 1, 1)), "geom": None}), ("b", None, lot(box(0, 0, 9, 9), box(20, 0, 29, 9), ten=""))
    ):
        assert Finding.from_json(finding.to_json()) == finding
    with pytest.raises(InvalidData, match=r"finding\.malformed"):
        Finding.from_json({"rule": "x", "place": []})


def test_a_thousand_changes_take_a_second():
    around = grid(40)
    inner = [key for key in around if all(0 < int(part) < 33 for part in key.split("-"))][:1_000]
    changed = [Changed(LOTS, key, around[key], lot(shapely.segmentize(geometry.read(around[key]["geom"]), 2.5))) for key in inner]  # type: ignore[arg-type]
    started = time.process_time()
    assert check(changed, {LOTS.id: around}, CODES, PACK) == []
    assert time.process_time() - started < 3


def test_each_shape_is_read_once_for_all_tiling_rules(monkeypatch: pytest.MonkeyPatch):
    around, read = grid(12), []
    read_many = geometry.read_many
    monkeypatch.setattr(geometry, "read_many", lambda wkbs: read.extend(wkbs) or read_many(wkbs))
    monkeypatch.setattr(geometry, "read", lambda wkb: pytest.fail("one by one"))
    monkeypatch.setattr("commune_planning_plugin.core.rules.RULES", (overlaps.find, gaps.find))
    moved = {**around["5-5"], "geom": lot(box(50, 50, 60, 58))["geom"]}
    del around["5-5"]
    assert rules(found(("5-5", lot(box(50, 50, 60, 60)), moved), around=around)) == [("tile.gap", "5-5")]
    assert len(read) == len(around) + 2


@pytest.mark.parametrize(
    "unreadable", [b"", b"\x01\x03", bytes.fromhex("0107000000ffffffff"), b"\x01\x08\x00\x00\x00\x00\x00\x00\x00"]
)
def test_many_shapes_are_read_as_one_by_one(unreadable: bytes):
    fine = lot(box(0, 0, 1, 1))["geom"]
    assert isinstance(fine, bytes)
    read = geometry.read_many([fine, unreadable, fine])
    assert [shape is None for shape in read] == [False, True, False]
    with pytest.raises(InvalidData):
        geometry.read(unreadable)
