"""The hub's connections: one pool, and the only two ways to use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Optional

import psycopg
from psycopg import IsolationLevel
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool

HubConnection = psycopg.Connection[dict[str, Any]]
"""A connection whose rows are dictionaries."""

_ON_BEHALF = """
SELECT set_config('hub.actor', %s, true), set_config('hub.proposal', %s, true), set_config('hub.version', %s, true)
"""


PATIENCE_S = 25.0
"""How long a lock is waited for: less than desks wait for an answer, and than others wait for a connection. Who edits a layer
directly may keep its rows locked for hours, and mustn't keep everybody from everything."""


class Database:
    """``conninfo`` is a libpq connection string, ``size`` the most connections that are open at once.

    A lock that isn't to be had within ``patience`` seconds ends a transaction with ``psycopg.OperationalError``.
    """

    def __init__(self, conninfo: str, size: int = 8, patience: float = PATIENCE_S) -> None:
        self.conninfo = conninfo
        self._patience = patience
        self._pool: ConnectionPool[HubConnection] = ConnectionPool(
            conninfo,
            connection_class=psycopg.Connection[DictRow],
            kwargs={"row_factory": dict_row},
            min_size=1,
            max_size=size,
            configure=self._configure,
            check=ConnectionPool.check_connection,
            open=True,
        )

    @contextmanager
    def reading(self) -> Iterator[HubConnection]:
        """One unchanging state of the database: whatever is read belongs to one revision."""
        with self._pool.connection() as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            yield connection

    @contextmanager
    def writing(self, actor: str, proposal: Optional[str] = None, version: Optional[int] = None) -> Iterator[HubConnection]:
        """One READ COMMITTED transaction in the name of ``actor``; the revision that it makes carries all three."""
        with self._pool.connection() as connection:
            connection.isolation_level = IsolationLevel.READ_COMMITTED
            connection.read_only = False
            connection.execute(_ON_BEHALF, (actor, proposal or "", "" if version is None else str(version)))
            yield connection

    def close(self) -> None:
        self._pool.close()

    def _configure(self, connection: HubConnection) -> None:
        connection.execute("SET timezone = 'UTC'")
        connection.execute("SELECT set_config('lock_timeout', %s, false)", (f"{self._patience * 1000:.0f}ms",))
        connection.commit()
