"""attr.function_code_in_list: coded attributes hold a code of their list. A wrong code that was there before is a warning."""

from __future__ import annotations

from collections.abc import Iterator

from commune_planning_plugin.core.rules.findings import Case, Finding, Severity
from commune_planning_plugin.core.schema import Layer, Values

RULE = "attr.function_code_in_list"


def find(case: Case) -> Iterator[Finding]:
    for item in case.changed:
        if item.after is None:
            continue
        known = _wrong(case, item.layer, item.before or {})
        for name, value in _wrong(case, item.layer, item.after).items():
            severity = Severity.WARNING if known.get(name) == value else Severity.ERROR
            details = {"field": name, "value": value, "list": item.layer.by_name[name].code_list}
            yield Finding(RULE, severity, item.layer.id, item.key, details)


def _wrong(case: Case, layer: Layer, row: Values) -> dict[str, str]:
    """Coded attributes whose value isn't in their list, which must be known."""
    wrong = {}
    for field in layer.legal_fields:
        value = row.get(field.name)
        valid = case.codes.get(field.code_list or "")
        if valid is not None and isinstance(value, str) and value and value not in valid:
            wrong[field.name] = value
    return wrong
