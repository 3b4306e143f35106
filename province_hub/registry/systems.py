"""Coordinate systems of files, told by their parameters: the same one has many names, and often no code at all.

VN-2000 reaches WGS 84 by EPSG:6960 alone, in the form that the hub's setting ``crs_proj`` carries: for points beyond its stated
area (Trường Sa) PROJ would choose something else without a word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from province_hub.database import HubConnection
from province_hub.registry.faults import refusal

Places = npt.NDArray[np.float64]
Projection = Callable[[Places], Places]

_SHIFT = (191.904, 39.303, 111.450)
"""Metres between the centres of VN-2000 and WGS 84; files carry them with either sign."""

_SCALE_OF_VN2000 = 0.9999


class ProvinceSystem:
    """The coordinate system of the hub's data; ``epsg`` is its code, ``proj`` its definition with the way to WGS 84."""

    def __init__(self, epsg: int, proj: str) -> None:
        self.epsg = epsg
        self._system = CRS.from_epsg(epsg)
        self._with_shift = CRS.from_user_input(proj)
        self._geographic = Transformer.from_crs(self._system, self._system.geodetic_crs, always_xy=True)

    @classmethod
    def of(cls, conn: HubConnection) -> ProvinceSystem:
        rows = conn.execute("SELECT name, value FROM hub.setting WHERE name IN ('crs_epsg', 'crs_proj')").fetchall()
        setting = {row["name"]: row["value"] for row in rows}
        return cls(setting["crs_epsg"], setting["crs_proj"])

    @property
    def meridian(self) -> float:
        """In degrees east."""
        return _parameters(self._system)["Longitude of natural origin"]

    @property
    def reach(self) -> float:
        """Degrees to either side of the meridian that the zone is made for."""
        return 1.5 if _parameters(self._system)["Scale factor at natural origin"] == _SCALE_OF_VN2000 else 3.0

    def degrees(self, places: Places) -> Places:
        """Longitude and latitude, VN-2000."""
        return np.column_stack(self._geographic.transform(places[:, 0], places[:, 1]))

    def projection_from(self, declared: str) -> Optional[Projection]:
        """How coordinates of the system ``declared`` get here, or None where they are here.

        Raises `FileRefused`: ``crs.unknown``, ``crs.doubtful``.
        """
        source = _read(declared)
        flat = source.source_crs if source.is_bound and source.source_crs else source
        if not _is_vn2000(source, flat):
            return _applied(Transformer.from_crs(source, self._with_shift, always_xy=True))
        if _same_projection(flat, self._system):
            return None
        return _applied(Transformer.from_crs(flat, self._system, always_xy=True))


def _applied(transformer: Transformer) -> Projection:
    return lambda places: np.column_stack(transformer.transform(places[:, 0], places[:, 1]))


def _read(declared: str) -> CRS:
    try:
        return CRS.from_user_input(declared)
    except CRSError as error:
        raise refusal("crs.unknown", crs=declared) from error


def _is_vn2000(source: CRS, flat: CRS) -> bool:
    name = (flat.datum.name if flat.datum else "").lower()
    if ("vietnam" in name or "vn" in name) and "2000" in name:
        return True
    shift = list(source.coordinate_operation.towgs84)[:3] if source.is_bound and source.coordinate_operation else []
    if len(shift) == 3 and all(abs(abs(given) - known) < 0.01 for given, known in zip(shift, _SHIFT, strict=True)):
        return True
    drawn_as_vn2000 = _parameters(flat).get("Scale factor at natural origin") == _SCALE_OF_VN2000
    if drawn_as_vn2000 and name.startswith(("world geodetic system 1984", "wgs")):
        raise refusal("crs.doubtful", crs=flat.name)
    return drawn_as_vn2000


def _parameters(system: CRS) -> dict[str, float]:
    operation = system.coordinate_operation
    return {} if operation is None else {parameter.name: float(parameter.value) for parameter in operation.params}


def _same_projection(one: CRS, other: CRS) -> bool:
    return _definition(one) == _definition(other)


def _definition(system: CRS) -> tuple[Any, ...]:
    operation, ellipsoid = system.coordinate_operation, system.ellipsoid
    size = (round(ellipsoid.semi_major_metre, 3), round(ellipsoid.inverse_flattening, 6)) if ellipsoid else None
    units = tuple(round(axis.unit_conversion_factor, 12) for axis in system.axis_info)
    parameters = {name: round(value, 9) for name, value in _parameters(system).items()}
    return (operation and operation.method_name, parameters, size, units)
