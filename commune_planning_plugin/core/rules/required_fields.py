"""t16.required6: the attributes that Circular 16/2025/TT-BXD, Annex II, asks of every feature are filled in.

Codes that the hub allocates are not asked for. What was missing before the change as well is a warning: a change isn't
refused for what it didn't do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from commune_planning_plugin.core.rules.findings import Case, Finding, Severity
from commune_planning_plugin.core.schema import Field, Layer, Values

RULE = "t16.required6"


def find(case: Case) -> Iterator[Finding]:
    for item in case.changed:
        if item.after is None:
            continue
        missing = _missing(item.layer, item.after)
        known = _missing(item.layer, item.before) if item.before is not None else []
        for severity, names in (
            (Severity.ERROR, [name for name in missing if name not in known]),
            (Severity.WARNING, [name for name in missing if name in known]),
        ):
            if names:
                yield Finding(RULE, severity, item.layer.id, item.key, {"fields": names})


def _missing(layer: Layer, row: Values) -> list[str]:
    return [field.name for field in layer.legal_fields if _asked(field) and _blank(row, field)]


def _asked(field: Field) -> bool:
    return field.required and not field.allocated and field.derived is None


def _blank(row: Values, field: Field) -> bool:
    value: Optional[object] = row.get(field.name)
    return value is None or (isinstance(value, str) and not value.strip())
