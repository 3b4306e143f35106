"""Which local features took over ground of a former one: the parts of a lot that was split, the lot that swallowed it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Optional

import shapely

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import diff_row, same_value
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Value, Values
from commune_planning_plugin.store.diffing import Pair, pairs
from commune_planning_plugin.store.model import Ref, StoredConflict
from commune_planning_plugin.store.neighbours import took_over
from commune_planning_plugin.store.rows import Table


class Successors:
    """Local features of one layer, given by key as they were (None where they are new) and are, by the ground that they came to."""

    def __init__(self, rows: Iterable[tuple[str, Optional[Values], Values]]) -> None:
        shaped = ((key, before, row, row.get(GEOMETRY)) for key, before, row in rows)
        self._rows = [
            (key, before, row, shape) for key, before, row, shape in shaped if isinstance(shape, bytes) and _moved(before, row)
        ]
        self._places = shapely.STRtree([shapely.box(*geometry.bounds(shape)) for _, _, _, shape in self._rows])
        self._named: dict[str, list[str]] = {}
        for key, before, row, _ in self._rows:
            for former in str(row.get("predecessors") or "").split(",") if before is None else ():
                self._named.setdefault(former, []).append(key)

    def of(self, key: str, shape: Value) -> tuple[str, ...]:
        """Keys of those that name ``key`` as their source, or came to lie on its former ``shape``."""
        found = set(self._named.get(key, ()))
        if isinstance(shape, bytes):
            near = (self._rows[at] for at in self._places.query(shapely.box(*geometry.bounds(shape))).tolist())
            found |= {other for other, before, _, now in near if took_over(now, shape) and not _was_on(before, shape)}
        return tuple(sorted(found - {key}))


def _moved(before: Optional[Values], row: Values) -> bool:
    return before is None or not same_value(GEOMETRY, before.get(GEOMETRY), row.get(GEOMETRY))


def _was_on(before: Optional[Values], shape: bytes) -> bool:
    return before is not None and took_over(before.get(GEOMETRY), shape)


def explained(
    connection: sqlite3.Connection, layers: Mapping[str, Layer], found: Iterable[StoredConflict]
) -> Iterator[StoredConflict]:
    """The conflicts with their ``parts``, and whether they are there because the file ``refused`` the province's row."""
    explainers: dict[str, Explainer] = {}
    for conflict in found:
        if conflict.layer not in explainers:
            layer = layers[conflict.layer]
            explainers[conflict.layer] = Explainer(layer, pairs(Table(connection, layer))[0])
        yield explainers[conflict.layer].of(conflict)


class Explainer:
    """What lies behind the conflicts of one layer, of which all local edits are given."""

    def __init__(self, layer: Layer, edits: Iterable[Pair]) -> None:
        self._layer = layer
        self._rows = {pair.key: pair.current_row for pair in edits}
        self._successors = Successors(
            (pair.key, pair.base_row, pair.current_row) for pair in edits if pair.current_row is not None and pair.readable
        )

    def of(self, conflict: StoredConflict) -> StoredConflict:
        keys = self._successors.of(conflict.key, conflict.base.get(GEOMETRY)) if conflict.base is not None else ()
        refused = not keys and self._is_refused(conflict, self._rows.get(conflict.key))
        return replace(conflict, parts=tuple(Ref(self._layer.id, key) for key in keys), refused=refused)

    def _is_refused(self, conflict: StoredConflict, mine: Optional[Values]) -> bool:
        """A clash about what I didn't change: then it was the file that didn't take it."""
        if mine is None:
            return conflict.kind is ConflictKind.DELETED_HERE and conflict.base is None
        if conflict.base is None:
            return False
        change = diff_row(self._layer, conflict.key, conflict.base, mine)
        return change is None or (not conflict.about_existence and not change.touched & set(conflict.attributes))
