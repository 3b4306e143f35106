"""Waiting for news: any number of callers wait, and one question to the database answers them all."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Optional

import psycopg
from anyio import CapacityLimiter, to_thread
from psycopg_pool import PoolTimeout

from province_hub.database import Database

ENDED_EVERY = 2.0
"""Seconds: how often it is asked which of the waiting callers have lost their sign-in."""

_NEWEST = """
SELECT (SELECT number FROM hub.revision ORDER BY number DESC LIMIT 1) AS revision,
       coalesce((SELECT max(id) FROM hub.audit), 0) AS step
"""
_ENDED = """
SELECT t.id::text FROM hub.token t JOIN hub.account a ON a.id = t.account
WHERE t.id = ANY(%s::uuid[]) AND (t.revoked_at IS NOT NULL OR a.disabled_at IS NOT NULL OR t.expires_at <= now())
"""


@dataclass(frozen=True)
class Mark:
    """How far the province has come: its newest revision, and the newest step of any proposal."""

    revision: int
    step: int


class NewsWatch:
    """Belongs to one event loop. A waiting caller holds neither a connection nor a thread; ``interval`` is in seconds."""

    def __init__(self, database: Database, interval: float) -> None:
        self._database = database
        self._interval = interval
        self._asking = asyncio.Lock()
        self._thread = CapacityLimiter(1)
        self._looking = CapacityLimiter(2)
        self._newest: Optional[Mark] = None
        self._asked_at = 0.0
        self._ended_at = 0.0
        self._news = asyncio.Event()
        self._waiting: Counter[str] = Counter()
        self._task: Optional[asyncio.Task[None]] = None
        self._answers: dict[Hashable, asyncio.Future[bool]] = {}

    async def newest(self) -> Mark:
        """Not older than the interval. Raises what the database raises."""
        async with self._asking:
            if self._newest is None or time.monotonic() - self._asked_at >= self._interval:
                found = await to_thread.run_sync(self._ask, limiter=self._thread)
                self._asked_at = time.monotonic()
                if found != self._newest:
                    self._newest = found
                    self._answers.clear()
                    self._wake()
            return self._newest

    async def other_than(self, mark: Mark, until: float, token: str) -> Mark:
        """The newest mark: once it isn't ``mark``, at the monotonic time ``until``, or when the sign-in ``token`` has ended."""
        newest = await self.newest()
        with self._waits(token):
            while newest == mark and time.monotonic() < until and token in self._waiting:
                news = self._news
                try:
                    await asyncio.wait_for(news.wait(), until - time.monotonic())
                except asyncio.TimeoutError:
                    return mark
                newest = await self.newest()
        return newest

    async def once(self, question: Hashable, ask: Callable[[], bool]) -> bool:
        """The answer to a question of many: ``ask`` runs in a thread, for the first of them, until there is news again."""
        known = self._answers.get(question)
        if known is None or (known.done() and known.exception() is not None):
            known = self._answers[question] = asyncio.ensure_future(to_thread.run_sync(ask, limiter=self._looking))
        return await asyncio.shield(known)

    async def beyond(self, revision: int, seconds: float, token: str) -> None:
        """Come back once there is a revision after ``revision``, after ``seconds``, or when the sign-in has ended."""
        until = time.monotonic() + seconds
        mark = await self.newest()
        while mark.revision <= revision and time.monotonic() < until:
            following = await self.other_than(mark, until, token)
            if following == mark:
                return
            mark = following

    @contextmanager
    def _waits(self, token: str) -> Iterator[None]:
        self._waiting[token] += 1
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._ask_for_all())
        try:
            yield
        finally:
            self._waiting[token] -= 1
            if self._waiting[token] <= 0:
                del self._waiting[token]

    def close(self) -> None:
        """Nobody is waited for any more."""
        if self._task is not None:
            self._task.cancel()

    async def _ask_for_all(self) -> None:
        """As long as somebody waits; what the database can't answer now is asked again."""
        try:
            while self._waiting:
                await asyncio.sleep(self._interval)
                try:
                    await self.newest()
                    await self._release_ended()
                except (psycopg.Error, PoolTimeout):
                    continue
        finally:
            self._task = None

    async def _release_ended(self) -> None:
        if not self._waiting or time.monotonic() - self._ended_at < ENDED_EVERY:
            return
        self._ended_at = time.monotonic()
        ended = await to_thread.run_sync(self._ask_ended, list(self._waiting), limiter=self._thread)
        for token in ended:
            del self._waiting[token]
        if ended:
            self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    def _ask(self) -> Mark:
        with self._database.reading() as conn:
            row = conn.execute(_NEWEST).fetchone() or {}
        return Mark(int(row["revision"]), int(row["step"]))

    def _ask_ended(self, tokens: list[str]) -> list[str]:
        with self._database.reading() as conn:
            return [row["id"] for row in conn.execute(_ENDED, (tokens,))]
