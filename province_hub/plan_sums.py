"""How much ground of a plan each land function has: summed up once, and brought up to date with what was changed since."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core import balance
from commune_planning_plugin.core.balance import Extent
from commune_planning_plugin.core.schema import Layer
from province_hub.database import HubConnection
from province_hub.layer_tables import table_name
from province_hub.revisions import latest
from province_hub.visibility import EXISTENCE_HIDDEN, PUBLIC, row_condition

MOST_PLANS = 1_000
"""Plans whose sums are kept, for callers who are cleared and for others."""
UNITS_PER_M2 = 100_000_000
"""Areas are summed as whole numbers of 0.01 mm²: so no order of adding and taking away makes a difference in the last digit."""

_NOW = sql.SQL(
    """
SELECT {function} AS function, count(*) AS plots, coalesce(sum(round({units} * {area})::bigint), 0)::text AS units
FROM {table} l JOIN hub.plan p ON p.key = l.plan WHERE l.plan = %(plan)s AND {some} AND {visible} GROUP BY 1
"""
)
_SINCE = sql.SQL(
    """
SELECT {function} AS function, sum(sign)::bigint AS plots, coalesce(sum(sign * round({units} * {area})::bigint), 0)::text AS units
FROM hub.revision r JOIN hub.change_log c USING (transaction)
CROSS JOIN LATERAL (VALUES (-1, c.old, c.old_geom), (1, c.new, c.new_geom)) s (sign, row, geom)
JOIN hub.plan p ON p.key = %(plan)s
WHERE r.number > %(after)s AND r.number <= %(upto)s AND c.layer = %(layer)s AND s.row ->> 'plan' = %(plan)s::text AND {visible}
GROUP BY 1
"""
)


@dataclass(frozen=True)
class _Sum:
    plots: int
    units: int


@dataclass(frozen=True)
class _Kept:
    number: int
    revision: str
    sums: Mapping[str, _Sum]


class PlanSums:
    """For all threads of a hub's process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, bool, Optional[bytes]], _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def without(
        self, conn: HubConnection, layer: Layer, plan: str, touched: Sequence[str], cleared: bool, apart: Optional[bytes]
    ) -> dict[str, Extent]:
        """The plan's plots without the ``touched`` ones, by function, as far as who is ``cleared`` (or isn't) may see them.
        ``apart`` is the plan's no-work area. Needs a transaction that sees one unchanging state.
        """
        whole = self._whole(conn, layer, plan, cleared, apart)
        taken = _now(conn, layer, plan, cleared, touched) if touched else {}
        left = _added(whole, {name: _Sum(-each.plots, -each.units) for name, each in taken.items()})
        return {name: Extent(each.units / UNITS_PER_M2, each.plots) for name, each in left.items()}

    def _whole(self, conn: HubConnection, layer: Layer, plan: str, cleared: bool, apart: Optional[bytes]) -> Mapping[str, _Sum]:
        key, (number, revision) = (plan, cleared, apart), latest(conn)
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and kept.revision == revision:
            return kept.sums
        if kept is not None and kept.number < number and _is_known(conn, kept):
            sums = _added(kept.sums, _since(conn, layer, plan, cleared, kept.number, number))
        else:
            sums = _now(conn, layer, plan, cleared, None)
        with self._lock:
            self._kept[key] = _Kept(number, revision, sums)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_PLANS:
                self._kept.popitem(last=False)
        return sums


def _added(one: Mapping[str, _Sum], other: Mapping[str, _Sum]) -> dict[str, _Sum]:
    none = _Sum(0, 0)
    both = {name: (one.get(name, none), other.get(name, none)) for name in {**one, **other}}
    added = {name: _Sum(left.plots + right.plots, left.units + right.units) for name, (left, right) in both.items()}
    return {name: each for name, each in added.items() if each.plots}


def _is_known(conn: HubConnection, kept: _Kept) -> bool:
    """Whether the database still has the revision: it doesn't after a restore."""
    given = (kept.number, kept.revision)
    return conn.execute("SELECT 1 FROM hub.revision WHERE number = %s AND id = %s", given).fetchone() is not None


def _now(conn: HubConnection, layer: Layer, plan: str, cleared: bool, keys: Optional[Sequence[str]]) -> dict[str, _Sum]:
    """Of all plots of the plan, or of some."""
    query = _NOW.format(
        units=sql.Literal(UNITS_PER_M2),
        area=counted_m2(sql.Identifier("l", "geom")),
        function=function_column(cleared),
        table=table_name(layer),
        some=sql.SQL("true" if keys is None else "l.key = ANY(%(keys)s::uuid[])"),
        visible=row_condition(cleared),
    )
    return _sums(conn, query, {"plan": plan, "keys": list(keys or ())})


def _since(conn: HubConnection, layer: Layer, plan: str, cleared: bool, after: int, upto: int) -> dict[str, _Sum]:
    """What revisions after ``after`` up to ``upto`` have added, and taken away."""
    told = sql.SQL("true") if cleared else sql.SQL("(s.row ->> 'visibility')::int < {}").format(sql.Literal(EXISTENCE_HIDDEN))
    area, units = counted_m2(sql.Identifier("s", "geom")), sql.Literal(UNITS_PER_M2)
    query = _SINCE.format(area=area, units=units, function=_logged_function(cleared), visible=told)
    return _sums(conn, query, {"plan": plan, "after": after, "upto": upto, "layer": layer.id})


def _sums(conn: HubConnection, query: sql.Composed, given: Mapping[str, Any]) -> dict[str, _Sum]:
    return {row["function"]: _Sum(row["plots"], int(row["units"])) for row in conn.execute(query, given)}


def counted_m2(shape: sql.Composable) -> sql.Composable:
    """Square metres of a shape outside of the no-work area of the plan ``p``; 0 without a shape."""
    return sql.SQL(
        "(coalesce(ST_Area({shape}), 0) - CASE WHEN {shape} && p.no_work_area"
        " THEN ST_Area(ST_Intersection(ST_MakeValid({shape}), p.no_work_area)) ELSE 0 END)"
    ).format(shape=shape)


def function_column(cleared: bool) -> sql.Composable:
    """A plot whose attributes are hidden from the caller counts among those without a function."""
    each = (sql.Identifier("l", name) for name in balance.FUNCTION_FIELDS)
    return _function(each, sql.SQL("l.visibility"), cleared)


def _logged_function(cleared: bool) -> sql.Composable:
    each = (sql.SQL("s.row ->> {}").format(sql.Literal(name)) for name in balance.FUNCTION_FIELDS)
    return _function(each, sql.SQL("(s.row ->> 'visibility')::int"), cleared)


def _function(columns: Iterable[sql.Composable], visibility: sql.SQL, cleared: bool) -> sql.Composable:
    named = sql.SQL(", ").join(sql.SQL("nullif({}, '')").format(column) for column in columns)
    told = sql.SQL("coalesce({}, '')").format(named)
    return told if cleared else sql.SQL("CASE WHEN {} = {} THEN {} ELSE '' END").format(visibility, sql.Literal(PUBLIC), told)
