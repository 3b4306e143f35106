"""The hub's clock, and the proof that the log and the tables say the same."""

from __future__ import annotations

import uuid

from province_hub.database import HubConnection


def latest(conn: HubConnection) -> tuple[int, str]:
    """The newest revision's number and id, as this transaction sees it. A new hub is at revision 0."""
    row = conn.execute("SELECT number, id::text FROM hub.revision ORDER BY number DESC LIMIT 1").fetchone()
    assert row is not None  # noqa: S101  # revision 0 is made with the database
    return row["number"], row["id"]


def transactions(conn: HubConnection, after: int, to: int) -> list[uuid.UUID]:
    """What made the revisions after ``after`` up to ``to``.

    To be given to a query of the log as values: joined to it, they leave PostgreSQL to guess that each has as many entries as the
    loads of whole layers, and the whole log is read for a few changes.
    """
    rows = conn.execute("SELECT transaction FROM hub.revision WHERE number > %s AND number <= %s ORDER BY number", (after, to))
    return [row["transaction"] for row in rows]
