"""The change feed over HTTP: one target for all pages, and waiting for news."""

from __future__ import annotations

import base64
import binascii
import json
import uuid
from dataclasses import dataclass
from itertools import zip_longest
from typing import Annotated, Any, Optional

from anyio import to_thread
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from province_hub import feed, revisions
from province_hub.area import area_of
from province_hub.database import Database, HubConnection
from province_hub.dependencies import DatabaseOf, LimitsOf
from province_hub.errors import Problem
from province_hub.feed import Checkpoint, Place, Question
from province_hub.identity import Caller, Principal, require_commune, still_signed_in
from province_hub.kept_keys import kept_rightly
from province_hub.kept_keys import withdrawn as withdrawn_features
from province_hub.last_changes import last_changes
from province_hub.layer_tables import layers
from province_hub.limits import Limits
from province_hub.quotas import WaitingRoom
from province_hub.watch import NewsWatch

router = APIRouter(tags=["changes"])

_KNOWN = "SELECT 1 FROM hub.revision WHERE number = %s AND id = %s"
_NUMBERED = "SELECT number, id::text FROM hub.revision WHERE number = %s"
_NDJSON: dict[int | str, dict[str, Any]] = {200: {"content": {"application/x-ndjson": {}}, "description": "A page of the feed"}}


@dataclass(frozen=True)
class _Asked:
    """The call's parameters, read."""

    commune: str
    since: Checkpoint
    to: Optional[int]
    cursor: Optional[str]
    also: tuple[str, ...]
    epoch: Optional[int]
    withdrawn: bool
    cleared: Optional[bool]


@router.get("/communes/{code}/changes", response_class=Response, responses=_NDJSON)
async def changes(
    code: str,
    request: Request,
    caller: Caller,
    database: DatabaseOf,
    limits: LimitsOf,
    after: Annotated[int, Query(ge=0)],
    id: uuid.UUID,  # the protocol's name
    to: Annotated[Optional[int], Query(ge=0)] = None,
    cursor: Optional[str] = None,
    also: str = "",
    epoch: Optional[int] = None,
    wait: Annotated[int, Query(ge=0)] = 0,
    most: Annotated[Optional[int], Query(ge=1)] = None,
    withdrawn: bool = False,
    cleared: Optional[bool] = None,
) -> Response:
    """Net changes from checkpoint (after, id) to the newest revision, or to ``to``; NDJSON of page, change … and end.

    ``also`` names features kept though they left the area, ``epoch`` is the area's as the caller knows it, ``wait`` holds the
    answer back for that many seconds (at most 30) while there is no news, ``most`` bounds the page's bytes before compression on a
    line that breaks. ``withdrawn``: the caller knows that kind of change. ``cleared``: whether what the caller has at ``after`` is
    what a cleared account sees; the log doesn't tell what another one lacks of it. A key in ``also`` counts where the feature lay
    in the area, visibly, or the caller proposed it. Problems: ``checkpoint.unknown`` (``reason`` area_epoch or clearance, where it
    isn't the hub that was restored), ``commune.unknown``, ``waiting.full``.
    """
    require_commune(caller, code)
    asked = _Asked(code, Checkpoint(after, str(id)), to, cursor, _keys(also, limits), epoch, withdrawn, cleared)
    size = min(most or limits.page, limits.page)
    if wait and to is None and cursor is None:
        watch: NewsWatch = request.app.state.watch
        await to_thread.run_sync(_check, database, asked)
        waiting: WaitingRoom = request.app.state.waiting
        with waiting.place(caller.id):
            await watch.beyond(after, min(wait, limits.longest_wait), caller.token)
        caller = await to_thread.run_sync(still_signed_in, database, caller)
        require_commune(caller, code)
    content = await to_thread.run_sync(_page, database, caller, asked, size)
    return Response(content, media_type="application/x-ndjson", headers={"Cache-Control": "private, no-store"})


@router.get("/communes/{code}/features")
def features(
    code: str,
    caller: Caller,
    database: DatabaseOf,
    limits: LimitsOf,
    layer: str,
    keys: Annotated[str, Query(min_length=36)],
    births: str = "",
) -> dict[str, Any]:
    """The rows of one layer's features as they are; what isn't there, or may not be seen, is left out. ``withdrawn`` are those that
    the caller had and may not see any more: all that it kept of them has to go.

    For a working copy that is built anew and keeps something of features that the snapshot hasn't. A key counts as one in ``also``
    of `changes`: where the feature lay in the area, now or before, or the caller proposed it. ``births``, one for each key, empty
    where it isn't known, prove that the caller had a feature. Problems: ``commune.unknown``, ``not_found``.
    """
    require_commune(caller, code)
    wanted = _keys(keys, limits, "keys")
    had = {key: birth or None for key, birth in zip_longest(wanted, births.split(",")) if key is not None}
    with database.reading() as conn:
        area = area_of(conn, code)
        found = layers(conn).get(layer)
        if found is None:
            raise Problem(404, "not_found", layer=layer)
        rows = feed.rows(conn, found, kept_rightly(conn, caller, area, wanted), caller.cleared)
        return {"features": rows, "withdrawn": withdrawn_features(conn, caller, area, layer, had)}


