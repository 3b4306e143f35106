"""SQLite as the working copy needs it: quoting, connections that may write feature tables, and errors by code."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional, Union

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.store import gpkg

_CACHE_KIB = 16 << 10
"""With SQLite's own 2 MiB the pages of a pull of some hundred features are written, and waited for, before it is over."""

_MESSAGES = (
    ("locked", "working_copy.busy"),
    ("busy", "working_copy.busy"),
    ("readonly", "working_copy.read_only"),
    ("is full", "working_copy.disk_full"),
    ("not a database", "working_copy.not_a_working_copy"),
    ("unable to open", "working_copy.unreadable"),
    ("disk i/o", "working_copy.unreadable"),
)


@lru_cache(maxsize=4096)
def quoted(name: str) -> str:
    """``name`` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: list[str], prefix: str = "") -> str:
    """Names as a comma-separated list of identifiers, each after ``prefix`` (``NEW.`` …)."""
    return ", ".join(prefix + quoted(name) for name in names)


def literal(value: Union[int, float, str, None]) -> str:
    """``value`` in SQL, where no parameter can stand."""
    if value is None:
        return "NULL"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else repr(value)


class _Guard:
    """Stands before the triggers that keep an R-tree, GDAL's own too: all ask ``ST_IsEmpty`` first, and fire on no NULL."""

    def __init__(self) -> None:
        self._shut = False

    def shut(self, shut: int) -> None:
        self._shut = bool(shut)

    def is_empty(self, blob: Any) -> Optional[int]:
        return None if self._shut else gpkg.is_empty(blob)


def shut_index(connection: sqlite3.Connection, shut: bool) -> None:
    """Whether what this connection, one of `connected`, inserts and updates stays out of the R-trees."""
    connection.execute("SELECT planning_shut_index(?)", (int(shut),)).fetchall()


def connected(path: Path, wait: float) -> sqlite3.Connection:
    """A connection on which feature tables can be written: R-tree triggers find their functions, and triggers fire as in GDAL.

    ``wait`` is how many seconds a lock of somebody else is waited for.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=wait, isolation_level=None)
    connection.execute("PRAGMA recursive_triggers=ON")
    connection.execute("PRAGMA foreign_keys=ON")
    guard = _Guard()
    connection.create_function("planning_shut_index", 1, guard.shut)
    for name, function in {**gpkg.SQL_FUNCTIONS, "ST_IsEmpty": guard.is_empty}.items():
        connection.create_function(name, 1, function, deterministic=True)
    return connection


def translated(error: sqlite3.DatabaseError, path: Path) -> WorkingCopyError:
    """What went wrong, as the interface knows it."""
    text = str(error).lower()
    code = next((code for part, code in _MESSAGES if part in text), "working_copy.damaged")
    return WorkingCopyError(code, path=str(path), reason=str(error))


def connected_to_read(path: Path, wait: float) -> sqlite3.Connection:
    """A connection that writes nothing, not even beside the file: a log that it can't share is then left unread."""
    for option in ("mode=ro", "immutable=1"):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?{option}", uri=True, timeout=wait, isolation_level=None)
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            connection.close()
            if option == "immutable=1" or path.with_name(f"{path.name}-journal").exists():
                raise
        else:
            break
    return connection


class Database:
    """One file, one connection, whole transactions. Belongs to the thread that made it.

    Every way in raises ``WorkingCopyError``: ``working_copy.missing`` when the file was moved or deleted under us, and what
    `translated` says of SQLite's own errors.
    """

    def __init__(self, path: Path, wait: float = 0.0, reading: bool = False) -> None:
        self.path = path
        with self._translating():
            self._file_id = _file_id(path)
            if self._file_id is None:
                raise WorkingCopyError("working_copy.missing", path=str(path))
            self.connection = connected_to_read(path, wait) if reading else connected(path, wait)
            with suppress(sqlite3.DatabaseError):  # what is no database is told of by whoever reads it
                self.connection.execute(f"PRAGMA cache_size={-_CACHE_KIB}")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """All reads inside see one state. Inside a transaction it joins that one."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; ``working_copy.busy`` when another program is writing."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        if self.connection.in_transaction:
            yield self.connection
            return
        if _file_id(self.path) != self._file_id:
            raise WorkingCopyError("working_copy.missing", path=str(self.path))
        with self._translating():
            self.connection.execute(begin)
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.IntegrityError as error:
            raise WorkingCopyError("working_copy.constraint", path=str(self.path), reason=str(error)) from error
        except sqlite3.DatabaseError as error:
            raise translated(error, self.path) from error


def _file_id(path: Path) -> Optional[tuple[int, int]]:
    try:
        found = os.stat(path)  # noqa: PTH116  # a str path too
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def columns_of(connection: sqlite3.Connection, table: str) -> list[tuple[str, str, bool]]:
    """Name, declared type and whether it is the primary key, of each column; none where there is no such table."""
    found: list[Any] = connection.execute("SELECT name, type, pk FROM pragma_table_info(?)", (table,)).fetchall()
    return [(name, declared.upper(), bool(key)) for name, declared, key in found]


def has_table(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone() is not None
