"""Clashes that wait for a person, kept in the file across pulls and restarts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Optional

from commune_planning_plugin.core.changes import same_value
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.schema import Layer, Values
from commune_planning_plugin.core.wire import decode_values, encode_values
from commune_planning_plugin.store.model import StoredConflict

_ROWS = (ConflictKind.ATTRIBUTES, ConflictKind.INSERTED_TWICE)


def read(connection: sqlite3.Connection, layers: Mapping[str, Layer]) -> Iterator[StoredConflict]:
    found = connection.execute("SELECT layer, key, kind, attributes, base, remote FROM planning_conflict ORDER BY layer, key")
    for layer_id, key, kind, attributes, base, remote in found.fetchall():
        layer = layers[layer_id]
        names, rows = tuple(json.loads(attributes)), (_row(layer, base), _row(layer, remote))
        yield StoredConflict(layer_id, key, ConflictKind(kind), names, *rows)


def put(connection: sqlite3.Connection, conflict: StoredConflict) -> None:
    names, rows = json.dumps(conflict.attributes), (text(conflict.base), text(conflict.remote))
    connection.execute(
        "INSERT OR REPLACE INTO planning_conflict VALUES (?, ?, ?, ?, ?, ?)",
        (conflict.layer, conflict.key, conflict.kind.value, names, *rows),
    )


def drop(connection: sqlite3.Connection, layer: str, key: str) -> None:
    connection.execute("DELETE FROM planning_conflict WHERE layer = ? AND key = ?", (layer, key))


def text(row: Optional[Values]) -> Optional[str]:
    """A whole row as JSON."""
    return None if row is None else json.dumps(encode_values(row), ensure_ascii=False)


def _row(layer: Layer, plain: Optional[str]) -> Optional[Values]:
    return None if plain is None else decode_values(layer, json.loads(plain))


def still(conflict: StoredConflict, mine: Optional[Values], remote: Optional[Values]) -> Optional[StoredConflict]:
    """What is left of ``conflict`` with these rows: None where both sides agree by now, or only one of them is left to speak."""
    if conflict.kind is ConflictKind.DELETED_HERE:
        left = mine is None and remote is not None
        attributes = conflict.attributes
    elif conflict.kind is ConflictKind.DELETED_AT_PROVINCE:
        left = mine is not None and remote is None
        attributes = conflict.attributes
    else:
        attributes = differing(conflict.attributes, mine, remote)
        left = bool(attributes)
    if not left:
        return None
    return StoredConflict(conflict.layer, conflict.key, conflict.kind, attributes, conflict.base, remote)


def differing(names: tuple[str, ...], mine: Optional[Values], remote: Optional[Values]) -> tuple[str, ...]:
    """Those of ``names`` in which two rows differ; none where one is missing."""
    if mine is None or remote is None:
        return ()
    return tuple(name for name in names if not same_value(name, mine.get(name), remote.get(name)))


def joined(known: Optional[StoredConflict], fresh: Optional[StoredConflict]) -> Optional[StoredConflict]:
    """One conflict for what was open and what came: nothing that waits is dropped."""
    if known is None or fresh is None:
        return fresh or known
    if known.kind not in _ROWS or fresh.kind not in _ROWS:
        return fresh
    attributes = tuple(sorted({*known.attributes, *fresh.attributes}))
    return StoredConflict(fresh.layer, fresh.key, fresh.kind, attributes, known.base or fresh.base, fresh.remote)
