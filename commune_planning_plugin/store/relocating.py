"""A working copy that can only be read where it lies, copied whole to where it can be worked with."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from commune_planning_plugin.core.errors import Cancelled, WorkingCopyError
from commune_planning_plugin.store import lease
from commune_planning_plugin.store.building import retained_snapshot
from commune_planning_plugin.store.places import prepare_folder, unwritable
from commune_planning_plugin.store.sql import translated

_BLOCK = 1 << 20
_JOURNALS = ("-wal", "-journal")


def copy_to(path: Path, target: Path, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
    """Copy file, log and retained snapshot, verify them, and give them their names last; what lies at ``path`` stays as it is.

    Raises ``WorkingCopyError``: ``working_copy.exists``, ``.in_edit`` while somebody edits there, ``.busy`` when the file changed
    meanwhile, ``.damaged`` where the copy isn't a sound database, and as `prepare_folder`; ``Cancelled``. Nothing is left then.
    """
    prepare_folder(target)
    if target.exists():
        raise WorkingCopyError("working_copy.exists", path=str(target))
    holders = lease.held(path)
    if holders:
        raise WorkingCopyError("working_copy.in_edit", holders=holders)
    part = target.with_name(f".{target.name}.copying")
    packed = retained_snapshot(part)
    files = {path: part, retained_snapshot(path): packed, **{_with(path, end): _with(part, end) for end in _JOURNALS}}
    try:
        _copy_all({source: copy for source, copy in files.items() if source.exists()}, progress, cancelled)
        _settle(part)
        if packed.exists():
            packed.replace(retained_snapshot(target))
        part.replace(target)
    except OSError as error:
        raise unwritable(error, target) from error
    finally:
        for left in (*files.values(), _with(part, "-shm")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _with(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _copy_all(files: dict[Path, Path], progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
    before = [_stamp(source) for source in files]
    total, done = max(1, sum(size for _, size in before)), 0
    for source, copy in files.items():
        digest = hashlib.sha256()
        with source.open("rb") as reading, copy.open("wb") as writing:
            for block in iter(lambda: reading.read(_BLOCK), b""):
                if cancelled():
                    raise Cancelled
                digest.update(block)
                done += writing.write(block)
                progress(done / total)
            writing.flush()
            os.fsync(writing.fileno())
        if digest.digest() != _digest(copy):
            raise WorkingCopyError("working_copy.damaged", path=str(copy), reason="checksum")
    if [_stamp(source) for source in files] != before:
        raise WorkingCopyError("working_copy.busy", path=str(next(iter(files))))


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _digest(path: Path) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(_BLOCK), b""):
            digest.update(block)
    return digest.digest()


def _settle(part: Path) -> None:
    """What a crash left in log or journal is in the file, or rolled back, afterwards."""
    try:
        with closing(sqlite3.connect(part)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise translated(error, part) from error
    if verdict != "ok":
        raise WorkingCopyError("working_copy.damaged", path=str(part), reason=verdict)
