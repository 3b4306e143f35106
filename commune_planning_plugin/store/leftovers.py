"""What lies beside a working copy and may hold features that were hidden since: the retained snapshot, the write-ahead log, backups
from before a migration, copies that a re-base keeps, saved edits, and downloads that were not used.

Erasing there is tried at each contact until it is done.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.store import aside, state, tracking, withdrawing
from commune_planning_plugin.store.building import retained_snapshot
from commune_planning_plugin.store.migrating import backups
from commune_planning_plugin.store.model import Ref
from commune_planning_plugin.store.sql import connected, has_table, quoted


def erase(connection: sqlite3.Connection, path: Path) -> bool:
    """Outside any transaction: all that is pending. False where it isn't done yet."""
    waiting = withdrawing.pending(connection)
    if not waiting:
        return True
    refs = [Ref(*each) for each in waiting]
    tables = dict(connection.execute("SELECT layer, table_name FROM planning_layer"))
    try:
        for needless in (*backups(path), *aside.downloads(path)):
            needless.unlink(missing_ok=True)
        _erase_from_packed(retained_snapshot(path, state.get(connection, "snapshot")), tables, refs)
        for copy in aside.copies(path):
            _erase_from_copy(copy, tables, refs)
    except (OSError, EOFError, sqlite3.DatabaseError):
        return False
    (busy, *_pages) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        return False
    with connection:
        withdrawing.settle(connection, waiting)
    return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def _erase_from_packed(packed: Path, tables: Mapping[str, str], refs: Iterable[Ref]) -> None:
    """The snapshot is rewritten aside and takes the old one's place whole."""
    if not packed.exists():
        return
    with tempfile.TemporaryDirectory(dir=packed.parent) as folder:
        plain, part = Path(folder) / "snapshot.gpkg", Path(folder) / "snapshot.gz"
        with gzip.open(packed, "rb") as source, plain.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        with closing(connected(plain, 0.0)) as snapshot:
            if not withdrawing.erase_rows(snapshot, tables, refs):
                return
            snapshot.execute("VACUUM")
        with plain.open("rb") as source, gzip.open(part, "wb", compresslevel=1) as packer:
            shutil.copyfileobj(source, packer, 1 << 20)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(packed)


def _erase_from_copy(copy: Path, tables: Mapping[str, str], refs: list[Ref]) -> None:
    """Of a working copy, or of a plain GeoPackage with edits."""
    with closing(connected(copy, 0.0)) as connection:
        withdrawing.prepare(connection)
        connection.execute("BEGIN IMMEDIATE")
        _forget(connection, tables, refs, refs)
        connection.execute("COMMIT")
        connection.execute("VACUUM")


def narrow(copy: Path, fresh: Path, layers: Mapping[str, Layer], withdrawn: Iterable[Ref], cleared: bool) -> None:
    """Take from a copy of a working copy what the ``fresh`` one doesn't show: ``withdrawn`` features, rows that nobody edited and
    that it hasn't (who knows why), and unless it has what the ``cleared`` see, unedited rows with attributes for these alone."""
    tables = {layer.id: layer.table for layer in layers.values()}
    with closing(connected(copy, 0.0)) as connection:
        withdrawing.prepare(connection)
        connection.execute("ATTACH DATABASE ? AS fresh", (str(fresh),))
        connection.execute("BEGIN IMMEDIATE")
        hidden = list(withdrawn)
        unshown = [Ref(layer_id, key) for layer_id, table in tables.items() for key in _unshown(connection, table, cleared)]
        changed = _forget(connection, tables, [*hidden, *unshown], hidden)
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE fresh")
        if changed:
            connection.execute("VACUUM")


def _unshown(connection: sqlite3.Connection, table: str, cleared: bool) -> list[str]:
    shown = connection.execute("SELECT 1 FROM fresh.sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
    there = f"key IN (SELECT key FROM fresh.{quoted(table)})" if shown else "false"
    wanted = f"NOT ({there})" if cleared else f"(NOT ({there}) OR visibility > 0)"
    untouched = f"fid NOT IN (SELECT fid FROM main.{quoted(tracking.shadow(table))})"
    found = connection.execute(f"SELECT key FROM main.{quoted(table)} WHERE key IS NOT NULL AND {untouched} AND {wanted}")
    return [key for (key,) in found]


def _forget(connection: sqlite3.Connection, tables: Mapping[str, str], gone: Iterable[Ref], withdrawn: list[Ref]) -> bool:
    """Rows of all that is ``gone``, and of what was ``withdrawn`` every mention; whether anything was there."""
    places = [(ref.layer, ref.key) for ref in gone]
    own = has_table(connection, "planning_state")
    if own:
        tracking.turn_off(connection)
    changed = withdrawing.erase_rows(connection, tables, [Ref(*place) for place in places])
    if own:
        layers = {layer.id: layer for layer in state.catalogue(connection).layers}
        connection.executemany("DELETE FROM planning_pulled WHERE layer = ? AND key = ?", places)
        withdrawing.erase(connection, layers, withdrawn)
        withdrawing.settle(connection, withdrawing.pending(connection))
        tracking.turn_on(connection)
    for table in {tables[layer] for layer, _ in places if layer in tables}:
        withdrawing.erase_boxes(connection, table)
    return changed or bool(withdrawn)
