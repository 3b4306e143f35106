"""Layer tables: made from a `Layer`, read and written as rows in the form that core compares and sends."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Optional, Union

import psycopg
from psycopg import sql
from psycopg.rows import tuple_row
from psycopg.types.json import Jsonb

from commune_planning_plugin.core.changes import Change, ChangeKind
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import (
    GEOMETRY,
    Field,
    FieldType,
    Layer,
    Value,
    Values,
    canonical_value,
    layer_from_json,
    layer_to_json,
)
from province_hub import application_role
from province_hub.database import HubConnection

Key = str
Parameters = Union[Sequence[Any], Mapping[str, Any]]

_BATCH = 5_000
_COLUMN_TYPES: Mapping[FieldType, str] = {
    FieldType.TEXT: "text",
    FieldType.INT16: "smallint",
    FieldType.INT32: "integer",
    FieldType.INT64: "bigint",
    FieldType.FLOAT32: "double precision",
    FieldType.FLOAT64: "double precision",
    FieldType.BOOLEAN: "boolean",
    FieldType.DATE: "date",
    FieldType.DATETIME: "timestamptz",
    FieldType.UUID: "uuid",
    FieldType.UUIDS: "uuid[]",
}
_READ: Mapping[FieldType, str] = {
    FieldType.DATE: "to_char({c}, 'YYYY-MM-DD')",
    FieldType.DATETIME: """to_char({c} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    FieldType.UUID: "{c}::text",
    FieldType.UUIDS: "CASE WHEN cardinality({c}) > 0 THEN (SELECT string_agg(u::text, ',' ORDER BY u)"
    " FROM (SELECT DISTINCT u FROM unnest({c}) u WHERE u IS NOT NULL) each) END",
}
_SENT: Mapping[FieldType, str] = {
    FieldType.INT16: "bigint[]",
    FieldType.INT32: "bigint[]",
    FieldType.INT64: "bigint[]",
    FieldType.FLOAT32: "float8[]",
    FieldType.FLOAT64: "float8[]",
    FieldType.BOOLEAN: "boolean[]",
}
_CHECKS: Mapping[FieldType, str] = {
    FieldType.TEXT: "char_length({c}) <= {length}",
    FieldType.FLOAT32: "{c} BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308",
    FieldType.FLOAT64: "{c} BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308",
    FieldType.DATE: "{c} BETWEEN '0001-01-01' AND '9999-12-31'",
    FieldType.DATETIME: "{c} BETWEEN '0001-01-02 00:00+00' AND '9999-12-30 00:00+00'",
}


def table_name(layer: Layer) -> sql.Identifier:
    """The layer's table: a dataset is a schema, the class is spelled as the standard spells it."""
    return sql.Identifier(layer.dataset, layer.name)


def srid(conn: HubConnection) -> int:
    """EPSG code of the province's coordinate system."""
    row = conn.execute("SELECT value FROM hub.setting WHERE name = 'crs_epsg'").fetchone()
    if row is None:
        raise InvalidData("hub.not_initialised")
    return int(row["value"])


def layers(conn: HubConnection) -> dict[str, Layer]:
    """All layers of the hub by id, in the order of the catalogue."""
    rows = conn.execute("SELECT definition::text FROM hub.layer ORDER BY position, id").fetchall()
    each = [_layer(row["definition"]) for row in rows]
    return {layer.id: layer for layer in each}


@lru_cache(maxsize=256)
def _layer(definition: str) -> Layer:
    return layer_from_json(json.loads(definition))


def create_layer(conn: HubConnection, layer: Layer) -> None:
    """Make the layer's table, arm its log and register it. A layer that exists is left as it is."""
    known = conn.execute("SELECT 1 FROM hub.layer WHERE id = %s", (layer.id,)).fetchone()
    if known is not None:
        return
    table = table_name(layer)
    conn.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(layer.dataset)))
    conn.execute(_definition(layer, srid(conn)))
    conn.execute(sql.SQL("CREATE INDEX ON {} USING gist (geom)").format(table))
    conn.execute(sql.SQL("CREATE INDEX ON {} (plan)").format(table))
    conn.execute("SELECT hub.track(%s::regclass)", (table.as_string(conn),))
    conn.execute(
        "INSERT INTO hub.layer (id, position, definition) SELECT %s, coalesce(max(position), 0) + 1, %s FROM hub.layer",
        (layer.id, Jsonb(layer_to_json(layer))),
    )
    application_role.follow_layer(conn, layer.id)


