"""Contact: what a working copy shows of itself, and what the hub tells it about what it waits for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Optional
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from province_hub import audit_told, instances
from province_hub.dependencies import DatabaseOf, SigningKeyOf
from province_hub.errors import Problem
from province_hub.identity import Caller, require_commune

router = APIRouter(tags=["contact"])

MOST_NAMED = 5_000
MOST_HEADS = 500


@dataclass(frozen=True)
class Waiting:
    """A version without a decision."""

    proposal: UUID
    number: int
    hash: str


@dataclass(frozen=True)
class ContactBody:
    """``nonce`` is the one of the last contact (None before the first), ``next`` the one that follows it, made by the working copy
    and kept there before it is sent; ``contacts`` counts its contacts. ``attachments`` are files that it believes to be here,
    ``heads`` the entries up to which it keeps a signed head of the audit."""

    commune: str
    next: UUID
    nonce: Optional[UUID] = None
    contacts: Annotated[int, Field(ge=0, le=2**53)] = 0
    device: str = ""
    versions: Annotated[list[Waiting], Field(max_length=MOST_NAMED)] = field(default_factory=list)
    attachments: Annotated[list[str], Field(max_length=MOST_NAMED)] = field(default_factory=list)
    heads: Annotated[list[Annotated[int, Field(ge=0, lt=1 << 62)]], Field(max_length=MOST_HEADS)] = field(default_factory=list)


@router.post("/instances/{instance}/contact")
def contact(instance: UUID, body: ContactBody, caller: Caller, database: DatabaseOf, key: SigningKeyOf) -> dict[str, Any]:
    """Who goes on from a nonce that another went on from is a ``copy`` and is told nothing else: it takes a new id.

    Else: which ``versions`` the hub has and how they stand (``state`` None: unknown), which ``attachments`` it lacks, the digest of
    the instance's ``backup``, where its unsent work was ``taken`` to, and ``offers``: work elsewhere that the caller may take; and
    what ``GET /audit/heads`` tells, as ``audit``.
    """
    require_commune(caller, body.commune)
    shown = instances.Shown(
        str(instance),
        body.commune,
        body.device[:200].replace("\x00", ""),
        str(body.nonce) if body.nonce is not None else None,
        str(body.next),
        body.contacts,
    )
    waiting = [instances.Frozen(str(item.proposal), item.number, item.hash) for item in body.versions]
    with database.writing(caller.name) as conn:
        if conn.execute("SELECT 1 FROM hub.commune WHERE code = %s", (body.commune,)).fetchone() is None:
            raise Problem(404, "commune.unknown", commune=body.commune)
        if not instances.meet(conn, caller, shown):
            return {"copy": True}
        answer = instances.answer(conn, caller, shown, waiting, body.attachments)
        return {**answer, "audit": audit_told.told(conn, key, body.heads)}
