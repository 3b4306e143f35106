"""The working copy's own tables beside features and shadows, and its small facts by name."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Optional

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import Catalogue
from commune_planning_plugin.store.model import Checkpoint, Identity
from commune_planning_plugin.store.sql import has_table, quoted

FORMAT = 5
"""Version of the file's own tables: see `migrating`. A newer plugin migrates older ones, an older plugin refuses newer ones."""

TABLES = """
CREATE TABLE planning_state (name TEXT PRIMARY KEY NOT NULL, value TEXT) WITHOUT ROWID;
CREATE TABLE planning_switch (off INTEGER NOT NULL);
CREATE TABLE planning_layer (layer TEXT PRIMARY KEY NOT NULL, table_name TEXT NOT NULL, ddl TEXT NOT NULL, generation TEXT NOT NULL,
    srs_id INTEGER NOT NULL);
CREATE TABLE planning_conflict (layer TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, attributes TEXT NOT NULL, base TEXT,
    remote TEXT, PRIMARY KEY (layer, key));
CREATE TABLE planning_choice (layer TEXT NOT NULL, key TEXT NOT NULL, choices TEXT NOT NULL, drawn BLOB, PRIMARY KEY (layer, key));
CREATE TABLE planning_resolved (layer TEXT NOT NULL, key TEXT NOT NULL, batch INTEGER NOT NULL, at TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT, PRIMARY KEY (layer, key));
CREATE TABLE planning_pulled (layer TEXT NOT NULL, key TEXT NOT NULL, row TEXT, PRIMARY KEY (layer, key)) WITHOUT ROWID;
CREATE TABLE planning_also (layer TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (layer, key)) WITHOUT ROWID;
CREATE TABLE planning_draft (proposal TEXT PRIMARY KEY NOT NULL, document TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE planning_backed_up (kind TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE planning_outbox (proposal TEXT NOT NULL, number INTEGER NOT NULL, body BLOB NOT NULL, hash TEXT NOT NULL,
    state TEXT NOT NULL, problem TEXT, answer TEXT, decision TEXT, pulled INTEGER NOT NULL DEFAULT 0, frozen_at TEXT NOT NULL,
    PRIMARY KEY (proposal, number));
CREATE TABLE planning_witness (id INTEGER NOT NULL, revision INTEGER NOT NULL, running TEXT NOT NULL, at TEXT NOT NULL,
    head TEXT NOT NULL, approval TEXT, gone_at TEXT, PRIMARY KEY (id, revision, running)) WITHOUT ROWID;
CREATE TABLE planning_attachment (proposal TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (proposal, sha256));
"""


def get(connection: sqlite3.Connection, name: str) -> Optional[str]:
    row = connection.execute("SELECT value FROM planning_state WHERE name = ?", (name,)).fetchone()
    return None if row is None else row[0]


def required(connection: sqlite3.Connection, name: str) -> str:
    """Raises ``WorkingCopyError('working_copy.damaged')``."""
    value = get(connection, name)
    if value is None:
        raise WorkingCopyError("working_copy.damaged", missing=name)
    return value


def put(connection: sqlite3.Connection, **facts: Optional[str]) -> None:
    connection.executemany("INSERT OR REPLACE INTO planning_state VALUES (?, ?)", facts.items())


def identity(connection: sqlite3.Connection) -> Identity:
    return Identity(*(required(connection, name) for name in ("hub_id", "hub_url", "commune", "account")))


def checkpoint(connection: sqlite3.Connection) -> Checkpoint:
    return Checkpoint(int(required(connection, "checkpoint_number")), required(connection, "checkpoint_id"))


def catalogue(connection: sqlite3.Connection) -> Catalogue:
    return Catalogue.from_json(json.loads(required(connection, "catalogue")))


def put_catalogue(connection: sqlite3.Connection, catalogue: Catalogue) -> None:
    """Under a new stamp: who has read another one has to read again."""
    text = json.dumps(catalogue.to_json(), ensure_ascii=False)
    put(connection, catalogue=text, catalogue_stamp=hashlib.sha256(text.encode()).hexdigest()[:16])


def put_checkpoint(connection: sqlite3.Connection, reached: Checkpoint, at: str) -> None:
    """What is known of the former one's last changes goes with it."""
    put(connection, checkpoint_number=str(reached.number), checkpoint_id=reached.id, last_pull_at=at)
    forget_last_changes(connection)


def forget_last_changes(connection: sqlite3.Connection) -> None:
    """Whose changes the open conflicts are with: the next pull asks anew."""
    connection.execute("DELETE FROM planning_state WHERE name = 'last_changes'")


def cleared(connection: sqlite3.Connection) -> bool:
    """Whether the file has what a cleared account sees. One from before this was noted tells by its rows."""
    known = get(connection, "cleared")
    if known is not None:
        return known == "1"
    tables = [name for (name,) in connection.execute("SELECT table_name FROM planning_layer") if has_table(connection, name)]
    return any(connection.execute(f"SELECT 1 FROM {quoted(name)} WHERE visibility > 0 LIMIT 1").fetchone() for name in tables)


def format_of(connection: sqlite3.Connection) -> int:
    return int(required(connection, "format"))


def check_current(connection: sqlite3.Connection, path: Path) -> None:
    """Raises ``WorkingCopyError('working_copy.read_only')`` where the file would have to be migrated, which writes."""
    if format_of(connection) < FORMAT:
        raise WorkingCopyError("working_copy.read_only", path=str(path), found=format_of(connection))


def check(connection: sqlite3.Connection, path: Path, expected: Optional[Identity]) -> None:
    """Raises ``WorkingCopyError``: ``working_copy.not_a_working_copy``, ``.newer``, ``.other_hub`` or ``.other_commune``."""
    if not has_table(connection, "planning_state"):
        raise WorkingCopyError("working_copy.not_a_working_copy", path=str(path))
    found = format_of(connection)
    if found > FORMAT:
        raise WorkingCopyError("working_copy.newer", path=str(path), found=found, known=FORMAT)
    ours = identity(connection)
    if expected is not None and ours.hub_id != expected.hub_id:
        raise WorkingCopyError("working_copy.other_hub", path=str(path), found=ours.hub_url, expected=expected.hub_url)
    if expected is not None and ours.commune != expected.commune:
        raise WorkingCopyError("working_copy.other_commune", path=str(path), found=ours.commune, expected=expected.commune)
