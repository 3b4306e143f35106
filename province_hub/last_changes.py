"""Who changed features last, for who has to decide between that and changes of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from province_hub.database import HubConnection
from province_hub.identity import Principal

_LAST = """
SELECT last.key, last.revision, last.at, coalesce(p.author, a.full_name, last.actor) AS by, p.title, p.commune,
       p.author IS NULL AS direct
FROM (
    SELECT DISTINCT ON (c.key) c.key::text, r.number AS revision, r.actor, coalesce(c.new, c.old) AS row,
           to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at
    FROM hub.change_log c JOIN hub.revision r USING (transaction)
    WHERE c.layer = %(layer)s AND c.key = ANY(%(keys)s::uuid[]) AND r.number <= %(to)s
    ORDER BY c.key, r.number DESC, c.id DESC
) last
LEFT JOIN hub.account a ON a.name = last.actor
LEFT JOIN LATERAL (
    SELECT b.full_name AS author, q.title, q.commune FROM hub.proposal q JOIN hub.account b ON b.id = q.author
    WHERE q.revision = last.revision ORDER BY q.plan::text = last.row ->> 'plan' DESC, q.number LIMIT 1
) p ON true
WHERE %(cleared)s OR coalesce((last.row ->> 'visibility')::int, 0) = 0 ORDER BY last.key
"""
"""Of linked proposals that made one revision it is the one of the feature's plan."""


def last_changes(conn: HubConnection, principal: Principal, layer: str, keys: Sequence[str], to: int) -> list[dict[str, Any]]:
    """Of each feature, up to the revision ``to``: revision, time, the author's name, whether the database was edited directly (by
    no proposal), and the proposal's title where its commune is the caller's to read.

    ``keys`` are ones that the caller may ask about; what is restricted is left out for who isn't cleared.
    """
    given = {"layer": layer, "keys": list(keys), "to": to, "cleared": principal.cleared}
    return [
        {
            "key": row["key"],
            "revision": row["revision"],
            "at": row["at"],
            "by": row["by"],
            "direct": row["direct"],
            "title": row["title"] if row["commune"] is not None and principal.may_read(row["commune"]) else None,
        }
        for row in conn.execute(_LAST, given)
    ]
