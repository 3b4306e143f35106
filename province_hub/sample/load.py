"""Loading the sample province into a hub that has its tables but no communes yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from psycopg.types.json import Jsonb
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core.errors import InvalidData
from province_hub import standard
from province_hub.database import Database, HubConnection
from province_hub.layer_tables import layers
from province_hub.registry.areas import area_of_interest
from province_hub.sample.accounts import add_demo_accounts
from province_hub.sample.communes import EPSG, CommuneShape, communes
from province_hub.sample.copying import Copier
from province_hub.sample.economic_zone import EconomicZone
from province_hub.sample.features import batches, plan_outline
from province_hub.sample.lots import fitted_cut, ground
from province_hub.sample.merging import joined
from province_hub.sample.plans import ECONOMIC_ZONE, PlanShape, Unit, commune_plan, named_plans, units
from province_hub.sample.tessellation import Borders, Cut

Progress = Callable[[str], None]

_ACTOR = "load-sample"
_NOTICE = {
    "notice_vi": "Dữ liệu mẫu – không phải ranh giới chính thức",
    "notice_en": "Sample data, no official boundary",
}
_KIND_WEIGHT = {"phường": 1.5, "xã": 1.0, "đặc khu": 0.5}
_DEMO_WEIGHT = {"22504": 1.5, "22516": 1.3}
_SEA_WEIGHT = 0.03
_COMMUNE = """
INSERT INTO hub.commune (code, name, kind, geom, area, area_km2_official, valid_from)
VALUES (%s, %s, %s, ST_GeomFromWKB(%s, %s), ST_GeomFromWKB(%s, %s), %s, '2025-07-01')
"""
_COMMUNE_PARTS = "INSERT INTO hub.commune_part SELECT code, (ST_Dump(ST_Subdivide(area, 128))).geom FROM hub.commune"
_PLAN = """
INSERT INTO hub.plan (key, code, name, level, kind, status, decision, decision_date, parent, stated_area_ha, geom, valid_from)
VALUES (%s, %s, %s, %s, %s, 'approved', %s, %s, (SELECT key FROM hub.plan WHERE code = %s), %s, ST_GeomFromWKB(%s, %s), %s)
"""


@dataclass(frozen=True)
class Summary:
    """What a load brought; ``loaded`` is false where the hub had communes already and nothing was done."""

    loaded: bool
    communes: int = 0
    plans: int = 0
    accounts: int = 0
    features: int = 0


@dataclass(frozen=True)
class Province:
    """All that is loaded, before its features are made."""

    communes: Sequence[CommuneShape]
    plans: Sequence[PlanShape]
    units: Sequence[Unit]
    shapes: dict[str, BaseGeometry]


def load(database: Database, size: int, progress: Progress) -> Summary:
    """Fill an empty hub with about ``size`` features; equal sizes give equal data. Two transactions that change layers at most.

    Raises ``InvalidData('sample.other_system')``.
    """
    with database.reading() as conn:
        if conn.execute("SELECT 1 FROM hub.commune LIMIT 1").fetchone() is not None:
            progress("The hub has communes already: nothing is loaded.")
            return Summary(loaded=False)
        _check_system(conn)
    progress("Cutting the province into plans …")
    province = made_up()
    with database.writing(_ACTOR) as conn:
        _registry(conn, province)
        accounts = add_demo_accounts(conn)
        features = _features(conn, province, size, progress)
    with database.writing(_ACTOR) as conn:
        conn.execute("ANALYZE")
    progress(f"{len(province.communes)} communes, {len(province.plans)} plans, {features} features")
    return Summary(True, len(province.communes), len(province.plans), accounts, features)


def _check_system(conn: HubConnection) -> None:
    """Raises ``InvalidData('sample.other_system')``: the sample's coordinates would be elsewhere."""
    setting = conn.execute("SELECT value FROM hub.setting WHERE name = 'crs_epsg'").fetchone()
    if setting is not None and setting["value"] != EPSG:
        raise InvalidData("sample.other_system", epsg=setting["value"])


def made_up() -> Province:
    """Communes, plans and the ground of each."""
    shapes = communes()
    named = named_plans()
    of_commune = {commune.code: commune_plan(commune, number) for number, commune in enumerate(shapes, 1)}
    ground_units = units(shapes, named, of_commune)
    plans = [*named, *of_commune.values()]
    return Province(shapes, plans, ground_units, _plan_shapes(shapes, plans, ground_units))


def _plan_shapes(shapes: Sequence[CommuneShape], plans: Sequence[PlanShape], of: Sequence[Unit]) -> dict[str, BaseGeometry]:
    by_plan: dict[str, list[BaseGeometry]] = defaultdict(list)
    for unit in of:
        by_plan[unit.plan.code].extend(shapely.get_parts(unit.ground))
    return {code: shapely.MultiPolygon(shapely.get_parts(joined(np.array(parts))).tolist()) for code, parts in by_plan.items()}


