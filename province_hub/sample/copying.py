"""Bringing rows into layer tables by COPY: keys, codes and derived attributes are filled in on the way."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from psycopg import sql

from commune_planning_plugin.core.schema import Derived, Field, GeometryType, Layer
from province_hub.database import HubConnection
from province_hub.layer_tables import srid, table_name
from province_hub.sample.features import Batch
from province_hub.sample.plans import PlanShape

_COLLECTIONS: Mapping[GeometryType, Callable[[list[Any]], Any]] = {
    GeometryType.LINES: shapely.MultiLineString,
    GeometryType.POLYGONS: shapely.MultiPolygon,
}
_MEASURES = (Derived.AREA, Derived.LENGTH)
_SYSTEM = ("key", "birth", "plan", "valid_from", "visibility")


class Copier:
    """Writes batches in one transaction; equal batches in equal order get equal keys."""

    def __init__(self, conn: HubConnection, layers: Mapping[str, Layer]) -> None:
        self.count = 0
        self._conn = conn
        self._layers = layers
        self._srid = srid(conn)
        self._random = np.random.default_rng(2026)
        self._numbers: Counter[tuple[str, str]] = Counter()

    def copy(self, batch: Batch) -> None:
        if not len(batch.rows):
            return
        layer = self._layers[batch.layer]
        columns = [*_SYSTEM, *(field.name for field in layer.legal_fields), "geom"]
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table_name(layer), names)
        with self._conn.cursor() as cursor, cursor.copy(statement) as target:
            for row in self._rows(layer, batch):
                target.write_row(row)
        self.count += len(batch.rows)

    def _rows(self, layer: Layer, batch: Batch) -> Iterator[list[Any]]:
        shapes = _collected(layer, batch.shapes)
        hexadecimal = shapely.to_wkb(shapely.set_srid(shapes, self._srid), hex=True, include_srid=True)
        measures = {field.name: _measured(field, shapes) for field in layer.legal_fields if field.derived in _MEASURES}
        always = _always(batch.plan)
        keys, births = self._uuids(len(shapes)), self._uuids(len(shapes))
        for index, row in enumerate(batch.rows):
            values = {**always, **row, "maDoiTuong": self._code(batch.plan, layer)}
            values.update((name, each[index]) for name, each in measures.items())
            yield [
                keys[index],
                births[index],
                batch.plan.key,
                batch.plan.decision_date,
                values.get("visibility", 0),
                *(values.get(field.name) for field in layer.legal_fields),
                hexadecimal[index],
            ]

    def _code(self, plan: PlanShape, layer: Layer) -> str:
        self._numbers[plan.code, layer.id] += 1
        return f"{plan.code}-{layer.name}-{self._numbers[plan.code, layer.id]}"

    def _uuids(self, number: int) -> list[str]:
        raw = self._random.bytes(16 * number)
        return [str(uuid.UUID(bytes=raw[start : start + 16], version=4)) for start in range(0, len(raw), 16)]


def _always(plan: PlanShape) -> dict[str, Any]:
    return {
        "maThongTinQH": plan.info_code,
        "maHoSoQH": plan.code,
        "loaiQuyHoach": plan.kind,
        "loaiDieuChinh": plan.adjustment,
        "capDoQuyHoach": plan.level,
    }


def _measured(field: Field, shapes: NDArray[np.object_]) -> list[float]:
    values = shapely.area(shapes) if field.derived is Derived.AREA else shapely.length(shapes)
    return [round(float(value), 2) for value in values]


def _collected(layer: Layer, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Single parts as collections of one."""
    collection = _COLLECTIONS.get(layer.geometry)
    if collection is None:
        return shapes
    made = np.empty(len(shapes), dtype=object)
    made[:] = [shape if shape.geom_type.startswith("Multi") else collection([shape]) for shape in shapes]
    return made
