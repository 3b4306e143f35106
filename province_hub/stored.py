"""A proposal and its current version, as the database has them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Optional

from commune_planning_plugin.core.authority import Authority, Case, resolve
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.core.workflow import State
from province_hub.authority import SPECIAL_ZONE, matrix_row
from province_hub.database import HubConnection
from province_hub.rights import Standing

TODAY = "(clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
SELECT = f"""
SELECT p.id::text, p.number, p.commune, c.name AS commune_name, p.plan::text, l.name AS plan_name, p.title, p.ground,
       a.id::text AS author_id, a.name AS author_name, a.full_name AS author_full_name,
       p.state, p.version, p.created_at, p.updated_at, p.revision, p.due_at, p.due,
       v.hash, v.rekeyed, v.author::text AS version_author, v.changes,
       ARRAY(SELECT DISTINCT o.author::text FROM hub.proposal_version o WHERE o.proposal = p.id) AS authors,
       ARRAY(SELECT k.organisation::text FROM hub.discussion_act k WHERE k.proposal = p.id AND k.kind = 'ask'
             AND NOT EXISTS (SELECT FROM hub.discussion_act w WHERE w.request = k.id AND w.kind = 'unask')) AS asked,
       l.kind AS plan_kind, l.level AS plan_level, c.kind AS commune_kind, v.restricted, p.post_check, {TODAY} AS today,
       (SELECT count(*) > 1 FROM hub.plan_commune k WHERE k.plan = p.plan) AS several,
       (SELECT coalesce(json_agg(m), '[]') FROM hub.authority m
        WHERE m.in_force AND coalesce(m.plan_kind, l.kind) = l.kind AND coalesce(m.plan_level, l.level) = l.level
          AND coalesce(m.commune, p.commune) = p.commune) AS matrix,
       (SELECT coalesce(json_agg(json_build_array(o.code, o.id)), '[]') FROM hub.organisation o WHERE o.closed_at IS NULL
        AND 'organisation:' || o.code IN (SELECT unnest(ARRAY[n.appraises, n.approves]) FROM hub.authority n)) AS organisations,
       (SELECT coalesce(json_agg(json_build_object(
                   'step', s.step, 'actor', s.actor, 'giver', d.giver, 'communes', s.communes)), '[]')
        FROM hub.proposal_step s LEFT JOIN hub.delegation d ON d.id = s.delegation
        WHERE s.proposal = p.id AND s.version = p.version) AS taken,
       (SELECT coalesce(json_agg(json_build_object('commune', g.commune, 'name', gc.name, 'veiled', g.veiled)
                                 ORDER BY g.commune), '[]')
        FROM hub.proposal_commune g JOIN hub.commune gc ON gc.code = g.commune
        WHERE g.proposal = p.id AND g.version = p.version) AS grounds,
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
_MANY = SELECT + "WHERE p.id = ANY(%s::uuid[])"
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

    @cached_property
    def authority(self) -> Authority:
        """Whose it is to appraise and to approve, by the matrix as it is today."""
        row = self.row
        special = row["commune_kind"] == SPECIAL_ZONE
        case = Case(row["plan_kind"], row["plan_level"], row["commune"], row["several"], special)
        return resolve(map(matrix_row, row["matrix"]), case, row["today"])

    @cached_property
    def standing(self) -> Standing:
        grounds: dict[bool, set[str]] = {True: set(), False: set()}
        for ground in self.row["grounds"]:
            grounds[ground["veiled"]].add(ground["commune"])
        return Standing(
            self.row["commune"],
            self.state,
            frozenset(self.row["authors"]),
            signers=self._took("sign_off"),
            asked=frozenset(self.row["asked"]),
            touched=frozenset(grounds[False]),
            veiled=frozenset(grounds[True]),
            consented=frozenset(code for each in self.row["taken"] if each["step"] == "consent" for code in each["communes"] or ()),
            restricted=self.row["restricted"],
            appraisers=self._took("appraise"),
            approvers=self._took("agree", "approve", "apply"),
            authority=self.authority,
            organisations=dict(self.row["organisations"]),
            post_check=self.row["post_check"],
        )

    def _took(self, *steps: str) -> frozenset[str]:
        """The accounts that took one of the steps on the current version, and those for whom it was taken."""
        taken = [each for each in self.row["taken"] if each["step"] in steps]
        return frozenset(account for each in taken for account in (each["actor"], each["giver"]) if account is not None)


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


def found(conn: HubConnection, proposals: Collection[str]) -> list[Stored]:
    """Those of ``proposals`` that there are."""
    return [Stored(row) for row in conn.execute(_MANY, (list(proposals),))] if proposals else []


def lock(conn: HubConnection, proposal: str) -> Optional[Stored]:
    """As `find`, holding the proposal against every other step until the transaction ends."""
    conn.execute("SELECT 1 FROM hub.proposal WHERE id = %s FOR UPDATE", (proposal,)).fetchone()
    return find(conn, proposal)


def content(conn: HubConnection, schema: Mapping[str, Layer], stored: Stored) -> Content:
    row = conn.execute(_CONTENT, (stored.id, stored.version)).fetchone() or {}
    author = conn.execute("SELECT cleared FROM hub.account WHERE id = %s", (row["author"],)).fetchone() or {}
    version = Version.from_json(schema, row["content"])
    return Content(version, row["content"], row["rekeyed"], row["author"], author["cleared"])
