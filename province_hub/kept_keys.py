"""Which features outside its area a working copy may ask about: else any key would tell about any commune.

It costs a look into the log by key (an index) for each of the few keys, and into the caller's own proposals for what is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

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


_HIDDEN = """
SELECT DISTINCT ON (c.key) c.key::text, (coalesce(c.new, c.old) ->> 'visibility')::int AS level,
       coalesce(c.new, c.old) ->> 'birth' AS birth
FROM hub.change_log c WHERE c.layer = %s AND c.key = ANY(%s::uuid[]) ORDER BY c.key, c.id DESC
"""


def withdrawn(conn: HubConnection, principal: Principal, area: Area, layer: str, births: Mapping[str, Optional[str]]) -> list[str]:
    """Of features (births by key) that the caller has kept something of: those that it may not see any more, gone since or not.

    Who names the birth as well had the feature once, whatever it could see then; of others it is told as `kept_rightly` says.
    """
    if principal.cleared or not births:
        return []
    found = conn.execute(_HIDDEN, (layer, list(births))).fetchall()
    hidden = {row["key"]: row["birth"] for row in found if (row["level"] or 0) >= EXISTENCE_HIDDEN}
    had = {key for key, birth in hidden.items() if birth is not None and births[key] == birth}
    had |= set(kept_rightly(conn, principal, area, tuple(key for key in hidden if key not in had)))
    return sorted(had)
