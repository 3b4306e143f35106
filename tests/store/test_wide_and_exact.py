"""Many attributes, values at their limits, and questions about nothing."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from commune_planning_plugin.core.schema import Field, FieldType, GeometryType, Layer
from commune_planning_plugin.store import Ref, RemoteChange, WorkingCopy
from tests.store.conftest import rows_of
from tests.store.snapshots import (
    CATALOGUE,
    IDENTITY,
    LOTS,
    NEXT,
    START,
    key_of,
    lot,
    make_snapshot,
    make_working_copy,
    square,
    system,
)
from tests.store.test_pulling import edit, pull

pytestmark = pytest.mark.slow

WIDE = Layer("QuyHoach.Rong_A", GeometryType.POLYGONS, tuple(Field(f"f{n}", FieldType.TEXT, length=20) for n in range(300)))


def test_three_hundred_attributes_are_tracked_pulled_and_reverted(tmp_path: Path) -> None:
    rows = {key_of(n): {**dict.fromkeys(WIDE.by_name), **system(n), "geom": square(6e5 + 100 * n, 14e5)} for n in range(5)}
    snapshot = make_snapshot(tmp_path / "s.gpkg", {WIDE.id: rows}, [WIDE])
    catalogue = replace(CATALOGUE, layers=(WIDE,))
    with WorkingCopy.create(tmp_path / "a.gpkg", snapshot, IDENTITY, catalogue, START) as copy:
        edit(copy, f"UPDATE {WIDE.table} SET f0 = 'a', f299 = 'z' WHERE fid = 1")
        edit(copy, f"DELETE FROM {WIDE.table} WHERE fid = 2")
        copy.apply(copy.stage([RemoteChange(WIDE.id, key_of(0), "update", {"f150": "m"})], (), NEXT))
        assert [change.new for change in copy.changes().changes if change.new] == [{"f0": "a", "f299": "z"}]
        row = rows_of(copy, WIDE)[key_of(0)]
        assert (row["f0"], row["f150"], row["f299"]) == ("a", "m", "z")
        copy.revert(Ref(local.change.layer, local.change.key) for local in copy.status())
        assert rows_of(copy, WIDE)[key_of(0)]["f150"] == "m"
        assert copy.status() == ()


EXACT = {
    "soLon": [2**63 - 1, -(2**63), 2**53 + 1, 0],
    "heSo": [0.1, 1 / 3, 1e308, 5e-324, -0.1 - 0.2, 123456789.123456789],
    "tangCao": [2**31 - 1, -(2**31)],
    "tenDoiTuong": ["", " ", "Ấp Đồng Chuối", "𠀀", "a\nb\tc"],
    "ngayKy": ["0001-01-01", "9999-12-31"],
    "capNhat": ["2026-01-02T03:04:05.123456Z"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in EXACT.items() for value in values])
def test_a_value_comes_out_as_it_went_in_also_after_another_program_wrote_its_row(tmp_path: Path, name: str, value: object) -> None:
    with make_working_copy(tmp_path, {LOTS.id: {key_of(0): lot(0)}}) as copy:
        pull(copy, RemoteChange(LOTS.id, key_of(0), "update", {name: value}))
        assert rows_of(copy)[key_of(0)][name] == value
        subprocess.run(
            ["ogrinfo", copy.path, "-q", "-sql", f"UPDATE {LOTS.table} SET kyHieuLoDat = 'n'"], check=True, capture_output=True
        )
        assert [change.new for change in copy.changes().changes] == [{"kyHieuLoDat": "n"}]
        assert rows_of(copy)[key_of(0)][name] == value


def test_lists_of_nothing_do_nothing(copy: WorkingCopy) -> None:
    copy.revert([])
    copy.conflicts.resolve_all({})
    copy.conflicts.undo([])
    result = pull(copy)
    assert (result.inserted, result.updated, result.deleted, copy.checkpoint.number) == (0, 0, 0, 8)
    assert copy.status() == ()
