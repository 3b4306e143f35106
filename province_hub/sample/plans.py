"""The sample province's plans, and the pieces of ground that each of them tiles."""

from __future__ import annotations

import csv
import uuid
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core.geometry import snapped
from province_hub.sample.communes import CommuneShape
from province_hub.sample.merging import joined
from province_hub.sample.tessellation import GRID

_FILE = Path(__file__).parents[1] / "data" / "sample_plans.csv"
_SHORE = 60.0
PROVINCE_PLAN = "56QHT0000001"
ECONOMIC_ZONE = "56QHC1000001"
ECONOMIC_ZONE_COMMUNES = ("22489", "22498", "22504", "22516", "22525", "22546", "22561", "22591", "22597")
_KIND_URBAN, _KIND_RURAL = "1", "2"


@dataclass(frozen=True)
class PlanShape:
    """A plan as it is registered. ``code`` is its `maHoSoQH`; ``share`` is its part of all features."""

    code: str
    info_code: str
    name: str
    profile: str
    level: str
    kind: str
    adjustment: str
    parent: str | None
    decision: str
    decision_date: str
    stated_area_ha: float
    share: float
    place: str
    outline: BaseGeometry | None = None
    dense_outline: BaseGeometry | None = None

    @property
    def key(self) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"plan:{self.code}"))


@dataclass(frozen=True)
class Unit:
    """Ground that is tiled in one go: the part of a plan that lies in one commune, or at ``sea`` before it."""

    plan: PlanShape
    commune: str
    part: str
    ground: BaseGeometry

    @property
    def sea(self) -> bool:
        return self.part == "sea"

    @property
    def mark(self) -> str:
        """Tells symbols on the coast (V, ven biển) and at sea (M, mặt nước) from those on land."""
        return {"coast": "V", "sea": "M"}.get(self.part, "")

    @property
    def seed(self) -> int:
        return zlib.crc32(f"{self.plan.code}:{self.commune}:{self.part}".encode())


