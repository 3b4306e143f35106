"""The law's workflow as data: the states that a proposal goes through, the steps between them, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Optional


class Role(str, Enum):
    """What an account may do; technician and head are of communes, the others of the province.

    An ``agency`` speaks for an organisation, and sees what that one is asked about.
    """

    TECHNICIAN = "technician"
    HEAD = "head"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"
    OBSERVER = "observer"
    AGENCY = "agency"


class State(str, Enum):
    """Where a proposal is. ``draft`` exists on the desk only; ``agreed`` waits for the proposals that it is linked with."""

    DRAFT = "draft"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    AGREED = "agreed"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Step(str, Enum):
    """What a person does to a proposal; the last three are what the hub makes of it where proposals are linked."""

    SUBMIT = "submit"
    SIGN_OFF = "sign_off"
    OPEN = "open"
    RETURN = "return"
    REJECT = "reject"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    AGREE = "agree"
    APPLY = "apply"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Transition:
    """``step`` leads from any of ``before`` to ``after``, taken by ``roles``; ``own`` says whether the author may or must not.

    Without roles it is the hub's: no account can ask for it.
    """

    step: Step
    before: frozenset[State]
    after: State
    roles: frozenset[Role]
    own: bool
    reason: bool = False


TRANSITIONS: Mapping[Step, Transition] = {
    t.step: t
    for t in (
        Transition(
            Step.SUBMIT,
            frozenset({State.DRAFT, State.RETURNED, State.WITHDRAWN}),
            State.AWAITING_SIGN_OFF,
            frozenset({Role.TECHNICIAN}),
            own=True,
        ),
        Transition(Step.SIGN_OFF, frozenset({State.AWAITING_SIGN_OFF}), State.SUBMITTED, frozenset({Role.HEAD}), own=False),
        Transition(Step.OPEN, frozenset({State.SUBMITTED}), State.IN_REVIEW, frozenset({Role.REVIEWER, Role.APPROVER}), own=False),
        Transition(
            Step.RETURN,
            frozenset({State.AWAITING_SIGN_OFF, State.SUBMITTED, State.IN_REVIEW, State.AGREED}),
            State.RETURNED,
            frozenset({Role.HEAD, Role.REVIEWER, Role.APPROVER}),
            own=False,
            reason=True,
        ),
        Transition(
            Step.REJECT,
            frozenset({State.SUBMITTED, State.IN_REVIEW, State.AGREED}),
            State.REJECTED,
            frozenset({Role.APPROVER}),
            own=False,
            reason=True,
        ),
        Transition(
            Step.APPROVE, frozenset({State.SUBMITTED, State.IN_REVIEW}), State.APPROVED, frozenset({Role.APPROVER}), own=False
        ),
        Transition(
            Step.WITHDRAW,
            frozenset({State.AWAITING_SIGN_OFF, State.SUBMITTED, State.IN_REVIEW, State.AGREED, State.RETURNED}),
            State.WITHDRAWN,
            frozenset({Role.TECHNICIAN}),
            own=True,
        ),
        Transition(Step.AGREE, frozenset({State.SUBMITTED, State.IN_REVIEW}), State.AGREED, frozenset(), own=False),
        Transition(Step.APPLY, frozenset({State.AGREED}), State.APPROVED, frozenset(), own=False),
        Transition(Step.REOPEN, frozenset({State.AGREED}), State.IN_REVIEW, frozenset(), own=False),
    )
}
"""The workflow as data. A head may return only what awaits the head's own sign-off; the hub sees to that and to territories.

An approval comes to ``agree`` while a linked proposal isn't agreed on; the last one's applies the others, and a linked one that is
returned, rejected or withdrawn reopens them.
"""

DECIDED = frozenset({State.APPROVED, State.REJECTED})
"""States that a proposal doesn't leave."""

ON_THE_TABLE = frozenset({State.AWAITING_SIGN_OFF, State.SUBMITTED, State.IN_REVIEW, State.AGREED})
"""States in which a version waits for its decision."""

CLOSED = DECIDED | {State.RETURNED, State.WITHDRAWN}
"""States in which a sent version is no longer waited for."""


def outcome(number: int, newest: int, state: State) -> Optional[State]:
    """What version ``number`` of a proposal came to; None while it is waited for.

    ``newest`` is the proposal's version now: one that a newer version followed had been returned before.
    """
    if newest > number:
        return State.RETURNED
    return state if newest == number and state in CLOSED else None
