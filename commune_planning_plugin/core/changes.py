"""A change as data: ``(layer, key, old, new)``; changes invert, compose and apply as pure functions.

Old missing is an insert, new missing a delete. In an update only touched attributes are present, on both sides: "not changed" and
NULL are different things. Attributes of a group are one value: where one is touched, all are present. Rows are whole: every
attribute of the layer and its geometry under ``geom``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from typing import Optional

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Value, Values

Rows = Mapping[str, Values]
"""Whole rows of one layer by key."""


class ChangeKind(str, Enum):
    """What a change does to its feature."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True)
class Change:
    """One feature inserted, updated or deleted. ``layer`` is the layer's id, ``key`` the feature's UUID."""

    layer: str
    key: str
    old: Optional[Values]
    new: Optional[Values]

    def __post_init__(self) -> None:
        if self.old is None and self.new is None:
            raise InvalidData("change.empty", layer=self.layer, key=self.key)
        if self.old is not None and self.new is not None and self.old.keys() != self.new.keys():
            raise InvalidData("change.uneven", layer=self.layer, key=self.key)

    @property
    def kind(self) -> ChangeKind:
        if self.old is None:
            return ChangeKind.INSERT
        return ChangeKind.DELETE if self.new is None else ChangeKind.UPDATE

    @property
    def touched(self) -> frozenset[str]:
        """Names of the attributes that differ, with the others of their groups; for an insert or a delete all."""
        return frozenset(self.new if self.new is not None else self.old or ())

    def inverted(self) -> Change:
        return Change(self.layer, self.key, self.new, self.old)


def same_value(name: str, one: Value, other: Value) -> bool:
    """Equality of two values of one attribute; geometry by shape, all else exactly, ``True`` and ``1`` apart."""
    if one is other:
        return True
    if name == GEOMETRY:
        return geometry.same(_bytes(one), _bytes(other))
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _bytes(value: Value) -> Optional[bytes]:
    if value is None or isinstance(value, bytes):
        return value
    raise InvalidData("geometry.unreadable")


def diff_row(layer: Layer, key: str, old: Optional[Values], new: Optional[Values]) -> Optional[Change]:
    """The change that turns whole row ``old`` into ``new``; None where they are equal or both missing."""
    if old is None or new is None:
        if old is None and new is None:
            return None
        return Change(layer.id, key, dict(old) if old is not None else None, dict(new) if new is not None else None)
    return _between(layer.id, key, old, new, layer)


def diff(layer: Layer, old: Rows, new: Rows) -> list[Change]:
    """The changes that turn ``old`` into ``new``, ordered by key."""
    each = (diff_row(layer, key, old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys()))
    return [change for change in each if change is not None]


def apply_to_row(change: Change, row: Optional[Values]) -> Optional[Values]:
    """The row after ``change``. Raises ``InvalidData('change.mismatch')`` where ``row`` is not what the change starts from."""
    if change.old is None:
        if row is not None:
            raise InvalidData("change.mismatch", layer=change.layer, key=change.key)
        return dict(change.new or {})
    if row is None or any(not same_value(name, value, row.get(name)) for name, value in change.old.items()):
        raise InvalidData("change.mismatch", layer=change.layer, key=change.key)
    return None if change.new is None else {**row, **change.new}


def apply(rows: Rows, changes: Iterable[Change]) -> dict[str, Values]:
    """``rows`` after ``changes``, none of which may miss what it starts from (see `apply_to_row`)."""
    result = dict(rows)
    for change in changes:
        row = apply_to_row(change, result.pop(change.key, None))
        if row is not None:
            result[change.key] = row
    return result


def compose(first: Change, second: Change, layer: Optional[Layer] = None) -> Optional[Change]:
    """One change for two in a row on the same feature; None where the second takes the first back.

    ``layer`` keeps its groups whole in the result. Raises ``InvalidData('change.mismatch')`` where the second doesn't start
    from what the first leaves.
    """
    if (first.layer, first.key) != (second.layer, second.key) or not _follows(first, second):
        raise InvalidData("change.mismatch", layer=second.layer, key=second.key)
    old, new = first.old, second.new
    if first.old is not None and first.new is not None:  # after an update, the second's old has what the first didn't touch
        old = {**(second.old or {}), **first.old}
    if second.old is not None and second.new is not None:
        new = {**(first.new or {}), **second.new}
    return _between(first.layer, first.key, old, new, layer)


def _follows(first: Change, second: Change) -> bool:
    if first.new is None or second.old is None:
        return first.new is None and second.old is None
    shared = first.new.keys() & second.old.keys()
    return all(same_value(name, first.new[name], second.old[name]) for name in shared)


def _between(layer_id: str, key: str, old: Optional[Values], new: Optional[Values], layer: Optional[Layer]) -> Optional[Change]:
    if old is None and new is None:
        return None
    if old is None or new is None:
        return Change(layer_id, key, old, new)
    names = old.keys() | new.keys()
    before, after = old.get, new.get
    touched = {name for name in names if before(name) is not after(name) and not same_value(name, before(name), after(name))}
    if not touched:
        return None
    together = sorted(touched | _companions(layer, touched) & names)
    return Change(layer_id, key, {n: old.get(n) for n in together}, {n: new.get(n) for n in together})


def _companions(layer: Optional[Layer], touched: AbstractSet[str]) -> set[str]:
    """The attributes that are one value with a touched one."""
    if layer is None:
        return set()
    groups = {field.group for field in layer.fields if field.group and field.name in touched}
    return {field.name for field in layer.fields if field.group in groups}
