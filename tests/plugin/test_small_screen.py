"""What a review shows on 1366 × 768, where it leaves a dock 560 pixels of height, in both languages and with long names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTabWidget,
    QToolButton,
)

from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.gui.changes_tree import ChangesTree
from commune_planning_plugin.gui.language import install_translation, remove_translation
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.gui.review_panel import ReviewPanel
from commune_planning_plugin.gui.tab_flow import TabButton, TabFlow
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.proposal_documents import StepTaken
from tests.plugin import sample
from tests.plugin.fake_session import working
from tests.plugin.test_related_tab import RELATED

LONG = (
    "Điều chỉnh cục bộ quy hoạch phân khu đô thị du lịch sinh thái ven biển Bắc Vân Phong, bổ sung bãi đỗ xe công cộng và lối "
    "xuống biển"
)
LOT = Ref(sample.LOTS.id, sample.key(2))
RETURNED = StepTaken(Step.RETURN, "Phạm Thu Thủy", sample.ago(days=2), "Lấn sang đường số 5, đề nghị lùi ranh lô vào 2 m.", 1)


@pytest.fixture(params=["vi", "en"])
def _language(request):
    translator = install_translation(request.param)
    yield
    remove_translation(translator)


@pytest.fixture(params=[341, 300])
def low(request, keep_dock, _language):
    """A second version with a competing proposal and a return before it: all notices at once."""
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = ReviewDock(session)
    letters = QFont(dock.font())
    letters.setPixelSize(12)  # QGIS's own there
    dock.setFont(letters)
    keep_dock(dock, request.param)
    dock.resize(request.param, 560)
    summary = replace(sample.summary("p-1", State.IN_REVIEW, version=2, can=(Step.RETURN, Step.REJECT, Step.APPROVE)), title=LONG)
    made = sample.detail("p-1", summary=summary)
    session.set(review=replace(made, steps=(*made.steps, RETURNED)))
    session.related.answer(RELATED)
    dock.findChild(ChangesTree, "review_changes").select_handle(LOT)
    session.selected.emit(LOT)
    QApplication.processEvents()
    return dock


def test_the_values_are_read_without_scrolling_what_is_around(low):
    table = low.findChild(QTableWidget, "before_after_table")
    assert table.visibleRegion().boundingRect().height() == table.height()
    assert table.rowAt(table.viewport().height() - 1) >= 1 or table.rowAt(table.viewport().height() - 1) == -1  # two at least
    around = next(area for area in low.findChildren(QScrollArea) if area.isAncestorOf(table))
    assert not around.verticalScrollBar().isVisible()
    assert not around.horizontalScrollBar().isVisible()


def test_titles_of_tabs_take_two_lines_and_none_is_cut(low):
    made = [each for each in low.findChild(TabFlow).findChildren(TabButton) if each.isVisible()]
    assert len({each.y() for each in made}) == 2
    assert not [each.text() for each in made if each.width() < each.sizeHint().width()]


def test_a_notice_takes_a_line_and_tells_all_on_a_click(low):
    for name, words in (("competing_notice_text", RELATED.competing[0].commune_name), ("returned_notice_text", RETURNED.reason)):
        toggle = low.findChild(QToolButton, f"{name}_toggle")
        notice = toggle.parent()
        assert notice.height() < 2 * notice.label.fontMetrics().lineSpacing()
        toggle.click()
        assert words in notice.label.text()


def test_with_letters_of_150_percent_list_and_values_are_in_sight_and_nothing_goes_sideways(low, qtbot):
    low.resize(340, 306)  # what 1366 × 768 leaves then, in its own pixels
    review = low.findChild(ReviewPanel)
    tree, table = low.findChild(ChangesTree, "review_changes"), low.findChild(QTableWidget, "before_after_table")
    tabs = low.findChild(QTabWidget, "review_tabs")
    tabs.setCurrentIndex(1)
    tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: not table.visibleRegion().isEmpty() and not tree.visibleRegion().isEmpty())
    reason = low.findChild(QPlainTextEdit, "reason_edit")
    assert not reason.isVisible()
    low.findChild(QPushButton, "return_button").click()
    assert reason.isVisible()  # asked for now
    for area in review.findChildren(QAbstractScrollArea):
        assert not (area.isVisible() and area.horizontalScrollBar().isVisible()), area.objectName()
