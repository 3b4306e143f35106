"""A second proposal about features that wait in a first one, and what becomes of it with the first one's fate."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from commune_planning_plugin.core.changes import Change, ChangeKind
from commune_planning_plugin.core.errors import InvalidData, WorkingCopyError
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store import LocalState, OutboxItem, RemoteChange, Revision, WorkingCopy
from commune_planning_plugin.store.linking import linked
from tests.store.conftest import decided
from tests.store.snapshots import LINES, LOTS, key_of, lot, square
from tests.store.test_proposals import LAYERS, T, approved, states, written
from tests.store.test_pulling import edit, pull


def version_of(item: OutboxItem) -> Version:
    return Version.from_json(LAYERS, json.loads(item.body))


def two(copy: WorkingCopy) -> tuple[OutboxItem, OutboxItem]:
    """Lot 0 renamed by a first proposal, and raised by a second one."""
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'first' WHERE fid = 1")
    first = copy.outbox.freeze(written(copy, 0))
    edit(copy, f"UPDATE {T} SET tangCao = 7, kyHieuLoDat = 'second' WHERE fid = 1")
    return first, copy.outbox.freeze(written(copy, 0))


def test_a_version_without_them_has_the_bytes_that_it_always_had(copy: WorkingCopy) -> None:
    first, second = two(copy)
    assert {"depends_on", "linked"} & json.loads(first.body).keys() == set()
    assert version_of(first).hash == first.hash
    assert version_of(second).depends_on == (first.proposal,)


@pytest.mark.parametrize("given", [[], ["x"], ["b" * 36], "x", [1], None])
def test_names_of_other_proposals_are_ids_in_order(copy: WorkingCopy, given: object) -> None:
    first, _ = two(copy)
    for name in ("depends_on", "linked"):
        with pytest.raises(InvalidData, match=r"version\.malformed"):
            Version.from_json(LAYERS, {**json.loads(first.body), name: given})
        with pytest.raises(InvalidData, match=r"version\.malformed"):
            Version.from_json(LAYERS, {**json.loads(first.body), name: [key_of(1)] * 2})


def test_the_second_is_about_what_was_changed_since(copy: WorkingCopy) -> None:
    _, second = two(copy)
    (change,) = version_of(second).changes
    assert (change.old, change.new) == ({"kyHieuLoDat": "first", "tangCao": None}, {"kyHieuLoDat": "second", "tangCao": 7})
    assert states(copy) == {key_of(0): LocalState.IN_PROPOSAL}


def test_a_third_stands_on_both(copy: WorkingCopy) -> None:
    first, second = two(copy)
    edit(copy, f"UPDATE {T} SET tenDoiTuong = 'third' WHERE fid = 1")
    (item,) = copy.status()
    assert item.proposals == (first.proposal, second.proposal)
    assert version_of(copy.outbox.freeze(written(copy, 0))).depends_on == tuple(sorted((first.proposal, second.proposal)))


def test_what_the_first_drew_the_second_updates(copy: WorkingCopy) -> None:
    edit(copy, f"INSERT INTO {T} (geom, kyHieuLoDat, plan) SELECT geom, 'drawn', plan FROM {T} WHERE fid = 4")
    first = copy.outbox.freeze(written(copy))
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'renamed' WHERE kyHieuLoDat = 'drawn'")
    second = version_of(copy.outbox.freeze(written(copy)))
    (change,) = second.changes
    assert (change.kind, change.new) == (ChangeKind.UPDATE, {"kyHieuLoDat": "renamed"})
    assert second.depends_on == (first.proposal,)


def test_a_new_lot_on_the_ground_of_one_that_waits_depends_on_it(copy: WorkingCopy) -> None:
    edit(copy, f"INSERT INTO {T} (geom, kyHieuLoDat, plan) SELECT geom, 'drawn', plan FROM {T} WHERE fid = 4")
    first = copy.outbox.freeze(written(copy))
    (drawn,) = version_of(first).changes
    edit(copy, f"INSERT INTO {T} (geom, kyHieuLoDat, plan) SELECT geom, 'part', plan FROM {T} WHERE fid = 4")
    edit(copy, f"UPDATE {T} SET predecessors = '{drawn.key}' WHERE kyHieuLoDat = 'part'")
    (new,) = [item.change.key for item in copy.status() if item.state is LocalState.LOCAL]
    draft = written(copy)
    second = version_of(copy.outbox.freeze(replace(draft, refs=tuple(r for r in draft.refs if r.key == new))))
    assert second.depends_on == (first.proposal,)


def test_both_approved_one_after_the_other_or_at_once(copy: WorkingCopy) -> None:
    first, second = two(copy)
    approved(first, copy)
    assert copy.conflicts.open() == ()
    assert states(copy) == {key_of(0): LocalState.IN_PROPOSAL}
    approved(second, copy)
    assert (copy.conflicts.open(), copy.status()) == ((), ())


def test_both_in_one_pull(copy: WorkingCopy) -> None:
    first, second = two(copy)
    edit(copy, f"UPDATE {T} SET tangCao = 9 WHERE fid = 1")
    news = RemoteChange(LOTS.id, key_of(0), "update", {"kyHieuLoDat": "second", "tangCao": 7, "maDoiTuong": "M"})
    pull(copy, news, revisions=(Revision(8, "r", first.proposal, 1), Revision(9, "s", second.proposal, 1)))
    (item,) = copy.status()
    assert (item.state, item.change.old, item.change.new) == (LocalState.LOCAL, {"tangCao": 7}, {"tangCao": 9})


@pytest.mark.parametrize("decision", [State.RETURNED, State.WITHDRAWN, State.REJECTED])
def test_the_first_turned_down_what_the_second_lacks_is_mine_again(copy: WorkingCopy, decision: State) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'first' WHERE fid = 1")
    first = copy.outbox.freeze(written(copy, 0))
    edit(copy, f"UPDATE {T} SET tangCao = 7 WHERE fid = 1")
    second = copy.outbox.freeze(written(copy, 0))
    copy.outbox.sent(first.proposal, 1)
    decided(copy, first.proposal, 1, decision)
    (item,) = copy.status()
    assert (item.state, item.proposals) == (LocalState.BOTH, (second.proposal,))
    assert item.later is not None
    assert item.later.new == {"kyHieuLoDat": "first"}


def test_nothing_is_made_to_wait_for_itself(copy: WorkingCopy) -> None:
    first, second = two(copy)
    with pytest.raises(WorkingCopyError, match=r"proposal\.depended") as caught:
        copy.outbox.take_back(first.proposal, 1)
    assert caught.value.details["proposals"] == [second.proposal]
    copy.outbox.sent(first.proposal, 1)
    decided(copy, first.proposal, 1, State.RETURNED)
    edit(copy, f"UPDATE {T} SET tenDoiTuong = 'corrected' WHERE fid = 1")
    again = copy.drafts.reopen(first.proposal)
    with pytest.raises(WorkingCopyError, match=r"proposal\.depended"):
        copy.outbox.freeze(again)
    copy.outbox.take_back(second.proposal, 1)
    assert version_of(copy.outbox.freeze(again)).depends_on == ()


def test_a_version_of_ones_own_that_waits_is_no_base(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'first' WHERE fid = 1")
    first = copy.outbox.freeze(written(copy, 0))
    edit(copy, f"UPDATE {T} SET tangCao = 7 WHERE fid = 1")
    with pytest.raises(WorkingCopyError, match=r"proposal\.pending"):
        copy.outbox.freeze(copy.drafts.reopen(first.proposal))


def test_new_keys_of_the_first_reach_the_second_and_rows_are_renamed_once(copy: WorkingCopy) -> None:
    edit(copy, f"INSERT INTO {T} (geom, kyHieuLoDat, plan) SELECT geom, 'drawn', plan FROM {T} WHERE fid = 4")
    first = copy.outbox.freeze(written(copy))
    (drawn,) = version_of(first).changes
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'renamed' WHERE kyHieuLoDat = 'drawn'")
    second = copy.outbox.freeze(written(copy))
    new_keys = {"rekeyed": {drawn.key: key_of(77)}}
    copy.outbox.sent(first.proposal, 1, new_keys)
    pull(copy, RemoteChange(LOTS.id, drawn.key, "insert", {**lot(50), "kyHieuLoDat": "of another"}))
    copy.outbox.sent(second.proposal, 1, new_keys)
    assert states(copy) == {key_of(77): LocalState.IN_PROPOSAL}


def test_linked_drafts_are_named_while_they_are_known(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid IN (1, 2, 3)")
    partner, gone = written(copy, 0), written(copy, 1)
    draft = copy.drafts.save(replace(written(copy, 2), linked=(partner.proposal, gone.proposal)))
    copy.drafts.discard(gone.proposal)
    assert draft in copy.drafts.all()
    item = copy.outbox.freeze(draft)
    assert version_of(item).linked == (partner.proposal,)
    assert copy.outbox.take_back(item.proposal, 1).linked == (partner.proposal,)


@pytest.mark.parametrize("decision", [State.REJECTED, State.WITHDRAWN, State.APPROVED])
def test_the_next_version_is_not_linked_with_what_does_not_come_any_more(copy: WorkingCopy, decision: State) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid IN (1, 2)")
    partner, draft = written(copy, 0), written(copy, 1)
    item = copy.outbox.freeze(replace(draft, linked=(partner.proposal,)))
    copy.outbox.freeze(partner)
    for proposal, outcome in ((partner.proposal, decision), (item.proposal, State.RETURNED)):
        copy.outbox.sent(proposal, 1)
        decided(copy, proposal, 1, outcome)
    assert version_of(copy.outbox.freeze(copy.drafts.reopen(item.proposal))).linked == ()


def moved(layer: str, number: int, x: float) -> Change:
    return Change(layer, key_of(number), {"geom": square(x, 0)}, {"geom": square(x, 10)})


def renamed(number: int) -> Change:
    return Change(LOTS.id, key_of(number), {"kyHieuLoDat": "a"}, {"kyHieuLoDat": "b"})


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (moved(LOTS.id, 1, 0), moved(LOTS.id, 2, 100), True),
        (moved(LOTS.id, 1, 0), moved(LOTS.id, 2, 50), True),
        (moved(LOTS.id, 1, 0), moved(LOTS.id, 2, 101), False),
        (moved(LOTS.id, 1, 0), renamed(2), False),
        (moved(LINES.id, 1, 0), moved(LINES.id, 2, 0), False),
        (moved(LOTS.id, 1, 0), moved(LINES.id, 2, 0), False),
    ],
    ids=["touch", "overlap", "apart", "no ground", "no tiling", "other layer"],
)
def test_parts_that_share_moved_ground_are_linked(one: Change, other: Change, together: bool) -> None:
    layers = {LOTS.id: LOTS, LINES.id: LINES}
    found = linked(layers, {"a": [one], "b": [other], "c": [moved(LOTS.id, 3, 9_000)]})
    assert found == {"a": ("b",) if together else (), "b": ("a",) if together else (), "c": ()}
