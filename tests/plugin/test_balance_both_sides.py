"""The same figures everywhere: the desk's balance, the hub's, and what GIS measures of an approval; whatever the plan is like."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import shapely
from psycopg.types.json import Jsonb

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.balance import BOUNDARY, Balance
from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.decision import Scope
from commune_planning_plugin.core.rules import Finding
from commune_planning_plugin.session import local_changes
from commune_planning_plugin.session.proposals import judge
from commune_planning_plugin.store import Draft, Ref
from commune_planning_plugin.store.gpkg import blob_of
from commune_planning_plugin.sync.review_calls import ReviewCalls
from province_hub.database import Database
from province_hub.layer_tables import layers, write_rows
from province_hub.measured import measured
from province_hub.stored import find
from tests.hub import tiny
from tests.hub.tiny import LOTS, lot_key, plan_key
from tests.joint.conftest import TABLE, Desk, Province, database, desk_of, province, signed_in  # noqa: F401 (fixtures)
from tests.plugin.hub_fixtures import *  # noqa: F403
from tests.plugin.hub_fixtures import HubServer

PLAN = plan_key("PLAN-22504")
WEST = tiny.COMMUNES["22504"][1]
FUNCTIONS = ("O_Nhomnhao", "CayxanhCC", "Yte", "Dichvu")
NORM = {"id": "green", "title_vi": "Cây xanh", "functions": ["CayxanhCC"], "above_percent": 33}


class Plan:
    """The commune's plan, changed by an administrator."""

    def __init__(self, hub: Database, chance: random.Random) -> None:
        self.database, self.chance = hub, chance
        with hub.writing("dba") as conn:
            conn.execute(
                "UPDATE hub.setting SET value = jsonb_set(value, '{balance_norms}', %s) WHERE name = 'rule_pack'", (Jsonb([NORM]),)
            )

    def shuffle(self) -> None:
        """Another registered boundary, another no-work area; perhaps a boundary that is drawn."""
        ground = self.chance.choice((None, tiny.square(WEST, tiny.SOUTH, tiny.SIDE), tiny.with_sea(WEST)))
        spots = [shapely.Point(*self.spot()).buffer(self.chance.uniform(10, 200), 3) for _ in range(self.chance.randrange(3))]
        apart = shapely.MultiPolygon(list(shapely.get_parts(shapely.union_all(spots)))) if spots else None
        with self.database.writing("dba") as conn:
            conn.execute(
                "UPDATE hub.plan SET geom = ST_GeomFromWKB(%s, 9217), no_work_area = ST_GeomFromWKB(%s, 9217) WHERE key = %s",
                (ground, None if apart is None else shapely.to_wkb(apart), PLAN),
            )

    def spot(self) -> tuple[float, float]:
        return WEST + self.chance.uniform(0, 1_000), tiny.SOUTH + self.chance.uniform(0, 1_400)

    def draw(self) -> None:
        with self.database.writing("dba") as conn:
            layer, key = layers(conn)[BOUNDARY], str(uuid.uuid4())
            shape = tiny.square(WEST, tiny.SOUTH, 950)
            write_rows(conn, layer, [Change(BOUNDARY, key, None, tiny.row_of(layer, "22504", key, shape))])

    def veil(self, key: str) -> None:
        """Its attributes are for cleared accounts alone."""
        with self.database.writing("dba") as conn:
            conn.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET visibility = 1 WHERE key = %s', (key,))


def redraw(desk: Desk, chance: random.Random, deletes: bool) -> tuple[Ref, ...]:
    """A few lots of other use, one that is divided, one in the sea, and perhaps one that is gone."""
    keys = chance.sample([lot_key("22504", column, row) for column in range(10) for row in range(9)], 6)
    for key in keys[:4]:
        desk.edit(f"UPDATE {TABLE} SET chucNangSuDungDatMuc2 = ? WHERE key = ?", chance.choice(FUNCTIONS), key)
    divide(desk, keys[4], chance)
    fresh(desk, tiny.square(WEST + 100 * chance.randrange(10), tiny.SOUTH + 1_000, 40))
    if deletes:
        desk.edit(f"DELETE FROM {TABLE} WHERE key = ?", keys[5])
    return tuple(Ref(change.layer, change.key) for change in desk.copy.changes().changes)


