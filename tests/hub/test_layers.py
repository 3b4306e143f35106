"""Layer tables: from the standard's tables to typed columns, and rows in and out in the form that core compares."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import shapely
from psycopg import sql
from psycopg.rows import dict_row

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Change, diff
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import (
    GEOMETRY,
    Derived,
    Field,
    FieldType,
    GeometryType,
    Layer,
    Value,
    canonical_value,
    layer_from_json,
    layer_to_json,
)
from province_hub import standard
from province_hub.database import Database, HubConnection
from province_hub.initialise import initialise
from province_hub.layer_tables import create_layer, layers, logged_row, read_rows, srid, table_name, write_rows
from province_hub.revisions import latest
from province_hub.verify import verify
from tests.hub import tiny

ALL = sql.SQL("true")
EVERY_TYPE = Layer(
    'QuyHoach.Moi loai "kiểu"_L',
    GeometryType.LINES,
    tuple(Field(f"trường {kind.value}", kind, length=20 if kind is FieldType.TEXT else None) for kind in FieldType),
)
VALUES: dict[FieldType, tuple[Value, ...]] = {
    FieldType.TEXT: ("", "Đại Lãnh", "a'b\"c\\d\ne%s", "🏝"),
    FieldType.INT16: (-(2**15), 2**15 - 1, 0),
    FieldType.INT32: (-(2**31), 2**31 - 1),
    FieldType.INT64: (-(2**63), 2**63 - 1, 2**53 + 1),
    FieldType.FLOAT32: (26_204_200.123456789, 0.1, 5e-324),
    FieldType.FLOAT64: (1 / 3, -1.7976931348623157e308, 10.0),
    FieldType.BOOLEAN: (True, False),
    FieldType.DATE: ("2025-02-28", "0001-01-01", "9999-12-31"),
    FieldType.DATETIME: ("2025-01-01T00:00:00.123456Z", "1899-12-31T17:00:00.000000Z"),
    FieldType.UUID: ("a39d3368-15ba-4cbf-8ac5-98cd0370e5e5",),
    FieldType.UUIDS: ("11111111-1111-4111-8111-111111111111,22222222-2222-4222-8222-222222222222",),
}


@pytest.fixture
def writer(owned: Database) -> Iterator[HubConnection]:
    with owned.writing("test") as conn:
        yield conn


@pytest.fixture
def every_type(writer: HubConnection) -> Layer:
    create_layer(writer, EVERY_TYPE)
    return EVERY_TYPE


def new_key() -> str:
    return str(uuid.uuid4())


def line(*points: tuple[float, float]) -> bytes:
    return geometry.written(shapely.MultiLineString([points]))


def row(**values: Value) -> dict[str, Value]:
    empty: dict[str, Value] = dict.fromkeys((field.name for field in EVERY_TYPE.fields), None)
    shape = line((600_000, 1_400_000), (600_000.1, 1_400_000.0001))
    return {**empty, "birth": new_key(), "plan": tiny.plan_key("PLAN-22504"), "visibility": 0, GEOMETRY: shape, **values}


class TestStandard:
    def test_all_153_classes_are_there(self) -> None:
        assert len(standard.layer_ids()) == len(set(standard.layer_ids())) == 153
        fields = sum(len(standard.layer(layer_id).legal_fields) for layer_id in standard.layer_ids())
        assert fields == 1986

    def test_every_title_is_there_in_both_languages(self) -> None:
        for layer_id in standard.layer_ids():
            layer = standard.layer(layer_id)
            assert layer.title_vi
            assert all(field.title_vi and field.title_en for field in layer.legal_fields)
            assert layer.group in {code.code for code in standard.code_lists()["layer_group"]}
        assert all(standard.layer(name).title_en != standard.layer(name).title_vi for name in standard.FIRST_LAYERS)

    def test_every_code_list_that_a_field_names_exists(self) -> None:
        lists = standard.code_lists()
        named = {f.code_list for name in standard.layer_ids() for f in standard.layer(name).legal_fields if f.code_list}
        assert named <= lists.keys()
        assert all(code.title_vi and code.title_en for codes in lists.values() for code in codes)
        assert len(lists["land_function"]) == 33
        assert len(lists["land_use"]) == 65
        assert {code.parent for code in lists["land_function"]} == {code.code for code in lists["function_level1"]}

    def test_what_the_hub_computes_and_gives_out_is_marked(self) -> None:
        lots = standard.layer(tiny.LOTS).by_name
        assert lots["dienTich"].derived is Derived.AREA
        assert lots["maDoiTuong"].allocated
        assert {name for name, field in lots.items() if field.group == "function"} == {
            f"chucNangSuDungDatMuc{level}" for level in (1, 2, 3)
        }
        assert standard.layer(tiny.ROADS).by_name["chieuDai"].derived is Derived.LENGTH
        assert {f.name for f in lots.values() if f.required} >= {
            "maThongTinQH",
            "maHoSoQH",
            "maDoiTuong",
            "tenDoiTuong",
            "phanLoai",
        }

    def test_what_means_something_only_together_is_one_group(self) -> None:
        groups: dict[str, set[str]] = {}
        for layer_id in standard.layer_ids():
            for field in standard.layer(layer_id).legal_fields:
                groups.setdefault(field.group or "", set()).add(field.name)
        assert groups.pop("")
        assert groups == {
            "function": {"chucNangSuDungDat", *(f"chucNangSuDungDatMuc{level}" for level in (1, 2, 3))},
            "brief": {"soQDNV", "ngayQDNV"},
            "decision": {"soQDQH", "ngayQDQH", "coQuanPheduyet"},
        }

    def test_x_of_a_marker_is_its_northing(self) -> None:
        marker = standard.layer("MocGioi.MocGioiQuyHoach_P").by_name
        assert (marker["toaDoX"].derived, marker["toaDoY"].derived) == (Derived.Y, Derived.X)

    def test_an_unknown_class_is_refused(self) -> None:
        with pytest.raises(InvalidData, match=r"layer\.unknown"):
            standard.layer("QuyHoach.Nothing_A")


class TestCreating:
    def test_a_new_hub_has_the_first_layers(self, writer: HubConnection) -> None:
        assert tuple(layers(writer)) == standard.FIRST_LAYERS

    def test_every_class_of_the_standard_can_be_added(self, writer: HubConnection) -> None:
        for layer_id in standard.layer_ids():
            create_layer(writer, standard.layer(layer_id))
        found = layers(writer)
        assert found.keys() == set(standard.layer_ids())
        for layer in found.values():
            assert layer == standard.layer(layer.id)
            assert read_rows(writer, layer, ALL, limit=1) == {} or layer.id in (tiny.LOTS, tiny.ROADS)

    def test_adding_again_leaves_it_as_it_is(self, writer: HubConnection) -> None:
        before = read_rows(writer, layers(writer)[tiny.LOTS], ALL)
        create_layer(writer, standard.layer(tiny.LOTS))
        assert read_rows(writer, layers(writer)[tiny.LOTS], ALL) == before

    def test_a_definition_survives_as_json(self, every_type: Layer, writer: HubConnection) -> None:
        assert layers(writer)[every_type.id] == every_type == layer_from_json(layer_to_json(every_type))

    def test_names_are_spelled_as_the_standard_spells_them(self, writer: HubConnection) -> None:
        rows = writer.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'QuyHoach'"
            " AND table_name = 'ChucNangSuDungDat_A'"
        ).fetchall()
        lots = standard.layer(tiny.LOTS)
        assert {r["column_name"] for r in rows} == {"key", GEOMETRY} | {field.name for field in lots.fields}

    def test_geometry_columns_are_typed_for_any_program(self, writer: HubConnection) -> None:
        rows = writer.execute(
            "SELECT DISTINCT type, srid, coord_dimension FROM geometry_columns WHERE f_table_schema <> 'hub'"
        ).fetchall()
        assert {(r["type"], r["srid"], r["coord_dimension"]) for r in rows} == {
            (kind, 9217, 2) for kind in ("POINT", "MULTILINESTRING", "MULTIPOLYGON")
        }


class TestRows:
    @pytest.mark.parametrize("kind", list(FieldType))
    def test_every_value_comes_back_as_it_went_in(self, writer: HubConnection, every_type: Layer, kind: FieldType) -> None:
        field = every_type.by_name[f"trường {kind.value}"]
        rows = {new_key(): row(**{field.name: value}) for value in (*VALUES[kind], None)}
        write_rows(writer, every_type, [Change(every_type.id, key, None, values) for key, values in rows.items()])
        found = read_rows(writer, every_type, ALL)
        assert found == rows
        for values in found.values():
            value = values[field.name]
            assert canonical_value(field, value) == value
            assert type(value) is type(canonical_value(field, value))

    @pytest.mark.parametrize("kind", list(FieldType))
    def test_the_log_says_the_same_as_the_row(self, writer: HubConnection, every_type: Layer, kind: FieldType) -> None:
        rows = {new_key(): row(**{f"trường {kind.value}": value}) for value in (*VALUES[kind], None)}
        write_rows(writer, every_type, [Change(every_type.id, key, None, values) for key, values in rows.items()])
        entries = writer.execute(
            "SELECT key::text, new, ST_AsBinary(new_geom, 'NDR') AS wkb FROM hub.change_log WHERE layer = %s", (every_type.id,)
        ).fetchall()
        assert {e["key"]: logged_row(every_type, e["new"], e["wkb"]) for e in entries} == rows

    def test_inserts_updates_and_deletes_together(self, writer: HubConnection, every_type: Layer) -> None:
        text, number = "trường text", "trường int64"
        old = {new_key(): row(**{text: str(n), number: n}) for n in range(30)}
        write_rows(writer, every_type, [Change(every_type.id, key, None, values) for key, values in old.items()])
        keys = list(old)
        new = {key: dict(old[key]) for key in keys[10:]}
        for position, key in enumerate(keys[10:]):
            change: dict[str, Value] = ({text: None}, {number: -1, text: ""}, {GEOMETRY: line((0, 0), (1, 1))})[position % 3]
            new[key].update(change)
        new |= {new_key(): row(), new_key(): row(**{text: "x"})}
        write_rows(writer, every_type, diff(every_type, old, new))
        assert read_rows(writer, every_type, ALL) == new

    def test_an_insert_may_leave_out_what_has_a_default(self, writer: HubConnection, every_type: Layer) -> None:
        key = new_key()
        write_rows(writer, every_type, [Change(every_type.id, key, None, {"plan": tiny.plan_key("PLAN-22504"), "birth": None})])
        found = read_rows(writer, every_type, ALL)[key]
        assert found["visibility"] == 0
        assert found["birth"]
        assert found[GEOMETRY] is None

    def test_conditions_take_parameters_and_limits(self, database: Database) -> None:
        with database.reading() as conn:
            lots = layers(conn)[tiny.LOTS]
            assert len(read_rows(conn, lots, sql.SQL("l.plan = %s"), (tiny.plan_key("PLAN-22516"),))) == 100
            named = read_rows(conn, lots, sql.SQL("l.key = ANY(%(keys)s::uuid[])"), {"keys": [tiny.lot_key("22504", 3, 4)]})
            assert named == {tiny.lot_key("22504", 3, 4): tiny.lot(lots, "22504", 3, 4)}
            assert list(read_rows(conn, lots, ALL, limit=5)) == sorted(read_rows(conn, lots, ALL))[:5]

    @pytest.mark.parametrize(
        ("old", "new"),
        [(None, {"tenDoiTuong": "twice"}), ({"ghiChu": None}, {"ghiChu": "x"}), ({"ghiChu": None}, None)],
    )
    def test_a_change_of_what_is_not_there_is_refused(self, database: Database, old: Any, new: Any) -> None:
        key = tiny.lot_key("22504", 0, 0) if old is None else new_key()
        if old is None:
            new = {**new, "plan": tiny.plan_key("PLAN-22504")}
        with pytest.raises(InvalidData, match=r"change\.mismatch"), database.writing("test") as conn:
            write_rows(conn, layers(conn)[tiny.LOTS], [Change(tiny.LOTS, key, old, new)])
        with database.reading() as conn:
            assert latest(conn)[0] == 1

    def test_an_unknown_attribute_is_refused(self, writer: HubConnection) -> None:
        with pytest.raises(InvalidData, match=r"field\.unknown"):
            write_rows(writer, layers(writer)[tiny.LOTS], [Change(tiny.LOTS, new_key(), None, {'x" = 1; --': 1})])

    def test_a_thousand_mixed_changes_are_one_revision(self, database: Database) -> None:
        with database.writing("test") as conn:
            lots = layers(conn)[tiny.LOTS]
            rows = [tiny.row_of(lots, "22504", new_key(), tiny.square(600_000 + n, 1_500_000)) for n in range(900)]
            changes = [Change(tiny.LOTS, new_key(), None, values) for values in rows]
            changes += [Change(tiny.LOTS, tiny.lot_key("22504", c, 0), {"ghiChu": None}, {"ghiChu": f"{c}"}) for c in range(10)]
            changes += [Change(tiny.LOTS, tiny.lot_key("22516", c, r), {"ghiChu": None}, None) for c in range(10) for r in range(9)]
            write_rows(conn, lots, changes)
        with database.reading() as conn:
            assert latest(conn)[0] == 2
            assert conn.execute(
                "SELECT count(*) AS n FROM hub.change_log JOIN hub.revision USING (transaction) WHERE number = 2"
            ).fetchone() == {"n": 1000}
            assert verify(conn) == []


class TestDatabase:
    def test_reading_sees_one_state(self, database: Database) -> None:
        with database.reading() as conn:
            before = latest(conn)
            with database.writing("test") as other:
                other.execute(sql.SQL("DELETE FROM {}").format(table_name(standard.layer(tiny.LOTS))))
            assert latest(conn) == before
            assert len(read_rows(conn, layers(conn)[tiny.LOTS], ALL)) == 200
        with database.reading() as conn:
            assert latest(conn)[0] == before[0] + 1

    def test_reading_can_not_write(self, database: Database) -> None:
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), database.reading() as conn:
            conn.execute("DELETE FROM hub.code")

    def test_a_failed_write_leaves_nothing(self, database: Database) -> None:
        with pytest.raises(psycopg.errors.DivisionByZero), database.writing("test") as conn:
            conn.execute("DELETE FROM hub.plan_commune; SELECT 1 / 0")
        with database.reading() as conn:
            assert conn.execute("SELECT count(*) AS n FROM hub.plan_commune").fetchone() == {"n": 4}


class TestInitialising:
    def test_again_changes_nothing_that_the_province_edited(self, conninfo: str) -> None:
        with psycopg.connect(conninfo) as conn:
            before = conn.execute("SELECT name, value FROM hub.setting ORDER BY name").fetchall()
            conn.execute("UPDATE hub.code SET colour = '#123456' WHERE list = 'land_use' AND code = 'ONT'")
        initialise(conninfo)
        with psycopg.connect(conninfo) as conn:
            assert conn.execute("SELECT name, value FROM hub.setting ORDER BY name").fetchall() == before
            colour = conn.execute("SELECT colour FROM hub.code WHERE list = 'land_use' AND code = 'ONT'").fetchone()
        assert colour == ("#123456",)

    def test_another_province_is_refused(self, conninfo: str) -> None:
        with pytest.raises(InvalidData, match=r"province\.another"):
            initialise(conninfo, "01")

    @pytest.mark.parametrize(("code", "epsg"), [("01", 5897), ("04", 9210)])
    def test_each_province_has_its_own_coordinate_system(self, empty: str, code: str, epsg: int) -> None:
        initialise(empty, code)
        with psycopg.connect(empty, row_factory=dict_row) as conn:
            assert srid(conn) == epsg
            assert conn.execute("SELECT DISTINCT srid FROM geometry_columns WHERE srid <> 0").fetchall() == [{"srid": epsg}]

    def test_the_coordinate_system_is_vn_2000(self, database: Database) -> None:
        """The control point of Nha Trang, by PostGIS's own definition and by the text that is served to others."""
        with database.reading() as conn:
            row = conn.execute(
                "SELECT p.x, p.y, q.x AS x2, q.y AS y2 FROM hub.setting,"
                " LATERAL (SELECT ST_X(g) x, ST_Y(g) y FROM ST_Transform(ST_Point(109.1967, 12.2388, 4326), 9217) g) p,"
                " LATERAL (SELECT ST_X(g) x, ST_Y(g) y FROM ST_Transform(ST_Point(109.1967, 12.2388, 4326), value #>> '{}') g) q"
                " WHERE name = 'crs_proj'"
            ).fetchone()
        assert row is not None
        assert (row["x"], row["y"]) == pytest.approx((602805.660, 1353660.028), abs=0.01)
        assert (row["x2"], row["y2"]) == pytest.approx((602805.660, 1353660.028), abs=0.01)

    def test_every_vn_2000_system_is_known(self, database: Database) -> None:
        wanted = {4756, 3405, 3406, *range(5896, 5900), *range(9205, 9219)}
        with database.reading() as conn:
            rows = conn.execute(
                "SELECT srid, srtext, proj4text FROM spatial_ref_sys WHERE srid = ANY(%s)", (list(wanted),)
            ).fetchall()
            assert {r["srid"] for r in rows} == wanted
            meridian = {r["srid"]: r["proj4text"].split("+lon_0=")[-1].split()[0] for r in rows}
        table = Path(standard.__file__).parent / "data" / "province_ktt_2025.csv"
        for text in table.read_text(encoding="utf-8-sig").splitlines()[1:]:
            *_, epsg, lon = text.split(",")
            assert float(meridian[int(epsg)]) == float(lon)
