"""What a commune has to do once a decision is recorded: publish it, archive it, plan its implementation, review lower plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Optional

from commune_planning_plugin.core.balance import FUNCTION_FIELDS, LAYER
from commune_planning_plugin.core.text import LONGEST_TEXT, LONGEST_TITLE
from commune_planning_plugin.core.workflow import Role
from province_hub import audit, clocks
from province_hub.database import Database, HubConnection
from province_hub.errors import Problem
from province_hub.files import require_files
from province_hub.identity import Principal, confirmed
from province_hub.rights import may_see
from province_hub.stored import Stored, find, lock
from province_hub.version_checks import check_text
from province_hub.visibility import PUBLIC

NOT_PUBLISHED = ("Quocphong", "Anninh")
"""Land functions that aren't published: defence and security."""


class Kind(str, Enum):
    """In the order in which they are done."""

    PUBLISH = "publish"
    ARCHIVE = "archive"
    IMPLEMENT = "implement"
    REVIEW_LOWER = "review_lower"


@dataclass(frozen=True)
class Done:
    """A task marked as done. ``id`` is the client's; the file is evidence."""

    id: str
    note: str
    sha256: Optional[str] = None
    file_name: Optional[str] = None


_CREATE = "INSERT INTO hub.follow_up_task (proposal, kind) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_CONTENT = """
SELECT count(*) FILTER (WHERE secret) AS secret, count(*) AS changed, count(*) FILTER (WHERE secret AND level = %(public)s) AS known
FROM (SELECT coalesce(c.new, c.old) ->> %(function)s = ANY(%(kept)s) AND c.layer = %(lots)s
             OR (coalesce(c.new, c.old) ->> 'visibility')::int > %(public)s AS secret,
             greatest((c.new ->> 'visibility')::int, (c.old ->> 'visibility')::int) AS level
      FROM hub.change_log c JOIN hub.revision r USING (transaction)
      WHERE r.number = %(revision)s AND coalesce(c.new, c.old) ->> 'plan' = %(plan)s::text) each
"""
_LIST = """
SELECT t.proposal::text, t.kind, d.number, d.date, d.effective, f.id::text AS done, f.note, f.sha256, f.file_name,
       a.full_name AS actor, f.done_at
FROM hub.follow_up_task t
JOIN hub.decision d ON d.proposal = t.proposal AND NOT EXISTS (SELECT FROM hub.decision n WHERE n.supersedes = d.id)
LEFT JOIN hub.follow_up_done f ON f.proposal = t.proposal AND f.kind = t.kind
LEFT JOIN hub.account a ON a.id = f.done_by
WHERE t.proposal = ANY(%s::uuid[])
"""
_OF_COMMUNE = """
SELECT p.id::text FROM hub.proposal p WHERE p.commune = %s AND p.number < %s
AND EXISTS (SELECT FROM hub.follow_up_task t WHERE t.proposal = p.id) ORDER BY p.number DESC LIMIT %s
"""
_CHILDREN = "SELECT parent::text, name FROM hub.plan WHERE parent = ANY(%s::uuid[]) ORDER BY code"
_KNOWN = "SELECT id::text, proposal::text, kind, note, sha256, file_name, done_by::text FROM hub.follow_up_done WHERE id = %s"
_DONE = """
INSERT INTO hub.follow_up_done (id, proposal, kind, note, sha256, file_name, done_by) VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
_STATE = """
SELECT f.id IS NOT NULL AS done FROM hub.follow_up_task t
LEFT JOIN hub.follow_up_done f ON f.proposal = t.proposal AND f.kind = t.kind WHERE t.proposal = %s AND t.kind = %s
"""
_PAGE = 100


def create(conn: HubConnection, stored: Stored) -> None:
    """The tasks of a recorded decision, once; what consists of defence and security alone isn't published."""
    content = _content(conn, stored)
    for kind in Kind:
        if kind is not Kind.PUBLISH or content["secret"] < content["changed"] or not content["changed"]:
            conn.execute(_CREATE, (stored.id, kind.value))


def _content(conn: HubConnection, stored: Stored) -> Mapping[str, int]:
    given = {"public": PUBLIC, "function": FUNCTION_FIELDS[0], "kept": list(NOT_PUBLISHED), "lots": LAYER}
    row = conn.execute(_CONTENT, {**given, "revision": stored.row["revision"], "plan": stored.row["plan"]}).fetchone()
    return row or {"secret": 0, "changed": 0, "known": 0}


