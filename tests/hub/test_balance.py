"""The land-fund balance of a plan under a proposal, as each account may see it."""

from __future__ import annotations

import json

import pytest
import shapely
from psycopg.types.json import Jsonb
from starlette.testclient import TestClient

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.balance import BOUNDARY, Balance, Fate
from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.rules.land_balance import findings
from commune_planning_plugin.core.workflow import Step
from province_hub.app import API
from province_hub.balance import balance_of
from tests.core.golden import GOLDEN
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.workflow import Desk, make_desk, refused  # noqa: F401 (fixture)

SQUARE_KM = 1_000_000.0


@pytest.fixture(autouse=True)
def closed(desk: Desk) -> None:
    """The plan covers its lots and nothing else."""
    desk.shut()


def asked(desk: Desk, name: str, proposal: str) -> Balance:
    with desk.database.reading() as conn:
        return Balance.from_json(json.loads(json.dumps(balance_of(conn, desk.principal(name), proposal))))


def areas(balanced: Balance) -> dict[str, tuple[float, float]]:
    return {line.function: (line.before.area_m2, line.after.area_m2) for line in balanced.functions}


def plan(desk: Desk, commune: str = "22504", **values: object) -> None:
    """Change the commune's plan in the registry; shapes are WKB."""
    with desk.database.writing("test") as conn:
        for name, value in values.items():
            placeholder = "ST_GeomFromWKB(%s, 9217)" if isinstance(value, bytes) else "%s"
            key = tiny.plan_key(f"PLAN-{commune}")
            conn.execute(f"UPDATE hub.plan SET {name} = {placeholder} WHERE key = %s".encode(), (value, key))


def norms(desk: Desk, *listed: dict[str, object]) -> None:
    with desk.database.writing("test") as conn:
        conn.execute(
            "UPDATE hub.setting SET value = jsonb_set(value, '{balance_norms}', %s) WHERE name = 'rule_pack'", (Jsonb(listed),)
        )


def test_the_whole_plan_is_balanced_and_closes(desk: Desk):
    version = desk.send(desk.edited(tiny.lot_key("22504", 0, 0), chucNangSuDungDatMuc2="Yte"))
    made = asked(desk, "soxd.tham", version.proposal)
    assert areas(made) == {
        "O_Nhomnhao": (340_000.0, 330_000.0),
        "CayxanhCC": (330_000.0, 330_000.0),
        "NN_Nongnghiep": (330_000.0, 330_000.0),
        "Yte": (0.0, 10_000.0),
    }
    assert made.before.total_m2 == made.after.total_m2 == made.before.ground_m2 == made.after.ground_m2 == SQUARE_KM
    assert (made.kept.plots, made.kept.area_m2) == (99, 990_000.0)
    assert [(line.fate, line.before.name) for line in made.plots] == [(Fate.CHANGED, "A1")]
    assert findings(made, "plan") == []


def test_a_removed_plot_leaves_a_remainder(desk: Desk):
    version = desk.send(desk.deleted(tiny.lot_key("22504", 3, 3)))
    made = asked(desk, "dailanh.kt", version.proposal)
    assert (made.before.remainder_m2, made.after.remainder_m2) == (0.0, 10_000.0)
    assert [line.fate for line in made.plots] == [Fate.REMOVED]


def test_a_split_conserves_every_function(desk: Desk):
    key = tiny.lot_key("22504", 4, 4)
    west, south = 600_400, 1_400_400
    shape = geometry.written(shapely.MultiPolygon([shapely.box(west, south, west + 37.5, south + 100)]))
    other = geometry.written(shapely.MultiPolygon([shapely.box(west + 37.5, south, west + 100, south + 100)]))
    function = desk.row(key)["chucNangSuDungDatMuc2"]
    part = desk.inserted(other, chucNangSuDungDatMuc2=function, predecessors=key)
    made = asked(desk, "soxd.tham", desk.send(desk.edited(key, geom=shape), part).proposal)
    assert all(line.difference_m2 == pytest.approx(0.0, abs=1e-6) for line in made.functions)
    assert {line.fate for line in made.plots} == {Fate.SPLIT}