@router.get("/communes/{code}/last-changes")
def last_changes_of(
    code: str,
    caller: Caller,
    database: DatabaseOf,
    limits: LimitsOf,
    layer: str,
    keys: Annotated[str, Query(min_length=36)],
    to: Annotated[int, Query(ge=0, lt=1 << 62)],
) -> dict[str, Any]:
    """Of one layer's features, gone ones too: in which revision, at most ``to``, each was changed last, when, and by whom.

    A key counts as one in ``also`` of `changes`. ``title`` is the proposal's, null where there was none or the caller may not read
    it. Problem: ``commune.unknown``.
    """
    require_commune(caller, code)
    wanted = _keys(keys, limits, "keys")
    with database.reading() as conn:
        known = kept_rightly(conn, caller, area_of(conn, code), wanted)
        return {"changes": last_changes(conn, caller, layer, known, to)}


def _keys(text: str, limits: Limits, parameter: str = "also") -> tuple[str, ...]:
    parts = [part for part in text.split(",") if part]
    if len(parts) > limits.also_keys:
        raise Problem(413, "too_large", limit=limits.also_keys, parameter=parameter)
    try:
        return tuple(str(uuid.UUID(part)) for part in parts)
    except ValueError as error:
        raise Problem(422, "invalid", code="request.malformed", parameter=parameter) from error


def _check(database: Database, asked: _Asked) -> None:
    with database.reading() as conn:
        _require_known(conn, asked.since)


def _page(database: Database, caller: Principal, asked: _Asked, size: int) -> bytes:
    with database.reading() as conn:
        area = area_of(conn, asked.commune)
        _require_known(conn, asked.since)
        if asked.epoch is not None and asked.epoch != area.epoch:
            raise Problem(409, "checkpoint.unknown", reason="area_epoch", epoch=area.epoch)
        if asked.cleared is not None and asked.cleared != caller.cleared:
            raise Problem(409, "checkpoint.unknown", reason="clearance")
        target, place = _target(conn, asked)
        if target.number < asked.since.number:
            raise Problem(422, "invalid", code="request.malformed", parameter="to")
        also = kept_rightly(conn, caller, area, asked.also)
        question = Question(area, caller.cleared, asked.since, target, also, place, asked.withdrawn)
        found = feed.page(conn, layers(conn), question, size)
    end = {"type": "end", "cursor": None if found.next is None else _written(target, found.next)}
    return b"".join(found.lines) + json.dumps(end).encode() + b"\n"


def _require_known(conn: HubConnection, checkpoint: Checkpoint) -> None:
    """Raises `Problem` 409 ``checkpoint.unknown``; a copy that may only be behind says 503 ``hub.behind``."""
    if conn.execute(_KNOWN, (checkpoint.number, checkpoint.id)).fetchone() is not None:
        return
    behind = conn.execute("SELECT pg_is_in_recovery() AS behind").fetchone()
    if behind and behind["behind"]:
        raise Problem(503, "hub.behind", retry_after=5)
    raise Problem(409, "checkpoint.unknown", number=checkpoint.number, id=checkpoint.id)


def _target(conn: HubConnection, asked: _Asked) -> tuple[Checkpoint, Place]:
    if asked.cursor is not None:
        target, place = _read(asked.cursor)
        _require_known(conn, target)
        return target, place
    if asked.to is None:
        number, identity = revisions.latest(conn)
        return Checkpoint(number, str(identity)), Place()
    row = conn.execute(_NUMBERED, (asked.to,)).fetchone()
    if row is None:
        raise Problem(409, "checkpoint.unknown", number=asked.to)
    return Checkpoint(row["number"], row["id"]), Place()


def _written(target: Checkpoint, place: Place) -> str:
    plain = [target.number, target.id, place.layer, place.key, place.count]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()


def _read(cursor: str) -> tuple[Checkpoint, Place]:
    """Raises `Problem` 422 ``invalid``."""
    try:
        number, identity, layer, key, count = json.loads(base64.urlsafe_b64decode(cursor))
        return Checkpoint(int(number), str(uuid.UUID(identity))), Place(str(layer), str(uuid.UUID(key)), int(count))
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError, binascii.Error) as error:
        raise Problem(422, "invalid", code="request.malformed", parameter="cursor") from error
