"""Unsent work: handed in by its working copy, read by its author and by whom the commune's head assigns."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, Optional
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from commune_planning_plugin.core.errors import InvalidData
from province_hub import audit, drafts, instances, quotas
from province_hub.dependencies import DatabaseOf, LimitsOf
from province_hub.drafts import Item
from province_hub.errors import Problem
from province_hub.identity import Caller

router = APIRouter(prefix="/drafts", tags=["drafts"])

MOST_ITEMS = 20_000
_PAGE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/json": {}}, "description": "A page of unsent work"}}
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Name = Annotated[str, Field(max_length=300)]


class Kind(str, Enum):
    """A local change, a draft, or a version that is at the hub already."""

    CHANGE = "change"
    DRAFT = "draft"
    SENT = "sent"


@dataclass(frozen=True)
class Kept:
    """One piece of unsent work; ``hash`` names its content to the working copy."""

    kind: Kind
    id: Name
    hash: Hash
    document: dict[str, Any]


@dataclass(frozen=True)
class Reference:
    """A piece by name."""

    kind: Kind
    id: Name


@dataclass(frozen=True)
class Backup:
    """What is new or other since the last backup, and what is no unsent work any more."""

    items: Annotated[list[Kept], Field(max_length=MOST_ITEMS)] = field(default_factory=list)
    gone: Annotated[list[Reference], Field(max_length=MOST_ITEMS)] = field(default_factory=list)


@dataclass(frozen=True)
class Edit:
    """An edit of a feature that the pull which brings this about takes from the working copy."""

    id: Name
    hash: Hash
    document: dict[str, Any]


@dataclass(frozen=True)
class Sealed:
    """Edits that only the cleared may read from now on."""

    items: Annotated[list[Edit], Field(max_length=MOST_ITEMS)]


@dataclass(frozen=True)
class Assignment:
    """The name of the colleague's account."""

    account: str


@dataclass(frozen=True)
class TakenItem:
    """A piece as it was read."""

    kind: str
    id: str
    hash: str


@dataclass(frozen=True)
class Taken:
    """Pieces that are in the working copy ``by`` now."""

    by: UUID
    items: Annotated[list[TakenItem], Field(max_length=MOST_ITEMS)]


@router.get("")
def of_commune(commune: str, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """For head and administrator: whose unsent work there is in the commune, and the colleagues who can be given it."""
    with database.reading() as conn:
        return drafts.of_commune(conn, caller, commune)


@router.put("/{instance}")
def put_backup(instance: UUID, body: Backup, caller: Caller, database: DatabaseOf, limits: LimitsOf) -> dict[str, Any]:
    """By the instance's own account. Repeating it changes nothing. The answer's ``backup`` is the digest of all that is kept.

    Problem: ``drafts.full``.
    """
    items = [drafts.checked(Item(item.kind.value, item.id, item.hash, item.document)) for item in body.items]
    with database.writing(caller.name) as conn:
        instances.own(conn, caller, str(instance))
        drafts.put(conn, str(instance), items, [(each.kind.value, each.id) for each in body.gone])
        if items:
            quotas.check_work(conn, caller.id, limits)
        return {"backup": drafts.digest(conn, str(instance))}


@router.put("/{instance}/sealed")
def put_sealed(instance: UUID, body: Sealed, caller: Caller, database: DatabaseOf, limits: LimitsOf) -> dict[str, Any]:
    """By the instance's own account, which can't read them back unless it is cleared. Repeating it changes nothing.

    Problem: ``drafts.full``.
    """
    items = [drafts.checked(Item(drafts.SEALED, f"{item.id}/{item.hash}", item.hash, item.document)) for item in body.items]
    with database.writing(caller.name) as conn:
        instances.own(conn, caller, str(instance))
        drafts.put(conn, str(instance), items)
        quotas.check_work(conn, caller.id, limits, sealed=True)
        audit.append(conn, str(instance), caller.name, "drafts.seal", {"items": len(items)})
        return {"sealed": len(items)}


@router.get("/{instance}", response_class=Response, responses=_PAGE)
def read_backup(instance: UUID, caller: Caller, database: DatabaseOf, limits: LimitsOf, cursor: Optional[str] = None) -> Response:
    """By the author, by who is assigned, and of what is sealed by the cleared of the commune; noted in the audit."""
    after = _read(cursor) if cursor is not None else None
    with database.writing(caller.name) as conn:
        page = drafts.read(conn, caller, str(instance), after, limits.page)
    plain = {"items": page.items, "cursor": _written(page.next) if page.next is not None else None}
    headers = {"Cache-Control": "private, no-store"}
    return Response(json.dumps(plain), media_type="application/json", headers=headers)  # escaped: text may hold half a character


@router.post("/{instance}/assign", status_code=204)
def assign(instance: UUID, body: Assignment, caller: Caller, database: DatabaseOf) -> None:
    """By the commune's head or an administrator: ``account`` may read the instance's unsent work from now on."""
    with database.writing(caller.name) as conn:
        drafts.assign(conn, caller, str(instance), body.account)


@router.post("/{instance}/taken")
def take(instance: UUID, body: Taken, caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """Note that pieces were brought into another working copy of the caller's. They stay here."""
    if str(instance) == str(body.by) and any(item.kind != drafts.SEALED for item in body.items):
        raise Problem(422, "invalid", code="request.malformed", parameter="by")
    items = [(item.kind, item.id, item.hash) for item in body.items]
    with database.writing(caller.name) as conn:
        return {"taken": drafts.take(conn, caller, str(instance), str(body.by), items)}


def _written(place: tuple[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def _read(cursor: str) -> tuple[str, str]:
    """Raises ``InvalidData('request.malformed')``."""
    try:
        kind, name = json.loads(base64.urlsafe_b64decode(cursor))
        return str(kind), str(name)
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise InvalidData("request.malformed", parameter="cursor") from error
