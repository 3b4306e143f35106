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
import uuid
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Optional

from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.store import aside, state, tracking, withdrawing
from commune_planning_plugin.store.building import retained_snapshot
from commune_planning_plugin.store.migrating import backups
from commune_planning_plugin.store.model import Ref
from commune_planning_plugin.store.sql import connected, has_table, quoted

_NARROWING = "to_narrow"  # the name of a fact


def erase(connection: sqlite3.Connection, path: Path) -> bool:
    """Outside any transaction: all that is pending. False where it isn't done yet."""
    waiting, narrowing = withdrawing.pending(connection), state.get(connection, _NARROWING)
    if not waiting and narrowing is None:
        return True
    refs = [Ref(*each) for each in waiting]
    tables = dict(connection.execute("SELECT layer, table_name FROM planning_layer"))
    try:
        if refs:
            for needless in (*backups(path), *aside.downloads(path)):
                needless.unlink(missing_ok=True)
            _erase_from_packed(retained_snapshot(path, state.get(connection, "snapshot")), tables, refs)
        for copy in aside.copies(path):
            _narrow(copy, tables, refs, path if narrowing is not None else None, state.cleared(connection))
            for packed in aside.packed(copy):  # nobody looks for damage there any more
                packed.unlink()
    except (OSError, EOFError, sqlite3.DatabaseError):
        return False
    (busy, *_pages) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        return False
    with connection:
        withdrawing.settle(connection, waiting)
        connection.execute("DELETE FROM planning_state WHERE name = ? AND value = ?", (_NARROWING, narrowing))
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


def narrow_later(connection: sqlite3.Connection) -> None:
    """Within the transaction that gives the file its fresh content: copies are to show no more than that."""
    state.put(connection, **{_NARROWING: uuid.uuid4().hex})


def mentioned(path: Path, layers: Collection[Layer]) -> set[Ref]:
    """Features of which copies of the working copy at ``path`` hold something that was made here."""
    found: set[Ref] = set()
    for copy in aside.copies(path):
        with closing(connected(copy, 0.0)) as connection:
            if has_table(connection, "planning_state"):
                there = [layer for layer in layers if has_table(connection, layer.table)]
                found |= withdrawing.mentioned(connection, there)
    return found


def _narrow(copy: Path, tables: Mapping[str, str], withdrawn: list[Ref], fresh: Optional[Path], cleared: bool) -> None:
    """Take what was ``withdrawn`` from a copy of a working copy, or from saved edits; and where ``fresh`` is given, what it doesn't
    show: rows that nobody edited and that it hasn't (who knows why), and unless it has what the ``cleared`` see, unedited rows with
    attributes for these alone."""
    with closing(connected(copy, 0.0)) as connection:
        own = fresh is not None and _is_of_the_same(connection, fresh)
        if own:
            connection.execute("ATTACH DATABASE ? AS fresh", (str(fresh),))
        withdrawing.prepare(connection)
        connection.execute("BEGIN IMMEDIATE")
        unshown = _unshown(connection, tables, cleared) if own else []
        changed = _forget(connection, tables, [*withdrawn, *unshown], withdrawn)
        connection.execute("COMMIT")
        if own:
            connection.execute("DETACH DATABASE fresh")
        if changed:
            connection.execute("VACUUM")


def _is_of_the_same(copy: sqlite3.Connection, path: Path) -> bool:
    """Whether it is a working copy of the same commune of the same hub as the one at ``path``."""
    if not has_table(copy, "planning_state"):
        return False
    with closing(connected(path, 0.0)) as connection:
        mine, other = state.identity(connection), state.identity(copy)
    return (mine.hub_id, mine.commune) == (other.hub_id, other.commune)


def _unshown(connection: sqlite3.Connection, tables: Mapping[str, str], cleared: bool) -> list[Ref]:
    found = []
    for layer_id, table in tables.items():
        if not has_table(connection, tracking.shadow(table)):
            continue
        there = f"key IN (SELECT key FROM fresh.{quoted(table)})"
        wanted = f"NOT ({there})" if cleared else f"(NOT ({there}) OR visibility > 0)"
        untouched = f"fid NOT IN (SELECT fid FROM main.{quoted(tracking.shadow(table))})"
        query = f"SELECT key FROM main.{quoted(table)} WHERE key IS NOT NULL AND {untouched} AND {wanted}"
        found += [Ref(layer_id, key) for (key,) in connection.execute(query)]
    return found


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
