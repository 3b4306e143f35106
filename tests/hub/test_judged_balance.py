"""The land-fund balance among what the rules find: told like the rest, told once, and told to everybody alike."""

from __future__ import annotations

import time
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from commune_planning_plugin.core.balance import BOUNDARY
from commune_planning_plugin.core.changes import Change
from province_hub import plan_balance
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk, refused  # noqa: F401 (fixture)

LOT, HIDDEN = tiny.lot_key("22504", 0, 0), tiny.lot_key("22504", 5, 5)
PLAN = tiny.plan_key("PLAN-22504")
NORM = {"id": "green", "functions": ["CayxanhCC"], "above_percent": 32.5}


@pytest.fixture(autouse=True)
def closed(desk: Desk) -> None:
    """The plan covers its lots and nothing else."""
    desk.shut()


def norms(desk: Desk, *listed: dict[str, Any]) -> None:
    with desk.administrating() as conn:
        conn.execute(
            "UPDATE hub.setting SET value = jsonb_set(value, '{balance_norms}', %s) WHERE name = 'rule_pack'", (Jsonb(listed),)
        )


def found(desk: Desk, version: Any, name: str = "soxd.duyet") -> list[tuple[str, str, str]]:
    return [(each["rule"], each["severity"], each["key"]) for each in desk.detail(name, version)["findings"]]


def greens(desk: Desk, count: int) -> list[Change]:
    """So many lots of greenery become housing: one per cent of the plan each."""
    keys = [key for key, row in sorted(desk.rows().items()) if row["chucNangSuDungDatMuc2"] == "CayxanhCC" and row["plan"] == PLAN]
    return [desk.edited(key, chucNangSuDungDatMuc2="O_Nhomnhao") for key in keys[:count]]


def test_ground_outside_of_the_plan_stops_an_approval(desk: Desk):
    version = desk.send(desk.inserted(tiny.square(600_000, 1_401_500)))
    assert found(desk, version) == [("bal.closes_boundary", "error", PLAN)]
    with refused(409, "rules.errors") as details:
        desk.approve(version)
    assert details["findings"][0]["details"] == {"remainder_m2": -10_000.0, "ground_m2": 1e6}


def test_a_plan_without_a_boundary_keeps_its_total(desk: Desk):
    with desk.administrating() as conn:
        conn.execute("UPDATE hub.plan SET geom = NULL WHERE key = %s", (PLAN,))
    version = desk.send(desk.inserted(tiny.square(600_000, 1_401_500)))
    assert found(desk, version) == [("bal.before_after_equal_total", "error", PLAN)]


def test_one_matter_is_told_once(desk: Desk):
    """What the rules of the tiling show with its place is no other finding as a sum."""
    gone = desk.send(desk.deleted(tiny.lot_key("22504", 3, 3)))
    assert [rule for rule, *_ in found(desk, gone)] == ["tile.gap"]
    over = desk.send(desk.edited(tiny.lot_key("22504", 5, 9), geom=tiny.square(600_500, 1_400_850, 100)))
    assert {rule for rule, *_ in found(desk, over)} == {"tile.gap", "tile.overlap"}


def test_a_norm_that_is_broken_warns_and_stops_nothing(desk: Desk):
    norms(desk, NORM)
    version = desk.send(*greens(desk, 1))
    assert found(desk, version) == [("bal.norm", "warning", PLAN)]
    assert desk.approve(version)["state"] == "approved"
    assert found(desk, desk.send(*greens(desk, 1))) == [("bal.norm", "info", PLAN)]


def test_what_another_approval_does_to_the_norm_is_told_before_this_one(desk: Desk):
    """Two clean proposals don't together break what neither breaks: who approves the second sees what it comes to."""
    norms(desk, {**NORM, "above_percent": 31.5})
    lots = greens(desk, 2)
    one, other = desk.send(lots[0]), desk.send(lots[1])
    seen = desk.detail("soxd.duyet", other)["result_hash"]
    assert found(desk, one) == found(desk, other) == []
    desk.approve(one)
    with refused(409, "changed_since_seen") as details:
        desk.approve(other, result_hash=seen)
    assert details["difference"]["findings_new"] == [f"bal.norm {tiny.LOTS}/{PLAN} warning green"]


def test_two_broken_norms_are_two(desk: Desk):
    norms(desk, NORM, {**NORM, "id": "lawn"})
    version = desk.send(*greens(desk, 1))
    with desk.database.reading() as conn:
        from province_hub.judging import judged
        from province_hub.layer_tables import layers
        from province_hub.stored import content, find

        stored = find(conn, version.proposal)
        assert stored is not None
        schema = layers(conn)
        digest = judged(conn, schema, content(conn, schema, stored), stored.state).digest
    assert [each.split()[-1] for each in digest["findings"]] == ["green", "lawn"]


