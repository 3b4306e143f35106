"""Clashes that wait for a person, kept in the file across pulls and restarts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Optional

from commune_planning_plugin.core.changes import same_value
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.schema import Layer, Values
from commune_planning_plugin.core.wire import decode_values, encode_values
from commune_planning_plugin.store import choosing, state
from commune_planning_plugin.store.model import LastChange, Ref, StoredConflict

_READABLE = json.JSONEncoder(ensure_ascii=False)
_ROWS = (ConflictKind.ATTRIBUTES, ConflictKind.INSERTED_TWICE)
_READ = """
SELECT c.layer, c.key, c.kind, c.attributes, c.base, c.remote, o.choices, o.drawn
FROM planning_conflict c LEFT JOIN planning_choice o ON o.layer = c.layer AND o.key = c.key
"""


def read(connection: sqlite3.Connection, layers: Mapping[str, Layer]) -> Iterator[StoredConflict]:
    told = _last_changes(connection)
    for row in connection.execute(f"{_READ} ORDER BY c.layer, c.key").fetchall():
        found = _conflict(layers[row[0]], row)
        yield replace(found, last_change=told.get(Ref(found.layer, found.key)))


def put_last_changes(connection: sqlite3.Connection, told: Mapping[Ref, LastChange]) -> None:
    """What the hub tells of the province's side of the open conflicts, as of the checkpoint."""
    plain = [[ref.layer, ref.key, last.revision, last.at, last.by, last.title] for ref, last in told.items()]
    state.put(connection, last_changes=json.dumps(plain, ensure_ascii=False))


def _last_changes(connection: sqlite3.Connection) -> dict[Ref, LastChange]:
    plain = json.loads(state.get(connection, "last_changes") or "[]")
    return {Ref(layer, key): LastChange(*last) for layer, key, *last in plain}


def one(connection: sqlite3.Connection, layers: Mapping[str, Layer], ref: Ref) -> StoredConflict:
    """Raises ``WorkingCopyError('conflict.unknown')``."""
    row = connection.execute(f"{_READ} WHERE c.layer = ? AND c.key = ?", (ref.layer, ref.key)).fetchone()
    if row is None:
        raise WorkingCopyError("conflict.unknown", layer=ref.layer, key=ref.key)
    return _conflict(layers[ref.layer], row)


def _conflict(layer: Layer, found: tuple[Any, ...]) -> StoredConflict:
    layer_id, key, kind, attributes, base, remote, choices, drawn = found
    names, rows = tuple(json.loads(attributes)), (_row(layer, base), _row(layer, remote))
    return StoredConflict(layer_id, key, ConflictKind(kind), names, *rows, choosing.read(choices, drawn), drawn)


def put(connection: sqlite3.Connection, conflict: StoredConflict) -> None:
    """In place of the one that was open; what was chosen in that, and still means the same, stays chosen."""
    layer, key, names, remote = conflict.layer, conflict.key, json.dumps(conflict.attributes), text(conflict.remote)
    known = connection.execute(f"{_READ} WHERE c.layer = ? AND c.key = ?", (layer, key)).fetchone()
    choices, drawn = conflict.choices, conflict.drawn
    if known is not None:
        choices, drawn = choosing.still_meant(choosing.read(*known[6:]), known[5], remote), known[7]
    drop(connection, layer, [key])
    connection.execute(
        "INSERT INTO planning_conflict (layer, key, kind, attributes, base, remote) VALUES (?, ?, ?, ?, ?, ?)",
        (layer, key, conflict.kind.value, names, text(conflict.base), remote),
    )
    choosing.write(connection, layer, key, choices, drawn)


def drop(connection: sqlite3.Connection, layer: str, keys: Sequence[str]) -> None:
    """The conflicts, what was chosen about them, and what was kept for undoing former ones' resolution."""
    for table in ("planning_conflict", "planning_choice", "planning_resolved"):
        if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None:
            connection.executemany(f"DELETE FROM {table} WHERE layer = ? AND key = ?", [(layer, key) for key in keys])


def text(row: Optional[Values]) -> Optional[str]:
    """A whole row as JSON."""
    return None if row is None else _READABLE.encode(encode_values(row))


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
    return replace(conflict, attributes=attributes, remote=remote)


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
    return replace(fresh, attributes=attributes, base=known.base or fresh.base)
