"""Measure of memory: a first pull in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.rig import ACCOUNT, COMMUNE, Hub
from commune_planning_plugin.sync import engine
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.transport import plain_session
from tests.hub import tiny

_KIB_PER_MB = 1_000_000 / 1024
_STATUS = Path("/proc/self/status")


def pull_mb(hub: Hub, folder: Path) -> float:
    """Megabytes that the process of a first pull grows by at its peak."""
    command = [sys.executable, "-m", "benchmarks.memory", hub.url, str(folder / "memory.gpkg")]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(output.strip().splitlines()[-1])


def _peak() -> int:
    """In KiB, of this program alone: what ``getrusage`` says is inherited from the process that started it."""
    (line,) = [line for line in _STATUS.read_text("ascii").splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1])


def _main(url: str, path: str) -> None:
    client = HubClient(url, plain_session())
    client.sign_in(ACCOUNT, tiny.PASSWORD, "benchmark")
    client.catalogue()
    before = _peak()
    engine.first_pull(client, Path(path), COMMUNE, ACCOUNT).close()
    print((_peak() - before) / _KIB_PER_MB)


if __name__ == "__main__":
    _main(*sys.argv[1:])
