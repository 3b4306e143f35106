"""Several at once: approvals, repeats, direct edits, and a connection that dies."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from typing import Any, Union

import psycopg
import pytest
from starlette.testclient import TestClient

from commune_planning_plugin.core.workflow import Step
from province_hub.app import API
from province_hub.database import Database
from province_hub.errors import Problem
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.workflow import Desk, make_desk, state_of  # noqa: F401

APPROVALS, REVISIONS = "hub.approvals", "hub.revision_number"


def _together(*calls: Callable[[], Any]) -> list[Union[Any, Problem]]:
    """All calls from the same moment on; a refusal is a result."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait(10)
        try:
            return call()
        except Problem as problem:
            return problem

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def _wait_for_lock(database: Database, holder: int) -> int:
    """The backend that waits for ``holder``'s advisory lock."""
    query = "SELECT pid FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
    with psycopg.connect(database.conninfo, autocommit=True) as conn:
        for _ in range(2_000):
            row = conn.execute(query, (holder,)).fetchone()
            if row is not None:
                return int(row[0])
            conn.execute("SELECT pg_sleep(0.005)")
    raise AssertionError("nobody waits")


def _held(conn: psycopg.Connection[Any], name: str) -> int:
    conn.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", (name,))
    return conn.info.backend_pid


def test_of_two_approvals_that_overlap_together_the_second_is_told(desk: Desk):
    both = [desk.send(desk.inserted(tiny.square(600_000 + west, 1_401_500))) for west in (0, 50)]
    seen = [desk.detail("soxd.duyet", version)["result_hash"] for version in both]
    results = _together(*(lambda v=v, h=h: desk.approve(v, result_hash=h) for v, h in zip(both, seen)))
    (problem,) = [result for result in results if isinstance(result, Problem)]
    assert problem.code == "changed_since_seen"
    assert problem.details["difference"]["findings_new"][0].startswith("tile.overlap")
    assert sum(desk.row(version.changes[0].key) is not None for version in both) == 1


def test_two_approvals_of_the_same_feature_end_as_one_conflict(desk: Desk):
    lot = tiny.lot_key("22504", 2, 2)
    both = [desk.send(desk.edited(lot, tenDoiTuong=name)) for name in ("A", "B")]
    seen = [desk.detail("soxd.duyet", version)["result_hash"] for version in both]
    results = _together(*(lambda v=v, h=h: desk.approve(v, result_hash=h) for v, h in zip(both, seen)))
    assert [result.code for result in results if isinstance(result, Problem)] == ["proposal.conflict"]


def test_a_request_that_arrives_twice_at_once_is_done_once(desk: Desk):
    version = desk.send(desk.edited(tiny.lot_key("22504", 2, 2), tenDoiTuong="A"))
    seen, request = desk.detail("soxd.duyet", version)["result_hash"], str(uuid.uuid4())
    before = state_of(desk.database)
    first, second = _together(*[lambda: desk.approve(version, result_hash=seen, request=request)] * 2)
    assert first == second
    after = state_of(desk.database)
    assert (after["revision"], after["audit"]) == (before["revision"] + 1, before["audit"] + 1)


def test_a_version_that_arrives_twice_at_once_is_taken_in_once(desk: Desk):
    version = desk.version(desk.edited(tiny.lot_key("22504", 2, 2), tenDoiTuong="A"))
    first, second = _together(*[lambda: desk.submit(version)] * 2)
    assert first == second
    assert state_of(desk.database)["proposal_version"] == 1


def test_two_steps_at_once_one_of_them_comes_too_late(desk: Desk):
    version = desk.send(desk.edited(tiny.lot_key("22504", 2, 2), tenDoiTuong="A"))
    seen = desk.detail("soxd.duyet", version)["result_hash"]
    results = _together(
        lambda: desk.approve(version, result_hash=seen),
        lambda: desk.step("dailanh.kt", version, Step.WITHDRAW),
    )
    assert [result.code for result in results if isinstance(result, Problem)] == ["proposal.state"]


