"""A commune's boundary changes: its working copies go on from a fresh snapshot of the new area, edits in every zone included."""

from __future__ import annotations

import psycopg
import pytest

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.store import PullResult, Ref
from commune_planning_plugin.sync import rebase
from tests.hub.tiny import LOTS, SOUTH, lot_key, square
from tests.joint.conftest import INNER_LOT, TABLE, Desk

TABLE_AT_HUB = '"QuyHoach"."ChucNangSuDungDat_A"'
WEST, EAST_NEIGHBOUR = lot_key("22504", 0, 0), lot_key("22516", 6, 6)


def set_area(conninfo: str, west: float, side: float) -> None:
    """The square from ``west``, with the epoch that follows."""
    with psycopg.connect(conninfo) as connection:
        connection.execute(
            "UPDATE hub.commune SET area = ST_Multi(ST_GeomFromWKB(%s, 9217)), area_epoch = area_epoch + 1 WHERE code = '22504'",
            (square(west, SOUTH - 200, side),),
        )
        connection.execute("DELETE FROM hub.commune_part WHERE commune = '22504'")
        connection.execute(
            "INSERT INTO hub.commune_part SELECT code, (ST_Dump(ST_Subdivide(area))).geom FROM hub.commune WHERE code = '22504'"
        )


def rename_at_hub(conninfo: str, key: str, name: str) -> None:
    with psycopg.connect(conninfo) as connection:
        connection.execute(f'UPDATE {TABLE_AT_HUB} SET "tenDoiTuong" = %s WHERE key = %s', (name, key))


def has(desk: Desk, key: str) -> bool:
    return desk.copy.row(Ref(LOTS, key)) is not None


def test_a_boundary_moves_with_unsent_edits_in_both_zones(desk: Desk, conninfo: str) -> None:
    desk.rename(WEST, "Ở phía tây")
    desk.rename(INNER_LOT, "Ở giữa")
    set_area(conninfo, 600_250, 1_400)  # the west goes, the east comes
    rename_at_hub(conninfo, WEST, "Tỉnh đổi tên")
    result = desk.pull()
    assert (result.fresh, result.conflicts) == ("area", 1)
    assert (desk.name_of(WEST), desk.name_of(INNER_LOT)) == ("Ở phía tây", "Ở giữa")
    assert desk.copy.also_keys() == (WEST,)
    assert [conflict.key for conflict in desk.copy.conflicts.open()] == [WEST]
    assert not has(desk, lot_key("22504", 0, 9))
    assert has(desk, EAST_NEIGHBOUR)
    assert desk.pull().fresh == ""
    with psycopg.connect(conninfo) as connection:
        connection.execute(f"UPDATE {TABLE_AT_HUB} SET \"ghiChu\" = 'mới' WHERE key = ANY(%s)", ([WEST, EAST_NEIGHBOUR],))
    desk.pull()
    assert [desk.copy.row(Ref(LOTS, key))["ghiChu"] for key in (WEST, EAST_NEIGHBOUR)] == ["mới", "mới"]
    set_area(conninfo, 599_800, 1_400)  # and back
    assert desk.pull().fresh == "area"
    assert desk.copy.also_keys() == ()
    assert has(desk, lot_key("22504", 0, 9))
    assert not has(desk, EAST_NEIGHBOUR)
    assert {change.change.key for change in desk.copy.status()} == {WEST, INNER_LOT}


def test_what_was_deleted_at_the_province_is_no_feature_outside(desk: Desk, conninfo: str) -> None:
    desk.rename(WEST, "Ở phía tây")
    set_area(conninfo, 600_250, 1_400)
    with psycopg.connect(conninfo) as connection:
        connection.execute(f"DELETE FROM {TABLE_AT_HUB} WHERE key = %s", (WEST,))
    assert desk.pull().conflicts == 1
    assert desk.copy.also_keys() == ()
    assert [conflict.kind.value for conflict in desk.copy.conflicts.open()] == ["deleted_at_province"]


def test_news_of_a_feature_that_is_not_here_need_a_fresh_snapshot(desk: Desk, conninfo: str) -> None:
    """Some program took a row away together with the record of it."""
    desk.rename(WEST, "Của xã")
    desk.edit("INSERT INTO planning_switch VALUES (1)")
    desk.edit(f"DELETE FROM {TABLE} WHERE key = ?", INNER_LOT)
    desk.edit("DELETE FROM planning_switch")
    rename_at_hub(conninfo, INNER_LOT, "Của tỉnh")
    assert desk.pull().fresh == "incomplete"
    assert (desk.name_of(INNER_LOT), desk.name_of(WEST)) == ("Của tỉnh", "Của xã")
    assert [change.change.key for change in desk.copy.status()] == [WEST]
    assert desk.pull() == PullResult()


def test_an_error_that_a_snapshot_does_not_help_stays_an_error() -> None:
    assert rebase.reason_for(WorkingCopyError("working_copy.busy")) is None


def test_a_key_alone_reads_no_feature_of_another_commune(desk: Desk, conninfo: str) -> None:
    far, hidden = lot_key("22516", 9, 9), lot_key("22504", 8, 8)
    with psycopg.connect(conninfo) as connection:
        connection.execute(f"UPDATE {TABLE_AT_HUB} SET visibility = 2 WHERE key = %s", (hidden,))
    asked = dict.fromkeys([far, hidden, WEST, lot_key("no", 0, 0)])
    assert desk.client.features("22504", LOTS, asked).rows.keys() == {WEST}
    set_area(conninfo, 600_250, 1_400)
    found = desk.client.features("22504", LOTS, asked)
    assert {key: row["kyHieuLoDat"] for key, row in found.rows.items()} == {WEST: "A1"}


@pytest.mark.parametrize("count", [0, 501])
def test_many_keys_are_asked_in_parts(desk: Desk, count: int) -> None:
    keys = [lot_key("no", number, 0) for number in range(count)] + [INNER_LOT]
    assert desk.client.features("22504", LOTS, dict.fromkeys(keys)).rows.keys() == {INNER_LOT}
