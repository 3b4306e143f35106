"""Approving a version: what the approver saw goes into the layers, in one transaction, or nothing does.

Two approvals never run at once, and each reads after the other's commit: READ COMMITTED, and the lock is a statement of its own.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Optional

from psycopg import sql

from commune_planning_plugin.core.changes import Change, diff_row
from commune_planning_plugin.core.decision import Decision
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import Field, Layer, Values
from commune_planning_plugin.core.wire import content_hash
from commune_planning_plugin.core.workflow import ON_THE_TABLE, State, Step
from province_hub import decisions, opinions, revisions
from province_hub.consents import Grounds, grounds, note
from province_hub.database import Database, HubConnection
from province_hub.errors import Problem
from province_hub.identity import Principal, confirmed
from province_hub.judging import judged
from province_hub.layer_tables import layers, lock_rows, table_name, write_rows
from province_hub.relations import Kind, Named, named, partners
from province_hub.reviewing import Item, Judgement
from province_hub.steps import Request, Revision, earlier, finish, one_at_a_time, permitted, reopen
from province_hub.stored import Stored, content, lock

_SEEN = """
SELECT answer -> 'digest' AS digest FROM hub.proposal_step
WHERE proposal = %s AND version = %s AND answer ? 'digest' ORDER BY at DESC
"""
_AGREED = """
SELECT answer #>> '{decided,result_hash}' AS result_hash FROM hub.proposal_step
WHERE proposal = %s AND version = %s AND step = 'agree' ORDER BY at DESC LIMIT 1
"""
_COUNTED = """
INSERT INTO hub.setting (name, value) VALUES (%(name)s, to_jsonb(%(used)s::bigint + %(wanted)s))
ON CONFLICT (name) DO UPDATE SET value = to_jsonb(greatest((hub.setting.value #>> '{}')::bigint, %(used)s) + %(wanted)s)
RETURNING (value #>> '{}')::bigint AS last
"""

NOTHING: Mapping[str, Sequence[str]] = {"rows": [], "findings_new": [], "findings_gone": []}
"""The difference that is told where there is none for the caller to know."""


@dataclass(frozen=True)
class Part:
    """One of the proposals that are applied together, with what comes of it."""

    stored: Stored
    judgement: Judgement

    @property
    def restricted(self) -> bool:
        """Whether something is changed whose existence not everybody may know of."""
        return any(item.restricted for item in self.judgement.items)


class _OutdatedError(Exception):
    """What a linked proposal comes to isn't what was agreed on."""

    def __init__(self, part: Part, difference: dict[str, Any]) -> None:
        super().__init__(part.stored.id)
        self.part, self.difference = part, difference


class _MovedError(Exception):
    """The version reaches into other communes than was known."""

    def __init__(self, part: Part, found: Grounds) -> None:
        super().__init__(part.stored.id)
        self.part, self.found = part, found


def approve(database: Database, principal: Principal, request: Request) -> dict[str, Any]:
    """The summary with the revision that was made (None where the province had it all already, or a linked one is waited for).

    Raises `Problem` 409, and nothing was applied then: ``proposal.depends``, ``proposal.linked``, ``proposal.conflict``,
    ``changed_since_seen``, ``rules.errors``, ``opinions.pending``, ``proposal.not_appraised``, or ``consent.missing`` where
    communes that it reaches into haven't consented and the request doesn't say that it is approved without.
    """
    try:
        with database.writing(principal.name, request.proposal, request.version) as conn:
            one_at_a_time(conn)
            _assert_read_committed(conn)
            stored = lock(conn, request.proposal)
            answered = earlier(conn, principal, request)
            if answered is not None:
                return answered
            principal = confirmed(conn, principal)
            current = permitted(principal, stored, request)
            if not request.result_hash:
                raise InvalidData("step.result_hash")
            answer = _approve(conn, principal, current, request)
            if request.decision is not None:
                _record(conn, principal, request, *request.decision)
            return answer
    except _MovedError as moved:
        stored = moved.part.stored
        with database.writing(principal.name) as conn:
            lock(conn, stored.id)
            note(conn, stored.id, stored.version, moved.found)
        raise Problem(409, "changed_since_seen", difference=NOTHING, result_hash=moved.part.judgement.hash) from None
    except _OutdatedError as outdated:
        other = outdated.part.stored
        with database.writing(principal.name) as conn:
            one_at_a_time(conn)
            reopen(conn, principal, [other.id], request.proposal)
        about = {"proposal": other.id, "number": other.row["number"], "result_hash": request.result_hash}
        told = outdated.difference if principal.cleared or not outdated.part.restricted else NOTHING
        raise Problem(409, "changed_since_seen", **about, difference=told) from None


def _record(conn: HubConnection, principal: Principal, request: Request, identity: str, decision: Decision) -> None:
    """The decision that comes with the approval, or neither: one that waits for a linked proposal is none yet."""
    stored = lock(conn, request.proposal)
    assert stored is not None  # noqa: S101  # it has just been approved
    decisions.record_in(conn, principal, stored, identity, decision)


def _assert_read_committed(conn: HubConnection) -> None:
    row = conn.execute("SELECT current_setting('transaction_isolation') AS level").fetchone()
    if row is None or row["level"] != "read committed":
        raise RuntimeError("an approval needs READ COMMITTED: an older snapshot would not show the approval before it")


def _approve(conn: HubConnection, principal: Principal, stored: Stored, request: Request) -> dict[str, Any]:
    schema = layers(conn)
    others = partners(conn, stored.id)
    _check_bound(conn, principal, stored, others)
    part = _part(conn, schema, stored)
    _check(conn, principal, part, request)
    opinions.check_none_waits(conn, stored.id)
    _check_consents(conn, part, request)
    if any(other.state not in (State.AGREED, State.APPROVED) for other in others.values()):
        return finish(conn, principal, stored, request, part.judgement, taken=Step.AGREE)
    agreed = [_confirmed(conn, schema, other) for other in sorted(others) if others[other].state is State.AGREED]
    parts, revision = _applied(conn, schema, [part, *agreed])
    for each in parts[1:]:
        own = replace(request, id=str(uuid.uuid5(uuid.UUID(request.id), each.stored.id)), proposal=each.stored.id)
        own = replace(own, step=Step.APPLY, version=each.stored.version, reason=None, result_hash=each.judgement.hash)
        finish(conn, principal, each.stored, own, each.judgement, revision, linked=stored.id)
    return finish(conn, principal, stored, request, parts[0].judgement, revision)


def _check_bound(conn: HubConnection, principal: Principal, stored: Stored, others: Mapping[str, Named]) -> None:
    bases = [each for each in named(conn, [stored.id]).get(stored.id, ()) if each.kind is Kind.DEPENDS_ON]
    undecided = [each.shown(principal) for each in bases if each.state in ON_THE_TABLE]
    if undecided:
        raise Problem(409, "proposal.depends", proposals=undecided)
    rejected = [each.shown(principal) for each in others.values() if each.state is State.REJECTED]
    if rejected:
        raise Problem(409, "proposal.linked", proposals=rejected)


def _part(conn: HubConnection, schema: Mapping[str, Layer], stored: Stored) -> Part:
    current = content(conn, schema, stored)
    _lock_rows(conn, schema, current.version.changes)
    return Part(stored, judged(conn, schema, current, stored.state))


def _confirmed(conn: HubConnection, schema: Mapping[str, Layer], proposal: str) -> Part:
    """A linked proposal, where it still is what was agreed on. Raises `_OutdatedError`."""
    stored = lock(conn, proposal)
    assert stored is not None  # noqa: S101  # it was found, and proposals stay
    part = _part(conn, schema, stored)
    agreed = (conn.execute(_AGREED, (proposal, stored.version)).fetchone() or {}).get("result_hash")
    judgement = part.judgement
    if judgement.hash != agreed or judgement.conflicts or judgement.errors:
        raise _OutdatedError(part, _difference(conn, stored, agreed, judgement))
    return part


def _applied(conn: HubConnection, schema: Mapping[str, Layer], parts: Sequence[Part]) -> tuple[list[Part], Optional[Revision]]:
    """Write what all parts come to, with the codes that their new features get, as one revision."""
    sizes = [len(part.judgement.items) for part in parts]
    items = _with_codes(conn, [item for part in parts for item in part.judgement.items])
    _refuse_shared(items)
    for layer_id in sorted({item.layer.id for item in items}):
        write_rows(conn, schema[layer_id], _changes(item for item in items if item.layer.id == layer_id))
    each = iter(items)
    coded = [tuple(islice(each, size)) for size in sizes]
    written = [replace(part, judgement=replace(part.judgement, items=own)) for part, own in zip(parts, coded, strict=True)]
    made = revisions.made(conn)
    return written, Revision(*made) if made else None


def _refuse_shared(items: Sequence[Item]) -> None:
    """Parts are of different plans, and so of different features; where the province changed that, one of them has to give way."""
    counted = Counter((item.layer.id, item.change.key) for item in items)
    shared = [{"layer": layer, "key": key} for (layer, key), count in counted.items() if count > 1]
    if shared:
        raise Problem(409, "proposal.conflict", conflicts=[{**ref, "kind": "attributes", "attributes": []} for ref in shared])


def _lock_rows(conn: HubConnection, schema: Mapping[str, Layer], changes: Sequence[Change]) -> None:
    """Hold the touched rows against direct edits until the commit; always in the same order."""
    for layer_id in sorted({change.layer for change in changes}):
        lock_rows(conn, schema[layer_id], [change.key for change in changes if change.layer == layer_id])


def _check(conn: HubConnection, principal: Principal, part: Part, request: Request) -> None:
    judgement = part.judgement
    if not principal.cleared and any(item.guarded for item in judgement.items):
        raise Problem(403, "rights.restricted", step=request.step.value)
    if judgement.conflicts:
        raise Problem(409, "proposal.conflict", conflicts=[_conflict(item) for item in judgement.conflicts])
    if judgement.hash != request.result_hash:
        difference = _difference(conn, part.stored, request.result_hash, judgement)
        raise Problem(409, "changed_since_seen", difference=difference, result_hash=judgement.hash)
    if judgement.errors:
        raise Problem(409, "rules.errors", findings=[finding.to_json() for finding in judgement.errors])


def _check_consents(conn: HubConnection, part: Part, request: Request) -> None:
    """Who approves knows which communes haven't consented, as it is now."""
    standing = part.stored.standing
    found = grounds(conn, standing.commune, part.judgement)
    if found != {**dict.fromkeys(standing.touched, False), **dict.fromkeys(standing.veiled, True)}:
        raise _MovedError(part, found)
    if standing.unheard and not request.without_consent:
        raise Problem(409, "consent.missing", communes=sorted(standing.unheard))


def _conflict(item: Item) -> dict[str, Any]:
    clash = item.conflict
    assert clash is not None  # noqa: S101  # asked of conflicting items alone
    return {"layer": clash.layer, "key": clash.key, "kind": clash.kind.value, "attributes": list(clash.attributes)}


def _difference(conn: HubConnection, stored: Stored, seen_hash: Optional[str], judgement: Judgement) -> dict[str, Any]:
    """What is otherwise than the result that the approver saw; where that one isn't kept, than the newest that is."""
    kept = [row["digest"] for row in conn.execute(_SEEN, (stored.id, stored.version))]
    before = next((digest for digest in kept if content_hash(digest) == seen_hash), kept[0] if kept else None)
    now = judgement.digest
    rows = now["rows"] if before is None else {k: v for k, v in now["rows"].items() if before["rows"].get(k) != v}
    old_findings = set() if before is None else set(before["findings"])
    return {
        "rows": [dict(zip(("layer", "key"), name.rsplit("/", 1), strict=True)) for name in sorted(rows)],
        "findings_new": sorted(set(now["findings"]) - old_findings),
        "findings_gone": sorted(old_findings - set(now["findings"])),
    }


def _changes(items: Any) -> list[Change]:
    each = (diff_row(item.layer, item.change.key, item.before, item.after) for item in items)
    return [change for change in each if change is not None]


def _with_codes(conn: HubConnection, items: Sequence[Item]) -> list[Item]:
    """The items with final legal codes for what is inserted, in the order of layer and key. What is brought back has its own."""
    wanted = [item for item in items if item.before is None and item.after is not None]
    coded: dict[tuple[str, str], Values] = {}
    for layer in {item.layer.id: item.layer for item in wanted}.values():
        for field in (field for field in layer.legal_fields if field.allocated):
            new = (i for i in wanted if i.layer.id == layer.id and not (i.restores and (i.after or {}).get(field.name)))
            inserted = sorted(new, key=lambda i: i.change.key)
            for item, code in zip(inserted, _codes(conn, layer, field, inserted), strict=True):
                ref = (layer.id, item.change.key)
                coded[ref] = {**coded.get(ref, item.after or {}), field.name: code}
    return [replace(item, after=coded.get((item.layer.id, item.change.key), item.after)) for item in items]


def _codes(conn: HubConnection, layer: Layer, field: Field, inserted: Sequence[Item]) -> list[str]:
    """``<maHoSoQH>-<class>-<n>`` for each; a number once given is never given again."""
    prefixes = [_prefix(layer, item.after or {}) for item in inserted]
    following = {prefix: _reserve(conn, layer, field, prefix, prefixes.count(prefix)) for prefix in sorted(set(prefixes))}
    codes = []
    for prefix in prefixes:
        codes.append(f"{prefix}{following[prefix]}")
        following[prefix] += 1
    return codes


def _prefix(layer: Layer, row: Values) -> str:
    return "-".join((str(row.get("maHoSoQH") or "QH"), layer.name, ""))


def _reserve(conn: HubConnection, layer: Layer, field: Field, prefix: str, wanted: int) -> int:
    """The first of ``wanted`` numbers in a row that no feature has or had."""
    column = sql.Identifier(field.name)
    query = sql.SQL(
        "SELECT coalesce(max(substring({c} FROM %(start)s)::bigint), 0) AS used FROM {t}"
        " WHERE starts_with({c}, %(prefix)s) AND substring({c} FROM %(start)s) ~ '^[0-9]{{1,15}}$'"
    ).format(c=column, t=table_name(layer))
    row = conn.execute(query, {"prefix": prefix, "start": len(prefix) + 1}).fetchone() or {"used": 0}
    counted = conn.execute(_COUNTED, {"name": f"code:{prefix}", "used": row["used"], "wanted": wanted}).fetchone()
    assert counted is not None  # noqa: S101  # the statement always returns its row
    return int(counted["last"]) - wanted + 1
