"""Unsent work of another working copy brought into this one, as edits of one's own: merged onto the rows as they are now.

Doing it twice changes nothing. What was edited here too, differently, is left alone and told: it stays where it came from.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from commune_planning_plugin.core.changes import Change, diff_row, same_value
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.merge import ConflictKind, merge
from commune_planning_plugin.core.proposal import Attachment, Version
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Values
from commune_planning_plugin.core.wire import canonical_json, decode_values
from commune_planning_plugin.store import conflicts, drafts, outbox, unsent
from commune_planning_plugin.store.building import now
from commune_planning_plugin.store.diffing import prepared
from commune_planning_plugin.store.model import Draft, OutboxState, StoredConflict
from commune_planning_plugin.store.rows import Stored, Table, encoded
from commune_planning_plugin.store.shadow import Shadow
from commune_planning_plugin.store.unsent import Name, Piece

Layers = Mapping[str, Layer]


@dataclass(frozen=True)
class UnderWay:
    """A version that another working copy sent: its content and the hub's answer to it."""

    version: Version
    answer: Mapping[str, Any]


@dataclass(frozen=True)
class Restored:
    """``taken`` are the pieces that are here now; ``clashes`` those that were edited here too, or can't be read."""

    taken: tuple[Piece, ...] = ()
    clashes: tuple[Piece, ...] = ()
    changes: int = 0
    drafts: int = 0
    conflicts: int = 0


def restore(
    connection: sqlite3.Connection,
    layers: Layers,
    pieces: Iterable[Piece],
    under_way: Mapping[Name, UnderWay],
    files: Mapping[str, bytes],
) -> Restored:
    """Within the caller's write transaction, tracking on: what is written here counts as edited here."""
    taken: list[Piece] = []
    clashes: list[Piece] = []
    counts = {unsent.CHANGE: 0, unsent.DRAFT: 0, unsent.SENT: 0}
    known = len(list(conflicts.read(connection, layers)))
    for piece in sorted(pieces, key=lambda each: each.kind != unsent.SENT):
        done = _one(connection, layers, piece, under_way, files)
        (clashes if done is None else taken).append(piece)
        counts[unsent.CHANGE if piece.kind == unsent.SEALED else piece.kind] += bool(done)
    fresh = len(list(conflicts.read(connection, layers))) - known
    return Restored(tuple(taken), tuple(clashes), counts[unsent.CHANGE], counts[unsent.DRAFT], fresh)


def _one(
    connection: sqlite3.Connection, layers: Layers, piece: Piece, under_way: Mapping[Name, UnderWay], files: Mapping[str, bytes]
) -> Optional[bool]:
    """True: brought in. False: it is here already. None: it can't be."""
    try:
        if piece.kind == unsent.DRAFT:
            return _draft(connection, unsent.draft_of(piece.document), files)
        if piece.kind == unsent.SENT:
            return _sent(connection, under_way.get(piece.name))
        layer = unsent.layer_of(layers, piece.document)
        return _change(connection, layer, piece) if layer is not None else None
    except (InvalidData, KeyError, TypeError, ValueError):
        return None


def _sent(connection: sqlite3.Connection, found: Optional[UnderWay]) -> bool:
    """The version is waited for here too, so that its changes aren't proposed twice. What the hub closed isn't waited for."""
    if found is None:
        return False
    version = found.version
    known = connection.execute(
        "SELECT 1 FROM planning_outbox WHERE proposal = ? AND number = ?", (version.proposal, version.number)
    )
    if known.fetchone() is not None:
        return False
    outbox.put(connection, version, canonical_json(version.to_json()), now())
    outbox.mark(connection, version.proposal, version.number, OutboxState.SENT, answer=json.dumps(found.answer))
    return True


def _draft(connection: sqlite3.Connection, draft: Draft, files: Mapping[str, bytes]) -> Optional[bool]:
    """Under its old id; one that is written here, or was sent from here since, stays as it is."""
    mine = next((each for each in drafts.read(connection) if each.proposal == draft.proposal), None)
    if mine is not None:
        return False if _content(mine) == _content(draft) else None
    if outbox.last_number(connection, draft.proposal) >= draft.number:
        return None
    drafts.save(connection, draft)
    for file in draft.files:
        _file(connection, draft.proposal, file, files)
    return True


def _content(draft: Draft) -> tuple[Any, ...]:
    return draft.number, draft.plan, draft.title, draft.ground, draft.reason, draft.refs, draft.files