def test_everybody_is_told_the_same_whatever_is_hidden(desk: Desk):
    """A hidden lot is a hole for who isn't cleared; that is a remark to all, and its ground is no secret of the finding's."""
    changed = desk.edited(LOT, chucNangSuDungDatMuc2="Yte")
    desk.direct([desk.edited(HIDDEN, visibility=2)])
    version = desk.send(changed)
    told = [desk.detail(name, version)["findings"] for name in ("soxd.duyet", "dailanh.ct")]
    assert told[0] == told[1]
    assert [each["severity"] for each in told[0]] == ["warning"]
    with desk.administrating() as conn:
        conn.execute(
            "UPDATE hub.plan SET no_work_area = ST_GeomFromWKB(%s, 9217) WHERE key = %s", (tiny.square(600_500, 1_400_500), PLAN)
        )
    assert found(desk, version) == []


def test_changes_to_hidden_lots_are_in_no_finding(desk: Desk):
    desk.direct([desk.edited(HIDDEN, visibility=2)])
    desk.clear("dailanh.kt")
    version = desk.send(desk.edited(HIDDEN, geom=tiny.square(600_500, 1_400_500, 90)), desk.edited(LOT, ghiChu="x"))
    assert not [rule for rule, *_ in found(desk, version) if rule.startswith("bal.")]


def test_a_function_that_is_hidden_makes_no_finding(desk: Desk):
    """Where the plan didn't close before, that alone would tell that a function has changed."""
    desk.direct([desk.deleted(tiny.lot_key("22504", 7, 7)), desk.edited(HIDDEN, visibility=1)])
    desk.clear("dailanh.kt")
    version = desk.send(desk.edited(HIDDEN, chucNangSuDungDatMuc2="Quocphong"))
    assert found(desk, version) == []
    assert found(desk, desk.send(desk.edited(LOT, chucNangSuDungDatMuc2="Yte"))) == [("bal.closes_boundary", "warning", PLAN)]


def test_a_boundary_that_grows_asks_for_lots(desk: Desk):
    layer, key = desk.layers[BOUNDARY], tiny.lot_key("22504", 90, 90)
    desk.direct([Change(BOUNDARY, key, None, tiny.row_of(layer, "22504", key, tiny.square(600_000, tiny.SOUTH, 1_000)))])
    wider = desk.edited(key, BOUNDARY, geom=tiny.square(600_000, tiny.SOUTH, 1_100))
    assert found(desk, desk.send(wider)) == [("bal.closes_boundary", "error", PLAN)]


def test_what_changes_no_ground_and_no_function_costs_no_sums(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    version = desk.send(desk.edited(LOT, ghiChu="x"), desk.road(tiny.SOUTH + 155))
    monkeypatch.setattr(plan_balance, "plan_balance", None)
    assert found(desk, version) == []


def test_a_plan_of_a_hundred_thousand_lots_is_summed_in_no_time(desk: Desk, conninfo: str):
    with psycopg.connect(conninfo) as conn:
        conn.execute('ALTER TABLE "QuyHoach"."ChucNangSuDungDat_A" DISABLE TRIGGER USER')
        conn.execute(
            """
            INSERT INTO "QuyHoach"."ChucNangSuDungDat_A" (key, birth, plan, visibility, geom, "chucNangSuDungDatMuc2")
            SELECT gen_random_uuid(), gen_random_uuid(), %s, 0, ST_Multi(ST_Segmentize(ST_MakeEnvelope(
                   700000 + n %% 400 * 10, 1500000 + n / 400 * 10, 700010 + n %% 400 * 10, 1500010 + n / 400 * 10, 9217), 2)),
                   (ARRAY['Yte', 'CayxanhCC', 'Dichvu'])[1 + n %% 3]
            FROM generate_series(1, 100000) n
            """,
            (PLAN,),
        )
        conn.execute('ANALYZE "QuyHoach"."ChucNangSuDungDat_A"')
    plain, summed = desk.send(desk.edited(LOT, ghiChu="x")), desk.send(desk.edited(LOT, chucNangSuDungDatMuc2="Yte"))
    took = []
    for version in (plain, summed):
        began = time.monotonic()
        desk.detail("soxd.duyet", version)
        took.append(time.monotonic() - began)
    assert took[1] - took[0] < 1.0
