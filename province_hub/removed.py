"""Features that the province has removed, as they were last: who brings one back names its key and birth id, and it lives on."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from commune_planning_plugin.core.changes import Change, ChangeKind
from commune_planning_plugin.core.schema import Layer, Values
from province_hub.database import HubConnection
from province_hub.layer_tables import logged_row

_LAST = """
SELECT DISTINCT ON (c.key) c.key::text, c.new IS NULL AS gone, c.old, ST_AsBinary(c.old_geom, 'NDR') AS shape
FROM hub.change_log c WHERE c.layer = %s AND c.key = ANY(%s::uuid[]) ORDER BY c.key, c.id DESC
"""


def removed(conn: HubConnection, layer: Layer, keys: Collection[str]) -> dict[str, Values]:
    """By key the rows of those features that the log says are gone, as they were before that."""
    rows = conn.execute(_LAST, (layer.id, list(keys))) if keys else ()
    found = {row["key"]: logged_row(layer, row["old"], row["shape"]) for row in rows if row["gone"]}
    return {key: row for key, row in found.items() if row is not None}


def is_of(change: Change, row: Values) -> bool:
    """Whether ``change`` inserts the feature that ``row`` is of, and no other one under its key."""
    return change.kind is ChangeKind.INSERT and (change.new or {}).get("birth") == row["birth"]


def with_its_codes(layer: Layer, change: Change, row: Values) -> Change:
    """``change``, which brings back the feature of ``row``, with the legal codes that the province had given it."""
    codes = {field.name: row[field.name] for field in layer.fields if field.allocated and row[field.name] is not None}
    return Change(change.layer, change.key, None, {**(change.new or {}), **codes})


def inserted(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """Those that insert, by layer."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind is ChangeKind.INSERT:
            found.setdefault(change.layer, []).append(change)
    return found
