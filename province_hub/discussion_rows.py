"""Acts of discussions as the database has them, and what of them a caller may not know."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import sql

from commune_planning_plugin.core.discussion import Act, ActKind, Ref, Side
from province_hub.database import HubConnection
from province_hub.identity import Principal
from province_hub.layer_tables import layers, srid, table_name
from province_hub.levels import Subject, levels
from province_hub.moments import written
from province_hub.visibility import EXISTENCE_HIDDEN, PUBLIC

Row = Mapping[str, Any]

SELECT = """
SELECT k.id::text, k.number, k.proposal::text, k.version, k.kind, k.side, k.organisation::text, k.at, k.thread::text,
       k.request::text, k.layer, k.key::text, k.hidden, k.says, k.body, k.hash, k.actor::text AS actor_id,
       a.name AS actor, a.full_name AS actor_name
FROM hub.discussion_act k JOIN hub.account a ON a.id = k.actor
"""
_OF_VERSIONS = """
SELECT v.proposal::text, c ->> 'layer' AS layer, coalesce(v.rekeyed ->> (c ->> 'key'), c ->> 'key') AS key
FROM hub.proposal_version v, jsonb_array_elements(v.content -> 'changes') c
WHERE v.proposal = ANY(%s::uuid[])
  AND greatest((c -> 'new' ->> 'visibility')::int, (c -> 'old' ->> 'visibility')::int, 0) > %s
"""
_CHANGED = """
SELECT 1 FROM hub.proposal_version v, jsonb_array_elements(v.content -> 'changes') c
WHERE v.proposal = %s AND v.number = %s AND c ->> 'layer' = %s AND coalesce(v.rekeyed ->> (c ->> 'key'), c ->> 'key') = %s
"""
_MEETS = "SELECT 1 FROM {} l WHERE l.visibility >= {} AND ST_Intersects(l.geom, ST_GeomFromWKB(%(place)s, {}))"


def act_of(row: Row) -> Act:
    moment: datetime = row["at"]
    return Act(
        row["id"],
        ActKind(row["kind"]),
        row["version"],
        json.loads(row["body"]),
        row["actor"],
        row["actor_name"],
        Side(row["side"]),
        row["organisation"],
        written(moment),
    )


def of_proposals(conn: HubConnection, proposals: Collection[str], kinds: Iterable[ActKind] = ActKind) -> list[Row]:
    """In the order in which they were said, within each proposal."""
    query = SELECT + "WHERE k.proposal = ANY(%s::uuid[]) AND k.kind = ANY(%s) ORDER BY k.number"
    return [*conn.execute(query, (list(proposals), [kind.value for kind in kinds]))] if proposals else []


def shown(conn: HubConnection, principal: Principal, rows: Sequence[Row]) -> list[Row]:
    """``rows`` without what is about features or places that the caller may not know wholly."""
    if principal.cleared:
        return list(rows)
    unseen = hidden(conn, {_subject(row) for row in rows if row["key"] is not None})
    return [row for row in rows if not row["hidden"] and _subject(row) not in unseen]


def hidden(conn: HubConnection, subjects: Collection[Subject]) -> set[Subject]:
    """Those of ``subjects`` that aren't wholly public: by any version of the proposal, or in the layers, now or meanwhile."""
    if not subjects:
        return set()
    proposals = sorted({proposal for proposal, _, _ in subjects})
    stated = {_subject(row) for row in conn.execute(_OF_VERSIONS, (proposals, PUBLIC))}
    return stated & set(subjects) | levels(conn, subjects).keys()


def _subject(row: Row) -> Subject:
    return row["proposal"], row["layer"], row["key"]


def is_changed(conn: HubConnection, principal: Principal, proposal: str, version: int, ref: Ref) -> bool:
    """Whether the version changes the feature, and the caller may know of it."""
    if conn.execute(_CHANGED, (proposal, version, *ref)).fetchone() is None:
        return False
    return principal.cleared or not hidden(conn, [(proposal, *ref)])


def meets_hidden(conn: HubConnection, place: bytes) -> bool:
    """Whether there is something at the place whose existence not everyone may know."""
    epsg = sql.Literal(srid(conn))
    each = (sql.SQL(_MEETS).format(table_name(layer), sql.Literal(EXISTENCE_HIDDEN), epsg) for layer in layers(conn).values())
    return conn.execute(sql.SQL(" UNION ALL ").join(each) + sql.SQL(" LIMIT 1"), {"place": place}).fetchone() is not None
