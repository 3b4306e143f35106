"""A pull merges shapes, keeps tilings whole, names the parts of a divided lot, and passes over what the file itself refuses."""

from __future__ import annotations

from typing import Any, Optional

import pytest
import shapely

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import ChangeKind
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.store import Checkpoint, Ref, Side, StoredConflict, WorkingCopy
from commune_planning_plugin.store.gpkg import blob_of
from commune_planning_plugin.store.sql import connected
from tests.store.conftest import rows_of
from tests.store.snapshots import LOTS, SRS, key_of
from tests.store.test_pulling import edit, news, pull, ref

pytestmark = pytest.mark.slow

T = LOTS.table
X, Y = 600_000.0, 1_400_000.0
Place = tuple[float, float]


def shape(*ring: Place) -> bytes:
    """Metres from the first lot's corner."""
    return geometry.written(shapely.MultiPolygon([shapely.Polygon([(X + x, Y + y) for x, y in ring])]))


def lot_shape(number: int, **moved: Place) -> bytes:
    """Lot ``number`` of the first row; ``lower_left=(dx, dy)`` moves a corner."""
    left = 100.0 * number
    corners = {"lower_left": (left, 0), "lower_right": (left + 100, 0), "upper_right": (left + 100, 100), "upper_left": (left, 100)}
    return shape(*((x + moved.get(name, (0, 0))[0], y + moved.get(name, (0, 0))[1]) for name, (x, y) in corners.items()))


def draw(copy: WorkingCopy, number: int, wkb: bytes) -> None:
    run(copy, f"UPDATE {T} SET geom = ? WHERE key = ?", blob_of(wkb, SRS), key_of(number))


def insert(copy: WorkingCopy, wkb: bytes) -> str:
    """A newly drawn lot; gives its key."""
    run(copy, f"INSERT INTO {T} (geom, kyHieuLoDat) VALUES (?, 'new')", blob_of(wkb, SRS))
    (key,) = [key for key, row in rows_of(copy).items() if geometry.same(row["geom"], wkb)]
    return key


def run(copy: WorkingCopy, statement: str, *values: Any) -> None:
    connection = connected(copy.path, 5.0)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute(statement, values)
    connection.close()


def shape_of(copy: WorkingCopy, number: int) -> Any:
    return rows_of(copy)[key_of(number)]["geom"]


def conflict(copy: WorkingCopy, number: int) -> Optional[StoredConflict]:
    (listed,) = [item.conflict for item in copy.status() if item.change.key == key_of(number)] or [None]
    (kept,) = [each for each in copy.conflicts.open() if each.key == key_of(number)] or [None]
    assert listed == kept
    return kept


