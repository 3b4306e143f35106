"""The decision that follows an approval: recorded once it is signed, corrected by another record, and put into force when what it
states and what the map measures agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from psycopg.types.json import Jsonb

from commune_planning_plugin.core.decision import Decision, Figures, Scope
from commune_planning_plugin.core.reconciliation import Reconciliation, Tolerance, reconcile
from commune_planning_plugin.core.text import LONGEST_TEXT, LONGEST_TITLE
from commune_planning_plugin.core.wire import content_hash
from commune_planning_plugin.core.workflow import State
from province_hub import audit, tasks
from province_hub.database import Database, HubConnection
from province_hub.errors import Problem
from province_hub.files import require_files
from province_hub.identity import Principal, confirmed
from province_hub.legal_times import write_legal_times
from province_hub.measured import measured
from province_hub.moments import written
from province_hub.rights import may_record, may_see, may_waive
from province_hub.steps import one_at_a_time
from province_hub.stored import Stored, lock
from province_hub.version_checks import check_text

_RECORDS = """
SELECT d.id::text, d.proposal::text, d.number, d.date, d.effective, d.signer, d.office, d.sha256, d.file_name, d.figures,
       d.supersedes::text, d.reason, d.recorded_by::text, a.full_name AS actor, d.recorded_at
FROM hub.decision d JOIN hub.account a ON a.id = d.recorded_by WHERE d.proposal = %s ORDER BY d.recorded_at
"""
_NAMED = "SELECT proposal::text FROM hub.decision WHERE id = %s"
_ADD = """
INSERT INTO hub.decision (id, proposal, number, date, effective, signer, office, sha256, file_name, figures, supersedes, reason,
                          recorded_by)
VALUES (%(id)s, %(proposal)s, %(number)s, %(date)s, %(effective)s, %(signer)s, %(office)s, %(sha256)s, %(file_name)s, %(figures)s,
        %(supersedes)s, %(reason)s, %(by)s)
"""
_EFFECTS = """
SELECT e.id::text, e.decision::text, e.revision, e.wrote, e.waiver, e.reconciliation, e.made_by::text, a.full_name AS actor,
       e.made_at
FROM hub.decision_effect e JOIN hub.decision d ON d.id = e.decision JOIN hub.account a ON a.id = e.made_by
WHERE d.proposal = %s ORDER BY e.made_at
"""
_ADD_EFFECT = """
INSERT INTO hub.decision_effect (id, decision, revision, wrote, waiver, reconciliation, made_by)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
_EFFECT = "SELECT decision::text, waiver, made_by::text FROM hub.decision_effect WHERE id = %s"
_TOLERANCE = "SELECT value FROM hub.setting WHERE name = 'reconciliation_tolerance'"


@dataclass(frozen=True)
class Effecting:
    """What is asked: put ``decision`` into force; ``waiver`` is why, where the map differs from it. ``id`` is the client's."""

    id: str
    decision: str
    waiver: Optional[str] = None


def record(database: Database, principal: Principal, proposal: str, identity: str, decision: Decision) -> dict[str, Any]:
    """Record what was signed, or correct what was recorded; the document afterwards. Repeating it changes nothing.

    Raises `Problem`: 404, 403 ``rights.missing``, 409 ``proposal.state``, ``decision.exists``, ``decision.superseded``,
    ``attachment.missing``, ``request.reused``.
    """
    with database.writing(principal.name) as conn:
        stored = lock(conn, proposal)
        principal = confirmed(conn, principal)
        if stored is None or not may_see(principal, stored.standing):
            raise Problem(404, "not_found")
        record_in(conn, principal, stored, identity, decision)
        return document(conn, principal, stored)


