"""Vector files as offices have them, written by GDAL."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

WEST, SOUTH, SIDE = 600_000, 1_400_000, 1_000
"""The tiny province's first commune, EPSG:9217."""


def square(column: int, row: int = 0, side: float = SIDE) -> BaseGeometry:
    """Of the grid of squares whose first two are the tiny province's communes."""
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    return shapely.box(west, south, west + side, south + side)


def write(
    path: Path, shapes: Sequence[BaseGeometry | None], crs: str | None = "EPSG:9217", layer: str = "x", **fields: Any
) -> Path:
    """``fields`` are columns by name."""
    wkb = np.array([None if shape is None else shapely.to_wkb(shape) for shape in shapes], dtype=object)
    columns = [np.array(values, dtype=object if isinstance(values[0], str) else None) for values in fields.values()]
    options = {} if path.suffix == ".geojson" else {"layer": layer}
    pyogrio.raw.write(path, wkb, columns, list(fields), geometry_type="Unknown", crs=crs, append=path.exists(), **options)
    return path
