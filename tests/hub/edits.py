"""Edits of the tiny province in plain SQL, and what the log makes of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, Optional

import psycopg

from province_hub.database import HubConnection
from tests.hub import tiny

LOTS = '"QuyHoach"."ChucNangSuDungDat_A"'
FIRST = tiny.lot_key("22504", 0, 0)
SECOND = tiny.lot_key("22504", 1, 0)
EAST = tiny.lot_key("22516", 0, 0)

Open = Callable[..., HubConnection]
"""Opens one more connection; takes ``autocommit`` and libpq's parameters."""


def run(conn: HubConnection, statement: str, params: Any = ()) -> psycopg.Cursor[dict[str, Any]]:
    """``statement`` with ``LOTS`` standing for the land-use layer's table."""
    return conn.execute(statement.replace("LOTS", LOTS).encode(), params or None)


def rename(conn: HubConnection, key: str, name: str) -> None:
    run(conn, 'UPDATE LOTS SET "tenDoiTuong" = %s WHERE key = %s', (name, key))


def insert(conn: HubConnection, name: str, west: float = 600_000, key: Optional[str] = None) -> str:
    key = key or str(uuid.uuid4())
    run(
        conn,
        'INSERT INTO LOTS (key, plan, "tenDoiTuong", geom) VALUES (%s, %s, %s, ST_GeomFromWKB(%s, 9217))',
        (key, tiny.plan_key("PLAN-22504"), name, tiny.square(west, 1_402_000)),
    )
    return key


def revisions(conn: HubConnection) -> list[dict[str, Any]]:
    """What came after the tiny province was loaded, in order."""
    return conn.execute("SELECT * FROM hub.revision WHERE number > 1 ORDER BY number").fetchall()


def log(conn: HubConnection) -> list[dict[str, Any]]:
    """The entries after the tiny province was loaded, in the order of revisions."""
    return conn.execute(
        "SELECT r.number, c.* FROM hub.change_log c JOIN hub.revision r USING (transaction)"
        " WHERE r.number > 1 ORDER BY r.number, c.id"
    ).fetchall()


def told(entry: dict[str, Any]) -> tuple[Optional[str], Optional[str]]:
    """The feature's name before and after an entry."""
    return tuple(entry[side] and entry[side]["tenDoiTuong"] for side in ("old", "new"))  # type: ignore[return-value]
