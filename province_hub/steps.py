"""Taking a step on a proposal: once for each request id, by who may, from where it leads on."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from psycopg.types.json import Jsonb

from commune_planning_plugin.core.decision import Decision
from commune_planning_plugin.core.text import LONGEST_TEXT
from commune_planning_plugin.core.wire import content_hash
from commune_planning_plugin.core.workflow import TRANSITIONS, State, Step
from province_hub import audit, clocks
from province_hub.consents import grounds, note
from province_hub.database import Database, HubConnection
from province_hub.discussion import to_redo
from province_hub.errors import Problem
from province_hub.identity import Mandate, Principal, confirmed
from province_hub.judging import judged
from province_hub.layer_tables import layers
from province_hub.proposals import summary_of
from province_hub.relations import partners
from province_hub.reviewing import Judgement
from province_hub.rights import Standing, consenting, mandate, may_see, needs_post_check, refusal, unready
from province_hub.stored import Stored, content, lock
from province_hub.version_checks import check_text

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('hub.approvals', 0))"
_ENDING = frozenset({Step.RETURN, Step.REJECT, Step.WITHDRAW})
_MOVE = """
UPDATE hub.proposal SET state = %(state)s, revision = coalesce(%(revision)s, revision), updated_at = clock_timestamp(),
       post_check = CASE %(step)s WHEN 'post_check' THEN 'checked' WHEN 'object' THEN 'objected' WHEN 'apply' THEN post_check
                    ELSE %(post_check)s END
WHERE id = %(proposal)s
"""
_ADD = """
INSERT INTO hub.proposal_step (id, proposal, version, step, actor, reason, communes, delegation)
VALUES (%(request)s, %(proposal)s, %(version)s, %(step)s, %(actor)s, %(reason)s, %(communes)s, %(delegation)s)
"""
_ANSWERED = "UPDATE hub.proposal_step SET answer = %s WHERE id = %s"
_EARLIER = "SELECT answer FROM hub.proposal_step WHERE id = %s"


@dataclass(frozen=True)
class Request:
    """``id`` is made by the client for this one step; ``version`` and ``result_hash`` say what the person saw.

    With an approval may come the ``decision``, under the id that it is to be recorded by; ``without_consent``: the person approves
    though not every commune that is touched has consented, and says so.

    Raises ``InvalidData`` for a reason that is no text.
    """

    id: str
    proposal: str
    step: Step
    version: int
    reason: Optional[str] = None
    result_hash: Optional[str] = None
    decision: Optional[tuple[str, Decision]] = None
    without_consent: bool = False

    def __post_init__(self) -> None:
        check_text("reason", self.reason or "", LONGEST_TEXT, required=False)
        check_text("result_hash", self.result_hash or "", 64, required=False)

    def fingerprint(self, actor: str) -> str:
        asked: list[Any] = [self.proposal, self.step.value, self.version, self.reason, self.result_hash, actor]
        if self.decision is not None:
            asked += [self.decision[0], self.decision[1].to_json()]
        return content_hash([*asked, True] if self.without_consent else asked)


@dataclass(frozen=True)
class Revision:
    """What an approval made."""

    number: int
    id: str


def take(database: Database, principal: Principal, request: Request) -> dict[str, Any]:
    """Any step but an approval: the summary afterwards, or what a request of this id was answered at first."""
    with database.writing(principal.name) as conn:
        others = partners(conn, request.proposal)
        if others:
            one_at_a_time(conn)
        stored = lock(conn, request.proposal)
        answered = earlier(conn, principal, request)
        if answered is not None:
            return answered
        principal = confirmed(conn, principal)
        marked = to_redo(conn, stored) if stored is not None and request.step is Step.RETURN else ()
        current = permitted(principal, stored, request, says_itself=bool(marked))
        judgement = _judged(conn, current) if request.step in (Step.OPEN, Step.REJECT) else None
        if judgement is not None and request.step is Step.OPEN:
            note(conn, current.id, current.version, grounds(conn, current.standing.commune, judgement))
        if request.step in _ENDING:
            reopen(conn, principal, others, current.id)
        return finish(conn, principal, current, request, judgement, marked=marked)


def one_at_a_time(conn: HubConnection) -> None:
    """Wait for the approval, or the step on linked proposals, that is under way; what is read from now on is as it leaves it."""
    conn.execute(_LOCK)


def reopen(conn: HubConnection, principal: Principal, proposals: Iterable[str], because: str) -> None:
    """Put those that are agreed on back into review, on account of the linked proposal ``because``."""
    for proposal in sorted(proposals):
        stored = lock(conn, proposal)
        if stored is not None and stored.state is State.AGREED:
            request = Request(str(uuid.uuid4()), proposal, Step.REOPEN, stored.version)
            finish(conn, principal, stored, request, linked=because)


def earlier(conn: HubConnection, principal: Principal, request: Request) -> Optional[dict[str, Any]]:
    """The first answer to the request's id. Raises `Problem` 409 ``request.reused`` where it was another request."""
    row = conn.execute(_EARLIER, (request.id,)).fetchone()
    if row is None:
        return None
    kept = row["answer"] or {}
    if kept.get("request") != request.fingerprint(principal.id):
        raise Problem(409, "request.reused", request=request.id)
    answer: dict[str, Any] = kept["answer"]
    return answer


