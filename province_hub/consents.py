"""Which other communes a version reaches into, and whether their heads have consented.

Plans cross borders: outside one's own commune is no wall, but the other commune has a say. What only features show whose existence
is restricted is ``veiled``: nobody is asked about it who may not know of it, and the province decides.
"""

from __future__ import annotations

from collections.abc import Mapping

from commune_planning_plugin.core.schema import GEOMETRY
from province_hub.database import HubConnection
from province_hub.layer_tables import srid
from province_hub.reviewing import Item, Judgement

Grounds = Mapping[str, bool]
"""Other communes by code; True where the ground is veiled."""

_GROUNDS = """
SELECT c.code, bool_and(w.veiled) AS veiled
FROM unnest(%(shapes)s::bytea[], %(veiled)s::boolean[]) w (shape, veiled)
CROSS JOIN LATERAL (SELECT ST_MakeValid(ST_GeomFromWKB(w.shape, %(srid)s)) AS geom) f
JOIN hub.commune own ON own.code = %(commune)s AND NOT ST_Covers(own.geom, f.geom)
JOIN hub.commune c ON c.code <> own.code AND c.geom && f.geom AND ST_Intersects(c.geom, f.geom)
WHERE CASE ST_Dimension(f.geom) WHEN 2 THEN ST_Area(ST_Intersection(c.geom, f.geom)) > 1 ELSE NOT ST_Touches(c.geom, f.geom) END
GROUP BY c.code
"""
_FORGET = "DELETE FROM hub.proposal_commune WHERE proposal = %s AND version = %s"
_NOTE = "INSERT INTO hub.proposal_commune (proposal, version, commune, veiled) VALUES (%s, %s, %s, %s)"


def grounds(conn: HubConnection, commune: str, judgement: Judgement) -> Grounds:
    """Communes besides ``commune`` in which a changed feature lies, lay, or would lie, whether it was moved or not."""
    found = {(shape, item.restricted) for item in judgement.items for shape in _shapes(item)}
    shapes = sorted(found)
    parameters = {"shapes": [s for s, _ in shapes], "veiled": [v for _, v in shapes], "srid": srid(conn), "commune": commune}
    return {row["code"]: row["veiled"] for row in conn.execute(_GROUNDS, parameters)}


def _shapes(item: Item) -> list[bytes]:
    sides = (item.change.old, item.change.new, item.before, item.after)
    shapes = [values.get(GEOMETRY) for values in sides if values is not None]
    return [shape for shape in shapes if isinstance(shape, bytes)]


def note(conn: HubConnection, proposal: str, version: int, found: Grounds) -> None:
    """Keep what a version reaches into, instead of what was kept of it before."""
    conn.execute(_FORGET, (proposal, version))
    for commune, veiled in sorted(found.items()):
        conn.execute(_NOTE, (proposal, version, commune, veiled))
