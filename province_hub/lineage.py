"""What became of a plan between two moments, as the caller may see both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from commune_planning_plugin.core import geometry, lineage
from commune_planning_plugin.core.lineage import Fate, Sum, Traced
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Values
from province_hub import as_of
from province_hub.as_of import Moment, Place
from province_hub.database import HubConnection
from province_hub.visibility import EXISTENCE_HIDDEN

MOST = 50_000
"""Features of a plan, on each side."""

NAMES = ("kyHieuLoDat", "tenDoiTuong", "tenMocGioi", "kyHieu", "maDoiTuong")

_FORMER = """
SELECT DISTINCT ON (c.key) c.key::text, c.new -> 'predecessors' AS predecessors FROM hub.change_log c
WHERE c.layer = %(layer)s AND c.key = ANY(%(keys)s::uuid[]) AND jsonb_typeof(c.new -> 'predecessors') = 'array'
  AND (%(cleared)s OR (c.new ->> 'visibility')::int < %(hidden)s)
ORDER BY c.key, c.id DESC
"""
_AGAIN = """
SELECT k.key::text FROM unnest(%(keys)s::uuid[]) k (key) WHERE EXISTS (
    SELECT FROM hub.change_log c WHERE c.layer = %(layer)s AND c.key = k.key AND c.new IS NULL
      AND (%(cleared)s OR (c.old ->> 'visibility')::int < %(hidden)s))
"""
_GENERATIONS = 20


def lineage_of(conn: HubConnection, layer: Layer, place: Place, before: Moment, after: Moment) -> dict[str, Any]:
    """Counts and areas of each class on both sides, and every feature that isn't kept as it was. A new one is there ``again``
    where it had been removed and was brought back.

    Raises `Problem` 413 ``too_large`` where the plan has more than `MOST` features.
    """
    old, new = (dict(as_of.only(as_of.features(conn, layer, place, at), MOST)) for at in (before, after))
    found = lineage.lineage(old, new, _between(conn, layer, place.cleared, old, new))
    arrived = [each.key for each in found.after if each.fate is Fate.NEW]
    given = {"layer": layer.id, "keys": arrived, "cleared": place.cleared, "hidden": EXISTENCE_HIDDEN}
    again = {row["key"] for row in conn.execute(_AGAIN, given)}
    return {
        "before": as_of.described(conn, before),
        "after": as_of.described(conn, after),
        "sums": {side: _sums(sums) for side, sums in zip(("before", "after"), found.sums, strict=True)},
        "former": [_shown(each, old) for each in found.before if each.fate is not Fate.KEPT],
        "present": [{**_shown(each, new), "again": each.key in again} for each in found.after if each.fate is not Fate.KEPT],
    }


def _between(
    conn: HubConnection, layer: Layer, cleared: bool, old: Mapping[str, Values], new: Mapping[str, Values]
) -> dict[str, str]:
    """Predecessors of features that came and went between: only those that lead on are asked for, generation by generation."""
    found: dict[str, str] = {}
    wanted = _named(str(row["predecessors"] or "") for row in new.values()) - old.keys()
    for _ in range(_GENERATIONS):
        if not wanted:
            break
        given = {"layer": layer.id, "keys": sorted(wanted), "cleared": cleared, "hidden": EXISTENCE_HIDDEN}
        told = {row["key"]: ",".join(row["predecessors"]) for row in conn.execute(_FORMER, given)}
        found.update(told)
        wanted = _named(told.values()) - old.keys() - found.keys()
    return found


def _named(lists: Iterable[str]) -> set[str]:
    return {key for each in lists for key in each.split(",") if key}


def _sums(sums: Mapping[Fate, Sum]) -> dict[str, Any]:
    return {fate.value: {"count": each.count, "area": each.area} for fate, each in sorted(sums.items())}


def _shown(each: Traced, rows: Mapping[str, Values]) -> dict[str, Any]:
    row = rows[each.key]
    shape = row[GEOMETRY]
    bounds = list(geometry.bounds(shape)) if isinstance(shape, bytes) else None
    return {
        "key": each.key,
        "fate": each.fate.value,
        "area": each.area,
        "others": list(each.others),
        **named(row),
        "bounds": bounds,
    }


def named(row: Values) -> dict[str, Any]:
    """What a person may know the feature by."""
    return {name: row.get(name) for name in NAMES}
