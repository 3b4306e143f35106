"""The audit as one signed file that can be checked without a database. Its form is described in docs/audit.md.

Entries that aren't asked for, or that the account may not see, are in it as their hashes alone: the order of all entries can be
checked up to a signed head, and nothing is disclosed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Optional

from commune_planning_plugin.core.audit_chain import FIRST, SAID
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.signed_head import SignedHead
from commune_planning_plugin.core.wire import canonical_json
from province_hub import heads, key_chain
from province_hub.audit import as_said
from province_hub.database import HubConnection
from province_hub.identity import Principal
from province_hub.moments import written_if_any
from province_hub.rights import may_see
from province_hub.signing import SigningKey
from province_hub.stored import find

FORM = 1

_BEFORE = "SELECT running FROM hub.audit WHERE id < %s ORDER BY id DESC LIMIT 1"
_ENTRIES = """
SELECT id, proposal::text, position, at, actor, action, details, previous, hash,
       (%(proposal)s::uuid IS NULL OR proposal = %(proposal)s::uuid)
       AND (%(since)s::timestamptz IS NULL OR at >= %(since)s) AND (%(until)s::timestamptz IS NULL OR at < %(until)s) AS wanted
FROM hub.audit WHERE id BETWEEN %(first)s AND %(last)s ORDER BY id
"""
_RANGE = """
SELECT min(id) AS first, max(id) AS last FROM hub.audit
WHERE (%(proposal)s::uuid IS NULL OR proposal = %(proposal)s::uuid)
  AND (%(since)s::timestamptz IS NULL OR at >= %(since)s) AND (%(until)s::timestamptz IS NULL OR at < %(until)s)
"""
_PROPOSAL = """
SELECT p.id::text AS about, p.number, p.commune, l.code AS plan, p.title, p.state, p.revision
FROM hub.proposal p JOIN hub.plan l ON l.key = p.plan WHERE p.id = %s
"""
_VERSIONS = """
SELECT v.number, v.hash, v.submitted_at AS at, a.name AS author FROM hub.proposal_version v JOIN hub.account a ON a.id = v.author
WHERE v.proposal = %s ORDER BY v.number
"""
_STEPS = """
SELECT s.step, s.version, s.at, a.name AS actor, s.reason, s.answer #>> '{decided,result_hash}' AS result_hash
FROM hub.proposal_step s JOIN hub.account a ON a.id = s.actor WHERE s.proposal = %s ORDER BY s.at
"""


@dataclass(frozen=True)
class Selection:
    """Which entries are shown: of one proposal, or written from ``since`` on and before ``until``; all where nothing is given."""

    proposal: Optional[str] = None
    since: Optional[datetime] = None
    until: Optional[datetime] = None


def export(conn: HubConnection, key: SigningKey, selection: Selection, principal: Optional[Principal] = None) -> Iterator[bytes]:
    """The lines of the file. ``principal`` is the account whose eyes it is for; an administrator of the database sees all.

    Raises ``InvalidData('audit.nothing')`` where no entry is meant.
    """
    parameters: dict[str, Any] = {**vars(selection)}
    reach = conn.execute(_RANGE, parameters).fetchone() or {}
    newest = heads.newest(conn, key)
    if reach.get("first") is None or newest is None:
        raise InvalidData("audit.nothing")
    head = next((kept for kept in heads.kept(conn) if kept.id >= reach["last"]), newest)
    parameters |= {"first": reach["first"], "last": head.id, "key": key.public}
    yield from _signed(key, _lines(conn, parameters, head, principal))


def _signed(key: SigningKey, lines: Iterator[Mapping[str, Any]]) -> Iterator[bytes]:
    body = b""
    for line in lines:
        written = canonical_json(line) + b"\n"
        body += written
        yield written
    yield canonical_json({"signature": key.sign(body)}) + b"\n"


def _lines(
    conn: HubConnection, parameters: Mapping[str, Any], head: SignedHead, principal: Optional[Principal]
) -> Iterator[Mapping[str, Any]]:
    before = conn.execute(_BEFORE, (parameters["first"],)).fetchone()
    yield {
        "form": FORM,
        "hub": head.hub,
        "key": parameters["key"],
        "at": written_if_any(datetime.now(timezone.utc)),
        "for": principal.name if principal else None,
        "proposal": parameters["proposal"],
        "since": written_if_any(parameters["since"]),
        "until": written_if_any(parameters["until"]),
        "before": before["running"] if before else FIRST,
        "head": head.to_json(),
        "keys": key_chain.changes(conn),
    }
    visible: dict[str, bool] = {}
    for row in map(as_said, conn.execute(_ENTRIES, parameters).fetchall()):
        shown = row["wanted"] and _may_see(conn, principal, row["proposal"], visible)
        yield {name: row[name] for name in ("id", "hash", *(SAID if shown else ()))}
    for proposal in sorted(name for name, may in visible.items() if may):
        yield from _about(conn, proposal)


def _may_see(conn: HubConnection, principal: Optional[Principal], proposal: str, known: dict[str, bool]) -> bool:
    """Chains that aren't a proposal's (those of a working copy, the hub's own) are for administrators of the database alone."""
    if proposal not in known:
        stored = None if principal is None else find(conn, proposal)
        known[proposal] = principal is None or (stored is not None and may_see(principal, stored.standing))
    return known[proposal]


def _about(conn: HubConnection, proposal: str) -> Iterator[Mapping[str, Any]]:
    row = conn.execute(_PROPOSAL, (proposal,)).fetchone()
    if row is not None:
        versions = [{**each, "at": written_if_any(each["at"])} for each in conn.execute(_VERSIONS, (proposal,))]
        steps = [{**each, "at": written_if_any(each["at"])} for each in conn.execute(_STEPS, (proposal,))]
        yield {**row, "versions": versions, "steps": steps}
