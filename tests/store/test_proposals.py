"""Drafts, frozen versions, and what becomes of their changes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from commune_planning_plugin.core.changes import ChangeKind
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store import Draft, LocalState, OutboxItem, OutboxState, Ref, RemoteChange, Revision, WorkingCopy
from commune_planning_plugin.store.gpkg import blob_of
from tests.store.conftest import decided, rows_of
from tests.store.snapshots import LOTS, NEXT, OTHER_PLAN, PLAN, SRS, START, key_of, square
from tests.store.test_pulling import edit, news, pull, ref

T = LOTS.table
LAYERS = {LOTS.id: LOTS}


def written(copy: WorkingCopy, *numbers: int) -> Draft:
    refs = tuple(ref(number) for number in numbers) or tuple(Ref(i.change.layer, i.change.key) for i in copy.status())
    return replace(copy.drafts.new(refs), title="Điều chỉnh lô", ground=3, reason="Theo đề nghị của dân")


def approved(item: OutboxItem, copy: WorkingCopy, *more: RemoteChange) -> None:
    """The hub approves the version as it is, with legal codes of its own; the revision arrives."""
    changes = [
        RemoteChange(c.layer, c.key, c.kind.value, None if c.new is None else {**c.new, "maDoiTuong": f"M-{c.key[:4]}"})
        for c in Version.from_json(LAYERS, json.loads(item.body)).changes
    ]
    pull(copy, *changes, *more, revisions=(Revision(8, "r8", item.proposal, item.number),))


def states(copy: WorkingCopy) -> dict[str, LocalState]:
    return {item.change.key: item.state for item in copy.status()}


def test_a_draft_survives_a_restart(copy: WorkingCopy, tmp_path: Path) -> None:
    (tmp_path / "tờ trình.pdf").write_bytes(b"%PDF")
    draft = copy.drafts.save(replace(written(copy, 0), plan=PLAN))
    file = copy.drafts.attach(draft.proposal, tmp_path / "tờ trình.pdf")
    saved = copy.drafts.save(replace(draft, files=(file,)))
    with WorkingCopy.open(copy.path) as opened:
        assert opened.drafts.all() == (saved,)
        assert opened.drafts.content_of(hashlib.sha256(b"%PDF").hexdigest()) == b"%PDF"
        opened.drafts.discard(draft.proposal)
        assert opened.drafts.all() == ()
        with pytest.raises(WorkingCopyError, match=r"attachment\.missing"):
            opened.drafts.content_of(file.sha256)


def test_files_too_large_or_unreadable(copy: WorkingCopy, tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    for name, code in (("large", "attachment.too_large"), ("none", "attachment.unreadable")):
        with pytest.raises(WorkingCopyError, match=code.replace(".", r"\.")):
            copy.drafts.attach("p", tmp_path / name)


def test_a_frozen_version_is_exact_bytes_kept(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid IN (1, 2)")
    item = copy.outbox.freeze(written(copy, 0))
    version = Version.from_json(LAYERS, json.loads(item.body))
    assert (version.hash, version.plan, version.base_number, version.base_id) == (item.hash, PLAN, START.number, START.id)
    assert [change.key for change in version.changes] == [key_of(0)]
    with WorkingCopy.open(copy.path) as opened:
        assert opened.outbox.items() == (item,)
        assert opened.drafts.all() == ()
    assert states(copy) == {key_of(0): LocalState.IN_PROPOSAL, key_of(1): LocalState.LOCAL}
    edit(copy, f"UPDATE {T} SET tangCao = 7 WHERE fid = 1")
    assert states(copy)[key_of(0)] is LocalState.BOTH


def test_approved_it_comes_back_without_a_conflict_with_myself(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'first' WHERE fid IN (1, 2)")
    edit(copy, f"DELETE FROM {T} WHERE fid = 3")
    edit(copy, f"INSERT INTO {T} (geom, kyHieuLoDat) SELECT geom, 'drawn' FROM {T} WHERE fid = 4")
    item = copy.outbox.freeze(written(copy))
    copy.outbox.sent(item.proposal, item.number, {"rekeyed": {}})
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'second' WHERE kyHieuLoDat = 'drawn' OR fid = 1")
    decided(copy, item.proposal, item.number, State.APPROVED)
    assert set(states(copy).values()) == {LocalState.IN_PROPOSAL, LocalState.BOTH}
    approved(item, copy)
    assert copy.conflicts.open() == ()
    left = {(c.change.old["kyHieuLoDat"], c.change.new["kyHieuLoDat"]) for c in copy.status()}
    assert left == {("first", "second"), ("drawn", "second")}
    assert all(
        str(row["maDoiTuong"]).startswith("M-") for row in rows_of(copy).values() if row["kyHieuLoDat"] in ("first", "second")
    )
    assert (copy.outbox.items()[0].state, copy.outbox.items()[0].pulled) == (OutboxState.DECIDED, True)


def test_the_same_without_its_name_in_the_feed_would_be_a_conflict(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'first' WHERE fid = 1")
    copy.outbox.freeze(written(copy, 0))
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'second' WHERE fid = 1")
    pull(copy, news(0, kyHieuLoDat="first"))
    assert len(copy.conflicts.open()) == 1


def test_an_edit_on_top_of_my_approved_one_by_the_province_merges(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'first' WHERE fid = 1")
    item = copy.outbox.freeze(written(copy, 0))
    edit(copy, f"UPDATE {T} SET tangCao = 5 WHERE fid = 1")
    change = RemoteChange(LOTS.id, key_of(0), "update", {"kyHieuLoDat": "province", "tenDoiTuong": "P"})
    pull(copy, change, revisions=(Revision(8, "r", item.proposal, 1), Revision(9, "s")))
    (listed,) = copy.status()
    assert (listed.state, listed.change.new) == (LocalState.LOCAL, {"tangCao": 5})
    assert rows_of(copy)[key_of(0)]["kyHieuLoDat"] == "province"


@pytest.mark.parametrize("decision", [State.RETURNED, State.WITHDRAWN, State.REJECTED])
def test_turned_down_its_changes_are_local_again_and_can_go_as_the_next_version(copy: WorkingCopy, decision: State) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    item = copy.outbox.freeze(written(copy, 0))
    copy.outbox.sent(item.proposal, item.number)
    decided(copy, item.proposal, item.number, decision)
    assert states(copy) == {key_of(0): LocalState.LOCAL}
    draft = copy.drafts.reopen(item.proposal)
    assert (draft.number, draft.title, draft.refs) == (2, "Điều chỉnh lô", (ref(0),))
    assert copy.outbox.freeze(draft).number == 2


@pytest.mark.parametrize(
    ("decision", "held"), [(State.RETURNED, True), (State.WITHDRAWN, False), (State.REJECTED, False), (State.APPROVED, False)]
)
def test_what_came_back_holds_its_changes_until_it_is_sent_again(copy: WorkingCopy, decision: State, held: bool) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    item = copy.outbox.freeze(written(copy, 0))
    assert copy.outbox.to_correct() == {}
    copy.outbox.sent(item.proposal, item.number)
    decided(copy, item.proposal, item.number, decision)
    assert copy.outbox.to_correct() == ({item.proposal: (ref(0),)} if held else {})
    if held:
        copy.outbox.freeze(copy.drafts.reopen(item.proposal))
        assert copy.outbox.to_correct() == {}


def test_refused_by_the_hub_it_keeps_the_reason(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    item = copy.outbox.freeze(written(copy, 0))
    copy.outbox.refused(item.proposal, item.number, {"code": "rules.errors"})
    assert copy.outbox.items()[0].problem == {"code": "rules.errors"}
    assert states(copy) == {key_of(0): LocalState.LOCAL}
    assert copy.outbox.to_correct() == {item.proposal: (ref(0),)}
    with pytest.raises(WorkingCopyError, match=r"proposal\.unknown"):
        copy.outbox.sent("other", 1)


def test_a_queued_version_that_never_left_is_taken_back_whole(copy: WorkingCopy, tmp_path: Path) -> None:
    (tmp_path / "tờ trình.pdf").write_bytes(b"%PDF")
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    draft = written(copy, 0)
    item = copy.outbox.freeze(replace(draft, files=(copy.drafts.attach(draft.proposal, tmp_path / "tờ trình.pdf"),)))
    (waiting,) = copy.outbox.unsent()
    assert (waiting.title, waiting.plan, waiting.changes, waiting.state) == ("Điều chỉnh lô", PLAN, 1, OutboxState.QUEUED)
    assert (waiting.proposal, waiting.number, waiting.attempted) == (item.proposal, 1, False)
    back = copy.outbox.take_back(item.proposal, 1)
    assert (back.number, back.title, back.ground, back.reason) == (1, draft.title, draft.ground, draft.reason)
    assert copy.outbox.unsent() == ()
    assert states(copy) == {key_of(0): LocalState.LOCAL}
    assert not copy.outbox.begin(item.proposal, 1)
    assert copy.drafts.content_of(back.files[0].sha256) == b"%PDF"
    assert copy.outbox.freeze(back).number == 1


def test_what_may_have_arrived_is_not_taken_back(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    item = copy.outbox.freeze(written(copy, 0))
    assert copy.outbox.begin(item.proposal, 1)
    assert copy.outbox.unsent()[0].attempted
    with pytest.raises(WorkingCopyError, match=r"proposal\.on_its_way"):
        copy.outbox.take_back(item.proposal, 1)
    copy.outbox.sent(item.proposal, 1)
    assert copy.outbox.unsent() == ()
    with pytest.raises(WorkingCopyError, match=r"proposal\.unknown"):
        copy.outbox.take_back(item.proposal, 1)


@pytest.mark.parametrize(
    ("problem", "number"),
    [({"code": "rules.errors", "details": {}}, 1), ({"code": "proposal.content_differs", "details": {"next": 2}}, 2)],
)
def test_a_refused_version_waits_until_it_is_taken_up_again(copy: WorkingCopy, problem: dict[str, Any], number: int) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    item = copy.outbox.freeze(written(copy, 0))
    copy.outbox.begin(item.proposal, 1)
    copy.outbox.refused(item.proposal, 1, problem)
    (waiting,) = copy.outbox.unsent()
    assert (waiting.state, waiting.problem) == (OutboxState.REFUSED, problem)
    back = copy.outbox.take_back(item.proposal, 1)
    assert (back.number, copy.outbox.unsent()) == (number, ())
    assert copy.outbox.freeze(back).number == number


def refused(copy: WorkingCopy, draft: Draft) -> WorkingCopyError:
    with pytest.raises(WorkingCopyError) as raised:
        copy.outbox.freeze(draft)
    assert copy.outbox.items() == ()
    return raised.value


def test_no_changes(copy: WorkingCopy) -> None:
    assert refused(copy, written(copy, 0)).code == "proposal.no_changes"


def test_several_plans_come_with_the_split(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    edit(copy, f"UPDATE {T} SET plan = '{OTHER_PLAN}' WHERE fid = 2")
    error = refused(copy, written(copy, 0, 1))
    assert error.code == "proposal.several_plans"
    assert error.details["plans"] == {PLAN: [ref(0)], OTHER_PLAN: [ref(1)]}
    assert refused(copy, replace(written(copy, 0), plan=OTHER_PLAN)).code == "proposal.several_plans"


def test_an_open_conflict(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    pull(copy, news(0, kyHieuLoDat="theirs"))
    error = refused(copy, written(copy, 0))
    assert (error.code, error.details["refs"]) == ("proposal.conflict", [ref(0)])


def test_missing_text(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    error = refused(copy, replace(written(copy, 0), title=" ", ground=9, reason=""))
    assert (error.code, error.details["fields"]) == ("proposal.incomplete", ["title", "reason", "ground"])


def test_a_change_goes_into_one_pending_proposal_only(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    first = copy.outbox.freeze(written(copy, 0))
    with pytest.raises(WorkingCopyError, match=r"proposal\.pending") as raised:
        copy.outbox.freeze(written(copy, 0))
    assert raised.value.details["proposals"] == [first.proposal]


PROBLEMS: dict[str, tuple[str, Any]] = {
    "geometry.missing": ("geom", None),
    "geometry.unreadable": ("geom", b"GP\x00\x03 nothing of use in here, but long enough for a head"),
    "value.type": ("tangCao", "many"),
    "value.length": ("kyHieuLoDat", "x" * 21),
    "plan.unknown": ("plan", key_of(1)),
    "plan.missing": ("plan", None),
}


@pytest.mark.parametrize("code", PROBLEMS)
def test_what_cannot_be_proposed_is_named_with_its_place(copy: WorkingCopy, code: str) -> None:
    name, value = PROBLEMS[code]
    copy._database.connection.execute(f"UPDATE {T} SET {name} = ? WHERE fid = 1", (value,))
    (problem,) = copy.changes().problems
    assert (problem.layer, problem.key, problem.fid, problem.code) == (LOTS.id, key_of(0), 1, code)
    assert problem.place == (600_000.0, 1_400_000.0, 600_100.0, 1_400_100.0)
    error = refused(copy, written(copy, 0))
    assert error.code == "proposal.problems"
    copy.revert([ref(0)])
    assert copy.changes() == copy.changes().__class__((), ())


def test_the_lineage_of_a_split_lot_is_proposed(copy: WorkingCopy) -> None:
    """A lot is split: one half keeps the key, the other is new and comes from it."""
    left = _blob(square(600_000, 1_400_000, 50))
    right = _blob(square(600_050, 1_400_000, 50))
    connection = copy._database.connection
    connection.execute(f"UPDATE {T} SET geom = ? WHERE fid = 1", (left,))
    connection.execute(f"INSERT INTO {T} (geom, key, birth, plan) SELECT ?, key, birth, plan FROM {T} WHERE fid = 1", (right,))
    changes = copy.changes().changes
    (made,) = [change for change in changes if change.kind is ChangeKind.INSERT]
    assert copy.proposed_lineage(changes) == {made.key: (key_of(0),)}
    assert made.new["dienTich"] == 2500.0


def test_ground_in_another_commune_names_it(copy: WorkingCopy) -> None:
    shapes = {1: square(609_950, 1_400_000), 2: square(609_900.0, 1_400_000, 100.0), 3: square(612_000, 1_400_000)}
    for fid, shape in shapes.items():
        copy._database.connection.execute(f"UPDATE {T} SET geom = ? WHERE fid = ?", (_blob(shape), fid))
    found = {change.key: copy.communes_of(change) for change in copy.changes().changes}
    assert found == {key_of(0): ("22516",), key_of(1): (), key_of(2): ("22516",)}


def test_keys_that_the_hub_gave_out_are_taken_over(copy: WorkingCopy) -> None:
    edit(copy, f"INSERT INTO {T} (geom, kyHieuLoDat) SELECT geom, 'drawn' FROM {T} WHERE fid = 4")
    (drawn,) = copy.changes().changes
    edit(copy, f"UPDATE {T} SET predecessors = '{drawn.key}' WHERE fid = 1")
    item = copy.outbox.freeze(written(copy))
    copy.outbox.sent(item.proposal, 1, {"rekeyed": {drawn.key: key_of(900)}})
    assert states(copy) == {key_of(900): LocalState.IN_PROPOSAL, key_of(0): LocalState.IN_PROPOSAL}
    assert rows_of(copy)[key_of(0)]["predecessors"] == key_of(900)
    row = {**rows_of(copy)[key_of(900)], "maDoiTuong": "M-1"}
    changes = [RemoteChange(LOTS.id, key_of(900), "insert", row), news(0, predecessors=key_of(900))]
    copy.apply(copy.stage(changes, (Revision(8, "r", item.proposal, 1),), NEXT))
    assert copy.status() == ()


def _blob(shape: bytes) -> bytes:
    return blob_of(shape, SRS)