def test_a_published_decision_through_the_hub(desk: Desk):
    """2745/QĐ-UBND: its four rows with real shapes of their areas, as a plan of their own ground."""
    codes = dict(zip([row["land_type"] for row in GOLDEN], ("Hatangkhac", "SX_Congnghiep", "Chuasudung", "HTKT_DuongGT")))
    depth, south, west = 1_000.0, 1_410_000.0, 600_000.0
    ground = 4_004_570.0

    def strip(start: float, square_metres: float) -> bytes:
        box = shapely.box(west + start / depth, south, west + (start + square_metres) / depth, south + depth)
        return geometry.written(geometry.snapped(shapely.MultiPolygon([box])))

    plan(desk, geom=strip(0.0, ground))
    with desk.database.writing("dba") as conn:
        conn.execute('DELETE FROM "QuyHoach"."ChucNangSuDungDat_A" WHERE plan = %s', (tiny.plan_key("PLAN-22504"),))
    station = desk.inserted(strip(0.0, ground), chucNangSuDungDatMuc2=codes["Đất công nghiệp nhiệt điện"])
    desk.direct([station])
    placed, new = 0.0, []
    for row in GOLDEN[1:]:
        area = float(row["after_ha"]) * 10_000
        new.append(desk.inserted(strip(placed, area), chucNangSuDungDatMuc2=codes[row["land_type"]], predecessors=station.key))
        placed += area
    made = asked(desk, "soxd.duyet", desk.send(desk.deleted(station.key), *new).proposal)
    told = {function: tuple(round(area / 10_000, 3) for area in pair) for function, pair in areas(made).items()}
    assert told == {codes[row["land_type"]]: (float(row["before_ha"]), float(row["after_ha"])) for row in GOLDEN}
    assert round(made.before.total_m2 / 10_000, 3) == round(made.after.total_m2 / 10_000, 3) == 400.457
    assert made.before.closes()
    assert made.after.closes()


def test_the_boundary_as_a_feature_goes_before_the_registered_one(desk: Desk):
    layer = desk.layers[BOUNDARY]
    key = tiny.lot_key("22504", 90, 90)
    row = tiny.row_of(layer, "22504", key, tiny.square(600_000, tiny.SOUTH, 900))
    desk.direct([Change(BOUNDARY, key, None, row)])
    version = desk.send(desk.edited(key, BOUNDARY, geom=tiny.square(600_000, tiny.SOUTH, 1_000)))
    made = asked(desk, "soxd.tham", version.proposal)
    assert (made.before.ground_m2, made.after.ground_m2) == (810_000.0, SQUARE_KM)
    assert made.after.closes()


def test_inside_a_no_work_area_nothing_counts(desk: Desk):
    plan(desk, no_work_area=tiny.square(600_050, tiny.SOUTH, 100))  # half of A1 and of B1
    version = desk.send(desk.edited(tiny.lot_key("22504", 0, 0), chucNangSuDungDatMuc2="Yte"))
    for name in ("soxd.tham", "dailanh.kt"):
        made = asked(desk, name, version.proposal)
        assert areas(made)["Yte"] == (0.0, 5_000.0)
        assert made.before.ground_m2 == SQUARE_KM - 10_000
        assert made.before.closes()


def test_what_is_hidden_makes_no_difference_to_who_isnt_cleared(desk: Desk):
    """With the hidden plot and without it, the answer is the same to the last character."""
    hidden, changed = tiny.lot_key("22504", 5, 5), tiny.lot_key("22504", 0, 0)
    desk.direct([desk.edited(hidden, visibility=2)])
    version = desk.send(desk.edited(changed, chucNangSuDungDatMuc2="Yte"))
    with desk.database.reading() as conn:
        told = json.dumps(balance_of(conn, desk.principal("dailanh.kt"), version.proposal))
    cleared = asked(desk, "soxd.tham", version.proposal)
    desk.direct([desk.deleted(hidden)])
    with desk.database.reading() as conn:
        assert json.dumps(balance_of(conn, desk.principal("dailanh.kt"), version.proposal)) == told
    assert cleared.before.closes()
    assert not asked(desk, "soxd.tham", version.proposal).before.closes()


def test_a_changed_plot_that_is_hidden_isnt_told_to_who_isnt_cleared(desk: Desk):
    hidden, open_ = tiny.lot_key("22504", 5, 5), tiny.lot_key("22504", 0, 0)
    desk.direct([desk.edited(hidden, visibility=2)])
    desk.clear("dailanh.kt")
    version = desk.send(desk.edited(hidden, chucNangSuDungDatMuc2="Quocphong"), desk.edited(open_, chucNangSuDungDatMuc2="Yte"))
    assert "Quocphong" in areas(asked(desk, "soxd.tham", version.proposal))
    others = asked(desk, "dailanh.ct", version.proposal)
    assert "Quocphong" not in areas(others)
    assert [line.key for line in others.plots] == [open_]


