"""The sample province: what its data must be for the rules, the demo and the measurements to mean something."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import psycopg
import pytest
import shapely
from psycopg import sql

from commune_planning_plugin.core.geometry import snapped
from commune_planning_plugin.core.merge import recomputed
from province_hub import verify
from province_hub.database import Database
from province_hub.initialise import initialise
from province_hub.layer_tables import layers, read_rows
from province_hub.registry.areas import area_of_interest
from province_hub.sample import load
from province_hub.sample.communes import communes
from province_hub.sample.load import Province, made_up
from province_hub.sample.lots import Ground, fitted_cut, ground
from province_hub.sample.tessellation import Borders
from tests.hub.conftest import _administrate

LOTS = "QuyHoach.ChucNangSuDungDat_A"
SIZE = 10_000


@pytest.fixture(scope="module")
def province() -> Province:
    return made_up()


@pytest.fixture(scope="module")
def bay(province: Province) -> list[Ground]:
    """The ground around Vân Phong bay, tiled: plans that touch within a commune, across a border, and at sea."""
    near = [unit for unit in province.units if unit.commune in ("22498", "22504", "22516")]
    cuts = [fitted_cut(unit, 250) for unit in near]
    borders = Borders()
    for unit, cut in zip(near, cuts, strict=True):
        borders.add(unit.ground, cut)
    return [ground(unit, cut, borders) for unit, cut in zip(near, cuts, strict=True)]


@pytest.fixture(scope="module")
def loaded() -> Iterator[Database]:
    """A hub with the sample province of the demo's size."""
    name = "hub_sample"
    _administrate("CREATE DATABASE {}", name)
    initialise(f"dbname={name}")
    database = Database(f"dbname={name}")
    load(database, SIZE, lambda step: None)
    yield database
    database.close()
    _administrate("DROP DATABASE {} WITH (FORCE)", name)


def _lots(bay: list[Ground]) -> np.ndarray:
    return np.concatenate([each.lots for each in bay])


def _covering(shapes: np.ndarray) -> set[tuple[float, ...]]:
    """Each segment of all outlines, with its two ends in order."""
    segments = []
    for shape in shapes:
        for ring in shapely.get_rings(shapely.get_parts(shape)):
            points = shapely.get_coordinates(ring)
            segments += [(*sorted((tuple(a), tuple(b))),) for a, b in zip(points[:-1], points[1:], strict=True)]
    return set(segments)


def test_the_communes_are_those_of_the_province() -> None:
    found = communes()
    assert len(found) == 65
    kinds = [commune.kind for commune in found]
    assert (kinds.count("xã"), kinds.count("phường"), kinds.count("đặc khu")) == (48, 16, 1)
    dai_lanh = next(commune for commune in found if commune.code == "22504")
    assert (dai_lanh.name, dai_lanh.kind) == ("Đại Lãnh", "xã")
    assert all(shapely.is_valid(commune.boundary) for commune in found)


@pytest.mark.parametrize("code", ["22504", "22516", "22432"])
def test_the_area_of_interest_is_wide_enough_and_light(code: str) -> None:
    boundary = next(commune.boundary for commune in communes() if commune.code == code)
    area = area_of_interest(boundary, 200.0)
    assert shapely.covers(area, shapely.buffer(boundary, 150.0))
    assert shapely.covers(shapely.buffer(boundary, 245.0), area)
    assert shapely.get_num_coordinates(area) < 0.2 * shapely.get_num_coordinates(boundary) + 50


def test_units_cover_each_commune_once(province: Province) -> None:
    for commune in province.communes:
        land = [unit.ground for unit in province.units if unit.commune == commune.code and unit.part == "land"]
        assert sum(unit.area for unit in land) == pytest.approx(commune.boundary.area, abs=1.0), commune.name


def test_plans_lie_where_the_decisions_say(province: Province) -> None:
    areas = {plan.code: province.shapes[plan.code].area / 10_000 for plan in province.plans if plan.outline is not None}
    stated = {plan.code: plan.stated_area_ha for plan in province.plans if plan.outline is not None}
    for code, area in areas.items():
        assert area == pytest.approx(stated[code], rel=0.08), code


