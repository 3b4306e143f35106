"""The hub's layers change while edits wait at a desk: from the administrator's command to the desk's next pull, and back."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import ogr
from psycopg.types.json import Jsonb

from commune_planning_plugin.core.errors import InvalidData, WorkingCopyError
from commune_planning_plugin.core.schema import Catalogue, Field, FieldType
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store import Draft, OutboxState, Ref, WorkingCopy
from commune_planning_plugin.sync import engine
from commune_planning_plugin.sync.__main__ import main
from commune_planning_plugin.sync.client import HubClient
from province_hub.database import Database
from province_hub.layer_fields import add_field, change_field
from province_hub.layer_tables import create_layer
from province_hub.standard import layer
from tests.hub.conftest import whole_log  # noqa: F401 (fixture)
from tests.hub.tiny import LOTS, PASSWORD, lot_key, plan_key
from tests.joint.conftest import BORDER_LOT, INNER_LOT, TABLE, Desk, Province

TREES = "QuyHoach.CayXanh_P"
EVERYWHERE = (0.0, 0.0, 1e7, 1e7)
PRIORITY = Field("mucDoUuTien", FieldType.TEXT, "Mức độ ưu tiên", "Priority", length=20, default="vừa")
LEGAL = "maThongTinQH, maHoSoQH, maDoiTuong, tenDoiTuong, phanLoai"
DRAWN = f"""INSERT INTO {TABLE} (plan, {LEGAL}, chucNangSuDungDatMuc1, chucNangSuDungDatMuc2, geom)
    SELECT plan, {LEGAL}, chucNangSuDungDatMuc1, chucNangSuDungDatMuc2, geom FROM {TABLE} WHERE key = ?"""
pytestmark = pytest.mark.usefixtures("whole_log")


def by_hand(database: Database, statement: str, *values: Any) -> None:
    with database.writing("dba") as conn:
        conn.execute(statement.encode(), values)


def define(database: Database, **new: Any) -> None:
    """As an administrator who rewrites what the hub tells of a layer's first text field, or of the layer."""
    with database.writing("dba") as conn:
        found = conn.execute("SELECT definition FROM hub.layer WHERE id = %s", (LOTS,)).fetchone()
        definition = {**found["definition"], **new}
        conn.execute("UPDATE hub.layer SET definition = %s WHERE id = %s", (Jsonb(definition), LOTS))


def fields_of(database: Database) -> list[dict[str, Any]]:
    with database.reading() as conn:
        row = conn.execute("SELECT definition FROM hub.layer WHERE id = %s", (LOTS,)).fetchone()
    return list(row["definition"]["legal_fields"])


def value(desk: Desk, key: str, name: str = "mucDoUuTien") -> Any:
    return desk.copy.row(Ref(LOTS, key))[name]


def test_a_new_layer_is_pulled_with_its_features_and_drawn_in(desk: Desk, province: Province, database: Database) -> None:
    desk.rename(INNER_LOT, "Chợ")
    with database.writing("dba") as conn:
        create_layer(conn, layer(TREES))
    by_hand(
        database,
        'INSERT INTO "QuyHoach"."CayXanh_P" (plan, "maThongTinQH", "maHoSoQH", "maDoiTuong", "tenDoiTuong", "phanLoai", geom)'
        ' SELECT plan, "maThongTinQH", "maHoSoQH", "maDoiTuong", "tenDoiTuong", "phanLoai", ST_Centroid(geom)'
        ' FROM "QuyHoach"."ChucNangSuDungDat_A" WHERE key = %s',
        INNER_LOT,
    )
    assert desk.pull().inserted == 1
    assert len(desk.copy.rows_meeting(TREES, EVERYWHERE)) == 1
    assert [change.key for change in desk.copy.changes().changes] == [INNER_LOT]
    columns = f"plan, {LEGAL}, geom"
    desk.edit(f"INSERT INTO QuyHoach_CayXanh_P ({columns}) SELECT {columns} FROM QuyHoach_CayXanh_P")
    (drawn,) = [change for change in desk.copy.changes().changes if change.layer == TREES]
    frozen = desk.copy.outbox.freeze(Draft(str(uuid.uuid4()), 1, plan_key("PLAN-22504"), "Cây", 2, "Vì", (Ref(TREES, drawn.key),)))
    assert desk.send()[0].problem is None
    assert province.approve(frozen.proposal).state is State.APPROVED
    desk.pull()
    assert len(desk.copy.rows_meeting(TREES, EVERYWHERE)) == 2
    assert [change.key for change in desk.copy.changes().changes] == [INNER_LOT]


