"""What a decision states against what the map measures: a plan isn't put into force while the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Optional

from commune_planning_plugin.core.balance import Balance
from commune_planning_plugin.core.decision import Figures, FunctionArea


class Kind(str, Enum):
    """What a line compares: a land function's area before or after, the number of lots, the boundary's area."""

    BEFORE = "before"
    AFTER = "after"
    LOTS = "lots"
    BOUNDARY = "boundary"


@dataclass(frozen=True)
class Tolerance:
    """The larger of a share of the stated area and a fixed area in m²: planar areas of VN-2000 alone differ by 0.02 % from the
    ground's. Lots are counted exactly."""

    share: float = 0.0005
    area: float = 100.0

    def of(self, stated: float) -> float:
        return max(self.share * stated, self.area)

    def to_json(self) -> dict[str, float]:
        return {"share": self.share, "area": self.area}


@dataclass(frozen=True)
class Line:
    """Areas in m². A land function that one side doesn't have is 0 there; ``function`` is its code."""

    kind: Kind
    stated: float
    measured: float
    tolerance: float
    function: Optional[str] = None

    @property
    def deviation(self) -> float:
        """What the map has beyond what was stated."""
        return self.measured - self.stated

    @property
    def agrees(self) -> bool:
        # both are sums of areas written with two decimals of a hectare: the last digits of a double don't count
        return abs(self.deviation) <= self.tolerance + 1e-6

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "function": self.function,
            "stated": self.stated,
            "measured": self.measured,
            "tolerance": self.tolerance,
            "agrees": self.agrees,
        }


@dataclass(frozen=True)
class Reconciliation:
    """All lines in the order of a decision's table."""

    lines: tuple[Line, ...]

    @property
    def agrees(self) -> bool:
        """Where nothing is stated, nothing was compared: that isn't agreement."""
        return bool(self.lines) and all(line.agrees for line in self.lines)

    @property
    def deviating(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.agrees)

    def to_json(self) -> dict[str, Any]:
        return {"agrees": self.agrees, "lines": [line.to_json() for line in self.lines]}


def reconcile(stated: Figures, measured: Figures, tolerance: Tolerance) -> Reconciliation:
    """Compare what is stated; what isn't, isn't compared. ``measured`` is of the same scope, with areas before and after.

    Where areas are stated, they are meant to be all: a land function that the map alone has is a line too, unless it has no ground.
    """
    return Reconciliation((*_areas(stated, measured, tolerance), *_totals(stated, measured, tolerance)))


def stated_of(balance: Balance) -> Figures:
    """What a decision on the proposal with this balance would state of the whole plan."""
    areas = {line.function: FunctionArea(line.after.area_m2, line.before.area_m2) for line in balance.functions}
    ground = balance.after.ground_m2
    return Figures(areas, sum(line.after.plots for line in balance.functions), balance.after.total_m2 if ground is None else ground)


def _areas(stated: Figures, measured: Figures, tolerance: Tolerance) -> Iterator[Line]:
    if not stated.areas:
        return
    with_before = any(area.before is not None for area in stated.areas.values())
    for code in sorted(stated.areas.keys() | measured.areas.keys()):
        said, found = stated.areas.get(code), measured.areas.get(code)
        sides = [(Kind.AFTER, said.after if said else 0.0, found.after if found else 0.0)]
        if with_before:
            sides.insert(0, (Kind.BEFORE, (said.before if said else 0.0) or 0.0, (found.before if found else 0.0) or 0.0))
        for kind, one, other in sides:
            if said is not None or other > 0:
                yield Line(kind, one, other, tolerance.of(one), code)


def _totals(stated: Figures, measured: Figures, tolerance: Tolerance) -> Iterator[Line]:
    if stated.lots is not None:
        yield Line(Kind.LOTS, stated.lots, measured.lots or 0, 0.0)
    if stated.boundary is not None:
        yield Line(Kind.BOUNDARY, stated.boundary, measured.boundary or 0.0, tolerance.of(stated.boundary))
