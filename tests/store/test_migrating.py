"""Files that an older version of the plugin made are opened with all that waits in them."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.store import Lease, LocalState, OutboxState, Ref, Side, WorkingCopy, migrating, state
from commune_planning_plugin.store.building import retained_snapshot
from commune_planning_plugin.store.migrating import backup_path
from commune_planning_plugin.store.sql import Database
from tests.store.snapshots import CATALOGUE, LOTS, NEXT, key_of, make_working_copy

DATA = Path(__file__).parent / "data"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """As version 1 wrote it: a lot in a queued proposal with a file, one in conflict, one deleted, one drawn, and a draft."""
    path = tmp_path / "22504.gpkg"
    path.write_bytes(gzip.decompress((DATA / "format_1.gpkg.gz").read_bytes()))
    shutil.copyfile(DATA / "format_1.gpkg.base.gz", retained_snapshot(path))
    return path


def version_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT value FROM planning_state WHERE name = 'format'").fetchone()[0])


def test_a_file_of_version_1_is_opened_with_all_that_waits_in_it(old: Path) -> None:
    before = old.read_bytes()
    with WorkingCopy.open(old) as copy:
        assert copy.checkpoint == NEXT
        assert [layer.fingerprint for layer in copy.catalogue.layers] == [layer.fingerprint for layer in CATALOGUE.layers]
        assert copy.damage() == []
        states = sorted((local.change.kind.value, local.state) for local in copy.status())
        assert states == [
            ("delete", LocalState.LOCAL),
            ("insert", LocalState.LOCAL),
            ("update", LocalState.CONFLICT),
            ("update", LocalState.IN_PROPOSAL),
        ]
        ((draft,), (item,)) = copy.drafts.all(), copy.outbox.items()
        assert (draft.title, item.state) == ("Đang viết", OutboxState.QUEUED)
        assert copy.drafts.content_of(copy.drafts.reopen(item.proposal).files[0].sha256) == b"%PDF-1.7 x"
        assert len(copy.compare_with_snapshot(LOTS.id).changes) == 4
        copy.conflicts.resolve(Ref(LOTS.id, key_of(1)), Side.PROVINCE)
        assert len(copy.conflicts.resolutions()) == 1
    assert version_of(old) == str(state.FORMAT)
    assert backup_path(old, 1).stat().st_size == len(before)
    assert version_of(backup_path(old, 1)) == "1"


def test_todays_tables_are_what_the_steps_lead_to(old: Path, tmp_path: Path) -> None:
    WorkingCopy.open(old).close()
    new = tmp_path / "new"
    new.mkdir()
    with make_working_copy(new) as made:
        assert max(migrating.STEPS) == state.FORMAT
        assert shape(old) == shape(made.path)


def shape(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'planning%'").fetchall()
        tables = {name: connection.execute("SELECT * FROM pragma_table_info(?)", (name,)).fetchall() for (name,) in names}
        facts = connection.execute("SELECT name FROM planning_state ORDER BY name").fetchall()
    return {**tables, "facts": facts}


def test_todays_file_is_left_alone(tmp_path: Path) -> None:
    make_working_copy(tmp_path).close()
    path = tmp_path / "22504.gpkg"
    before = path.read_bytes()
    WorkingCopy.open(path).close()
    assert path.read_bytes() == before
    assert list(tmp_path.glob("*.bak*")) == []


def test_steps_go_in_order_and_each_is_kept_when_a_later_one_fails(old: Path) -> None:
    done: list[int] = []
    today, tomorrow = state.FORMAT, state.FORMAT + 1

    def one(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE planning_one (a)")
        done.append(today)

    def other(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE planning_other (a)")
        if done.count(tomorrow) == 0:
            done.append(tomorrow)
            raise sqlite3.OperationalError("database or disk is full")

    steps = {**migrating.STEPS, today: one, tomorrow: other}
    with closing(Database(old)) as database:
        with pytest.raises(WorkingCopyError, match=r"working_copy\.disk_full"):
            migrating.migrate(database, steps)
        assert version_of(old) == str(today)
        kept = backup_path(old, 1).read_bytes()
        migrating.migrate(database, steps)
    assert (version_of(old), done) == (str(tomorrow), [today, tomorrow])
    assert backup_path(old, 1).read_bytes() == kept
    with pytest.raises(WorkingCopyError, match=r"working_copy\.newer") as raised:
        WorkingCopy.open(old)
    assert (raised.value.details["found"], raised.value.details["known"]) == (tomorrow, today)


def test_lost_tracking_stays_lost_over_a_migration(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(f"DROP TRIGGER planning_after_update_{LOTS.table}")
    with WorkingCopy.open(old) as copy:
        assert [(item.layer, item.code) for item in copy.damage()] == [(LOTS.id, "tracking.lost")]
    assert version_of(old) == str(state.FORMAT)


def test_a_file_that_is_being_edited_waits(old: Path) -> None:
    lease = Lease.take(old, LOTS.id, NEXT)
    with pytest.raises(WorkingCopyError, match=r"working_copy\.in_edit"):
        WorkingCopy.open(old)
    assert (version_of(old), list(old.parent.glob("*.bak*"))) == ("1", [])
    lease.release()
    WorkingCopy.open(old).close()


def test_one_that_another_program_writes_is_left_as_it_is(old: Path) -> None:
    with closing(sqlite3.connect(old)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkingCopyError, match=r"working_copy\.busy"):
            WorkingCopy.open(old)
    assert version_of(old) == "1"
    with WorkingCopy.open(old) as copy:
        copy.outbox.freeze(replace(copy.drafts.new([Ref(LOTS.id, key_of(2))]), title="t", ground=1, reason="r"))
        assert len(copy.outbox.items()) == 2
