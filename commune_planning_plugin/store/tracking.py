"""The record of what changed: for each feature table a shadow of original rows, filled by triggers.

A shadow row holds what a rowid had at the last pull, copied when the row is first written; ``planning_inserted`` marks a rowid that
had nothing. The triggers use core SQL alone, so that every program fires them, alike with ``recursive_triggers`` on and off:
a row that REPLACE would remove is saved before, and nothing is ever written over a saved original. ``WHERE NOT EXISTS`` and not
``OR IGNORE``: the outer statement's conflict clause would win. An update that leaves the identity as it is, of which a save makes
thousands, fires a trigger that saves the row and does nothing else, and nothing from the second time on: each statement in one
costs, carried out or not. A row in ``planning_switch`` turns all of it off; only a pull puts one there, within its own transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import lru_cache

from commune_planning_plugin.core.schema import GEOMETRY, Layer
from commune_planning_plugin.store.sql import columns_of, listed, quoted

KEY = "key"
SWITCH = "planning_switch"
_IDENTITY = ("fid", KEY, "birth")
_ON = "NOT EXISTS (SELECT 1 FROM planning_switch)"
_HEX = "[0-9a-f]"
_UUID_GLOB = "-".join(_HEX * length for length in (8, 4, 4, 4, 12))
_FRESH_UUID = (
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'"
    " || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
)

_BEFORE_INSERT = """BEFORE INSERT ON {T} WHEN {on} BEGIN
  INSERT INTO {B} (fid, planning_inserted, {columns}) SELECT fid, 0, {columns} FROM {T} WHERE fid = NEW.fid
    AND NOT EXISTS (SELECT 1 FROM {B} WHERE fid = NEW.fid);
END"""

_AFTER_INSERT = """AFTER INSERT ON {T} WHEN {on} BEGIN
  INSERT INTO {B} (fid, planning_inserted) SELECT NEW.fid, 1 WHERE NOT EXISTS (SELECT 1 FROM {B} WHERE fid = NEW.fid);
  UPDATE {T} SET key = {uuid}, birth = {uuid}, predecessors = NULL WHERE fid = NEW.fid
    AND (key IS NULL OR key NOT GLOB '{glob}' OR EXISTS (SELECT 1 FROM {T} AS o WHERE o.key = NEW.key AND o.fid <> NEW.fid));
  UPDATE {T} SET birth = {uuid} WHERE fid = NEW.fid AND (birth IS NULL OR birth NOT GLOB '{glob}');
  UPDATE {T} SET plan = (SELECT value FROM planning_state WHERE name = 'default_plan') WHERE fid = NEW.fid
    AND coalesce(plan, '') = '';
  UPDATE {T} SET visibility = 0 WHERE fid = NEW.fid AND visibility IS NULL;
END"""

_BEFORE_UPDATE = """BEFORE UPDATE ON {T} WHEN OLD.fid IS NOT NEW.fid AND {on} BEGIN
  INSERT INTO {B} (fid, planning_inserted, {columns}) SELECT fid, 0, {columns} FROM {T} WHERE fid = NEW.fid
    AND NOT EXISTS (SELECT 1 FROM {B} WHERE fid = NEW.fid);
END"""

_FIRST_UPDATE = """AFTER UPDATE ON {T}
  WHEN NOT EXISTS (SELECT 1 FROM {B} WHERE fid = OLD.fid) AND {same} AND ({differs}) AND {on} BEGIN
  INSERT INTO {B} (fid, planning_inserted, {columns}) VALUES (OLD.fid, 0, {old});
