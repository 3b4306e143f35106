"""How an attribute is declared in a GeoPackage: in the hub's snapshots, and in what the desk adds to a working copy itself."""

from __future__ import annotations

from collections.abc import Mapping

from commune_planning_plugin.core.schema import Field, FieldType

_TYPES: Mapping[FieldType, str] = {
    FieldType.TEXT: "TEXT",
    FieldType.INT16: "SMALLINT",
    FieldType.INT32: "MEDIUMINT",
    FieldType.INT64: "INTEGER",
    FieldType.FLOAT32: "REAL",
    FieldType.FLOAT64: "REAL",
    FieldType.BOOLEAN: "BOOLEAN",
    FieldType.DATE: "DATE",
    FieldType.DATETIME: "DATETIME",
    FieldType.UUID: "TEXT(36)",
    FieldType.UUIDS: "TEXT",
}

KEY_TYPE = "TEXT(36)"


def declared_type(field: Field) -> str:
    """The column type in the GeoPackage's words."""
    kind = _TYPES[field.type]
    return f"{kind}({field.length})" if field.length and field.type is FieldType.TEXT else kind