def _file(connection: sqlite3.Connection, proposal: str, file: Attachment, files: Mapping[str, bytes]) -> None:
    if file.sha256 in files:
        drafts.put_file(connection, proposal, file, files[file.sha256])


def _change(connection: sqlite3.Connection, layer: Layer, piece: Piece) -> Optional[bool]:
    table, shadow = Table(connection, layer), Shadow(connection, layer)
    key = str(piece.document["key"])
    here = table.by_key(key)
    original = shadow.original(key)
    touched = original is not None or (here is not None and shadow.is_touched(here.fid))
    if "raw" in piece.document:
        return _raw(table, piece, here, touched)
    document = _reshaped(layer, piece.document)
    if document is None:
        return None
    wanted = unsent.change_of(layer, document)
    if wanted is None:
        return False
    if here is not None and here.row is None:
        return None
    province = Stored(layer, 0, original[1]).row if original is not None else None
    row = here.row if here is not None else None
    if touched and not (original is not None and _same(layer, key, province, row)):
        return _edited_too(layer, wanted, row, original is None)
    return _merged(connection, table, wanted, decode_values(layer, document["row"]), here)


def _reshaped(layer: Layer, document: Mapping[str, Any]) -> Optional[Mapping[str, Any]]:
    """For the layer as it is by now: an attribute that it hasn't any more is left out where the edit isn't about it, and has no
    value where it is new. None where the edit would lose a value by it."""
    old, row = document["old"], document["row"]
    known = {*layer.by_name, GEOMETRY}
    if row is None:
        return {**document, "old": {name: value for name, value in old.items() if name in known}}
    gone = row.keys() - known
    if any(row[name] is not None if old is None else name in old for name in gone):
        return None
    kept = {name: value for name, value in row.items() if name in known}
    return {**document, "row": {**dict.fromkeys(known - row.keys()), **kept}}


def _raw(table: Table, piece: Piece, here: Optional[Stored], touched: bool) -> Optional[bool]:
    raw = unsent.raw_of(piece.document["raw"])
    if here is not None and here.raw == raw:
        return False
    if touched or len(raw) != len(table.columns):
        return None
    table.write(here.fid if here is not None else None, raw)
    return True


def _edited_too(layer: Layer, wanted: Change, row: Optional[Values], drawn_here: bool) -> Optional[bool]:
    """Whether what was edited here holds all that was wanted: then there is nothing to do."""
    if wanted.new is None or row is None:
        return False if wanted.new is None and row is None else None
    if drawn_here and wanted.old is None and wanted.new.get("birth") != row.get("birth"):
        return None
    derived = {field.name for field in layer.fields if field.derived is not None}
    same = all(same_value(name, value, row.get(name)) for name, value in wanted.new.items() if name not in derived)
    return False if same else None


def _merged(connection: sqlite3.Connection, table: Table, wanted: Change, mine: Optional[Values], here: Optional[Stored]) -> bool:
    """The three-way merge onto the province's row as it is here now; what clashes is a conflict, as after a pull."""
    layer = table.layer
    province = here.row if here is not None else None
    merged = merge(layer, wanted, province)
    deleted = merged.conflict is not None and merged.conflict.kind is ConflictKind.DELETED_AT_PROVINCE
    row = mine if deleted else merged.row
    if merged.conflict is None and _same(layer, wanted.key, province, row):
        return False
    _write(connection, table, wanted.key, row, here)
    if merged.conflict is not None:
        found = merged.conflict
        base = {**(mine or {}), **wanted.old} if wanted.old is not None else None
        conflicts.put(connection, StoredConflict(layer.id, wanted.key, found.kind, found.attributes, base, province))
    return True


def _same(layer: Layer, key: str, province: Optional[Values], row: Optional[Values]) -> bool:
    mine = prepared(layer, province, row) if row is not None else None
    return diff_row(layer, key, province, mine) is None


def _write(connection: sqlite3.Connection, table: Table, key: str, row: Optional[Values], here: Optional[Stored]) -> None:
    if row is None:
        if here is not None:
            table.remove(here.fid)
        return
    (srs_id,) = connection.execute("SELECT srs_id FROM planning_layer WHERE layer = ?", (table.layer.id,)).fetchone()
    raw = encoded(table.layer, key, row, srs_id)
    table.write(here.fid if here is not None else None, raw, here.raw if here is not None else None)


def edited_layers(pieces: Sequence[Piece]) -> frozenset[str]:
    """Layers that `restore` may write to."""
    return frozenset(str(piece.document.get("layer")) for piece in pieces if piece.kind in (unsent.CHANGE, unsent.SEALED))
