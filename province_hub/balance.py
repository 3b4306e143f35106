"""The land-fund balance of a proposal's whole plan: as the province is now, and as the proposal would leave it.

It is made of nothing but what the caller may see: visible plots, the plan's boundary and its no-work area, inside of which nothing
counts. So it is the same whether or not there is something hidden.
"""

from __future__ import annotations

from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core import balance as core
from commune_planning_plugin.core.balance import Balance, Extent
from commune_planning_plugin.core.geometry import Ground
from commune_planning_plugin.core.norms import norms_of
from commune_planning_plugin.core.schema import Layer, Values
from province_hub.database import HubConnection
from province_hub.identity import Principal
from province_hub.layer_tables import read_rows, table_name
from province_hub.shown_items import Shown, shown
from province_hub.visibility import PUBLIC, row_condition, visible

_PLAN = """
SELECT level, kind, ST_AsBinary(geom, 'NDR') AS ground, ST_AsBinary(no_work_area, 'NDR') AS apart,
       (SELECT value FROM hub.setting WHERE name = 'rule_pack') AS pack
FROM hub.plan WHERE key = %s
"""
_SUMS = """
SELECT {function} AS function, count(*) AS plots,
       coalesce(sum(ST_Area(l.geom)), 0) - coalesce(sum(ST_Area(ST_Intersection(ST_MakeValid(l.geom), p.no_work_area)))
           FILTER (WHERE l.geom && p.no_work_area), 0) AS area
FROM {table} l JOIN hub.plan p ON p.key = l.plan
WHERE l.plan = %s AND l.key <> ALL(%s::uuid[]) AND {condition}
GROUP BY 1
"""
Sides = tuple[dict[str, Values], dict[str, Values]]
"""Rows by key, before and after."""


def balance_of(conn: HubConnection, principal: Principal, proposal: str) -> dict[str, Any]:
    """Of an undecided proposal over those that it stands on; of a decided one what was decided, beside the plots as they are now.

    Raises `Problem` 404 where there is none that the caller may know of.
    """
    found = shown(conn, principal, proposal)
    plan = conn.execute(_PLAN, (found.stored.row["plan"],)).fetchone() or {}
    return {"plan": found.stored.row["plan"], **_balance(conn, principal, found, plan).to_json()}


def _balance(conn: HubConnection, principal: Principal, found: Shown, plan: dict[str, Any]) -> Balance:
    apart = Ground(plan["apart"]) if plan["apart"] is not None else None
    sides = _sides(found, core.LAYER, principal.cleared)
    before, after = (core.plots_of(side, apart) for side in sides)
    touched = [key for layer, key in _touched(found) if layer == core.LAYER]
    kept = _kept(conn, found.schema[core.LAYER], found, touched, principal.cleared) if core.LAYER in found.schema else {}
    pack = plan["pack"] or {}
    return core.balance(
        before,
        after,
        kept,
        _ground(conn, principal, found, plan["ground"], apart),
        norms_of(pack, plan["level"], plan["kind"]),
        float(pack.get("balance_tolerance_m2", core.TOLERANCE_M2)),
    )


def _touched(found: Shown) -> set[tuple[str, str]]:
    return {(item.layer, item.key) for item in found.items} | set(found.foundation)


def _sides(found: Shown, layer: str, cleared: bool) -> Sides:
    """Rows of the plan that the proposal changes, or that it stands on."""
    before: dict[str, Values] = {}
    for (layer_id, key), row in found.foundation.items():
        known = visible(row, cleared)
        if layer_id == layer and known is not None:
            before[key] = known
    after = dict(before)
    for item in (item for item in found.items if item.layer == layer):
        for side, row in ((before, item.before), (after, item.after)):
            side.pop(item.key, None)
            if row is not None:
                side[item.key] = row
    own = found.stored.row["plan"]
    return _of_plan(before, own), _of_plan(after, own)


def _of_plan(rows: dict[str, Values], plan: str) -> dict[str, Values]:
    return {key: row for key, row in rows.items() if row.get("plan") == plan}


def _kept(conn: HubConnection, layer: Layer, found: Shown, touched: list[str], cleared: bool) -> dict[str, Extent]:
    query = sql.SQL(_SUMS).format(function=function_column(cleared), table=table_name(layer), condition=row_condition(cleared))
    rows = conn.execute(query, (found.stored.row["plan"], touched))
    return {row["function"]: Extent(row["area"], row["plots"]) for row in rows}


def function_column(cleared: bool) -> sql.Composable:
    """A plot whose attributes are hidden from the caller counts among those without a function."""
    named = sql.SQL(", ").join(sql.SQL("nullif({}, '')").format(sql.Identifier("l", name)) for name in core.FUNCTION_FIELDS)
    told = sql.SQL("coalesce({}, '')").format(named)
    if cleared:
        return told
    return sql.SQL("CASE WHEN l.visibility = {} THEN {} ELSE '' END").format(sql.Literal(PUBLIC), told)


def _ground(
    conn: HubConnection, principal: Principal, found: Shown, registered: Optional[bytes], apart: Optional[Ground]
) -> tuple[Optional[float], Optional[float]]:
    """What the plots are to cover, before and after: the plan's boundary as a feature where there is one, else as registered."""
    sides: Sides = ({}, {})
    layer = found.schema.get(core.BOUNDARY)
    if layer is not None:
        condition = sql.SQL("l.plan = %s AND {}").format(row_condition(principal.cleared))
        now = read_rows(conn, layer, condition, (found.stored.row["plan"],))
        touched = {key for layer_id, key in _touched(found) if layer_id == layer.id}
        still = {key: row for key, row in now.items() if key not in touched}
        sides = tuple({**still, **side} for side in _sides(found, layer.id, principal.cleared))  # type: ignore[assignment]
    before, after = (_covered(side, registered, apart) for side in sides)
    return before, after


def _covered(rows: dict[str, Values], registered: Optional[bytes], apart: Optional[Ground]) -> Optional[float]:
    if rows:
        return core.ground_m2((row["geom"] for row in rows.values()), apart)
    return core.ground_m2([registered], apart) if registered is not None else None
