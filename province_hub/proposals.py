"""Proposals as the hub holds them, and as it shows them to the one who asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Optional

from commune_planning_plugin.core.schema import Value
from commune_planning_plugin.core.wire import encode_values
from commune_planning_plugin.core.workflow import DECIDED
from province_hub import clocks, revisions, unread
from province_hub.database import HubConnection
from province_hub.disclosure import Withheld, disclosed, withheld
from province_hub.errors import Problem
from province_hub.identity import Principal
from province_hub.judging import judged
from province_hub.kept_reviews import KeptReviews, key_of
from province_hub.last_changes import last_changes
from province_hub.layer_tables import layers
from province_hub.moments import written_if_any
from province_hub.relations import Kind, Named, named
from province_hub.reviewing import Judgement, context
from province_hub.rights import is_referred, may_see, possible_steps
from province_hub.stored import Stored, content, find
from province_hub.visibility import visible

_STEPS = """
SELECT s.step, s.version, s.at, s.reason, a.full_name AS actor, g.full_name AS on_behalf_of, d.document, s.communes
FROM hub.proposal_step s JOIN hub.account a ON a.id = s.actor
LEFT JOIN hub.delegation d ON d.id = s.delegation LEFT JOIN hub.account g ON g.id = d.giver
WHERE s.proposal = %s ORDER BY s.at
"""
_DECIDED = (
    "SELECT answer FROM hub.proposal_step WHERE proposal = %s AND step IN ('approve', 'apply', 'reject') ORDER BY at DESC LIMIT 1"
)
_SENT = """
SELECT 1 FROM hub.attachment WHERE sha256 = %(sha256)s AND created_by = %(account)s
UNION ALL SELECT 1 FROM hub.attachment_sender WHERE sha256 = %(sha256)s AND account = %(account)s
"""
_NAMING = "SELECT DISTINCT proposal::text FROM hub.named_file WHERE sha256 = %(sha256)s"


def seen(conn: HubConnection, principal: Principal, proposal: str) -> Stored:
    """Raises `Problem` 404 where there is none, or none that the caller may know of."""
    stored = find(conn, proposal)
    if stored is None or not may_see(principal, stored.standing):
        raise Problem(404, "not_found")
    return stored


def summary(
    stored: Stored, principal: Principal, kept_back: Optional[Withheld] = None, others: Iterable[Named] = ()
) -> dict[str, Any]:
    """The proposal as a list shows it; changes that are kept back aren't counted. ``others`` are those that it is bound to."""
    row = stored.row
    last = {
        "step": row["last_step"],
        "actor": row["last_actor"],
        "at": written_if_any(row["last_at"]),
        "reason": row["last_reason"],
    }
    return {
        **{name: row[name] for name in ("id", "number", "commune", "commune_name", "plan", "plan_name", "title", "ground")},
        "author": {"id": row["author_id"], "name": row["author_name"], "full_name": row["author_full_name"]},
        "state": row["state"],
        "version": row["version"],
        "hash": row["hash"],
        "changes": row["changes"] - (kept_back.changes if kept_back else 0),
        "created_at": written_if_any(row["created_at"]),
        "updated_at": written_if_any(row["updated_at"]),
        "last_step": last if row["last_step"] else None,
        "can": [
            step.value
            for step in possible_steps(principal, stored.standing, not (kept_back and (kept_back.gone or kept_back.veiled)))
        ],
        "revision": row["revision"],
        "decision": row["decision"],
        **clocks.shown(row),
        **rights_of(stored, principal),
        **{kind.value: [each.shown(principal) for each in others if each.kind is kind] for kind in Kind},
    }


def rights_of(stored: Stored, principal: Principal) -> dict[str, Any]:
    """What the matrix comes to, whose consent is needed, where the post-check is, and why the province decides instead of the
    commune; what is restricted isn't named.
    """
    consents = _consents(stored, principal)
    return {
        "authority": stored.authority.to_json(),
        "consents": consents,
        "post_check": stored.row["post_check"],
        "referred": "restricted" if is_referred(stored.standing) else None,
    }


def _consents(stored: Stored, principal: Principal) -> list[dict[str, Any]]:
    """The other communes that it reaches into; of those that can't be asked only who may know of the reason hears."""
    consented = stored.standing.consented
    return [
        {
            "commune": ground["commune"],
            "name": ground["name"],
            "given": ground["commune"] in consented,
            "asked": not ground["veiled"],
        }
        for ground in stored.row["grounds"]
        if principal.cleared or not ground["veiled"]
    ]


