"""Local changes: what the shadow's originals have become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Optional

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Change, diff_row, same_value
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.merge import recomputed
from commune_planning_plugin.core.rules import Changed, valid_geometry
from commune_planning_plugin.core.rules.findings import Case
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Values
from commune_planning_plugin.store.gpkg import Bounds
from commune_planning_plugin.store.model import FeatureProblem
from commune_planning_plugin.store.rows import Stored, Table, unrounded

TITLE_FIELDS = ("kyHieuLoDat", "tenDoiTuong", "maDoiTuong")
NEW_TITLE = "(mới)"


@dataclass(frozen=True)
class Pair:
    """One key's original at the province (``base``) and its present row (``current``)."""

    layer: Layer
    key: str
    base: Optional[Stored]
    current: Optional[Stored]

    @property
    def readable(self) -> bool:
        return all(side is None or side.row is not None for side in (self.base, self.current))

    @property
    def base_row(self) -> Optional[Values]:
        return self.base.row if self.base is not None else None

    @cached_property
    def current_row(self) -> Optional[Values]:
        """As it would be proposed: derived attributes computed."""
        if self.current is None or self.current.row is None:
            return None
        return prepared(self.layer, self.base_row, self.current.row)

    @cached_property
    def change(self) -> Optional[Change]:
        """Only of a `readable` pair."""
        if self.base is not None and self.current is not None and self.base.raw == self.current.raw:
            return None
        return diff_row(self.layer, self.key, self.base_row, self.current_row)


def prepared(layer: Layer, base: Optional[Values], current: Values) -> Values:
    """``current`` without what no person edits.

    Derived attributes follow the geometry, the birth id stays, times keep their precision.
    """
    if base is None:
        return recomputed(layer, current)
    row = {**unrounded(layer, base, current), "birth": base.get("birth")}
    if not same_value(GEOMETRY, base.get(GEOMETRY), current.get(GEOMETRY)):
        return recomputed(layer, row)
    return {**row, **{field.name: base.get(field.name) for field in layer.legal_fields if field.derived is not None}}


def pairs(table: Table) -> tuple[list[Pair], list[FeatureProblem]]:
    """All touched keys, whether they differ or not, and the rows that have no usable key. Takes time by edits, not by features."""
    return paired(table.layer, table.originals(), table.touched())


def paired(layer: Layer, originals: Iterable[Stored], present: Iterable[Stored]) -> tuple[list[Pair], list[FeatureProblem]]:
    """As `pairs`, of any two sets of rows."""
    bases = {each.key: each for each in originals if each.key is not None}
    currents: dict[str, Stored] = {}
    problems: list[FeatureProblem] = []
    for each in present:
        if each.key is None:
            problems.append(problem_of(layer, each, each.problem or InvalidData("key.missing")))
        elif each.key in currents:
            problems.append(problem_of(layer, each, InvalidData("key.duplicate", other=currents[each.key].fid)))
        else:
            currents[each.key] = each
    keys = sorted(bases.keys() | currents.keys())
    return [Pair(layer, key, bases.get(key), _like(currents.get(key), bases.get(key))) for key in keys], problems


def _like(current: Optional[Stored], base: Optional[Stored]) -> Optional[Stored]:
    return replace(current, like=base) if current is not None and base is not None else current


def problem_of(layer: Layer, where: Stored, error: InvalidData, before: Optional[Stored] = None) -> FeatureProblem:
    """``before`` tells the place where the row itself can't any more."""
    place = where.place or (before.place if before is not None else None)
    return FeatureProblem(layer.id, where.key, where.fid, error.code, error.details, place)


def problems_of(pair: Pair, plans: frozenset[str]) -> Iterator[FeatureProblem]:
    """Why the pair's change can't be proposed; ``plans`` are the keys that the catalogue knows."""
    for side in (pair.current, pair.base):
        if side is not None and side.problem is not None:
            yield problem_of(pair.layer, side, side.problem, pair.base)
            return
    row, current = pair.current_row, pair.current
    if row is None or current is None or pair.change is None:
        return
    if row.get("plan") not in plans:
        code = "plan.missing" if row.get("plan") is None else "plan.unknown"
        yield problem_of(pair.layer, current, InvalidData(code, plan=row.get("plan")))
    case = Case((Changed(pair.layer, pair.key, pair.base_row, row),), {}, {}, {})
    for finding in valid_geometry.find(case):
        yield FeatureProblem(
            pair.layer.id, pair.key, current.fid, "geometry.invalid", dict(finding.details), finding.place or current.place
        )


def title(pair: Pair) -> str:
    """What a person calls the feature."""
    row = pair.current_row or pair.base_row or {}
    named = next((str(row[name]) for name in TITLE_FIELDS if row.get(name)), None)
    if named is not None:
        return named
    return NEW_TITLE if pair.base is None else pair.key[:8]


def place(pair: Pair) -> Optional[Bounds]:
    """Around the feature as it was and as it is."""
    shapes = [row[GEOMETRY] for row in (pair.base_row, pair.current_row) if row is not None]
    return geometry.union_bounds(shape for shape in shapes if isinstance(shape, bytes))
