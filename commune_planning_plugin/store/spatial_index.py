"""The R-tree of a feature table, its triggers and the feature count, as GDAL keeps them (OGC 12-128r15, F.3).

The triggers have the names of GeoPackage 1.2, which every GDAL knows how to drop; but none says ``OR REPLACE``, which an outer
statement's conflict clause would override.
"""

from __future__ import annotations

import json
import math
import sqlite3
import struct

import numpy as np
import numpy.typing as npt

from commune_planning_plugin.core.schema import GEOMETRY
from commune_planning_plugin.store import gpkg
from commune_planning_plugin.store.sql import has_table, quoted

_CELL = np.dtype([("id", ">i8"), ("minx", ">f4"), ("maxx", ">f4"), ("miny", ">f4"), ("maxy", ">f4")])
_HEAD_SIZE = 40
_ENVELOPES = {0x02: ">f8", 0x03: "<f8"}
"""The usual headers by their flags: with an envelope in two dimensions, big-endian (PostgreSQL's) or little-endian (GDAL's)."""
_BATCH = 20_000
_NODES = (1 << 31) - 1

Cells = npt.NDArray[np.void]

_SUPPORT = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
    definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE IF NOT EXISTS gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER DEFAULT NULL);
"""

_PLACED = """INSERT INTO {R} VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END"""

_TRIGGERS = {
    "rtree_{t}_geom_insert": """AFTER INSERT ON {T} WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
  DELETE FROM {R} WHERE id = NEW.fid;
  """
    + _PLACED,
    "rtree_{t}_geom_update1": """AFTER UPDATE OF geom ON {T} WHEN OLD.fid = NEW.fid
  AND (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
  DELETE FROM {R} WHERE id = NEW.fid;
  """
    + _PLACED,
    "rtree_{t}_geom_update2": """AFTER UPDATE OF geom ON {T} WHEN OLD.fid = NEW.fid
  AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
  DELETE FROM {R} WHERE id = OLD.fid;
END""",
    "rtree_{t}_geom_update3": """AFTER UPDATE ON {T} WHEN OLD.fid != NEW.fid
  AND (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
  DELETE FROM {R} WHERE id IN (OLD.fid, NEW.fid);
  """
    + _PLACED,
    "rtree_{t}_geom_update4": """AFTER UPDATE ON {T} WHEN OLD.fid != NEW.fid
  AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
  DELETE FROM {R} WHERE id IN (OLD.fid, NEW.fid);
END""",
    "rtree_{t}_geom_delete": """AFTER DELETE ON {T} WHEN OLD.geom NOT NULL BEGIN
  DELETE FROM {R} WHERE id = OLD.fid;
END""",
    "trigger_insert_feature_count_{t}": """AFTER INSERT ON {T} BEGIN
  UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1 WHERE lower(table_name) = lower({L});
END""",
    "trigger_delete_feature_count_{t}": """AFTER DELETE ON {T} BEGIN
  UPDATE gpkg_ogr_contents SET feature_count = feature_count - 1 WHERE lower(table_name) = lower({L});
END""",
}


def triggers(table: str) -> dict[str, str]:
    """The SQL of each trigger that keeps index and count, by name."""
    names = {"t": table, "T": quoted(table), "R": quoted(rtree(table)), "L": "'" + table.replace("'", "''") + "'"}
    made = {name.format(**names): body.format(**names) for name, body in _TRIGGERS.items()}
    return {name: f"CREATE TRIGGER {quoted(name)} {body}" for name, body in made.items()}


def rtree(table: str) -> str:
    """The name of the table's R-tree."""
    return f"rtree_{table}_{GEOMETRY}"


def build(connection: sqlite3.Connection, table: str) -> int:
    """Index and register all features of ``table``, which has no index yet; gives their number. Triggers are made apart."""
    for statement in _SUPPORT.split(";")[:-1]:
        connection.execute(statement)
    cells, count = _cells(connection, table)
    index = rtree(table)
    if has_table(connection, index):
        connection.execute(f"DROP TABLE {quoted(index)}")
    connection.execute(f"CREATE VIRTUAL TABLE {quoted(index)} USING rtree(id, minx, maxx, miny, maxy)")
    if len(cells):
        _fill(connection, index, cells)
    _register(connection, table, count, cells)
    return count


def _register(connection: sqlite3.Connection, table: str, count: int, cells: Cells) -> None:
    connection.execute("DELETE FROM gpkg_extensions WHERE table_name = ? AND extension_name = 'gpkg_rtree_index'", (table,))
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', ?, 'write-only')",
        (table, GEOMETRY, "http://www.geopackage.org/spec120/#extension_rtree"),
    )
    connection.execute("INSERT OR REPLACE INTO gpkg_ogr_contents VALUES (?, ?)", (table, count))
    if len(cells):
        extent = [float(cells["minx"].min()), float(cells["miny"].min()), float(cells["maxx"].max()), float(cells["maxy"].max())]
        connection.execute(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?", (*extent, table)
        )


def _cells(connection: sqlite3.Connection, table: str) -> tuple[Cells, int]:
    """One leaf cell for each feature that has a place, and the number of all features."""
    rows = connection.execute(f"SELECT fid, substr(geom, 1, {_HEAD_SIZE}) FROM {quoted(table)}")
    parts, count = [np.empty(0, _CELL)], 0
    while batch := rows.fetchmany(_BATCH):
        count += len(batch)
        flagged = [head[3] if head is not None and len(head) == _HEAD_SIZE else -1 for _, head in batch]
        for flags in set(flagged):
            alike = [row for row, found in zip(batch, flagged) if found == flags]
            if flags in _ENVELOPES:
                parts.append(_from_headers(alike, _ENVELOPES[flags]))
            else:
                parts.append(_one_by_one(connection, table, [fid for fid, _ in alike]))
    return np.concatenate(parts), count


def _from_headers(rows: list[tuple[int, bytes]], number: str) -> Cells:
    head = np.dtype([("before", "V8"), ("envelope", number, 4)])
    bounds = np.frombuffer(b"".join(head for _, head in rows), head)["envelope"].astype(np.float64)
    return rounded_outward([fid for fid, _ in rows], bounds)


def _one_by_one(connection: sqlite3.Connection, table: str, fids: list[int]) -> Cells:
    found = []
    for fid in fids:
        (blob,) = connection.execute(f"SELECT geom FROM {quoted(table)} WHERE fid = ?", (fid,)).fetchone()
        bounds = gpkg.envelope(blob)
        if bounds is not None:
            found.append((fid, (bounds[0], bounds[2], bounds[1], bounds[3])))
    return rounded_outward([fid for fid, _ in found], np.array([each for _, each in found], np.float64).reshape(-1, 4))


def rounded_outward(fids: list[int], bounds: npt.NDArray[np.float64]) -> Cells:
    """Bounds as minx, maxx, miny, maxy in 32 bits, never smaller than they are."""
    near = bounds.astype(np.float32)
    lower = np.where(near > bounds, np.nextafter(near, np.float32(-np.inf)), near)
    upper = np.where(near < bounds, np.nextafter(near, np.float32(np.inf)), near)
    cells = np.zeros(len(fids), _CELL)
    cells["id"] = fids
    cells["minx"], cells["maxx"], cells["miny"], cells["maxy"] = lower[:, 0], upper[:, 1], lower[:, 2], upper[:, 3]
    return cells


def _fill(connection: sqlite3.Connection, index: str, leaves: Cells) -> None:
    """Write the nodes as SQLite stores them (ext/rtree/rtree.c), packed by sort-tile-recursive: four times faster than inserts."""
    node, rowid, parent = (quoted(f"{index}_{part}") for part in ("node", "rowid", "parent"))
    (size,) = connection.execute(f"SELECT length(data) FROM {node} WHERE nodeno = 1").fetchone()
    capacity = (size - 4) // _CELL.itemsize
    level, depth, next_node = leaves, 0, 2
    while len(level) > capacity:
        groups = _tiled(level, capacity)
        numbers = range(next_node, next_node + len(groups))
        next_node += len(groups)
        connection.executemany(f"INSERT INTO {node} VALUES (?, ?)", zip(numbers, (_packed(g, 0, size) for g in groups)))
        _note_members(connection, parent if depth else rowid, groups, numbers)
        level, depth = _enclosing(groups, numbers), depth + 1
    connection.execute(f"UPDATE {node} SET data = ? WHERE nodeno = 1", (_packed(level, depth, size),))
    connection.executemany(f"INSERT INTO {parent if depth else rowid} VALUES (?, 1)", ((int(member),) for member in level["id"]))


def _note_members(connection: sqlite3.Connection, table: str, groups: list[Cells], numbers: range) -> None:
    """The node of each member, in the order of ids, in which SQLite appends.

    Id and node go as one number each in a text that SQLite takes apart, three times faster than as values of their own.
    """
    ids = np.concatenate([group["id"] for group in groups]).astype(np.int64)
    nodes = np.repeat(np.array(numbers), [len(group) for group in groups])
    order = np.argsort(ids)
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        lowest, highest = int(ids[batch[0]]), int(ids[batch[-1]])
        if highest - lowest <= _NODES and numbers[-1] <= _NODES:
            packed = ((ids[batch] - lowest) << 31 | nodes[batch]).tolist()
            query = f"INSERT INTO {table} SELECT ? + (value >> 31), value & {_NODES} FROM json_each(?)"
            connection.execute(query, (lowest, json.dumps(packed)))
        else:
            connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", zip(ids[batch].tolist(), nodes[batch].tolist()))


def _tiled(cells: Cells, capacity: int) -> list[Cells]:
    """Groups of neighbours, evenly filled."""
    nodes = math.ceil(len(cells) / capacity)
    slices = max(1, round(math.sqrt(nodes)))
    by_x = cells[np.argsort(cells["minx"] + cells["maxx"])]
    groups: list[Cells] = []
    for strip in np.array_split(by_x, slices):
        by_y = strip[np.argsort(strip["miny"] + strip["maxy"])]
        groups.extend(np.array_split(by_y, max(1, math.ceil(len(by_y) / capacity))))
    return groups


def _enclosing(groups: list[Cells], numbers: range) -> Cells:
    cells = np.zeros(len(groups), _CELL)
    cells["id"] = numbers
    members, starts = np.concatenate(groups), np.cumsum([0, *(len(group) for group in groups[:-1])])
    for name, reduce in (("minx", np.minimum), ("maxx", np.maximum), ("miny", np.minimum), ("maxy", np.maximum)):
        cells[name] = reduce.reduceat(members[name], starts)
    return cells


def _packed(cells: Cells, depth: int, size: int) -> bytes:
    return (struct.pack(">HH", depth, len(cells)) + cells.astype(_CELL).tobytes()).ljust(size, b"\0")