class TestShapes:
    def test_opposite_corners_are_both_moved(self, copy: WorkingCopy) -> None:
        draw(copy, 0, lot_shape(0, lower_left=(-5, -5)))
        result = pull(copy, news(0, geom=lot_shape(0, upper_right=(0, 9)), tangCao=4))
        assert (result.merged, result.conflicts) == (1, 0)
        both = lot_shape(0, lower_left=(-5, -5), upper_right=(0, 9))
        row = rows_of(copy)[key_of(0)]
        assert geometry.same(row["geom"], both)
        assert row["dienTich"] == pytest.approx(shapely.from_wkb(both).area)
        (change,) = copy.changes().changes
        assert change.touched == {"geom", "dienTich"}
        assert geometry.same(change.old["geom"], lot_shape(0, upper_right=(0, 9)))

    def test_what_meets_waits_and_my_shape_stays(self, copy: WorkingCopy) -> None:
        mine, theirs = lot_shape(0, lower_left=(-5, -5)), lot_shape(0, upper_left=(-3, 3))
        draw(copy, 0, mine)
        assert pull(copy, news(0, geom=theirs)).conflicts == 1
        clash = conflict(copy, 0)
        assert clash is not None
        assert (clash.attributes, clash.parts, clash.refused) == (("geom",), (), False)
        assert geometry.same(shape_of(copy, 0), mine)
        copy.conflicts.resolve(ref(0), Side.PROVINCE)
        assert geometry.same(shape_of(copy, 0), theirs)

    def test_lots_that_share_an_edge_share_it_afterwards(self, copy: WorkingCopy) -> None:
        draw(copy, 0, lot_shape(0, lower_left=(-5, -5)))
        draw(copy, 1, lot_shape(1, lower_right=(0, -7)))
        draw(copy, 2, lot_shape(2, lower_left=(0, -7)))
        shared = {0: lot_shape(0, upper_right=(4, 3)), 1: lot_shape(1, upper_left=(4, 3))}
        result = pull(copy, *(news(number, geom=wkb) for number, wkb in shared.items()))
        assert (result.merged, result.conflicts) == (2, 0)
        assert geometry.same(shape_of(copy, 0), lot_shape(0, lower_left=(-5, -5), upper_right=(4, 3)))
        assert geometry.same(shape_of(copy, 1), lot_shape(1, lower_right=(0, -7), upper_left=(4, 3)))

    @pytest.mark.parametrize("late", [False, True], ids=["before_staging", "after_staging"])
    def test_half_of_a_shared_edge_is_never_taken(self, copy: WorkingCopy, late: bool) -> None:
        """The province moved the corner that both have; in the one lot that clashes with my edit, in the other it wouldn't."""
        mine = {0: lot_shape(0, lower_left=(-5, 0)), 1: lot_shape(1, upper_right=(0, 5))}
        theirs = [news(0, geom=lot_shape(0, lower_right=(6, 0))), news(1, geom=lot_shape(1, lower_left=(6, 0)))]
        target = Checkpoint(8, "id-8")
        staged = copy.stage(theirs, (), target) if late else None
        for number, wkb in mine.items():
            draw(copy, number, wkb)
        result = copy.apply(staged or copy.stage(theirs, (), target))
        assert (result.merged, result.conflicts) == (0, 2)
        assert all(geometry.same(shape_of(copy, number), wkb) for number, wkb in mine.items())
        copy.conflicts.resolve_all({ref(0): Side.PROVINCE, ref(1): Side.PROVINCE})
        assert shapely.intersection(*(shapely.from_wkb(shape_of(copy, number)) for number in (0, 1))).area == 0
        assert copy.changes().changes == ()

    def test_alone_the_other_half_would_have_merged(self, copy: WorkingCopy) -> None:
        draw(copy, 1, lot_shape(1, upper_right=(0, 5)))
        shared = [news(0, geom=lot_shape(0, lower_right=(6, 0))), news(1, geom=lot_shape(1, lower_left=(6, 0)))]
        assert pull(copy, *shared).merged == 1


LEFT, RIGHT = shape((0, 0), (60, 0), (60, 100), (0, 100)), shape((60, 0), (100, 0), (100, 100), (60, 100))


class TestDividedLots:
    @pytest.mark.parametrize(
        ("new", "attributes"),
        [
            ({"geom": lot_shape(0, lower_left=(-5, -5))}, ("geom",)),
            ({"chucNang1": "B", "chucNang2": "B1"}, ("chucNang1", "chucNang2")),
        ],
        ids=["shape", "function"],
    )
    def test_what_concerns_the_parts_waits_and_names_them(self, copy: WorkingCopy, new: Any, attributes: tuple[str, ...]) -> None:
        draw(copy, 0, LEFT)
        part = insert(copy, RIGHT)
        assert pull(copy, news(0, tangCao=7, **new)).conflicts == 1
        clash = conflict(copy, 0)
        assert clash is not None
        assert (clash.kind, clash.attributes, clash.parts) == (ConflictKind.ATTRIBUTES, attributes, (Ref(LOTS.id, part),))
        row = rows_of(copy)[key_of(0)]
        assert geometry.same(row["geom"], LEFT)
        assert (row["tangCao"], row["chucNang1"]) == (7, None)
        copy.conflicts.resolve(ref(0), Side.PROVINCE)
        assert rows_of(copy)[key_of(0)]["chucNang1"] == new.get("chucNang1")

    def test_what_doesn_t_concern_them_merges(self, copy: WorkingCopy) -> None:
        draw(copy, 0, LEFT)
        insert(copy, RIGHT)
        assert pull(copy, news(0, tangCao=7)).conflicts == 0

    def test_a_part_that_names_its_source_counts_wherever_it_lies(self, copy: WorkingCopy) -> None:
        draw(copy, 0, LEFT)
        part = insert(copy, shape((5000, 0), (5010, 0), (5010, 10), (5000, 10)))
        run(copy, f"UPDATE {T} SET predecessors = ? WHERE key = ?", key_of(0), part)
        pull(copy, news(0, "delete"))
        clash = conflict(copy, 0)
        assert clash is not None
        assert (clash.kind, clash.parts) == (ConflictKind.DELETED_AT_PROVINCE, (Ref(LOTS.id, part),))

    def test_deleted_with_two_parts_in_its_place(self, copy: WorkingCopy) -> None:
        edit(copy, f"DELETE FROM {T} WHERE fid = 1")
        parts = {Ref(LOTS.id, insert(copy, LEFT)), Ref(LOTS.id, insert(copy, RIGHT))}
        pull(copy, news(0, tangCao=7))
        clash = conflict(copy, 0)
        assert clash is not None
        assert (clash.kind, set(clash.parts)) == (ConflictKind.DELETED_HERE, parts)

    def test_the_lot_that_swallowed_another(self, copy: WorkingCopy) -> None:
        draw(copy, 0, lot_shape(0, lower_right=(100, 0), upper_right=(100, 0)))
        edit(copy, f"DELETE FROM {T} WHERE fid = 2")
        pull(copy, news(1, tangCao=7))
        clash = conflict(copy, 1)
        assert clash is not None
        assert clash.parts == (ref(0),)


