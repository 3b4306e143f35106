"""What is in a snapshot: every layer's rows that meet the area and may be seen, and what the desk shows around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Optional

from psycopg import sql
from psycopg.rows import tuple_row

from commune_planning_plugin.core.columns import KEY_TYPE, declared_type
from commune_planning_plugin.core.schema import Layer
from province_hub.area import Area, meets
from province_hub.database import HubConnection
from province_hub.geopackage import FeatureTable, GeoPackageWriter, SpatialReference
from province_hub.layer_tables import layers, row_columns, table_name
from province_hub.visibility import masked, row_condition

_SPATIAL_REFERENCE = "SELECT srid, coalesce(auth_name, 'NONE') AS authority, srtext FROM spatial_ref_sys WHERE srid = %s"
_REVISION_TIME = """
SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM hub.revision ORDER BY number DESC LIMIT 1
"""
_HEADER = sql.SQL(
    "'\\x47500002'::bytea || int4send({srid}) || float8send(ST_XMin({g})) || float8send(ST_XMax({g}))"
    " || float8send(ST_YMin({g})) || float8send(ST_YMax({g}))"
)
"""A GeoPackage blob up to its WKB: big-endian, with the envelope."""
_COMMUNES = FeatureTable("planning_ref_commune", "MULTIPOLYGON", (("code", "TEXT(5)"), ("name", "TEXT"), ("kind", "TEXT")))
_PLANS = FeatureTable(
    "planning_ref_plan",
    "MULTIPOLYGON",
    (("key", "TEXT(36)"), ("code", "TEXT"), ("name", "TEXT"), ("parent", "TEXT(36)")),
)
_ROWS = "SELECT {header}, l.key::text, {columns} FROM {table} l WHERE {seen} AND {meets} ORDER BY l.geom, l.key"
_CHUNK = 200

_Row = tuple[Any, ...]


def write(conn: HubConnection, path: Path, area: Area, cleared: bool) -> int:
    """Write the GeoPackage at ``path``, all of the one revision that ``conn`` sees; how many features its layers have."""
    time = conn.execute(_REVISION_TIME).fetchone() or {}
    writer = GeoPackageWriter(path, _reference(conn, area.srid), time["at"])
    try:
        features = sum(_write_layer(conn, writer, layer, area, cleared) for layer in layers(conn).values())
        _write_references(conn, writer, area)
        writer.finish()
    finally:
        writer.close()
    return features


def _reference(conn: HubConnection, srid: int) -> SpatialReference:
    row = conn.execute(_SPATIAL_REFERENCE, (srid,)).fetchone() or {}
    name = row["srtext"].split('"')[1]
    return SpatialReference(srid, row["authority"], name, row["srtext"])


def _write_layer(conn: HubConnection, writer: GeoPackageWriter, layer: Layer, area: Area, cleared: bool) -> int:
    names = [field.name for field in layer.fields]
    columns = (("key", KEY_TYPE), *((field.name, declared_type(field)) for field in layer.fields))
    table = FeatureTable(layer.table, layer.geometry.value.upper(), columns)
    query = sql.SQL(
        "SELECT {header}, l.key::text, {columns} FROM {table} l WHERE {seen} AND {meets} ORDER BY l.geom, l.key"
    ).format(
        header=_header(area, sql.Identifier("l", "geom")),
        columns=row_columns(layer),
        table=table_name(layer),
        seen=row_condition(cleared),
        meets=meets(sql.Identifier("l", "geom")),
    )
    mask = None if cleared else masked(["geom", "key", *names])
    writer.create(table)
    return writer.insert(table, _rows(conn, query, area, mask))


def _write_references(conn: HubConnection, writer: GeoPackageWriter, area: Area) -> None:
    """The commune with those that touch its area, and the plans that meet it."""
    for table, query in (
        (_COMMUNES, "SELECT {header}, l.code, l.name, l.kind, ST_AsBinary(l.geom, 'NDR') FROM hub.commune l"),
        (_PLANS, "SELECT {header}, l.key::text, l.code, l.name, l.parent::text, ST_AsBinary(l.geom, 'NDR') FROM hub.plan l"),
    ):
        geometry = sql.Identifier("l", "geom")
        whole = sql.SQL(query + " WHERE {meets} ORDER BY l.code").format(header=_header(area, geometry), meets=meets(geometry))
        writer.create(table)
        writer.insert(table, _rows(conn, whole, area, None))


def _header(area: Area, geometry: sql.Composable) -> sql.Composed:
    return _HEADER.format(srid=sql.Literal(area.srid), g=geometry)


def _rows(conn: HubConnection, query: sql.Composed, area: Area, mask: Optional[Callable[[_Row], _Row]]) -> Iterator[_Row]:
    """Rows of (blob, attributes …), streamed; the query gives (blob's header, attributes …, WKB)."""
    with conn.cursor(row_factory=tuple_row) as cursor:
        for row in cursor.stream(query, area.parameters, binary=True, size=_CHUNK):
            whole = (row[0] + row[-1], *row[1:-1])
            yield whole if mask is None else mask(whole)