def divide(desk: Desk, key: str, chance: random.Random) -> None:
    row = desk.copy.row(Ref(LOTS, key))
    assert row is not None
    west, south, east, north = geometry.bounds(row["geom"])  # type: ignore[arg-type]
    middle = round(west + chance.uniform(10, 90), 4)
    parts = [shapely.MultiPolygon([shapely.box(*box)]) for box in ((west, south, middle, north), (middle, south, east, north))]
    desk.edit(f"UPDATE {TABLE} SET geom = ? WHERE key = ?", blob_of(geometry.written(parts[0]), 9217), key)
    fresh(desk, geometry.written(parts[1]))


def fresh(desk: Desk, shape: bytes) -> None:
    names = (
        "plan, visibility, maThongTinQH, maHoSoQH, maDoiTuong, tenDoiTuong, phanLoai, chucNangSuDungDatMuc1, chucNangSuDungDatMuc2"
    )
    values = (PLAN, 0, "562512012345", "56QHC22504", "tạm", "Lô mới", "Quy hoạch", "DanDung", "Yte")
    marks = ", ".join("?" * (len(values) + 1))
    desk.edit(f"INSERT INTO {TABLE} ({names}, geom) VALUES ({marks})", *values, blob_of(shape, 9217))


def figures(balanced: Balance) -> dict[str, Any]:
    """All that a table shows, without the differences of the last bits."""
    lines = {line.function: (line.before, line.after) for line in balanced.functions}
    told: dict[str, Any] = {
        f"{function} {side}": (pytest.approx(extent.area_m2, abs=1e-3), extent.plots)
        for function, pair in lines.items()
        for side, extent in zip(("before", "after"), pair)
    }
    for side, closing in (("before", balanced.before), ("after", balanced.after)):
        told[side] = [None if each is None else pytest.approx(each, abs=1e-3) for each in (closing.total_m2, closing.ground_m2)]
    norms = [(norm.id, pytest.approx(norm.before_percent), pytest.approx(norm.after_percent)) for norm in balanced.norms]
    return {**told, "norms": norms}


def of_balance(findings: Any) -> list[tuple[str, str, str]]:
    each = (finding if isinstance(finding, Finding) else Finding.from_json(finding) for finding in findings)
    return [(finding.rule, finding.severity.value, finding.key) for finding in each if finding.rule.startswith("bal.")]


def areas(balanced: Balance, side: str) -> dict[str, Any]:
    extents = ((line.function, getattr(line, side)) for line in balanced.functions)
    return {function: pytest.approx(extent.area_m2, abs=1e-3) for function, extent in extents if extent.plots}


@pytest.mark.parametrize("seed", range(3))
def test_desk_hub_and_what_is_measured_agree(
    desk_of: Callable[..., Desk],  # noqa: F811 (a fixture)
    database: Database,  # noqa: F811
    province: Province,  # noqa: F811
    hub_server: HubServer,
    seed: int,
):
    chance = random.Random(seed)
    plan = Plan(database, chance)
    plan.veil(lot_key("22504", 9, 9))
    cleared = ReviewCalls(signed_in(hub_server.url, "soxd.duyet"))
    for day in range(3):
        plan.shuffle()
        if day == 2:
            plan.draw()
        desk = desk_of()
        refs = redraw(desk, chance, deletes=day == 1)
        draft = Draft(str(uuid.uuid4()), 1, PLAN, "Điều chỉnh", 2, "Theo thực tế", refs)
        here, told = local_changes.balance_of(desk.copy, PLAN, refs), of_balance(judge(desk.copy, draft).findings)
        assert here.whole
        desk.copy.outbox.freeze(draft)
        (sent,) = desk.send()
        assert sent.problem is None
        detail = desk.client.proposal(draft.proposal)
        assert figures(ReviewCalls(desk.client).balance(draft.proposal)) == figures(here.balance)
        assert of_balance(detail.findings) == told
        if any(finding.severity.value == "error" for finding in detail.findings):
            continue
        province.approve(draft.proposal)
        there = cleared.balance(draft.proposal)
        with database.reading() as conn:
            stored = find(conn, draft.proposal)
            assert stored is not None
            found, _ = measured(conn, stored, Scope.PLAN)
        assert {code: area.after for code, area in found.areas.items() if area.after} == areas(there, "after")
        assert {code: area.before for code, area in found.areas.items() if area.before} == areas(there, "before")
        ground = there.after.ground_m2 if there.after.ground_m2 is not None else there.after.total_m2
        assert found.boundary == pytest.approx(ground, abs=1e-3)