def record_in(conn: HubConnection, principal: Principal, stored: Stored, identity: str, decision: Decision) -> None:
    """As `record`, in the caller's transaction, which holds the proposal."""
    records = conn.execute(_RECORDS, (stored.id,)).fetchall()
    if _recorded(conn, records, principal, identity, decision):
        return
    if not may_record(principal, stored.standing):
        raise Problem(403, "rights.missing", step="decision")
    if stored.state is not State.APPROVED:
        raise Problem(409, "proposal.state", state=stored.state.value, version=stored.version)
    _check(conn, principal, records, decision)
    plain = {**decision.to_json(), "figures": Jsonb(decision.figures.to_json())}
    names = {"sha256": decision.sha256, "file_name": decision.file_name, "by": principal.id}
    conn.execute(_ADD, {**plain, **names, "id": identity, "proposal": stored.id})
    told = {name: plain[name] for name in ("number", "date", "effective", "supersedes", "reason") if plain[name] is not None}
    told |= {"decision": identity, "hash": content_hash(decision.to_json()), "file": decision.sha256}
    audit.append(conn, stored.id, principal.name, "correct_decision" if decision.supersedes else "record_decision", told)
    tasks.create(conn, stored)


def _recorded(
    conn: HubConnection, records: Sequence[Mapping[str, Any]], principal: Principal, identity: str, decision: Decision
) -> bool:
    """Whether it was recorded under this id. Raises `Problem` 409 ``request.reused`` where that was something else."""
    known = next((row for row in records if row["id"] == identity), None)
    if known is None:
        if conn.execute(_NAMED, (identity,)).fetchone() is not None:
            raise Problem(409, "request.reused", request=identity)
        return False
    if known["recorded_by"] != principal.id or _decision(known) != decision:
        raise Problem(409, "request.reused", request=identity)
    return True


def _check(conn: HubConnection, principal: Principal, records: Sequence[Mapping[str, Any]], decision: Decision) -> None:
    for name in ("number", "signer", "office"):
        check_text(name, getattr(decision, name), LONGEST_TITLE)
    check_text("file", decision.file_name, LONGEST_TITLE)
    for code in decision.figures.areas:
        check_text("figures", code, LONGEST_TITLE, required=False)
    current = records[-1]["id"] if records else None
    if decision.supersedes is None and current is not None:
        raise Problem(409, "decision.exists", decision=current)
    if decision.supersedes != current:
        raise Problem(409, "decision.superseded", decision=current)
    check_text("reason", decision.reason or "", LONGEST_TEXT, required=current is not None)
    require_files(conn, principal, [decision.sha256])


def make_effective(database: Database, principal: Principal, proposal: str, asked: Effecting) -> dict[str, Any]:
    """Put the recorded decision into force: its day becomes the legal start of what the approval wrote, as one revision.

    Raises `Problem`: 404, 403 ``rights.missing``, 409 ``decision.superseded``, ``decision.in_force``, ``request.reused``, or
    ``decision.differs`` with the table, where the map differs from it and no ``waiver`` says why that is right.
    """
    with database.writing(principal.name) as conn:
        one_at_a_time(conn)
        stored = lock(conn, proposal)
        principal = confirmed(conn, principal)
        if stored is None or not may_see(principal, stored.standing):
            raise Problem(404, "not_found")
        if not _effected(conn, principal, asked):
            _effect(conn, principal, stored, asked)
        return document(conn, principal, stored)


def _effected(conn: HubConnection, principal: Principal, asked: Effecting) -> bool:
    known = conn.execute(_EFFECT, (asked.id,)).fetchone()
    if known is not None and (known["decision"], known["waiver"], known["made_by"]) != (asked.decision, asked.waiver, principal.id):
        raise Problem(409, "request.reused", request=asked.id)
    return known is not None


def _effect(conn: HubConnection, principal: Principal, stored: Stored, asked: Effecting) -> None:
    if not may_record(principal, stored.standing):
        raise Problem(403, "rights.missing", step="effective")
    records = conn.execute(_RECORDS, (stored.id,)).fetchall()
    current = records[-1] if records else None
    if current is None or current["id"] != asked.decision:
        raise Problem(409, "decision.superseded", decision=current["id"] if current else None)
    if any(row["decision"] == asked.decision for row in conn.execute(_EFFECTS, (stored.id,))):
        raise Problem(409, "decision.in_force", decision=asked.decision)
    compared = _compared(conn, principal, stored, _decision(current).figures)
    if compared is None:
        raise Problem(403, "rights.missing", step="effective")
    _check_waiver(principal, stored, asked, compared)
    revision, wrote = write_legal_times(conn, stored, current["effective"])
    waiver = None if compared.agrees else asked.waiver
    kept = (asked.id, asked.decision, revision, wrote, asked.waiver, Jsonb(compared.to_json()), principal.id)
    conn.execute(_ADD_EFFECT, kept)
    told = {"decision": asked.decision, "effective": current["effective"].isoformat(), "agrees": compared.agrees}
    told |= {"table": content_hash(compared.to_json()), "revision": revision}
    audit.append(conn, stored.id, principal.name, "make_effective", told if waiver is None else {**told, "reason": waiver})


