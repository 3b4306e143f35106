"""The hub's process is killed in the middle of an approval: all of it happened, or nothing; asked again, it happens once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import dict_row

from commune_planning_plugin.core.errors import HubUnreachable
from commune_planning_plugin.core.workflow import State, Step
from province_hub.verify import verify
from tests.hub.tiny import as_application
from tests.joint.conftest import INNER_LOT, Desk, signed_in, take

_WAITS_FOR_ROW = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


class Process:
    """The hub as the province runs it: a process of its own, always under one address."""

    def __init__(self, conninfo: str, state: Path) -> None:
        self._environment = {
            **os.environ,
            "PROVINCE_HUB_DATABASE": as_application(conninfo),
            "PROVINCE_HUB_OWNER_DATABASE": conninfo,
            "PROVINCE_HUB_STATE": str(state),
        }
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = str(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "province_hub", "serve", "--host", "127.0.0.1", "--port", self._port]
        self.process = subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", int(self._port))) == 0:
                    return
            assert self.process.poll() is None
            time.sleep(0.1)
        raise AssertionError("the hub doesn't start")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def hub_process(conninfo: str, tmp_path: Path) -> Iterator[Process]:
    made = Process(conninfo, tmp_path / "state")
    made.start()
    yield made
    made.kill()


def waited_for(condition: Callable[[], object]) -> None:
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def test_killed_within_an_approval_nothing_happened_and_asked_again_it_happens_once(
    hub_process: Process, desk_of: Callable[..., Desk], conninfo: str
) -> None:
    desk = desk_of(url=hub_process.url)
    head, approver = signed_in(hub_process.url, "dailanh.ct"), signed_in(hub_process.url, "soxd.duyet")
    approver.catalogue()
    desk.rename(INNER_LOT, "Chợ")
    proposal = desk.freeze(INNER_LOT).proposal
    desk.send()
    take(head, proposal, Step.SIGN_OFF, 1)
    seen = approver.proposal(proposal)
    request = str(uuid.uuid4())
    failures: list[Exception] = []

    def approve() -> None:
        try:
            approver.step(
                proposal, Step.APPROVE, request, 1, result_hash=seen.result_hash, without_consent=bool(seen.summary.missing)
            )
        except HubUnreachable as error:
            failures.append(error)

    with psycopg.connect(conninfo) as dba, psycopg.connect(conninfo, autocommit=True, row_factory=dict_row) as other:
        dba.execute('SELECT 1 FROM "QuyHoach"."ChucNangSuDungDat_A" WHERE key = %s FOR UPDATE', (INNER_LOT,))
        asking = threading.Thread(target=approve)
        asking.start()
        waited_for(lambda: other.execute(_WAITS_FOR_ROW).fetchone())
        hub_process.kill()
        asking.join()
        dba.rollback()
        assert len(failures) == 1
        waited_for(lambda: not other.execute(_WAITS_FOR_ROW).fetchone())
    hub_process.start()
    before = desk.client.status().revision.number
    (summary,) = desk.client.proposals("mine")
    assert summary.state is State.SUBMITTED
    for _ in range(2):
        done = approver.step(
            proposal, Step.APPROVE, request, 1, result_hash=seen.result_hash, without_consent=bool(seen.summary.missing)
        )
        assert (done.state, done.revision) == (State.APPROVED, before + 1)
    assert desk.client.status().revision.number == before + 1
    with psycopg.connect(conninfo, row_factory=dict_row) as connection:
        assert verify(connection) == []
    assert desk.pull().conflicts == 0
    assert desk.copy.status() == ()
