"""Attributes of a layer that others hold copies of: what can be added and changed without anybody having to begin anew.

A default is no more than an ordinary edit of all features there are: logged, numbered, and it reaches the communes by the feed.
Removing an attribute or giving it another type is left to whoever has told the communes before: see ``store/evolving.py``.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, Optional

from psycopg import sql
from psycopg.types.json import Jsonb

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import (
    GEOMETRY,
    Field,
    FieldType,
    Layer,
    Value,
    canonical_value,
    layer_from_json,
    layer_to_json,
)
from province_hub.database import HubConnection
from province_hub.layer_tables import column, table_name

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}")
_RESERVED = frozenset({"fid", "ogc_fid", "rowid", "key", GEOMETRY})
_CHECKS_OF = """
SELECT c.conname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]
WHERE c.conrelid = %s::regclass AND c.contype = 'c' AND a.attname = %s
"""


def add_field(conn: HubConnection, layer_id: str, field: Field) -> None:
    """Give a layer another attribute; features that are there get its default, in a revision of their own.

    Raises ``InvalidData``: ``layer.absent``, ``field.name``, ``field.type``, ``field.exists``, ``field.length``,
    ``code_list.unknown``, and as `canonical_value` for the default.
    """
    layer = _locked(conn, layer_id)
    _check(conn, layer, field)
    field = replace(field, default=canonical_value(field, field.default))
    conn.execute(sql.SQL("ALTER TABLE {} ADD COLUMN {}").format(table_name(layer), column(field)))
    if field.default is not None:
        _fill(conn, layer, field)
    _define(conn, replace(layer, legal_fields=(*layer.legal_fields, field)))


def change_field(conn: HubConnection, layer_id: str, name: str, **changed: Any) -> None:
    """Give an attribute another title, code list, group, necessity or a larger ``length``: the names are those of `Field`.

    Raises ``InvalidData``: ``layer.absent``, ``field.unknown``, ``field.length``, ``code_list.unknown``.
    """
    layer = _locked(conn, layer_id)
    known = next((field for field in layer.legal_fields if field.name == name), None)
    if known is None:
        raise InvalidData("field.unknown", layer=layer_id, field=name)
    field = replace(known, **changed)
    _check_length(field)
    _check_list(conn, field)
    if field.length != known.length:
        if known.length is None or (field.length is not None and field.length < known.length):
            raise InvalidData("field.length", field=name)
        _limit(conn, layer, field)
    _define(conn, replace(layer, legal_fields=tuple(field if each.name == name else each for each in layer.legal_fields)))


def parsed(field: Field, text: Optional[str]) -> Value:
    """A value as somebody types it. Raises ``InvalidData`` as `canonical_value`."""
    if text is None or field.type in (FieldType.TEXT, FieldType.DATE, FieldType.DATETIME, FieldType.UUID):
        return canonical_value(field, text)
    try:
        return canonical_value(field, json.loads(text))
    except ValueError as error:
        raise InvalidData("value.type", field=field.name, value=text) from error


def _locked(conn: HubConnection, layer_id: str) -> Layer:
    row = conn.execute("SELECT definition FROM hub.layer WHERE id = %s FOR UPDATE", (layer_id,)).fetchone()
    if row is None:
        raise InvalidData("layer.absent", layer=layer_id)
    return layer_from_json(row["definition"])


def _check(conn: HubConnection, layer: Layer, field: Field) -> None:
    """SQLite knows no capitals in names, and a column that somebody made by hand isn't taken over with what is in it."""
    if not _NAME.fullmatch(field.name) or field.name.lower() in _RESERVED or field.name.lower().startswith("planning_"):
        raise InvalidData("field.name", field=field.name)
    if field.type is FieldType.UUIDS:  # lineage, and nothing else
        raise InvalidData("field.type", field=field.name)
    columns = conn.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        (table_name(layer).as_string(conn),),
    )
    if field.name.lower() in {row["attname"].lower() for row in columns}:
        raise InvalidData("field.exists", layer=layer.id, field=field.name)
    _check_length(field)
    _check_list(conn, field)


def _check_length(field: Field) -> None:
    if field.length is not None and (field.type is not FieldType.TEXT or field.length < 1):
        raise InvalidData("field.length", field=field.name)


def _check_list(conn: HubConnection, field: Field) -> None:
    if field.code_list and conn.execute("SELECT 1 FROM hub.code WHERE list = %s", (field.code_list,)).fetchone() is None:
        raise InvalidData("code_list.unknown", list=field.code_list)


def _fill(conn: HubConnection, layer: Layer, field: Field) -> None:
    """The default of the column is for who writes rows by SQL; a new feature's row is whole when the hub writes it."""
    names = {"t": table_name(layer), "c": sql.Identifier(field.name), "v": sql.Literal(field.default)}
    conn.execute(sql.SQL("ALTER TABLE {t} ALTER COLUMN {c} SET DEFAULT {v}").format(**names))
    conn.execute(sql.SQL("UPDATE {t} SET {c} = {v}").format(**names))


def _limit(conn: HubConnection, layer: Layer, field: Field) -> None:
    """Put the column's checks anew."""
    table = table_name(layer)
    for row in conn.execute(_CHECKS_OF, (table.as_string(conn), field.name)).fetchall():
        conn.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(table, sql.Identifier(row["conname"])))
    if field.length is not None:
        statement = sql.SQL("ALTER TABLE {} ADD CHECK (char_length({}) <= {})")
        conn.execute(statement.format(table, sql.Identifier(field.name), sql.Literal(field.length)))


def _define(conn: HubConnection, layer: Layer) -> None:
    conn.execute("UPDATE hub.layer SET definition = %s WHERE id = %s", (Jsonb(layer_to_json(layer)), layer.id))
