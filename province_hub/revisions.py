"""The hub's clock, and the proof that the log and the tables say the same."""

from __future__ import annotations

import uuid
from typing import Optional

from province_hub.database import HubConnection

_MADE = """
SELECT r.number, r.id::text FROM hub.revision r JOIN hub.transaction t ON t.id = r.transaction
WHERE t.xid = pg_current_xact_id() AND t.started_at = transaction_timestamp()
"""


def latest(conn: HubConnection) -> tuple[int, str]:
    """The newest revision's number and id, as this transaction sees it. A new hub is at revision 0."""
    row = conn.execute("SELECT number, id::text FROM hub.revision ORDER BY number DESC LIMIT 1").fetchone()
    assert row is not None  # noqa: S101  # revision 0 is made with the database
    return row["number"], row["id"]


def made(conn: HubConnection) -> Optional[tuple[int, str]]:
    """Number and id of the revision that this transaction makes; None where it has changed no layer.

    The number that the commit would give is taken now, so that an answer and the audit can name it.
    """
    conn.execute("SET CONSTRAINTS hub.number_revision IMMEDIATE")
    row = conn.execute(_MADE).fetchone()
    return (row["number"], row["id"]) if row else None


def transactions(conn: HubConnection, after: int, to: int) -> list[uuid.UUID]:
    """What made the revisions after ``after`` up to ``to``.

    To be given to a query of the log as values: joined to it, they leave PostgreSQL to guess that each has as many entries as the
    loads of whole layers, and the whole log is read for a few changes.
    """
    rows = conn.execute("SELECT transaction FROM hub.revision WHERE number > %s AND number <= %s ORDER BY number", (after, to))
    return [row["transaction"] for row in rows]
