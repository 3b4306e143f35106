"""On a full disk each step says so, changes nothing, and works once there is room again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.store import Lease, Ref, WorkingCopy
from commune_planning_plugin.store.building import retained_snapshot
from commune_planning_plugin.store.migrating import backup_path
from commune_planning_plugin.store.sql import connected
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.transport import plain_session
from tests.small_disk import fill, free, on_small_disk
from tests.store.snapshots import CATALOGUE, IDENTITY, LOTS, NEXT, START, key_of, lots, make_snapshot, make_working_copy
from tests.store.test_pulling import edit, news
from tests.sync.tiny_hub import SnapshotRoute, TinyHub

pytestmark = pytest.mark.slow

T = LOTS.table


def refused(step: Callable[[], object]) -> None:
    with pytest.raises(WorkingCopyError) as raised:
        step()
    assert raised.value.code == "working_copy.disk_full", raised.value


def building(folder: Path) -> None:
    snapshot = make_snapshot(folder / "s.gpkg", {LOTS.id: lots(300)})
    before = sorted(path.name for path in folder.iterdir())
    fill(folder)
    refused(lambda: WorkingCopy.create(folder / "a.gpkg", snapshot, IDENTITY, CATALOGUE, START))
    free(folder)
    assert sorted(path.name for path in folder.iterdir()) == before
    with WorkingCopy.create(folder / "a.gpkg", snapshot, IDENTITY, CATALOGUE, START) as copy:
        assert copy.status() == ()


def half_a_building(folder: Path) -> None:
    """The table fits, the index doesn't."""
    snapshot = make_snapshot(folder / "s.gpkg", {LOTS.id: lots(300)})
    fill(folder)
    with (folder / "ballast").open("rb+") as file:
        file.truncate(file.seek(0, 2) - snapshot.stat().st_size - (1 << 14))
    refused(lambda: WorkingCopy.create(folder / "a.gpkg", snapshot, IDENTITY, CATALOGUE, START))
    assert sorted(path.name for path in folder.iterdir()) == ["ballast", "s.gpkg"]


def download(folder: Path) -> None:
    content = b"GPKG" + bytes(range(256)) * 4000
    hub = TinyHub()
    hub.on["GET", "/communes/22504/snapshot"] = SnapshotRoute(content)
    with hub.serving():
        client = HubClient(hub.url, plain_session(backoff_s=0.001), token="secret")
        fill(folder)
        refused(lambda: client.download_snapshot("22504", folder / "s.gpkg"))
        free(folder)
        assert client.download_snapshot("22504", folder / "s.gpkg").path.read_bytes() == content


def copy_with_an_edit(folder: Path) -> WorkingCopy:
    copy = make_working_copy(folder)
    edit(copy, f"UPDATE {T} SET tenDoiTuong = 'mine' WHERE fid = 3")
    return copy


def my_edit(copy: WorkingCopy) -> list[object]:
    return [change.new.get("tenDoiTuong") for change in copy.changes().changes]


def pulling(folder: Path) -> None:
    pulling_in(folder, "DELETE")


def pulling_beside_qgis(folder: Path) -> None:
    pulling_in(folder, "WAL")


def pulling_in(folder: Path, mode: str) -> None:
    with copy_with_an_edit(folder) as copy, closing(connected(copy.path, 0.0)) as other:
        other.execute(f"PRAGMA journal_mode={mode}")
        other.execute("SELECT count(*) FROM planning_state").fetchone()
        staged = copy.stage([news(n, "insert") for n in range(20, 400)], (), NEXT)
        fill(folder)
        refused(lambda: copy.apply(staged))
        assert (copy.checkpoint, my_edit(copy)) == (START, ["mine"])
        free(folder)
        assert copy.apply(staged).inserted == 380
        assert (copy.checkpoint, my_edit(copy)) == (NEXT, ["mine"])
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def proposing(folder: Path) -> None:
    with copy_with_an_edit(folder) as copy:
        draft = replace(copy.drafts.new([Ref(LOTS.id, key_of(2))]), title="Chợ", ground=1, reason="r")
        paper = folder / "plan.pdf"
        paper.write_bytes(b"%PDF" * 20_000)
        fill(folder)
        for step in (
            lambda: copy.drafts.save(replace(draft, reason="r" * 100_000)),
            lambda: copy.drafts.attach(draft.proposal, paper),
            lambda: copy.outbox.freeze(draft),
        ):
            refused(step)
        assert (my_edit(copy), len(copy.drafts.all()), copy.outbox.items()) == (["mine"], 1, ())
        free(folder)
        attachment = copy.drafts.attach(draft.proposal, paper)
        copy.outbox.freeze(copy.drafts.save(replace(draft, files=(attachment,))))
        assert copy.drafts.content_of(attachment.sha256) == paper.read_bytes()
        assert len(copy.outbox.items()) == 1


def editing(folder: Path) -> None:
    """An edit session isn't begun where it couldn't be saved."""
    with copy_with_an_edit(folder) as copy:
        fill(folder)
        refused(lambda: Lease.take(copy.path, LOTS.id, START))
        free(folder)
        Lease.take(copy.path, LOTS.id, START).release()


def saving_aside(folder: Path) -> None:
    with copy_with_an_edit(folder) as copy:
        fill(folder)
        refused(copy.save_edits)
        refused(lambda: copy.export_edits(LOTS.id, folder / "out.gpkg"))
        assert not (folder / "out.gpkg").exists()
        free(folder)
        assert (copy.save_edits().count, copy.export_edits(LOTS.id, folder / "out.gpkg")) == (1, 10)


def migrating(folder: Path) -> None:
    with copy_with_an_edit(folder) as copy:
        edit(copy, "DROP TABLE planning_witness")
        edit(copy, "UPDATE planning_state SET value = '1' WHERE name = 'format'")
    path = folder / "22504.gpkg"
    fill(folder)
    refused(lambda: WorkingCopy.open(path))
    assert not backup_path(path, 1).exists()
    free(folder)
    with WorkingCopy.open(path) as copy:
        assert my_edit(copy) == ["mine"]


def repairing(folder: Path) -> None:
    with copy_with_an_edit(folder) as copy:
        edit(copy, f"DROP TRIGGER planning_after_delete_{T}")
        fill(folder)
        refused(lambda: copy.rearm(LOTS.id))
        free(folder)
        assert retained_snapshot(copy.path).exists()
        copy.rearm(LOTS.id)
        assert my_edit(copy) == ["mine"]


CASES = [building, half_a_building, download, pulling, pulling_beside_qgis, proposing, editing, saving_aside, migrating, repairing]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_a_full_disk_is_told_and_nothing_is_lost(case: Callable[[Path], None], tmp_path: Path) -> None:
    on_small_disk(case, tmp_path)
