"""Who may see a proposal, and who may take which step: core's table of transitions, by role and territory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from commune_planning_plugin.core.workflow import TRANSITIONS, Role, State, Step, Transition
from province_hub.errors import Problem
from province_hub.identity import Principal

OF_COMMUNE = frozenset({Role.TECHNICIAN, Role.HEAD})
_DECISIONS = frozenset({Step.APPROVE, Step.REJECT})
_BEFORE_PROVINCE = frozenset({State.AWAITING_SIGN_OFF})


@dataclass(frozen=True)
class Standing:
    """What rights depend on. ``authors`` are the accounts of every version; ``signers`` signed the current one off."""

    commune: str
    state: State
    authors: frozenset[str]
    signers: frozenset[str]
    asked: frozenset[str] = frozenset()
    """Organisations whose opinion is asked for."""


def may_see(principal: Principal, standing: Standing) -> bool:
    """Authors and the commune always; once the commune's head has signed the version off, the province and whom it asked."""
    if principal.id in standing.authors or any(principal.has(role, standing.commune) for role in OF_COMMUNE):
        return True
    return bool(standing.signers) and (_of_province(principal, standing) or is_asked(principal, standing))


def is_asked(principal: Principal, standing: Standing) -> bool:
    """Whether the account speaks for an agency whose opinion is asked for."""
    return principal.organisation in standing.asked and principal.has(Role.AGENCY)


def _of_province(principal: Principal, standing: Standing) -> bool:
    others = (grant for grant in principal.roles if grant.role not in OF_COMMUNE | {Role.AGENCY})
    return any(grant.commune in (None, standing.commune) for grant in others)


def possible_steps(principal: Principal, standing: Standing, sees_all: bool = True) -> list[Step]:
    """The steps that the account may take now on a proposal that exists; a new version is submitted as a document of its own.

    Who may not know of each changed feature (``sees_all``) doesn't approve.
    """
    return [
        step
        for step, transition in TRANSITIONS.items()
        if step is not Step.SUBMIT
        and (sees_all or step is not Step.APPROVE)
        and standing.state in transition.before
        and refusal(principal, standing, transition) is None
    ]


def refusal(principal: Principal, standing: Standing, transition: Transition) -> Optional[Problem]:
    """Why the account may not take the step, whatever the state; None where it may."""
    roles = _roles(standing, transition)
    if not any(principal.has(role) for role in roles):
        return Problem(403, "rights.missing", step=transition.step.value)
    if not any(principal.has(role, standing.commune) for role in roles):
        return Problem(403, "rights.territory", commune=standing.commune)
    own = principal.id in standing.authors
    signed = transition.step in _DECISIONS and principal.id in standing.signers
    if (own and not transition.own) or signed:
        return Problem(403, "rights.own_proposal", step=transition.step.value)
    if transition.step is Step.WITHDRAW and not own:
        return Problem(403, "rights.missing", step=transition.step.value)
    return None


def _roles(standing: Standing, transition: Transition) -> frozenset[Role]:
    """A head returns what awaits the head's own sign-off, the province what it has been sent."""
    if transition.step is not Step.RETURN:
        return transition.roles
    before_province = standing.state in _BEFORE_PROVINCE
    return frozenset(role for role in transition.roles if (role is Role.HEAD) == before_province)
