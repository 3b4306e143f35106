"""What one account may leave at the hub: a script that runs wild, or a stolen password, fills no disk and keeps nobody out.

Each check comes after what was added, with the account's row held: two requests at once don't pass a bound together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import LiteralString

from province_hub.database import HubConnection
from province_hub.errors import Problem
from province_hub.limits import Limits

_HOLD = "SELECT 1 FROM hub.account WHERE id = %s FOR NO KEY UPDATE"
_WORK = """
SELECT count(*) AS number, coalesce(sum(octet_length(d.document)), 0) AS bytes
FROM hub.instance i JOIN hub.draft_item d ON d.instance = i.id
WHERE i.account = %(account)s AND (d.kind = 'sealed') = %(sealed)s
"""
_FILES = """
SELECT count(*) AS number, coalesce(sum(a.size), 0) AS bytes FROM hub.attachment a
WHERE a.created_by = %(account)s AND NOT EXISTS (SELECT FROM hub.named_file p WHERE p.sha256 = a.sha256)
"""
_UPLOADS = "SELECT count(*) AS number, coalesce(sum(size), 0) AS bytes FROM hub.upload WHERE account = %(account)s"

_SAID = """
SELECT count(*) AS number, coalesce(sum(octet_length(body)), 0) AS bytes FROM hub.discussion_act
WHERE actor = %s AND at > clock_timestamp() - interval '1 day'
"""
_SAID_THERE = "SELECT count(*) AS number FROM hub.discussion_act WHERE proposal = %s"

TRY_AGAIN_S = 30
LATER_S = 3600


def check_work(conn: HubConnection, account: str, limits: Limits, sealed: bool = False) -> None:
    """Unsent work of all the account's working copies; what is sealed counts apart, since its pull can't go on without.

    Raises `Problem` 413 ``drafts.full``.
    """
    _check(conn, _WORK, {"account": account, "sealed": sealed}, "drafts.full", limits.drafts, limits.draft_bytes)


def check_files(conn: HubConnection, account: str, limits: Limits) -> None:
    """Files that the account was the first to send, and that no version names. Raises `Problem` 413 ``files.full``."""
    _check(conn, _FILES, {"account": account}, "files.full", limits.unnamed_files, limits.unnamed_file_bytes)


def check_uploads(conn: HubConnection, account: str, limits: Limits) -> None:
    """Files on their way in, each as large as it is to become. Raises `Problem` 413 ``files.full``."""
    _check(conn, _UPLOADS, {"account": account}, "files.full", limits.unfinished_uploads, limits.unfinished_upload_bytes)


def check_acts(conn: HubConnection, account: str, proposal: str, limits: Limits) -> None:
    """What the account said in the last day, and all that was said of the proposal, whose row is held.

    Raises `Problem` 429 ``discussion.too_many`` or 413 ``discussion.full``.
    """
    conn.execute(_HOLD, (account,))
    mine = conn.execute(_SAID, (account,)).fetchone() or {}
    if mine["number"] > limits.acts_a_day or mine["bytes"] > limits.act_bytes_a_day:
        raise Problem(429, "discussion.too_many", retry_after=LATER_S)
    there = conn.execute(_SAID_THERE, (proposal,)).fetchone() or {}
    if there["number"] > limits.acts_of_proposal:
        raise Problem(413, "discussion.full", number=limits.acts_of_proposal)


def _check(conn: HubConnection, query: LiteralString, of: Mapping[str, object], code: str, number: int, size: int) -> None:
    conn.execute(_HOLD, (of["account"],))
    held = conn.execute(query, of).fetchone()
    if held is not None and (held["number"] > number or held["bytes"] > size):
        raise Problem(413, code, number=number, bytes=size)


class WaitingRoom:
    """Callers whose answer is held back, each with a connection of their own. Belongs to one event loop."""

    def __init__(self, of_account: int, altogether: int) -> None:
        self._of_account, self._altogether = of_account, altogether
        self._here: dict[str, int] = {}

    @contextmanager
    def place(self, account: str) -> Iterator[None]:
        """Raises `Problem` 429 ``waiting.full``; who asks without waiting is answered as ever."""
        if self._here.get(account, 0) >= self._of_account or sum(self._here.values()) >= self._altogether:
            raise Problem(429, "waiting.full", retry_after=TRY_AGAIN_S)
        self._here[account] = self._here.get(account, 0) + 1
        try:
            yield
        finally:
            self._here[account] -= 1
            if not self._here[account]:
                del self._here[account]