def test_every_lot_is_one_valid_polygon_on_the_grid(bay: list[Ground]) -> None:
    lots = _lots(bay)
    assert shapely.is_valid(lots).all()
    assert set(shapely.get_type_id(lots)) == {3}
    assert all(shapely.equals_exact(lots, [snapped(lot) for lot in lots], tolerance=0.0))


def test_lots_neither_overlap_nor_leave_gaps(bay: list[Ground]) -> None:
    lots = _lots(bay)
    one, other = shapely.STRtree(lots).query(lots, predicate="intersects")
    pairs = one < other
    common = shapely.area(shapely.intersection(lots[one[pairs]], lots[other[pairs]]))
    assert common.max() == 0.0
    for each in bay:
        assert shapely.area(each.lots).sum() == pytest.approx(each.unit.ground.area, abs=0.1)


def test_neighbours_share_every_vertex(bay: list[Ground]) -> None:
    """No vertex lies inside a segment of a neighbour, within a plan, between plans, and across the communes' border."""
    lots = _lots(bay)
    segments = sorted(_covering(lots))
    points = shapely.points(np.unique(shapely.get_coordinates(lots), axis=0))
    lines = shapely.linestrings(np.array(segments))
    line, point = shapely.STRtree(points).query(lines, predicate="dwithin", distance=2e-4)
    away = shapely.distance(points[point], shapely.get_point(lines[line], 0))
    away = np.minimum(away, shapely.distance(points[point], shapely.get_point(lines[line], -1)))
    assert not (away > 3e-4).any()


def test_zones_and_cells_tile_the_same_ground(bay: list[Ground]) -> None:
    for each in bay:
        assert shapely.area(each.zones).sum() == pytest.approx(each.unit.ground.area, abs=0.1)
        assert shapely.area(each.cells).sum() == pytest.approx(each.unit.ground.area, abs=0.1)
        assert shapely.is_valid(each.zones).all()
        assert shapely.is_valid(each.cells).all()


def test_equal_arguments_give_equal_data(province: Province) -> None:
    unit = next(unit for unit in province.units if unit.part == "coast")
    once, again = fitted_cut(unit, 100), fitted_cut(unit, 100)
    assert np.array_equal(once.corners, again.corners)


@pytest.mark.parametrize("wanted", [60, 600, 6_000])
def test_a_unit_has_about_as_many_lots_as_asked_for(province: Province, wanted: int) -> None:
    unit = next(unit for unit in province.units if unit.plan.code == "56QPK0000009" and unit.commune == "22516")
    cut = fitted_cut(unit, wanted)
    borders = Borders()
    borders.add(unit.ground, cut)
    assert 0.3 * wanted < len(ground(unit, cut, borders).lots) < 0.8 * wanted


def _all(conn: psycopg.Connection, layer_id: str) -> dict:
    return read_rows(conn, layers(conn)[layer_id], sql.SQL("true"), ())


def test_the_demo_size_is_loaded(loaded: Database) -> None:
    with loaded.reading() as conn:
        counts = {layer: len(_all(conn, layer)) for layer in layers(conn)}
        communes_, accounts_ = (conn.execute(f"SELECT count(*) AS n FROM hub.{t}").fetchone()["n"] for t in ("commune", "account"))
        assert verify.verify(conn) == []
    assert len(counts) == 10
    assert all(counts.values())
    assert 0.9 * SIZE < sum(counts.values()) < 1.1 * SIZE
    assert (communes_, accounts_) == (65, 12)


def test_a_second_load_does_nothing(loaded: Database) -> None:
    said: list[str] = []
    summary = load(loaded, SIZE, said.append)
    assert not summary.loaded
    assert "already" in said[-1]


def test_the_notice_says_that_it_is_sample_data(loaded: Database) -> None:
    with loaded.reading() as conn:
        row = conn.execute("SELECT value FROM hub.setting WHERE name = 'notice_vi'").fetchone()
    assert row["value"] == "Dữ liệu mẫu – không phải ranh giới chính thức"


