"""Whole rows of what was changed here, before and after, for all that looks at local changes as at a proposal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from commune_planning_plugin.core.balance import Balance
    from commune_planning_plugin.core.changes import Change
    from commune_planning_plugin.core.geometry import Ground
    from commune_planning_plugin.core.rules import Changed
    from commune_planning_plugin.core.schema import Plan, Values
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
    whole = is_whole(copy, plan)
    pack, local, apart = copy.catalogue.rule_pack, _Local(copy, plan, frozenset(refs)), _apart(registered)
    plots = local.sides(core.LAYER)
    balanced = core.balance(
        *(core.plots_of(side, apart) for side in plots),
        copy.plot_sums(plan, local.touched(core.LAYER), apart),
        _ground(local, registered, apart) if registered is not None and whole else (None, None),
        norms_of(pack, registered.level, registered.kind) if registered is not None and whole else (),
        float(pack.get("balance_tolerance_m2", core.TOLERANCE_M2)),
    )
    return LocalBalance(balanced, whole)


def judged_balances(copy: WorkingCopy, plan: Optional[str], changes: Collection[Changed]) -> dict[str, Balance]:
    """For the rules, as the hub has them: the plan's, where ``changes`` make it another one and all of its ground is here."""
    from commune_planning_plugin.core.rules.land_balance import concerns
    from commune_planning_plugin.store import Ref

    if plan is None or plan not in concerns(changes) or not is_whole(copy, plan):
        return {}
    return {plan: balance_of(copy, plan, [Ref(item.layer.id, item.key) for item in changes]).balance}


def is_whole(copy: WorkingCopy, plan: str) -> bool:
    """Whether all of the plan's ground is in the working copy."""
    registered = next((each for each in copy.catalogue.plans if each.key == plan), None)
    return registered is not None and set(registered.communes) <= {copy.identity.commune}


def _apart(registered: Optional[Plan]) -> Optional[Ground]:
    """The plan's no-work area, inside of which nothing counts."""
    from base64 import b64decode

    from commune_planning_plugin.core.geometry import Ground

    area = registered.no_work_area if registered is not None else None
    return Ground(b64decode(area)) if area is not None else None


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


def _ground(local: _Local, registered: Plan, apart: Optional[Ground]) -> tuple[Optional[float], Optional[float]]:
    """What the plots are to cover, before and after: the plan's boundary as a feature where there is one, else as registered."""
    from commune_planning_plugin.core.balance import BOUNDARY, ground_m2

    sides = [{}, {}]
    if BOUNDARY in {layer.id for layer in local.copy.catalogue.layers}:
        touched = local.touched(BOUNDARY)
        still = {key: row for key, row in local.copy.rows_of_plan(BOUNDARY, local.plan).items() if key not in touched}
        sides = [{**still, **side} for side in local.sides(BOUNDARY)]
    rows = ([row["geom"] for row in side.values()] for side in sides)
    before, after = (ground_m2(shapes, apart) if shapes else registered.ground_m2 for shapes in rows)
    return before, after