def test_a_new_attribute_comes_with_its_values_and_edits_stay(desk: Desk, database: Database) -> None:
    desk.rename(INNER_LOT, "Chợ")
    desk.edit(f"DELETE FROM {TABLE} WHERE key = ?", lot_key("22504", 1, 1))
    desk.edit(DRAWN, INNER_LOT)
    before = {change.key: change.kind for change in desk.copy.changes().changes}
    with database.writing("dba") as conn:
        add_field(conn, LOTS, PRIORITY)
    by_hand(database, 'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "mucDoUuTien" = %s WHERE key = %s', "cao", BORDER_LOT)
    result = desk.pull()
    assert (result.conflicts, desk.copy.damage()) == (0, [])
    assert (value(desk, BORDER_LOT), value(desk, lot_key("22504", 5, 5)), value(desk, INNER_LOT)) == ("cao", "vừa", "vừa")
    found = desk.copy.changes().changes
    assert {change.key: change.kind for change in found} == before
    assert next(change.new for change in found if change.key == INNER_LOT) == {"tenDoiTuong": "Chợ"}


def test_a_fresh_copy_and_one_that_grew_are_the_same(desk: Desk, desk_of: Callable[..., Desk], database: Database) -> None:
    with database.writing("dba") as conn:
        add_field(conn, LOTS, PRIORITY)
        change_field(conn, LOTS, "kyHieuLoDat", length=400)
        create_layer(conn, layer(TREES))
    desk.pull()
    fresh = desk_of()
    assert desk.copy.catalogue == fresh.copy.catalogue
    assert desk.copy.checkpoint == fresh.copy.checkpoint
    one, other = (each.copy.rows_meeting(LOTS, EVERYWHERE) for each in (desk, fresh))
    assert one == other
    for table in (TABLE, "QuyHoach_CayXanh_P"):
        assert shape(desk.copy.path, table) == shape(fresh.copy.path, table)


def shape(path: Path, table: str) -> Any:
    source = ogr.Open(str(path))
    found = source.GetLayerByName(table)
    definition = found.GetLayerDefn()
    columns = {
        each.GetName(): (each.GetTypeName(), each.GetSubType(), each.GetWidth())
        for each in (definition.GetFieldDefn(i) for i in range(definition.GetFieldCount()))
    }
    return columns, found.GetGeomType(), found.GetSpatialRef().ExportToWkt(), found.TestCapability(ogr.OLCFastSpatialFilter)


def test_what_was_frozen_before_is_taken_in_with_the_default(desk: Desk, province: Province, database: Database) -> None:
    desk.edit(DRAWN, INNER_LOT)
    desk.edit(f"DELETE FROM {TABLE} WHERE key = ?", INNER_LOT)
    desk.rename(lot_key("22504", 5, 5), "Chợ")
    draft = desk.copy.drafts.new([Ref(LOTS, BORDER_LOT)])
    changes = desk.copy.changes().changes
    frozen = desk.freeze(*(change.key for change in changes))
    with database.writing("dba") as conn:
        add_field(conn, LOTS, PRIORITY)
        change_field(conn, LOTS, "tenDoiTuong", title_vi="Tên gọi", required=True)
    (sent,) = desk.send()
    assert sent.problem is None
    assert province.approve(frozen.proposal).state is State.APPROVED
    assert desk.pull().conflicts == 0
    assert {value(desk, change.key) for change in changes if change.new is not None} == {"vừa"}
    assert (desk.copy.changes().changes, desk.copy.drafts.all()) == ((), (draft,))
    assert [item.state for item in desk.copy.outbox.items()] == [OutboxState.DECIDED]
    assert desk.copy.catalogue.layer(LOTS).by_name["tenDoiTuong"].title_vi == "Tên gọi"


def test_a_version_that_waits_at_the_hub_outlives_a_new_attribute(desk: Desk, province: Province, database: Database) -> None:
    desk.edit(DRAWN, INNER_LOT)
    desk.edit(f"DELETE FROM {TABLE} WHERE key = ?", INNER_LOT)
    drawn = next(change for change in desk.copy.changes().changes if change.old is None)
    frozen = desk.freeze(drawn.key, INNER_LOT)
    desk.send()
    with database.writing("dba") as conn:
        add_field(conn, LOTS, PRIORITY)
    desk.pull()
    assert province.approve(frozen.proposal).state is State.APPROVED
    assert desk.pull().conflicts == 0
    assert (value(desk, drawn.key), desk.copy.changes().changes) == ("vừa", ())


