"""Proposals: versions in, lists and details out, steps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Optional
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Response
from fastapi import Request as HttpRequest
from fastapi.responses import JSONResponse

from commune_planning_plugin.core.decision import Decision
from commune_planning_plugin.core.workflow import State, Step
from province_hub import list_counts, lists, proposals, steps, uploads, versions
from province_hub.approval import approve
from province_hub.database import Database
from province_hub.dependencies import DatabaseOf, LimitsOf
from province_hub.errors import Problem
from province_hub.identity import Caller, Principal
from province_hub.kept_reviews import KeptReviews
from province_hub.limits import Limits
from province_hub.steps import Request

router = APIRouter(tags=["proposals"])

MOST_ASKED = 200
"""States, communes or plans in one question."""


class Box(str, Enum):
    """Which proposals: one's own, those that wait for a step of one's own, approved ones whose decision isn't in force yet, others'
    that one has had a part in, or all that one may see."""

    MINE = "mine"
    INBOX = "inbox"
    DECISIONS = "decisions"
    FOLLOWED = "followed"
    ALL = "all"


class AskedStep(str, Enum):
    """Steps on a proposal that the hub holds."""

    SIGN_OFF = "sign_off"
    OPEN = "open"
    RETURN = "return"
    REJECT = "reject"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    APPRAISE = "appraise"
    CONSENT = "consent"
    POST_CHECK = "post_check"
    OBJECT = "object"


@dataclass(frozen=True)
class RecordedBody:
    """A decision that is recorded with the approval, under an ``id`` that the client made."""

    id: UUID
    document: dict[str, Any]

    def read(self) -> tuple[str, Decision]:
        return str(self.id), Decision.from_json(self.document)


@dataclass(frozen=True)
class StepBody:
    """``request`` is made for this one step, so that a lost answer can be asked for again; approving needs ``result_hash``,
    ``without_consent`` where communes that are touched haven't consented (``consent.missing``), and may bring the ``decision``.
    """

    request: UUID
    version: int
    reason: Optional[str] = None
    result_hash: Optional[str] = None
    decision: Optional[RecordedBody] = None
    without_consent: bool = False


@router.put("/proposals/{proposal}/versions/{number}")
def put_version(
    proposal: UUID,
    number: Annotated[int, Path(ge=1, le=10_000)],
    body: Annotated[dict[str, Any], Body()],
    caller: Caller,
    database: DatabaseOf,
    limits: LimitsOf,
) -> dict[str, Any]:
    """Submit a version. Repeating it is answered as the first time; other content under the same number is refused.

    ``{"upload": sha256}`` instead stands for the gzip-compressed document that was sent in parts before (``upload.missing``).
    """
    if set(body) == {"upload"}:
        body = _uploaded(database, caller, str(body["upload"]), limits)
    return versions.accept(database, caller, str(proposal), number, body)


def _uploaded(database: Database, caller: Principal, sha256: str, limits: Limits) -> dict[str, Any]:
    with database.writing(caller.name) as conn:
        packed = uploads.whole(conn, caller, sha256)
    if packed is None:
        raise Problem(409, "upload.missing", sha256=sha256)
    return uploads.document(packed, limits)


@router.get("/proposals", response_model=dict[str, Any])
def list_proposals(
    caller: Caller,
    database: DatabaseOf,
    limits: LimitsOf,
    box: Box = Box.ALL,
    cursor: Annotated[Optional[str], Query(max_length=130)] = None,
    state: Annotated[Optional[list[State]], Query(max_length=MOST_ASKED)] = None,
    commune: Annotated[Optional[list[str]], Query(max_length=MOST_ASKED)] = None,
    plan: Annotated[Optional[list[UUID]], Query(max_length=MOST_ASKED)] = None,
    text: Annotated[str, Query(max_length=200)] = "",
    overdue: Optional[bool] = None,
    untouched_days: Annotated[Optional[int], Query(ge=0, le=10_000)] = None,
    last_by_me: Optional[bool] = None,
    order: lists.Order = lists.Order.NEWEST,
    reverse: bool = False,
    limit: Annotated[int, Query(ge=1, le=lists.LISTED)] = lists.LISTED,
    counted: bool = False,
) -> Response:
    """In pages of bounded size: ``cursor`` of a page asks for the one after it, and is null at the end.

    ``state``, ``commune`` and ``plan`` (key) can be repeated; ``text`` is looked for word by word in number, title, plan, commune
    and author; ``last_by_me``: the last step was the caller's; ``counted`` asks for ``counts`` by state of the whole list, and how
    many of it are ``overdue``.
    """
    some = (tuple(each.value for each in state or ()), tuple(commune or ()), tuple(map(str, plan or ())))
    wanted = lists.Wanted(box.value, *some, tuple(text.split()), overdue, untouched_days, last_by_me, order, reverse)
    with database.reading() as conn:
        found = lists.page(conn, caller, wanted, cursor, limits.list_page, limit)
        counts = _counts(list_counts.counted(conn, caller, wanted)) if counted else {}
    following = int(found.cursor) if found.cursor is not None and found.cursor.isdigit() else found.cursor
    return JSONResponse({"proposals": found.proposals, "cursor": following, **counts})


def _counts(found: list_counts.Counted) -> dict[str, Any]:
    return {"counts": found.by_state, "overdue": found.overdue}


@router.get("/proposals/{proposal}", response_model=dict[str, Any])
def read_proposal(request: HttpRequest, proposal: UUID, caller: Caller, database: DatabaseOf) -> Response:
    """What is asked for, what it would do to the province as it is now, and what the rules say to that."""
    kept: KeptReviews = request.app.state.reviews
    with database.reading() as conn:
        document = proposals.detail(conn, caller, str(proposal), kept)
    return JSONResponse(document)  # as it is: it is made of JSON's values, and large


@router.post("/proposals/{proposal}/{step}")
def take_step(proposal: UUID, step: AskedStep, body: StepBody, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """Repeating a request id gives the first answer. An approval applies all of the version, or nothing."""
    decision = body.decision.read() if body.decision is not None and step is AskedStep.APPROVE else None
    said = (body.version, body.reason, body.result_hash, decision, body.without_consent)
    request = Request(str(body.request), str(proposal), Step(step.value), *said)
    if request.step is Step.APPROVE:
        return approve(database, caller, request)
    return steps.take(database, caller, request)
