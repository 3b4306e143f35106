"""The planning rules, the same in QGIS and in the hub: one module for each, all judging the same `Case`.

A rule takes a case and yields findings; what one rule can't read another one reports, so no feature stops the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

from commune_planning_plugin.core.balance import Balance
from commune_planning_plugin.core.changes import Rows
from commune_planning_plugin.core.rules import function_codes, gaps, land_balance, overlaps, required_fields, valid_geometry
from commune_planning_plugin.core.rules.findings import Bounds, Case, Changed, Finding, Severity

__all__ = ["RULES", "Bounds", "Case", "Changed", "Finding", "Severity", "check"]

RULES = (valid_geometry.find, required_fields.find, function_codes.find, overlaps.find, gaps.find)


def check(
    changed: Sequence[Changed],
    surroundings: Mapping[str, Rows],
    codes: Mapping[str, frozenset[str]],
    rule_pack: Mapping[str, Any],
    balances: Optional[Mapping[str, Balance]] = None,
) -> list[Finding]:
    """What all rules say about ``changed``, in a fixed order. See `Case` for the arguments."""
    case = Case(tuple(sorted(changed, key=lambda item: (item.layer.id, item.key))), surroundings, codes, rule_pack, balances or {})
    found = [finding for rule in RULES for finding in rule(case)]
    found += land_balance.find(case, found)
    return sorted(found, key=lambda f: (f.rule, f.layer, f.key, f.place or (), repr(f.details)))