def _definition(layer: Layer, epsg: int) -> sql.Composed:
    columns: list[sql.Composable] = [
        sql.SQL("key uuid PRIMARY KEY DEFAULT gen_random_uuid()"),
        sql.SQL("birth uuid NOT NULL DEFAULT gen_random_uuid()"),
        sql.SQL("plan uuid NOT NULL REFERENCES hub.plan"),
    ]
    columns += [column(field) for field in layer.fields if field.name in ("valid_from", "valid_to")]
    columns.append(sql.SQL("visibility smallint NOT NULL DEFAULT 0 CHECK (visibility BETWEEN 0 AND 2)"))
    columns.append(sql.SQL("predecessors uuid[]"))
    columns += [column(field) for field in layer.legal_fields]
    shape = sql.SQL("geom geometry({}, {}) CHECK (NOT ST_IsEmpty(geom))")
    columns.append(shape.format(sql.SQL(layer.geometry.value), sql.Literal(epsg)))
    columns.append(sql.SQL("CHECK (valid_to >= valid_from)"))
    return sql.SQL("CREATE TABLE {} ({})").format(table_name(layer), sql.SQL(", ").join(columns))


def column(field: Field) -> sql.Composable:
    """The column's definition: name, type and what its values must be."""
    name = sql.Identifier(field.name)
    typed = sql.SQL("{} {}").format(name, sql.SQL(_COLUMN_TYPES[field.type]))
    check = _CHECKS.get(field.type)
    if check is None or (field.type is FieldType.TEXT and field.length is None):
        return typed
    return sql.SQL("{} CHECK ({})").format(typed, sql.SQL(check).format(c=name, length=sql.Literal(field.length)))


def row_columns(layer: Layer, alias: str = "l") -> sql.Composed:
    """The select list that gives a row in canonical form: attributes in the order of ``layer.fields``, then the geometry's WKB."""
    columns = [_read(field, sql.Identifier(alias, field.name)) for field in layer.fields]
    columns.append(sql.SQL("ST_AsBinary({}, 'NDR')").format(sql.Identifier(alias, GEOMETRY)))
    return sql.SQL(", ").join(columns)


def _read(field: Field, column: sql.Identifier) -> sql.Composable:
    return sql.SQL(_READ.get(field.type, "{c}")).format(c=column)


def read_rows(
    conn: HubConnection, layer: Layer, condition: sql.Composable, params: Parameters = (), limit: Optional[int] = None
) -> dict[Key, Values]:
    """Whole rows by key, in order of key. ``condition`` knows the table as ``l``; its placeholders take ``params``."""
    query = sql.SQL("SELECT l.key::text, {} FROM {} l WHERE {} ORDER BY l.key").format(
        row_columns(layer), table_name(layer), condition
    )
    if limit is not None:
        query += sql.SQL(" LIMIT {}").format(sql.Literal(limit))
    names = [field.name for field in layer.fields] + [GEOMETRY]
    with conn.cursor(binary=True, row_factory=tuple_row) as cursor:
        cursor.execute(query, params)
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in cursor}


def lock_rows(conn: HubConnection, layer: Layer, keys: Sequence[Key]) -> None:
    """Hold rows against every other edit until the transaction ends; in the same order, whoever does it."""
    query = sql.SQL("SELECT 1 FROM {} l WHERE l.key = ANY(%s::uuid[]) ORDER BY l.key FOR UPDATE").format(table_name(layer))
    conn.execute(query, (list(keys),)).fetchall()


def write_rows(conn: HubConnection, layer: Layer, changes: Sequence[Change]) -> None:
    """Put ``changes`` into the layer's table, many rows to a statement.

    Raises ``InvalidData('change.mismatch')`` where a feature to insert exists, or one to update or delete doesn't.
    """
    by_shape: dict[tuple[ChangeKind, tuple[str, ...]], list[Change]] = defaultdict(list)
    for change in changes:
        names = () if change.kind is ChangeKind.DELETE else tuple(sorted(change.touched))
        by_shape[change.kind, names].append(change)
    order = list(ChangeKind.__members__.values())[::-1]
    epsg = srid(conn)
    for (kind, names), alike in sorted(by_shape.items(), key=lambda item: order.index(item[0][0])):
        for start in range(0, len(alike), _BATCH):
            _write(conn, layer, epsg, kind, names, alike[start : start + _BATCH])