def _check_waiver(principal: Principal, stored: Stored, asked: Effecting, compared: Reconciliation) -> None:
    if asked.waiver is not None:
        check_text("waiver", asked.waiver, LONGEST_TEXT)
        if not may_waive(principal, stored.standing):
            raise Problem(403, "rights.missing", step="effective")
    elif not compared.agrees:
        raise Problem(409, "decision.differs", decision=asked.decision, **compared.to_json())


def document(conn: HubConnection, principal: Principal, stored: Stored) -> dict[str, Any]:
    """All that is recorded about the decision, what GIS measures (None where the caller may not know it all), and what the caller
    may do now."""
    records = conn.execute(_RECORDS, (stored.id,)).fetchall()
    effects = conn.execute(_EFFECTS, (stored.id,)).fetchall()
    approved = stored.state is State.APPROVED
    figures = {scope: measured(conn, stored, scope) for scope in Scope} if approved else {}
    open_ = approved and (principal.cleared or not any(restricted for _, restricted in figures.values()))
    compared = _compared(conn, principal, stored, _decision(records[-1]).figures) if records else None
    return {
        "records": [_record(row) for row in records],
        "effects": [_shown_effect(row, open_) for row in effects],
        "measured": {scope.value: found.to_json() for scope, (found, _) in figures.items()} if open_ else None,
        "reconciliation": compared.to_json() if compared is not None and open_ else None,
        "tolerance": _tolerance(conn).to_json(),
        "can": _can(principal, stored, records, effects),
    }


def _can(
    principal: Principal, stored: Stored, records: Sequence[Mapping[str, Any]], effects: Sequence[Mapping[str, Any]]
) -> list[str]:
    if stored.state is not State.APPROVED or not may_record(principal, stored.standing):
        return []
    if not records:
        return ["record"]
    in_force = any(row["decision"] == records[-1]["id"] for row in effects)
    return ["correct"] if in_force else ["correct", "make_effective", *(["waive"] if may_waive(principal, stored.standing) else [])]


def _compared(conn: HubConnection, principal: Principal, stored: Stored, stated: Figures) -> Optional[Reconciliation]:
    """None where restricted features are among what is measured, and the caller may not know of them."""
    found, restricted = measured(conn, stored, stated.scope)
    if restricted and not principal.cleared:
        return None
    return reconcile(stated, found, _tolerance(conn))


def _tolerance(conn: HubConnection) -> Tolerance:
    """The hub's setting ``reconciliation_tolerance``: a share of the stated area, and m²."""
    row = conn.execute(_TOLERANCE).fetchone()
    return Tolerance(**{name: float(row["value"][name]) for name in ("share", "area")}) if row else Tolerance()


def _decision(row: Mapping[str, Any]) -> Decision:
    return Decision(
        **{name: row[name] for name in ("number", "date", "effective", "signer", "office", "sha256", "file_name")},
        figures=Figures.from_json(row["figures"]),
        supersedes=row["supersedes"],
        reason=row["reason"],
    )


def _record(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": row["id"], **_decision(row).to_json(), "by": row["actor"], "at": written(row["recorded_at"])}


def _shown_effect(row: Mapping[str, Any], open_: bool) -> dict[str, Any]:
    told = {name: row[name] for name in ("id", "decision", "waiver")}
    compared = row["reconciliation"] if open_ else None
    revision = row["revision"] if row["wrote"] else None
    return {**told, "revision": revision, "reconciliation": compared, "by": row["actor"], "at": written(row["made_at"])}
