"""Sums of a plan that follow the edits: always what adding everything up anew would give, to the last digit."""

from __future__ import annotations

import random
from typing import Any

import psycopg
import pytest
import shapely

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.balance import Extent
from province_hub import plan_sums
from province_hub.plan_sums import PlanSums
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk  # noqa: F401

PLAN = tiny.plan_key("PLAN-22504")
FUNCTIONS = ("CayxanhCC", "O_Nhomnhao", "Yte", "", None)


def sums(desk: Desk, kept: PlanSums, touched: list[str], cleared: bool) -> dict[str, Extent]:
    with desk.database.reading() as conn:
        row = conn.execute("SELECT ST_AsBinary(no_work_area, 'NDR') AS apart FROM hub.plan WHERE key = %s", (PLAN,)).fetchone()
        assert row is not None
        return kept.without(conn, desk.lots, PLAN, touched, cleared, row["apart"])


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The plans that were added up as a whole."""
    found: list[str] = []
    now = plan_sums._now

    def noted(conn: Any, layer: Any, plan: str, cleared: bool, keys: Any) -> Any:
        found.extend([plan] if keys is None else [])
        return now(conn, layer, plan, cleared, keys)

    monkeypatch.setattr(plan_sums, "_now", noted)
    return found


def some_edit(desk: Desk, chance: random.Random) -> None:
    """By anybody, in SQL: of a function, a shape, who may see it, which plan it is of; a new one; one less."""
    key = chance.choice(sorted(key for key, row in desk.rows().items() if row["plan"] == PLAN))
    west, south = 600_000 + chance.randrange(9_000_000) / 10_000, 1_400_000 + chance.randrange(9_000_000) / 10_000
    shape = geometry.written(shapely.MultiPolygon([shapely.box(west, south, round(west + 7.1234, 4), round(south + 3.3333, 4))]))
    act = chance.choice(("function", "shape", "hide", "plan", "insert", "delete"))
    if act == "insert":
        desk.direct([desk.inserted(shape)])
    elif act == "delete":
        desk.direct([desk.deleted(key)])
    else:
        given = {
            "function": {"chucNangSuDungDatMuc2": chance.choice(FUNCTIONS)},
            "shape": {"geom": shape},
            "hide": {"visibility": chance.choice((0, 1, 2))},
            "plan": {"plan": tiny.plan_key("PLAN-22516")},
        }[act]
        desk.direct([desk.edited(key, ghiChu=str(chance.random()), **given)])


def test_sums_follow_the_edits_exactly(desk: Desk, conninfo: str, whole: list[str]) -> None:
    with psycopg.connect(conninfo) as conn:
        conn.execute(
            "UPDATE hub.plan SET no_work_area = ST_Multi(ST_MakeEnvelope(600150, 1400150, 600333.3333, 1400371.7, 9217))"
            " WHERE key = %s",
            (PLAN,),
        )
    kept, chance = PlanSums(), random.Random(5)
    for cleared in (True, False):
        sums(desk, kept, [], cleared)
    for _ in range(25):
        for _edit in range(chance.randrange(3)):
            some_edit(desk, chance)
        touched = chance.sample(sorted(desk.rows()), 3)
        for cleared in (True, False):
            whole.clear()
            found = sums(desk, kept, touched, cleared)
            assert whole == [], "nothing is added up as a whole again"
            assert found == sums(desk, PlanSums(), touched, cleared)


def test_another_no_work_area_is_another_sum(desk: Desk, conninfo: str, whole: list[str]) -> None:
    kept = PlanSums()
    before = sums(desk, kept, [], True)
    with psycopg.connect(conninfo) as conn:
        conn.execute("UPDATE hub.plan SET no_work_area = ST_Multi(ST_Buffer(geom, -100)) WHERE key = %s", (PLAN,))
    assert sums(desk, kept, [], True) == sums(desk, PlanSums(), [], True) != before


def test_what_a_restored_database_never_had_is_no_start(desk: Desk, whole: list[str]) -> None:
    kept = PlanSums()
    before = sums(desk, kept, [], True)
    key, known = next(iter(kept._kept.items()))
    kept._kept[key] = plan_sums._Kept(known.number, tiny.plan_key("another revision"), {})
    whole.clear()
    assert sums(desk, kept, [], True) == before
    assert whole == [PLAN]