def test_legal_fields_are_filled_in_as_the_standard_says(loaded: Database) -> None:
    with loaded.reading() as conn:
        schema = layers(conn)
        codes = {row["code"] for row in conn.execute("SELECT code FROM hub.code WHERE list = 'land_function'")}
        known = {}
        for row in conn.execute("SELECT list, code FROM hub.code"):
            known.setdefault(row["list"], set()).add(row["code"])
        for layer_id, layer in schema.items():
            rows = _all(conn, layer_id)
            names = [row["maDoiTuong"] for row in rows.values()]
            assert len(set(names)) == len(names), layer_id
            for row in rows.values():
                assert re.fullmatch(r"\d{2}\d{2}[1-4][1-5][0-2]\d{5}", row["maThongTinQH"])
                assert re.fullmatch(r"\d{2}(QHC|QPK|QCT)\d\d{2}\d{4}", row["maHoSoQH"])
                assert row["maDoiTuong"].startswith(f"{row['maHoSoQH']}-{layer.name}-")
                assert all(row[field.name] for field in layer.legal_fields if field.required)
                for field in layer.legal_fields:
                    assert row[field.name] is None or field.code_list is None or row[field.name] in known[field.code_list]
        assert {row["chucNangSuDungDatMuc2"] for row in _all(conn, LOTS).values()} == codes


def test_derived_attributes_are_what_the_geometry_says(loaded: Database) -> None:
    with loaded.reading() as conn:
        for layer in layers(conn).values():
            for row in list(_all(conn, layer.id).values())[:200]:
                assert recomputed(layer, row) == row, layer.id


def test_restricted_features_are_in_layers_that_do_not_tile(loaded: Database) -> None:
    with loaded.reading() as conn:
        hidden = {layer.id: sum(row["visibility"] == 2 for row in _all(conn, layer.id).values()) for layer in layers(conn).values()}
    assert {layer for layer, number in hidden.items() if number} == {"QuyHoach.HanhLangAnToan_L", "QuyHoach.ChucNangCongTrinh_P"}


def test_plans_have_parents_and_cross_communes(loaded: Database) -> None:
    with loaded.reading() as conn:
        rows = conn.execute(
            "SELECT p.code, q.code AS parent, (SELECT count(*) FROM hub.plan_commune c WHERE c.plan = p.key) AS communes"
            " FROM hub.plan p LEFT JOIN hub.plan q ON q.key = p.parent"
        ).fetchall()
        zones = conn.execute(
            """SELECT count(*) AS n FROM "QuyHoach"."PhanKhuQuyHoach_A" z JOIN hub.plan p ON p.key = z.plan WHERE p.code = %s""",
            ("56QHC1000001",),
        ).fetchone()
    plans = {row["code"]: row for row in rows}
    assert plans["56QPK0000006"]["parent"] == "56QHC1000001"
    assert plans["56QPK0000009"]["communes"] == 3
    assert plans["56QPK0000010"]["communes"] == 2
    assert len(plans) == 71
    assert zones["n"] == 19


def test_a_large_lot_of_dai_lanh_goes_to_van_thang_as_well(loaded: Database) -> None:
    """The demo's change is drawn there, so that the neighbour receives it."""
    with loaded.reading() as conn:
        rows = conn.execute(
            """SELECT l."kyHieuLoDat", ST_Area(l.geom) AS area FROM "QuyHoach"."ChucNangSuDungDat_A" l
               JOIN hub.plan p ON p.key = l.plan AND p.code = '56QPK0000006'
               WHERE (SELECT count(DISTINCT commune) FROM hub.commune_part c
                      WHERE commune IN ('22504', '22516') AND ST_Intersects(c.geom, l.geom)) = 2
               AND l."chucNangSuDungDatMuc2" = 'Dulich'"""
        ).fetchall()
    assert len(rows) >= 3
    assert max(row["area"] for row in rows) > 20_000
