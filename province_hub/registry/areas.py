"""What each commune receives, made anew when its boundary or the plans on it change."""

from __future__ import annotations

from collections.abc import Collection

import shapely
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core.geometry import snapped
from province_hub.database import HubConnection

_SIMPLIFICATION = 20.0

_GROUND = """
SELECT c.code, ST_SRID(c.geom) AS srid, ST_AsBinary(c.geom) AS land, ST_AsBinary(c.area) AS area,
       ST_AsBinary(p.plans) AS plans,
       ST_AsBinary((SELECT ST_Union(n.geom) FROM hub.commune n WHERE n.geom && p.plans)) AS all_land
FROM hub.commune c LEFT JOIN LATERAL (
    SELECT ST_Union(ST_MakeValid(p.geom)) AS plans
    FROM hub.plan p JOIN hub.plan_commune l ON l.plan = p.key WHERE l.commune = c.code
) p ON true
WHERE c.code = ANY(%s) ORDER BY c.code
"""
_UPDATE = "UPDATE hub.commune SET area = ST_GeomFromWKB(%s, %s), area_epoch = area_epoch + 1 WHERE code = %s"
_PARTS = """
INSERT INTO hub.commune_part SELECT code, (ST_Dump(ST_Subdivide(area, 128))).geom FROM hub.commune WHERE code = %s
"""


def area_of_interest(territory: BaseGeometry, margin: float) -> BaseGeometry:
    """What a commune receives: ``territory`` and ``margin`` metres around it, with few vertices at most 50 m narrower."""
    rough = shapely.simplify(territory, _SIMPLIFICATION)
    wide = shapely.simplify(shapely.buffer(rough, margin, quad_segs=4), _SIMPLIFICATION)
    parts = shapely.get_parts(snapped(wide))
    return shapely.MultiPolygon(parts.tolist())


def renew(conn: HubConnection, communes: Collection[str], moved: Collection[str] = ()) -> list[str]:
    """Compute the areas of ``communes`` and count up the epoch of those whose area is another, or whose boundary ``moved``.

    Returns their codes: their desks' next pull fetches the area whole.
    """
    setting = conn.execute("SELECT value FROM hub.setting WHERE name = 'area_margin_m'").fetchone()
    margin = float(setting["value"]) if setting else 0.0
    changed = []
    for row in conn.execute(_GROUND, (list(communes),)).fetchall():
        area = shapely.to_wkb(area_of_interest(_territory(row["land"], row["plans"], row["all_land"]), margin))
        if area != bytes(row["area"]) or row["code"] in moved:
            conn.execute(_UPDATE, (area, row["srid"], row["code"]))
            conn.execute("DELETE FROM hub.commune_part WHERE commune = %s", (row["code"],))
            conn.execute(_PARTS, (row["code"],))
            changed.append(row["code"])
    return changed


def _territory(land: bytes, plans: bytes | None, all_land: bytes | None) -> BaseGeometry:
    """The commune's land, and the sea of its plans: what of them is nobody's land."""
    own = shapely.from_wkb(land)
    if plans is None or all_land is None:
        return own
    return shapely.union(own, shapely.difference(shapely.from_wkb(plans), shapely.from_wkb(all_land)))
