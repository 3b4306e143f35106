"""When a pull or a submit must not happen, it doesn't, and what was drawn stays."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from commune_planning_plugin.core.errors import Cancelled, Refused, WorkingCopyError
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.store import Lease, LocalState, OutboxState, Ref, WorkingCopy
from commune_planning_plugin.store.sql import connected
from commune_planning_plugin.sync import contact, engine
from commune_planning_plugin.sync.feedback import Progress
from tests.hub.tiny import LOTS
from tests.joint.conftest import INNER_LOT, TABLE, Desk, Province, signed_in, take


class StopAt:
    """Cancels at the first sign of a stage."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self._reached = False

    def progress(self, progress: Progress) -> None:
        self._reached = self._reached or progress.stage == self._stage

    def cancelled(self) -> bool:
        return self._reached


@pytest.mark.parametrize("stage", ["download", "build"])
def test_a_cancelled_first_pull_leaves_no_working_copy(hub_server, tmp_path: Path, stage: str) -> None:
    client = signed_in(hub_server.url, "dailanh.kt")
    path = tmp_path / "22504.gpkg"
    with pytest.raises(Cancelled):
        engine.first_pull(client, path, "22504", "dailanh.kt", StopAt(stage))
    assert not path.exists()
    with closing(engine.first_pull(client, path, "22504", "dailanh.kt")) as copy:
        assert copy.status() == ()


@pytest.mark.parametrize("stage", ["changes", "apply"])
def test_a_cancelled_pull_leaves_the_revision_that_was_there(desk: Desk, database, stage: str) -> None:
    direct_edit(database)
    before = desk.copy.checkpoint
    with pytest.raises(Cancelled):
        engine.pull(desk.copy, desk.client, StopAt(stage) if stage == "changes" else StopAfterStaging())
    assert desk.copy.checkpoint == before
    assert desk.pull().updated == 1


class StopAfterStaging:
    def __init__(self) -> None:
        self._asked = 0

    def progress(self, progress: Progress) -> None:
        pass

    def cancelled(self) -> bool:
        self._asked += 1
        return self._asked > 1


def direct_edit(database) -> None:
    with database.writing("dba") as connection:
        connection.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "ghiChu" = %s WHERE key = %s', ("x", INNER_LOT))


def test_while_a_layer_is_being_edited_a_pull_waits(desk: Desk, database) -> None:
    direct_edit(database)
    lease = Lease.take(desk.copy.path, LOTS, desk.copy.checkpoint)
    with pytest.raises(WorkingCopyError, match=r"working_copy\.in_edit"):
        desk.pull()
    lease.release()
    assert desk.pull().updated == 1


def test_with_the_tracking_lost_nothing_is_pulled(desk: Desk) -> None:
    with closing(connected(desk.copy.path, 1.0)) as connection:
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND name LIKE 'planning%'"
        for (name,) in connection.execute(names, (TABLE,)).fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
    with pytest.raises(WorkingCopyError, match=r"tracking\.lost"):
        desk.pull()


def test_another_hub_under_the_same_address_is_noticed(desk: Desk, database, hub_server) -> None:
    with database.writing("dba") as connection:
        connection.execute("UPDATE hub.setting SET value = to_jsonb(gen_random_uuid()::text) WHERE name = 'hub_id'")
    with pytest.raises(WorkingCopyError, match=r"working_copy\.other_hub"):
        engine.pull(desk.copy, signed_in(hub_server.url, desk.name))


@pytest.mark.parametrize("ending", [Step.WITHDRAW, Step.REJECT], ids=lambda step: step.value)
@pytest.mark.parametrize("then", ["revised", "reverted"])
def test_what_is_withdrawn_or_rejected_stays_to_be_revised_or_reverted(
    desk: Desk, province: Province, ending: Step, then: str
) -> None:
    before = desk.name_of(INNER_LOT)
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    desk.send()
    end(desk, province, frozen.proposal, ending)
    contact.meet(desk.copy, desk.client, "PC")
    assert [change.state for change in desk.copy.status()] == [LocalState.LOCAL]
    assert [item.state for item in desk.copy.outbox.items()] == [OutboxState.DECIDED]
    assert desk.name_of(INNER_LOT) == "Chợ"
    if then == "reverted":
        desk.copy.revert([Ref(LOTS, INNER_LOT)])
        assert (desk.name_of(INNER_LOT), desk.copy.status()) == (before, ())
    else:
        desk.rename(INNER_LOT, "Chợ mới")
        again = desk.freeze(INNER_LOT)
        desk.send()
        assert province.approve(again.proposal).state is State.APPROVED
        desk.pull()
        assert (desk.name_of(INNER_LOT), desk.copy.status()) == ("Chợ mới", ())


def end(desk: Desk, province: Province, proposal: str, step: Step) -> None:
    if step is Step.WITHDRAW:
        assert take(desk.client, proposal, step, 1).state is State.WITHDRAWN
    else:
        take(province.head, proposal, Step.SIGN_OFF, 1)
        assert take(province.approver, proposal, step, 1, reason="Trái quy hoạch chung").state is State.REJECTED


def test_who_may_not_decide_is_refused(desk: Desk, province: Province) -> None:
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    desk.send()
    with pytest.raises(Refused, match=r"rights\."):
        take(desk.client, frozen.proposal, Step.SIGN_OFF, 1)


def test_a_second_pull_of_the_same_is_noticed(desk: Desk, database) -> None:
    direct_edit(database)
    with closing(WorkingCopy.open(desk.copy.path)) as other:
        feed = desk.client.changes("22504", desk.copy.checkpoint)
        staged = other.stage(feed, feed.revisions, feed.target)
        assert desk.pull().updated == 1
        with pytest.raises(WorkingCopyError, match=r"working_copy\.checkpoint_moved"):
            other.apply(staged)


def test_the_outbox_outlives_a_restart(desk: Desk) -> None:
    desk.rename(INNER_LOT, "Chợ")
    desk.freeze(INNER_LOT)
    desk.copy.close()
    desk.copy = WorkingCopy.open(desk.copy.path)
    assert [item.state for item in desk.copy.outbox.items()] == [OutboxState.QUEUED]
    assert desk.send()[0].problem is None
