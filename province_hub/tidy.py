"""Housekeeping: what nobody will ask for again. A file that a proposal names, in a version, in what was said of it or in what
followed, stays for ever, and one that a draft of unsent work names as long as the draft."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import psycopg
from anyio import sleep, to_thread
from psycopg_pool import PoolTimeout

from province_hub.database import Database, HubConnection

DAYS_KEPT = 30

_log = logging.getLogger("province_hub")

_ATTEMPTS = "DELETE FROM hub.login_attempt WHERE at < now() - make_interval(days => %s)"
_TOKENS = "DELETE FROM hub.token WHERE least(expires_at, revoked_at) < now() - make_interval(days => %s)"
_UNNAMED = """
SELECT a.sha256 FROM hub.attachment a
WHERE a.last_sent_at < now() - make_interval(days => %s)
  AND NOT EXISTS (SELECT FROM hub.named_file p WHERE p.sha256 = a.sha256)
  AND NOT EXISTS (SELECT FROM hub.draft_item d WHERE d.kind = 'draft' AND strpos(d.document, a.sha256) > 0)
FOR UPDATE SKIP LOCKED
"""
_STILL_UNNAMED = """
SELECT u.sha256 FROM unnest(%s::text[]) u (sha256)
WHERE NOT EXISTS (SELECT FROM hub.named_file p WHERE p.sha256 = u.sha256)
  AND NOT EXISTS (SELECT FROM hub.draft_item d WHERE d.kind = 'draft' AND strpos(d.document, u.sha256) > 0)
"""


@dataclass(frozen=True)
class Removed:
    """How many rows of each are gone."""

    attempts: int
    tokens: int
    files: int


def tidy(conn: HubConnection, days: int = DAYS_KEPT) -> Removed:
    """Remove what ended more than ``days`` ago, in the caller's READ COMMITTED transaction."""
    attempts = conn.execute(_ATTEMPTS, (days,)).rowcount
    tokens = conn.execute(_TOKENS, (days,)).rowcount
    return Removed(attempts, tokens, _files(conn, days))


async def tidy_from_time_to_time(database: Database, every: float) -> None:
    """While the hub serves, each ``every`` seconds; a failure is logged and waits for the next time."""
    while True:
        await sleep(every)
        await to_thread.run_sync(_tidy_once, database)


def _files(conn: HubConnection, days: int) -> int:
    """Locked first, looked at again then: a version that names one now waits for us, and one that did is seen."""
    locked = [row["sha256"] for row in conn.execute(_UNNAMED, (days,))]
    unnamed = [row["sha256"] for row in conn.execute(_STILL_UNNAMED, (locked,))]
    conn.execute("DELETE FROM hub.attachment_sender WHERE sha256 = ANY(%s)", (unnamed,))
    return conn.execute("DELETE FROM hub.attachment WHERE sha256 = ANY(%s)", (unnamed,)).rowcount


def _tidy_once(database: Database) -> None:
    try:
        with database.writing("tidy") as conn:
            removed = tidy(conn)
    except (psycopg.Error, PoolTimeout) as error:
        _log.warning("housekeeping has to wait: %s", type(error).__name__)
    else:
        _log.info("housekeeping: %s", removed)
