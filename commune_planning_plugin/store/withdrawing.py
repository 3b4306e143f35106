"""A feature that was hidden from this account leaves the working copy with all that was kept of it.

The account's own edits of it are handed to the hub before (`pieces`); then the pull that brings the withdrawal, or the re-base,
erases the rest. What lies outside the file's transaction follows it: see `leftovers`.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Optional

from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.store import drafts, outbox, standing, state
from commune_planning_plugin.store.contact_book import BACKED_UP
from commune_planning_plugin.store.diffing import Pair, pairs
from commune_planning_plugin.store.model import OutboxItem, OutboxState, Ref
from commune_planning_plugin.store.rows import Stored, Table
from commune_planning_plugin.store.shadow import Shadow
from commune_planning_plugin.store.spatial_index import rtree
from commune_planning_plugin.store.sql import has_table, quoted
from commune_planning_plugin.store.tracking import shadow as shadow_of
from commune_planning_plugin.store.unsent import SEALED, Piece, pieces_of

WITHDRAWN = "withdrawn"
"""The kind of change that says so."""

_PENDING = "to_erase"  # the name of a fact
_NOTES = ("planning_conflict", "planning_choice", "planning_resolved", "planning_pulled", "planning_also")
_OF_PULLS = ("planning_pulled", "planning_also")
_NODE_HEAD, _CELL = 4, 24  # of an R-tree of two dimensions: depth and count, then id and bounds of each cell


def mentioned(connection: sqlite3.Connection, layers: Iterable[Layer]) -> set[Ref]:
    """Features of which something is here besides the province's rows: what was made of them, and what names them."""
    found = {ref for draft in drafts.read(connection) for ref in draft.refs}
    for item in outbox.items(connection):
        found |= {Ref(change["layer"], change["key"]) for change in json.loads(item.body)["changes"]}
    for name in _NOTES:
        if name not in _OF_PULLS:
            found |= {Ref(*place) for place in connection.execute(f"SELECT layer, key FROM {name}")}
    for layer in layers:
        edited = {pair.key for pair in pairs(Table(connection, layer))[0]}
        found |= {Ref(layer.id, key) for key in edited}
    return found


def pieces(connection: sqlite3.Connection, layer: Layer, keys: Iterable[str]) -> list[Piece]:
    """The account's own edits of features that are to go."""
    table, shadow = Table(connection, layer), Shadow(connection, layer)
    found: list[Piece] = []
    for key in keys:
        original, current = shadow.original(key), table.by_key(key)
        if original is not None or (current is not None and shadow.is_touched(current.fid)):
            base = Stored(layer, original[0], original[1]) if original is not None else None
            found += pieces_of(Pair(layer, key, base, current), SEALED)
    return found


def prepare(connection: sqlite3.Connection) -> None:
    """Before the transaction: what is deleted in it shall be overwritten."""
    connection.execute("PRAGMA secure_delete = ON")


def erase(connection: sqlite3.Connection, layers: Mapping[str, Layer], refs: Collection[Ref]) -> None:
    """Within the pull's transaction, the features' rows being gone: whatever else names them. Notes what is left for `finish`."""
    if not refs:
        return
    for name in (name for name in _NOTES if has_table(connection, name)):
        connection.executemany(f"DELETE FROM {name} WHERE layer = ? AND key = ?", [(ref.layer, ref.key) for ref in refs])
    state.forget_last_changes(connection)
    connection.executemany(
        f"DELETE FROM {BACKED_UP} WHERE kind = 'change' AND id = ?", [(f"{ref.layer}/{ref.key}",) for ref in refs]
    )
    for draft in drafts.read(connection):
        if set(draft.refs) & set(refs):
            drafts.save(connection, drafts.without(draft, refs))
    for item in outbox.items(connection):
        _erase_from(connection, layers, item, refs)
    for layer_id in {ref.layer for ref in refs}:
        erase_boxes(connection, layers[layer_id].table)
    waiting = [*pending(connection), *([ref.layer, ref.key] for ref in refs)]
    state.put(connection, **{_PENDING: json.dumps(waiting)})


def erase_rows(connection: sqlite3.Connection, tables: Mapping[str, str], refs: Iterable[Ref]) -> bool:
    """Rows and originals, in a file without tracking or with it turned off; whether there were any. ``tables`` by layer."""
    before = connection.total_changes
    for ref in refs:
        for table in (tables.get(ref.layer, ""), shadow_of(tables.get(ref.layer, ""))):
            if has_table(connection, table):
                connection.execute(f"DELETE FROM {quoted(table)} WHERE key = ?", (ref.key,))
    return connection.total_changes > before


def _erase_from(connection: sqlite3.Connection, layers: Mapping[str, Layer], item: OutboxItem, refs: Collection[Ref]) -> None:
    """A queued version becomes a draft of the rest; of one that was sent only the rest is kept, for the hub has all of it."""
    plain = json.loads(item.body)
    rest = [change for change in plain["changes"] if Ref(change["layer"], change["key"]) not in refs]
    if len(rest) == len(plain["changes"]):
        return
    body = json.dumps({**plain, "changes": rest}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    place = (item.proposal, item.number)
    connection.execute("UPDATE planning_outbox SET body = ?, problem = NULL WHERE proposal = ? AND number = ?", (body, *place))
    connection.execute(
        "UPDATE planning_outbox SET answer = ? WHERE proposal = ? AND number = ?", (_answer(connection, place), *place)
    )
    if item.state is OutboxState.QUEUED:
        standing.set_aside(connection, layers, item, item.number)


def _answer(connection: sqlite3.Connection, place: tuple[str, int]) -> Optional[str]:
    """The hub's answer without what it found: its findings may tell of any feature."""
    (answer,) = connection.execute("SELECT answer FROM planning_outbox WHERE proposal = ? AND number = ?", place).fetchone()
    return None if answer is None else json.dumps({**json.loads(answer), "findings": []})


def erase_boxes(connection: sqlite3.Connection, table: str) -> None:
    """The index leaves removed bounds behind the last cell of a node: they tell a place."""
    if not has_table(connection, rtree(table)):
        return
    nodes = quoted(f"{rtree(table)}_node")
    for number, data in connection.execute(f"SELECT nodeno, data FROM {nodes}").fetchall():
        end = _NODE_HEAD + _CELL * struct.unpack(">H", data[2:4])[0]
        if any(data[end:]):
            clean = data[:end] + bytes(len(data) - end)
            connection.execute(f"UPDATE {nodes} SET data = ? WHERE nodeno = ?", (clean, number))


def pending(connection: sqlite3.Connection) -> list[Any]:
    """Layer and key of what is erased from the file, and perhaps not yet from what lies beside it."""
    found = state.get(connection, _PENDING)
    return list(json.loads(found)) if found else []


def settle(connection: sqlite3.Connection, done: list[Any]) -> None:
    """Within a transaction: nothing of ``done`` lies beside the file any more."""
    connection.execute("DELETE FROM planning_state WHERE name = ? AND value = ?", (_PENDING, json.dumps(done)))
