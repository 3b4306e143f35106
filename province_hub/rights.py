"""Who may see a proposal, and who may take which step: core's table of transitions, by role, territory and matrix of authority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Optional

from commune_planning_plugin.core.authority import COMMUNE, PROVINCE, USUAL, Authority, Level, Party
from commune_planning_plugin.core.workflow import BEFORE_DECISION, TRANSITIONS, Role, Side, State, Step, Transition
from province_hub.errors import Problem
from province_hub.identity import Mandate, Principal

OF_COMMUNE = frozenset({Role.TECHNICIAN, Role.HEAD})
_DECISIONS = frozenset({Step.APPROVE, Step.REJECT})
_CHECKS = frozenset({Step.POST_CHECK, Step.OBJECT})
_HEARD = frozenset({"waiting", "objected"})
"""States of the post-check that can be closed."""


@dataclass(frozen=True)
class Standing:
    """What rights depend on. ``authors`` are the accounts of every version; of the current version are

    * ``signers``: who signed it off, and for whom; ``appraisers`` and ``approvers``,
    * ``touched``: other communes that it reaches into; ``veiled``: those into which only features reach whose existence is
      restricted; ``consented``: those whose head has consented,
    * ``restricted``: whether it changes a feature that not everybody may see whole, or that became such a one since.
    """

    commune: str
    state: State
    authors: frozenset[str]
    signers: frozenset[str]
    asked: frozenset[str] = frozenset()
    """Organisations whose opinion is asked for."""
    touched: frozenset[str] = frozenset()
    veiled: frozenset[str] = frozenset()
    consented: frozenset[str] = frozenset()
    restricted: bool = False
    appraisers: frozenset[str] = frozenset()
    approvers: frozenset[str] = frozenset()
    authority: Authority = USUAL
    organisations: Mapping[str, str] = field(default_factory=dict)
    """Ids of the organisations that the matrix names, by code."""
    post_check: Optional[str] = None

    @property
    def missing(self) -> frozenset[str]:
        """Communes whose heads are asked and haven't consented."""
        return self.touched - self.consented

    @property
    def unheard(self) -> frozenset[str]:
        """Communes that have not consented, whether they can be asked or not."""
        return self.missing | self.veiled


def may_see(principal: Principal, standing: Standing) -> bool:
    """Authors and the commune always; once the commune's head has signed the version off, the province, whom it asked, and the
    heads of communes that it reaches into."""
    if principal.id in standing.authors or any(principal.has(role, standing.commune) for role in OF_COMMUNE):
        return True
    others = (_of_province, is_asked, _is_touched)
    return bool(standing.signers) and any(may(principal, standing) for may in others)


def is_asked(principal: Principal, standing: Standing) -> bool:
    """Whether the account speaks for an agency whose opinion is asked for."""
    return principal.organisation in standing.asked and principal.has(Role.AGENCY)


def _of_province(principal: Principal, standing: Standing) -> bool:
    others = (grant for grant in principal.roles if grant.role not in OF_COMMUNE | {Role.AGENCY})
    return any(grant.commune in (None, standing.commune) for grant in others)


def _is_touched(principal: Principal, standing: Standing) -> bool:
    heads = {grant.commune for grant in principal.roles if grant.role is Role.HEAD}
    return bool(standing.touched & (heads | {each.commune for each in principal.mandates if Step.CONSENT in each.acts}))


def possible_steps(principal: Principal, standing: Standing, sees_all: bool = True) -> list[Step]:
    """The steps that the account may take now on a proposal that exists; a new version is submitted as a document of its own.

    Who may not know of each changed feature (``sees_all``) doesn't approve.
    """
    return [
        step
        for step, transition in TRANSITIONS.items()
        if step is not Step.SUBMIT
        and (sees_all or step is not Step.APPROVE)
        and unready(standing, transition) is None
        and refusal(principal, standing, transition) is None
    ]