def quotas(province: Province, size: int) -> list[float]:
    """How many features each unit is to have."""
    weights = [_weight(unit) for unit in province.units]
    by_plan: dict[str, float] = defaultdict(float)
    for unit, weight in zip(province.units, weights, strict=True):
        by_plan[_budget(unit)] += weight
    rest = 1.0 - sum(plan.share for plan in province.plans)
    return [
        size * (unit.plan.share or rest) * weight / by_plan[_budget(unit)]
        for unit, weight in zip(province.units, weights, strict=True)
    ]


def _budget(unit: Unit) -> str:
    """Outlined plans have a share each; the communes' general plans have the rest together."""
    return unit.plan.code if unit.plan.outline is not None else ""


def _weight(unit: Unit) -> float:
    if unit.plan.outline is not None:
        return float(unit.ground.area) * (_SEA_WEIGHT if unit.sea else 1.0)
    kind = unit.plan.place.split()[0].lower()
    usual = _KIND_WEIGHT.get(kind, _KIND_WEIGHT["đặc khu"]) * _DEMO_WEIGHT.get(unit.commune, 1.0)
    return usual * min(1.0, float(unit.ground.area) / 10e6)


def _registry(conn: HubConnection, province: Province) -> None:
    setting = conn.execute("SELECT name, value FROM hub.setting WHERE name IN ('crs_epsg', 'area_margin_m')").fetchall()
    values = {row["name"]: row["value"] for row in setting}
    srid, margin = int(values["crs_epsg"]), float(values["area_margin_m"])
    for name, text in _NOTICE.items():
        conn.execute("UPDATE hub.setting SET value = %s WHERE name = %s", (Jsonb(text), name))
    for commune in province.communes:
        area = area_of_interest(_territory(commune, province.units), margin)
        boundary = shapely.to_wkb(commune.boundary)
        conn.execute(
            _COMMUNE,
            (commune.code, commune.name, commune.kind, boundary, srid, shapely.to_wkb(area), srid, commune.official_km2),
        )
    conn.execute(_COMMUNE_PARTS)
    for plan in province.plans:
        _plan(conn, plan, province, srid)


def _territory(commune: CommuneShape, of: Sequence[Unit]) -> BaseGeometry:
    """The commune's land, and the sea of plans that it is in charge of."""
    seas = [unit.ground for unit in of if unit.commune == commune.code and unit.part != "land"]
    return shapely.union_all([commune.boundary, *seas]) if seas else commune.boundary


def _plan(conn: HubConnection, plan: PlanShape, province: Province, srid: int) -> None:
    shape = province.shapes.get(plan.code)
    wkb = None if shape is None else shapely.to_wkb(shape)
    described = (plan.key, plan.code, plan.name, plan.level, plan.kind, plan.decision, plan.decision_date)
    conn.execute(_PLAN, (*described, plan.parent, plan.stated_area_ha, wkb, srid, plan.decision_date))
    for code in sorted(_communes_of(plan, province)):
        conn.execute("INSERT INTO hub.plan_commune (plan, commune) VALUES (%s, %s)", (plan.key, code))


def _communes_of(plan: PlanShape, province: Province) -> set[str]:
    own = {unit.commune for unit in province.units if unit.plan.code == plan.code}
    return own or {commune.code for commune in province.communes if EconomicZone.covers(plan, commune.code)}


def _features(conn: HubConnection, province: Province, size: int, progress: Progress) -> int:
    copier = Copier(conn, layers(conn))
    wanted = quotas(province, size)
    borders = Borders()
    cuts: list[Cut] = []
    for unit, features in zip(province.units, wanted, strict=True):
        cuts.append(fitted_cut(unit, features))
        borders.add(unit.ground, cuts[-1])
    functions = standard.code_lists()["land_function"]
    level1 = {code.code: code.parent or "" for code in functions}
    titles = {code.code: code.title_vi for code in functions}
    due = 0.0
    zone = EconomicZone(next(plan for plan in province.plans if plan.code == ECONOMIC_ZONE))
    for number, (unit, made, features) in enumerate(zip(province.units, cuts, wanted, strict=True), 1):
        tiled = ground(unit, made, borders)
        zone.add(unit, tiled.zones)
        due += features
        for batch in batches(tiled, level1, titles, due - copier.count):
            copier.copy(batch)
        if number % 10 == 0:
            progress(f"{number} of {len(province.units)} areas: {copier.count} features")
    _outlines(copier, province, zone)
    return copier.count


def _outlines(copier: Copier, province: Province, zone: EconomicZone) -> None:
    copier.copy(zone.zones())
    shapes = {**province.shapes, ECONOMIC_ZONE: zone.outline()}
    for plan in province.plans:
        if plan.code in shapes:
            copier.copy(plan_outline(plan, shapes[plan.code]))
