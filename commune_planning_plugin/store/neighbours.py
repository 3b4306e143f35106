"""Where changed ground lies: in which other communes, and on which former features."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Change, ChangeKind
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, Values
from commune_planning_plugin.store import gpkg
from commune_planning_plugin.store.gpkg import Bounds
from commune_planning_plugin.store.sql import has_table

SLIVER = 0.5
"""What lies outside by less (m² of an area, m of a line) is a matter of drawing, not of another commune."""

SHARE = 0.01
"""A former feature is a predecessor when at least this share of the new one lies on it."""


@dataclass(frozen=True)
class Neighbour:
    """A commune's ground, from the snapshot's reference table."""

    code: str
    name: str
    shape: bytes
    bounds: Bounds

    @cached_property
    def ground(self) -> geometry.Ground:
        return geometry.Ground(self.shape)


def read(connection: sqlite3.Connection) -> tuple[Neighbour, ...]:
    if not has_table(connection, "planning_ref_commune"):
        return ()
    found = connection.execute("SELECT code, name, geom FROM planning_ref_commune ORDER BY code").fetchall()
    shapes = ((code, name, gpkg.wkb_of(blob)) for code, name, blob in found)
    return tuple(Neighbour(code, name, shape, geometry.bounds(shape)) for code, name, shape in shapes)


def communes_of(neighbours: Sequence[Neighbour], own: str, rows: Iterable[Values]) -> tuple[str, ...]:
    """Codes of the communes besides ``own`` in which any of the rows lies by more than a sliver."""
    shapes = {row[GEOMETRY] for row in rows if isinstance(row.get(GEOMETRY), bytes)}
    others = [each for each in neighbours if each.code != own]
    return tuple(each.code for each in others if any(isinstance(shape, bytes) and _lies_in(shape, each) for shape in shapes))


def _lies_in(shape: bytes, commune: Neighbour) -> bool:
    return _meet(geometry.bounds(shape), commune.bounds) and commune.ground.share(shape) > SLIVER


def _meet(one: Bounds, other: Bounds) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def lineage(changes: Iterable[Change]) -> Mapping[str, tuple[str, ...]]:
    """For each inserted feature the former features whose ground it took over: of one layer, changed or deleted along with it."""
    listed = list(changes)
    proposed = {}
    for change in listed:
        if change.kind is not ChangeKind.INSERT or change.new is None:
            continue
        former = [o for o in listed if o.layer == change.layer and o.old is not None and GEOMETRY in o.old]
        keys = [other.key for other in former if took_over(change.new.get(GEOMETRY), (other.old or {}).get(GEOMETRY))]
        if keys:
            proposed[change.key] = tuple(sorted(keys))
    return proposed


def took_over(new: object, old: object) -> bool:
    """Whether so much of the ground of ``new`` is that of ``old`` that it comes from there; False where either is no shape."""
    if not isinstance(new, bytes) or not isinstance(old, bytes) or not _meet(geometry.bounds(new), geometry.bounds(old)):
        return False
    try:
        size = geometry.overlap(new, new)
        return size > 0 and geometry.overlap(new, old) > max(SLIVER, SHARE * size)
    except InvalidData:
        return False
