"""The decisions of one pull about one tiling layer, taken together: none of them may tear the tiling silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Optional

import shapely

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GEOMETRY
from commune_planning_plugin.core.seams import Ground, Sides, torn
from commune_planning_plugin.store import gpkg
from commune_planning_plugin.store.deciding import Context, Decision
from commune_planning_plugin.store.gpkg import Bounds
from commune_planning_plugin.store.rows import Raw

Raws = tuple[Optional[Raw], Optional[Raw], Optional[Raw]]
"""My row, the province's, and the one that is to be written."""


def settled(context: Context, decisions: Mapping[str, Decision]) -> dict[str, Decision]:
    """``decisions`` with those that would tear a tiling made conflicts. Costs nothing where no geometry was merged per vertex."""
    merged = {key for key, decision in decisions.items() if decision.reshaped}
    if not merged or not context.layer.tiling:
        return dict(decisions)
    kept = {key for key, decision in decisions.items() if _clashes(decision)} - merged
    plan = context.table.columns.index("plan")
    sides = {key: Sides(*(_ground(raw, plan) for raw in raws)) for key, raws in _around(context, decisions, merged | kept)}
    back = torn(sides, merged, kept)
    return {key: context.decide(each.change, whole=True) if key in back else each for key, each in decisions.items()}


def _clashes(decision: Decision) -> bool:
    conflict = decision.conflict
    return conflict is not None and (conflict.about_existence or GEOMETRY in conflict.attributes)


def suspicious(decisions: Mapping[str, Decision]) -> list[Bounds]:
    """Bounds, on every side, of what has to be looked at with its surroundings; none where nothing was merged per vertex."""
    if not any(decision.reshaped for decision in decisions.values()):
        return []
    return [box for each in decisions.values() if each.reshaped or _clashes(each) for box in _boxes(_raws(each))]


def _around(context: Context, decisions: Mapping[str, Decision], suspects: Iterable[str]) -> Iterator[tuple[str, Raws]]:
    """All features, by key, that on any side meet a suspect's bounds on any side."""
    known = {key: _raws(each) for key, each in decisions.items()}
    boxes = list(dict.fromkeys(box for key in suspects for box in _boxes(known[key])))
    seen: set[int] = set()
    for box in boxes:
        for stored in context.table.near(box):
            if stored.fid in seen:
                continue
            seen.add(stored.fid)
            if stored.key is not None and stored.key not in known:
                known[stored.key] = (stored.raw, context.province(stored.key, stored), stored.raw)
    for stored in context.table.originals():
        if stored.key is not None and stored.key not in known:
            known[stored.key] = (None, stored.raw, None)
    tree = shapely.STRtree([shapely.box(*box) for box in boxes])
    for key, raws in known.items():
        if any(len(tree.query(shapely.box(*box))) for box in _boxes(raws)):
            yield key, raws


def _raws(decision: Decision) -> Raws:
    return decision.seen.current, decision.province, decision.seen.current if decision.keep else decision.mine


def _boxes(raws: Raws) -> list[Bounds]:
    found = (gpkg.envelope(raw[0]) for raw in raws if raw is not None and raw[0] is not None)
    return [box for box in found if box is not None]


def _ground(raw: Optional[Raw], plan: int) -> Optional[Ground]:
    if raw is None or raw[0] is None:
        return None
    try:
        return Ground(str(raw[plan]), gpkg.wkb_of(raw[0]))
    except InvalidData:
        return None
