"""Leases: an edit session holds an operating-system lock on a file beside the working copy, which a crash releases.

The file's content only describes the holder. A file that nobody has locked is a leftover and is removed by whoever meets it.
"""

from __future__ import annotations

import contextlib
import glob
import json
import os
import socket
import sys
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import IO, Optional

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.store.model import Checkpoint
from commune_planning_plugin.store.places import unwritable

_LOCKED_BYTE = 1 << 30  # beyond the text, so that others can read it on Windows too

if sys.platform == "win32":
    import msvcrt

    def locked(file: IO[str]) -> bool:
        """Whether the operating system's lock on ``file`` is ours now; it ends when the file is closed."""
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(0)
        return True
else:
    import fcntl

    def locked(file: IO[str]) -> bool:
        """Whether the operating system's lock on ``file`` is ours now; it ends when the file is closed."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@dataclass(frozen=True)
class Holder:
    """Who edits which layer, where, since when and on which revision."""

    layer: str
    host: str
    process: int
    revision: int
    since: str

    @property
    def here(self) -> bool:
        """Whether it is this very process."""
        return self.process == os.getpid() and self.host == socket.gethostname()


class Lease:
    """Held from `take` to `release`, or to the end of the process."""

    def __init__(self, path: Path, file: IO[str], holder: Holder) -> None:
        self._path = path
        self._file: Optional[IO[str]] = file
        self.holder = holder

    @classmethod
    def take(cls, working_copy: Path, layer_id: str, checkpoint: Checkpoint) -> Lease:
        """Raises ``WorkingCopyError`` as `places.unwritable` where no file can be made beside the working copy."""
        since = datetime.now(timezone.utc).isoformat(timespec="seconds")
        holder = Holder(layer_id, socket.gethostname(), os.getpid(), checkpoint.number, since)
        working_copy = Path(working_copy)
        path = working_copy.with_name(f"{working_copy.name}.{uuid.uuid4().hex[:12]}.lease")
        try:
            while True:
                file = path.open("w", encoding="utf-8")
                if locked(file) and path.exists():  # else somebody took it for a leftover between the two
                    break
                file.close()
            file.write(json.dumps(asdict(holder)))
            file.flush()
        except OSError as error:
            raise unwritable(error, path) from error
        return cls(path, file, holder)

    def release(self) -> None:
        """Safe to call twice."""
        if self._file is None:
            return
        self._file.close()
        self._file = None
        self._path.unlink(missing_ok=True)


def held(working_copy: Path) -> list[Holder]:
    """Who has a lease now, in this process or another."""
    working_copy = Path(working_copy)
    pattern = f"{glob.escape(working_copy.name)}.*.lease"
    return [holder for path in sorted(working_copy.parent.glob(pattern)) for holder in _holder(path)]


def refuse(working_copy: Path, layer_id: str = "") -> None:
    """Raises ``WorkingCopyError('working_copy.in_edit')``, with ``holders``, while ``layer_id``, or any layer, is being edited."""
    holders = [holder for holder in held(working_copy) if not layer_id or holder.layer in (layer_id, "")]
    if holders:
        raise WorkingCopyError("working_copy.in_edit", holders=holders)


def _holder(path: Path) -> Iterator[Holder]:
    try:
        file = _opened(path)
    except FileNotFoundError:
        return  # released at this moment
    except OSError:
        yield _described("")
        return
    with file:
        if not locked(file):
            yield _described(file.read())
            return
    with contextlib.suppress(OSError):  # it stays where a folder can only be read
        path.unlink(missing_ok=True)


def _opened(path: Path) -> IO[str]:
    try:
        return path.open("r+", encoding="utf-8")
    except FileNotFoundError:
        raise
    except OSError:
        return path.open(encoding="utf-8")


def _described(text: str) -> Holder:
    """A lease taken at this very moment has no description yet, and counts all the same."""
    try:
        return Holder(**json.loads(text))
    except (ValueError, TypeError):
        return Holder("", "", 0, 0, "")