def of_commune(
    conn: HubConnection, principal: Principal, commune: str, below: Optional[int]
) -> tuple[list[dict[str, Any]], Optional[int]]:
    """Tasks of the commune's proposals that the caller may see, newest proposals first; with them where the next page begins."""
    found = conn.execute(_OF_COMMUNE, (commune, 1 << 62 if below is None else below, _PAGE)).fetchall()
    each = [stored for stored in (find(conn, row["id"]) for row in found) if stored is not None]
    seen = [stored for stored in each if may_see(principal, stored.standing)]
    return of_proposals(conn, principal, seen), each[-1].row["number"] if len(found) == _PAGE else None


def of_proposals(conn: HubConnection, principal: Principal, proposals: Sequence[Stored]) -> list[dict[str, Any]]:
    """The tasks of ``proposals``, which the caller may see, in order."""
    children: dict[str, list[str]] = {}
    for row in conn.execute(_CHILDREN, ([stored.row["plan"] for stored in proposals],)):
        children.setdefault(row["parent"], []).append(row["name"])
    tasks = conn.execute(_LIST, ([stored.id for stored in proposals],)).fetchall()
    order = [kind.value for kind in Kind]
    return [
        _shown(conn, principal, stored, row, children)
        for stored in proposals
        for row in sorted((r for r in tasks if r["proposal"] == stored.id), key=lambda r: order.index(r["kind"]))
    ]


def _shown(
    conn: HubConnection, principal: Principal, stored: Stored, row: Mapping[str, Any], children: Mapping[str, list[str]]
) -> dict[str, Any]:
    kind = Kind(row["kind"])
    running = clocks.Running(clocks.PUBLISH, row["date"])
    due = clocks.due_of(conn, running, stored.row["plan_level"]) if kind is Kind.PUBLISH else None
    content = _content(conn, stored) if kind is Kind.PUBLISH else {}
    done = {"by": row["actor"], "at": row["done_at"].isoformat(), "note": row["note"]} if row["done"] else None
    file = {"sha256": row["sha256"], "name": row["file_name"]} if row["sha256"] else None
    return {
        "proposal": stored.id,
        **{name: stored.row[name] for name in ("title", "commune", "plan_name")},
        "proposal_number": stored.row["number"],
        "kind": kind.value,
        "decision": {name: row[name] for name in ("number", "date", "effective")},
        "due": due.last_day.isoformat() if due else None,
        "due_provisional": list(due.provisional) if due else [],
        "excluded": content.get("secret" if principal.cleared else "known", 0),
        "plans": children.get(stored.row["plan"], []) if kind is Kind.REVIEW_LOWER else [],
        "done": {**done, "file": file} if done else None,
        "can": _may_do(principal, stored) and done is None,
    }


def mark_done(database: Database, principal: Principal, proposal: str, kind: Kind, done: Done) -> list[dict[str, Any]]:
    """The proposal's tasks afterwards. Repeating it changes nothing.

    Raises `Problem`: 404, 403 ``rights.missing``, 409 ``task.done``, ``attachment.missing``, ``request.reused``.
    """
    with database.writing(principal.name) as conn:
        stored = lock(conn, proposal)
        principal = confirmed(conn, principal)
        if stored is None or not may_see(principal, stored.standing):
            raise Problem(404, "not_found")
        if not _known(conn, principal, proposal, kind, done):
            _mark(conn, principal, stored, kind, done)
        return of_proposals(conn, principal, [stored])


def _known(conn: HubConnection, principal: Principal, proposal: str, kind: Kind, done: Done) -> bool:
    row = conn.execute(_KNOWN, (done.id,)).fetchone()
    asked = (proposal, kind.value, done.note, done.sha256, done.file_name, principal.id)
    if row is not None and tuple(row[n] for n in ("proposal", "kind", "note", "sha256", "file_name", "done_by")) != asked:
        raise Problem(409, "request.reused", request=done.id)
    return row is not None


def _mark(conn: HubConnection, principal: Principal, stored: Stored, kind: Kind, done: Done) -> None:
    state = conn.execute(_STATE, (stored.id, kind.value)).fetchone()
    if state is None:
        raise Problem(404, "not_found")
    if not _may_do(principal, stored):
        raise Problem(403, "rights.missing", step="task")
    if state["done"]:
        raise Problem(409, "task.done")
    check_text("note", done.note, LONGEST_TEXT)
    if done.sha256 is not None:
        check_text("file", done.file_name or "", LONGEST_TITLE)
        require_files(conn, principal, [done.sha256])
    conn.execute(_DONE, (done.id, stored.id, kind.value, done.note, done.sha256, done.file_name, principal.id))
    told = {"task": kind.value, "note": done.note, **({"file": done.sha256} if done.sha256 else {})}
    audit.append(conn, stored.id, principal.name, "task_done", told)


def _may_do(principal: Principal, stored: Stored) -> bool:
    return any(principal.has(role, stored.standing.commune) for role in (Role.TECHNICIAN, Role.HEAD))