def refusal(principal: Principal, standing: Standing, transition: Transition) -> Optional[Problem]:
    """Why the account may not take the step, were the proposal ready for it; None where it may."""
    step = transition.step
    if not any(principal.has(role) for role in transition.roles) and not any(step in each.acts for each in principal.mandates):
        return Problem(403, "rights.missing", step=step.value)
    if not _holds_any(principal, standing, transition):
        if is_referred(standing) and step in _DECISIONS and _holds_any(replace(principal, cleared=True), standing, transition):
            return Problem(403, "rights.restricted", step=step.value)
        if any(principal.has(role, standing.commune) for role in transition.roles):
            return Problem(403, "rights.authority", step=step.value, authority=standing.authority.to_json())
        return Problem(403, "rights.territory", commune=standing.commune)
    own = principal.id in standing.authors
    if (own and not transition.own) or _has_decided(principal.id, standing, step):
        return Problem(403, "rights.own_proposal", step=step.value)
    if step is Step.APPROVE and standing.authority.separate_appraisal and principal.id in standing.appraisers:
        return Problem(403, "rights.appraised", step=step.value)
    if step is Step.WITHDRAW and not own:
        return Problem(403, "rights.missing", step=step.value)
    return None


def unready(standing: Standing, transition: Transition) -> Optional[Problem]:
    """Why nobody may take the step as the proposal stands; None where it is ready for it."""
    step, state = transition.step, standing.state
    if state not in transition.before:
        return Problem(409, "proposal.state", state=state.value)
    if step is Step.APPROVE and standing.authority.separate_appraisal and state is not State.APPRAISED:
        return Problem(409, "proposal.not_appraised", state=state.value, authority=standing.authority.to_json())
    if step in _CHECKS and standing.post_check not in (_HEARD if step is Step.POST_CHECK else {"waiting"}):
        return Problem(409, "proposal.state", state=state.value)
    return None


def _has_decided(account: str, standing: Standing, step: Step) -> bool:
    """Whether the account has had its say already, so that somebody else has to take this step."""
    signed = account in standing.signers
    if step in _DECISIONS:
        return signed and not (standing.authority.signer_may_approve and COMMUNE in deciders(standing))
    if step in _CHECKS:
        return signed or account in standing.approvers
    return signed and step is Step.APPRAISE


@dataclass(frozen=True)
class Seat:
    """Where somebody sits who may take a step: a role of a commune (by code), the province or an organisation."""

    role: Role
    party: Party


def is_referred(standing: Standing) -> bool:
    """Whether a commune's decision falls to the province since not all that is changed may be seen in the commune."""
    return standing.restricted and standing.authority.approves == COMMUNE and standing.state in BEFORE_DECISION


def deciders(standing: Standing) -> frozenset[Party]:
    """Who may decide: a commune only with the consent of all that are touched; the province too, of what not everybody may see, and
    then of the commune only who is cleared."""
    approves = standing.authority.approves
    if approves != COMMUNE:
        return frozenset({approves})
    if standing.unheard:
        return frozenset({PROVINCE})
    return frozenset({COMMUNE, PROVINCE} if standing.restricted else {COMMUNE})


def seats(standing: Standing, transition: Transition) -> frozenset[Seat]:
    """Who may take the step in principle."""
    own = Party(Level.COMMUNE, standing.commune)
    sides = transition.sides
    if transition.step is Step.RETURN:  # a head returns what awaits the head's own sign-off, the others what they have been sent
        sides = frozenset({Side.HEAD}) if standing.state is State.AWAITING_SIGN_OFF else sides - {Side.HEAD}
    found: set[Seat] = set()
    for side in sides:
        found |= {
            Side.AUTHOR: lambda: {Seat(Role.TECHNICIAN, own)},
            Side.HEAD: lambda: {Seat(Role.HEAD, own)},
            Side.APPRAISING: lambda: _appraising(standing.authority.appraises, own),
            Side.DECIDING: lambda: {_deciding(party, own) for party in deciders(standing)},
            Side.TOUCHED: lambda: {Seat(Role.HEAD, Party(Level.COMMUNE, code)) for code in standing.missing},
            Side.PROVINCE: lambda: {Seat(Role.REVIEWER, PROVINCE), Seat(Role.APPROVER, PROVINCE)},
        }[side]()
    return frozenset(found)


