"""Killed at any boundary, once or twice, and started again: every edit is there, once."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg.rows import dict_row

from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.store import Draft, OutboxState, Ref, WorkingCopy
from commune_planning_plugin.sync import engine
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.transport import plain_session
from province_hub.approval import approve
from province_hub.database import Database
from province_hub.steps import Request
from province_hub.verify import verify
from tests.hub.tiny import LOTS, lot_key, plan_key
from tests.hub.workflow import Desk as HubDesk
from tests.joint.conftest import Desk, signed_in
from tests.joint.killing import Work, at_each_boundary, whole
from tests.joint.test_killed import Process, hub_process  # noqa: F401 (fixture)

MINE, BOTH, THEIRS, CLASHING = (lot_key("22504", column, 3) for column in range(4))


def again(desk: Desk) -> HubClient:
    """The person's client in another process: connections aren't shared."""
    return HubClient(desk.client.base_url, plain_session(backoff_s=0.01), desk.client.token)


def standing(path: Path) -> object:
    """All that a person could miss: edits, conflicts, the revision, rows."""
    with closing(WorkingCopy.open(path, wait=5.0)) as copy:
        changes = sorted((c.change.key, str(c.change.old), str(c.change.new), c.state.value) for c in copy.status())
        rows = [copy.row(Ref(LOTS, key)) for key in (MINE, BOTH, THEIRS, CLASHING)]
        return changes, copy.conflicts.open(), copy.checkpoint, rows, copy.damage()


def test_a_first_pull(hub_process: Process, tmp_path: Path) -> None:  # noqa: F811
    token = signed_in(hub_process.url, "dailanh.kt").token
    seen: list[object] = []

    def case(run: Callable[[Work], bool]) -> None:
        folder = tmp_path / uuid.uuid4().hex
        folder.mkdir()

        def pull() -> None:
            path = folder / "copy.gpkg"
            if not path.exists():
                engine.first_pull(HubClient(hub_process.url, plain_session(), token), path, "22504", "dailanh.kt").close()

        run(pull)
        run(pull)
        whole(pull)
        with closing(WorkingCopy.open(folder / "copy.gpkg", wait=5.0)) as copy:
            assert copy.damage() == []
            assert not copy.status()
            seen.append((copy.checkpoint, len(copy.rows_meeting(LOTS, (0.0, 0.0, 1e9, 1e9)))))
            copy.compare_with_snapshot(LOTS)

    assert at_each_boundary(case) > 8
    assert len(set(seen)) == 1


def test_a_pull_under_edits(hub_process: Process, desk_of: Callable[..., Desk], database: Database, tmp_path: Path) -> None:  # noqa: F811
    desk = desk_of(url=hub_process.url)
    for key in (MINE, BOTH, CLASHING):
        desk.rename(key, "xã")
    hub = HubDesk(database, database.conninfo)
    theirs = [hub.edited(key, ghiChu="tỉnh") for key in (BOTH, THEIRS)]
    hub.direct([*theirs, hub.edited(CLASHING, tenDoiTuong="tỉnh")])
    desk.copy.close()
    standings: list[object] = []

    def case(run: Callable[[Work], bool]) -> None:
        folder = tmp_path / uuid.uuid4().hex
        folder.mkdir()
        path = folder / desk.copy.path.name
        for file in desk.copy.path.parent.glob(f"{desk.copy.path.name}*"):
            shutil.copyfile(file, folder / file.name)

        def pull() -> None:
            with closing(WorkingCopy.open(path, wait=5.0)) as copy:
                engine.pull(copy, again(desk))

        run(pull)
        run(pull)
        whole(pull)
        standings.append(standing(path))

    assert at_each_boundary(case) > 4
    assert all(each == standings[-1] for each in standings)
    changes, conflicts, *_ = standings[-1]  # type: ignore[misc]
    assert (len(changes), [conflict.key for conflict in conflicts]) == (3, [CLASHING])


def test_a_submit_with_a_file(hub_process: Process, desk_of: Callable[..., Desk], tmp_path: Path) -> None:  # noqa: F811
    desk = desk_of(url=hub_process.url)
    desk.rename(MINE, "xã")
    desk.copy.close()
    enclosed = tmp_path / "bản vẽ.pdf"

    def case(run: Callable[[Work], bool]) -> None:
        folder, proposal = tmp_path / uuid.uuid4().hex, str(uuid.uuid4())
        folder.mkdir()
        path = shutil.copyfile(desk.copy.path, folder / "copy.gpkg")
        enclosed.write_bytes(os.urandom(2_000))
        draft = Draft(proposal, 1, plan_key("PLAN-22504"), "Chợ", 2, "Theo thực tế", (Ref(LOTS, MINE),))

        def submit() -> None:
            with closing(WorkingCopy.open(path, wait=5.0)) as copy:
                if not copy.outbox.items():
                    kept = copy.drafts.save(draft)
                    attachment = copy.drafts.attach(proposal, enclosed)
                    copy.outbox.freeze(Draft(**{**vars(kept), "files": (attachment,)}))
                engine.send_outbox(copy, again(desk))

        run(submit)
        run(submit)
        whole(submit)
        with closing(WorkingCopy.open(path, wait=5.0)) as copy:
            (item,) = copy.outbox.items()
            assert (item.proposal, item.number, item.state) == (proposal, 1, OutboxState.SENT)
            assert [change.change.key for change in copy.status()] == [MINE]
        found = [each for each in desk.client.proposals("mine") if each.id == proposal]
        assert [(each.version, each.state) for each in found] == [(1, State.AWAITING_SIGN_OFF)]
        assert len(desk.client.proposal(proposal).review) == 1

    assert at_each_boundary(case) > 8


def test_an_approval(hub_process: Process, database: Database, conninfo: str) -> None:  # noqa: F811
    desk = HubDesk(database, conninfo)
    principal = desk.principal("soxd.duyet")

    def case(run: Callable[[Work], bool]) -> None:
        version = desk.version(desk.edited(MINE, tenDoiTuong=uuid.uuid4().hex))
        desk.submit(version)
        desk.step("dailanh.ct", version, Step.SIGN_OFF)
        seen = desk.detail("soxd.duyet", version)["result_hash"]
        request = Request(str(uuid.uuid4()), version.proposal, Step.APPROVE, 1, None, seen, without_consent=True)
        number = revisions()

        def decide() -> None:
            other = Database(conninfo)
            approve(other, principal, request)
            other.close()

        run(decide)
        run(decide)
        whole(decide)
        assert revisions() == number + 1

    def revisions() -> int:
        with psycopg.connect(conninfo) as connection:
            row = connection.execute("SELECT count(*) FROM hub.revision").fetchone()
            assert row is not None
            return int(row[0])

    assert at_each_boundary(case) > 1
    with psycopg.connect(conninfo, row_factory=dict_row) as connection:
        assert verify(connection) == []
