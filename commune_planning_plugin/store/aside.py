"""The next content of a working copy, built beside it and put in its place in one transaction.

The file is never replaced: SQLite copies the pages of the finished one into it, as one write transaction. Whoever has it open keeps
it open, and sees the old content or the new; killed anywhere, it has the old one.
"""

from __future__ import annotations

import glob
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import IO

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.store import lease
from commune_planning_plugin.store.places import unwritable
from commune_planning_plugin.store.sql import connected, translated

_STARTED = time.time()
_PAGES_AT_ONCE = 2_000
_LOCK_WAIT_S = 10.0
_STALE_S = 3600
_OK, _DONE = 0, 101


@contextmanager
def site(path: Path) -> Iterator[Path]:
    """Where to build; gone afterwards, with all files whose names begin with its name.

    Raises ``WorkingCopyError``: ``working_copy.busy`` while somebody else builds, ``working_copy.disk_full``, and what
    SQLite's errors are `translated` to.
    """
    lock = _lock_file(path)
    with _locked(lock, path):
        try:
            yield _part(path)
        except sqlite3.DatabaseError as error:
            raise translated(error, path) from error
        except OSError as error:
            raise unwritable(error, path) from error
        finally:
            _remove_parts(path)
            with suppress(OSError):  # Windows keeps an open file's name; whoever builds next takes it
                lock.unlink(missing_ok=True)


def copy(connection: sqlite3.Connection, into: Path) -> None:
    """All of the file as ``connection`` sees it now."""
    into.unlink(missing_ok=True)
    with closing(sqlite3.connect(into)) as target:
        target.execute("PRAGMA synchronous=OFF")
        connection.backup(target)


@contextmanager
def shared(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Others can read the file while it is written, as they can whenever QGIS shows it.

    Raises ``WorkingCopyError('working_copy.busy')`` where somebody keeps it locked.
    """
    (before,) = connection.execute("PRAGMA journal_mode").fetchone()
    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        raise WorkingCopyError("working_copy.busy", path=str(path))
    try:
        yield
    finally:
        with suppress(sqlite3.OperationalError):  # it stays as it is for those who have it open
            connection.execute(f"PRAGMA journal_mode={before}").fetchall()


def take_over(part: Path, path: Path, check: Callable[[], None]) -> None:
    """Give the `shared` ``path`` the content of ``part``. ``check`` is called once nobody else can write, and raises to stop it.

    Raises ``working_copy.busy`` where somebody writes for too long.
    """
    with closing(connected(part, 0.0)) as source, closing(connected(path, _LOCK_WAIT_S)) as target:
        _match_pages(source, target)
        (pages,) = source.execute("PRAGMA page_count").fetchone()
        gate = _Gate(check, path)
        source.backup(target, pages=max(1, min(_PAGES_AT_ONCE, pages // 2)), progress=gate, sleep=0.02)
        with suppress(sqlite3.OperationalError):  # somebody reads: who writes next does it
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def before_name(path: Path, lossless: bool) -> Path:
    """For a copy of what was there: dated, and removed at the next start unless something in it is in no other file."""
    at = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    return path.with_name(f"{path.stem}.{'before' if lossless else 'kept'}-{at}{path.suffix}")


def copies(path: Path) -> list[Path]:
    """What `before_name` was given for, edits that were saved (`taking_out.save_edits`), and the files that this one followed."""
    stem = glob.escape(path.stem)
    kept = [file for kind in ("before", "kept", "edits") for file in path.parent.glob(f"{stem}.{kind}-*{path.suffix}")]
    return kept + [file for file in beginnings(path) if beginning(file) < beginning(path)]


def beginning(path: Path) -> int:
    """1 for a commune's first working copy, 2 for one begun afresh …; 0 for a file that is not called like one."""
    found = re.fullmatch(r"[^_]+_.{8}(?:-([0-9]+))?", path.stem)
    return 0 if found is None else int(found[1] or 1)


def beginnings(path: Path) -> list[Path]:
    """The commune's first working copy, and those that were begun afresh beside it: ``path`` is one of them, or is to be."""
    if not beginning(path):
        return []
    stem = path.stem.rsplit("-", 1)[0] if beginning(path) > 1 else path.stem
    found = (path.with_name(f"{stem}{path.suffix}"), *path.parent.glob(f"{glob.escape(stem)}-*{path.suffix}"))
    return [file for file in found if beginning(file) and file.exists()]


def packed(path: Path) -> list[Path]:
    """Retained snapshots of ``path``."""
    return list(path.parent.glob(f"{glob.escape(path.name)}*.base.gz"))


def downloads(path: Path) -> list[Path]:
    """Snapshots that were fetched for ``path``, whole or in part, and not used yet."""
    return list(path.parent.glob(f"{glob.escape(path.name)}.download*"))


def clean_up(path: Path, retained: Path) -> None:
    """Remove what a killed process left beside ``path``: half-built files, snapshots but the ``retained`` one, and copies of what
    ``path`` was before this process began. While somebody builds, nothing."""
    with suppress(WorkingCopyError, OSError), site(path):
        for other in packed(path):
            if other != retained:
                other.unlink(missing_ok=True)
        for end in ("", ".unpacking"):
            download = path.with_name(f"{path.name}.download{end}")
            if download.exists() and download.stat().st_mtime < time.time() - _STALE_S:
                download.unlink()
        for old in path.parent.glob(f"{glob.escape(path.stem)}.before-*{path.suffix}"):
            if old.stat().st_mtime < _STARTED:
                old.unlink(missing_ok=True)


class _Gate:
    """What the copying asks between its steps; after the first one that succeeds the file is locked."""

    def __init__(self, check: Callable[[], None], path: Path) -> None:
        self._check, self._path = check, path
        self._locked = False
        self._until = time.monotonic() + _LOCK_WAIT_S

    def __call__(self, status: int, _remaining: int, _total: int) -> None:
        if self._locked or status == _DONE:
            return
        if status == _OK:
            self._locked = True
            self._check()
        elif time.monotonic() > self._until:
            raise WorkingCopyError("working_copy.busy", path=str(self._path))


def _match_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    (wanted,) = target.execute("PRAGMA page_size").fetchone()
    if source.execute("PRAGMA page_size").fetchone() != (wanted,):
        source.execute(f"PRAGMA page_size={wanted}")
        source.execute("VACUUM")


def _locked(lock: Path, path: Path) -> IO[str]:
    while True:
        try:
            file = lock.open("w", encoding="utf-8")
        except OSError as error:
            raise unwritable(error, lock) from error
        if not lease.locked(file):
            file.close()
            raise WorkingCopyError("working_copy.busy", path=str(path), reason="it is being built anew")
        if lock.exists():  # else its former holder removed it between the two
            return file
        file.close()


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.next")


def _lock_file(path: Path) -> Path:
    return path.with_name(f".{path.name}.building")


def _remove_parts(path: Path) -> None:
    part = _part(path)
    for left in path.parent.glob(f"{glob.escape(part.name)}*"):
        with suppress(OSError):
            left.unlink(missing_ok=True)
