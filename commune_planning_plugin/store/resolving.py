"""Settling conflicts as a person chose, and undoing that. All of it runs in the caller's write transaction.

What is needed for undoing is kept with the resolution: the conflict with its choices, the feature's row, and the province's row as
the shadow had it. It goes when a pull touches the feature, and is passed over once somebody has edited on.
"""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Optional

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.geometry import normalised
from commune_planning_plugin.core.merge import recomputed
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Value, Values
from commune_planning_plugin.store import conflicts, reverting, tracking
from commune_planning_plugin.store.building import now
from commune_planning_plugin.store.model import FEATURE, Choice, Choices, Ref, Resolution, Side, StoredConflict
from commune_planning_plugin.store.rows import Raw, Stored, Table, encoded
from commune_planning_plugin.store.shadow import Shadow
from commune_planning_plugin.store.sql import listed, quoted

_KEPT = ("planning_conflict", "planning_choice")


def writes(choices: Choices) -> bool:
    """Whether settling it so changes the feature's row."""
    return any(choice is not Side.MINE for choice in choices.values())


def next_batch(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("SELECT max(batch) FROM planning_resolved").fetchone()
    return (last or 0) + 1


def resolve(
    connection: sqlite3.Connection, layer: Layer, decided: Mapping[str, tuple[StoredConflict, Choices]], batch: int
) -> None:
    """``decided`` has, by key, conflict and complete choices (see `choosing.completed`).

    Raises ``InvalidData`` for a drawn geometry that the layer can't have.
    """
    (srs_id,) = connection.execute("SELECT srs_id FROM planning_layer WHERE layer = ?", (layer.id,)).fetchone()
    table, shadow = Table(connection, layer), Shadow(connection, layer)
    tracking.turn_off(connection)
    for key, (conflict, choices) in decided.items():
        ref, before = Ref(layer.id, key), table.by_key(key)
        kept = _before(connection, ref, before, shadow)
        mine = before.row if before is not None else None
        if writes(choices) and (FEATURE in choices or before is None or mine is None):
            reverting.revert_one(table, shadow, key)
        elif writes(choices) and before is not None and mine is not None:
            row = _decided(layer, mine, conflict.remote, choices)
            table.write(before.fid, encoded(layer, key, row, srs_id))
        conflicts.drop(connection, layer.id, [key])
        after = table.by_key(key)
        values = (layer.id, key, batch, now(), json.dumps(kept), _text(after))
        connection.execute("INSERT INTO planning_resolved VALUES (?, ?, ?, ?, ?, ?)", values)
    tracking.turn_on(connection)


def _decided(layer: Layer, mine: Values, remote: Optional[Values], choices: Mapping[str, Choice]) -> Values:
    """My row with what was chosen; what I changed besides stays."""
    row: dict[str, Value] = dict(mine)
    for name, choice in choices.items():
        if isinstance(choice, bytes):
            row[GEOMETRY] = normalised(choice, layer.geometry)
        elif choice is Side.PROVINCE:
            row[name] = (remote or {}).get(name)
    return recomputed(layer, row)


def undoable(connection: sqlite3.Connection, layers: Mapping[str, Layer], pending: Collection[Ref]) -> Iterator[Resolution]:
    """The resolutions whose feature is as they left it and in no proposal on its way, the latest first."""
    query = "SELECT layer, key, batch, at, after FROM planning_resolved ORDER BY batch DESC, layer, key"
    tables = {layer_id: Table(connection, layer) for layer_id, layer in layers.items()}
    for layer_id, key, batch, at, after in connection.execute(query).fetchall():
        if Ref(layer_id, key) not in pending and _text(tables[layer_id].by_key(key)) == after:
            yield Resolution(Ref(layer_id, key), batch, at)


def undo(connection: sqlite3.Connection, layer: Layer, key: str) -> None:
    """Row, shadow, conflict and choices are as before. Raises ``WorkingCopyError``: ``conflict.not_undoable`` where nothing is kept
    for that or the feature was edited since."""
    query = "SELECT before, after FROM planning_resolved WHERE layer = ? AND key = ?"
    found = connection.execute(query, (layer.id, key)).fetchone()
    table = Table(connection, layer)
    current = table.by_key(key)
    if found is None or _text(current) != found[1]:
        raise WorkingCopyError("conflict.not_undoable", layer=layer.id, key=key)
    kept = json.loads(found[0])
    tracking.turn_off(connection)
    fid = _put_back(table, current, kept["fid"], _raw(kept["row"]))
    Shadow(connection, layer).remember(key, _raw(kept["original"]), fid)
    conflicts.drop(connection, layer.id, [key])
    for name in _KEPT:
        if kept[name] is not None:
            names = list(kept[name])
            marks = ", ".join("?" * len(names))
            values = [_plain(value) for value in kept[name].values()]
            connection.execute(f"INSERT INTO {name} ({listed(names)}) VALUES ({marks})", values)
    tracking.turn_on(connection)


def _put_back(table: Table, current: Optional[Stored], fid: Optional[int], raw: Optional[Raw]) -> Optional[int]:
    if raw is None:
        if current is not None:
            table.remove(current.fid)
        return None
    if current is not None:
        return table.write(current.fid, raw)
    if fid is None or table.occupied(fid):
        return table.write(None, raw)
    table.write_at(fid, raw)
    return fid


def _before(connection: sqlite3.Connection, ref: Ref, current: Optional[Stored], shadow: Shadow) -> dict[str, Any]:
    original = shadow.original(ref.key)
    kept = {name: _whole(connection, name, ref) for name in _KEPT}
    row = {"fid": current.fid if current is not None else None, "row": _written(current.raw) if current is not None else None}
    return {**kept, **row, "original": _written(original[1]) if original is not None else None}


def _whole(connection: sqlite3.Connection, table: str, ref: Ref) -> Optional[dict[str, Any]]:
    """A row of one of our own tables by column, whatever columns it has."""
    found = connection.execute(f"SELECT * FROM {quoted(table)} WHERE layer = ? AND key = ?", (ref.layer, ref.key))
    names, row = [column[0] for column in found.description], found.fetchone()
    return None if row is None else dict(zip(names, _written(row)))


def _text(stored: Optional[Stored]) -> Optional[str]:
    return None if stored is None else json.dumps(_written(stored.raw))


def _written(raw: Raw) -> list[Any]:
    """A raw row as JSON can hold it."""
    return [{"base64": base64.b64encode(value).decode("ascii")} if isinstance(value, bytes) else value for value in raw]


def _raw(written: Optional[list[Any]]) -> Optional[Raw]:
    return None if written is None else tuple(_plain(value) for value in written)


def _plain(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value
