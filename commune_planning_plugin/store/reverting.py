"""Taking local edits back. All of it runs in the caller's write transaction, tracking off."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.store import conflicts, tracking
from commune_planning_plugin.store.rows import Table
from commune_planning_plugin.store.shadow import Shadow
from commune_planning_plugin.store.sql import quoted


def revert(connection: sqlite3.Connection, layer: Layer, keys: Iterable[str]) -> None:
    """Bring back the province's rows, bit by bit as they were, readable or not."""
    table, shadow = Table(connection, layer), Shadow(connection, layer)
    tracking.turn_off(connection)
    for key in keys:
        revert_one(table, shadow, key)
        conflicts.drop(connection, layer.id, [key])
    tracking.turn_on(connection)


def revert_one(table: Table, shadow: Shadow, key: str) -> None:
    """With tracking off."""
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
