"""The hub's clock, and the proof that the log and the tables say the same."""

from __future__ import annotations

from province_hub.database import HubConnection


def latest(conn: HubConnection) -> tuple[int, str]:
    """The newest revision's number and id, as this transaction sees it. A new hub is at revision 0."""
    row = conn.execute("SELECT number, id::text FROM hub.revision ORDER BY number DESC LIMIT 1").fetchone()
    assert row is not None  # noqa: S101  # revision 0 is made with the database
    return row["number"], row["id"]
