"""The audit for those whose work it is about: a proposal's entries, the hub's key, and what was signed."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from province_hub import audit, audit_told, key_chain, proposals, signing
from province_hub.dependencies import DatabaseOf, SigningKeyOf
from province_hub.identity import Caller

router = APIRouter(tags=["audit"])

MOST_ASKED = 500


@router.get("/audit/key")
def read_key(caller: Caller, database: DatabaseOf, key: SigningKeyOf) -> dict[str, Any]:
    """The public key (Ed25519, hex) that heads are signed with now, None where the hub can't sign, all that ever were, and how each
    took the place of the one before it."""
    with database.reading() as conn:
        known = signing.public_keys(conn)
        return {"key": key.public if key else None, "keys": known, "changes": key_chain.changes(conn)}


@router.get("/audit/heads")
def read_heads(
    caller: Caller,
    database: DatabaseOf,
    key: SigningKeyOf,
    id: Annotated[list[Annotated[int, Query(ge=0, lt=1 << 62)]], Query(max_length=MOST_ASKED)] = [],  # noqa: B006
) -> dict[str, Any]:
    """The newest signed head, and by ``id`` the hash over all entries up to it: who kept a head compares its own with it. ``keys``
    are the changes of the signing key: each endorsed by the former one, or recorded as a loss."""
    with database.writing(caller.name) as conn:
        return audit_told.told(conn, key, id)


@router.get("/proposals/{proposal}/audit")
def read_audit(proposal: UUID, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """The proposal's chain, whole: each entry as its hash is over it, with its place (``id``, ``running``) in the order of all.
    ``names`` are the actors' full names, by account."""
    with database.reading() as conn:
        stored = proposals.seen(conn, caller, str(proposal))
        return {"entries": audit.entries(conn, stored.id), "names": audit.names(conn, stored.id)}
