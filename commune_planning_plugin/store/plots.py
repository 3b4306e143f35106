"""A plan's plots in the working copy, summed by land function: what the land-fund balance doesn't need one by one."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Collection
from typing import Optional

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.balance import FUNCTION_FIELDS, Extent, areas_m2
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY, Layer
from commune_planning_plugin.store import gpkg
from commune_planning_plugin.store.sql import quoted
from commune_planning_plugin.store.tracking import KEY

_AT_ONCE = 5_000


def sums(
    connection: sqlite3.Connection, layer: Layer, plan: str, without: Collection[str], apart: Optional[geometry.Ground] = None
) -> dict[str, Extent]:
    """By land function, the ground of the plan's features of ``layer`` that aren't among the keys ``without``; what lies ``apart``
    doesn't count."""
    names = ", ".join(quoted(name) for name in (KEY, GEOMETRY, *FUNCTION_FIELDS) if name in (KEY, GEOMETRY, *layer.names))
    found = connection.execute(f"SELECT {names} FROM {quoted(layer.table)} WHERE plan = ?", (plan,))
    areas: dict[str, list[float]] = {}
    while fetched := found.fetchmany(_AT_ONCE):
        rows = [row for row in fetched if row[0] not in without]
        for row, area in zip(rows, areas_m2([_wkb(row[1]) for row in rows], apart)):
            areas.setdefault(next((str(code) for code in row[2:] if code), ""), []).append(area)
    return {function: Extent(math.fsum(each), len(each)) for function, each in areas.items()}


def _wkb(blob: object) -> bytes:
    try:
        return gpkg.wkb_of(blob) if blob is not None else b""
    except InvalidData:
        return b""
