"""What GIS measures of an approved proposal: the plan's land functions before and after it, lots, and the boundary.

As in the land-fund balance, what lies in the plan's no-work area doesn't count.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core.balance import BOUNDARY, FUNCTION_FIELDS, LAYER
from commune_planning_plugin.core.decision import Figures, FunctionArea, Scope
from province_hub import revisions
from province_hub.database import HubConnection
from province_hub.layer_tables import layers, table_name
from province_hub.plan_sums import counted_m2
from province_hub.stored import Stored
from province_hub.visibility import PUBLIC

_SINCE = sql.SQL(
    """
WITH since AS (
    SELECT DISTINCT ON (c.key) c.key, c.old, c.old_geom FROM hub.change_log c
    WHERE c.transaction = ANY(%(after)s) AND c.layer = %(layer)s ORDER BY c.key, c.id
), lots AS (
    SELECT {of_row} AS function, l.visibility, l.geom FROM {table} l
    WHERE l.plan = %(plan)s AND NOT EXISTS (SELECT FROM since s WHERE s.key = l.key)
    UNION ALL
    SELECT {of_old}, (s.old ->> 'visibility')::int, s.old_geom FROM since s WHERE s.old ->> 'plan' = %(plan)s::text
)
SELECT function, count(*) AS lots, coalesce(sum({area}), 0) AS area, bool_or(visibility > %(public)s) AS restricted
FROM lots JOIN hub.plan p ON p.key = %(plan)s GROUP BY 1
"""
)
_CHANGED = sql.SQL(
    """
SELECT {function} AS function, count(*) AS lots, coalesce(sum({area}), 0) AS area,
       bool_or(({side} ->> 'visibility')::int > %(public)s) AS restricted
FROM hub.change_log c JOIN hub.revision r USING (transaction) JOIN hub.plan p ON p.key = %(plan)s
WHERE r.number = %(revision)s AND c.layer = %(layer)s AND {side} ->> 'plan' = %(plan)s::text GROUP BY 1
"""
)
_REGISTERED = sql.SQL("SELECT {area} AS area FROM hub.plan p WHERE key = %s AND geom IS NOT NULL").format(
    area=counted_m2(sql.Identifier("p", "geom"))
)

Sums = Mapping[str, Mapping[str, Any]]


def measured(conn: HubConnection, stored: Stored, scope: Scope) -> tuple[Figures, bool]:
    """Figures of an approved proposal as its approval left the plan, and whether restricted features are in them."""
    before, after = _sides(conn, stored, scope)
    codes = before.keys() | after.keys()
    areas = {code: FunctionArea(_area(after, code), _area(before, code)) for code in sorted(codes)}
    bounded = _boundary(conn, stored) if scope is Scope.PLAN else None
    boundary = sum(area.after for area in areas.values()) if bounded is None else bounded
    lots = sum(row["lots"] for row in after.values())
    restricted = any(row["restricted"] for side in (before, after) for row in side.values())
    return Figures(areas, lots, boundary, scope), restricted


def _sides(conn: HubConnection, stored: Stored, scope: Scope) -> tuple[Sums, Sums]:
    if scope is Scope.CHANGED:
        return _changed(conn, stored, "old"), _changed(conn, stored, "new")
    made = stored.row["revision"]
    return _plan_at(conn, stored, LAYER, made - 1 if made else None), _plan_at(conn, stored, LAYER, made)


def _changed(conn: HubConnection, stored: Stored, side: str) -> Sums:
    column, geometry = sql.Identifier("c", side), sql.Identifier("c", f"{side}_geom")
    query = _CHANGED.format(side=column, area=counted_m2(geometry), function=_logged_function(column))
    given = {"layer": LAYER, "plan": stored.row["plan"], "public": PUBLIC, "revision": stored.row["revision"]}
    return _sums(conn, query, given)


def _plan_at(conn: HubConnection, stored: Stored, layer_id: str, number: Optional[int]) -> Sums:
    """The plan's features of a layer as revision ``number`` left them, or as they are."""
    layer = layers(conn).get(layer_id)
    if layer is None:
        return {}
    newest, _ = revisions.latest(conn)
    since = revisions.transactions(conn, newest if number is None else number, newest)
    levels = [sql.SQL("nullif({}, '')").format(sql.Identifier("l", name)) for name in FUNCTION_FIELDS if name in layer.by_name]
    of_row = sql.SQL("coalesce({}, '')").format(sql.SQL(", ").join(levels)) if levels else sql.SQL("''")
    query = _SINCE.format(
        of_row=of_row,
        of_old=_logged_function(sql.Identifier("s", "old")),
        table=table_name(layer),
        area=counted_m2(sql.Identifier("lots", "geom")),
    )
    return _sums(conn, query, {"layer": layer_id, "plan": stored.row["plan"], "public": PUBLIC, "after": since})


def _boundary(conn: HubConnection, stored: Stored) -> Optional[float]:
    """The plan's boundary as a feature where there is one, else as registered; None where there is neither."""
    drawn = _plan_at(conn, stored, BOUNDARY, stored.row["revision"])
    if drawn:
        return float(sum(row["area"] for row in drawn.values()))
    return (conn.execute(_REGISTERED, (stored.row["plan"],)).fetchone() or {}).get("area")


def _logged_function(row: sql.Composable) -> sql.Composed:
    levels = (sql.SQL("nullif({} ->> {}, '')").format(row, sql.Literal(name)) for name in FUNCTION_FIELDS)
    return sql.SQL("coalesce({}, '')").format(sql.SQL(", ").join(levels))


def _sums(conn: HubConnection, query: sql.Composed, given: Mapping[str, Any]) -> Sums:
    return {row["function"]: row for row in conn.execute(query, given)}


def _area(side: Sums, code: str) -> float:
    return float(side[code]["area"]) if code in side else 0.0
