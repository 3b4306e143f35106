"""What the measures stand on: a hub in a process of its own, over a database with as many lots as wanted."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row

from commune_planning_plugin.core.errors import HubError
from commune_planning_plugin.store import WorkingCopy
from commune_planning_plugin.store.sql import connected
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.transport import plain_session
from province_hub.initialise import initialise
from tests.hub import tiny

COMMUNE = "22504"
ACCOUNT = "dailanh.kt"
TABLE = "QuyHoach_ChucNangSuDungDat_A"
SCHEMA, LOTS = "QuyHoach", "ChucNangSuDungDat_A"

_FILL = sql.SQL(
    """
    INSERT INTO {lots} (plan, "maThongTinQH", "maHoSoQH", "maDoiTuong", "tenDoiTuong", "phanLoai",
                        "chucNangSuDungDatMuc1", "chucNangSuDungDatMuc2", "kyHieuLoDat", "ghiChu", geom)
    SELECT %(plan)s, '562512012345', '56QHC22504', '56QHC22504-' || n, 'Lô đất số ' || n, 'Quy hoạch',
           'DanDung', 'O_Nhomnhao', 'A' || n, 'Ghi chú ' || n,
           ST_Multi(ST_MakeEnvelope(600000 + x, 1400000 + y, 600000 + x + %(side)s, 1400000 + y + %(side)s, 9217))
      FROM generate_series(0, %(count)s - 1) n,
           LATERAL (SELECT (n %% %(columns)s) * %(side)s AS x, (n / %(columns)s) * %(side)s AS y) place
    """
)


@dataclass(frozen=True)
class Hub:
    """A hub that serves ``count`` lots in one commune."""

    url: str
    conninfo: str
    count: int
    process: int

    def cpu_s(self) -> float:
        """Seconds of a processor that the hub's process has had so far."""
        said = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")

    def client(self, session: Any = None, account: str = ACCOUNT) -> HubClient:
        client = HubClient(self.url, session or plain_session())
        client.sign_in(account, tiny.PASSWORD, "benchmark")
        return client

    def touch(self, count: int, move: bool = False) -> str:
        """Change ``count`` lots by SQL, as one revision: the remark, which is given back, and with ``move`` the geometry."""
        remark = uuid.uuid4().hex
        moved = sql.SQL(", geom = ST_Translate(geom, 0.1, 0.1)" if move else "")
        statement = sql.SQL('UPDATE {lots} SET "ghiChu" = %s {moved} WHERE key IN (SELECT key FROM {lots} ORDER BY key LIMIT %s)')
        with psycopg.connect(self.conninfo) as connection:
            filled = statement.format(lots=sql.Identifier(SCHEMA, LOTS), moved=moved)
            connection.execute(filled, (remark, count))
        return remark


@contextmanager
def hub_of(count: int, folder: Path) -> Iterator[Hub]:
    """A database with ``count`` lots and a hub on it, both gone afterwards."""
    name = f"bench_{uuid.uuid4().hex[:8]}"
    _administrate("CREATE DATABASE {}", name)
    conninfo = make_conninfo(dbname=name)
    try:
        initialise(conninfo, application=tiny.as_application(conninfo))
        _fill(conninfo, count)
        with _served(conninfo, folder / f"state_{count}") as (url, process):
            yield Hub(url, conninfo, count, process)
    finally:
        _administrate("DROP DATABASE {} WITH (FORCE)", name)


def _administrate(statement: str, name: str) -> None:
    with psycopg.connect("dbname=postgres", autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _fill(conninfo: str, count: int) -> None:
    columns = int(count**0.5)
    columns += columns**2 < count
    values = {"plan": tiny.plan_key("PLAN-22504"), "count": count, "columns": columns, "side": 1000 // columns}
    with psycopg.connect(conninfo, row_factory=dict_row) as connection:
        tiny.load(connection)
        lots = sql.Identifier(SCHEMA, LOTS)
        connection.execute(sql.SQL("DELETE FROM {}").format(lots))
        connection.execute(_FILL.format(lots=lots), values)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("ANALYZE")


@contextmanager
def _served(conninfo: str, state: Path) -> Iterator[tuple[str, int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    names = {"DATABASE": tiny.as_application(conninfo), "OWNER_DATABASE": conninfo, "STATE": str(state)}
    environment = {**os.environ, **{f"PROVINCE_HUB_{name}": value for name, value in names.items()}}
    command = [sys.executable, "-m", "province_hub", "serve", "--host", "127.0.0.1", "--port", str(port)]
    with state.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, process)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    client = HubClient(url, plain_session())
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            client.status()
        except HubError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the hub did not start")


def edit_ten(copy: WorkingCopy) -> None:
    """Ten edits by plain SQLite."""
    connection = connected(copy.path, 5.0)
    connection.execute(f"UPDATE {TABLE} SET ghiChu = 'sửa' WHERE fid IN (SELECT fid FROM {TABLE} ORDER BY fid LIMIT 10)")
    connection.close()


def best_of(times: int, work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes when nothing else disturbs it."""
    return min(timed(work) for _ in range(times))


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
