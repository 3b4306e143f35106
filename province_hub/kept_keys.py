"""Which features outside its area a working copy may ask about: else any key would tell about any commune.

It costs a look into the log by key (an index) for each of the few keys, and into the caller's own proposals for what is left.
"""

from __future__ import annotations

from psycopg import sql

from province_hub.area import Area, meets
from province_hub.database import HubConnection
from province_hub.identity import Principal
from province_hub.visibility import EXISTENCE_HIDDEN

_OLD, _NEW = sql.Identifier("c", "old_geom"), sql.Identifier("c", "new_geom")
_BEFORE = sql.SQL("EXISTS (SELECT FROM hub.former_area f WHERE f.commune = %(commune)s AND ST_Intersects(f.geom, {}))")
_SEEN_INSIDE = sql.SQL(
    """
SELECT k.key::text FROM unnest(%(also)s::uuid[]) k (key) WHERE EXISTS (
    SELECT FROM hub.change_log c WHERE c.key = k.key
    AND ((%(cleared)s OR (c.old ->> 'visibility')::int < %(hidden)s) AND ({old} OR {old_before}) OR
         (%(cleared)s OR (c.new ->> 'visibility')::int < %(hidden)s) AND ({new} OR {new_before})))
"""
).format(old=meets(_OLD), new=meets(_NEW), old_before=_BEFORE.format(_OLD), new_before=_BEFORE.format(_NEW))
_PROPOSED = """
SELECT DISTINCT c ->> 'key' AS key FROM hub.proposal p JOIN hub.proposal_version v ON v.proposal = p.id,
     jsonb_array_elements(v.content -> 'changes') c
WHERE p.commune = %(commune)s AND v.author = %(me)s AND c ->> 'key' = ANY(%(left)s)
"""


def kept_rightly(conn: HubConnection, principal: Principal, area: Area, also: tuple[str, ...]) -> tuple[str, ...]:
    """Those of ``also`` that lay, visibly, in the area or one that the commune had before, or that the caller proposed."""
    if not also:
        return ()
    given = {"also": list(also), "cleared": principal.cleared, "hidden": EXISTENCE_HIDDEN, "me": principal.id, **area.parameters}
    found = {row["key"] for row in conn.execute(_SEEN_INSIDE, given)}
    left = [key for key in also if key not in found]
    if left:
        found |= {row["key"] for row in conn.execute(_PROPOSED, {**given, "left": left})}
    return tuple(key for key in also if key in found)
