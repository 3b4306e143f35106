"""A working copy on a network share, or write-protected: shown, not edited, and copied to where it can be worked with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import QgsProject

from commune_planning_plugin.adapters import settings
from commune_planning_plugin.adapters.desktop import Desktop
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.session import NextStep, PlanningSession
from commune_planning_plugin.store import WorkingCopy, places
from tests.plugin.conftest import StrictIface, flush, wait_until
from tests.plugin.test_session import Told, file  # noqa: F401 (a fixture)
from tests.store import snapshots
from tests.store.test_pulling import edit

LOTS = snapshots.LOTS


@pytest.fixture
def share(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: F811
    """The settings' folder, which the mount table calls a network share; the home folder is elsewhere."""
    real = places.mounts
    monkeypatch.setattr(places, "mounts", lambda: f"{real()}server:/plans {file.parent} cifs rw 0 0\n")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    with WorkingCopy.open_to_read(file) as copy:
        assert copy.checkpoint == snapshots.START
    return file.parent


@pytest.fixture
def session(iface: StrictIface) -> Iterator[PlanningSession]:
    made = PlanningSession(QgsProject.instance(), Desktop(iface))
    yield made
    made.stop()
    made.deleteLater()
    flush()


def start(session: PlanningSession) -> Told:
    told = Told(session)
    session.start()
    wait_until(lambda: shown(session))
    return told


def shown(session: PlanningSession) -> bool:
    layers = session._context.layers
    return session.has_working_copy and layers.complete and not layers.loading


def lots(session: PlanningSession):
    return session._context.layers.layer(LOTS.id)


def test_a_share_is_shown_and_can_not_be_edited(session: PlanningSession, share: Path, file: Path):  # noqa: F811
    before = file.read_bytes()
    told = start(session)
    assert ("working_copy.network_share", "open") in told.failures
    assert session.only_read
    assert lots(session).featureCount() == 10
    assert not lots(session).startEditing()
    session._copy.read()
    wait_until(lambda: not session._copy._reading)
    session._context.layers.set_read_only(False)
    assert lots(session).readOnly()
    assert not session._copy.may_pull_now()
    assert session._account._existing_copy() is None
    assert [each.name for each in share.iterdir() if each.suffix not in (".gpkg", ".gz")] == []
    assert file.read_bytes() == before


def test_the_next_step_is_a_copy_here_that_goes_on_with_all_edits(session: PlanningSession, share: Path, file: Path, tmp_path):  # noqa: F811
    edit(WorkingCopyAt(file), f"UPDATE {LOTS.table} SET tenDoiTuong = 'mine' WHERE fid = 3")
    told = start(session)
    assert session._state._next_in_working_copy() is NextStep.COPY_HERE
    assert len(session.local_changes) == 1
    session.copy_here()
    wait_until(lambda: "copy_here.done" in told.news and shown(session))
    assert session.working_copy_path == tmp_path / "home" / "QuyHoachXa" / file.name
    assert settings.working_folder() == tmp_path / "home" / "QuyHoachXa"
    assert not session.only_read
    assert len(session.local_changes) == 1
    assert lots(session).source().startswith(str(session.working_copy_path))
    assert lots(session).startEditing()
    assert lots(session).rollBack()
    assert file.exists()


class WorkingCopyAt:
    """Only as much as `edit` asks for: the other computer that writes to the share."""

    def __init__(self, path: Path) -> None:
        self.path = path


def test_a_working_copy_that_is_here_already_is_not_replaced(session: PlanningSession, share: Path, file: Path, tmp_path: Path):  # noqa: F811
    other = tmp_path / "home" / "QuyHoachXa" / file.name
    other.parent.mkdir(parents=True)
    other.write_bytes(b"other")
    told = start(session)
    session.copy_here()
    wait_until(lambda: "copy_here.done" in told.news and shown(session))
    assert other.read_bytes() == b"other"
    assert session.working_copy_path.name == "22504_aabbccdd-2.gpkg"


def test_a_failed_copy_changes_nothing(session: PlanningSession, share: Path, file: Path, monkeypatch):  # noqa: F811
    told = start(session)

    def full(*_args: object) -> None:
        raise WorkingCopyError("working_copy.disk_full", path="x")

    monkeypatch.setattr("commune_planning_plugin.store.relocating._copy_all", full)
    session.copy_here()
    wait_until(lambda: ("working_copy.disk_full", "copy_here") in told.failures)
    assert session.only_read
    assert session.working_copy_path == file
    assert shown(session)


def test_when_the_protection_is_taken_off_one_can_draw_at_once(
    session: PlanningSession,
    file: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    """Root may write anything, so the system's answer is made up here; `tests/store/test_reading_only.py` has a real one."""
    protected, real = [True], os.access
    monkeypatch.setattr(
        places.os, "access", lambda path, mode: real(path, mode) and not (protected and mode & os.W_OK and path == file)
    )
    told = start(session)
    assert ("working_copy.read_only", "open") in told.failures
    assert not lots(session).startEditing()
    protected.clear()
    session._copy._look_at_file()
    wait_until(lambda: not session.only_read and shown(session))
    assert lots(session).startEditing()
    assert lots(session).rollBack()
