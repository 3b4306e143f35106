"""What each revision changed in a commune's area, as the caller may see it now: the way to what isn't on any map any more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.schema import GEOMETRY, Layer
from province_hub.area import Area, meets
from province_hub.database import HubConnection
from province_hub.errors import Problem
from province_hub.identity import Principal
from province_hub.layer_tables import layers, logged_row
from province_hub.legal_times import OF_EFFECT
from province_hub.lineage import named
from province_hub.visibility import EXISTENCE_HIDDEN, visible

LISTED = 50
"""Revisions that are told at once."""
FEATURES_LISTED = 500
LOOKED_THROUGH = 2_000
"""Revisions that one question goes back over: on a large province most of them are of other communes."""

_OLD, _NEW = sql.Identifier("c", "old_geom"), sql.Identifier("c", "new_geom")
_SEEN = sql.SQL(
    "((%(cleared)s OR (c.old ->> 'visibility')::int < %(hidden)s) AND {old}"
    " OR (%(cleared)s OR (c.new ->> 'visibility')::int < %(hidden)s) AND {new})"
    " AND (%(cleared)s OR (SELECT (coalesce(n.new, n.old) ->> 'visibility')::int FROM hub.change_log n"
    " WHERE n.layer = c.layer AND n.key = c.key ORDER BY n.id DESC LIMIT 1) < %(hidden)s)"
).format(old=meets(_OLD), new=meets(_NEW))
_REVISIONS = sql.SQL(
    """
SELECT r.number AS revision, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
       coalesce(actor.full_name, r.actor) AS by, {effect} AS effective, p.id::text AS proposal, p.number, p.title, p.commune
FROM hub.revision r LEFT JOIN hub.account actor ON actor.name = r.actor
LEFT JOIN LATERAL (
    SELECT q.* FROM hub.proposal q WHERE q.revision = r.number ORDER BY q.commune <> %(commune)s, q.number LIMIT 1) p ON true
WHERE r.number > %(floor)s AND r.number < %(before)s
  AND EXISTS (SELECT FROM hub.change_log c WHERE c.transaction = r.transaction AND {seen})
ORDER BY r.number DESC LIMIT %(limit)s
"""
).format(effect=sql.SQL(OF_EFFECT.format("r")), seen=_SEEN)
_FLOOR = """
SELECT min(number) AS floor FROM (
    SELECT number FROM hub.revision WHERE number < %(before)s ORDER BY number DESC LIMIT %(reach)s) nearest
"""
_FEATURES = sql.SQL(
    """
SELECT each.layer, each.key::text, first.old, ST_AsBinary(first.old_geom, 'NDR') AS old_shape, last.new,
       ST_AsBinary(last.new_geom, 'NDR') AS new_shape
FROM (
    SELECT c.layer, c.key, min(c.id) AS first, max(c.id) AS last FROM hub.change_log c
    WHERE c.transaction = (SELECT transaction FROM hub.revision WHERE number = %(revision)s)
      AND (c.layer, c.key) > (%(layer)s, %(key)s::uuid) AND {seen}
    GROUP BY c.layer, c.key ORDER BY c.layer, c.key LIMIT %(limit)s
) each
JOIN hub.change_log first ON first.id = each.first JOIN hub.change_log last ON last.id = each.last ORDER BY each.layer, each.key
"""
).format(seen=_SEEN)


def revisions(conn: HubConnection, principal: Principal, area: Area, before: Optional[int]) -> dict[str, Any]:
    """The newest first; ``before`` of the answer asks for the older ones, and is null at the end. A page may be short or empty."""
    given = {**_given(principal, area), "before": 1 << 62 if before is None else before, "limit": LISTED, "reach": LOOKED_THROUGH}
    floor = (conn.execute(_FLOOR, given).fetchone() or {})["floor"]
    if floor is None:
        return {"revisions": [], "before": None}
    rows = conn.execute(_REVISIONS, {**given, "floor": floor - 1}).fetchall()
    reached = rows[-1]["revision"] if len(rows) == LISTED else floor
    return {"revisions": [_told(principal, row) for row in rows], "before": reached if reached > 1 else None}


def _told(principal: Principal, row: Mapping[str, Any]) -> dict[str, Any]:
    mine = row["commune"] is not None and principal.may_read(row["commune"])
    proposal = {"id": row["proposal"], "number": row["number"], "title": row["title"]} if mine else None
    return {**{name: row[name] for name in ("revision", "at", "by", "effective")}, "proposal": proposal}


def features(conn: HubConnection, principal: Principal, area: Area, revision: int, after: tuple[str, str]) -> dict[str, Any]:
    """Each feature that the revision changed, in the order of layer and key from ``after`` on. ``next`` of the answer is the last
    one's layer and key, null at the end. Raises `Problem` 404 where there is no such revision."""
    if conn.execute("SELECT FROM hub.revision WHERE number = %s", (revision,)).fetchone() is None:
        raise Problem(404, "not_found")
    given = {**_given(principal, area), "revision": revision, "layer": after[0], "key": after[1], "limit": FEATURES_LISTED}
    rows, schema = conn.execute(_FEATURES, given).fetchall(), layers(conn)
    told = [_feature(schema[row["layer"]], principal, row) for row in rows if row["layer"] in schema]
    following = [rows[-1]["layer"], rows[-1]["key"]] if len(rows) == FEATURES_LISTED else None
    return {"revision": revision, "features": told, "next": following}


def _feature(layer: Layer, principal: Principal, row: Mapping[str, Any]) -> dict[str, Any]:
    """Names and place are of the side that the caller may see."""
    each = (logged_row(layer, row[side], row[f"{side}_shape"]) for side in ("old", "new"))
    old, new = (visible(one, principal.cleared) for one in each)
    shown = new or old or {}
    shape = shown.get(GEOMETRY)
    return {
        "layer": layer.id,
        "key": row["key"],
        "kind": "insert" if old is None else "delete" if new is None else "update",
        **named(shown),
        "bounds": list(geometry.bounds(shape)) if isinstance(shape, bytes) else None,
    }


def _given(principal: Principal, area: Area) -> dict[str, Any]:
    return {"cleared": principal.cleared, "hidden": EXISTENCE_HIDDEN, **area.parameters}
