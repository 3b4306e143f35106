"""Rows taken out of a working copy into a GeoPackage of their own, that any program opens."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import Catalogue, Layer
from commune_planning_plugin.store.diffing import pairs
from commune_planning_plugin.store.places import unwritable
from commune_planning_plugin.store.rows import Raw, Table
from commune_planning_plugin.store.sql import has_table, listed, quoted, translated

KIND = "planning_change"
"""The column that says what was done to a feature: ``insert``, ``update``, ``delete``, or ``unreadable``."""

_EMPTY = "PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;"
_Edit = tuple[str, Raw]


@dataclass(frozen=True)
class SavedEdits:
    """The file with the edits, and how many there are."""

    path: Path
    count: int


def save_edits(connection: sqlite3.Connection, catalogue: Catalogue, path: Path) -> SavedEdits:
    """All local edits, layer by layer: features as they are here, deleted ones as they were. Each knows by `KIND` what it is.

    The file is named after its content, so that the same edits are saved once. Raises ``WorkingCopyError``.
    """
    edits = {layer: list(_edits(Table(connection, layer))) for layer in catalogue.layers if has_table(connection, layer.table)}
    digest = hashlib.sha256(repr(sorted((layer.id, found) for layer, found in edits.items())).encode()).hexdigest()
    count = sum(len(found) for found in edits.values())
    target = path.with_name(f"{path.stem}.edits-{digest[:8]}.gpkg")
    if target.exists():
        return SavedEdits(target, count)
    with _whole(target) as made:
        _begin(connection, made, [layer for layer, found in edits.items() if found])
        for layer, found in edits.items():
            _put(made, layer, found)
    return SavedEdits(target, count)


def _edits(table: Table) -> Iterator[_Edit]:
    found, problems = pairs(table)
    for pair in found:
        if pair.current is None and pair.base is not None:
            yield "delete", pair.base.raw
        elif pair.current is not None and (not pair.readable or pair.change is not None):
            yield "insert" if pair.base is None else "update", pair.current.raw
    keyless = {problem.fid for problem in problems}
    yield from (("unreadable", each.raw) for each in table.touched() if each.fid in keyless)


def _put(made: sqlite3.Connection, layer: Layer, edits: list[_Edit]) -> None:
    if not edits:
        return
    names = [*Table(made, layer).columns, KIND]
    made.execute(f"ALTER TABLE {quoted(layer.table)} ADD COLUMN {quoted(KIND)} TEXT(10)")
    marks = ", ".join("?" * len(names))
    rows = ((*raw, kind) for kind, raw in edits)
    made.executemany(f"INSERT INTO {quoted(layer.table)} ({listed(names)}) VALUES ({marks})", rows)


def export(connection: sqlite3.Connection, layer: Layer, into: Path) -> int:
    """Copy all rows of the layer's table, with whatever columns it has, into a new GeoPackage; gives their number.

    Raises ``WorkingCopyError``: ``working_copy.exists`` or ``layer.missing``.
    """
    if into.exists():
        raise WorkingCopyError("working_copy.exists", path=str(into))
    if not has_table(connection, layer.table):
        raise WorkingCopyError("layer.missing", layer=layer.id)
    with _whole(into) as made:
        _begin(connection, made, [layer])
        rows = connection.execute(f"SELECT * FROM {quoted(layer.table)}").fetchall()
        _insert(made, layer.table, rows)
    return len(rows)


@contextmanager
def _whole(target: Path) -> Iterator[sqlite3.Connection]:
    """A new database that gets its name when it is complete. Raises ``WorkingCopyError``."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as made:
            yield made
            made.commit()
        part.replace(target)
    except sqlite3.DatabaseError as error:
        raise translated(error, part) from error
    except OSError as error:
        raise unwritable(error, target) from error
    finally:
        part.unlink(missing_ok=True)


def _begin(connection: sqlite3.Connection, made: sqlite3.Connection, layers: Iterable[Layer]) -> None:
    """The registry, and an empty table for each of ``layers`` as it is in the working copy."""
    tables = [layer.table for layer in layers]
    made.executescript(_EMPTY)
    for name in ("gpkg_spatial_ref_sys", "gpkg_contents", "gpkg_geometry_columns"):
        _create(connection, made, name)
        rows = connection.execute(f"SELECT * FROM {name}")
        kept = [row for row in rows if name == "gpkg_spatial_ref_sys" or str(row[0]).lower() in {t.lower() for t in tables}]
        _insert(made, name, kept)
    for table in tables:
        _create(connection, made, table)


def _create(connection: sqlite3.Connection, made: sqlite3.Connection, table: str) -> None:
    ddl: Optional[tuple[Any]] = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    ).fetchone()
    made.execute(ddl[0] if ddl is not None else "")


def _insert(made: sqlite3.Connection, table: str, rows: list[Any]) -> None:
    if rows:
        made.executemany(f"INSERT INTO {quoted(table)} VALUES ({', '.join('?' * len(rows[0]))})", rows)
