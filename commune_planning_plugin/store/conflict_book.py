"""Conflicts of one working copy: what is open, what was chosen so far, what was settled and can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Union

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import Catalogue
from commune_planning_plugin.store import choosing, conflicts, lease, outbox, resolving, state, successors
from commune_planning_plugin.store.diffing import prepared
from commune_planning_plugin.store.model import (
    Checkpoint,
    Choice,
    Choices,
    LastChange,
    Ref,
    Resolution,
    Side,
    StoredConflict,
    by_layer,
)
from commune_planning_plugin.store.rows import Table
from commune_planning_plugin.store.sql import Database


class ConflictBook:
    """Every method is a transaction of its own."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database, self._catalogue = database, catalogue
        self._layers = {layer.id: layer for layer in catalogue.layers}

    def open(self) -> tuple[StoredConflict, ...]:
        with self._database.reading() as connection:
            return tuple(successors.explained(connection, self._layers, conflicts.read(connection, self._layers)))

    def note_last_changes(self, reached: Checkpoint, told: Mapping[Ref, LastChange]) -> None:
        """Keep beside the open conflicts who changed them last at the province; nothing where the file went on from ``reached``."""
        with self._database.writing() as connection:
            if state.checkpoint(connection) == reached:
                conflicts.put_last_changes(connection, told)

    def choose(self, ref: Ref, choices: Choices) -> None:
        """Keep what was chosen so far in a conflict; nothing is settled yet, and it doesn't matter who edits.

        Raises ``conflict.unknown``.
        """
        with self._database.writing() as connection:
            choosing.put(connection, conflicts.one(connection, self._layers, ref), choices)

    def resolve(self, ref: Ref, choice: Union[Side, Choices]) -> None:
        """As `resolve_all`, of one conflict."""
        self.resolve_all({ref: choice})

    def resolve_all(self, chosen: Mapping[Ref, Union[Side, Choices]]) -> None:
        """Settle conflicts, all or none: each for one side, or attribute by attribute.

        What is mine stays, as a change against the province's present row; what I changed besides stays too. Raises
        ``conflict.unknown``, ``conflict.undecided`` (``attributes``), ``conflict.choice``, ``working_copy.in_edit`` as `revert`
        where rows have to be written, ``InvalidData`` for a drawn geometry that the layer can't have.
        """
        with self._database.writing() as connection:
            batch = resolving.next_batch(connection)
            for layer_id, keys in by_layer(chosen).items():
                layer = self._catalogue.layer(layer_id)
                decided = {key: self._decided(connection, Ref(layer_id, key), chosen[Ref(layer_id, key)]) for key in keys}
                if any(resolving.writes(choices) for _, choices in decided.values()):
                    lease.refuse(self._database.path, layer_id)
                resolving.resolve(connection, layer, decided, batch)

    def _decided(
        self, connection: sqlite3.Connection, ref: Ref, choice: Union[Side, Choices]
    ) -> tuple[StoredConflict, Mapping[str, Choice]]:
        stored = conflicts.one(connection, self._layers, ref)
        layer = self._catalogue.layer(ref.layer)
        found = Table(connection, layer).by_key(ref.key)
        mine = prepared(layer, stored.remote, found.row) if found is not None and found.row is not None else None
        left = stored if found is not None and mine is None else conflicts.still(stored, mine, stored.remote)
        if left is None:
            return stored, {}
        return left, choosing.completed(layer, left, choosing.all_of(left, choice) if isinstance(choice, Side) else choice)

    def resolutions(self) -> tuple[Resolution, ...]:
        """What can be undone, the latest first: until a pull touches the feature, somebody edits it, or it is proposed."""
        with self._database.reading() as connection:
            pending = {Ref(*place) for place in outbox.pending(connection, self._layers)}
            return tuple(resolving.undoable(connection, self._layers, pending))

    def undo(self, refs: Iterable[Ref]) -> None:
        """The conflicts are open again, with their choices, and the rows as before, all or none.

        Raises ``conflict.not_undoable``, and ``working_copy.in_edit`` as `revert`.
        """
        with self._database.writing() as connection:
            known = {resolution.ref for resolution in self.resolutions()}
            for ref in refs:
                if ref not in known:
                    raise WorkingCopyError("conflict.not_undoable", layer=ref.layer, key=ref.key)
                lease.refuse(self._database.path, ref.layer)
                resolving.undo(connection, self._catalogue.layer(ref.layer), ref.key)
