"""bal.closes_boundary, bal.before_after_equal_total, bal.norm: what the land-fund balance of a whole plan says against a change.

They are about a plan, so their key is its key. What was so before is a remark: a change isn't blamed for what it didn't do. What a
finding about the tiling says with its place isn't said again as a sum.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from commune_planning_plugin.core.balance import BOUNDARY, FUNCTION_FIELDS, LAYER, Balance
from commune_planning_plugin.core.rules import gaps, overlaps
from commune_planning_plugin.core.rules.findings import Case, Changed, Finding, Severity

CLOSES, EQUAL, NORM = "bal.closes_boundary", "bal.before_after_equal_total", "bal.norm"
_SIGNS = {gaps.RULE: 1.0, overlaps.RULE: -1.0}
"""What a square metre of theirs does to the ground that the plots leave uncovered."""


def find(case: Case, said: Sequence[Finding]) -> Iterator[Finding]:
    """``said`` is what the other rules found."""
    for plan, balanced in sorted(case.balances.items()):
        yield from findings(balanced, plan, _said_m2(case, said, plan))


def concerns(changes: Iterable[Changed]) -> frozenset[str]:
    """The plans whose balance is another one by ``changes``; all others needn't be summed."""
    return frozenset(
        str(row.get("plan"))
        for item in changes
        if item.layer.id in (LAYER, BOUNDARY) and _counts(item)
        for row in (item.before, item.after)
        if row is not None
    )


def _counts(item: Changed) -> bool:
    functions = [[row.get(name) for name in FUNCTION_FIELDS] for row in (item.before or {}, item.after or {})]
    return item.moved or functions[0] != functions[1]


def _said_m2(case: Case, said: Sequence[Finding], plan: str) -> float:
    own = {item.key for item in case.changed for row in (item.before, item.after) if row is not None and row.get("plan") == plan}
    about = (each for each in said if each.layer == LAYER and each.key in own and each.rule in _SIGNS)
    return math.fsum(_SIGNS[each.rule] * float(each.details["area_m2"]) for each in about)


def findings(balanced: Balance, plan: str, said_m2: float = 0.0) -> list[Finding]:
    """``said_m2`` is how much of the uncovered ground findings about the tiling name already."""
    found = [*_closing(balanced, plan, said_m2)]
    if not any(each.severity is Severity.ERROR for each in found):
        found += _total(balanced, plan, said_m2)
    return [*found, *_norms(balanced, plan)]


def _closing(balanced: Balance, plan: str, said_m2: float) -> Iterator[Finding]:
    left, left_before, tolerance = balanced.after.remainder_m2, balanced.before.remainder_m2, balanced.tolerance_m2
    if left is None or abs(left) <= tolerance or abs(left - said_m2) <= tolerance:
        return
    known = left_before is not None and abs(left - said_m2) <= abs(left_before) + tolerance
    details = {"remainder_m2": round(left, 2), "ground_m2": round(balanced.after.ground_m2 or 0.0, 2)}
    yield Finding(CLOSES, Severity.WARNING if known else Severity.ERROR, LAYER, plan, details)


def _total(balanced: Balance, plan: str, said_m2: float) -> Iterator[Finding]:
    """An error where nobody knows which ground is to be covered; else it is nearer to that ground than before, or `_closing` says
    so."""
    before, after, tolerance = balanced.before, balanced.after, balanced.tolerance_m2
    moved = after.ground_m2 - before.ground_m2 if after.ground_m2 is not None and before.ground_m2 is not None else None
    grown = after.total_m2 - before.total_m2
    rest = grown - (moved or 0.0)
    if abs(rest) > tolerance and abs(rest + said_m2) > tolerance:
        details = {"difference_m2": round(grown, 2), "before_m2": round(before.total_m2, 2), "after_m2": round(after.total_m2, 2)}
        yield Finding(EQUAL, Severity.ERROR if moved is None else Severity.WARNING, LAYER, plan, details)


def _norms(balanced: Balance, plan: str) -> Iterator[Finding]:
    for result in balanced.norms:
        if not result.met_after:
            severity = Severity.WARNING if result.met_before else Severity.INFO
            yield Finding(NORM, severity, LAYER, plan, result.to_json())
