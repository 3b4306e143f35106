"""A proposal and its current version, as the database has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.core.workflow import State
from province_hub.database import HubConnection
from province_hub.rights import Standing

SELECT = """
SELECT p.id::text, p.number, p.commune, c.name AS commune_name, p.plan::text, l.name AS plan_name, p.title, p.ground,
       a.id::text AS author_id, a.name AS author_name, a.full_name AS author_full_name,
       p.state, p.version, p.created_at, p.updated_at, p.revision,
       v.hash, v.rekeyed, v.author::text AS version_author, jsonb_array_length(v.content -> 'changes') AS changes,
       ARRAY(SELECT DISTINCT o.author::text FROM hub.proposal_version o WHERE o.proposal = p.id) AS authors,
       ARRAY(SELECT s.actor::text FROM hub.proposal_step s
             WHERE s.proposal = p.id AND s.version = p.version AND s.step = 'sign_off') AS signers,
       ARRAY(SELECT k.organisation::text FROM hub.discussion_act k WHERE k.proposal = p.id AND k.kind = 'ask'
             AND NOT EXISTS (SELECT FROM hub.discussion_act w WHERE w.request = k.id AND w.kind = 'unask')) AS asked,
       ruled.decision, last.step AS last_step, last.at AS last_at, last.reason AS last_reason, last.full_name AS last_actor
FROM hub.proposal p
JOIN hub.commune c ON c.code = p.commune
JOIN hub.plan l ON l.key = p.plan
JOIN hub.account a ON a.id = p.author
JOIN hub.proposal_version v ON v.proposal = p.id AND v.number = p.version
LEFT JOIN LATERAL (
    SELECT s.step, s.at, s.reason, t.full_name FROM hub.proposal_step s JOIN hub.account t ON t.id = s.actor
    WHERE s.proposal = p.id ORDER BY s.at DESC LIMIT 1
) last ON true
LEFT JOIN LATERAL (
    SELECT jsonb_build_object('number', d.number, 'date', d.date, 'effective', d.effective, 'made_effective', e.id IS NOT NULL)
           AS decision
    FROM hub.decision d LEFT JOIN hub.decision_effect e ON e.decision = d.id
    WHERE d.proposal = p.id AND NOT EXISTS (SELECT FROM hub.decision n WHERE n.supersedes = d.id)
) ruled ON true
"""
_ONE = SELECT + "WHERE p.id = %s"
_CONTENT = "SELECT content, rekeyed, author::text, findings FROM hub.proposal_version WHERE proposal = %s AND number = %s"


@dataclass(frozen=True)
class Stored:
    """A proposal's row with what its current version and steps say."""

    row: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def version(self) -> int:
        return int(self.row["version"])

    @property
    def state(self) -> State:
        return State(self.row["state"])

    @property
    def standing(self) -> Standing:
        row = self.row
        return Standing(row["commune"], self.state, frozenset(row["authors"]), frozenset(row["signers"]), frozenset(row["asked"]))


@dataclass(frozen=True)
class Content:
    """The current version, with the keys that the hub gave and whether its author sees restricted features."""

    version: Version
    plain: Mapping[str, Any]
    new_keys: Mapping[str, str]
    author: str
    author_cleared: bool


def find(conn: HubConnection, proposal: str) -> Optional[Stored]:
    row = conn.execute(_ONE, (proposal,)).fetchone()
    return Stored(row) if row else None


def lock(conn: HubConnection, proposal: str) -> Optional[Stored]:
    """As `find`, holding the proposal against every other step until the transaction ends."""
    conn.execute("SELECT 1 FROM hub.proposal WHERE id = %s FOR UPDATE", (proposal,)).fetchone()
    return find(conn, proposal)


def content(conn: HubConnection, schema: Mapping[str, Layer], stored: Stored) -> Content:
    row = conn.execute(_CONTENT, (stored.id, stored.version)).fetchone() or {}
    author = conn.execute("SELECT cleared FROM hub.account WHERE id = %s", (row["author"],)).fetchone() or {}
    version = Version.from_json(schema, row["content"])
    return Content(version, row["content"], row["rekeyed"], row["author"], author["cleared"])
