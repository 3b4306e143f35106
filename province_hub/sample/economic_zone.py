"""The zones of the Vân Phong economic zone: the zoning plans inside it, and the communes' own zones joined to make up the rest."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from province_hub.sample.features import Batch, zones_of
from province_hub.sample.merging import joined
from province_hub.sample.plans import ECONOMIC_ZONE, ECONOMIC_ZONE_COMMUNES, PROVINCE_PLAN, PlanShape, Unit

_ZONES = 19
_PLANNED = {"56QPK0000006": "06", "56QPK0000009": "09", "56QPK0000010": "10"}
_ROUNDS = 12


class EconomicZone:
    """Collects the zones of the communes' plans while those are made."""

    def __init__(self, plan: PlanShape) -> None:
        self.plan = plan
        self._planned: dict[str, list[BaseGeometry]] = {name: [] for name in _PLANNED.values()}
        self._rest: list[BaseGeometry] = []

    @staticmethod
    def covers(plan: PlanShape, commune: str) -> bool:
        """Whether a plan without ground of its own extends to ``commune``."""
        return plan.code == PROVINCE_PLAN or (plan.code == ECONOMIC_ZONE and commune in ECONOMIC_ZONE_COMMUNES)

    def add(self, unit: Unit, zones: NDArray[np.object_]) -> None:
        """Note the zones of ``unit`` if it lies in the economic zone."""
        if unit.plan.code in _PLANNED:
            self._planned[_PLANNED[unit.plan.code]].extend(zones)
        elif unit.commune in ECONOMIC_ZONE_COMMUNES:
            self._rest.extend(zones)

    def zones(self) -> Batch:
        """The nineteen zones of the economic zone's plan."""
        shapes = {name: joined(np.array(parts, dtype=object)) for name, parts in self._planned.items()}
        free = [f"{number:02d}" for number in range(1, _ZONES + 1) if f"{number:02d}" not in shapes]
        rest = np.array(self._rest, dtype=object)
        nearest = _clusters(shapely.get_coordinates(shapely.centroid(rest)), len(free))
        shapes |= {name: joined(rest[nearest == index]) for index, name in enumerate(free)}
        names = sorted(shapes)
        ordered = np.empty(len(names), dtype=object)
        ordered[:] = [shapes[name] for name in names]
        return zones_of(self.plan, ordered, names)

    def outline(self) -> BaseGeometry:
        """The economic zone's area."""
        parts = [*self._rest, *(part for parts in self._planned.values() for part in parts)]
        return shapely.MultiPolygon(shapely.get_parts(joined(np.array(parts, dtype=object))).tolist())


def _clusters(points: NDArray[np.float64], number: int) -> NDArray[np.int64]:
    """The group of each point; groups lie close together, and none is empty."""
    order = np.lexsort((points[:, 0], points[:, 1]))
    centres = points[order[np.linspace(0, len(order) - 1, number).astype(int)]]
    for _ in range(_ROUNDS):
        nearest = ((points[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
        centres = np.array([points[nearest == i].mean(axis=0) if (nearest == i).any() else centres[i] for i in range(number)])
    groups: NDArray[np.int64] = ((points[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
    return groups
