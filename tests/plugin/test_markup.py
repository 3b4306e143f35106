"""Words of others are shown as they are: what looks like markup in them fetches no picture and hides nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import Qgis
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QTextDocument
from qgis.PyQt.QtWidgets import QListWidget, QTableView, QTextEdit

from commune_planning_plugin.gui.comparison_table import ComparisonTable, Line
from commune_planning_plugin.gui.messages import Messages
from commune_planning_plugin.gui.parts import plain_tip
from commune_planning_plugin.gui.review_dock import ReviewDock
from tests.plugin import sample
from tests.plugin.fake_session import working
from tests.plugin.test_related_tab import OTHER, RELATED

MARKUP = 'Lô <img src="file://other/share/x.png"> <b>A</b> & B'


def read(tip: str) -> str:
    """What Qt shows of a tooltip: it takes it for HTML where that seems likely."""
    document = QTextDocument()
    document.setHtml(tip) if tip.lstrip().startswith("<") else document.setPlainText(tip)
    return document.toPlainText()


@pytest.mark.parametrize("text", [MARKUP, "<h1>A", "hai\ndòng <i>", "1 < 2", "A & B", ""])
def test_a_tip_is_the_text(text: str):
    assert read(plain_tip(text)) == text
    assert "<img" not in plain_tip(text)


def test_values_in_a_table(qtbot):
    table = ComparisonTable("table")
    qtbot.addWidget(table)
    table.show_lines(("Trước", "Sau"), [Line("Tên", ("cũ", MARKUP))])
    assert read(table.item(0, 2).toolTip()) == table.item(0, 2).text() == MARKUP


def test_the_titles_of_others(keep_dock):
    session = working(account=sample.REVIEWER, inbox=[replace(each, title=MARKUP) for each in sample.inbox()])
    dock = keep_dock(ReviewDock(session), 330)
    model = dock.findChild(QTableView, "inbox_table").model()
    tips = [model.data(model.index(row, 0), int(Qt.ItemDataRole.ToolTipRole)) for row in range(model.rowCount())]
    session.open_review("p-1")
    session.related.answer(replace(RELATED, competing=(replace(OTHER, title=MARKUP),)))
    listed = dock.findChild(QListWidget, "related_list")
    tips += [tip for tip in (listed.item(row).toolTip() for row in range(listed.count())) if "img" in tip]
    assert len(tips) == len(sample.inbox()) + 1
    assert all(MARKUP in read(tip) for tip in tips)


def test_what_the_message_bar_says(qtbot):
    bar = QgsMessageBar()
    qtbot.addWidget(bar)
    Messages(working(), bar, {})._push(MARKUP, Qgis.MessageLevel.Info, 0)
    shown = bar.findChild(QTextEdit)
    assert MARKUP in shown.toPlainText()
