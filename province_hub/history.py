"""Everything that has happened to a feature: each revision with who, when, on which proposal and decision, and what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

from commune_planning_plugin.core.changes import same_value
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Values
from commune_planning_plugin.core.wire import encode_values
from province_hub.area import Area
from province_hub.database import HubConnection
from province_hub.errors import Problem
from province_hub.identity import Principal
from province_hub.kept_keys import kept_rightly
from province_hub.layer_tables import logged_row
from province_hub.legal_times import OF_EFFECT, PROPOSAL_OF
from province_hub.visibility import EXISTENCE_HIDDEN, level_of, visible

LISTED = 200
"""Revisions of a feature that are told at once."""

_BROUGHT_BACK = """CASE WHEN each.old IS NULL THEN EXISTS (
    SELECT FROM hub.change_log o WHERE o.layer = %(layer)s AND o.key = %(key)s AND o.id < each.id AND o.new IS NULL
      AND o.old ->> 'birth' = last.new ->> 'birth' AND (%(cleared)s OR (o.old ->> 'visibility')::int < %(hidden)s))
    ELSE false END"""
_REVISIONS = f"""
SELECT r.number AS revision, {_BROUGHT_BACK} AS again, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
       coalesce(author.full_name, actor.full_name, r.actor) AS by, each.old, each.old_shape, last.new, last.new_shape,
       p.id::text AS proposal, p.number, p.title, p.commune, {OF_EFFECT.format("r")} AS effective,
       d.number AS decision, d.date, d.effective AS effective_day, e.id IS NOT NULL AS made_effective
FROM (
    SELECT DISTINCT ON (c.transaction) c.transaction, c.id, c.old, ST_AsBinary(c.old_geom, 'NDR') AS old_shape FROM hub.change_log c
    WHERE c.layer = %(layer)s AND c.key = %(key)s ORDER BY c.transaction, c.id
) each
JOIN (
    SELECT DISTINCT ON (c.transaction) c.transaction, c.new, ST_AsBinary(c.new_geom, 'NDR') AS new_shape,
           coalesce(c.new, c.old) ->> 'plan' AS plan FROM hub.change_log c
    WHERE c.layer = %(layer)s AND c.key = %(key)s ORDER BY c.transaction, c.id DESC
) last USING (transaction)
JOIN hub.revision r USING (transaction)
LEFT JOIN LATERAL (SELECT last.new, each.old) c ON true
LEFT JOIN hub.proposal p ON p.id = coalesce(({PROPOSAL_OF}), (
    SELECT d.proposal FROM hub.decision_effect e JOIN hub.decision d ON d.id = e.decision WHERE e.wrote AND e.revision = r.number))
LEFT JOIN hub.account author ON author.id = p.author AND NOT {OF_EFFECT.format("r")}
LEFT JOIN hub.account actor ON actor.name = r.actor
LEFT JOIN hub.decision d ON d.proposal = p.id AND NOT EXISTS (SELECT FROM hub.decision n WHERE n.supersedes = d.id)
LEFT JOIN hub.decision_effect e ON e.decision = d.id
WHERE r.number < %(before)s ORDER BY r.number DESC LIMIT %(limit)s
"""
_LEVEL = """
SELECT (coalesce(c.new, c.old) ->> 'visibility')::int AS level FROM hub.change_log c
WHERE c.layer = %(layer)s AND c.key = %(key)s ORDER BY c.id DESC LIMIT 1
"""


def history(conn: HubConnection, principal: Principal, area: Area, layer: Layer, key: str, before: Optional[int]) -> dict[str, Any]:
    """The newest first; ``before`` of the answer asks for the older ones, and is null at the end.

    Rows that were hidden from the caller then are left out, and a feature that is hidden now isn't there. Raises `Problem` 404.
    """
    of_caller = {"cleared": principal.cleared, "hidden": EXISTENCE_HIDDEN}
    given = {"layer": layer.id, "key": key, "before": 1 << 62 if before is None else before, "limit": LISTED, **of_caller}
    level = (conn.execute(_LEVEL, given).fetchone() or {"level": None})["level"]
    known = level is not None and kept_rightly(conn, principal, area, (key,))
    if not known or (not principal.cleared and level >= EXISTENCE_HIDDEN):
        raise Problem(404, "not_found")
    rows = conn.execute(_REVISIONS, given).fetchall()
    told = (_entry(layer, principal, row, level) for row in rows)
    following = rows[-1]["revision"] if len(rows) == LISTED else None
    return {"layer": layer.id, "key": key, "revisions": [entry for entry in told if entry is not None], "before": following}


def _entry(layer: Layer, principal: Principal, row: Mapping[str, Any], level: int) -> Optional[dict[str, Any]]:
    old = _seen(logged_row(layer, row["old"], row["old_shape"]), level, principal.cleared)
    new = _seen(logged_row(layer, row["new"], row["new_shape"]), level, principal.cleared)
    if old is None and new is None:
        return None
    mine = row["commune"] is not None and principal.may_read(row["commune"])
    proposal = {"id": row["proposal"], "number": row["number"], "title": row["title"]} if mine else None
    named = {"number": row["decision"], "date": row["date"], "effective": row["effective_day"]}
    ruled = {**named, "made_effective": row["made_effective"]} if mine and row["decision"] is not None else None
    kind = "effective" if row["effective"] else "insert" if old is None else "delete" if new is None else "update"
    return {
        **{name: row[name] for name in ("revision", "at", "by")},
        "kind": kind,
        "again": kind == "insert" and row["again"],
        "proposal": proposal,
        "decision": ruled,
        "row": encode_values(new),
        "changed": _changed(old, new),
    }


def _seen(row: Optional[Values], level_now: int, cleared: bool) -> Optional[Values]:
    if row is None or cleared:
        return row
    return visible({**row, "visibility": max(level_of(row), level_now)}, cleared)


def _changed(old: Optional[Values], new: Optional[Values]) -> list[str]:
    if old is None or new is None:
        return []
    names = [*(name for name in new if name != GEOMETRY), GEOMETRY]
    return [name for name in names if not same_value(name, old.get(name), new.get(name))]
