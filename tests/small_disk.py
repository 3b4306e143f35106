"""A disk of a few megabytes of a test's own: a function is called in a process of its own that has one mounted.

Run as a program, this module is that process: ``python -m tests.small_disk MODULE:FUNCTION FOLDER SIZE``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BALLAST = "ballast"


def on_small_disk(case: Callable[[Path], None], folder: Path, size: str = "4m") -> None:
    """Call ``case`` with ``folder``, on a disk of ``size``; fails as it fails. The mount is gone when the process is."""
    unshare = (
        ["unshare", "--mount", "--propagation", "unchanged"] if os.getuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    )
    name = f"{case.__module__}:{case.__name__}"
    command = [*unshare, sys.executable, "-m", "tests.small_disk", name, str(folder), size]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def fill(folder: Path) -> None:
    """Leave not one free block."""
    with (folder / _BALLAST).open("ab", buffering=0) as file:
        for block in (1 << 16, 1 << 12, 1):
            try:
                while file.write(b"\0" * block) == block:
                    pass
            except OSError:  # full for blocks of this size
                continue


def free(folder: Path) -> None:
    (folder / _BALLAST).unlink()


def _main(name: str, folder: str, size: str) -> None:
    subprocess.run(
        ["mount", "--make-rprivate", "/"], check=False, capture_output=True
    )  # a chroot's / is no mount: then it is shared
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    module, function = name.split(":")
    try:
        getattr(import_module(module), function)(Path(folder))
    finally:
        subprocess.run(["umount", "--lazy", folder], check=False)


if __name__ == "__main__":
    _main(*sys.argv[1:])
