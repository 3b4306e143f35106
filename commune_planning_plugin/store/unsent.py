"""Unsent work as pieces that can be kept elsewhere and brought into another file: local changes, drafts, versions under way.

Each piece has a hash, so that only what changed is handed over; the file remembers what the hub has taken in.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Optional

from commune_planning_plugin.core.changes import Change, diff_row
from commune_planning_plugin.core.schema import Catalogue, Layer
from commune_planning_plugin.core.wire import decode_values, encode_values
from commune_planning_plugin.store import drafts, listing, outbox
from commune_planning_plugin.store.contact_book import BACKED_UP, forget_backup
from commune_planning_plugin.store.diffing import Pair, pairs
from commune_planning_plugin.store.health import damage
from commune_planning_plugin.store.model import Draft
from commune_planning_plugin.store.rows import Raw, Table
from commune_planning_plugin.store.sql import Database
from commune_planning_plugin.store.standing import waits

CHANGE, DRAFT, SENT, SEALED, FILE = "change", "draft", "sent", "sealed", "file"
Name = tuple[str, str]
"""Kind and id of a piece."""


@dataclass(frozen=True)
class Piece:
    """One piece of unsent work. ``id`` is a change's ``layer/key``, a draft's proposal, a sent version's ``proposal/number``."""

    kind: str
    id: str
    document: Mapping[str, Any]

    @property
    def name(self) -> Name:
        return self.kind, self.id

    @property
    def hash(self) -> str:
        plain = json.dumps(self.document, sort_keys=True, separators=(",", ":"))  # escaped: text may hold halves of characters
        return hashlib.sha256(plain.encode()).hexdigest()


class UnsentWork:
    """Of one working copy; every method is a transaction of its own."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database, self._catalogue = database, catalogue
        self._layers = {layer.id: layer for layer in catalogue.layers}

    def pieces(self) -> tuple[Piece, ...]:
        """All of it, as it is now. Takes time by edits."""
        with self._database.reading() as connection:
            return (*_changes(connection, self._catalogue), *_drafts(connection, self._layers), *_under_way(connection))

    def files(self) -> tuple[str, ...]:
        """SHA-256 of the drafts' files."""
        with self._database.reading() as connection:
            named = {file.sha256 for draft in _written(connection, self._layers) for file in draft.files}
            held = connection.execute("SELECT DISTINCT sha256 FROM planning_attachment").fetchall()
            return tuple(sorted(named & {sha256 for (sha256,) in held}))

    def handed_over(self) -> dict[Name, str]:
        """Hash by name, of what the hub has taken in."""
        with self._database.reading() as connection:
            return {(kind, name): content for kind, name, content in connection.execute(f"SELECT kind, id, hash FROM {BACKED_UP}")}

    def note_handed_over(self, pieces: Iterable[Piece] = (), gone: Iterable[Name] = (), files: Iterable[str] = ()) -> None:
        """The hub has taken ``pieces`` and ``files`` in, and let go of ``gone``."""
        rows = [(*piece.name, piece.hash) for piece in pieces] + [(FILE, sha256, sha256) for sha256 in files]
        with self._database.writing() as connection:
            connection.executemany(f"INSERT OR REPLACE INTO {BACKED_UP} VALUES (?, ?, ?)", rows)
            connection.executemany(f"DELETE FROM {BACKED_UP} WHERE kind = ? AND id = ?", list(gone))

    def forget_handed_over(self) -> None:
        """The hub hasn't what was noted: all of it is handed over anew."""
        with self._database.writing() as connection:
            forget_backup(connection)


def _changes(connection: sqlite3.Connection, catalogue: Catalogue) -> list[Piece]:
    layers = {layer.id: layer for layer in catalogue.layers}
    found = []
    for layer in listing.sound(catalogue, damage(connection, layers)):
        found += [piece for pair in pairs(Table(connection, layer))[0] for piece in pieces_of(pair)]
    return found


def pieces_of(pair: Pair, kind: str = CHANGE) -> list[Piece]:
    """What somebody made of one feature: none, or one. A row that can't be read is kept as the file has it."""
    name = f"{pair.layer.id}/{pair.key}"
    place = {"layer": pair.layer.id, "key": pair.key}
    if not pair.readable:
        raw = pair.current.raw if pair.current is not None else None
        return [Piece(kind, name, {**place, "raw": _plain(raw)})] if raw is not None else []
    change = pair.change
    if change is None:
        return []
    return [Piece(kind, name, {**place, "old": encode_values(change.old), "row": encode_values(pair.current_row)})]


def change_of(layer: Layer, document: Mapping[str, Any]) -> Optional[Change]:
    """What the piece did to its feature, from the row that it started from. Raises ``InvalidData``."""
    old, row = decode_values(layer, document["old"]), decode_values(layer, document["row"])
    base = {**row, **old} if old is not None and row is not None else old
    return diff_row(layer, str(document["key"]), base, row)


def _plain(raw: Raw) -> list[Any]:
    return [{"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value for value in raw]


def raw_of(plain: Iterable[Any]) -> Raw:
    return tuple(base64.b64decode(value["base64"]) if isinstance(value, dict) else value for value in plain)


def _drafts(connection: sqlite3.Connection, layers: Mapping[str, Layer]) -> list[Piece]:
    return [Piece(DRAFT, draft.proposal, json.loads(json.dumps(asdict(draft)))) for draft in _written(connection, layers)]


def _written(connection: sqlite3.Connection, layers: Mapping[str, Layer]) -> list[Draft]:
    """Drafts, and what was frozen and never reached the hub, or was refused there: elsewhere it is a draft too."""
    found = {draft.proposal: draft for draft in drafts.read(connection)}
    for item in outbox.unsent(connection):
        version = outbox.version_of(connection, layers, item.proposal, item.number)
        if version is not None and item.proposal not in found:
            refs = outbox.refs_of(connection, layers, item.proposal, item.number)
            found[item.proposal] = drafts.of_version(version, item.number, refs)
    return list(found.values())


def draft_of(document: Mapping[str, Any]) -> Draft:
    return drafts.from_document(dict(document))


def _under_way(connection: sqlite3.Connection) -> list[Piece]:
    waiting = [item for item in outbox.items(connection) if waits(item)]
    return [
        Piece(SENT, f"{item.proposal}/{item.number}", {"proposal": item.proposal, "number": item.number, "hash": item.hash})
        for item in waiting
    ]


def layer_of(layers: Mapping[str, Layer], document: Mapping[str, Any]) -> Optional[Layer]:
    return layers.get(str(document.get("layer")))
