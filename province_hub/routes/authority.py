"""Whose a plan's adjustment is, and heads' signatures in other hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.workflow import Role, Step
from province_hub import authority, delegations, proposals
from province_hub.dependencies import DatabaseOf
from province_hub.errors import Problem
from province_hub.identity import Caller, Principal, confirmed, require_commune

router = APIRouter(tags=["authority"])


@dataclass(frozen=True)
class DelegationBody:
    """What a head gives to whom; ``acts`` are ``sign_off``, ``return``, ``consent``; both days are included."""

    commune: str
    receiver: str
    acts: list[str]
    valid_from: date
    valid_to: date
    document: str


@router.get("/authority")
def authority_of_plan(plan: UUID, commune: str, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """Who appraises and approves an adjustment of ``plan`` (key) by ``commune``, as the matrix stands today."""
    require_commune(caller, commune)
    with database.reading() as conn:
        return {"authority": authority.of_plan(conn, str(plan), commune).to_json()}


@router.get("/proposals/{proposal}/authority")
def authority_of_proposal(proposal: UUID, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """Who appraises and approves the proposal today, which communes consent, and where the post-check is."""
    with database.reading() as conn:
        stored = proposals.seen(conn, caller, str(proposal))
        return proposals.rights_of(stored, caller)


@router.get("/delegations")
def list_delegations(commune: str, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """By the commune's head: all of the commune, and who can be given the signature. By others those that concern them."""
    require_commune(caller, commune)
    with database.reading() as conn:
        found = delegations.listed(conn, commune)
        if caller.has(Role.ADMINISTRATOR) or _is_head(caller, commune):
            return {"delegations": found, "colleagues": delegations.colleagues(conn, commune, caller.name)}
        return {"delegations": [each for each in found if caller.name in (each["giver"], each["receiver"])], "colleagues": []}


@router.put("/delegations/{delegation}")
def make_delegation(delegation: UUID, body: DelegationBody, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """The head's signature in other hands, under an id that the client makes; a repeat gets the same answer."""
    with database.writing(caller.name) as conn:
        principal = confirmed(conn, caller)
        delegations.require_head(principal, body.commune)
        days = (body.valid_from, body.valid_to)
        asked = delegations.Asked(body.commune, body.receiver, _acts(body.acts), *days, body.document)
        return delegations.make(conn, str(delegation), principal.name, principal.name, asked)


@router.post("/delegations/{delegation}/revoke")
def revoke_delegation(delegation: UUID, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """It ends at once. By the commune's head, or an administrator."""
    with database.writing(caller.name) as conn:
        principal = confirmed(conn, caller)
        commune = delegations.commune_of(conn, str(delegation))
        if commune is None or not (principal.has(Role.ADMINISTRATOR) or _is_head(principal, commune)):
            raise Problem(404, "not_found")
        return delegations.revoke(conn, str(delegation), principal.name) or {}


def _is_head(principal: Principal, commune: str) -> bool:
    return any(grant.role is Role.HEAD and grant.commune == commune for grant in principal.roles)


def _acts(given: list[str]) -> frozenset[Step]:
    try:
        return frozenset(map(Step, given))
    except ValueError as error:
        raise InvalidData("delegation.acts", acts=", ".join(given)) from error
