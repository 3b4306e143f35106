"""Taking local edits back, and taking a side in a conflict. All of it runs in the caller's write transaction, tracking off."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Optional

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.merge import ConflictKind, recomputed
from commune_planning_plugin.core.schema import Layer, Value
from commune_planning_plugin.store import conflicts, tracking
from commune_planning_plugin.store.model import StoredConflict
from commune_planning_plugin.store.rows import Table, encoded
from commune_planning_plugin.store.shadow import Shadow
from commune_planning_plugin.store.sql import quoted


def revert(connection: sqlite3.Connection, layer: Layer, keys: Iterable[str]) -> None:
    """Bring back the province's rows, bit by bit as they were, readable or not."""
    table, shadow = Table(connection, layer), Shadow(connection, layer)
    tracking.turn_off(connection)
    for key in keys:
        _revert(table, shadow, key)
        conflicts.drop(connection, layer.id, key)
    tracking.turn_on(connection)


def _revert(table: Table, shadow: Shadow, key: str) -> None:
    current, original = table.by_key(key), shadow.original(key)
    if original is None:
        if current is not None and shadow.is_touched(current.fid):
            table.remove(current.fid)
            shadow.forget(key, current.fid)
        return
    fid, raw = original
    if current is not None:
        table.write(current.fid, raw)
        shadow.forget(key, current.fid)
    elif table.occupied(fid) or fid < 0:
        shadow.forget(key, table.write(None, raw))
    else:
        table.write_at(fid, raw)
        shadow.forget(key, fid)


def take_province(connection: sqlite3.Connection, layer: Layer, conflict: StoredConflict, srs_id: int) -> None:
    """The province's side of a conflict; what I changed besides stays."""
    if conflict.kind in (ConflictKind.DELETED_HERE, ConflictKind.DELETED_AT_PROVINCE):
        revert(connection, layer, [conflict.key])
        return
    table = Table(connection, layer)
    current = table.by_key(conflict.key)
    if current is None or current.row is None or conflict.remote is None:
        revert(connection, layer, [conflict.key])
        return
    row: dict[str, Value] = {**current.row, **{name: conflict.remote.get(name) for name in conflict.attributes}}
    table.write(current.fid, encoded(layer, conflict.key, recomputed(layer, row), srs_id))
    conflicts.drop(connection, layer.id, conflict.key)


def conflict_of(found: Iterable[StoredConflict], layer: str, key: str) -> StoredConflict:
    """Raises ``WorkingCopyError('conflict.unknown')``."""
    match: Optional[StoredConflict] = next((c for c in found if (c.layer, c.key) == (layer, key)), None)
    if match is None:
        raise WorkingCopyError("conflict.unknown", layer=layer, key=key)
    return match


def rekey(connection: sqlite3.Connection, layers: Iterable[Layer], mapping: Mapping[str, str]) -> None:
    """Give features the keys that the hub gave out because theirs were taken, and rewrite lineage that names them."""
    if not mapping:
        return
    tracking.turn_off(connection)
    for layer in layers:
        names = quoted(layer.table)
        for old, new in mapping.items():
            connection.execute(f"UPDATE {names} SET key = ? WHERE key = ?", (new, old))
            connection.execute(
                f"UPDATE {names} SET predecessors = replace(predecessors, ?, ?)"
                f" WHERE fid IN (SELECT fid FROM {quoted(tracking.shadow(layer.table))}) AND instr(predecessors, ?) > 0",
                (old, new, old),
            )
    tracking.turn_on(connection)