def summary_of(conn: HubConnection, principal: Principal, proposal: str) -> dict[str, Any]:
    """The proposal's summary as it is now."""
    stored = find(conn, proposal)
    assert stored is not None  # noqa: S101  # the caller holds its row
    kept_back = hidden_from(conn, principal, [stored]).get(proposal)
    plain = summary(stored, principal, kept_back, named(conn, [proposal]).get(proposal, ()))
    return {**plain, **unread.told(conn, principal, [proposal])[proposal]}


def detail(conn: HubConnection, principal: Principal, proposal: str, kept: Optional[KeptReviews] = None) -> dict[str, Any]:
    """All that a decision is made on; after the decision, what was decided. ``kept`` needs a transaction that only reads."""
    stored = seen(conn, principal, proposal)
    schema = layers(conn)
    current = content(conn, schema, stored)
    kept_back = hidden_from(conn, principal, [stored]).get(stored.id)

    def judge() -> dict[str, Any]:
        judgement = judged(conn, schema, current, stored.state, kept.sums if kept is not None else None)
        return {"context": _context(conn, judgement, principal.cleared), **_result(judgement)}

    verdict = kept.of(key_of(conn, schema, stored, current, principal.cleared), judge) if kept is not None else judge()
    document = {
        **summary(stored, principal, kept_back, named(conn, [proposal]).get(proposal, ())),
        **unread.told(conn, principal, [proposal])[proposal],
        "content": current.plain,
        "steps": [_step(row, stored, principal) for row in conn.execute(_STEPS, (proposal,))],
        "rekeyed": current.new_keys,
        **_told_whose(conn, principal, verdict),
        **(decided(conn, proposal) if stored.state in DECIDED else {}),
    }
    return document if principal.cleared else disclosed(document, kept_back or Withheld())


def _step(row: Mapping[str, Any], stored: Stored, principal: Principal) -> dict[str, Any]:
    veiled = frozenset() if principal.cleared else stored.standing.veiled
    named = [code for code in row["communes"] or () if code not in veiled]
    return {**row, "at": written_if_any(row["at"]), "communes": named}


def _result(judgement: Judgement) -> dict[str, Any]:
    return {
        "review": [item.to_json() for item in judgement.items],
        "findings": [finding.to_json() for finding in judgement.findings],
        "result_hash": judgement.hash,
    }


def _told_whose(conn: HubConnection, principal: Principal, verdict: Mapping[str, Any]) -> dict[str, Any]:
    """With who changed at the province, and in which proposal, what a change clashes with: as far as the caller may know."""
    clashing = [item for item in verdict["review"] if item["conflict"] is not None]
    newest = revisions.latest(conn)[0] if clashing else 0
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for layer in sorted({item["layer"] for item in clashing}):
        keys = [item["key"] for item in clashing if item["layer"] == layer]
        found |= {(layer, row.pop("key")): row for row in last_changes(conn, principal, layer, keys, newest)}
    last = {ref: {"last_change": row} for ref, row in found.items()}
    return {**verdict, "review": [{**item, **last.get((item["layer"], item["key"]), {})} for item in verdict["review"]]}


def decided(conn: HubConnection, proposal: str) -> dict[str, Any]:
    """What was decided, as the decider saw it; empty before the decision."""
    row = conn.execute(_DECIDED, (proposal,)).fetchone()
    kept: Mapping[str, Any] = (row["answer"] or {}).get("decided") or {} if row else {}
    return dict(kept)


def _context(conn: HubConnection, judgement: Judgement, cleared: bool) -> list[dict[str, Any]]:
    """What is empty isn't named: these rows are many, and only looked at."""
    rows = ((layer, key, visible(row, cleared) or {}) for layer, key, row in context(conn, judgement.items, cleared))
    return [{"layer": layer.id, "key": key, "row": encode_values(_filled(row))} for layer, key, row in rows]


def _filled(row: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in row.items() if value is not None}


def hidden_from(conn: HubConnection, principal: Principal, proposals: Iterable[Stored]) -> dict[str, Withheld]:
    """By proposal, what the caller isn't shown of it.

    Nobody who isn't cleared could write about restricted features, so that authors see all of what they wrote.
    """
    if principal.cleared:
        return {}
    return withheld(conn, [stored.id for stored in proposals if stored.row["version_author"] != principal.id])


def may_read_attachment(conn: HubConnection, principal: Principal, sha256: str) -> bool:
    """Whether the caller has sent the file, or may see a proposal that names it."""
    if conn.execute(_SENT, {"sha256": sha256, "account": principal.id}).fetchone() is not None:
        return True
    named = [row["proposal"] for row in conn.execute(_NAMING, {"sha256": sha256}).fetchall()]
    found = (find(conn, proposal) for proposal in named)
    return any(stored is not None and may_see(principal, stored.standing) for stored in found)
