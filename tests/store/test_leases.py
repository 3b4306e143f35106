"""A lease keeps pulls away, in this process and from another, and goes with its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.store import Lease, Ref, Side, WorkingCopy, held
from tests.store.snapshots import LINES, LOTS, NEXT, START, key_of
from tests.store.test_pulling import edit, news, pull

HOLDER = """
import sys
from pathlib import Path
from commune_planning_plugin.store.lease import Lease
from commune_planning_plugin.store.model import Checkpoint
lease = Lease.take(Path(sys.argv[1]), sys.argv[2], Checkpoint(7, "id"))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_lease_here_keeps_a_pull_away(copy: WorkingCopy) -> None:
    staged = copy.stage([news(0, tangCao=1)], (), NEXT)
    lease = Lease.take(copy.path, LOTS.id, START)
    assert [(holder.layer, holder.here, holder.revision) for holder in held(copy.path)] == [(LOTS.id, True, 7)]
    with pytest.raises(WorkingCopyError, match=r"working_copy\.in_edit") as raised:
        copy.apply(staged)
    assert raised.value.details["holders"][0].layer == LOTS.id
    lease.release()
    lease.release()
    assert held(copy.path) == []
    assert copy.apply(staged).updated == 1


def test_two_layers_two_leases(copy: WorkingCopy) -> None:
    leases = [Lease.take(copy.path, layer.id, START) for layer in (LOTS, LINES)]
    leases[0].release()
    assert [holder.layer for holder in held(copy.path)] == [LINES.id]
    leases[1].release()


def test_another_process_holds_it_until_it_is_killed(copy: WorkingCopy) -> None:
    command = [sys.executable, "-c", HOLDER, str(copy.path), LOTS.id]
    other = subprocess.Popen(command, cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout.readline() == "held\n"
    (holder,) = held(copy.path)
    assert (holder.layer, holder.process, holder.here) == (LOTS.id, other.pid, False)
    os.kill(other.pid, signal.SIGKILL)
    other.communicate()
    assert held(copy.path) == []
    assert not list(copy.path.parent.glob("*.lease"))


def test_what_is_being_edited_is_not_reverted_under_the_editor(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {LOTS.table} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    pull(copy, news(0, kyHieuLoDat="theirs"))
    lease = Lease.take(copy.path, LOTS.id, START)
    with pytest.raises(WorkingCopyError, match=r"working_copy\.in_edit"):
        copy.revert([Ref(LOTS.id, key_of(0))])
    with pytest.raises(WorkingCopyError, match=r"working_copy\.in_edit"):
        copy.conflicts.resolve(Ref(LOTS.id, key_of(0)), Side.PROVINCE)
    lease.release()
    copy.revert([Ref(LOTS.id, key_of(0))])
    assert copy.status() == ()


def test_no_lease_can_be_taken_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(WorkingCopyError, match=r"working_copy\.unreadable"):
        Lease.take(tmp_path / "none" / "a.gpkg", LOTS.id, START)
