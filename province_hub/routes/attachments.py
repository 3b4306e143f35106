"""Files of proposals, named by their content."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Optional

from anyio import to_thread
from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from province_hub import proposals, quotas, uploads
from province_hub.database import Database, HubConnection
from province_hub.dependencies import DatabaseOf, LimitsOf
from province_hub.errors import Problem
from province_hub.identity import Caller, Principal
from province_hub.limits import Limits

router = APIRouter(tags=["attachments"])

Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]

_STORE = """
INSERT INTO hub.attachment AS held (sha256, size, content, created_by) VALUES (%s, %s, %s, %s)
ON CONFLICT (sha256) DO UPDATE SET last_sent_at = clock_timestamp() RETURNING held.xmax = 0 AS is_new
"""
_SENT = "INSERT INTO hub.attachment_sender (sha256, account) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_KNOWN = "SELECT 1 FROM hub.attachment_sender WHERE sha256 = %(sha256)s AND account = %(account)s"
_READ = "SELECT content FROM hub.attachment WHERE sha256 = %s"
_BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {"application/octet-stream": {}}}}
_STORED: dict[int | str, dict[str, Any]] = {
    200: {"description": "The hub has had it"},
    201: {"description": "Stored"},
}
_CONTENT: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}}, "description": "The file"}}


@router.put("/attachments/{sha256}", response_class=Response, responses=_STORED, openapi_extra=_BODY)
async def put_attachment(
    sha256: Sha256, request: Request, caller: Caller, database: DatabaseOf, limits: LimitsOf, uploaded: bool = False
) -> Response:
    """Before the version that names it: in one piece, or with ``uploaded`` and no body, what has been sent in parts before.

    Problems: ``attachment.hash``, ``upload.missing`` where not all of it has arrived, ``too_large``, ``files.full``,
    ``rights.missing``.
    """
    if not caller.roles:
        raise Problem(403, "rights.missing")
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
    if uploaded:
        return Response(status_code=201 if await to_thread.run_sync(_store_uploaded, database, caller, sha256, limits) else 200)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Problem(422, "attachment.hash", sha256=sha256)
    stored = await to_thread.run_sync(_store, database, caller, sha256, bytes(content), limits)
    return Response(status_code=201 if stored else 200)


@router.get("/attachments/{sha256}", response_class=Response, responses=_CONTENT)
def get_attachment(sha256: Sha256, caller: Caller, database: DatabaseOf) -> Response:
    """For who sent it, and for who may see a proposal that names it; to others it doesn't exist."""
    with database.reading() as conn:
        row = conn.execute(_READ, (sha256,)).fetchone()
        if row is None or not proposals.may_read_attachment(conn, caller, sha256):
            raise Problem(404, "not_found")
    headers = {"ETag": f'"{sha256}"', "Cache-Control": "private, no-cache", "Content-Disposition": "attachment"}
    return Response(row["content"], media_type="application/octet-stream", headers=headers)


def _store(database: Database, caller: Principal, sha256: str, content: bytes, limits: Limits) -> bool:
    with database.writing(caller.name) as conn:
        return _stored(conn, caller, sha256, content, limits)


def _store_uploaded(database: Database, caller: Principal, sha256: str, limits: Limits) -> bool:
    with database.writing(caller.name) as conn:
        known = conn.execute(_KNOWN, {"sha256": sha256, "account": caller.id}).fetchone()
        content: Optional[bytes] = uploads.whole(conn, caller, sha256)
        if content is not None:
            uploads.forget(conn, caller, sha256)
            return _stored(conn, caller, sha256, content, limits)
    if known is None:
        raise Problem(409, "upload.missing", sha256=sha256)
    return False


def _stored(conn: HubConnection, caller: Principal, sha256: str, content: bytes, limits: Limits) -> bool:
    stored = conn.execute(_STORE, (sha256, len(content), content, caller.id)).fetchone()
    conn.execute(_SENT, (sha256, caller.id))
    is_new = bool(stored and stored["is_new"])
    if is_new:
        quotas.check_files(conn, caller.id, limits)
    return is_new
