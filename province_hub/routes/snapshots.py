"""A commune's data at one revision, as a file."""

from __future__ import annotations

import re
from typing import Annotated, Any, Optional

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Query, Request
from starlette.responses import FileResponse, Response

from province_hub.errors import Problem
from province_hub.identity import Caller, require_commune
from province_hub.snapshot import Snapshot, SnapshotStore

router = APIRouter(tags=["snapshots"])

_waiting = CapacityLimiter(32)
"""Who waits for a snapshot to be built holds a thread; other requests have theirs."""

_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*$")
_PARTIAL: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/gzip": {}}, "description": "The whole file"},
    206: {"content": {"application/gzip": {}}, "description": "The range asked for"},
    304: {"description": "What the caller has is current"},
}


class _File(FileResponse):
    chunk_size = 1 << 20


@router.get("/communes/{code}/snapshot", response_class=FileResponse, responses=_PARTIAL)
@router.head("/communes/{code}/snapshot", response_class=FileResponse, responses=_PARTIAL)
async def snapshot(code: str, request: Request, caller: Caller, revision: Annotated[Optional[int], Query(ge=0)] = None) -> Response:
    """A gzip-compressed GeoPackage. ETag is the SHA-256 of the compressed bytes; Range and If-Range are honoured.

    Problems: ``commune.unknown``, ``snapshot.gone`` where ``revision`` is no longer kept, ``range.invalid`` 416.
    """
    require_commune(caller, code)
    store: SnapshotStore = request.app.state.snapshots
    if revision is None:
        found = await to_thread.run_sync(store.current, code, caller.cleared, limiter=_waiting)
    else:
        found = await to_thread.run_sync(store.kept, code, caller.cleared, revision)
    return _answer(request, found, caller.cleared)


def _answer(request: Request, found: Snapshot, cleared: bool) -> Response:
    headers = {
        "ETag": f'"{found.sha256}"',
        "Cache-Control": "private, no-cache",
        "X-Planning-Checkpoint": f"{found.number} {found.id}",
        "X-Planning-Features": str(found.features),
        "X-Planning-Size": str(found.size),
        "X-Planning-Area-Epoch": str(found.area_epoch),
        "X-Planning-Cleared": "true" if cleared else "false",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    _refuse_range(request, found)
    return _File(found.path, headers=headers, media_type="application/gzip")


def _refuse_range(request: Request, found: Snapshot) -> None:
    """A range that the file doesn't have becomes a problem document; starlette would answer it in plain text."""
    asked = request.headers.get("range")
    condition = request.headers.get("if-range")
    if asked is None or (condition is not None and condition != f'"{found.sha256}"'):
        return
    match = _RANGE.match(asked)
    first, last = match.groups() if match else ("", "")
    sound = bool(first or last) and (not first or int(first) < found.length) and (not (first and last) or int(first) <= int(last))
    if not sound or (not first and int(last) == 0):
        raise Problem(416, "range.invalid", length=found.length)
