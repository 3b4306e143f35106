"""A commune's area of interest: its boundary and a margin. What intersects it goes to the commune's working copies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg import sql

from province_hub.database import HubConnection
from province_hub.errors import Problem

_AREA = """
SELECT area_epoch, ST_SRID(area) AS srid, ST_XMin(area) AS xmin, ST_YMin(area) AS ymin, ST_XMax(area) AS xmax, ST_YMax(area) AS ymax
FROM hub.commune WHERE code = %s
"""
_NEAR = sql.SQL("{g} && %(envelope)s::geometry")
_MEETS = sql.SQL(
    "({g} && %(envelope)s::geometry AND EXISTS"
    " (SELECT FROM hub.commune_part part WHERE part.commune = %(commune)s AND ST_Intersects(part.geom, {g})))"
)


@dataclass(frozen=True)
class Area:
    """``epoch`` counts the changes of the boundary; ``envelope`` is EWKT whose box is the area's."""

    commune: str
    epoch: int
    srid: int
    envelope: str

    @property
    def parameters(self) -> dict[str, Any]:
        """What the conditions `near` and `meets` need."""
        return {"commune": self.commune, "envelope": self.envelope}


def area_of(conn: HubConnection, commune: str) -> Area:
    """Raises `Problem` 404 ``commune.unknown``."""
    row = conn.execute(_AREA, (commune,)).fetchone()
    if row is None:
        raise Problem(404, "commune.unknown", commune=commune)
    corners = f"{row['xmin']!r} {row['ymin']!r},{row['xmax']!r} {row['ymax']!r}"
    return Area(commune, row["area_epoch"], row["srid"], f"SRID={row['srid']};LINESTRING({corners})")


def meets(geometry: sql.Composable) -> sql.Composed:
    """The SQL condition that ``geometry`` intersects the area."""
    return _MEETS.format(g=geometry)


def near(geometry: sql.Composable) -> sql.Composed:
    """A cheap condition that all that `meets` the area fulfils too."""
    return _NEAR.format(g=geometry)
