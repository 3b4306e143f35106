"""Which parts of a changeset that is split over plans share moved ground: their proposals are decided together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.schema import GEOMETRY, Layer

Ground = Mapping[str, list[bytes]]
"""Shapes by tiling layer, as they were and as they are."""


def linked(layers: Mapping[str, Layer], parts: Mapping[str, Iterable[Change]]) -> dict[str, tuple[str, ...]]:
    """By part, the other parts that it shares moved ground with; ``parts`` are changes by any name."""
    grounds = {name: _moved(layers, changes) for name, changes in parts.items()}
    found: dict[str, list[str]] = {name: [] for name in parts}
    for one, other in combinations(sorted(parts), 2):
        if _meet(grounds[one], grounds[other]):
            found[one].append(other)
            found[other].append(one)
    return {name: tuple(others) for name, others in found.items()}


def _moved(layers: Mapping[str, Layer], changes: Iterable[Change]) -> Ground:
    found: dict[str, list[bytes]] = {}
    for change in changes:
        if layers[change.layer].tiling and GEOMETRY in change.touched:
            sides = [values.get(GEOMETRY) for values in (change.old, change.new) if values is not None]
            found.setdefault(change.layer, []).extend(shape for shape in sides if isinstance(shape, bytes))
    return found


def _meet(one: Ground, other: Ground) -> bool:
    return any(geometry.any_meet(one[layer], other[layer]) for layer in one.keys() & other.keys())
