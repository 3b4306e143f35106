"""Any vector file that GDAL reads, brought into the province's coordinate system and onto its grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FieldError
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GeometryType
from commune_planning_plugin.core.text import readable
from province_hub.registry.faults import Fault, FileRefused, refusal
from province_hub.registry.systems import Projection, ProvinceSystem

_VIETNAM = (101.0, 5.0, 118.0, 24.0)
"""West, south, east, north in degrees, with all islands."""


@dataclass(frozen=True)
class Source:
    """``layer``, ``crs`` and ``encoding`` are what the file says itself, unless given."""

    path: Path
    layer: Optional[str] = None
    crs: Optional[str] = None
    encoding: Optional[str] = None


@dataclass(frozen=True)
class Polygon:
    """One feature: texts in NFC without blanks around, ``shape`` a valid multipolygon in the province's system."""

    place: str
    values: Mapping[str, Any]
    shape: BaseGeometry


def read_polygons(source: Source, system: ProvinceSystem, wanted: Mapping[str, str]) -> list[Polygon]:
    """All features with their fields ``wanted``: the name by which the caller knows each → the file's field.

    Raises `FileRefused` with all that is wrong: ``file.unreadable``, ``file.layer``, ``file.field``, ``file.empty``,
    ``crs.…`` and for single features ``geometry.…``.
    """
    layer = _layer(source)
    meta, numbers, shapes, columns = _read(source, layer)
    fields = dict(zip(meta["fields"], columns, strict=True))
    missing = [name for name in wanted.values() if name not in fields]
    if missing:
        raise refusal("file.field", names=", ".join(missing), fields=", ".join(fields) or "none")
    if len(numbers) == 0:
        raise refusal("file.empty", layer=layer)
    projection = _projection(source, meta["crs"], system)
    features = list(_features(numbers, shapes, {option: fields[name] for option, name in wanted.items()}, projection))
    faults = [feature for feature in features if isinstance(feature, Fault)]
    if faults:
        raise FileRefused(*faults)
    polygons = [feature for feature in features if isinstance(feature, Polygon)]
    _check_whereabouts(polygons, system, source)
    return polygons


def plain(value: Any) -> str:
    """A field's value as a person reads it; empty for nothing."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        value = int(value)
    return " ".join(readable(str(value)).split())


def _layer(source: Source) -> str:
    if not source.path.is_file() and not source.path.is_dir():
        raise refusal("file.missing", path=source.path)
    try:
        names = [str(name) for name in pyogrio.list_layers(source.path)[:, 0]]
    except DataSourceError as error:
        raise refusal("file.unreadable", path=source.path) from error
    if source.layer in names:
        return str(source.layer)
    if source.layer is None and len(names) == 1:
        return names[0]
    raise refusal("file.layer", path=source.path, layers=", ".join(names) or "none")


def _read(source: Source, layer: str) -> Any:
    try:
        return pyogrio.raw.read(source.path, layer=layer, encoding=source.encoding, return_fids=True)
    except (DataSourceError, DataLayerError, FieldError, CRSError, LookupError, ValueError) as error:
        raise refusal("file.unreadable", path=source.path) from error


def _projection(source: Source, declared: Optional[str], system: ProvinceSystem) -> Optional[Projection]:
    crs = source.crs or declared
    if not crs:
        raise refusal("crs.missing", path=source.path)
    return system.projection_from(crs)


def _features(numbers: Any, shapes: Any, fields: Mapping[str, Any], projection: Optional[Projection]) -> Iterator[Polygon | Fault]:
    for index, number in enumerate(numbers):
        place = f"feature {number}"
        try:
            shape = _shape(shapes[index], projection)
        except InvalidData as error:
            yield Fault(error.code, place, error.details)
        else:
            yield Polygon(place, {option: plain(column[index]) for option, column in fields.items()}, shape)


def _shape(wkb: Optional[bytes], projection: Optional[Projection]) -> BaseGeometry:
    """Raises ``InvalidData``: ``geometry.empty``, ``geometry.type``, ``geometry.not_finite``, ``geometry.invalid`` …"""
    if wkb is None:
        raise InvalidData("geometry.empty")
    read = geometry.read(wkb)
    if projection is not None:
        read = shapely.transform(shapely.force_2d(read), projection)
    shape = geometry.read(geometry.normalised(geometry.written(read), GeometryType.POLYGONS))
    if not shape.is_valid:
        raise InvalidData("geometry.invalid", reason=shapely.is_valid_reason(shape))
    return shape


def _check_whereabouts(polygons: list[Polygon], system: ProvinceSystem, source: Source) -> None:
    """A wrong coordinate system puts everything somewhere else: abroad, or a zone away."""
    bounds = shapely.bounds([polygon.shape for polygon in polygons])
    middles = system.degrees((bounds[:, :2] + bounds[:, 2:]) / 2)
    west, south, east, north = _VIETNAM
    inside = (middles[:, 0] >= west) & (middles[:, 0] <= east) & (middles[:, 1] >= south) & (middles[:, 1] <= north)
    if not inside.all():
        abroad = [polygon for polygon, good in zip(polygons, inside, strict=True) if not good]
        raise FileRefused(*(Fault("crs.abroad", polygon.place) for polygon in abroad))
    away = float(np.median(middles[:, 0])) - system.meridian
    if abs(away) > system.reach and source.crs is None:
        raise refusal("crs.away", degrees=round(abs(away), 1), meridian=system.meridian)
