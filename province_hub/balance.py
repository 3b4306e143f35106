"""The land-fund balance of a proposal's whole plan: as the province is now, and as the proposal would leave it.

It is made of nothing but what the caller may see, so it is the same whether or not there is something hidden.
"""

from __future__ import annotations

from typing import Any, Optional

from commune_planning_plugin.core.balance import BOUNDARY, LAYER
from commune_planning_plugin.core.schema import Values
from province_hub.database import HubConnection
from province_hub.identity import Principal
from province_hub.plan_balance import Touched, plan_balance
from province_hub.plan_sums import PlanSums
from province_hub.shown_items import Shown, shown
from province_hub.visibility import visible


def balance_of(conn: HubConnection, principal: Principal, proposal: str, sums: Optional[PlanSums] = None) -> dict[str, Any]:
    """Of an undecided proposal over those that it stands on; of a decided one what was decided, beside the plots as they are now.
    With ``sums`` that are kept it costs what has changed; they need a transaction that only reads.

    Raises `Problem` 404 where there is none that the caller may know of.
    """
    found = shown(conn, principal, proposal)
    plan = found.stored.row["plan"]
    touched = {layer: _touched(found, layer, principal.cleared) for layer in (LAYER, BOUNDARY)}
    return {"plan": plan, **plan_balance(conn, found.schema, plan, touched, principal.cleared, sums).to_json()}


def _touched(found: Shown, layer: str, cleared: bool) -> Touched:
    """What the proposal changes, or stands on."""
    before: dict[str, Values] = {}
    for (layer_id, key), row in found.foundation.items():
        known = visible(row, cleared)
        if layer_id == layer and known is not None:
            before[key] = known
    after = dict(before)
    items = [item for item in found.items if item.layer == layer]
    for item in items:
        for side, row in ((before, item.before), (after, item.after)):
            side.pop(item.key, None)
            if row is not None:
                side[item.key] = row
    keys = {item.key for item in items} | {key for layer_id, key in found.foundation if layer_id == layer}
    return Touched(before, after, frozenset(keys))
