"""A decision recorded from a desk, put into force, and received by the working copies."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from datetime import date

import pytest

from commune_planning_plugin.core.decision import Decision, FunctionArea, Scope
from commune_planning_plugin.core.errors import Refused
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.decision_calls import DecisionCalls
from tests.hub.tiny import LOTS
from tests.joint.conftest import INNER_LOT, TABLE, Desk, Province

SIGNED = b"%PDF-1.7 signed " * 6000
HASH = hashlib.sha256(SIGNED).hexdigest()


@pytest.fixture
def approved(desk: Desk, province: Province) -> str:
    desk.edit(f"UPDATE {TABLE} SET chucNangSuDungDatMuc2 = 'Truonghoc' WHERE key = ?", INNER_LOT)
    frozen = desk.freeze(INNER_LOT)
    (sent,) = desk.send()
    assert sent.problem is None
    province.approve(frozen.proposal)
    return frozen.proposal


def decision_of(calls: DecisionCalls, proposal: str) -> Decision:
    """As the form makes it: with the figures that the hub measured."""
    measured = calls.papers(proposal).measured[Scope.CHANGED]
    day = date(2026, 3, 2)
    return Decision("12/QĐ-UBND", day, day, "Trần Hòa Nam", "Phó Chủ tịch", HASH, "QD.pdf", measured)


def test_the_day_in_force_reaches_a_desk_that_edits_and_one_that_removes(
    desk_of: Callable[..., Desk], province: Province, approved: str
) -> None:
    editing, removing = desk_of(), desk_of()
    editing.rename(INNER_LOT, "Chợ")
    assert removing.edit(f"DELETE FROM {TABLE} WHERE key = ?", INNER_LOT) == 1
    calls, identity = DecisionCalls(province.approver), str(uuid.uuid4())
    decision = decision_of(calls, approved)
    first = calls.record(approved, identity, decision, SIGNED)
    assert calls.record(approved, identity, decision, SIGNED) == first
    papers = calls.make_effective(approved, str(uuid.uuid4()), identity)
    assert papers.effect is not None
    assert papers.can == {"correct"}
    for each in (editing, removing):
        assert each.pull().conflicts == 0
    assert editing.copy.row(Ref(LOTS, INNER_LOT))["valid_from"] == "2026-03-02"
    assert editing.name_of(INNER_LOT) == "Chợ"
    assert removing.copy.row(Ref(LOTS, INNER_LOT)) is None
    assert [change.change.key for change in removing.copy.status()] == [INNER_LOT]


def test_a_differing_record_is_refused_with_the_table_and_corrected(province: Province, approved: str) -> None:
    calls, identity = DecisionCalls(province.approver), str(uuid.uuid4())
    right = decision_of(calls, approved)
    areas = {**right.figures.areas, "Dichvu": FunctionArea(20_000.0, 0.0)}
    wrong = Decision(**{**vars(right), "figures": type(right.figures)(areas, 1, None, Scope.CHANGED)})
    calls.record(approved, identity, wrong, SIGNED)
    with pytest.raises(Refused, match=r"decision\.differs") as refused:
        calls.make_effective(approved, str(uuid.uuid4()), identity)
    deviating = [line["function"] for line in refused.value.details["lines"] if not line["agrees"]]
    assert deviating == ["Dichvu"]
    again = Decision(**{**vars(right), "supersedes": identity, "reason": "Gõ nhầm"})
    papers = calls.record(approved, str(uuid.uuid4()), again)
    assert calls.make_effective(approved, str(uuid.uuid4()), papers.records[-1].id).effect is not None
    assert [each.id for each in province.approver.proposals("decisions")] == []


def test_the_commune_finds_its_tasks_and_does_them(desk: Desk, province: Province, approved: str) -> None:
    assert [each.id for each in province.approver.proposals("decisions")] == [approved]
    assert desk.client.proposals("decisions") == ()
    calls = DecisionCalls(province.approver)
    calls.record(approved, str(uuid.uuid4()), decision_of(calls, approved), SIGNED)
    mine = DecisionCalls(desk.client)
    tasks = mine.tasks_of_commune("22504")
    assert (tasks[0].kind, tasks[0].due, tasks[0].can) == ("publish", date(2026, 3, 17), True)
    after = mine.mark_done(tasks[0], str(uuid.uuid4()), "Đã niêm yết", "ảnh.jpg", b"a photograph")
    assert (after[0].done, after[0].file_name, after[0].done_by) == (True, "ảnh.jpg", "Nguyễn Thị Hạnh")
    assert calls.tasks_of_proposal(approved)[0].done
    assert desk.client.attachment(HASH) == SIGNED