def permitted(principal: Principal, stored: Optional[Stored], request: Request, says_itself: bool = False) -> Stored:
    """The proposal, where the caller may take the step now; a step that ``says_itself`` why needs no reason beside."""
    if stored is None or not may_see(principal, stored.standing):
        raise Problem(404, "not_found")
    transition = TRANSITIONS[request.step]
    refused = refusal(principal, stored.standing, transition)
    if refused is not None:
        raise refused
    if stored.version != request.version:
        raise Problem(409, "proposal.state", state=stored.state.value, version=stored.version)
    refused = unready(stored.standing, transition)
    if refused is not None:
        raise Problem(refused.status_code, refused.code, **refused.details, version=stored.version)
    if transition.reason:
        check_text("reason", request.reason or "", LONGEST_TEXT, required=not says_itself)
    return stored


def _judged(conn: HubConnection, stored: Stored) -> Judgement:
    schema = layers(conn)
    return judged(conn, schema, content(conn, schema, stored), stored.state)


def finish(
    conn: HubConnection,
    principal: Principal,
    stored: Stored,
    request: Request,
    judgement: Optional[Judgement] = None,
    revision: Optional[Revision] = None,
    taken: Optional[Step] = None,
    linked: Optional[str] = None,
    marked: Sequence[str] = (),
) -> dict[str, Any]:
    """Write the step, its audit entry and its answer. ``judgement`` is what the person had before them.

    ``taken`` is what the request came to, where that is another step; ``linked`` the proposal on whose account it is taken;
    ``marked`` the verdicts that a return carries.
    """
    step, standing = taken or request.step, stored.standing
    signs_for = mandate(principal, standing, TRANSITIONS[step])
    values = {
        "request": request.id,
        "proposal": stored.id,
        "version": stored.version,
        "step": step.value,
        "actor": principal.id,
        "reason": request.reason,
        "communes": _communes(principal, standing, step),
        "delegation": signs_for.id if signs_for else None,
        "state": TRANSITIONS[step].leads(stored.state).value,
        "revision": revision.number if revision else None,
        "post_check": "waiting" if step in (Step.AGREE, Step.APPROVE) and needs_post_check(principal, standing) else None,
    }
    conn.execute(_MOVE, values)
    conn.execute(_ADD, values)
    clocks.settle(conn, stored.id)
    details = {**_details(stored, request, revision, linked, marked), **_by_whose_right(standing, step, signs_for, values)}
    audit.append(conn, stored.id, principal.name, step.value, details)
    answer = summary_of(conn, principal, stored.id)
    answer["revision"] = {"number": revision.number, "id": revision.id} if revision else None
    kept = {"request": request.fingerprint(principal.id), "answer": answer, **_kept(step, judgement)}
    conn.execute(_ANSWERED, (Jsonb(kept), request.id))
    return answer


def _communes(principal: Principal, standing: Standing, step: Step) -> Optional[list[str]]:
    """Of a consent, the communes that it is of; of an approval, those whose consent isn't waited for."""
    if step is Step.CONSENT:
        return sorted(consenting(principal, standing))
    return sorted(standing.unheard) or None if step in (Step.AGREE, Step.APPROVE) else None


def _by_whose_right(standing: Standing, step: Step, signs_for: Optional[Mandate], values: Mapping[str, Any]) -> dict[str, Any]:
    """For the audit: under which authority, for whom, for which communes. It names no commune that only hidden features touch."""
    said: dict[str, Any] = {}
    if step in (Step.AGREE, Step.APPROVE, Step.REJECT, Step.APPRAISE):
        said["authority"] = standing.authority.to_json()
    if signs_for is not None:
        said["on_behalf_of"] = {"delegation": signs_for.id, "giver": signs_for.giver_name, "document": signs_for.document}
    named = [code for code in values["communes"] or () if code not in standing.veiled]
    if named:
        said["communes" if step is Step.CONSENT else "without_consent"] = named
    if values["post_check"]:
        said["post_check"] = values["post_check"]
    return said


def _details(
    stored: Stored, request: Request, revision: Optional[Revision], linked: Optional[str], marked: Sequence[str]
) -> dict[str, Any]:
    details = {
        "version": stored.version,
        "hash": stored.row["hash"],
        "reason": request.reason,
        "result_hash": request.result_hash,
        "revision": revision.number if revision else None,
        "linked": linked,
        "redo": list(marked) or None,
    }
    return {name: value for name, value in details.items() if value is not None}


def _kept(step: Step, judgement: Optional[Judgement]) -> Mapping[str, Any]:
    """For a later comparison the digest; of a decision all that was before the person."""
    if judgement is None:
        return {}
    if step is Step.OPEN:
        return {"digest": judgement.digest}
    return {
        "digest": judgement.digest,
        "decided": {
            "review": [item.to_json() for item in judgement.items],
            "findings": [finding.to_json() for finding in judgement.findings],
            "result_hash": judgement.hash,
        },
    }
