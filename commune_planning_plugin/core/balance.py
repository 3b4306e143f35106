"""The land-fund balance: what a plan's ground is for, before and after, by land function and by plot.

The core table of every adjustment decision (before / after / difference / norm). Areas are square metres throughout; `rounded`
makes of them the figures of a table that adds up. The same functions serve the hub, the desk and the reconciliation.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Optional

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.norms import Norm, NormResult, judged
from commune_planning_plugin.core.schema import GEOMETRY, Values

LAYER = "QuyHoach.ChucNangSuDungDat_A"
"""Its features are the plots that are balanced."""
BOUNDARY = "QuyHoach.RanhGioiQuyHoach_A"
"""Its features say which ground a plan covers."""

FUNCTION_FIELDS = ("chucNangSuDungDatMuc2", "chucNangSuDungDatMuc1")
"""The land function is the code of the second level; a plot without one counts by the first."""
NAME_FIELD = "kyHieuLoDat"

NOISE = 1e-3
"""Part of a unit below which two values are the same: sums of parts differ in their last bits."""

TOLERANCE_M2 = 1.0
"""Two totals that differ by less are equal, where the rule pack doesn't say (``balance_tolerance_m2``)."""


@dataclass(frozen=True)
class Plot:
    """One plot. ``function`` is a code of the land functions, empty where it has none or none that may be seen."""

    key: str
    function: str
    area_m2: float
    name: str = ""
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extent:
    """Ground, and how many plots it is in."""

    area_m2: float = 0.0
    plots: int = 0


@dataclass(frozen=True)
class FunctionLine:
    """One land function's ground before and after."""

    function: str
    before: Extent
    after: Extent

    @property
    def difference_m2(self) -> float:
        return self.after.area_m2 - self.before.area_m2


class Fate(str, Enum):
    """What becomes of a plot, or where it comes from."""

    KEPT = "kept"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True)
class PlotLine:
    """One touched plot. ``others`` are the plots that it came from or that came from it, by key."""

    key: str
    fate: Fate
    before: Optional[Plot]
    after: Optional[Plot]
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Closing:
    """The sum of the plots against the ground that they are to cover; ``ground_m2`` is None where that isn't known."""

    total_m2: float
    ground_m2: Optional[float] = None

    @property
    def remainder_m2(self) -> Optional[float]:
        """What the plots leave uncovered; negative where they cover more than the ground."""
        return None if self.ground_m2 is None else self.ground_m2 - self.total_m2

    def closes(self, tolerance_m2: float = TOLERANCE_M2) -> Optional[bool]:
        """None where the ground isn't known."""
        return None if self.remainder_m2 is None else abs(self.remainder_m2) <= tolerance_m2


