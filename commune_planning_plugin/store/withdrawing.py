"""A feature that was hidden from this account leaves the working copy with all that was kept of it.

The account's own edits of it are handed to the hub before (`pieces`); then the pull that brings the withdrawal erases the rest.
What lies outside the file's transaction (the retained snapshot, the write-ahead log) follows it, and is tried until it is done.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Optional

from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.store import contact_book, drafts, outbox, state
from commune_planning_plugin.store.building import retained_snapshot
from commune_planning_plugin.store.contact_book import BACKED_UP
from commune_planning_plugin.store.diffing import Pair
from commune_planning_plugin.store.migrating import backups
from commune_planning_plugin.store.model import OutboxItem, OutboxState, Ref
from commune_planning_plugin.store.rows import Stored, Table
from commune_planning_plugin.store.shadow import Shadow
from commune_planning_plugin.store.spatial_index import rtree
from commune_planning_plugin.store.sql import connected, has_table, quoted
from commune_planning_plugin.store.unsent import SEALED, Piece, pieces_of

WITHDRAWN = "withdrawn"
"""The kind of change that says so."""

_PENDING = "to_erase"  # the name of a fact
_NOTES = ("planning_conflict", "planning_choice", "planning_resolved", "planning_pulled", "planning_also")
_NODE_HEAD, _CELL = 4, 24  # of an R-tree of two dimensions: depth and count, then id and bounds of each cell


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
    for name in _NOTES:
        connection.executemany(f"DELETE FROM {name} WHERE layer = ? AND key = ?", [(ref.layer, ref.key) for ref in refs])
    connection.executemany(
        f"DELETE FROM {BACKED_UP} WHERE kind = 'change' AND id = ?", [(f"{ref.layer}/{ref.key}",) for ref in refs]
    )
    for draft in drafts.read(connection):
        if set(draft.refs) & set(refs):
            drafts.save(connection, drafts.without(draft, refs))
    for item in outbox.items(connection):
        _erase_from(connection, layers, item, refs)
    for layer_id in {ref.layer for ref in refs}:
        _erase_boxes(connection, layers[layer_id])
    waiting = [*_pending(connection), *([ref.layer, ref.key] for ref in refs)]
    state.put(connection, **{_PENDING: json.dumps(waiting)})


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
        contact_book.set_aside(connection, layers, item, item.number)


def _answer(connection: sqlite3.Connection, place: tuple[str, int]) -> Optional[str]:
    """The hub's answer without what it found: its findings may tell of any feature."""
    (answer,) = connection.execute("SELECT answer FROM planning_outbox WHERE proposal = ? AND number = ?", place).fetchone()
    return None if answer is None else json.dumps({**json.loads(answer), "findings": []})


def _erase_boxes(connection: sqlite3.Connection, layer: Layer) -> None:
    """The index leaves removed bounds behind the last cell of a node: they tell a place."""
    nodes = quoted(f"{rtree(layer.table)}_node")
    for number, data in connection.execute(f"SELECT nodeno, data FROM {nodes}").fetchall():
        end = _NODE_HEAD + _CELL * struct.unpack(">H", data[2:4])[0]
        if any(data[end:]):
            clean = data[:end] + bytes(len(data) - end)
            connection.execute(f"UPDATE {nodes} SET data = ? WHERE nodeno = ?", (clean, number))


def _pending(connection: sqlite3.Connection) -> list[Any]:
    found = state.get(connection, _PENDING)
    return list(json.loads(found)) if found else []


def finish(connection: sqlite3.Connection, path: Path) -> bool:
    """Outside any transaction: erase from the retained snapshot, and empty the write-ahead log. False where it isn't done yet."""
    waiting = _pending(connection)
    if not waiting:
        return True
    try:
        for copy in backups(path):
            copy.unlink()
        _erase_from_snapshot(connection, retained_snapshot(path), [Ref(*each) for each in waiting])
    except (OSError, EOFError, sqlite3.DatabaseError):
        return False
    (busy, *_pages) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        return False
    with connection:
        connection.execute("DELETE FROM planning_state WHERE name = ? AND value = ?", (_PENDING, json.dumps(waiting)))
    return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def _erase_from_snapshot(connection: sqlite3.Connection, packed: Path, refs: Iterable[Ref]) -> None:
    """The snapshot is rewritten aside and takes the old one's place whole."""
    if not packed.exists():
        return
    tables = dict(connection.execute("SELECT layer, table_name FROM planning_layer"))
    with tempfile.TemporaryDirectory(dir=packed.parent) as folder:
        plain, part = Path(folder) / "snapshot.gpkg", Path(folder) / "snapshot.gz"
        with gzip.open(packed, "rb") as source, plain.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        with closing(connected(plain, 0.0)) as snapshot:
            for ref in refs:
                if has_table(snapshot, tables[ref.layer]):
                    snapshot.execute(f"DELETE FROM {quoted(tables[ref.layer])} WHERE key = ?", (ref.key,))
            snapshot.execute("VACUUM")
        with plain.open("rb") as source, gzip.open(part, "wb", compresslevel=1) as packer:
            shutil.copyfileobj(source, packer, 1 << 20)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(packed)
