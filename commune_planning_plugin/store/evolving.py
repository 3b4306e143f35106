"""The hub's layers change while edits wait here for weeks: what a working copy takes over, its edits in place, and what not.

Taken over, within a pull's transaction: new layers, new attributes, texts that may be longer, and whatever is no shape (titles,
code lists, groups, what is required). A layer or attribute that is gone, or of another type, would leave edits without a place to
be: the pull is refused then, and nothing here is touched.

To stage a pull is to read the file as it will be: `foreseen` lays views of the coming shape over the tables, for this connection
alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Optional

from commune_planning_plugin.core.columns import KEY_TYPE, declared_type
from commune_planning_plugin.core.schema import GEOMETRY, Catalogue, Field, Layer
from commune_planning_plugin.store import spatial_index, tracking
from commune_planning_plugin.store.building import arm_layer, register_layer
from commune_planning_plugin.store.sql import has_table, literal, quoted
from commune_planning_plugin.store.tracking import shadow


@dataclass(frozen=True)
class Obstacle:
    """Why edits of ``layer`` have no place in the hub's layers as they are now; ``field`` is None where it is the layer itself.

    Codes: ``layer.removed``, ``layer.geometry``, ``field.removed``, ``field.type``, ``field.length``.
    """

    layer: str
    code: str
    field: Optional[str] = None


@dataclass(frozen=True)
class Evolution:
    """What leads from the layers of a working copy to the hub's.

    By layer id, ``fields`` are those that a layer gets, ``longer`` those whose texts may be longer.
    """

    layers: tuple[Layer, ...]
    fields: Mapping[str, tuple[Field, ...]]
    longer: Mapping[str, tuple[Field, ...]]
    obstacles: tuple[Obstacle, ...]


def between(ours: Catalogue, theirs: Catalogue) -> Evolution:
    """What the hub has changed since ``ours``."""
    known, wanted = ({layer.id: layer for layer in catalogue.layers} for catalogue in (ours, theirs))
    obstacles = [obstacle for layer in ours.layers for obstacle in _obstacles(layer, wanted.get(layer.id))]
    added = tuple(layer for layer in theirs.layers if layer.id not in known)
    both = [(known[layer.id], layer) for layer in theirs.layers if layer.id in known]
    fields = {new.id: tuple(field for field in new.legal_fields if field.name not in old.by_name) for old, new in both}
    longer = {
        new.id: tuple(field for field in new.legal_fields if _longer(old.by_name.get(field.name), field)) for old, new in both
    }
    return Evolution(added, _without_empty(fields), _without_empty(longer), tuple(obstacles))


def _longer(ours: Optional[Field], theirs: Field) -> bool:
    return ours is not None and ours.length is not None and (theirs.length is None or theirs.length > ours.length)


def _without_empty(by_layer: Mapping[str, tuple[Field, ...]]) -> dict[str, tuple[Field, ...]]:
    return {layer: found for layer, found in by_layer.items() if found}


def _obstacles(ours: Layer, theirs: Optional[Layer]) -> Iterator[Obstacle]:
    if theirs is None:
        yield Obstacle(ours.id, "layer.removed")
        return
    if theirs.geometry is not ours.geometry:
        yield Obstacle(ours.id, "layer.geometry")
    for field in ours.legal_fields:
        code = _misfit(field, theirs.by_name.get(field.name))
        if code is not None:
            yield Obstacle(ours.id, code, field.name)


def _misfit(ours: Field, theirs: Optional[Field]) -> Optional[str]:
    if theirs is None:
        return "field.removed"
    if theirs.type is not ours.type:
        return "field.type"
    if theirs.length is not None and (ours.length is None or theirs.length < ours.length):
        return "field.length"
    return None


def evolve(connection: sqlite3.Connection, ours: Catalogue, theirs: Catalogue) -> None:
    """Give the tables the shape of ``theirs``, without obstacles, within the caller's write transaction.

    New layers are empty, new attributes too: what the province has in them comes as changes. Only features that were touched here
    get an attribute's default at once, on both sides of their edit, so that it is no edit, and no clash with what comes.
    """
    evolution = between(ours, theirs)
    for layer in evolution.layers:
        connection.execute(_table(layer))
        register_layer(connection, layer, _srs(connection, theirs))
        arm_layer(connection, layer)
    for layer_id, added in evolution.fields.items():
        _widen(connection, theirs.layer(layer_id), added)
    for layer_id, longer in evolution.longer.items():
        _redeclare(connection, ours.layer(layer_id), longer)


def _redeclare(connection: sqlite3.Connection, layer: Layer, longer: tuple[Field, ...]) -> None:
    """Other programs keep texts within the declared length, which says nothing to SQLite.

    The way is that of its documentation: ALTER TABLE, "Making Other Kinds Of Table Schema Changes".
    """
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    connection.execute("PRAGMA writable_schema=ON")
    for table in (layer.table, shadow(layer.table)):
        for field in longer:
            before, after = (f"{quoted(field.name)} {declared_type(each)}" for each in (layer.by_name[field.name], field))
            connection.execute(
                "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?", (before, after, table)
            )
    connection.execute(f"PRAGMA schema_version={version + 1}")
    connection.execute("PRAGMA writable_schema=RESET")
    _keep_ddl(connection, layer)


def _keep_ddl(connection: sqlite3.Connection, layer: Layer) -> None:
    (ddl,) = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (layer.table,)).fetchone()
    connection.execute("UPDATE planning_layer SET ddl = ? WHERE layer = ?", (ddl, layer.id))


def _table(layer: Layer) -> str:
    """As the hub's snapshots have it."""
    columns = [(GEOMETRY, layer.geometry.value.upper()), (tracking.KEY, KEY_TYPE)]
    columns += [(field.name, declared_type(field)) for field in layer.fields]
    listed = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns)
    return f"CREATE TABLE {quoted(layer.table)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {listed})"