END"""

_AFTER_UPDATE = """AFTER UPDATE ON {T} WHEN NOT ({same}) AND {on} BEGIN
  INSERT INTO {B} (fid, planning_inserted, {columns}) SELECT OLD.fid, 0, {old}
    WHERE NOT EXISTS (SELECT 1 FROM {B} WHERE fid = OLD.fid);
  INSERT INTO {B} (fid, planning_inserted) SELECT NEW.fid, 1
    WHERE NOT EXISTS (SELECT 1 FROM {B} WHERE fid = NEW.fid);
  UPDATE {T} SET key = OLD.key WHERE fid = NEW.fid AND NEW.key IS NOT OLD.key AND OLD.key GLOB '{glob}'
    AND (NEW.key IS NULL OR NEW.key NOT GLOB '{glob}' OR EXISTS (SELECT 1 FROM {T} AS o WHERE o.key = NEW.key AND o.fid <> NEW.fid))
    AND NOT EXISTS (SELECT 1 FROM {T} AS o WHERE o.key = OLD.key AND o.fid <> NEW.fid);
  UPDATE {T} SET birth = OLD.birth WHERE fid = NEW.fid AND OLD.birth GLOB '{glob}'
    AND (NEW.birth IS NULL OR NEW.birth NOT GLOB '{glob}');
END"""

_AFTER_DELETE = """AFTER DELETE ON {T} WHEN {on} BEGIN
  INSERT INTO {B} (fid, planning_inserted, {columns}) SELECT OLD.fid, 0, {old}
    WHERE NOT EXISTS (SELECT 1 FROM {B} WHERE fid = OLD.fid);
END"""

_TRIGGERS = {
    "before_insert": _BEFORE_INSERT,
    "after_insert": _AFTER_INSERT,
    "before_update": _BEFORE_UPDATE,
    "first_update": _FIRST_UPDATE,
    "after_update": _AFTER_UPDATE,
    "after_delete": _AFTER_DELETE,
}


def columns(layer: Layer) -> list[str]:
    """A feature table's columns but the rowid, in our order: geometry, key, then the attributes."""
    return [GEOMETRY, KEY, *(field.name for field in layer.fields)]


def shadow(table: str) -> str:
    return f"planning_base_{table}"


@lru_cache(maxsize=256)
def triggers(layer: Layer, generation: str) -> Mapping[str, str]:
    """The SQL of each tracking trigger, by name. ``generation`` is in each: a table made anew by others can't have them."""
    names = columns(layer)
    parts = {
        "T": quoted(layer.table),
        "B": quoted(shadow(layer.table)),
        "columns": listed(names),
        "old": listed(names, "OLD."),
        "same": " AND ".join(f"OLD.{quoted(name)} IS NEW.{quoted(name)}" for name in _IDENTITY),
        "differs": " OR ".join(f"OLD.{quoted(name)} IS NOT NEW.{quoted(name)}" for name in names if name not in _IDENTITY),
        "on": _ON,
        "uuid": _FRESH_UUID,
        "glob": _UUID_GLOB,
    }
    marked = f"BEGIN /* {generation} */"
    made = {f"planning_{moment}_{layer.table}": body.format(**parts) for moment, body in _TRIGGERS.items()}
    return {name: f"CREATE TRIGGER {quoted(name)} {body.replace('BEGIN', marked, 1)}" for name, body in made.items()}


def arm(connection: sqlite3.Connection, layer: Layer, generation: str) -> None:
    """Make key index, empty shadow and triggers for the layer's table, whose index and count are already there."""
    table, names = layer.table, columns(layer)
    types = {name: declared for name, declared, _ in columns_of(connection, table)}
    connection.execute(f"CREATE INDEX IF NOT EXISTS {quoted('planning_key_' + table)} ON {quoted(table)} ({quoted(KEY)})")
    connection.execute(f"DROP TABLE IF EXISTS {quoted(shadow(table))}")
    kept = ", ".join(f"{quoted(name)} {types[name]}" for name in names)
    connection.execute(
        f"CREATE TABLE {quoted(shadow(table))} (fid INTEGER PRIMARY KEY NOT NULL, planning_inserted INTEGER NOT NULL, {kept})"
    )
    for statement in triggers(layer, generation).values():
        connection.execute(statement)


def turn_off(connection: sqlite3.Connection) -> None:
    """For the rest of this transaction, which must `turn_on` again before it ends."""
    connection.execute(f"INSERT INTO {SWITCH} VALUES (1)")


def turn_on(connection: sqlite3.Connection) -> None:
    connection.execute(f"DELETE FROM {SWITCH}")
