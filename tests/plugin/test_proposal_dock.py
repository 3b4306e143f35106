"""Every button of the dock Proposals, and what it does to the session."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QWidget,
)

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.text import LONGEST_TEXT
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.gui.changes_tree import NAME, ChangesTree
from commune_planning_plugin.gui.proposal_dock import ProposalDock
from commune_planning_plugin.session.types import Connection
from commune_planning_plugin.store import LocalState, OutboxState, Ref
from commune_planning_plugin.sync.proposal_documents import OtherProposal
from tests.plugin import sample
from tests.plugin.docks import click
from tests.plugin.fake_session import downloading, working


@pytest.fixture
def show(keep_dock):
    return lambda session, width=330: keep_dock(ProposalDock(session), width)


PLANS = ((1, sample.DIEP_SON), (2, sample.VAN_PHONG))


def square(x: float) -> bytes:
    return geometry.written(shapely.MultiPolygon([shapely.box(x, 0, x + 50, 50)]))


def select(dock: QWidget, title: str) -> None:
    table = dock.findChild(QTableWidget, "proposals_table")
    row = next(row for row in range(table.rowCount()) if title in table.item(row, 0).text())
    table.selectRow(row)


def choose_ground(dock: QWidget, number: int) -> None:
    combo = dock.findChild(QComboBox, "ground_combo")
    combo.setCurrentIndex(combo.findData(number))
    combo.activated.emit(combo.currentIndex())


def complete(dock: QWidget) -> None:
    choose_ground(dock, 5)
    dock.findChild(QPlainTextEdit, "reason_edit").setPlainText("Thiếu trường mầm non")


def test_an_empty_list_says_what_it_is_for_and_offers_the_step(show):
    session = working()
    dock = show(session)
    assert "takes your changes to the province" in dock.findChild(QLabel, "proposals_empty").text()
    assert "4" in dock.findChild(QPushButton, "new_proposal_button").text()
    click(dock, "new_proposal_button")
    assert len(session.called("new_draft")[0][0]) == 4
    assert dock.findChild(ChangesTree, "changes_list").isVisibleTo(dock)


def test_nothing_to_propose_disables_the_step_and_says_why(show):
    button = show(working(local_changes=())).findChild(QPushButton, "new_proposal_button")
    assert not button.isEnabled()
    assert "changes" in button.toolTip()


def test_mine_by_what_is_asked_of_me_with_the_reason_of_a_return(show):
    dock = show(working(proposals=sample.mine()))
    table = dock.findChild(QTableWidget, "proposals_table")
    assert "Returned" in table.item(0, 1).text()
    assert table.item(table.rowCount() - 1, 1).text() == "Approved"
    table.selectRow(0)
    text = dock.findChild(QLabel, "proposal_details_text").text()
    assert "lấn sang đường số 5" in text
    assert "Correct what is asked for" in text


def test_withdraw_only_what_the_hub_allows(show):
    session = working(proposals=sample.mine())
    dock = show(session)
    select(dock, "Cập nhật chỉ giới")
    assert not dock.findChild(QPushButton, "withdraw_button").isVisibleTo(dock)
    select(dock, "Tách lô")
    click(dock, "withdraw_button")
    assert session.called("withdraw")[0][0].id == "p-4"


def test_a_returned_proposal_is_revised(show):
    session = working(proposals=(sample.returned(),))
    dock = show(session)
    select(dock, "Bổ sung")
    click(dock, "edit_button")
    assert [call[0].id for call in session.called("revise")] == ["p-2"]
    assert dock.findChild(QLineEdit, "title_edit").text() == sample.returned().title


def test_a_draft_is_opened_again_or_deleted(show):
    session = working()
    draft = session.new_draft()
    dock = show(session)
    select(dock, "Without title")
    click(dock, "edit_button")
    click(dock, "back_button")
    select(dock, "Local adjustment")
    click(dock, "discard_button")
    assert session.called("discard_draft") == [(draft.proposal,)]
    assert session.drafts == ()


def test_what_waits_to_be_sent_is_a_row_that_can_be_sent_or_taken_back(show):
    session = working(outbox=(sample.unsent(),))
    dock = show(session)
    select(dock, "Tách lô")
    assert dock.findChild(QTableWidget, "proposals_table").item(0, 1).text() == "Waiting to be sent"
    assert "not sent yet" in dock.findChild(QLabel, "proposal_details_text").text()
    click(dock, "send_now_button")
    assert session.called("refresh") == [()]
    click(dock, "take_back_button")
    assert session.called("take_back") == [(sample.unsent(since=session.called("take_back")[0][0].since),)]
    assert dock.findChild(QTableWidget, "proposals_table").item(0, 1).text() == "Draft"


def test_what_may_have_arrived_is_only_sent(show):
    dock = show(working(outbox=(sample.unsent(attempted=True),)))
    select(dock, "Tách lô")
    button = dock.findChild(QPushButton, "take_back_button")
    assert not button.isEnabled()
    assert "may have it already" in button.toolTip()


def test_what_the_hub_refused_says_why_and_is_edited_again(show):
    problem = {"code": "proposal.state", "details": {"state": "approved"}}
    session = working(outbox=(sample.unsent(state=OutboxState.REFUSED, problem=problem),), proposals=sample.mine())
    dock = show(session)
    dock.show_first()
    assert dock.findChild(QTableWidget, "proposals_table").item(0, 1).text() == "⚠ Not accepted"
    assert "now: Approved" in dock.findChild(QLabel, "proposal_details_text").text()
    assert not dock.findChild(QPushButton, "send_now_button").isVisibleTo(dock)
    click(dock, "edit_button")
    assert len(session.called("take_back")) == 1
    assert dock.findChild(QLineEdit, "title_edit").text() == "Tách lô đất ở ODT-014"


def test_the_next_version_of_a_known_proposal_is_one_row(show):
    session = working(proposals=(sample.returned(),), outbox=(sample.unsent(sample.returned().id),))
    table = show(session).findChild(QTableWidget, "proposals_table")
    assert [table.item(row, 1).text() for row in range(table.rowCount())] == ["Waiting to be sent"]


def test_offline_the_list_says_how_old_it_is(show):
    session = working(proposals=sample.mine(), proposals_at=sample.ago(minutes=5), connection=Connection.OFFLINE)
    dock = show(session)
    label = dock.findChild(QLabel, "proposals_as_of")
    assert label.isVisibleTo(dock)
    assert "as of" in label.text()
    select(dock, "Tách lô hỗn hợp")
    assert not dock.findChild(QPushButton, "withdraw_button").isEnabled()
    session.set(connection=Connection.ONLINE)
    assert not label.isVisibleTo(dock)


def test_a_reason_that_is_too_long_is_not_sent(show):
    dock = show(working())
    click(dock, "new_proposal_button")
    complete(dock)
    dock.findChild(QPlainTextEdit, "reason_edit").setPlainText("x" * (LONGEST_TEXT + 12))
    assert not dock.findChild(QPushButton, "send_button").isEnabled()
    hint = dock.findChild(QLabel, "send_hint").text()
    assert "12" in hint
    assert "10,000" in hint


def test_several_plans_are_split_in_one_click(show):
    session = working(local_changes=(*sample.local_changes(), sample.of_other_plan()))
    dock = show(session)
    click(dock, "new_proposal_button")
    assert session.drafts == ()
    assert "Vân Phong" in dock.findChild(QLabel, "split_notice_text").text()
    click(dock, "split_button")
    assert {draft.plan for draft in session.drafts} == {sample.DIEP_SON, sample.VAN_PHONG}
    assert dock.findChild(ChangesTree, "changes_list").isVisibleTo(dock)


def test_the_rest_of_the_plans_is_split_from_the_open_draft(show):
    session = working(local_changes=(*sample.local_changes(), sample.of_other_plan()))
    dock = show(session)
    dock.compose(session.split()[sample.DIEP_SON])
    click(dock, "split_rest_button")
    assert [draft.plan for draft in session.drafts].count(sample.VAN_PHONG) == 1


@pytest.mark.parametrize("apart", [False, True])
def test_plans_that_share_moved_ground_become_linked_proposals(show, apart):
    x = 100_000.0 if apart else 0.0
    moved = [sample.local(sample.LOTS, 20 + n, None, {**sample.lot(20), "plan": plan, "geom": square(x * n)}) for n, plan in PLANS]
    session = working(local_changes=tuple(moved))
    dock = show(session)
    click(dock, "new_proposal_button")
    assert ("linked" in dock.findChild(QLabel, "split_notice_text").text()) is not apart
    click(dock, "split_button")
    one, other = session.drafts
    assert (one.linked, other.linked) == (((), ()) if apart else ((other.proposal,), (one.proposal,)))
    assert ("shares ground" in dock.findChild(QLabel, "bound_notice_text").text()) is not apart


def test_the_rest_is_linked_with_the_open_draft(show):
    moved = [sample.local(sample.LOTS, 20 + n, None, {**sample.lot(20), "plan": plan, "geom": square(0.0)}) for n, plan in PLANS]
    session = working(local_changes=tuple(moved))
    dock = show(session)
    dock.compose(session.split()[sample.DIEP_SON])
    click(dock, "split_rest_button")
    drafts = {draft.plan: draft for draft in session.drafts}
    one, other = drafts[sample.DIEP_SON], drafts[sample.VAN_PHONG]
    assert (one.linked, other.linked) == ((other.proposal,), (one.proposal,))


def test_going_on_from_a_proposal_that_waits_is_said(show):
    base, mine = sample.lot(9), sample.lot(9, tangCaoToiDa=7, ghiChu="trước")
    both = sample.local(sample.LOTS, 9, base, mine, LocalState.BOTH, proposals=("p-1",))
    session = working(local_changes=(both,), proposals=(sample.summary("p-1", number=12, title="Hồ sơ gốc"),))
    dock = show(session)
    dock.compose()
    assert "12. Hồ sơ gốc" in dock.findChild(QLabel, "bound_notice_text").text()


@pytest.mark.parametrize(("state", "came_back"), [(State.IN_REVIEW, False), (State.RETURNED, True), (State.REJECTED, True)])
def test_the_list_names_the_base_and_says_when_it_came_back(show, state, came_back):
    base = OtherProposal("p-7", 7, "Hồ sơ gốc", state)
    linked = OtherProposal("p-8", None, None, None)
    summary = sample.summary("p-1", State.SUBMITTED, title="Tiếp theo", depends_on=(base,), linked=(linked,))
    dock = show(working(proposals=(summary,)))
    select(dock, "Tiếp theo")
    told = dock.findChild(QLabel, "proposal_details_text").text()
    assert "no. 7" in told
    assert "isn't at the province yet" in told
    chip = dock.findChild(QTableWidget, "proposals_table").item(0, 1).text()
    assert ("base came back" in chip) is came_back


def test_each_keystroke_is_saved(show, qtbot):
    session = working()
    dock = show(session)
    dock.compose()
    title = dock.findChild(QLineEdit, "title_edit")
    title.clear()
    qtbot.keyClicks(title, "Lo")
    assert [draft.title for (draft,) in session.called("save_draft")][-2:] == ["L", "Lo"]
    complete(dock)
    saved = session.drafts[0]
    assert (saved.ground, saved.reason, saved.title) == (5, "Thiếu trường mầm non", "Lo")


def test_sending_is_refused_with_the_reason_until_all_is_there(show):
    session = working()
    dock = show(session)
    dock.compose()
    send, hint = dock.findChild(QPushButton, "send_button"), dock.findChild(QLabel, "send_hint")
    assert (send.isEnabled(), hint.text()) == (False, "Choose the ground.")
    choose_ground(dock, 5)
    assert (send.isEnabled(), hint.text()) == (False, "Write the reason.")
    complete(dock)
    assert send.isEnabled()
    session.set(job=downloading())
    assert not send.isEnabled()


def test_send_names_what_it_sends_and_goes_back_to_the_list(show):
    session = working()
    dock = show(session)
    dock.compose()
    complete(dock)
    send = dock.findChild(QPushButton, "send_button")
    assert send.text() == "&Send 4 change(s) on 2 layer(s)"
    assert "QPK 06 Điệp Sơn" in dock.findChild(QLabel, "send_hint").text()
    click(dock, "send_button")
    assert [draft.ground for (draft,) in session.called("submit")] == [5]
    assert dock.findChild(QPushButton, "new_proposal_button").isVisibleTo(dock)


def test_unticking_a_change_leaves_it_out(show, qtbot):
    session = working()
    dock = show(session)
    dock.compose()
    changes = dock.findChild(ChangesTree, "changes_list")
    with qtbot.waitSignal(changes.checks_changed):
        changes.topLevelItem(0).child(0).setCheckState(NAME, Qt.CheckState.Unchecked)
    assert len(session.drafts[0].refs) == 3
    assert "3 change(s)" in dock.findChild(QPushButton, "send_button").text()


def test_choosing_another_plan_takes_its_changes(show):
    session = working(local_changes=(*sample.local_changes(), sample.of_other_plan()))
    dock = show(session)
    dock.compose(session.split()[sample.DIEP_SON])
    plans = dock.findChild(QComboBox, "plan_combo")
    plans.setCurrentIndex(plans.findData(sample.VAN_PHONG))
    plans.activated.emit(plans.currentIndex())
    assert session.drafts[0].refs == (Ref(sample.LOTS.id, sample.key(8)),)


def test_the_ground_shows_the_law_an_example_and_the_evidence(show):
    dock = show(working())
    dock.compose()
    assert dock.findChild(QComboBox, "ground_combo").count() == 9
    choose_ground(dock, 8)
    text = dock.findChild(QLabel, "ground_text").text()
    assert "inside a detailed plan" in text
    assert "Example:" in text
    assert "Needed:" in text


def test_check_and_findings(show):
    session = working()
    dock = show(session)
    dock.compose()
    draft = session.drafts[0]
    click(dock, "check_button")
    assert session.called("check") == [(draft.proposal,)] * 2
    session.findings_of, session.findings = draft.proposal, (sample.finding(),)
    session.outside = {Ref(sample.LOTS.id, sample.key(2)): ("22516",)}
    session.findings_changed.emit()
    findings = dock.findChild(QListWidget, "findings_list")
    assert findings.item(0).text() == "Error: overlaps a neighbouring lot by 12.4 m²."
    assert "Vạn Thắng" in dock.findChild(QLabel, "outside_notice_text").text()
    findings.itemActivated.emit(findings.item(0))
    assert session.called("zoom_to") == [(Ref(sample.LOTS.id, sample.key(2)),)]


def test_files_are_added_and_removed(show, qtbot):
    session = working()
    dock = show(session)
    dock.compose()
    click(dock, "add_file_button")
    dialog = dock.findChild(QFileDialog)
    dialog.filesSelected.emit(["/tmp/bien-ban.pdf"])
    dialog.close()
    assert session.called("attach") == [(session.drafts[0].proposal, Path("/tmp/bien-ban.pdf"))]
    files = dock.findChild(QListWidget, "files_list")
    assert files.item(0).text() == "bien-ban.pdf (117.2 KB)"
    files.item(0).setSelected(True)
    click(dock, "remove_file_button")
    assert session.drafts[0].files == ()


def test_a_reverted_change_leaves_the_open_draft(show):
    session = working()
    dock = show(session)
    dock.compose()
    session.set(local_changes=sample.local_changes()[:2])
    assert "2 change(s)" in dock.findChild(QPushButton, "send_button").text()


def test_a_conflict_stops_sending_and_says_which(show, qtbot):
    clash = sample.conflicting()
    session = working(local_changes=(*sample.local_changes(), clash))
    dock = show(session)
    dock.compose((Ref(clash.change.layer, clash.change.key),))
    complete(dock)
    assert "conflict" in dock.findChild(QLabel, "send_hint").text()
    assert clash.title in dock.findChild(QLabel, "compose_conflicts_text").text()
    assert not dock.findChild(QPushButton, "send_button").isEnabled()
    with qtbot.waitSignal(dock.conflicts_asked) as asked:
        click(dock, "decide_conflicts_button")
    assert asked.args == [Ref(clash.change.layer, clash.change.key)]


def test_the_last_draft_is_continued(show):
    session = working()
    session.new_draft()
    dock = show(session)
    dock.continue_draft()
    assert dock.findChild(QPushButton, "send_button").isVisibleTo(dock)


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_words(show, state):
    dock = show(working(proposals=(sample.summary("p", state),)))
    assert dock.findChild(QTableWidget, "proposals_table").item(0, 1).text() != state.value


def test_it_fits_300_pixels(show):
    session = working(proposals=sample.mine())
    dock = show(session, width=300)
    dock.compose()
    assert dock.minimumSizeHint().width() <= 300
    assert dock.minimumSizeHint().height() <= 560


def test_what_is_in_a_draft_is_not_proposed_twice(show):
    session = working(local_changes=(*sample.local_changes(), sample.of_other_plan()))
    dock = show(session)
    click(dock, "new_proposal_button")
    click(dock, "split_button")
    click(dock, "back_button")
    assert not dock.findChild(QPushButton, "new_proposal_button").isVisibleTo(dock)
    table = dock.findChild(QTableWidget, "proposals_table")
    titles = [table.item(row, 0).text() for row in range(table.rowCount())]
    assert any("Vân Phong" in title for title in titles), titles


def test_what_came_back_is_sent_again_and_not_proposed_anew(show):
    changes = sample.local_changes()
    held = tuple(Ref(c.change.layer, c.change.key) for c in changes[:3])
    session = working(proposals=(sample.returned(),), to_correct={"p-2": held})
    dock = show(session)
    assert "1 change" in dock.findChild(QPushButton, "new_proposal_button").text()
    click(dock, "edit_button")  # what came back is chosen by itself
    tree = dock.findChild(ChangesTree, "changes_list")
    assert set(tree.checked_handles()) == set(held)
    click(dock, "back_button")
    dock.compose()
    assert set(tree.checked_handles()) == set(tree._items) == {Ref(changes[4].change.layer, changes[4].change.key)}


def test_nothing_new_to_propose_leaves_the_one_way_of_correcting(show):
    changes = tuple(Ref(c.change.layer, c.change.key) for c in sample.local_changes())
    dock = show(working(proposals=(sample.returned(),), to_correct={"p-2": changes}))
    assert not dock.findChild(QPushButton, "new_proposal_button").isVisibleTo(dock)
    assert dock.findChild(QPushButton, "edit_button").isVisibleTo(dock)


def test_the_boxes_of_a_layer_are_told_once(show, qtbot):
    dock = show(working())
    click(dock, "new_proposal_button")
    tree = dock.findChild(ChangesTree, "changes_list")
    told = []
    tree.checks_changed.connect(lambda: told.append(len(tree.checked_handles())))
    with qtbot.waitSignal(tree.checks_changed):
        tree.topLevelItem(0).setCheckState(NAME, Qt.CheckState.Unchecked)
    assert len(told) == 1


def test_the_balance_is_followed_while_composing_and_the_preview_is_of_what_is_ticked(show, qtbot):
    from commune_planning_plugin.core.balance import Balance, Closing, Extent, FunctionLine
    from commune_planning_plugin.session.local_changes import LocalBalance

    session = working()
    dock = show(session)
    dock.compose(None)
    draft = session.drafts[-1]
    qtbot.waitUntil(lambda: bool(session.balance.asked))
    assert session.balance.asked[-1] == (draft.plan, draft.refs)
    lines = (FunctionLine("ODT", Extent(50_000.0, 3), Extent(40_000.0, 2)), FunctionLine("CX", Extent(), Extent(10_000.0, 1)))
    made = Balance(lines, (), Closing(50_000.0, 50_000.0), Closing(50_000.0, 50_000.0))
    session.balance.answer(LocalBalance(made, True))
    told = dock.findChild(QLabel, "balance_line_text").text()
    assert "Urban residential land −1.00 ha; Public green space +1.00 ha" in told
    assert "Closes on the plan's boundary" in told
    click(dock, "preview_draft_button")
    assert session.called("preview") == [(draft.refs,)]
