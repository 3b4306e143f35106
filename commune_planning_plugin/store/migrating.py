"""Files of older versions of the plugin: their own tables are brought up to date, step by step, with all that waits in them.

A step leads from one `state.FORMAT` to the next, within one transaction that also writes the new number: killed anywhere, the file
is of one version, and the next opening goes on. Before the first step the file is copied beside itself, whole.
"""

from __future__ import annotations

import glob
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.store import lease, state, tracking
from commune_planning_plugin.store.places import unwritable
from commune_planning_plugin.store.sql import Database, quoted

Step = Callable[[sqlite3.Connection], None]


def _to_2(connection: sqlite3.Connection) -> None:
    """Choices in conflicts are kept, resolutions can be undone, a catalogue has a stamp. Some files of format 1 have the tables."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS planning_choice (layer TEXT NOT NULL, key TEXT NOT NULL, choices TEXT NOT NULL, drawn BLOB,"
        " PRIMARY KEY (layer, key))"
    )
    connection.execute(
        "CREATE TABLE IF NOT EXISTS planning_resolved (layer TEXT NOT NULL, key TEXT NOT NULL, batch INTEGER NOT NULL,"
        " at TEXT NOT NULL, before TEXT NOT NULL, after TEXT, PRIMARY KEY (layer, key))"
    )
    state.put_catalogue(connection, state.catalogue(connection))


def _to_3(connection: sqlite3.Connection) -> None:
    """What the hub has taken in of the unsent work is noted, and whether the file is a cleared account's."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS planning_backed_up (kind TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL,"
        " PRIMARY KEY (kind, id)) WITHOUT ROWID"
    )
    state.put(connection, cleared=str(int(state.cleared(connection))))


def _to_4(connection: sqlite3.Connection) -> None:
    """Updates have two triggers instead of one; one that isn't as it was made stays: it tells that tracking was lost. Whose
    snapshot it is of is a fact of the file, unknown of an old one."""
    connection.execute("INSERT OR IGNORE INTO planning_state VALUES ('cleared', NULL)")
    generations = dict(connection.execute("SELECT layer, generation FROM planning_layer"))
    present = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    for layer in state.catalogue(connection).layers:
        generation = generations.get(layer.id, "")
        name, former = _update_trigger_of_3(layer, generation)
        if present.get(name) == former:
            connection.execute(f"DROP TRIGGER {quoted(name)}")
            for other, statement in tracking.triggers(layer, generation).items():
                if other not in present or other == name:
                    connection.execute(statement)


def _update_trigger_of_3(layer: Layer, generation: str) -> tuple[str, str]:
    name = f"planning_after_update_{layer.table}"
    now = tracking.triggers(layer, generation)[name]
    columns = ["fid", *tracking.columns(layer)]
    differs = " OR ".join(f"OLD.{quoted(column)} IS NOT NEW.{quoted(column)}" for column in columns)
    head, body = now.split(" WHEN ", 1)[0], now.split(" AND NOT EXISTS (SELECT 1 FROM planning_switch) BEGIN", 1)[1]
    return name, f"{head} WHEN ({differs}) AND NOT EXISTS (SELECT 1 FROM planning_switch) BEGIN{body}"


def _to_5(connection: sqlite3.Connection) -> None:
    """Signed heads of the hub's audit are kept."""
    connection.execute(
        "CREATE TABLE planning_witness (id INTEGER NOT NULL, revision INTEGER NOT NULL, running TEXT NOT NULL, at TEXT NOT NULL,"
        " head TEXT NOT NULL, approval TEXT, gone_at TEXT, PRIMARY KEY (id, revision, running)) WITHOUT ROWID"
    )


STEPS: Mapping[int, Step] = {2: _to_2, 3: _to_3, 4: _to_4, 5: _to_5}
"""By the format that they lead to."""


def backups(path: Path) -> list[Path]:
    """All copies of the file at ``path`` that a migration left beside it."""
    return sorted(path.parent.glob(f"{glob.escape(path.name)}.format*.bak"))


def backup_path(path: Path, version: int) -> Path:
    """Where the file as it was in format ``version`` lies."""
    return path.with_name(f"{path.name}.format{version}.bak")


def migrate(database: Database, steps: Mapping[int, Step] = STEPS) -> None:
    """Nothing for a file of today's format.

    Raises ``WorkingCopyError``: ``working_copy.in_edit`` while a layer is being edited anywhere, ``working_copy.busy``,
    ``working_copy.disk_full``, ``working_copy.unreadable``; the file is then as it was.
    """
    with database.reading() as connection:
        found = state.format_of(connection)
    if found >= max(steps):
        return
    lease.refuse(database.path)
    _back_up(database, backup_path(database.path, found))
    for version in range(found + 1, max(steps) + 1):
        with database.writing() as connection:
            if state.format_of(connection) < version:  # else another program was faster
                steps[version](connection)
                state.put(connection, format=str(version))


def _back_up(database: Database, target: Path) -> None:
    """A backup that is there is of this very format: the first one is kept."""
    if target.exists():
        return
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as copy:
            with database.reading() as connection:
                connection.backup(copy)
            copy.commit()
        part.replace(target)
    except OSError as error:
        raise unwritable(error, target) from error
    finally:
        part.unlink(missing_ok=True)