class TestConstraintsOfOthers:
    """Other programs may put indexes and references on the tables; one row that breaks them doesn't stop a pull."""

    def test_a_taken_value_is_one_features_problem(self, copy: WorkingCopy) -> None:
        edit(copy, f"CREATE UNIQUE INDEX mine ON {T} (kyHieuLoDat)")
        edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'N' WHERE fid = 1")
        result = pull(copy, news(3, kyHieuLoDat="N"), news(4, tangCao=4), news(50, "insert", kyHieuLoDat="N"))
        assert (result.updated, result.inserted, result.conflicts) == (1, 0, 2)
        assert copy.checkpoint.number == 8
        assert copy.damage() == []
        here, new = conflict(copy, 3), conflict(copy, 50)
        assert here is not None
        assert (here.kind, here.attributes, here.refused) == (ConflictKind.ATTRIBUTES, ("kyHieuLoDat",), True)
        assert new is not None
        assert (new.kind, new.refused) == (ConflictKind.DELETED_HERE, True)
        with pytest.raises(WorkingCopyError, match=r"working_copy\.constraint"):
            copy.conflicts.resolve(ref(3), Side.PROVINCE)
        assert conflict(copy, 3) == here
        edit(copy, "DROP INDEX mine")
        copy.conflicts.resolve_all({ref(3): Side.PROVINCE, ref(50): Side.PROVINCE})
        assert [change.key for change in copy.changes().changes] == [key_of(0)]
        assert rows_of(copy)[key_of(50)]["kyHieuLoDat"] == "N"

    def test_a_value_that_only_moves_on_is_none(self, copy: WorkingCopy) -> None:
        edit(copy, f"CREATE UNIQUE INDEX mine ON {T} (kyHieuLoDat)")
        result = pull(copy, news(1, kyHieuLoDat="L2"), news(2, kyHieuLoDat="L3"), news(3, kyHieuLoDat="Z"))
        assert (result.updated, result.conflicts) == (3, 0)
        assert copy.changes().changes == ()

    @pytest.mark.parametrize("index", ["kyHieuLoDat", "kyHieuLoDat, tangCao", "lower(kyHieuLoDat)"])
    def test_values_that_change_places_are_no_problem(self, copy: WorkingCopy, index: str) -> None:
        edit(copy, f"CREATE UNIQUE INDEX mine ON {T} ({index})")
        before = {number: rows_of(copy)[key_of(number)]["kyHieuLoDat"] for number in range(1, 6)}
        turned = dict(zip((1, 2, 3, 4, 5), (before[2], before[1], before[4], before[5], before[3])))
        result = pull(copy, *(news(number, kyHieuLoDat=name) for number, name in turned.items()))
        assert (result.updated, result.conflicts) == (5, 0)
        assert {number: rows_of(copy)[key_of(number)]["kyHieuLoDat"] for number in turned} == turned
        assert copy.changes().changes == ()
        assert copy.damage() == []

    def test_a_new_feature_takes_a_value_that_another_gives_up_in_turn(self, copy: WorkingCopy) -> None:
        edit(copy, f"CREATE UNIQUE INDEX mine ON {T} (kyHieuLoDat)")
        first, second = (rows_of(copy)[key_of(number)]["kyHieuLoDat"] for number in (1, 2))
        result = pull(copy, news(1, kyHieuLoDat=second), news(2, kyHieuLoDat=first), news(50, "insert", kyHieuLoDat="Z"))
        assert (result.updated, result.inserted, result.conflicts) == (2, 1, 0)

    def test_one_that_can_not_move_holds_up_its_own_circle_alone(self, copy: WorkingCopy) -> None:
        edit(copy, f"CREATE UNIQUE INDEX mine ON {T} (kyHieuLoDat)")
        edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'N' WHERE fid = 9")
        names = [rows_of(copy)[key_of(number)]["kyHieuLoDat"] for number in range(6)]
        shape = lot_shape(1, lower_left=(1, 1))
        changes = (
            news(1, kyHieuLoDat=names[2], geom=shape),
            news(2, kyHieuLoDat=names[1]),
            news(3, kyHieuLoDat="N"),  # held by my edit
            news(4, kyHieuLoDat=names[3]),  # which is not free, then
        )
        result = pull(copy, *changes)
        assert (result.updated, result.conflicts) == (2, 2)
        rows = rows_of(copy)
        assert [rows[key_of(number)]["kyHieuLoDat"] for number in (1, 2, 3, 4)] == [names[2], names[1], names[3], names[4]]
        assert geometry.same(rows[key_of(1)]["geom"], shape)
        assert copy.damage() == []
        assert all(here is not None and here.refused for here in (conflict(copy, 3), conflict(copy, 4)))

    def test_what_must_not_be_empty_is_asked_about(self, copy: WorkingCopy) -> None:
        """It can't let go of its value in between."""
        edit(copy, f"CREATE UNIQUE INDEX mine ON {T} (coalesce(kyHieuLoDat, 'nothing'))")
        first, second = (rows_of(copy)[key_of(number)]["kyHieuLoDat"] for number in (1, 2))
        result = pull(copy, news(1, kyHieuLoDat=second), news(2, kyHieuLoDat=first), news(4, tangCao=4))
        assert (result.updated, result.conflicts) == (1, 2)
        assert copy.checkpoint.number == 8

    def test_a_merge_that_is_refused_keeps_my_edits(self, copy: WorkingCopy) -> None:
        edit(copy, f"CREATE UNIQUE INDEX mine ON {T} (kyHieuLoDat)")
        edit(copy, f"UPDATE {T} SET tangCao = 1 WHERE fid = 4")
        assert pull(copy, news(3, kyHieuLoDat="L5")).conflicts == 1
        clash = conflict(copy, 3)
        assert clash is not None
        assert (clash.attributes, clash.refused) == (("kyHieuLoDat",), True)
        assert rows_of(copy)[key_of(3)]["tangCao"] == 1
        edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'free' WHERE fid = 6")
        copy.conflicts.resolve(ref(3), Side.PROVINCE)
        assert (rows_of(copy)[key_of(3)]["kyHieuLoDat"], rows_of(copy)[key_of(3)]["tangCao"]) == ("L5", 1)

    @pytest.mark.parametrize("kind", ["delete", "left_area"])
    @pytest.mark.parametrize("told", ["", " DEFERRABLE INITIALLY DEFERRED"])
    def test_a_row_that_others_refer_to_stays(self, copy: WorkingCopy, kind: str, told: str) -> None:
        edit(copy, f"CREATE TABLE photo (lot INTEGER REFERENCES {T} (fid){told})")
        edit(copy, "INSERT INTO photo VALUES (2)")
        result = pull(copy, news(1, kind), news(4, tangCao=4))
        assert (result.updated, result.deleted) == (1, 0)
        assert key_of(1) in rows_of(copy)
        clash = conflict(copy, 1) if kind == "delete" else None
        assert clash is None or (clash.kind, clash.refused) == (ConflictKind.DELETED_AT_PROVINCE, True)
        edit(copy, "DELETE FROM photo")
        pull(copy, news(4, tangCao=5))
        if kind == "delete":
            copy.conflicts.resolve(ref(1), Side.PROVINCE)
        assert key_of(1) not in rows_of(copy)
        assert copy.changes().changes == ()

    @pytest.mark.parametrize("action", ["CASCADE", "SET NULL"])
    def test_who_lets_it_go_is_obeyed(self, copy: WorkingCopy, action: str) -> None:
        edit(copy, f"CREATE TABLE photo (lot INTEGER REFERENCES {T} ON DELETE {action} DEFERRABLE INITIALLY DEFERRED)")
        edit(copy, "INSERT INTO photo VALUES (2)")
        assert pull(copy, news(1, "delete")).deleted == 1

    @pytest.mark.parametrize("told", ["", " DEFERRABLE INITIALLY DEFERRED", " ON DELETE RESTRICT", " NOT NULL"])
    def test_what_is_hidden_goes_whoever_refers_to_it(self, copy: WorkingCopy, told: str) -> None:
        column = f"lot INTEGER{told} REFERENCES {T}" if "NULL" in told else f"lot INTEGER REFERENCES {T}{told}"
        edit(copy, f"CREATE TABLE photo ({column})")
        edit(copy, "INSERT INTO photo VALUES (2), (3)")
        assert pull(copy, news(1, "withdrawn"), news(2, "delete"), news(4, tangCao=4)).updated == 1
        assert key_of(1) not in rows_of(copy)
        assert key_of(2) in rows_of(copy)  # waits for a person, as ever
        connection = connected(copy.path, 5.0)
        assert connection.execute("SELECT lot FROM photo ORDER BY lot").fetchall() == [(2,), (3,)]
        connection.close()
        assert pull(copy, news(4, tangCao=5)).updated == 1


