"""The land-fund balance of a whole plan, of what is changed in it and the sums of what isn't: for answers and for the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core import balance as core
from commune_planning_plugin.core.balance import BOUNDARY, LAYER, Balance, Extent
from commune_planning_plugin.core.geometry import Ground
from commune_planning_plugin.core.norms import norms_of
from commune_planning_plugin.core.rules import Changed
from commune_planning_plugin.core.rules.land_balance import concerns
from commune_planning_plugin.core.schema import Layer, Values
from province_hub.database import HubConnection
from province_hub.layer_tables import read_rows
from province_hub.plan_sums import PlanSums
from province_hub.visibility import row_condition, visible

_PLAN = """
SELECT level, kind, ST_AsBinary(geom, 'NDR') AS ground, ST_AsBinary(no_work_area, 'NDR') AS apart,
       (SELECT value FROM hub.setting WHERE name = 'rule_pack') AS pack
FROM hub.plan WHERE key = %s
"""


@dataclass(frozen=True)
class Touched:
    """Of one layer, rows by key before and after; ``keys`` are all that aren't to be summed, with or without rows."""

    before: dict[str, Values] = field(default_factory=dict)
    after: dict[str, Values] = field(default_factory=dict)
    keys: frozenset[str] = frozenset()

    def of_plan(self, plan: str) -> Touched:
        """Only rows of one plan."""
        before, after = ({key: row for key, row in side.items() if row.get("plan") == plan} for side in (self.before, self.after))
        return Touched(before, after, self.keys)


Rows = Mapping[tuple[str, str], Optional[Values]]
"""By layer and key."""


def judged_balances(
    conn: HubConnection,
    schema: Mapping[str, Layer],
    plan: str,
    changed: Sequence[Changed],
    foundation: Rows,
    sums: Optional[PlanSums] = None,
) -> dict[str, Balance]:
    """For the rules: the plan's, where it is another one by what is ``changed`` over the ``foundation``; else none, and no sums.

    Findings are told to everybody, so it is the balance that an account sees which isn't cleared, and where nothing that such a one
    sees is changed there is none; what is ``changed`` names no feature whose existence is restricted.
    """
    seen = [replace(item, before=visible(item.before, cleared=False), after=visible(item.after, cleared=False)) for item in changed]
    if plan not in concerns(seen):
        return {}
    touched = {layer: _changes(layer, seen, foundation) for layer in (LAYER, BOUNDARY)}
    return {plan: plan_balance(conn, schema, plan, touched, False, sums)}


def _changes(layer: str, changed: Sequence[Changed], foundation: Rows) -> Touched:
    under = {key: row for (layer_id, key), row in foundation.items() if layer_id == layer}
    own = [item for item in changed if item.layer.id == layer]
    before = {**under, **{item.key: item.before for item in own}}
    after = {**under, **{item.key: item.after for item in own}}
    return Touched(_open(before), _open(after), frozenset(before))


def _open(rows: Mapping[str, Optional[Values]]) -> dict[str, Values]:
    known = ((key, visible(row, cleared=False)) for key, row in rows.items())
    return {key: row for key, row in known if row is not None}


def plan_balance(
    conn: HubConnection,
    schema: Mapping[str, Layer],
    plan: str,
    touched: Mapping[str, Touched],
    cleared: bool,
    sums: Optional[PlanSums] = None,
) -> Balance:
    """``touched`` is by layer, of the plots and of the plan's boundary. ``sums`` that are kept need a transaction that only reads.

    It is made of nothing but what an account may see that is, or isn't, ``cleared``: visible features, the registered boundary and
    the no-work area, inside of which nothing counts.
    """
    row: dict[str, Any] = conn.execute(_PLAN, (plan,)).fetchone() or {}
    apart = Ground(row["apart"]) if row["apart"] is not None else None
    plots = touched.get(LAYER, Touched()).of_plan(plan)
    pack = row["pack"] or {}
    return core.balance(
        core.plots_of(plots.before, apart),
        core.plots_of(plots.after, apart),
        _kept(sums or PlanSums(), conn, schema, plan, plots.keys, cleared, row["apart"]),
        _ground(conn, schema, plan, touched.get(BOUNDARY, Touched()).of_plan(plan), cleared, row["ground"], apart),
        norms_of(pack, row["level"], row["kind"]),
        float(pack.get("balance_tolerance_m2", core.TOLERANCE_M2)),
    )


def _kept(
    sums: PlanSums,
    conn: HubConnection,
    schema: Mapping[str, Layer],
    plan: str,
    touched: frozenset[str],
    cleared: bool,
    apart: Optional[bytes],
) -> dict[str, Extent]:
    return sums.without(conn, schema[LAYER], plan, sorted(touched), cleared, apart) if LAYER in schema else {}


def _ground(
    conn: HubConnection,
    schema: Mapping[str, Layer],
    plan: str,
    touched: Touched,
    cleared: bool,
    registered: Optional[bytes],
    apart: Optional[Ground],
) -> tuple[Optional[float], Optional[float]]:
    """What the plots are to cover, before and after: the plan's boundary as a feature where there is one, else as registered."""
    layer = schema.get(BOUNDARY)
    now = read_rows(conn, layer, sql.SQL("l.plan = %s AND {}").format(row_condition(cleared)), (plan,)) if layer is not None else {}
    still = {key: row for key, row in now.items() if key not in touched.keys}
    before, after = (_covered({**still, **side}, registered, apart) for side in (touched.before, touched.after))
    return before, after


def _covered(rows: dict[str, Values], registered: Optional[bytes], apart: Optional[Ground]) -> Optional[float]:
    if rows:
        return core.ground_m2((row["geom"] for row in rows.values()), apart)
    return core.ground_m2([registered], apart) if registered is not None else None
