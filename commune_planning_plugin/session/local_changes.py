"""Whole rows of what was changed here, before and after, for all that looks at local changes as at a proposal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from commune_planning_plugin.core.balance import Balance
    from commune_planning_plugin.core.changes import Change
    from commune_planning_plugin.core.rules import Changed
    from commune_planning_plugin.core.schema import Values
    from commune_planning_plugin.store import Ref, WorkingCopy


def changed(copy: WorkingCopy, change: Change) -> Changed:
    """The changed feature with whole rows."""
    from commune_planning_plugin.core.rules import Changed
    from commune_planning_plugin.store import Ref

    after = None if change.new is None else copy.row(Ref(change.layer, change.key))
    before: Optional[Values] = change.old
    if change.old is not None and after is not None:
        before = {**after, **change.old}
    return Changed(copy.catalogue.layer(change.layer), change.key, before, after)


@dataclass(frozen=True)
class LocalBalance:
    """``whole`` says whether all of the plan's ground is in the working copy; else it is the balance of the part that is."""

    balance: Balance
    whole: bool


def balance_of(copy: WorkingCopy, plan: str, refs: Collection[Ref]) -> LocalBalance:
    """The balance of ``plan`` with the local changes ``refs``: what else was changed here stays as the province has it."""
    from commune_planning_plugin.core import balance as core
    from commune_planning_plugin.core.norms import norms_of

    registered = next((each for each in copy.catalogue.plans if each.key == plan), None)
    whole = registered is not None and set(registered.communes) <= {copy.identity.commune}
    pack, local = copy.catalogue.rule_pack, _Local(copy, plan, frozenset(refs))
    plots = local.sides(core.LAYER)
    balanced = core.balance(
        *(core.plots_of(side) for side in plots),
        copy.plot_sums(plan, local.touched(core.LAYER)),
        _ground(local) if whole else (None, None),
        norms_of(pack, registered.level, registered.kind) if registered is not None and whole else (),
        float(pack.get("balance_tolerance_m2", core.TOLERANCE_M2)),
    )
    return LocalBalance(balanced, whole)


class _Local:
    """Rows of one plan that were changed here; of the changes ``refs`` the new ones count afterwards."""

    def __init__(self, copy: WorkingCopy, plan: str, refs: frozenset[Ref]) -> None:
        from commune_planning_plugin.store import Ref

        self.copy, self.plan = copy, plan
        self._changes = copy.changes().changes
        self._chosen = {c.key: c for c in self._changes if Ref(c.layer, c.key) in refs}
        self._lineage = copy.proposed_lineage(self._chosen.values())

    def touched(self, layer: str) -> frozenset[str]:
        return frozenset(change.key for change in self._changes if change.layer == layer)

    def sides(self, layer: str) -> tuple[dict[str, Values], dict[str, Values]]:
        before: dict[str, Values] = {}
        after: dict[str, Values] = {}
        for change in (each for each in self._changes if each.layer == layer):
            item = changed(self.copy, change)
            chosen = self._chosen.get(change.key) is change
            for side, row in ((before, item.before), (after, item.after if chosen else item.before)):
                if row is not None and row.get("plan") == self.plan:
                    side[change.key] = row
            if change.key in after and change.key in self._lineage:
                after[change.key] = {**after[change.key], "predecessors": ",".join(self._lineage[change.key])}
        return before, after


def _ground(local: _Local) -> tuple[Optional[float], Optional[float]]:
    """What the plan's boundaries cover, before and after; None where there is no boundary."""
    from commune_planning_plugin.core.balance import BOUNDARY, ground_m2

    if BOUNDARY not in {layer.id for layer in local.copy.catalogue.layers}:
        return None, None
    touched = local.touched(BOUNDARY)
    still = {key: row for key, row in local.copy.rows_of_plan(BOUNDARY, local.plan).items() if key not in touched}
    sides = [{**still, **side} for side in local.sides(BOUNDARY)]
    before, after = (ground_m2(row["geom"] for row in side.values()) if side else None for side in sides)
    return before, after
