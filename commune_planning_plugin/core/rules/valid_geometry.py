"""geom.valid: each shape is there and is simple, as OGC 06-103r4 asks; says where it isn't."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Optional

import shapely

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.rules.findings import Bounds, Case, Finding, Severity
from commune_planning_plugin.core.schema import GEOMETRY, Value

RULE = "geom.valid"
_PLACE = re.compile(r"^(?P<reason>[^\[]*)\[(?P<x>\S+) (?P<y>\S+)\]$")


def find(case: Case) -> Iterator[Finding]:
    for item in case.changed:
        if item.after is None:
            continue
        wrong = _wrong(item.after.get(GEOMETRY))
        if wrong is not None:
            reason, place = wrong
            yield Finding(RULE, Severity.ERROR, item.layer.id, item.key, {"reason": reason}, place)


def _wrong(shape: Value) -> Optional[tuple[str, Optional[Bounds]]]:
    """GEOS's own word for what is wrong, and where; None where nothing is."""
    if not isinstance(shape, bytes):
        return "missing", None
    try:
        read = geometry.read(shape)
    except InvalidData:
        return "unreadable", None
    if read.is_empty:
        return "empty", None
    said = str(shapely.is_valid_reason(read))
    if said == "Valid Geometry":
        return None
    match = _PLACE.match(said)
    if match is None:
        return said, geometry.bounds(shape)
    x, y = float(match["x"]), float(match["y"])
    return match["reason"], (x, y, x, y)
