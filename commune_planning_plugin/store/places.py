"""Where a working copy may lie, and which files are one."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

from commune_planning_plugin.core.errors import WorkingCopyError

_SHARED = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "fuse.rclone", "ncpfs", "webdav", "fuse.davfs2"})
_DRIVE_REMOTE = 4
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_PROTECTED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def unwritable(error: OSError, path: Path) -> WorkingCopyError:
    """Why a file of ours can't be written: ``working_copy.disk_full``, ``.read_only`` or ``.unreadable``."""
    code = "disk_full" if error.errno in _FULL else "read_only" if error.errno in _PROTECTED else "unreadable"
    return WorkingCopyError(f"working_copy.{code}", path=str(path), reason=str(error))


def check_folder(path: Path) -> None:
    """Raises ``WorkingCopyError``: ``working_copy.network_share``, where locks don't hold, or ``.read_only``."""
    if is_network_share(path):
        raise WorkingCopyError("working_copy.network_share", path=str(path))
    if not os.access(path.parent, os.W_OK | os.X_OK):  # SQLite makes its journal beside the file
        raise WorkingCopyError("working_copy.read_only", path=str(path.parent))


def prepare_folder(path: Path) -> None:
    """Make the folder that a new working copy is to lie in; raises as `check_folder` and `unwritable`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(error, path.parent) from error
    check_folder(path)


def check_file(path: Path) -> None:
    """As `check_readable`; raises ``working_copy.network_share`` or ``.read_only`` for a file that can only be read."""
    check_readable(path)
    check_folder(path)
    if not os.access(path, os.W_OK):
        raise WorkingCopyError("working_copy.read_only", path=str(path))


ONLY_READ = frozenset({"working_copy.network_share", "working_copy.read_only"})
"""Codes of what keeps a file from being written to, and not from being read."""


def check_readable(path: Path) -> None:
    """Raises ``WorkingCopyError`` for what can be seen from outside: ``missing``, ``not_a_working_copy``, ``unreadable``.

    The file itself isn't opened: closing it again would drop the locks that SQLite holds on it for this process's other connections
    (sqlite.org/howtocorrupt.html, 2.2).
    """
    if not path.exists():
        raise WorkingCopyError("working_copy.missing", path=str(path))
    if not path.is_file():
        raise WorkingCopyError("working_copy.not_a_working_copy", path=str(path))
    if not os.access(path, os.R_OK):
        raise WorkingCopyError("working_copy.unreadable", path=str(path))


def is_network_share(path: Path) -> bool:
    """As far as the system tells."""
    text = str(path.absolute())
    if text.startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.absolute().anchor) == _DRIVE_REMOTE)
    return mounted_as(path, mounts()) in _SHARED


def mounts() -> str:
    """The system's table of mounts; empty where it has none to read."""
    table = Path("/proc/mounts")
    return table.read_text(encoding="utf-8", errors="replace") if table.exists() else ""


def mounted_as(path: Path, table: str) -> str:
    """The type of the file system that ``path`` lies in, after the text of ``/proc/mounts``; empty where none fits."""
    real = path.resolve()
    around = {str(real), *map(str, real.parents)}
    best, kind = "", ""
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        at = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if len(at) >= len(best) and at in around:
            best, kind = at, fields[2]
    return kind