@dataclass(frozen=True)
class Balance:
    """Functions by their ground, the largest first; ``plots`` are the touched ones, by key."""

    functions: tuple[FunctionLine, ...]
    plots: tuple[PlotLine, ...]
    before: Closing
    after: Closing
    norms: tuple[NormResult, ...] = ()
    tolerance_m2: float = TOLERANCE_M2
    kept: Extent = field(default_factory=Extent)
    """Plots that nothing touches."""

    def to_json(self) -> dict[str, Any]:
        return {
            "functions": [_function_to_json(line) for line in self.functions],
            "plots": [_line_to_json(line) for line in self.plots],
            "before": {"total_m2": self.before.total_m2, "ground_m2": self.before.ground_m2},
            "after": {"total_m2": self.after.total_m2, "ground_m2": self.after.ground_m2},
            "norms": [result.to_json() for result in self.norms],
            "tolerance_m2": self.tolerance_m2,
            "kept": [self.kept.area_m2, self.kept.plots],
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Balance:
        """Raises ``InvalidData('balance.malformed')``."""
        try:
            return cls(
                functions=tuple(_function_from_json(item) for item in plain["functions"]),
                plots=tuple(_line_from_json(item) for item in plain["plots"]),
                before=_closing(plain["before"]),
                after=_closing(plain["after"]),
                norms=tuple(NormResult.from_json(item) for item in plain["norms"]),
                tolerance_m2=float(plain["tolerance_m2"]),
                kept=_extent(plain["kept"]),
            )
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            raise InvalidData("balance.malformed", reason=repr(error)) from error


def plots_of(rows: Mapping[str, Values], apart: Optional[geometry.Ground] = None) -> list[Plot]:
    """Features of `LAYER` as plots; ground that lies ``apart`` doesn't count. A shape that can't be measured covers nothing."""
    covered = areas_m2([row.get(GEOMETRY) for row in rows.values()], apart)
    return [_plot(key, row, area) for (key, row), area in zip(rows.items(), covered)]


def areas_m2(shapes: Sequence[Any], apart: Optional[geometry.Ground] = None) -> list[float]:
    """Square metres that each of ``shapes`` covers outside of ``apart``; what is no shape covers nothing."""
    covered = geometry.areas([shape if isinstance(shape, bytes) else b"" for shape in shapes])
    return [area - _share(apart, shape) for shape, area in zip(shapes, covered)]


def _share(apart: Optional[geometry.Ground], shape: Any) -> float:
    if apart is None or not isinstance(shape, bytes):
        return 0.0
    try:
        return apart.share(shape)
    except InvalidData:
        return 0.0


def _plot(key: str, row: Values, area_m2: float) -> Plot:
    former = str(row.get("predecessors") or "")
    function = next((str(row[name]) for name in FUNCTION_FIELDS if row.get(name)), "")
    return Plot(key, function, area_m2, str(row.get(NAME_FIELD) or ""), tuple(filter(None, former.split(","))))


def ground_m2(shapes: Iterable[Any], apart: Optional[geometry.Ground] = None) -> float:
    """Square metres that ``shapes`` cover together outside of ``apart``; they don't lie over each other."""
    return math.fsum(areas_m2(list(shapes), apart))


def balance(
    before: Iterable[Plot],
    after: Iterable[Plot],
    kept: Optional[Mapping[str, Extent]] = None,
    ground_m2: tuple[Optional[float], Optional[float]] = (None, None),
    norms: Sequence[Norm] = (),
    tolerance_m2: float = TOLERANCE_M2,
) -> Balance:
    """``kept`` is by function what ``before`` and ``after`` don't list since nothing touches it; ``ground_m2`` is what the plots
    are to cover, before and after. The order in which plots are given doesn't matter."""
    old, new = sorted(before, key=_by_key), sorted(after, key=_by_key)
    untouched = kept or {}
    lines = tuple(sorted(_functions(old, new, untouched), key=_by_size))
    totals = [math.fsum(getattr(line, side).area_m2 for line in lines) for side in ("before", "after")]
    at_rest = Extent(math.fsum(e.area_m2 for e in untouched.values()), sum(e.plots for e in untouched.values()))
    shares = [{line.function: getattr(line, side).area_m2 for line in lines} for side in ("before", "after")]
    return Balance(
        functions=lines,
        plots=tuple(_plot_lines(old, new)),
        before=Closing(totals[0], ground_m2[0]),
        after=Closing(totals[1], ground_m2[1]),
        norms=tuple(judged(norm, *shares) for norm in norms if norm.concerns(shares[1] if totals[1] else shares[0])),
        tolerance_m2=tolerance_m2,
        kept=at_rest,
    )


def _by_key(plot: Plot) -> tuple[str, str, float]:
    return plot.key, plot.function, plot.area_m2


def _by_size(line: FunctionLine) -> tuple[float, str]:
    return -max(line.before.area_m2, line.after.area_m2), line.function


def _functions(old: Sequence[Plot], new: Sequence[Plot], kept: Mapping[str, Extent]) -> list[FunctionLine]:
    names = {plot.function for plot in (*old, *new)} | set(kept)
    sides = [[_extent_of(name, plots, kept.get(name, Extent())) for plots in (old, new)] for name in sorted(names)]
    return [FunctionLine(name, *pair) for name, pair in zip(sorted(names), sides) if any(side.plots for side in pair)]


def _extent_of(function: str, plots: Sequence[Plot], rest: Extent) -> Extent:
    own = [plot.area_m2 for plot in plots if plot.function == function]
    return Extent(math.fsum((*own, rest.area_m2)), len(own) + rest.plots)


# --- plots ------------------------------------------------------------------------------------------------------------


def _plot_lines(old: Sequence[Plot], new: Sequence[Plot]) -> list[PlotLine]:
    before, after = {plot.key: plot for plot in old}, {plot.key: plot for plot in new}
    sources = {key: tuple(p for p in sorted(plot.predecessors) if p in before and p != key) for key, plot in after.items()}
    heirs: dict[str, list[str]] = {}
    for key, former in sorted(sources.items()):
        for each in former:
            heirs.setdefault(each, []).append(key)
    lines = []
    for key in sorted({*before, *after}):
        came_from, became = sources.get(key, ()), tuple(heirs.get(key, ()))
        alone = all(heirs[each] == [key] and each not in after for each in came_from)
        alone = alone and all(sources[each] == (key,) and each not in before for each in became)
        fate = _fate((before.get(key), after.get(key)), came_from, became, alone)
        lines.append(PlotLine(key, fate, before.get(key), after.get(key), tuple(sorted({*came_from, *became}))))
    return lines


def _fate(line: tuple[Optional[Plot], Optional[Plot]], came_from: Sequence[str], became: Sequence[str], alone: bool) -> Fate:
    """``alone``: what came of its one source, or made its one heir, is only itself."""
    before, after = line
    if before is None:
        return Fate.MERGED if len(came_from) > 1 else Fate.ADDED if alone else Fate.SPLIT
    if after is None:
        return Fate.SPLIT if len(became) > 1 else Fate.REMOVED if alone else Fate.MERGED
    if came_from:
        return Fate.MERGED
    if became:
        return Fate.SPLIT
    return Fate.KEPT if (before.function, before.area_m2) == (after.function, after.area_m2) else Fate.CHANGED


# --- figures of a table -----------------------------------------------------------------------------------------------


def rounded(before: Sequence[float], after: Sequence[float], unit: float) -> tuple[list[int], list[int]]:
    """Both columns in whole ``unit``s, so that each adds up to its own rounded total (largest remainder).

    What is the same before and after has the same figure in both, so that rounding makes no difference that isn't there; for that a
    figure may be up to two units from its value. Nothing stays nothing.
    """
    same = [index for index, (one, other) in enumerate(zip(before, after)) if abs(one - other) < unit * NOISE]
    rest = sorted({*range(len(before))} - {*same})
    still = dict(zip(same, _apportioned([before[index] for index in same], unit)))
    columns = []
    for values in (before, after):
        left = round(math.fsum(values) / unit) - sum(still.values())
        moving = dict(zip(rest, _apportioned([values[index] for index in rest], unit, left)))
        columns.append([{**still, **moving}[index] for index in range(len(values))])
    return columns[0], columns[1]


def _apportioned(values: Sequence[float], unit: float, total: Optional[int] = None) -> list[int]:
    """Whole units that add up to ``total`` (default: the rounded sum); what is nothing gets nothing."""
    exact = [value / unit for value in values]
    figures = [math.floor(each) for each in exact]
    takers = sorted((i for i, each in enumerate(exact) if each), key=lambda i: (figures[i] - exact[i], i))
    if not takers:
        return figures
    wanted = round(math.fsum(exact)) if total is None else total
    each, more = divmod(wanted - sum(figures), len(takers))
    for place, index in enumerate(takers):
        figures[index] += each + (place < more)
    return figures


# --- JSON -------------------------------------------------------------------------------------------------------------


def _function_to_json(line: FunctionLine) -> dict[str, Any]:
    sides = {name: [side.area_m2, side.plots] for name, side in (("before", line.before), ("after", line.after))}
    return {"function": line.function, **sides}


def _function_from_json(plain: Mapping[str, Any]) -> FunctionLine:
    return FunctionLine(str(plain["function"]), _extent(plain["before"]), _extent(plain["after"]))


def _extent(plain: Sequence[Any]) -> Extent:
    return Extent(float(plain[0]), int(plain[1]))


def _closing(plain: Mapping[str, Any]) -> Closing:
    ground = plain["ground_m2"]
    return Closing(float(plain["total_m2"]), None if ground is None else float(ground))


def _line_to_json(line: PlotLine) -> dict[str, Any]:
    sides = {"before": _plot_to_json(line.before), "after": _plot_to_json(line.after)}
    return {"key": line.key, "fate": line.fate.value, **sides, "others": list(line.others)}


def _plot_to_json(plot: Optional[Plot]) -> Optional[dict[str, Any]]:
    return None if plot is None else {"function": plot.function, "area_m2": plot.area_m2, "name": plot.name}


def _line_from_json(plain: Mapping[str, Any]) -> PlotLine:
    key = str(plain["key"])
    before, after = (None if plain[side] is None else _plot_from_json(key, plain[side]) for side in ("before", "after"))
    return PlotLine(key, Fate(plain["fate"]), before, after, tuple(map(str, plain["others"])))


def _plot_from_json(key: str, plain: Mapping[str, Any]) -> Plot:
    return Plot(key, str(plain["function"]), float(plain["area_m2"]), str(plain["name"]))
