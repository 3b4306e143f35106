"""Waiting for news: any number of callers wait, and one of them asks the database."""

from __future__ import annotations

import time

from anyio import Lock, sleep, to_thread

from province_hub import revisions
from province_hub.database import Database


class RevisionWatch:
    """Belongs to one event loop. A waiting caller holds neither a connection nor a thread; ``interval`` is in seconds."""

    def __init__(self, database: Database, interval: float) -> None:
        self._database = database
        self._interval = interval
        self._lock = Lock()
        self._newest = -1
        self._asked_at = -interval

    async def beyond(self, number: int, seconds: float) -> None:
        """Come back once there is a revision after ``number``, or after ``seconds``."""
        until = time.monotonic() + seconds
        while await self._latest() <= number and time.monotonic() < until:
            await sleep(min(self._interval, max(0.0, until - time.monotonic())))

    async def _latest(self) -> int:
        async with self._lock:
            if time.monotonic() - self._asked_at >= self._interval:
                self._newest = await to_thread.run_sync(self._ask)
                self._asked_at = time.monotonic()
            return self._newest

    def _ask(self) -> int:
        with self._database.reading() as conn:
            return revisions.latest(conn)[0]
