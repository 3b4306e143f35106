"""Conflicts settled as a person chooses: the row is as chosen, what is left is right, and undo brings all back."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Optional

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commune_planning_plugin.core.changes import ChangeKind, diff_row
from commune_planning_plugin.core.errors import InvalidData, WorkingCopyError
from commune_planning_plugin.core.merge import recomputed
from commune_planning_plugin.core.schema import Values
from commune_planning_plugin.store import FEATURE, Choice, Lease, LocalState, Ref, RemoteChange, Side, WorkingCopy
from commune_planning_plugin.store.gpkg import blob_of
from commune_planning_plugin.store.sql import connected
from tests.store.conftest import rows_of
from tests.store.snapshots import LINES, LOTS, key_of, line, lot, lots, make_working_copy, square
from tests.store.test_pulling import T, edit, news, pull, ref

MINE_SHAPE, THEIR_SHAPE, DRAWN_SHAPE = (square(600_000, 1_400_000, size) for size in (40.0, 60.0, 80.0))
UNITS: dict[str, dict[Side, dict[str, Any]]] = {
    "tenDoiTuong": {Side.MINE: {"tenDoiTuong": "mine"}, Side.PROVINCE: {"tenDoiTuong": "theirs"}},
    "tangCao": {Side.MINE: {"tangCao": 1}, Side.PROVINCE: {"tangCao": None}},
    "daXay": {Side.MINE: {"daXay": True}, Side.PROVINCE: {"daXay": False}},
    "chucNang2": {
        Side.MINE: {"chucNang1": "A", "chucNang2": "A1"},
        Side.PROVINCE: {"chucNang1": "B", "chucNang2": "B1"},
    },
    "geom": {Side.MINE: {"geom": MINE_SHAPE}, Side.PROVINCE: {"geom": THEIR_SHAPE}},
}
BASE = lot(0, tangCao=7, chucNang1="O", chucNang2="O1")


def with_values(row: Values, *values: dict[str, Any]) -> Values:
    merged = dict(row)
    for each in values:
        merged.update(each)
    return recomputed(LOTS, merged)


def write(copy: WorkingCopy, values: dict[str, Any], number: int = 0) -> None:
    plain = {name: blob_of(value, 9217) if name == "geom" else value for name, value in values.items()}
    connection = connected(copy.path, 5.0)
    connection.execute("PRAGMA synchronous=OFF")
    assigned = ", ".join(f"{name} = ?" for name in plain)
    connection.execute(f"UPDATE {T} SET {assigned} WHERE key = ?", (*plain.values(), key_of(number)))
    connection.close()


def seen(copy: WorkingCopy) -> Any:
    """All that a person sees, as it is for who opens the file anew."""
    with WorkingCopy.open(copy.path) as reopened:
        return reopened.status(), reopened.conflicts.open(), rows_of(copy), reopened.changes()


def only_row(copy: WorkingCopy) -> Optional[Values]:
    return rows_of(copy).get(key_of(0))


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    mine=st.sets(st.sampled_from(sorted(UNITS)), min_size=1),
    theirs=st.sets(st.sampled_from(sorted(UNITS)), min_size=1),
    picked=st.fixed_dictionaries({name: st.sampled_from(Side) for name in UNITS}),
    draws=st.booleans(),
)
def test_any_choice_gives_the_row_as_chosen_and_undo_brings_all_back(
    tmp_path_factory: Any, mine: set[str], theirs: set[str], picked: dict[str, Side], draws: bool
) -> None:
    with make_working_copy(tmp_path_factory.mktemp("law"), {LOTS.id: {key_of(0): BASE, key_of(1): lot(1)}}) as copy:
        write(copy, {name: value for unit in mine for name, value in UNITS[unit][Side.MINE].items()})
        province = with_values(BASE, *(UNITS[unit][Side.PROVINCE] for unit in theirs))
        assert pull(copy, news(0, **province)).conflicts == bool(mine & theirs)
        if not mine & theirs:
            return
        before = seen(copy)
        choices: dict[str, Choice] = {unit: picked[unit] for unit in mine & theirs}
        if draws and "geom" in choices:
            choices["geom"] = DRAWN_SHAPE
        copy.conflicts.resolve(ref(0), choices)
        values = [UNITS[unit][Side.MINE] for unit in mine - theirs]
        values += [{"geom": choice} if isinstance(choice, bytes) else UNITS[unit][choice] for unit, choice in choices.items()]
        wanted = with_values(province, *values)
        assert only_row(copy) == wanted
        left = copy.changes().changes
        assert list(left) == [change for change in [diff_row(LOTS, key_of(0), province, wanted)] if change is not None]
        assert {item.state for item in copy.status()} <= {LocalState.LOCAL}
        copy.conflicts.undo([ref(0)])
        assert seen(copy) == before
        assert copy.conflicts.resolutions() == ()


def clash(copy: WorkingCopy, number: int = 0) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine', tangCao = 1 WHERE key = '{key_of(number)}'")
    pull(copy, news(number, kyHieuLoDat="theirs", tangCao=2))


def test_what_isn_t_decided_or_can_t_be_is_refused_and_nothing_changes(copy: WorkingCopy) -> None:
    clash(copy)
    before = seen(copy)
    for choices, code in (
        ({"tangCao": Side.MINE}, "conflict.undecided"),
        ({"tangCao": Side.MINE, "kyHieuLoDat": b"x"}, "conflict.choice"),
        ({"tangCao": Side.MINE, "kyHieuLoDat": Side.MINE, "nonsense": Side.MINE}, "conflict.choice"),
    ):
        with pytest.raises(WorkingCopyError) as raised:
            copy.conflicts.resolve(ref(0), choices)
        assert raised.value.code == code
    assert seen(copy) == before


def test_a_group_can_t_be_split(copy: WorkingCopy) -> None:
    write(copy, UNITS["chucNang2"][Side.MINE])
    pull(copy, news(0, **UNITS["chucNang2"][Side.PROVINCE]))
    with pytest.raises(WorkingCopyError, match=r"conflict\.choice"):
        copy.conflicts.resolve(ref(0), {"chucNang1": Side.MINE, "chucNang2": Side.PROVINCE})


def test_one_of_several_that_can_t_be_settled_settles_none(copy: WorkingCopy) -> None:
    for number in (0, 1):
        clash(copy, number)
    before = seen(copy)
    with pytest.raises(WorkingCopyError, match=r"conflict\.undecided"):
        copy.conflicts.resolve_all({ref(0): Side.PROVINCE, ref(1): {}})
    assert seen(copy) == before
    with pytest.raises(WorkingCopyError, match=r"conflict\.unknown"):
        copy.conflicts.resolve_all({ref(0): Side.PROVINCE, ref(2): Side.MINE})
    assert seen(copy) == before


def test_a_drawn_shape_that_is_none_settles_nothing(copy: WorkingCopy) -> None:
    write(copy, {"geom": MINE_SHAPE})
    pull(copy, news(0, geom=THEIR_SHAPE))
    before = seen(copy)
    with pytest.raises(InvalidData):
        copy.conflicts.resolve(ref(0), {"geom": b"no shape"})
    assert seen(copy) == before


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("deleted_here", [True, False])
def test_whether_a_feature_stays_is_one_choice_and_can_be_undone(copy: WorkingCopy, side: Side, deleted_here: bool) -> None:
    if deleted_here:
        edit(copy, f"DELETE FROM {T} WHERE fid = 1")
        pull(copy, news(0, kyHieuLoDat="theirs"))
    else:
        edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
        pull(copy, news(0, "delete"))
    before = seen(copy)
    with pytest.raises(WorkingCopyError, match=r"conflict\.undecided"):
        copy.conflicts.resolve(ref(0), {"kyHieuLoDat": side})
    copy.conflicts.resolve(ref(0), {FEATURE: side})
    row = only_row(copy)
    assert (row is not None) == ((side is Side.PROVINCE) == deleted_here)
    left = copy.changes().changes
    assert [change.kind for change in left] == (
        [] if side is Side.PROVINCE else [ChangeKind.DELETE if deleted_here else ChangeKind.INSERT]
    )
    if row is not None and not deleted_here:
        assert (row["birth"], left[0].new) == (lot(0)["birth"], row)
    copy.conflicts.undo([ref(0)])
    assert seen(copy) == before


def test_half_made_choices_are_kept_and_go_on_meaning_what_they_meant(copy: WorkingCopy) -> None:
    write(copy, {"kyHieuLoDat": "mine", "tangCao": 1, "geom": MINE_SHAPE})
    pull(copy, news(0, kyHieuLoDat="theirs", tangCao=2, geom=THEIR_SHAPE))
    copy.conflicts.choose(ref(0), {"kyHieuLoDat": Side.PROVINCE, "tangCao": Side.MINE, "geom": DRAWN_SHAPE})
    with WorkingCopy.open(copy.path) as reopened:
        (open_,) = reopened.conflicts.open()
        assert open_.choices == {"kyHieuLoDat": Side.PROVINCE, "tangCao": Side.MINE, "geom": DRAWN_SHAPE}
        assert reopened.status()[0].conflict.choices == open_.choices
        assert reopened.status()[0].state is LocalState.CONFLICT
    copy.conflicts.choose(ref(0), {**open_.choices, "geom": Side.MINE})
    pull(copy, news(0, tangCao=3, tenDoiTuong="x"))
    (open_,) = copy.conflicts.open()
    assert open_.choices == {"kyHieuLoDat": Side.PROVINCE, "geom": Side.MINE}
    assert open_.drawn == DRAWN_SHAPE


def test_undoing_brings_the_choices_back_too(copy: WorkingCopy) -> None:
    clash(copy)
    copy.conflicts.choose(ref(0), {"tangCao": Side.PROVINCE})
    before = seen(copy)
    copy.conflicts.resolve(ref(0), {"tangCao": Side.PROVINCE, "kyHieuLoDat": Side.MINE})
    with WorkingCopy.open(copy.path) as reopened:
        (resolution,) = reopened.conflicts.resolutions()
        assert resolution.ref == ref(0)
        reopened.conflicts.undo([ref(0)])
    assert seen(copy) == before


def test_what_was_resolved_together_is_one_batch_the_latest_first(copy: WorkingCopy) -> None:
    for number in range(3):
        clash(copy, number)
    copy.conflicts.resolve_all({ref(0): Side.MINE, ref(1): Side.PROVINCE})
    copy.conflicts.resolve(ref(2), Side.MINE)
    assert [(each.ref, each.batch) for each in copy.conflicts.resolutions()] == [
        (ref(2), 2),
        *sorted([(ref(0), 1), (ref(1), 1)], key=lambda item: item[0].key),
    ]


@pytest.mark.parametrize("then", ["edit", "pull", "revert", "propose"])
def test_undo_never_costs_what_came_after(copy: WorkingCopy, then: str) -> None:
    clash(copy)
    copy.conflicts.resolve(ref(0), {"tangCao": Side.PROVINCE, "kyHieuLoDat": Side.MINE})
    if then == "edit":
        edit(copy, f"UPDATE {T} SET tenDoiTuong = 'later' WHERE fid = 1")
    elif then == "pull":
        pull(copy, news(0, tenDoiTuong="news"))
    elif then == "revert":
        copy.revert([ref(0)])
    else:
        copy.outbox.freeze(replace(copy.drafts.new([ref(0)]), title="t", ground=1, reason="r"))
    before = seen(copy)
    assert copy.conflicts.resolutions() == ()
    with pytest.raises(WorkingCopyError, match=r"conflict\.not_undoable"):
        copy.conflicts.undo([ref(0)])
    assert seen(copy) == before


@contextmanager
def closing_lease(copy: WorkingCopy) -> Iterator[None]:
    lease = Lease.take(copy.path, LOTS.id, copy.checkpoint)
    yield
    lease.release()


def test_in_edit_rows_are_not_written_but_choices_are_kept(copy: WorkingCopy) -> None:
    clash(copy)
    with closing_lease(copy):
        copy.conflicts.choose(ref(0), {"tangCao": Side.PROVINCE})
        with pytest.raises(WorkingCopyError, match=r"working_copy\.in_edit"):
            copy.conflicts.resolve(ref(0), Side.PROVINCE)
        copy.conflicts.resolve(ref(0), Side.MINE)
        with pytest.raises(WorkingCopyError, match=r"working_copy\.in_edit"):
            copy.conflicts.undo([ref(0)])


def test_agreed_by_hand_meanwhile_it_needs_no_choice(copy: WorkingCopy) -> None:
    clash(copy)
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'theirs' WHERE fid = 1")
    copy.conflicts.resolve(ref(0), {"tangCao": Side.MINE})
    assert [(item.state, item.change.new) for item in copy.status()] == [(LocalState.LOCAL, {"tangCao": 1})]


def test_a_file_from_before_gets_what_it_lacks(copy: WorkingCopy) -> None:
    clash(copy)
    connection = sqlite3.connect(copy.path)
    for table in ("planning_choice", "planning_resolved", "planning_witness"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("UPDATE planning_state SET value = '1' WHERE name = 'format'")
    connection.commit()
    connection.close()
    with WorkingCopy.open(copy.path) as reopened:
        assert len(reopened.conflicts.open()) == 1
        reopened.conflicts.resolve(ref(0), Side.PROVINCE)
        assert len(reopened.conflicts.resolutions()) == 1


def test_other_layers_are_settled_in_the_same_breath(tmp_path: Path) -> None:
    with make_working_copy(tmp_path, {LOTS.id: lots(2), LINES.id: {key_of(100): line(100)}}) as copy:
        clash(copy)
        edit(copy, f"UPDATE {LINES.table} SET tenDoiTuong = 'mine'")
        pull(copy, RemoteChange(LINES.id, key_of(100), "update", {"tenDoiTuong": "theirs"}))
        copy.conflicts.resolve_all({ref(0): Side.PROVINCE, Ref(LINES.id, key_of(100)): Side.MINE})
        assert [change.new for change in copy.changes().changes] == [{"tenDoiTuong": "mine"}]


@pytest.mark.slow
def test_five_hundred_conflicts_stay_quick(tmp_path: Path) -> None:
    with make_working_copy(tmp_path, {LOTS.id: lots(600)}) as copy:
        edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid <= 500")
        assert pull(copy, *(news(number, kyHieuLoDat="theirs") for number in range(500))).conflicts == 500

        def timed(act: Any) -> float:
            begun = time.process_time()
            act()
            return time.process_time() - begun

        assert timed(lambda: copy.conflicts.choose(ref(0), {"kyHieuLoDat": Side.MINE})) < 0.1
        assert timed(lambda: copy.conflicts.resolve(ref(0), Side.PROVINCE)) < 0.3
        assert timed(copy.status) < 2.0
        rest = [ref(number) for number in range(1, 500)]
        assert timed(lambda: copy.conflicts.resolve_all(dict.fromkeys(rest, Side.PROVINCE))) < 3.0
        assert timed(copy.conflicts.resolutions) < 1.0
        assert timed(lambda: copy.conflicts.undo(rest)) < 4.0
        assert len(copy.conflicts.open()) == 499
