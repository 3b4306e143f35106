"""Values as people type them into one line, and back: numbers with comma or point, days as day/month/year."""

from __future__ import annotations

import re

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import Field, FieldType, Value, canonical_value

_WHOLE = (FieldType.INT16, FieldType.INT32, FieldType.INT64)
_REAL = (FieldType.FLOAT32, FieldType.FLOAT64)
_STORED_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(.*)", re.DOTALL)


def typed(field: Field, text: str) -> Value:
    """In canonical form; None for nothing. Raises ``InvalidData`` where it is none of the attribute's values."""
    if not text.strip():
        return None
    return canonical_value(field, _raw(field, text if field.type is FieldType.TEXT else text.strip()))


def written(field: Field, value: Value) -> str:
    """What `typed` reads back as ``value``; empty for nothing."""
    if value is None:
        return ""
    if field.type in (FieldType.DATE, FieldType.DATETIME):
        return _STORED_DAY.sub(r"\3/\2/\1", str(value), count=1)
    if field.type in _REAL:
        return repr(value)
    return str(value)


def _raw(field: Field, text: str) -> object:
    try:
        if field.type in _WHOLE:
            return int(text.replace(" ", ""))
        if field.type in _REAL:
            return float(text.replace(" ", "").replace(",", "."))
    except ValueError as error:
        raise InvalidData("value.type", field=field.name) from error
    if field.type in (FieldType.DATE, FieldType.DATETIME) and (day := _DAY.fullmatch(text)):
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}{day[4]}"
    return text
