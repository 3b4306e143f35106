"""What other programs keep in a working copy: styles, tables and layers of their own, indexes and triggers on ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from commune_planning_plugin.store.sql import columns_of, has_table, listed, quoted

_REGISTRIES = (
    "gpkg_spatial_ref_sys",
    "gpkg_contents",
    "gpkg_geometry_columns",
    "gpkg_extensions",
    "gpkg_ogr_contents",
    "gpkg_metadata",
    "gpkg_metadata_reference",
)
_OBJECTS = "SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL AND name NOT LIKE 'planning\\_%' ESCAPE '\\'"


def carry(old: sqlite3.Connection, new: sqlite3.Connection) -> list[str]:
    """Copy all that ``old`` has and ``new`` hasn't, with its rows; names of what the new content doesn't allow (a unique index over
    what isn't unique any more)."""
    made = _tables(old, new)
    for name in _REGISTRIES:
        if has_table(old, name) and has_table(new, name):
            _copy_rows(old, new, name)
    refused = []
    for kind in ("index", "view", "trigger"):
        for name, statement in _missing(old, new, kind):
            try:
                new.execute(statement)
            except (sqlite3.OperationalError, sqlite3.IntegrityError):
                refused.append(name)
    return [*refused, *(name for name in made if not has_table(new, name))]


def _tables(old: sqlite3.Connection, new: sqlite3.Connection) -> list[str]:
    found = dict(_missing(old, new, "table"))
    virtual = [name for name, statement in found.items() if statement.upper().startswith("CREATE VIRTUAL")]
    plain = [name for name in found if not name.startswith(tuple(f"{each}_" for each in virtual)) and name not in virtual]
    for name in [*plain, *virtual]:
        new.execute(found[name])
        _copy_rows(old, new, name)
    return [*plain, *virtual]


def _missing(old: sqlite3.Connection, new: sqlite3.Connection, kind: str) -> Iterator[tuple[str, str]]:
    there = {name for (name,) in new.execute("SELECT name FROM sqlite_master")}
    ours = tuple(f"rtree_{table}_" for (table,) in new.execute("SELECT table_name FROM planning_layer"))
    for name, statement in old.execute(_OBJECTS, (kind,)).fetchall():
        if name not in there and not name.startswith(("sqlite_", *ours)):
            yield name, statement


def _copy_rows(old: sqlite3.Connection, new: sqlite3.Connection, name: str) -> None:
    known = {column for column, _, _ in columns_of(new, name)}
    names = [column for column, _, _ in columns_of(old, name) if column in known]
    marks = ", ".join("?" * len(names))
    query = f"SELECT {listed(names)} FROM {quoted(name)}"
    there = set(new.execute(query)) if name in _REGISTRIES else set()  # NULL is like nothing, not even NULL, to a UNIQUE
    rows = (row for row in old.execute(query) if row not in there)
    new.executemany(f"INSERT OR IGNORE INTO {quoted(name)} ({listed(names)}) VALUES ({marks})", rows)
