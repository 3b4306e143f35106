"""What is new to an account since it last looked at a proposal, and what a list says of its discussion."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timezone
from typing import Any

from commune_planning_plugin.core.discussion import ActKind, Discussion, Request, RequestState, Verdict, folded
from province_hub import discussion_rows
from province_hub.database import Database, HubConnection
from province_hub.discussion_rows import act_of
from province_hub.errors import Problem
from province_hub.identity import Principal
from province_hub.rights import may_see
from province_hub.stored import find

_NEW = """
SELECT n.proposal::text, k.layer, k.key::text, coalesce(k.hidden, false) AS hidden, count(*) AS number
FROM hub.audit n
LEFT JOIN hub.read_mark m ON m.proposal = n.proposal AND m.account = %(me)s
LEFT JOIN hub.discussion_act k ON n.action LIKE 'discussion.%%' AND k.id::text = n.details ->> 'act'
WHERE n.proposal = ANY(%(ids)s::uuid[]) AND n.actor <> %(name)s
  AND n.id > coalesce(m.seen, (SELECT (value #>> '{}')::bigint FROM hub.setting WHERE name = 'read_from'), 0)
GROUP BY 1, 2, 3, 4
"""
_REDO = """
SELECT * FROM (
    SELECT DISTINCT ON (k.proposal, k.layer, k.key) k.proposal::text, k.layer, k.key::text, k.hidden, k.says
    FROM hub.discussion_act k JOIN hub.proposal p ON p.id = k.proposal AND p.version = k.version
    WHERE k.proposal = ANY(%s::uuid[]) AND k.kind = 'verdict' ORDER BY k.proposal, k.layer, k.key, k.number DESC
) last WHERE says = %s
"""
_MARK = """
INSERT INTO hub.read_mark AS kept (account, proposal, seen) VALUES (%(me)s, %(proposal)s, least(%(seen)s, (
    SELECT coalesce(max(id), 0) FROM hub.audit WHERE proposal = %(proposal)s)))
ON CONFLICT (account, proposal) DO UPDATE SET seen = greatest(kept.seen, excluded.seen)
"""


def mark(database: Database, principal: Principal, proposal: str, seen: int) -> None:
    """The account has looked at everything up to the audit entry ``seen``. Raises `Problem` 404."""
    with database.writing(principal.name) as conn:
        stored = find(conn, proposal)
        if stored is None or not may_see(principal, stored.standing):
            raise Problem(404, "not_found")
        conn.execute(_MARK, {"me": principal.id, "proposal": proposal, "seen": seen})


def told(conn: HubConnection, principal: Principal, proposals: Collection[str]) -> dict[str, dict[str, Any]]:
    """By proposal, for its summary: ``unread``, how many changes are to be redone, and how the opinions stand."""
    if not proposals:
        return {}
    unread = _counted(conn, principal, proposals)
    redo = redo_counts(conn, principal, proposals)
    opinions = _opinions(conn, principal, proposals)
    return {each: {"unread": unread.get(each, 0), "redo": redo.get(each, 0), "opinions": opinions.get(each)} for each in proposals}


def _counted(conn: HubConnection, principal: Principal, proposals: Collection[str]) -> dict[str, int]:
    found = conn.execute(_NEW, {"me": principal.id, "name": principal.name, "ids": list(proposals)}).fetchall()
    counts: dict[str, int] = {}
    for row in discussion_rows.shown(conn, principal, found):
        counts[row["proposal"]] = counts.get(row["proposal"], 0) + row["number"]
    return counts


def redo_counts(conn: HubConnection, principal: Principal, proposals: Collection[str]) -> dict[str, int]:
    """How many changes of each current version are marked to be redone, as far as the caller may know of them."""
    found = conn.execute(_REDO, (list(proposals), Verdict.REDO.value)).fetchall()
    counts: dict[str, int] = {}
    for row in discussion_rows.shown(conn, principal, found):
        counts[row["proposal"]] = counts.get(row["proposal"], 0) + 1
    return counts


def _opinions(conn: HubConnection, principal: Principal, proposals: Collection[str]) -> dict[str, dict[str, Any]]:
    by_proposal: dict[str, list[Mapping[str, Any]]] = {}
    for row in discussion_rows.of_proposals(conn, proposals, (ActKind.ASK, ActKind.UNASK, ActKind.OPINION)):
        by_proposal.setdefault(row["proposal"], []).append(row)
    return {each: _standing(principal, folded(map(act_of, rows))) for each, rows in by_proposal.items()}


def _standing(principal: Principal, said: Discussion) -> dict[str, Any]:
    """Numbers for a list, and the caller's own request, where it speaks for an agency that is asked."""
    now = datetime.now(timezone.utc)
    asked = [request for request in said.requests if request.withdrawn is None]
    waiting = said.waiting(now)
    own = said.of_organisation(principal.organisation) if principal.organisation else None
    return {
        "asked": len(asked),
        "given": sum(request.state(now) is RequestState.GIVEN for request in asked),
        "waiting": len(waiting),
        "due": min((request.due.isoformat() for request in waiting), default=None),
        "mine": _own(own, now) if own is not None else None,
    }


def _own(request: Request, now: datetime) -> dict[str, Any]:
    return {"request": request.id, "due": request.due.isoformat(), "state": request.state(now).value}
