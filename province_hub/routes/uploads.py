"""Files in parts, for lines that break: what has arrived stays, and is not sent again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Path, Query, Request
from starlette.requests import ClientDisconnect

from province_hub import uploads
from province_hub.database import Database
from province_hub.dependencies import DatabaseOf, LimitsOf
from province_hub.errors import Problem
from province_hub.identity import Caller, Principal
from province_hub.limits import Limits
from province_hub.routes.attachments import Sha256
from province_hub.uploads import Part

router = APIRouter(tags=["uploads"])

ASKED_AT_ONCE = 100
_BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {"application/octet-stream": {}}}}


class Kind(str, Enum):
    """What the file is to become: an attachment, or the gzip-compressed body of a version."""

    ATTACHMENT = "attachment"
    VERSION = "version"


@dataclass(frozen=True)
class Received:
    """How many bytes of the file have arrived, from its beginning on."""

    received: int


@router.get("/uploads")
def ask(
    caller: Caller, database: DatabaseOf, sha256: Annotated[str, Query(pattern="^[0-9a-f]{64}(,[0-9a-f]{64})*$")]
) -> dict[str, Any]:
    """Of each file named, separated by commas: whether the hub has it (``stored``), or how much has arrived (``received``)."""
    names = list(dict.fromkeys(sha256.split(",")))
    if len(names) > ASKED_AT_ONCE:
        raise Problem(413, "too_large", limit=ASKED_AT_ONCE, parameter="sha256")
    with database.writing(caller.name) as conn:
        return {"files": uploads.states(conn, caller, names)}


@router.post("/uploads/{sha256}/{offset}", openapi_extra=_BODY)
async def put_part(
    sha256: Sha256,
    offset: Annotated[int, Path(ge=0, le=1 << 40)],
    request: Request,
    caller: Caller,
    database: DatabaseOf,
    limits: LimitsOf,
    size: Annotated[int, Query(ge=1, le=1 << 40)],
    kind: Kind = Kind.ATTACHMENT,
) -> Received:
    """The bytes from ``offset`` on, at most 1 MiB, of a file of ``size`` bytes. Sending a part again does no harm, yet who was
    cut off should ask first how much has arrived: of a part that breaks off, what came is kept.

    Unfinished files are kept for some days. Problems: ``upload.offset`` with ``received``, ``upload.size``, ``too_large``,
    ``files.full``.
    """
    if not caller.roles:
        raise Problem(403, "rights.missing")
    most = limits.attachment if kind is Kind.ATTACHMENT else limits.version_body
    if size > most:
        raise Problem(413, "too_large", limit=most)
    content = bytearray()
    with suppress(ClientDisconnect):
        async for chunk in request.stream():
            content += chunk
    part = Part(sha256, size, offset, bytes(content))
    return Received(await to_thread.run_sync(_add, database, caller, part, limits))


def _add(database: Database, caller: Principal, part: Part, limits: Limits) -> int:
    with database.writing(caller.name) as conn:
        return uploads.add(conn, caller, part, limits)