def _srs(connection: sqlite3.Connection, catalogue: Catalogue) -> int:
    found = connection.execute("SELECT srs_id FROM planning_layer LIMIT 1").fetchone()
    return int(found[0]) if found is not None else catalogue.crs_epsg


def _widen(connection: sqlite3.Connection, layer: Layer, added: tuple[Field, ...]) -> None:
    """The triggers name each column: they go while the columns come, and none of the shadow's rows is touched by it."""
    (generation,) = connection.execute("SELECT generation FROM planning_layer WHERE layer = ?", (layer.id,)).fetchone()
    triggers = tracking.triggers(layer, generation)
    for name in triggers:
        connection.execute(f"DROP TRIGGER {quoted(name)}")
    for table in (layer.table, shadow(layer.table)):
        for field in added:
            connection.execute(f"ALTER TABLE {quoted(table)} ADD COLUMN {quoted(field.name)} {declared_type(field)}")
    for field in added:
        _fill(connection, layer, field)
    for statement in triggers.values():
        connection.execute(statement)
    connection.execute("DELETE FROM planning_resolved WHERE layer = ?", (layer.id,))  # rows by position, to be put back
    _keep_ddl(connection, layer)


def _fill(connection: sqlite3.Connection, layer: Layer, field: Field) -> None:
    if field.default is None:
        return
    table, originals, column, value = quoted(layer.table), quoted(shadow(layer.table)), quoted(field.name), _default(field)
    connection.execute(f"UPDATE {originals} SET {column} = {value} WHERE planning_inserted = 0")
    connection.execute(f"UPDATE {table} SET {column} = {value} WHERE fid IN (SELECT fid FROM {originals})")


def _default(field: Field) -> str:
    value = field.default
    return literal(int(value) if isinstance(value, bool) else None if isinstance(value, bytes) else value)


@contextmanager
def foreseen(connection: sqlite3.Connection, ours: Catalogue, theirs: Catalogue) -> Iterator[None]:
    """Inside, the connection reads the file as `evolve` will leave it. Nothing is written to the file."""
    views = dict(_views(connection, ours, theirs))
    try:
        for name, query in views.items():
            connection.execute(f"CREATE TEMP VIEW {quoted(name)} AS {query}")
        yield
    finally:
        for name in views:
            connection.execute(f"DROP VIEW IF EXISTS temp.{quoted(name)}")


def _views(connection: sqlite3.Connection, ours: Catalogue, theirs: Catalogue) -> Iterator[tuple[str, str]]:
    evolution = between(ours, theirs)
    for layer in evolution.layers:
        yield from _of_new(layer)
        yield spatial_index.rtree(layer.table), "SELECT 0 AS id, 0 AS minx, 0 AS maxx, 0 AS miny, 0 AS maxy WHERE 0"
    for layer_id, added in evolution.fields.items():
        yield from _of_wider(theirs.layer(layer_id), added)
    if evolution.layers:
        srs = _srs(connection, theirs)
        rows = ", ".join(f"({literal(layer.id)}, {literal(layer.table)}, '', '', {srs})" for layer in evolution.layers)
        yield "planning_layer", f"SELECT * FROM main.planning_layer UNION ALL VALUES {rows}"


def _of_new(layer: Layer) -> Iterator[tuple[str, str]]:
    nothing = ", ".join(f"NULL AS {quoted(name)}" for name in tracking.columns(layer))
    yield layer.table, f"SELECT NULL AS fid, {nothing} WHERE 0"
    yield shadow(layer.table), f"SELECT NULL AS fid, NULL AS planning_inserted, {nothing} WHERE 0"


def _of_wider(layer: Layer, added: tuple[Field, ...]) -> Iterator[tuple[str, str]]:
    table, originals = f"main.{quoted(layer.table)}", f"main.{quoted(shadow(layer.table))}"
    touched = f"fid IN (SELECT fid FROM {originals})"
    for name, source, condition in ((layer.table, table, touched), (shadow(layer.table), originals, "planning_inserted = 0")):
        new = ", ".join(f"CASE WHEN {condition} THEN {_default(field)} END AS {quoted(field.name)}" for field in added)
        yield name, f"SELECT *, {new} FROM {source}"


@contextmanager
def as_wide(connection: sqlite3.Connection, layer: Layer) -> Iterator[None]:
    """Inside, ``connection`` reads a snapshot from before the layer, or some of its attributes, as one without values in them."""
    if not has_table(connection, layer.table):
        query = dict(_of_new(layer))[layer.table]
    else:
        present = {name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (layer.table,))}
        columns = [quoted(name) if name in present else f"NULL AS {quoted(name)}" for name in tracking.columns(layer)]
        query = f"SELECT fid, {', '.join(columns)} FROM main.{quoted(layer.table)}"
    connection.execute(f"CREATE TEMP VIEW {quoted(layer.table)} AS {query}")
    try:
        yield
    finally:
        connection.execute(f"DROP VIEW temp.{quoted(layer.table)}")