def test_hidden_attributes_hide_the_function(desk: Desk):
    desk.direct([desk.edited(tiny.lot_key("22504", 5, 5), visibility=1, chucNangSuDungDatMuc2="Anninh")])
    version = desk.send(desk.edited(tiny.lot_key("22504", 0, 0), chucNangSuDungDatMuc2="Yte"))
    assert areas(asked(desk, "soxd.tham", version.proposal))["Anninh"] == (10_000.0, 10_000.0)
    told = areas(asked(desk, "dailanh.kt", version.proposal))
    assert told[""] == (10_000.0, 10_000.0)
    assert "Anninh" not in told


def test_norms_come_from_the_rule_pack_by_level_and_kind(desk: Desk):
    norms(
        desk,
        {"id": "green", "functions": ["CayxanhCC"], "above_percent": 33, "levels": ["1"], "kinds": ["2"]},
        {"id": "zone", "functions": ["CayxanhCC"], "above_percent": 10, "kinds": ["3"]},
    )
    green = next(key for key, row in sorted(desk.rows().items()) if row["chucNangSuDungDatMuc2"] == "CayxanhCC")
    version = desk.send(desk.edited(tiny.lot_key("22504", 1, 0), chucNangSuDungDatMuc2="Yte"))
    assert green
    made = asked(desk, "soxd.tham", version.proposal)
    assert [(each.id, each.before_percent, each.met_before, each.met_after) for each in made.norms] == [
        ("green", 33.0, False, False)
    ]


def test_a_decided_proposal_shows_what_was_decided(desk: Desk):
    key = tiny.lot_key("22504", 0, 0)
    version = desk.send(desk.edited(key, chucNangSuDungDatMuc2="Yte"))
    before = asked(desk, "soxd.tham", version.proposal)
    desk.approve(version)
    assert areas(asked(desk, "soxd.tham", version.proposal)) == areas(before)
    desk.direct([desk.edited(key, chucNangSuDungDatMuc2="Dichvu")])
    assert areas(asked(desk, "soxd.tham", version.proposal)) == areas(before)


def test_a_conflicting_change_leaves_its_plot_as_it_is(desk: Desk):
    key = tiny.lot_key("22504", 0, 0)
    version = desk.send(desk.edited(key, chucNangSuDungDatMuc2="Yte"))
    desk.direct([desk.edited(key, chucNangSuDungDatMuc2="Dichvu")])
    assert areas(asked(desk, "soxd.tham", version.proposal))["Dichvu"] == (10_000.0, 10_000.0)


def test_a_proposal_on_top_of_another_is_balanced_over_it(desk: Desk):
    first = desk.send(desk.edited(tiny.lot_key("22504", 0, 0), chucNangSuDungDatMuc2="Yte"))
    second = desk.send(desk.edited(tiny.lot_key("22504", 0, 3), chucNangSuDungDatMuc2="Dichvu"), depends_on=(first.proposal,))
    told = areas(asked(desk, "soxd.tham", second.proposal))
    assert told["Yte"] == (10_000.0, 10_000.0)
    assert told["Dichvu"] == (0.0, 10_000.0)


def test_who_may_not_see_the_proposal_gets_no_balance(desk: Desk, hub: TestClient):
    version = desk.version(desk.edited(tiny.lot_key("22504", 0, 0), chucNangSuDungDatMuc2="Yte"))
    desk.submit(version)
    path = f"{API}/proposals/{version.proposal}/balance"
    assert hub.get(path, headers=sign_in(hub, "soxd.tham")).status_code == 404
    answer = hub.get(path, headers=sign_in(hub, "dailanh.ct"))
    assert answer.status_code == 200
    desk.step("dailanh.ct", version, Step.SIGN_OFF)
    assert hub.get(path, headers=sign_in(hub, "soxd.tham")).json()["before"]["total_m2"] == SQUARE_KM
    with desk.database.reading() as conn, refused(404, "not_found"):
        balance_of(conn, desk.principal("vanthang.kt"), version.proposal)