def named_plans() -> list[PlanShape]:
    """The plans that exist in reality; parents come before their children."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return [_named(row) for row in csv.DictReader(file)]


def commune_plan(commune: CommuneShape, number: int) -> PlanShape:
    """The general plan of a commune; ``number`` counts them from 1."""
    urban = commune.kind == "phường"
    code = f"56QHC000{number + 100:04d}"
    kind = _KIND_URBAN if urban else _KIND_RURAL
    return PlanShape(
        code=code,
        info_code=_info_code(code, "2025-12", "1", kind, "0"),
        name=f"Quy hoạch chung {commune.kind} {commune.name} đến năm 2045",
        profile="ward" if urban else "commune",
        level="1",
        kind=kind,
        adjustment="0",
        parent=PROVINCE_PLAN,
        decision=f"{2300 + number}/QĐ-UBND",
        decision_date=f"2025-12-{1 + number % 28:02d}",
        stated_area_ha=round(commune.official_km2 * 100, 2),
        share=0.0,
        place=f"{commune.kind.capitalize()} {commune.name}",
    )


def units(communes: Sequence[CommuneShape], plans: Sequence[PlanShape], of_commune: dict[str, PlanShape]) -> list[Unit]:
    """All ground cut up so that no two units overlap and neighbours share every vertex.

    A plan with an outline takes its ground from the commune's general plan; its dense outline and the sea before it are parts of
    their own. Islands and shores narrower than the data's detail stay with the general plan.
    """
    outlined = [plan for plan in plans if plan.outline is not None]
    seas = _seas(communes, outlined)
    drawn = [shape for plan in outlined for shape in (plan.outline, plan.dense_outline) if shape is not None]
    areas = [*(commune.boundary for commune in communes), *(snapped(shape) for shape in (*drawn, *seas.values()))]
    lines = [shapely.boundary(area) for area in areas]
    network = shapely.union_all(lines, grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(network)))
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, label in enumerate(_labels(faces, communes, outlined, seas, of_commune)):
        if label is not None:
            groups[label].append(index)
    by_code = {plan.code: plan for plan in (*plans, *of_commune.values())}
    return [Unit(by_code[code], commune, part, joined(faces[found])) for (code, commune, part), found in sorted(groups.items())]


def _labels(
    faces: NDArray[np.object_],
    communes: Sequence[CommuneShape],
    outlined: Sequence[PlanShape],
    seas: dict[str, BaseGeometry],
    of_commune: dict[str, PlanShape],
) -> list[tuple[str, str, str] | None]:
    """Plan, commune and part of each face; None for what belongs to nobody."""
    points = shapely.point_on_surface(faces)
    commune_at: dict[int, str] = {}
    for index, found in zip(*shapely.STRtree([c.boundary for c in communes]).query(points, predicate="within"), strict=True):
        commune_at.setdefault(int(index), communes[found].code)
    return [_label(point, commune_at.get(index), outlined, seas, of_commune) for index, point in enumerate(points)]


def _label(
    point: BaseGeometry,
    commune: str | None,
    outlined: Sequence[PlanShape],
    seas: dict[str, BaseGeometry],
    of_commune: dict[str, PlanShape],
) -> tuple[str, str, str] | None:
    for plan in outlined:
        if commune is not None and _takes(plan, commune) and shapely.contains(plan.outline, point):
            return plan.code, commune, "land"
        if commune is None and plan.code in seas and shapely.contains(seas[plan.code], point):
            dense = shapely.contains(plan.dense_outline, point)
            return plan.code, PLAN_COMMUNES[plan.code][0], "coast" if dense else "sea"
    return (of_commune[commune].code, commune, "land") if commune is not None else None


PLAN_COMMUNES = {
    "56QPK0000006": ("22504",),
    "56QPK0000009": ("22516", "22498", "22504"),
    "56QPK0000010": ("22489", "22516"),
    "56QPK0000021": ("22672",),
}
"""Where each outlined plan lies; the sea before it belongs to the first."""


def _takes(plan: PlanShape, commune: str) -> bool:
    return commune in PLAN_COMMUNES[plan.code]


def _seas(communes: Sequence[CommuneShape], outlined: Sequence[PlanShape]) -> dict[str, BaseGeometry]:
    """By plan code: the outline without other communes' land and its shore, for plans that reach out to the sea."""
    seas: dict[str, BaseGeometry] = {}
    for plan in outlined:
        if plan.outline is not None and plan.dense_outline is not None:
            others = [c.boundary for c in communes if not _takes(plan, c.code)]
            near = [land for land in others if shapely.dwithin(land, plan.outline, _SHORE)]
            seas[plan.code] = shapely.difference(plan.outline, shapely.union_all(shapely.buffer(near, _SHORE)))
    return seas


def _named(row: dict[str, str]) -> PlanShape:
    return PlanShape(
        code=row["code"],
        info_code=_info_code(row["code"], row["decision_date"], row["level"], row["kind"], row["adjustment"]),
        name=row["name"],
        profile=row["profile"],
        level=row["level"],
        kind=row["kind"],
        adjustment=row["adjustment"],
        parent=row["parent"] or None,
        decision=row["decision"],
        decision_date=row["decision_date"],
        stated_area_ha=float(row["stated_area_ha"]),
        share=float(row["share"]),
        place=row["place"],
        outline=shapely.from_wkt(row["outline"]) if row["outline"] else None,
        dense_outline=shapely.from_wkt(row["dense_outline"]) if row["dense_outline"] else None,
    )


def _info_code(code: str, date: str, level: str, kind: str, adjustment: str) -> str:
    """`maThongTinQH`: province, year, level, kind, adjustment and five digits of its own."""
    return f"56{date[2:4]}{max(level, '1')}{max(kind, '1')}{adjustment}{zlib.crc32(code.encode()) % 100_000:05d}"