def _appraising(party: Party, own: Party) -> set[Seat]:
    if party == COMMUNE:
        return {Seat(Role.REVIEWER, own)}
    return {Seat(Role.REVIEWER, party), Seat(Role.APPROVER, party)}


def _deciding(party: Party, own: Party) -> Seat:
    return Seat(Role.HEAD, own) if party == COMMUNE else Seat(Role.APPROVER, party)


def holds(principal: Principal, standing: Standing, step: Step) -> bool:
    """Whether the account sits where ``step`` is taken, whatever the state and whoever took other steps."""
    return _holds_any(principal, standing, TRANSITIONS[step])


def reviews(principal: Principal, standing: Standing) -> bool:
    """Whether the account speaks for the side that reviews the proposal: as reviewer or approver of the province, or of whom the
    matrix lets appraise or decide."""
    own = Party(Level.COMMUNE, standing.commune)
    parties = {PROVINCE, standing.authority.appraises, *deciders(standing)}
    chairs = (Seat(role, own if party == COMMUNE else party) for party in parties for role in (Role.REVIEWER, Role.APPROVER))
    return any(_holds(principal, standing, chair) for chair in chairs)


def may_record(principal: Principal, standing: Standing) -> bool:
    """Whether the account is of the side that reviews and approves such a proposal, and not its author: such a one records the
    signed decision and puts it into force."""
    side = any(holds(principal, standing, step) for step in (Step.APPROVE, Step.APPRAISE, Step.OPEN))
    return side and principal.id not in standing.authors


def may_waive(principal: Principal, standing: Standing) -> bool:
    """Whether the account may put a decision into force though the map differs from it: who may approve."""
    return may_record(principal, standing) and holds(principal, standing, Step.APPROVE)


def _holds_any(principal: Principal, standing: Standing, transition: Transition) -> bool:
    blind = transition.step in _DECISIONS and standing.restricted and not principal.cleared
    wanted = (seat for seat in seats(standing, transition) if not (blind and seat.party.level is Level.COMMUNE))
    return any(_holds(principal, standing, seat) or _mandate(principal, seat, transition.step) is not None for seat in wanted)


def _holds(principal: Principal, standing: Standing, seat: Seat) -> bool:
    """Who speaks for an organisation sits there, and not for the province."""
    commune = seat.party.name if seat.party.level is Level.COMMUNE else None
    if commune is None:
        organisation = standing.organisations.get(seat.party.name, "") if seat.party.level is Level.ORGANISATION else None
        if principal.organisation != organisation:
            return False
    return any(grant.role is seat.role and grant.commune == commune for grant in principal.roles)


def _mandate(principal: Principal, seat: Seat, step: Step) -> Optional[Mandate]:
    if seat.role is not Role.HEAD:
        return None
    return next((each for each in principal.mandates if each.commune == seat.party.name and step in each.acts), None)


def mandate(principal: Principal, standing: Standing, transition: Transition) -> Optional[Mandate]:
    """The delegation by which alone the account may take the step; None where it may by itself."""
    wanted = sorted(seats(standing, transition), key=lambda seat: (seat.role.value, str(seat.party)))
    if any(_holds(principal, standing, seat) for seat in wanted):
        return None
    found = (_mandate(principal, seat, transition.step) for seat in wanted)
    return next((each for each in found if each is not None), None)


def consenting(principal: Principal, standing: Standing) -> frozenset[str]:
    """Of the communes that are asked, those that the account speaks for: as head, else by one delegation."""
    own = {grant.commune for grant in principal.roles if grant.role is Role.HEAD and grant.commune in standing.missing}
    if own:
        return frozenset(code for code in own if code is not None)
    signs_for = mandate(principal, standing, TRANSITIONS[Step.CONSENT])
    return frozenset({signs_for.commune}) if signs_for is not None else frozenset()


def needs_post_check(principal: Principal, standing: Standing) -> bool:
    """Whether an approval of the account's is one that the province looks at afterwards."""
    own = Seat(Role.HEAD, Party(Level.COMMUNE, standing.commune))
    decides = COMMUNE in deciders(standing) and _holds(principal, standing, own)
    return decides and (standing.authority.post_check or principal.id in standing.signers)
