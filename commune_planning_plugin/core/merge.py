"""The three-way merge of one feature: mine, the province's, over what both started from.

Per attribute, attributes of a group as one value, the geometry per vertex (`vertex_merge`). What both sides changed differently is
a conflict: a value, kept until a person resolves it. Derived attributes are recomputed, never merged; codes that the hub allocates
are always the hub's. Legal times can't clash: where both sides changed them, the hub's stand.

A feature is *divided* where others took over part of its ground (a lot split in two): what the province changed of its geometry,
or of its land function, then concerns the others too, and a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Optional

from commune_planning_plugin.core import geometry, vertex_merge
from commune_planning_plugin.core.changes import Change, ChangeKind, same_value
from commune_planning_plugin.core.schema import FUNCTION, GEOMETRY, LEGAL_TIME, Layer, Value, Values


class ConflictKind(str, Enum):
    """How the two sides clash."""

    ATTRIBUTES = "attributes"
    DELETED_HERE = "deleted_here"
    DELETED_AT_PROVINCE = "deleted_at_province"
    INSERTED_TWICE = "inserted_twice"


@dataclass(frozen=True)
class Conflict:
    """Both sides of a clash. ``remote`` is the province's whole row, None where it deleted the feature."""

    layer: str
    key: str
    kind: ConflictKind
    attributes: tuple[str, ...]
    base: Optional[Values]
    local: Optional[Values]
    remote: Optional[Values]


@dataclass(frozen=True)
class Merged:
    """``row`` is the merged whole row, with mine in it wherever ``conflict`` names an attribute.

    It is None where the feature is gone on one of the sides; what an update of a vanished feature wanted is in the conflict alone.
    ``reshaped`` says that its geometry is neither side's, but both.
    """

    row: Optional[Values]
    conflict: Optional[Conflict]
    reshaped: bool = False


def merge(layer: Layer, change: Change, remote: Optional[Values], whole: bool = False) -> Merged:
    """Apply ``change`` to the province's row ``remote`` as it is now; ``whole`` keeps the geometry one value."""
    if change.kind is ChangeKind.INSERT:
        return _merge_insert(layer, change, remote)
    if change.kind is ChangeKind.DELETE:
        return _merge_delete(layer, change, remote)
    return _merge_update(layer, change, remote, whole)


def recomputed(layer: Layer, row: Values) -> Values:
    """``row`` with its derived attributes computed from its geometry."""
    shape = row.get(GEOMETRY)
    derived = {
        field.name: geometry.derive(shape, field.derived) if isinstance(shape, bytes) else None
        for field in layer.legal_fields
        if field.derived is not None
    }
    return {**row, **derived}


def _merge_insert(layer: Layer, change: Change, remote: Optional[Values]) -> Merged:
    mine = change.new or {}
    if remote is None:
        return Merged(recomputed(layer, mine), None)
    differing = _differing(layer, mine, remote)
    if not differing:
        return Merged(remote, None)
    row = recomputed(layer, {**remote, **{name: mine[name] for name in differing}})
    return _clash(ConflictKind.INSERTED_TWICE, change, row, remote, differing)


def _merge_delete(layer: Layer, change: Change, remote: Optional[Values]) -> Merged:
    if remote is None:
        return Merged(None, None)
    differing = _differing(layer, change.old or {}, remote)
    if not differing:
        return Merged(None, None)
    return _clash(ConflictKind.DELETED_HERE, change, None, remote, differing)


def divided(layer: Layer, merged: Merged, change: Change, base: Values, remote: Values) -> Merged:
    """``merged``, an update of ``base`` made with ``whole``, of a feature that was divided: the land function that the province
    changed is a clash, since nobody can tell whether it is meant for the parts."""
    names = [field.name for field in layer.fields if field.group == FUNCTION]
    changed = [name for name in names if not same_value(name, base.get(name), remote.get(name))]
    if merged.row is None or change.touched & set(changed) or not changed:
        return merged
    clashing = {*names, *(merged.conflict.attributes if merged.conflict is not None else ())}
    row = {**merged.row, **{name: base.get(name) for name in names}}
    return _clash(ConflictKind.ATTRIBUTES, change, row, remote, tuple(sorted(clashing)))


def _merge_update(layer: Layer, change: Change, remote: Optional[Values], whole: bool) -> Merged:
    old, new = change.old or {}, change.new or {}
    if remote is None:
        return _clash(ConflictKind.DELETED_AT_PROVINCE, change, None, None, tuple(sorted(new)))
    row: dict[str, Value] = dict(remote)
    clashing: list[str] = []
    both = None
    for unit in _units(layer, change):
        taken = _taken(unit, old, new, remote)
        if taken or (taken is None and unit[0] not in LEGAL_TIME):
            row.update({name: new[name] for name in unit})
        if taken is None and unit == (GEOMETRY,) and not whole:
            both = _reshaped(layer, old[GEOMETRY], new[GEOMETRY], remote.get(GEOMETRY))
        if taken is None and unit[0] not in LEGAL_TIME and (unit != (GEOMETRY,) or both is None):
            clashing.extend(unit)
    row.update({GEOMETRY: both} if both is not None else {})
    merged = recomputed(layer, row)
    conflict = _conflict(ConflictKind.ATTRIBUTES, change, remote, tuple(sorted(clashing))) if clashing else None
    return Merged(merged, conflict, both is not None)


def _reshaped(layer: Layer, base: Value, mine: Value, theirs: Value) -> Optional[bytes]:
    if not (isinstance(base, bytes) and isinstance(mine, bytes) and isinstance(theirs, bytes)):
        return None
    return vertex_merge.merged(layer.geometry, base, mine, theirs)


def _taken(unit: tuple[str, ...], old: Values, new: Values, remote: Values) -> Optional[bool]:
    """True: mine is taken. False: the province has it already. None: both changed it, differently."""
    if all(same_value(name, new[name], remote.get(name)) for name in unit):
        return False
    if all(same_value(name, old[name], new[name]) for name in unit):
        return False
    if all(same_value(name, old[name], remote.get(name)) for name in unit):
        return True
    return None


def _units(layer: Layer, change: Change) -> list[tuple[str, ...]]:
    """The touched attributes, in units that merge as one value."""
    units: dict[str, list[str]] = {}
    for name in sorted(change.touched):
        field = layer.by_name.get(name)
        if field is not None and (field.derived or field.allocated):
            continue
        units.setdefault(f"group {field.group}" if field is not None and field.group else name, []).append(name)
    return [tuple(names) for names in units.values()]


def _differing(layer: Layer, mine: Values, remote: Values) -> tuple[str, ...]:
    """Attributes that differ and that a person decides about."""
    free = {field.name for field in layer.fields if field.derived or field.allocated} | {"birth", *LEGAL_TIME}
    return tuple(sorted(name for name in mine if name not in free and not same_value(name, mine[name], remote.get(name))))


def _clash(
    kind: ConflictKind, change: Change, row: Optional[Values], remote: Optional[Values], attributes: tuple[str, ...]
) -> Merged:
    return Merged(row, _conflict(kind, change, remote, attributes))


def _conflict(kind: ConflictKind, change: Change, remote: Optional[Values], attributes: tuple[str, ...]) -> Conflict:
    return Conflict(change.layer, change.key, kind, attributes, change.old, change.new, remote)
