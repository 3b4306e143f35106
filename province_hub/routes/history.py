"""The past: a layer as it was known or in force, and all that has happened to a feature."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import date
from typing import Annotated, Any, Optional
from uuid import UUID

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.core.wire import encode_values
from province_hub import as_of as past
from province_hub import history, revision_changes
from province_hub.area import area_of
from province_hub.as_of import FIRST_KEY, Place
from province_hub.database import HubConnection
from province_hub.dependencies import DatabaseOf, LimitsOf
from province_hub.errors import Problem
from province_hub.identity import Caller, require_commune
from province_hub.layer_tables import layers
from province_hub.lineage import lineage_of

router = APIRouter(tags=["history"])

_AS_OF = (
    "What the database knew: a revision's number, a time (ISO 8601, UTC where it doesn't say), or a day, which is its end by the \
country's clock. Default: now. With `on`: what was in force on that day, as it was known then."
)
_ON = "Legal time: only what was in force on this day."
AsOf = Annotated[Optional[str], Query(max_length=40, description=_AS_OF)]
On = Annotated[Optional[date], Query(description=_ON)]
_NDJSON: dict[int | str, dict[str, Any]] = {200: {"content": {"application/x-ndjson": {}}, "description": "A page of features"}}
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@router.get("/layers/{layer}/features", response_class=Response, responses=_NDJSON)
def read_features(
    layer: str,
    caller: Caller,
    database: DatabaseOf,
    limits: LimitsOf,
    commune: str,
    plan: Optional[UUID] = None,
    as_of: AsOf = None,
    on: On = None,
    cursor: Annotated[Optional[str], Query(max_length=400)] = None,
) -> Response:
    """The layer's features in the commune's area; NDJSON of page, feature … and end, whose cursor asks for the next page.

    ``as_of``: as the database knew them at a revision (its number), a time, or a day's end; ``on``: those of them that were in
    force on a day. The moment is fixed by the first page. Problems: ``not_found``, ``checkpoint.unknown``.
    """
    require_commune(caller, commune)
    with database.reading() as conn:
        found = _layer(conn, layer)
        asked, after = (as_of, FIRST_KEY) if cursor is None else _read(cursor)
        at = past.moment(conn, asked, on)
        place = Place(area_of(conn, commune), caller.cleared, str(plan) if plan else None)
        lines, size = [_line({"type": "page", **past.described(conn, at)})], 0
        following: Optional[str] = None
        for key, row in past.features(conn, found, place, at, after):
            lines.append(_line({"type": "feature", "key": key, "row": encode_values(row)}))
            size += len(lines[-1])
            if size >= limits.page:
                following = base64.urlsafe_b64encode(json.dumps([at.revision, key]).encode()).decode()
                break
    lines.append(_line({"type": "end", "cursor": following}))
    return Response(b"".join(lines), media_type="application/x-ndjson", headers={"Cache-Control": "private, no-store"})


@router.get("/layers/{layer}/features/{key}/history")
def read_history(
    layer: str,
    key: UUID,
    caller: Caller,
    database: DatabaseOf,
    commune: str,
    before: Annotated[Optional[int], Query(ge=0, lt=1 << 62)] = None,
) -> dict[str, Any]:
    """Each revision of a feature that lies, or lay, in the commune's area: when, by whom, the proposal and its decision, the whole
    row after it, and what it changed; the newest first. Problem: ``not_found``."""
    require_commune(caller, commune)
    with database.reading() as conn:
        return history.history(conn, caller, area_of(conn, commune), _layer(conn, layer), str(key), before)


@router.get("/communes/{code}/revisions")
def read_revisions(
    code: str, caller: Caller, database: DatabaseOf, before: Annotated[Optional[int], Query(ge=0, lt=1 << 62)] = None
) -> dict[str, Any]:
    """The revisions that changed something in the commune's area, the newest first: when, by whom, on which proposal."""
    require_commune(caller, code)
    with database.reading() as conn:
        return revision_changes.revisions(conn, caller, area_of(conn, code), before)


@router.get("/communes/{code}/revisions/{revision}")
def read_revision(
    code: str,
    revision: Annotated[int, Path(ge=0, lt=1 << 62)],
    caller: Caller,
    database: DatabaseOf,
    layer: Annotated[str, Query(max_length=200)] = "",
    key: Optional[UUID] = None,
) -> dict[str, Any]:
    """The features in the commune's area that a revision changed, after ``layer`` and ``key``; ``next`` asks for more. Problem:
    ``not_found``."""
    require_commune(caller, code)
    with database.reading() as conn:
        return revision_changes.features(conn, caller, area_of(conn, code), revision, (layer, str(key or FIRST_KEY)))


@router.get("/communes/{code}/lineage")
def read_lineage(
    code: str,
    caller: Caller,
    database: DatabaseOf,
    layer: str,
    plan: UUID,
    before: Annotated[str, Query(max_length=40)],
    after: Annotated[str, Query(max_length=40)],
    legal: bool = True,
    as_of: AsOf = None,
) -> dict[str, Any]:
    """What became of a plan's features between two days on which it was in force (``legal``, as known at ``as_of``), or between two
    moments that the database knew (each as ``as_of`` of the features): kept, modified, split, merged, new or removed, with counts
    and areas (m²; of lines their lengths in m).

    Problems: ``not_found``, ``checkpoint.unknown``, ``too_large``.
    """
    require_commune(caller, code)
    with database.reading() as conn:
        found, area = _layer(conn, layer), area_of(conn, code)
        one, other = (past.moment(conn, as_of, _day(each)) if legal else past.moment(conn, each, None) for each in (before, after))
        return lineage_of(conn, found, Place(area, caller.cleared, str(plan)), one, other)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Problem(422, "invalid", code="request.malformed", parameter="before") from error


def _layer(conn: HubConnection, layer_id: str) -> Layer:
    found = layers(conn).get(layer_id)
    if found is None:
        raise Problem(404, "not_found", layer=layer_id)
    return found


def _read(cursor: str) -> tuple[str, str]:
    """The moment's revision and the last key. Raises `Problem` 422 ``invalid``."""
    try:
        number, key = json.loads(base64.urlsafe_b64decode(cursor))
        return str(int(number)), str(UUID(key))
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError, binascii.Error) as error:
        raise Problem(422, "invalid", code="request.malformed", parameter="cursor") from error


def _line(document: dict[str, Any]) -> bytes:
    return _COMPACT.encode(document).encode() + b"\n"
