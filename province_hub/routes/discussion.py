"""What is said about proposals: comments, verdicts, agencies' opinions, and how far each account has read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query
from starlette.responses import Response

from province_hub import discussion, opinions, organisations, unread
from province_hub.dependencies import DatabaseOf, LimitsOf
from province_hub.identity import Caller

router = APIRouter(tags=["discussion"])


class Form(str, Enum):
    """As what the consolidated table is wanted."""

    JSON = "json"
    CSV = "csv"
    HTML = "html"


@dataclass(frozen=True)
class Seen:
    """The audit entry up to which a person has looked: ``seen`` of the discussion that was shown."""

    seen: int


_TABLE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}, "text/html": {}}, "description": "The table"}}


@router.get("/organisations")
def list_organisations(caller: Caller, database: DatabaseOf) -> dict[str, Any]:
    """Whose opinion can be asked for."""
    with database.reading() as conn:
        return {"organisations": [{"id": o["id"], "name": o["name"]} for o in organisations.listed(conn) if not o["closed"]]}


@router.get("/proposals/{proposal}/discussion")
def read_discussion(
    proposal: UUID,
    caller: Caller,
    database: DatabaseOf,
    limits: LimitsOf,
    cursor: Annotated[int, Query(ge=0, lt=1 << 62)] = 0,
) -> dict[str, Any]:
    """All that was said, as far as the caller may know of it, in pages of bounded size."""
    with database.reading() as conn:
        return discussion.document(conn, caller, str(proposal), cursor, limits.list_page)


@router.put("/proposals/{proposal}/acts/{act}")
def put_act(
    proposal: UUID,
    act: UUID,
    body: Annotated[dict[str, Any], Body()],
    caller: Caller,
    database: DatabaseOf,
    limits: LimitsOf,
) -> dict[str, Any]:
    """Say something: ``kind``, ``version`` and ``body``. Repeating it is answered as the first time; nothing is changed or taken
    away."""
    return discussion.write(database, caller, limits, str(proposal), str(act), body).to_json()


@router.put("/proposals/{proposal}/read", status_code=204)
def put_read_mark(proposal: UUID, body: Seen, caller: Caller, database: DatabaseOf) -> Response:
    """The caller has looked at the proposal; what comes later is news."""
    unread.mark(database, caller, str(proposal), max(0, min(body.seen, (1 << 62) - 1)))
    return Response(status_code=204)


@router.get("/proposals/{proposal}/opinions", response_model=None, responses=_TABLE)
def read_opinions(proposal: UUID, caller: Caller, database: DatabaseOf, form: Form = Form.JSON) -> Response | dict[str, Any]:
    """The consolidated table of agencies' opinions; ``form`` csv or html for the paper file."""
    with database.reading() as conn:
        stored, found = opinions.table(conn, caller, str(proposal))
    headers = {"Cache-Control": "no-store"}
    if form is Form.CSV:
        return Response(opinions.as_csv(found), media_type="text/csv; charset=utf-8", headers=headers)
    if form is Form.HTML:
        return Response(opinions.as_html(stored, found), media_type="text/html; charset=utf-8", headers=headers)
    return {"opinions": opinions.as_json(found)}
