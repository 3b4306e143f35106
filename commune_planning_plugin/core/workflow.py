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
    """Where a proposal is. ``draft`` exists on the desk only; ``appraised`` is laid before who approves ("trình phê duyệt");
    ``agreed`` waits for the proposals that it is linked with."""

    DRAFT = "draft"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    APPRAISED = "appraised"
    AGREED = "agreed"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Step(str, Enum):
    """What a person does to a proposal; ``agree``, ``apply`` and ``reopen`` are what the hub makes of linked ones.

    ``consent`` is the word of another commune's head; ``post_check`` and ``object`` are the province's about a commune's approval.
    """

    SUBMIT = "submit"
    SIGN_OFF = "sign_off"
    OPEN = "open"
    RETURN = "return"
    REJECT = "reject"
    APPRAISE = "appraise"
    CONSENT = "consent"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    AGREE = "agree"
    APPLY = "apply"
    REOPEN = "reopen"
    POST_CHECK = "post_check"
    OBJECT = "object"


class Side(str, Enum):
    """Whose a step is. Who sits on the appraising and the deciding side is laid down in the matrix of authority (`authority`)."""

    AUTHOR = "author"
    HEAD = "head"
    APPRAISING = "appraising"
    DECIDING = "deciding"
    TOUCHED = "touched"
    """Heads of other communes that the changes reach into, as long as they haven't consented."""
    PROVINCE = "province"


@dataclass(frozen=True)
class Transition:
    """``step`` leads from any of ``before`` to ``after`` (None: the state stays), taken by ``roles`` on one of ``sides``.

    ``own`` says whether the author may or must not. Without roles it is the hub's: no account can ask for it.
    """

    step: Step
    before: frozenset[State]
    after: Optional[State]
    roles: frozenset[Role]
    sides: frozenset[Side]
    own: bool = False
    reason: bool = False

    def leads(self, state: State) -> State:
        """Where the step leads to from ``state``."""
        return self.after or state


BEFORE_DECISION = frozenset({State.SUBMITTED, State.IN_REVIEW, State.APPRAISED})
"""States in which who decides may decide."""
_REVIEWING = frozenset({Side.APPRAISING, Side.DECIDING})
_OF_PROVINCE = frozenset({Role.REVIEWER, Role.APPROVER})
_AUTHOR = frozenset({Role.TECHNICIAN}), frozenset({Side.AUTHOR})
_HUB: tuple[frozenset[Role], frozenset[Side]] = frozenset(), frozenset()

TRANSITIONS: Mapping[Step, Transition] = {
    t.step: t
    for t in (
        Transition(
            Step.SUBMIT, frozenset({State.DRAFT, State.RETURNED, State.WITHDRAWN}), State.AWAITING_SIGN_OFF, *_AUTHOR, own=True
        ),
        Transition(
            Step.SIGN_OFF,
            frozenset({State.AWAITING_SIGN_OFF}),
            State.SUBMITTED,
            frozenset({Role.HEAD}),
            frozenset({Side.HEAD}),
        ),
        Transition(Step.OPEN, frozenset({State.SUBMITTED}), State.IN_REVIEW, _OF_PROVINCE | {Role.HEAD}, _REVIEWING),
        Transition(
            Step.APPRAISE,
            frozenset({State.SUBMITTED, State.IN_REVIEW}),
            State.APPRAISED,
            _OF_PROVINCE,
            frozenset({Side.APPRAISING}),
        ),
        Transition(Step.CONSENT, BEFORE_DECISION, None, frozenset({Role.HEAD}), frozenset({Side.TOUCHED})),
        Transition(
            Step.RETURN,
            BEFORE_DECISION | {State.AWAITING_SIGN_OFF, State.AGREED},
            State.RETURNED,
            _OF_PROVINCE | {Role.HEAD},
            _REVIEWING | {Side.HEAD, Side.TOUCHED},
            reason=True,
        ),
        Transition(
            Step.REJECT,
            BEFORE_DECISION | {State.AGREED},
            State.REJECTED,
            frozenset({Role.APPROVER, Role.HEAD}),
            frozenset({Side.DECIDING}),
            reason=True,
        ),
        Transition(
            Step.APPROVE, BEFORE_DECISION, State.APPROVED, frozenset({Role.APPROVER, Role.HEAD}), frozenset({Side.DECIDING})
        ),
        Transition(
            Step.WITHDRAW,
            BEFORE_DECISION | {State.AWAITING_SIGN_OFF, State.AGREED, State.RETURNED},
            State.WITHDRAWN,
            *_AUTHOR,
            own=True,
        ),
        Transition(Step.AGREE, BEFORE_DECISION, State.AGREED, *_HUB),
        Transition(Step.APPLY, frozenset({State.AGREED}), State.APPROVED, *_HUB),
        Transition(Step.REOPEN, frozenset({State.AGREED}), State.IN_REVIEW, *_HUB),
        Transition(Step.POST_CHECK, frozenset({State.APPROVED}), None, _OF_PROVINCE, frozenset({Side.PROVINCE})),
        Transition(Step.OBJECT, frozenset({State.APPROVED}), None, _OF_PROVINCE, frozenset({Side.PROVINCE}), reason=True),
    )
}
"""The workflow as data. A head may return only what awaits the head's own sign-off; the hub sees to that, to territories and to the
matrix of authority.

An approval comes to ``agree`` while a linked proposal isn't agreed on; the last one's applies the others, and a linked one that is
returned, rejected or withdrawn reopens them.
"""

DECIDED = frozenset({State.APPROVED, State.REJECTED})
"""States that a proposal doesn't leave."""

ON_THE_TABLE = BEFORE_DECISION | {State.AWAITING_SIGN_OFF, State.AGREED}
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
