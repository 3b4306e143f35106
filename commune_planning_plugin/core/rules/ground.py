"""The ground that features cover, as shapes that the tiling rules can compute with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.rules.findings import Bounds, Case, Changed
from commune_planning_plugin.core.schema import GEOMETRY, Value, Values

Shapes = Mapping[str, BaseGeometry]
_AREAS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True)
class Tiling:
    """One plan's ground in one tiling layer: by key, what moved (before and after) and what stays."""

    layer: str
    before: Shapes
    after: Shapes
    unmoved: Shapes


def tilings(case: Case) -> Sequence[Tiling]:
    """Each plan's ground in each tiling layer in which something moved; computed once for all rules."""
    if "tilings" not in case.known:
        case.known["tilings"] = tuple(_tilings(case))
    found: Sequence[Tiling] = case.known["tilings"]
    return found


def _tilings(case: Case) -> Iterator[Tiling]:
    layers = sorted({item.layer.id for item in case.changed if item.layer.tiling and item.moved})
    for layer in layers:
        moved = [item for item in case.changed if item.layer.id == layer and item.moved]
        still = {item.key: item.after for item in case.changed if item.layer.id == layer and not item.moved and item.after}
        touched = {item.key for item in case.changed if item.layer.id == layer}
        around = {key: row for key, row in case.surroundings.get(layer, {}).items() if key not in touched}
        for plan in sorted(_plans(moved)):
            yield Tiling(
                layer,
                _shapes({item.key: item.before for item in moved}, plan),
                _shapes({item.key: item.after for item in moved}, plan),
                _shapes({**still, **around}, plan),
            )


def _plans(moved: Iterable[Changed]) -> set[str]:
    return {str(row.get("plan")) for item in moved for row in (item.before, item.after) if row is not None}


def _shapes(rows: Mapping[str, Optional[Values]], plan: str) -> Shapes:
    given = {key: row.get(GEOMETRY) for key, row in rows.items() if row is not None and str(row.get("plan")) == plan}
    stored = {key: wkb for key, wkb in given.items() if isinstance(wkb, bytes)}
    read = geometry.read_many(list(stored.values()))
    plain = shapely.is_valid(read) & np.isin(shapely.get_type_id(read), _AREAS) & ~shapely.is_empty(read)
    shapes = (shape if fine else usable(wkb) for wkb, shape, fine in zip(stored.values(), read, plain))
    return {key: shape for key, shape in zip(stored, shapes) if shape is not None}


def usable(shape: Value) -> Optional[BaseGeometry]:
    """The area of ``shape``, made valid where it isn't (another rule says so); None where it covers nothing."""
    if not isinstance(shape, bytes):
        return None
    try:
        read = geometry.read(shape)
    except InvalidData:
        return None
    areas = areal(read if read.is_valid else shapely.make_valid(read))
    return None if areas.is_empty else areas


def areal(shape: BaseGeometry) -> BaseGeometry:
    """Only the polygons of ``shape``."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    return shapely.union_all(polygons(shape))


def polygons(shape: BaseGeometry) -> list[BaseGeometry]:
    """The single polygons in ``shape``, however nested; points and lines are no ground."""
    if shape.geom_type == "Polygon":
        return [] if shape.is_empty else [shape]
    if shape.geom_type in ("MultiPolygon", "GeometryCollection"):
        return [polygon for part in shapely.get_parts(shape) for polygon in polygons(part)]
    return []


def bounds_of(shape: BaseGeometry) -> Bounds:
    xmin, ymin, xmax, ymax = (round(float(value), 4) for value in shapely.bounds(shape))
    return xmin, ymin, xmax, ymax
