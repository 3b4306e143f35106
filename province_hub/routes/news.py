"""Whether there is news for the caller: asked all day by every desk, and therefore answered from memory."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Optional

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Query, Request
from starlette.requests import ClientDisconnect

from province_hub import feed
from province_hub.area import area_of
from province_hub.database import Database
from province_hub.identity import Principal, Watching, require_commune, still_signed_in
from province_hub.limits import Limits
from province_hub.quotas import WaitingRoom
from province_hub.rights import may_see
from province_hub.stored import find
from province_hub.watch import Mark, NewsWatch

router = APIRouter(tags=["news"])

_looking = CapacityLimiter(2)
"""After a step everybody's question is looked into at once: other requests keep their threads and connections."""

_STEPPED = "SELECT DISTINCT proposal::text FROM hub.audit WHERE id > %s AND id <= %s"


@dataclass(frozen=True)
class News:
    """``seen`` is to be given at the next question; ``news`` whether something has happened since the one that was given."""

    seen: str
    news: bool


@router.get("/news")
async def news(
    request: Request,
    caller: Watching,
    seen: Annotated[str, Query(pattern=r"^(\d{1,18}-\d{1,18})?$")] = "",
    commune: Optional[str] = None,
    wait: Annotated[int, Query(ge=0)] = 0,
) -> News:
    """Whether features of ``commune`` or proposals that the caller may see have changed since ``seen``; without it, where to
    begin. ``wait`` holds the answer back for that many seconds (at most 30) while there is no news. Problem: ``waiting.full``."""
    if commune is not None:
        require_commune(caller, commune)
    watch: NewsWatch = request.app.state.watch
    if not seen:
        return News(_text(await watch.newest()), False)
    limits: Limits = request.app.state.limits
    question = _Question(request.app.state.database, watch, caller, commune, min(wait, limits.longest_wait))
    if not wait:
        return await question.answer(_mark(seen))
    waiting: WaitingRoom = request.app.state.waiting
    with waiting.place(caller.id):
        return await _unless_gone(request, question.answer(_mark(seen)))


async def _unless_gone(request: Request, answer: Coroutine[Any, Any, News]) -> News:
    """``answer``, given up as soon as the caller hangs up: nobody is waited for in vain, least of all when the hub stops."""
    answering = asyncio.ensure_future(answer)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            raise ClientDisconnect
        return answering.result()
    finally:
        answering.cancel()
        leaving.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


@dataclass(frozen=True)
class _Question:
    database: Database
    watch: NewsWatch
    caller: Principal
    commune: Optional[str]
    wait_s: int

    async def answer(self, mark: Mark) -> News:
        until = time.monotonic() + self.wait_s
        while True:
            newest = await self.watch.other_than(mark, until, self.caller.token)
            if newest == mark:
                break
            if await self._concerned(mark, newest):
                return News(_text(newest), True)
            mark = newest
        if self.wait_s:
            await to_thread.run_sync(still_signed_in, self.database, self.caller, limiter=_looking)
        return News(_text(mark), False)

    async def _concerned(self, mark: Mark, newest: Mark) -> bool:
        if newest.revision < mark.revision or newest.step < mark.step:  # restored from a backup
            return True
        if newest.step > mark.step and await to_thread.run_sync(self._of_proposals, mark, newest, limiter=_looking):
            return True
        if self.commune is None or newest.revision == mark.revision:
            return False
        shared = (self.commune, self.caller.cleared, mark.revision, newest.revision)
        return await self.watch.once(shared, partial(_of_features, self.database, *shared))

    def _of_proposals(self, mark: Mark, newest: Mark) -> bool:
        with self.database.reading() as conn:
            stepped = conn.execute(_STEPPED, (mark.step, newest.step)).fetchall()
            found = (find(conn, row["proposal"]) for row in stepped)
            return any(stored is not None and may_see(self.caller, stored.standing) for stored in found)


def _of_features(database: Database, commune: str, cleared: bool, after: int, to: int) -> bool:
    with database.reading() as conn:
        return feed.touched(conn, area_of(conn, commune), cleared, after, to)


def _mark(text: str) -> Mark:
    revision, step = text.split("-")
    return Mark(int(revision), int(step))


def _text(mark: Mark) -> str:
    return f"{mark.revision}-{mark.step}"