def test_an_approval_reads_what_was_committed_while_it_waited(desk: Desk):
    version = desk.send(desk.inserted(tiny.square(600_000, 1_401_500)))
    seen = desk.detail("soxd.duyet", version)["result_hash"]
    with psycopg.connect(desk.database.conninfo) as other, ThreadPoolExecutor(1) as pool:
        holder = _held(other, APPROVALS)
        waiting = pool.submit(_together, lambda: desk.approve(version, result_hash=seen))
        _wait_for_lock(desk.database, holder)
        desk.direct([desk.inserted(tiny.square(600_050, 1_401_500))])
        other.execute("SELECT pg_advisory_unlock_all()")
        (problem,) = waiting.result(30)
    assert problem.code == "changed_since_seen"


def test_a_direct_edit_in_flight_is_waited_for(desk: Desk):
    lot = tiny.lot_key("22504", 2, 2)
    version = desk.send(desk.edited(lot, tenDoiTuong="A"))
    seen = desk.detail("soxd.duyet", version)["result_hash"]
    with ThreadPoolExecutor(1) as pool:
        with psycopg.connect(desk.database.conninfo) as other:
            other.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = %s WHERE key = %s', ("B", lot))
            waiting = pool.submit(_together, lambda: desk.approve(version, result_hash=seen))
            _wait_for_lock(desk.database, other.info.backend_pid)
        (problem,) = waiting.result(30)
    assert problem.code == "proposal.conflict"


def test_a_direct_edit_that_is_left_open_keeps_nobody_for_long(desk: Desk, application: str):
    """Who edits a layer in QGIS's own way may hold rows over lunch."""
    lot = tiny.lot_key("22504", 2, 2)
    version = desk.send(desk.edited(lot, tenDoiTuong="A"))
    seen, request = desk.detail("soxd.duyet", version)["result_hash"], str(uuid.uuid4())
    before = state_of(desk.database)
    with closing(Database(application, size=2, patience=1.0)) as hurried, psycopg.connect(desk.database.conninfo) as other:
        hasty = Desk(hurried, desk.conninfo)
        other.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = %s WHERE key = %s', ("B", lot))
        with ThreadPoolExecutor(4) as pool:
            waiting = [pool.submit(hasty.approve, version, result_hash=seen, request=request) for _ in range(4)]
            assert hasty.listed("dailanh.kt")
            for each in waiting:
                with pytest.raises(psycopg.OperationalError):
                    each.result(30)
        other.rollback()
        assert state_of(desk.database) == before
        assert hasty.approve(version, result_hash=seen, request=request)["state"] == "approved"


def test_one_id_for_two_requests_at_once_is_refused_to_one_of_them(desk: Desk, hub: TestClient):
    versions = [desk.send(desk.edited(tiny.lot_key("22504", 2, n), tenDoiTuong="A")) for n in (2, 4)]
    document, headers = {"request": str(uuid.uuid4()), "version": 1}, sign_in(hub, "soxd.tham")
    paths = [f"{API}/proposals/{version.proposal}/open" for version in versions]
    with psycopg.connect(desk.conninfo) as other, ThreadPoolExecutor(2) as pool:
        other.execute("SELECT pg_advisory_xact_lock(hashtextextended('hub.audit', 0))")
        asked = [pool.submit(hub.post, path, json=document, headers=headers) for path in paths]
        _wait_for_lock(desk.database, other.info.backend_pid)
        other.rollback()
        answers = [each.result(30) for each in asked]
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert [answer.json()["code"] for answer in answers if answer.status_code == 409] == ["request.reused"]


def test_an_approval_killed_after_its_writes_leaves_nothing(desk: Desk):
    version = desk.send(desk.inserted(tiny.square(600_000, 1_401_500)))
    seen, request = desk.detail("soxd.duyet", version)["result_hash"], str(uuid.uuid4())
    before = state_of(desk.database)
    with psycopg.connect(desk.database.conninfo, autocommit=True) as other, ThreadPoolExecutor(1) as pool:
        holder = _held(other, REVISIONS)
        dying = pool.submit(desk.approve, version, result_hash=seen, request=request)
        other.execute("SELECT pg_terminate_backend(%s)", (_wait_for_lock(desk.database, holder),))
        with pytest.raises(psycopg.OperationalError):
            dying.result(30)
    assert state_of(desk.database) == before
    assert desk.row(version.changes[0].key) is None
    assert desk.approve(version, result_hash=seen, request=request)["state"] == "approved"
