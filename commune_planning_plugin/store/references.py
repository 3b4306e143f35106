"""Rows of other programs that refer to features. SQLite tells of a deferred reference at the commit, when all would be lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from commune_planning_plugin.store.sql import quoted

_REFUSING = """
SELECT m.name, f.id, f."from", coalesce(f."to", 'fid')
FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
WHERE m.type = 'table' AND lower(f."table") = lower(:table) AND m.name <> :table AND f.on_delete IN ('NO ACTION', 'RESTRICT')
ORDER BY m.name, f.id, f.seq
"""


@contextmanager
def left_hanging(connection: sqlite3.Connection, wanted: bool) -> Iterator[None]:
    """Inside, where ``wanted``, features go though others refer to them; their rows stay as they are. Outside a transaction."""
    connection.execute(f"PRAGMA foreign_keys={'OFF' if wanted else 'ON'}")
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


def questions(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """For each foreign key of others on ``table`` that keeps a row from being deleted: a query by ``fid`` for one row that does."""
    pairs: dict[tuple[str, int], list[str]] = {}
    for child, number, own, ours in connection.execute(_REFUSING, {"table": table}):
        pairs.setdefault((child, number), []).append(f"c.{quoted(own)} = p.{quoted(ours)}")
    return tuple(
        f"SELECT 1 FROM {quoted(child)} c JOIN {quoted(table)} p ON {' AND '.join(same)} WHERE p.fid = ? LIMIT 1"
        for (child, _), same in pairs.items()
    )