def test_a_text_grows_and_is_filled(desk: Desk, province: Province, database: Database) -> None:
    with database.writing("dba") as conn:
        change_field(conn, LOTS, "kyHieuLoDat", length=400)
    desk.pull()
    desk.edit(f"UPDATE {TABLE} SET kyHieuLoDat = ? WHERE key = ?", "x" * 400, INNER_LOT)
    frozen = desk.freeze(INNER_LOT)
    assert desk.send()[0].problem is None
    assert province.approve(frozen.proposal).state is State.APPROVED


def test_the_hub_changes_between_catalogue_and_feed(desk: Desk, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.rename(INNER_LOT, "Chợ")
    asked = HubClient.changes
    done: list[bool] = []

    def changes(self: HubClient, *arguments: Any, **more: Any) -> Any:
        if not done:
            done.append(True)
            with database.writing("dba") as conn:
                add_field(conn, LOTS, PRIORITY)
        return asked(self, *arguments, **more)

    monkeypatch.setattr(HubClient, "changes", changes)
    desk.pull()
    assert value(desk, BORDER_LOT) == "vừa"
    assert len(desk.copy.changes().changes) == 1


def test_a_download_from_before_a_new_attribute_is_begun_anew_by_itself(
    desk: Desk, desk_of: Callable[..., Desk], database: Database, tmp_path: Path
) -> None:
    into = tmp_path / "dailanh.kt_1.gpkg.download"
    desk.client.download_snapshot("22504", into)
    with database.writing("dba") as conn:
        add_field(conn, LOTS, PRIORITY)
    assert "mucDoUuTien" in desk_of().copy.row(Ref(LOTS, INNER_LOT))
    assert not list(tmp_path.glob("*.download*"))


def test_what_is_wrong_in_the_feed_itself_is_no_new_layer(desk: Desk, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.writing("dba") as conn:
        add_field(conn, LOTS, PRIORITY)
    known = desk.copy.catalogue
    monkeypatch.setattr(HubClient, "catalogue", lambda _self: known)
    with pytest.raises(InvalidData, match=r"field\.unknown"):
        engine.pull(desk.copy, desk.client)
    assert desk.copy.catalogue == known


@pytest.mark.parametrize("what", ["removed", "retyped", "geometry", "layer"])
def test_what_has_no_place_any_more_stops_the_pull_and_is_saved(desk: Desk, database: Database, what: str) -> None:
    desk.rename(INNER_LOT, "Chợ")
    desk.rename(BORDER_LOT, "Công viên")
    frozen = desk.freeze(BORDER_LOT)
    fields = fields_of(database)
    if what == "removed":
        define(database, legal_fields=[field for field in fields if field["name"] != "kyHieuLoDat"])
    elif what == "retyped":
        define(database, legal_fields=[{**f, "type": "int32"} if f["name"] == "kyHieuLoDat" else f for f in fields])
    elif what == "geometry":
        define(database, geometry="Point")
    else:
        by_hand(database, "DELETE FROM hub.layer WHERE id = %s", LOTS)
    before = desk.copy.changes(), desk.copy.checkpoint
    for _ in range(2):
        with pytest.raises(WorkingCopyError, match=r"schema\.incompatible") as raised:
            desk.pull()
    told = raised.value.details
    assert (told["layers"], told["edits"]) == ([LOTS], 2)
    assert told["fields"] == (["kyHieuLoDat"] if what in ("removed", "retyped") else [])
    assert (desk.copy.changes(), desk.copy.checkpoint) == before
    assert [item.body for item in desk.copy.outbox.items()] == [frozen.body]
    assert [path.name for path in desk.copy.path.parent.glob("*.edits-*.gpkg")] == [Path(told["path"]).name]
    source = ogr.Open(told["path"])
    assert {feature.GetField("tenDoiTuong") for feature in source.GetLayerByName(TABLE)} == {"Chợ", "Công viên"}


def test_the_command_line_says_where_the_edits_are(
    desk: Desk, database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.rename(INNER_LOT, "Chợ")
    by_hand(database, "DELETE FROM hub.layer WHERE id = %s", LOTS)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main(["pull", str(desk.copy.path), "--account", desk.name, "--password-stdin"]) == 1
    said = capsys.readouterr().err
    (saved,) = desk.copy.path.parent.glob("*.edits-*.gpkg")
    assert LOTS in said
    assert str(saved) in said


def test_a_plugin_that_knows_less_than_the_hub_still_pulls(desk: Desk, database: Database) -> None:
    fields = fields_of(database)
    define(database, legal_fields=[{**field, "later": {"a": 1}} for field in fields], later=[1])
    desk.rename(INNER_LOT, "Chợ")
    desk.pull()
    assert len(desk.copy.changes().changes) == 1
    with WorkingCopy.open(desk.copy.path) as again:
        assert isinstance(again.catalogue, Catalogue)