def _write(conn: HubConnection, layer: Layer, epsg: int, kind: ChangeKind, names: tuple[str, ...], alike: list[Change]) -> None:
    statement = {ChangeKind.INSERT: _insert, ChangeKind.UPDATE: _update, ChangeKind.DELETE: _delete}[kind](layer, names, epsg)
    params: list[Any] = [[change.key for change in alike]]
    for name in names:
        params.append([_plain(layer, name, (change.new or {})[name]) for change in alike])
    try:
        written = conn.execute(statement, params).rowcount
    except psycopg.errors.UniqueViolation as error:
        raise InvalidData("change.mismatch", layer=layer.id, reason=str(error.diag.message_detail)) from error
    if written != len(alike):
        raise InvalidData("change.mismatch", layer=layer.id, expected=len(alike), found=written)


def _plain(layer: Layer, name: str, value: Value) -> Value:
    real = name != GEOMETRY and _field(layer, name).type in (FieldType.FLOAT32, FieldType.FLOAT64)
    return float(value) if real and isinstance(value, int) else value


def _field(layer: Layer, name: str) -> Field:
    field = layer.by_name.get(name)
    if field is None:
        raise InvalidData("field.unknown", layer=layer.id, field=name)
    return field


def _insert(layer: Layer, names: tuple[str, ...], epsg: int) -> sql.Composed:
    return sql.SQL("INSERT INTO {} (key, {}) SELECT v.key::uuid, {} FROM {}").format(
        table_name(layer),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(_written(layer, name, epsg) for name in names),
        _values(layer, names),
    )


def _update(layer: Layer, names: tuple[str, ...], epsg: int) -> sql.Composed:
    settings = [sql.SQL("{} = {}").format(sql.Identifier(name), _written(layer, name, epsg)) for name in names]
    return sql.SQL("UPDATE {} l SET {} FROM {} WHERE l.key = v.key::uuid").format(
        table_name(layer), sql.SQL(", ").join(settings), _values(layer, names)
    )


def _delete(layer: Layer, names: tuple[str, ...], epsg: int) -> sql.Composed:
    return sql.SQL("DELETE FROM {} WHERE key = ANY(%s::uuid[])").format(table_name(layer))


def _values(layer: Layer, names: tuple[str, ...]) -> sql.Composed:
    arrays = [sql.SQL("%s::text[]")]
    for name in names:
        arrays.append(sql.SQL("%s::bytea[]" if name == GEOMETRY else "%s::" + _SENT.get(_field(layer, name).type, "text[]")))
    columns = [sql.Identifier("key"), *map(sql.Identifier, names)]
    return sql.SQL("unnest({}) v ({})").format(sql.SQL(", ").join(arrays), sql.SQL(", ").join(columns))


def _written(layer: Layer, name: str, epsg: int) -> sql.Composable:
    column = sql.Identifier("v", name)
    if name == GEOMETRY:
        return sql.SQL("ST_GeomFromWKB({}, {})").format(column, sql.Literal(epsg))
    field = _field(layer, name)
    if field.type is FieldType.UUIDS:
        return sql.SQL("string_to_array({}, ',')::uuid[]").format(column)
    return sql.SQL("{}::{}").format(column, sql.SQL(_COLUMN_TYPES[field.type]))


def logged_row(layer: Layer, plain: Optional[Mapping[str, Any]], shape: Optional[bytes]) -> Optional[dict[str, Value]]:
    """A row of ``hub.change_log`` (JSON and WKB, as `ST_AsBinary` gives it) in canonical form.

    Attributes that the layer didn't have then are None; ones that it no longer has are left out.
    """
    if plain is None:
        return None
    row = {field.name: canonical_value(field, plain.get(field.name)) for field in layer.fields}
    return {**row, GEOMETRY: shape}
