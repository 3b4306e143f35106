"""Signed heads of the hub's audit that are kept in a working copy, or beside it (`desk_witness`), to witness what the audit was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Optional

from commune_planning_plugin.core.signed_head import SignedHead
from commune_planning_plugin.store.sql import Database

TABLE = """
CREATE TABLE IF NOT EXISTS planning_witness (id INTEGER NOT NULL, revision INTEGER NOT NULL, running TEXT NOT NULL,
    at TEXT NOT NULL, head TEXT NOT NULL, approval TEXT, gone_at TEXT, PRIMARY KEY (id, revision, running)) WITHOUT ROWID
"""
_KEEP = """
INSERT OR IGNORE INTO planning_witness (id, revision, running, at, head, approval, gone_at) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_FIRST_AFTER = """
UPDATE planning_witness SET approval = ? WHERE id = ? AND revision = ? AND running = ? AND approval IS NULL
AND NOT EXISTS (SELECT 1 FROM planning_witness WHERE approval = ?)
"""
_PRUNE = """
DELETE FROM planning_witness WHERE approval IS NULL AND gone_at IS NULL AND EXISTS (
    SELECT 1 FROM planning_witness later WHERE later.gone_at IS NULL AND substr(later.at, 1, 7) = substr(planning_witness.at, 1, 7)
    AND (later.id, later.revision) > (planning_witness.id, planning_witness.revision))
"""
_STANDING = "SELECT head FROM planning_witness WHERE gone_at IS NULL ORDER BY id, revision"
_ALL = "SELECT head, approval, gone_at FROM planning_witness ORDER BY id, revision"


@dataclass(frozen=True)
class Kept:
    """``approval`` is a proposal whose approval was learnt with this head; ``gone_at`` (ISO 8601, UTC) is when the hub's audit was
    first seen to say something else."""

    head: SignedHead
    approval: Optional[str] = None
    gone_at: Optional[str] = None


@dataclass(frozen=True)
class Contradiction:
    """The hub's audit isn't the one that was seen here: ``seen`` is the newest head that doesn't hold any more, ``agreed`` the
    newest that does (None: none of all). ``announced``: the hub has said since then that it was restored from a backup."""

    seen: SignedHead
    agreed: Optional[SignedHead]
    announced: bool


class WitnessBook:
    """Of one file; every method is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Kept, ...]:
        """In the order of the audit's entries."""
        with self._database.reading() as connection:
            rows = connection.execute(_ALL).fetchall()
        return tuple(Kept(_head(text), approval, gone_at) for text, approval, gone_at in rows)

    def standing(self) -> tuple[SignedHead, ...]:
        """Those that the hub's audit hasn't contradicted, the newest last."""
        with self._database.reading() as connection:
            return _standing(connection)

    def keep(self, head: SignedHead, approved: Iterable[str] = ()) -> None:
        """Keep the newest head. Of the ones before, the last of each month stays, and the first after the approval of each of one's
        own proposals; ``approved`` are those that are known to be."""
        with self._database.writing() as connection:
            connection.execute(_KEEP, _row(Kept(head)))
            for proposal in approved:
                connection.execute(_FIRST_AFTER, (proposal, head.id, head.revision, head.running, proposal))
            connection.execute(_PRUNE)

    def compare(self, running: Mapping[int, str], restored_at: Optional[str]) -> Optional[Contradiction]:
        """What the hub's audit says now (by entry, the hash over all up to it) against what is kept here.

        What doesn't hold any more stays as evidence, and is told once.
        """
        with self._database.writing() as connection:
            kept = _standing(connection)
            gone = [head for head in kept if running.get(head.id) != head.running]
            if not gone:
                return None
            now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
            connection.executemany(
                "UPDATE planning_witness SET gone_at = ? WHERE id = ? AND revision = ? AND running = ?",
                [(now, head.id, head.revision, head.running) for head in gone],
            )
        agreed = [head for head in kept if head not in gone]
        return Contradiction(gone[-1], agreed[-1] if agreed else None, (restored_at or "") > gone[-1].at)

    def take_over(self, kept: Iterable[Kept]) -> None:
        """What another working copy of the same hub keeps."""
        with self._database.writing() as connection:
            connection.executemany(_KEEP, [_row(each) for each in kept])


def _standing(connection: sqlite3.Connection) -> tuple[SignedHead, ...]:
    return tuple(_head(text) for (text,) in connection.execute(_STANDING))


def _row(kept: Kept) -> tuple[object, ...]:
    head = kept.head
    return head.id, head.revision, head.running, head.at, json.dumps(head.to_json()), kept.approval, kept.gone_at


def _head(text: str) -> SignedHead:
    return SignedHead.from_json(json.loads(text))
