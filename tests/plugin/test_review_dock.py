"""Every button of the dock Review, and what it does to the session."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTableWidget,
    QTabWidget,
    QToolButton,
    QWidget,
)

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.rules import Severity
from commune_planning_plugin.core.text import LONGEST_TEXT
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.gui.balance_panel import BalancePanel
from commune_planning_plugin.gui.changes_tree import STATE, ChangesTree
from commune_planning_plugin.gui.comparison_table import ComparisonTable
from commune_planning_plugin.gui.findings_panel import FindingsPanel
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.gui.tab_flow import TabFlow
from commune_planning_plugin.store import LastChange, Ref
from commune_planning_plugin.sync.proposal_documents import OtherProposal
from tests.plugin import sample
from tests.plugin.docks import click
from tests.plugin.fake_session import working

LOT = Ref(sample.LOTS.id, sample.key(2))


@pytest.fixture
def show(keep_dock):
    return lambda session, width=330: keep_dock(ReviewDock(session), width)


@pytest.fixture
def reviewing(show):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = show(session)
    session.open_review("p-1")
    return dock, session


def write_reason(dock: QWidget, text: str) -> None:
    dock.findChild(QPlainTextEdit, "reason_edit").setPlainText(text)


def inbox_texts(dock: QWidget) -> list[list[str]]:
    """What the table shows, by row, in the columns that it shows."""
    table = dock.findChild(QTableView, "inbox_table")
    model = table.model()
    columns = [column for column in range(model.columnCount()) if not table.isColumnHidden(column)]
    return [[model.index(row, column).data() for column in columns] for row in range(model.rowCount())]


def test_the_inbox_names_commune_plan_changes_age_and_state(show):
    dock = show(working(account=sample.REVIEWER, inbox=sample.inbox()), width=900)
    first = inbox_texts(dock)[0]
    assert first[1:] == ["Xã Đại Lãnh", sample.PLANS[1].name, "7", "3 day(s) ago", "Sent"]


def test_a_narrow_inbox_says_the_same_in_one_column(show):
    dock = show(working(account=sample.REVIEWER, inbox=sample.inbox()))
    assert [len(row) for row in inbox_texts(dock)] == [1, 1, 1]
    assert all(part in inbox_texts(dock)[0][0] for part in ("Xã Đại Lãnh", "7 change(s)", "3 day(s) ago", "Sent"))


def test_opening_takes_one_click_for_the_proposal_that_waits_longest(show):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = show(session)
    assert dock.findChild(QTableView, "inbox_table").currentIndex().row() == 0
    click(dock, "open_button")
    assert session.called("open_review") == [("p-3",)]
    assert dock.findChild(QLabel, "review_title").isVisibleTo(dock)


def test_an_empty_inbox_says_what_it_is_for(show):
    for account, words in ((None, "Sign in"), (sample.TECHNICIAN, "does neither"), (sample.HEAD, "Nothing waits")):
        assert words in show(working(account=account)).findChild(QLabel, "inbox_empty").text()


def test_refresh_asks_the_hub(show):
    session = working(account=sample.REVIEWER)
    click(show(session), "refresh_button")
    assert session.called("refresh") == [()]


def test_the_header_says_who_when_ground_and_reason(reviewing):
    dock, session = reviewing
    assert "QPK 06" in dock.findChild(QLabel, "review_header").text()
    assert "Nguyễn Thị Hạnh" in dock.findChild(QLabel, "review_ground").toolTip()
    ground = dock.findChild(QLabel, "review_ground")
    assert "\n" not in ground.text()  # on a small screen one line
    assert all(part in ground.toolTip() for part in ("5. National or community interest", "quá tải"))
    toggle = dock.findChild(QToolButton, "review_ground_toggle")
    toggle.click()
    assert ground.text() == ground.toolTip()
    session.open_review("p-2")  # the next proposal: as the person left it
    assert "\n" in ground.text()


def test_on_a_small_screen_the_values_have_the_room(show):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = show(session, width=340)
    dock.resize(340, 585)  # what 1366 × 768 leaves
    letters = QFont(dock.font())
    letters.setPixelSize(12)  # QGIS's own there
    dock.setFont(letters)
    session.open_review("p-1")
    dock.findChild(ChangesTree, "review_changes").select_handle(LOT)
    session.selected.emit(LOT)
    dock.findChild(QCheckBox, "everything_check").setChecked(True)
    QApplication.processEvents()
    table = dock.findChild(QTableWidget, "before_after_table")
    assert table.rowAt(table.viewport().height() - 1) >= 4
    assert table.visibleRegion().boundingRect().height() == table.height()  # nothing is to be scrolled first


def test_what_was_added_has_one_column_and_no_dashes(reviewing):
    dock, session = reviewing
    table = dock.findChild(QTableWidget, "before_after_table")
    for number, side in ((1, "After"), (3, "Before")):
        session.selected.emit(Ref(sample.LOTS.id, sample.key(number)))
        assert [table.horizontalHeaderItem(column).text() for column in range(table.columnCount())] == ["Attribute", side]


def test_the_reason_grows_once_it_is_written(reviewing):
    dock, _session = reviewing
    reason = dock.findChild(QPlainTextEdit, "reason_edit")
    low = reason.height()
    reason.setPlainText("Bổ sung biên bản")
    assert reason.height() > low


def test_the_first_change_is_shown_and_keys_go_on(reviewing, qtbot):
    dock, session = reviewing
    tree = dock.findChild(ChangesTree, "review_changes")
    first = tree.current_handle()
    assert session.called("show_change")[-1][0].key == first.key
    click(dock, "next_change_button")
    assert session.called("show_change")[-1][0].key == tree.current_handle().key != first.key
    click(dock, "previous_change_button")
    assert tree.current_handle() == first
    tree.step(-1)
    tree.step(1)
    assert tree.current_handle() == first


def test_n_and_p_step_but_can_be_typed_in_the_reason(reviewing, qtbot):
    dock, _session = reviewing
    dock.activateWindow()
    reason = dock.findChild(QPlainTextEdit, "reason_edit")
    reason.setFocus()
    tree = dock.findChild(ChangesTree, "review_changes")
    before = tree.current_handle()
    qtbot.keyClicks(reason, "np")
    assert reason.toPlainText() == "np"
    assert tree.current_handle() == before


def test_only_what_changed_in_bold_and_all_on_request(reviewing):
    dock, session = reviewing
    session.selected.emit(LOT)
    table = dock.findChild(QTableWidget, "before_after_table")
    titles = [table.item(row, 0).text() for row in range(table.rowCount())]
    assert titles == ["Shape (area)", "Shape", "Land function, level 2", "Storeys, at most"]
    assert table.item(0, 2).font().bold()
    dock.findChild(QCheckBox, "everything_check").setChecked(True)
    bold = {table.item(row, 0).text(): table.item(row, 1).font().bold() for row in range(table.rowCount())}
    assert bold["Land function, level 2"]
    assert not bold["Feature name"]


def test_the_sides_on_the_map(reviewing):
    dock, session = reviewing
    dock.findChild(QCheckBox, "show_before_check").setChecked(False)
    dock.findChild(QCheckBox, "show_after_check").setChecked(False)
    assert session.called("show_sides") == [(False, True), (False, False)]


def test_approve_says_how_many(reviewing):
    dock, session = reviewing
    assert "4 change(s)" in dock.findChild(QPushButton, "approve_button").text()
    click(dock, "approve_button")
    assert session.called("approve") == [()]


@pytest.mark.parametrize(("button", "call"), [("return_button", "return_"), ("reject_button", "reject")])
def test_return_and_reject_need_a_reason(reviewing, button, call):
    dock, session = reviewing
    click(dock, button)
    assert session.called(call) == []
    assert "Write" in dock.findChild(QLabel, "decision_notice_text").text()
    write_reason(dock, "Thiếu biên bản họp dân")
    click(dock, button)
    assert session.called(call) == [("Thiếu biên bản họp dân",)]


def test_a_head_signs_off(show):
    session = working(account=sample.HEAD)
    dock = show(session)
    session.set(review=sample.detail("p-1", can=(Step.SIGN_OFF, Step.RETURN)))
    assert not dock.findChild(QPushButton, "approve_button").isVisibleTo(dock)
    click(dock, "sign_off_button")
    assert session.called("sign_off") == [(None,)]


def test_closing_goes_back_to_the_inbox(reviewing):
    dock, session = reviewing
    click(dock, "close_review_button")
    assert session.called("close_review") == [()]
    assert dock.findChild(QTableView, "inbox_table").isVisibleTo(dock)


def test_the_next_proposal(reviewing):
    dock, session = reviewing
    click(dock, "next_proposal_button")
    assert session.called("open_review")[-1] == ("p-3",)


@pytest.mark.parametrize("code", ["changed_since_seen", "rules.errors", "proposal.state"])
def test_a_refused_decision_is_explained_with_a_button_to_look_again(reviewing, code):
    dock, session = reviewing
    session.failed.emit(PlanningError(code, conflicts=[1]), "decide")
    assert dock.findChild(QLabel, "review_failure_text").text()
    click(dock, "reload_button")
    assert session.called("open_review")[-1] == ("p-1",)
    assert session.related.asked[-1] == ("p-1",)  # it may be what has changed


def test_what_became_otherwise_is_named_marked_and_compared_with_what_was_seen(reviewing):
    dock, session = reviewing
    seen = next(item for item in session.review.review if item.kind == "update")
    rows = [{"layer": seen.layer, "key": seen.key}]
    session.failed.emit(PlanningError("changed_since_seen", difference={"rows": rows, "findings_new": ["x"]}), "decide")
    told = dock.findChild(QLabel, "review_failure_text").text()
    assert "Not as seen: Lô đất ở ODT-002." in told
    assert "New findings of the rules: 1." in told
    by_now = replace(seen, after={**seen.after, "ghiChu": "Đã đo lại"})
    session.set(review=replace(session.review, review=tuple(by_now if i == seen else i for i in session.review.review)))
    tree, table = dock.findChild(ChangesTree, "review_changes"), dock.findChild(ComparisonTable, "before_after_table")
    assert [chip for chip in chips_of(dock) if "not as seen" in chip] == ["● not as seen"]
    tree.select_handle(Ref(seen.layer, seen.key))
    assert [table.horizontalHeaderItem(column).text() for column in (1, 2, 3)] == ["Before", "As seen", "Now"]
    assert "Đã đo lại" in [table.item(row, 3).text() for row in range(table.rowCount())]
    session.set(review=replace(session.review, summary=replace(session.review.summary, state=State.APPROVED)))
    assert not [chip for chip in chips_of(dock) if "not as seen" in chip]


@pytest.mark.parametrize("width", [300, 340, 700])
def test_every_tabs_title_is_in_sight_and_leads_to_it(show, width):
    session = working(account=sample.REVIEWER)
    dock = show(session)
    dock.resize(width, 620)
    session.set(review=sample.detail("p-1"))
    QApplication.processEvents()
    tabs, flow = dock.findChild(QTabWidget, "review_tabs"), dock.findChild(TabFlow)
    titles = [made for made in flow.findChildren(QToolButton) if made.isVisible()]
    assert len(titles) == tabs.count()
    assert all(flow.rect().contains(made.geometry()) for made in titles)
    assert not [made.text() for made in titles if made.width() < made.sizeHint().width()]
    for number, made in enumerate(titles):
        made.click()
        assert tabs.currentIndex() == number
        assert [other.isChecked() for other in titles] == [other is made for other in titles]


def test_conflicts_and_findings_are_foretold(show):
    session = working(account=sample.REVIEWER)
    dock = show(session)
    session.set(review=sample.detail("p-1", findings=(sample.finding(),)))
    assert "1 error(s)" in dock.findChild(QLabel, "decision_notice_text").text()
    session.set(review=sample.detail("p-1", review=sample.review_items(conflict=True)))
    assert "clash" in dock.findChild(QLabel, "decision_notice_text").text()


def test_a_change_says_error_only_where_there_is_one(show):
    session = working(account=sample.REVIEWER)
    dock = show(session)
    for severity, chip in ((Severity.ERROR, "1 error(s)"), (Severity.WARNING, "1 remark(s)")):
        session.set(review=sample.detail("p-1", findings=(sample.finding(severity),)))
        assert chips_of(dock) == {chip, ""}


def chips_of(dock) -> set[str]:
    layers = dock.findChild(ChangesTree).invisibleRootItem()
    groups = [layers.child(number) for number in range(layers.childCount())]
    return {group.child(number).text(STATE) for group in groups for number in range(group.childCount())}


def reason_of(dock):
    return dock.findChild(QPlainTextEdit, "reason_edit").toPlainText()


def test_a_clash_is_returned_with_its_reason_worded(show):
    session = working(account=sample.REVIEWER)
    dock = show(session)
    session.set(review=sample.detail("p-1", review=sample.review_items(conflict=True)))
    click(dock, "return_conflicts_button")
    assert "Lô đất ở ODT-002 (Land function, level 2)" in reason_of(dock)
    assert session.called("return_") == []
    click(dock, "return_button")
    assert session.called("return_") == [(reason_of(dock),)]


def test_a_clash_that_the_hub_finds_at_approval_is_offered_to_be_returned_too(reviewing):
    dock, session = reviewing
    offered = dock.findChild(QPushButton, "return_conflicts_button")
    assert not offered.isVisibleTo(dock)
    clash = {"layer": sample.LOTS.id, "key": sample.key(2), "kind": "attributes", "attributes": ["ghiChu"]}
    session.failed.emit(PlanningError("proposal.conflict", conflicts=[clash]), "decide")
    assert offered.isVisibleTo(dock)
    offered.click()
    assert "(Remark)" in reason_of(dock)
    assert "Lô đất ở ODT-002 (Remark)" in dock.findChild(QLabel, "decision_notice_text").text()
    assert not dock.findChild(QLabel, "review_failure_text").isVisibleTo(dock)  # said once
    opened = len(session.called("open_review"))
    QApplication.processEvents()
    assert session.called("open_review")[opened:] == [("p-1",)]  # with both sides' values, without being asked
    session.set(review=sample.detail("p-1"))  # it is gone
    assert not offered.isVisibleTo(dock)


def test_a_clash_is_shown_first_with_both_sides_and_whose_the_other_is(show):
    session = working(account=sample.REVIEWER)
    dock = show(session)
    last = LastChange(44, sample.ago(hours=1), "Lê Minh Tâm", "Bãi đỗ xe")
    items = [replace(item, last_change=last) if item.conflict else item for item in sample.review_items(conflict=True)]
    seen = next(item for item in items if item.conflict)
    session.set(review=sample.detail("p-1", review=tuple(items)))
    session.failed.emit(
        PlanningError("changed_since_seen", difference={"rows": [{"layer": seen.layer, "key": seen.key}]}), "decide"
    )
    assert "⚠ conflict" in chips_of(dock)
    dock.findChild(ChangesTree, "review_changes").select_handle(Ref(seen.layer, seen.key))
    table = dock.findChild(ComparisonTable, "before_after_table")
    assert [table.horizontalHeaderItem(column).text() for column in (1, 2)] == ["Province now", "Proposed"]
    assert table.item(0, 0).text() == "Land function, level 2"
    assert "by Lê Minh Tâm, proposal “Bãi đỗ xe”" in table.item(1, 1).text()


def test_what_the_hub_would_refuse_is_not_offered(show):
    session = working(account=sample.REVIEWER)
    dock = show(session)
    approve = dock.findChild(QPushButton, "approve_button")
    for more, offered in (({}, True), ({"findings": (sample.finding(),)}, False)):
        session.set(review=sample.detail("p-1", **more))
        assert approve.isEnabled() is offered
    session.set(review=sample.detail("p-1", review=sample.review_items(conflict=True)))
    assert not approve.isEnabled()


def test_a_finding_leads_to_its_change(show):
    session = working(account=sample.REVIEWER)
    dock = show(session)
    session.set(review=sample.detail("p-1", findings=(sample.finding(),)))
    dock.findChild(QTabWidget).setCurrentIndex(1)
    listed = dock.findChild(QListWidget, "findings_list")
    listed.itemActivated.emit(listed.item(0))
    assert session.called("show_change")[-1][0].key == sample.key(2)
    assert dock.findChild(ChangesTree, "review_changes").current_handle() == LOT


def test_a_finding_about_the_plan_leads_to_the_balance(show):
    session = working(account=sample.REVIEWER)
    dock = show(session)
    session.set(review=sample.detail("p-1", findings=sample.findings_of_plan()))
    tabs = dock.findChild(QTabWidget, "review_tabs")
    listed = dock.findChild(QListWidget, "findings_list")
    assert [listed.item(row).text() for row in range(listed.count())] == [
        "Error: the plan's plots leave 120.0 m² of the ground within its boundary uncovered.",
        "Warning: the plan's plots cover 35.5 m² less than before.",
        "Warning: a norm of the land-fund balance isn't met: Green: 12.00 → 9.50 % (norm > 10 %).",
    ]
    balance = dock.findChild(BalancePanel).parent()
    assert tabs.tabToolTip(tabs.indexOf(balance)) == "Land balance: the check finds something about it"
    tabs.setCurrentWidget(dock.findChild(FindingsPanel).parent())
    shown = session.called("show_change")
    listed.itemActivated.emit(listed.item(0))
    assert session.called("show_change") == shown
    assert tabs.currentWidget() is balance


def test_files_and_history(reviewing):
    papers = reviewing[0].findChild(QListWidget, "papers_list")
    texts = [papers.item(row).text() for row in range(papers.count())]
    assert texts[0] == "Biên bản họp dân thôn Đầm Môn.pdf (470.8 KB)"
    assert texts[-1].endswith("Trần Văn Bình signed it off: Đồng ý trình")


def test_decided_leaves_nothing_to_press(show):
    session = working(account=sample.REVIEWER)
    dock = show(session)
    session.set(review=sample.detail("p-1", can=(), summary=sample.summary("p-1", State.APPROVED)))
    assert not dock.findChild(QPushButton, "approve_button").isVisibleTo(dock)
    assert "Approved" in dock.findChild(QLabel, "decision_notice_text").text()


def test_enter_in_the_inbox_opens(show, qtbot):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    table = show(session).findChild(QTableView, "inbox_table")
    table.setCurrentIndex(table.model().index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert session.called("open_review") == [("p-3",)]


def test_it_fits_300_pixels(reviewing):
    assert reviewing[0].minimumSizeHint().width() <= 300
    assert reviewing[0].minimumSizeHint().height() <= 560


@pytest.mark.parametrize("button", ["sign_off_button", "return_button", "reject_button"])
def test_a_reason_that_is_too_long_stays_here(reviewing, button):
    dock, session = reviewing
    session.set(review=sample.detail("p-1", (Step.SIGN_OFF, Step.RETURN, Step.REJECT)))
    write_reason(dock, "x" * (LONGEST_TEXT + 7))
    click(dock, button)
    assert not any(session.called(name) for name in ("sign_off", "return_", "reject"))
    assert "7" in dock.findChild(QLabel, "decision_notice_text").text()
    write_reason(dock, "x" * LONGEST_TEXT)
    click(dock, button)
    assert any(session.called(name) for name in ("sign_off", "return_", "reject"))


def test_the_head_names_the_other_proposals_and_leads_to_them(show):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = show(session)
    base = OtherProposal("p-7", 7, "Hồ sơ <gốc>", State.IN_REVIEW)
    linked = (OtherProposal("p-8", 8, "Liên kết", State.AGREED), OtherProposal("p-9", None, None, None))
    session.set(review=sample.detail("p-1", summary=sample.summary("p-1", State.IN_REVIEW, depends_on=(base,), linked=linked)))
    label = dock.findChild(QLabel, "review_bound")
    assert label.isVisibleTo(dock)
    assert all(text in label.text() for text in ('<a href="p-7">', "no. 7", "no. 8", "waits for a linked proposal"))
    assert "p-9" not in label.text()
    label.linkActivated.emit("p-7")
    assert session.called("open_review") == [("p-7",)]
    assert not label.isVisibleTo(dock)


def test_modes_by_button_and_by_key(reviewing, qtbot):
    dock, session = reviewing
    dock.activateWindow()
    tree = dock.findChild(ChangesTree, "review_changes")
    tree.setFocus()
    click(dock, "swipe_mode_button")
    assert session.called("set_mode") == [("swipe",)]
    assert not dock.findChild(QCheckBox, "show_before_check").isEnabled()
    for key in (Qt.Key.Key_3, Qt.Key.Key_1):
        qtbot.keyClick(tree, key)
    assert session.called("set_mode") == [("swipe",), ("blink",), ("overlay",)]
    assert dock.findChild(QPushButton, "overlay_mode_button").isChecked()
    assert dock.findChild(QCheckBox, "show_before_check").isEnabled()
    assert "(2)" in dock.findChild(QPushButton, "swipe_mode_button").toolTip()


def test_home_end_and_the_space_bar_in_the_list(reviewing, qtbot):
    dock, session = reviewing
    tree = dock.findChild(ChangesTree, "review_changes")
    ends = []
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(tree, key)
        ends.append(tree.current_handle())
        assert session.called("show_change")[-1][0].key == tree.current_handle().key
    tree.step(-1)
    assert tree.current_handle() == ends[0] != ends[1]
    qtbot.keyPress(tree, Qt.Key.Key_Space)
    qtbot.keyRelease(tree, Qt.Key.Key_Space)
    assert session.called("hold_before") == [(True,), (False,)]


def test_ones_own_changes_have_no_decision_and_only_the_tabs_that_need_no_province(show):
    session = working(account=sample.TECHNICIAN, inbox=sample.inbox())
    dock = show(session)
    session.preview.show()
    tabs = dock.findChild(QTabWidget, "review_tabs")
    shown = {type(tabs.widget(number)).__name__ for number in range(tabs.count()) if tabs.isTabVisible(number)}
    assert shown == {"ChangesTab", "BalanceTab", "FindingsTab"}
    assert "not sent yet" in dock.findChild(QLabel, "review_header").text()
    for name in ("approve_button", "return_button", "next_proposal_button"):
        assert not dock.findChild(QPushButton, name).isVisibleTo(dock)
    tabs.setCurrentIndex(1)
    plan, refs = session.balance.asked[0]
    assert (plan, len(refs)) == (sample.DIEP_SON, 4)
    session.open_review("p-1")
    assert tabs.isTabVisible(tabs.count() - 1)
    assert dock.findChild(QPushButton, "approve_button").isVisibleTo(dock)


def test_several_changes_are_summed_up(reviewing):
    dock, _session = reviewing
    tree = dock.findChild(ChangesTree, "review_changes")
    table = dock.findChild(QTableWidget, "before_after_table")
    tree.select_handles([LOT, Ref(sample.LOTS.id, sample.key(3))])
    tree.itemSelectionChanged.emit()
    rows = [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]
    assert rows[0][:2] == ["Changes", "1 changed, 1 removed"]
    assert ["Land-use function (2)", "20,000.0 m² (2.00 ha)", "6,250.0 m²"] in rows
    told = {row[0]: row[1:] for row in rows}
    assert told["Land function, level 2 (2)"][0] == "Urban residential land (ODT)"
    assert told["Feature name (1)"] == ["Lô đất ở ODT-003", "–"]
    tree.select_handle(LOT)
    assert table.item(0, 0).text() == "Shape (area)"


def test_what_changed_has_a_sign_among_what_didnt(reviewing):
    dock, session = reviewing
    session.selected.emit(LOT)
    dock.findChild(QCheckBox, "everything_check").setChecked(True)
    table = dock.findChild(QTableWidget, "before_after_table")
    signs = {table.item(row, 0).text(): not table.item(row, 0).icon().isNull() for row in range(table.rowCount())}
    assert signs["Land function, level 2"]
    assert not signs["Feature name"]


def test_values_are_copied_with_their_headers(reviewing):
    dock, session = reviewing
    session.selected.emit(LOT)
    table = dock.findChild(QTableWidget, "before_after_table")
    table.actions()[0].trigger()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "Attribute\tBefore\tAfter"
    assert "Storeys, at most\t5\t1" in lines
    table.selectRow(0)
    table.copy()
    assert len(QApplication.clipboard().text().splitlines()) == 2