class TestNumbersOfRows:
    @pytest.mark.parametrize("fid", [2**31, 2**32 + 4, 2**63 - 1, -1, -(2**63)])
    def test_any_rowid_is_pulled_over(self, copy: WorkingCopy, fid: int) -> None:
        edit(copy, f"UPDATE {T} SET fid = {fid}, tangCao = 1 WHERE fid = 1")
        assert pull(copy, news(0, kyHieuLoDat="theirs")).merged == 1
        row = rows_of(copy)[key_of(0)]
        assert (row["tangCao"], row["kyHieuLoDat"]) == (1, "theirs")
        assert [change.new for change in copy.changes().changes] == [{"tangCao": 1}]

    def test_there_is_room_for_originals_beside_the_least_rowid(self, copy: WorkingCopy) -> None:
        edit(copy, f"UPDATE {T} SET fid = {-(2**63)} WHERE fid = 1")
        edit(copy, f"DELETE FROM {T} WHERE fid IN (2, 3)")
        assert pull(copy, news(1, tangCao=3), news(2, tangCao=3)).conflicts == 2
        copy.revert([ref(1), ref(2)])
        assert rows_of(copy)[key_of(1)]["tangCao"] == 3
        assert copy.changes().changes == ()

    def test_a_rowid_used_again_is_another_feature(self, copy: WorkingCopy) -> None:
        edit(copy, f"DELETE FROM {T} WHERE fid = 10")
        run(copy, f"INSERT INTO {T} (fid, geom, kyHieuLoDat) VALUES (10, ?, 'new')", blob_of(lot_shape(40), SRS))
        result = pull(copy, news(9, tangCao=3), news(60, "insert"))
        assert (result.inserted, result.conflicts) == (1, 1)
        clash = conflict(copy, 9)
        assert clash is not None
        assert clash.kind is ConflictKind.DELETED_HERE
        copy.conflicts.resolve(ref(9), Side.PROVINCE)
        assert rows_of(copy)[key_of(9)]["tangCao"] == 3
        assert [row["kyHieuLoDat"] for row in rows_of(copy).values()].count("new") == 1

    def test_a_pasted_copy_is_a_feature_of_its_own(self, copy: WorkingCopy) -> None:
        names = ", ".join(f'"{name}"' for name in LOTS.by_name)
        edit(copy, f"INSERT INTO {T} (geom, key, {names}) SELECT geom, key, {names} FROM {T} WHERE fid = 1")
        pull(copy, news(0, "delete"))
        (change,) = copy.changes().changes
        assert (change.kind, change.key == key_of(0)) == (ChangeKind.INSERT, False)
