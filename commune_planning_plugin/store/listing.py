"""Local changes over all layers, as data and as the list that a person reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Optional

from commune_planning_plugin.core.changes import Change, diff_row
from commune_planning_plugin.core.schema import Catalogue, Layer, Values
from commune_planning_plugin.store import conflicts, health, outbox, successors
from commune_planning_plugin.store.diffing import Pair, pairs, place, prepared, problems_of, title
from commune_planning_plugin.store.model import Damage, FeatureProblem, LocalChange, LocalDiff, LocalState, StoredConflict
from commune_planning_plugin.store.rows import Table

Pending = Mapping[tuple[str, str], tuple[outbox.Waiting, ...]]


def changes(connection: sqlite3.Connection, catalogue: Catalogue) -> LocalDiff:
    """See `WorkingCopy.changes`."""
    damage = health.damage(connection, {layer.id: layer for layer in catalogue.layers})
    of_layers = [pairs(Table(connection, layer)) for layer in sound(catalogue, damage)]
    found = local_diff((pair for each, _ in of_layers for pair in each), (p for _, each in of_layers for p in each), catalogue)
    return replace(found, damage=tuple(damage))


def local_diff(found: Iterable[Pair], keyless: Iterable[FeatureProblem], catalogue: Catalogue) -> LocalDiff:
    """The changes of ``found``, and why some of them can't be proposed."""
    plans = frozenset(plan.key for plan in catalogue.plans)
    changed: list[Change] = []
    problems = list(keyless)
    for pair in found:
        problems.extend(problems_of(pair, plans))
        change = pair.change if pair.readable else None
        if change is not None:
            changed.append(change)
    return LocalDiff(tuple(changed), tuple(problems))


def status(connection: sqlite3.Connection, catalogue: Catalogue) -> tuple[LocalChange, ...]:
    """See `WorkingCopy.status`."""
    layers = {layer.id: layer for layer in catalogue.layers}
    pending = outbox.pending(connection, layers)
    known = {(item.layer, item.key): item for item in conflicts.read(connection, layers)}
    found: list[LocalChange] = []
    for layer in sound(catalogue, health.damage(connection, layers)):
        edits = pairs(Table(connection, layer))[0]
        explainer = successors.Explainer(layer, edits if any(layer.id == clashing for clashing, _ in known) else ())
        for pair in edits:
            conflict = known.get((layer.id, pair.key))
            found.extend(_listed(pair, explainer.of(conflict) if conflict is not None else None, pending))
    return tuple(found)


def sound(catalogue: Catalogue, damage: list[Damage]) -> Iterator[Layer]:
    """The layers whose record of edits is whole."""
    broken = {item.layer for item in damage}
    if "" not in broken:
        yield from (layer for layer in catalogue.layers if layer.id not in broken)


def _listed(pair: Pair, conflict: Optional[StoredConflict], pending: Pending) -> Iterator[LocalChange]:
    change = pair.change if pair.readable else None
    if conflict is not None and pair.readable:
        conflict = conflicts.still(conflict, pair.current_row, pair.base_row)
    if change is None:
        return
    waiting = pending.get((change.layer, change.key), ())
    later = _later(pair, [each.change for each in waiting])
    proposals = tuple(each.proposal for each in waiting)
    state = _state(conflict, waiting, later)
    yield LocalChange(change, title(pair), place(pair), state, proposals, conflict, pair.current_row, later)


def _state(conflict: Optional[StoredConflict], waiting: tuple[outbox.Waiting, ...], later: Optional[Change]) -> LocalState:
    if conflict is not None:
        return LocalState.CONFLICT
    if not waiting:
        return LocalState.LOCAL
    return LocalState.IN_PROPOSAL if later is None else LocalState.BOTH


def _later(pair: Pair, waiting: Sequence[Change]) -> Optional[Change]:
    """What was edited since the versions that wait: against the province's row with all of these in it."""
    if not waiting:
        return None
    base = pair.base_row
    for change in waiting:
        base = _after(base, change)
    current = pair.current.row if pair.current is not None else None
    mine = prepared(pair.layer, base, current) if current is not None else None
    return diff_row(pair.layer, pair.key, base, mine)


def _after(base: Optional[Values], change: Change) -> Optional[Values]:
    """The row with a frozen change in it."""
    if change.new is None or change.old is None:
        return change.new
    return None if base is None else {**base, **change.new}
