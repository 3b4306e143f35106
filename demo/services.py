"""A private PostgreSQL cluster and the hub, under ``.local/``: started when needed, left running, stopped by ``make stop``."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import requests
from psycopg.conninfo import make_conninfo

ROOT = Path(__file__).resolve().parents[1]
LOCAL = Path(os.environ.get("PLANNING_LOCAL") or ROOT / ".local")
"""Where the private services and the people of the demo live."""
SAMPLE, DEMO = "planning_sample", "planning_demo"
APPLICATION = "planning_hub"
"""The database role that serves."""
PASSWORD = "Quy-hoach-2026"


class ServiceError(RuntimeError):
    """A private service didn't start; the text says which and shows its log's end."""


class Cluster:
    """PostgreSQL with PostGIS in a folder of ours, reached by a unix socket."""

    def __init__(self, local: Path = LOCAL) -> None:
        self.local = local
        self.pointer = local / "cluster.json"

    def start(self) -> None:
        if not self._folder().joinpath("data", "PG_VERSION").exists():
            self._make()
        elif not self._answers():
            self._control("resume")
        if not self._answers():
            raise ServiceError("PostgreSQL doesn't answer in " + str(self._folder()))

    def stop(self) -> None:
        if self._folder().joinpath("data", "postmaster.pid").exists():
            self._control("halt")

    def conninfo(self, database: str) -> str:
        return f"host={self._folder()} port=5432 user=postgres dbname={database}"

    def has(self, database: str) -> bool:
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone() is not None

    def clone(self, source: str, target: str) -> None:
        """Make ``target`` anew as a copy of ``source``."""
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def drop(self, database: str) -> None:
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _folder(self) -> Path:
        if self.pointer.exists():
            return Path(json.loads(self.pointer.read_text())["folder"])
        return self.local / "cluster"

    def _make(self) -> None:
        """In ``.local``, or where the server's own account can enter and a socket's path is short enough."""
        folder = self.local / "cluster"
        self.local.mkdir(parents=True, exist_ok=True)
        if len(str(folder)) > 70 or not _others_may_enter(self.local):
            folder = Path(tempfile.mkdtemp(prefix="planning-", dir="/var/tmp"))
        shutil.rmtree(folder, ignore_errors=True)
        self.pointer.write_text(json.dumps({"folder": str(folder)}))
        self._control("start")

    def _control(self, verb: str) -> None:
        done = subprocess.run(
            ["sh", str(ROOT / "scripts" / "pg.sh"), verb, str(self._folder())], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise ServiceError(f"PostgreSQL: {verb} failed\n{done.stdout}{done.stderr}")

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            psycopg.connect(self.conninfo("postgres"), connect_timeout=3).close()
            return True
        return False


def _others_may_enter(folder: Path) -> bool:
    return all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))


class Hub:
    """The hub on loopback, as a process of its own."""

    def __init__(self, conninfo: str, local: Path = LOCAL) -> None:
        """``conninfo`` is the owner's; it serves under a role of its own."""
        self.conninfo = conninfo
        self.state = local / "hub"
        self.note = self.state / "process.json"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PROVINCE_HUB_DATABASE": make_conninfo(self.conninfo, user=APPLICATION),
            "PROVINCE_HUB_OWNER_DATABASE": self.conninfo,
            "PROVINCE_HUB_STATE": str(self.state),
            "PYTHONPATH": str(ROOT),
        }

    def url(self) -> str:
        return f"http://127.0.0.1:{json.loads(self.note.read_text())['port']}"

    def run(self, *words: str) -> str:
        """One command of the hub's command line; its output. Raises `ServiceError`."""
        done = subprocess.run(
            [sys.executable, "-m", "province_hub", *words],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServiceError(f"province_hub {' '.join(words)} failed\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Start it unless it answers; the port stays the same over restarts, so that a desk finds it again."""
        if self.answers():
            return
        self.state.mkdir(parents=True, exist_ok=True)
        with (self.state / "hub.log").open("ab") as log:
            process = self.spawn(stdout=log, stderr=log, start_new_session=True)
        end = time.monotonic() + 30
        while not self.answers():
            if process.poll() is not None or time.monotonic() > end:
                raise ServiceError("The hub doesn't answer:\n" + (self.state / "hub.log").read_text()[-2000:])
            time.sleep(0.1)

    def spawn(self, **options: Any) -> subprocess.Popen[bytes]:
        """A process that serves; noted, so that `stop` finds it, whoever asks."""
        port = json.loads(self.note.read_text())["port"] if self.note.exists() else _free_port()
        words = [sys.executable, "-m", "province_hub", "serve", "--host", "127.0.0.1", "--port", str(port)]
        process = subprocess.Popen(words, env=self.environment, cwd=ROOT, **options)
        self.note.write_text(json.dumps({"port": port, "pid": process.pid}))
        return process

    def stop(self) -> None:
        if self.note.exists() and self.answers():
            with suppress(ProcessLookupError):
                os.kill(json.loads(self.note.read_text())["pid"], signal.SIGTERM)
            end = time.monotonic() + 10
            while self.answers() and time.monotonic() < end:
                time.sleep(0.1)

    def answers(self) -> bool:
        if not self.note.exists():
            return False
        with suppress(requests.RequestException):
            return "X-Planning-Protocol" in requests.get(self.url() + "/api/v1/status", timeout=3).headers
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ready(size: int, fresh: bool, say: object = None) -> Hub:
    """Cluster, sample province of about ``size`` features, and a running hub; ``fresh`` starts the demo's data over."""
    tell = say if callable(say) else lambda _text: None
    cluster = Cluster()
    cluster.start()
    tell("PostgreSQL + PostGIS runs")
    sample = f"{SAMPLE}_{size}"
    if not cluster.has(sample):
        _load_sample(cluster, sample, size)
        tell(f"sample province of {size:,} features loaded")
    hub = Hub(cluster.conninfo(DEMO))
    if fresh or not cluster.has(DEMO):
        hub.stop()
        cluster.clone(sample, DEMO)
        shutil.rmtree(hub.state / "snapshots", ignore_errors=True)
    if not hub.answers():
        hub.run("init")  # also brings up to date what an earlier version made
    hub.start()
    tell("the hub answers at " + hub.url())
    return hub


def _load_sample(cluster: Cluster, sample: str, size: int) -> None:
    """Under another name first, so that an interrupted load is never taken for a whole one."""
    cluster.drop(sample + "_new")
    with psycopg.connect(cluster.conninfo("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{sample}_new"')
    loading = Hub(cluster.conninfo(sample + "_new"))
    loading.run("init")
    loading.run("load-sample", "--size", str(size))
    with psycopg.connect(cluster.conninfo("postgres"), autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{sample}_new" RENAME TO "{sample}"')
