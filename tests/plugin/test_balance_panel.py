"""The land-fund balance on the screen, and of one's own changes from the working copy."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QTableWidget, QTabWidget

from commune_planning_plugin.core.balance import Balance, Closing, Extent, Fate, FunctionLine, Plot, PlotLine
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.norms import NormResult
from commune_planning_plugin.gui.balance_chart import BalanceChart
from commune_planning_plugin.gui.balance_panel import BalancePanel
from commune_planning_plugin.gui.changes_tree import ChangesTree
from commune_planning_plugin.gui.review_balance import BalanceTab
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.session.local_changes import LocalBalance
from commune_planning_plugin.store import Ref
from tests.plugin import sample
from tests.plugin.docks import click, tab_title
from tests.plugin.fake_session import working

LINES = (
    FunctionLine("ODT", Extent(1_234_567.0, 40), Extent(1_231_433.0, 41)),
    FunctionLine("CX", Extent(765_433.0, 12), Extent(765_433.0, 12)),
    FunctionLine("TMD", Extent(), Extent(3_134.0, 1)),
)
PLOTS = (
    PlotLine(sample.key(1), Fate.SPLIT, None, Plot(sample.key(1), "TMD", 3_134.0, "TM-01"), (sample.key(2),)),
    PlotLine(
        sample.key(2), Fate.SPLIT, Plot("", "ODT", 10_000.0, "ODT-002"), Plot("", "ODT", 6_866.0, "ODT-002"), (sample.key(1),)
    ),
    PlotLine(sample.key(3), Fate.KEPT, Plot("", "CX", 5.0), Plot("", "CX", 5.0)),
)
TOTAL = 2_000_000.0


def balance(**more: object) -> Balance:
    made = Balance(LINES, PLOTS, Closing(TOTAL, TOTAL), Closing(TOTAL, TOTAL), kept=Extent(1_990_000.0, 51))
    return replace(made, **more)


def norm(after: float) -> NormResult:
    return NormResult("g", "Cây xanh", "Green", "129/QĐ-BQL", ("CX",), 10.0, 38.27, after)


@pytest.fixture
def shown(keep_dock):
    """The dock with its tab on top, and the session that answers."""

    def show(width: int = 330):
        session = working(account=sample.REVIEWER, inbox=sample.inbox())
        dock = keep_dock(ReviewDock(session), width)
        session.open_review("p-1")
        tabs = dock.findChild(QTabWidget, "review_tabs")
        tabs.setCurrentWidget(dock.findChild(BalancePanel).parent())
        return dock, session

    return show


def texts(table: QTableWidget) -> list[list[str]]:
    return [
        [table.item(row, column).text() for column in range(table.columnCount()) if table.item(row, column) is not None]
        for row in range(table.rowCount())
    ]


def test_it_is_asked_for_when_the_tab_is_looked_at_and_once(keep_dock):
    session = working(account=sample.REVIEWER, inbox=sample.inbox())
    dock = keep_dock(ReviewDock(session), 330)
    session.open_review("p-1")
    assert session.balance.asked == []
    tabs = dock.findChild(QTabWidget, "review_tabs")
    for _ in range(2):
        tabs.setCurrentWidget(dock.findChild(BalancePanel).parent())
        tabs.setCurrentIndex(0)
    assert session.balance.asked == [("p-1",)]
    assert "computed" in dock.findChild(QLabel, "balance_closing_text").text()


def test_the_columns_add_up(shown):
    dock, session = shown(700)
    session.balance.answer(LocalBalance(balance(), True))
    table = dock.findChild(QTableWidget, "balance_table")
    rows = texts(table)
    assert rows == [
        ["Urban residential land", "123.46", "123.14", "−0.32", "61.73", "61.57", "−0.16"],
        ["Public green space", "76.54", "76.54", "–", "38.27", "38.27", "–"],
        ["Commerce and services", "0.00", "0.32", "+0.32", "0.00", "0.16", "+0.16"],
        ["Total", "200.00", "200.00", "–", "100.00", "100.00", "–"],
    ]
    assert "boundary, before and after: 2,000,000.0 m² (200.00 ha)" in dock.findChild(QLabel, "balance_closing_text").text()
    assert "40 → 41 plots" in table.item(0, 0).toolTip()


def test_what_doesnt_close_is_said_to_the_square_metre(shown):
    dock, session = shown()
    made = balance(before=Closing(TOTAL, TOTAL), after=Closing(TOTAL - 12.5, TOTAL))
    session.balance.answer(LocalBalance(made, True))
    text = dock.findChild(QLabel, "balance_closing_text").text()
    assert "Before: closes; after: 12.5 m² uncovered" in text


def test_a_part_of_a_plan_is_said_to_be_one(shown):
    dock, session = shown()
    session.balance.answer(LocalBalance(balance(after=Closing(TOTAL)), False))
    assert "Only the part" in dock.findChild(QLabel, "balance_closing_text").text()


def test_norms_say_what_they_ask_and_warn_on_the_tab(shown):
    dock, session = shown()
    session.balance.answer(LocalBalance(balance(norms=(norm(9.5), replace(norm(12.0), title_en="Roads"))), True))
    text = dock.findChild(QLabel, "balance_norms_text").text()
    assert text.splitlines() == ["✗ Green: 38.27 → 9.50 % (norm > 10 %)", "✓ Roads: 38.27 → 12.00 % (norm > 10 %)"]
    _name, more, warned = tab_title(dock, dock.findChild(BalanceTab))
    assert warned
    assert "a norm isn't met" in more


def test_an_error_is_a_sentence(shown):
    dock, session = shown()
    session.balance.answer(error=PlanningError("hub.unreachable"))
    assert "balance" not in dock.findChild(QLabel, "balance_closing_text").text()
    assert dock.findChild(QLabel, "balance_closing_text").text()
    assert not dock.findChild(QTableWidget, "balance_table").isVisible()


def test_a_function_selects_its_plots_in_list_and_map(shown):
    dock, session = shown()
    session.balance.answer(LocalBalance(balance(), True))
    dock.findChild(QTableWidget, "balance_table").selectRow(0)
    assert session.called("show_changes") == [((sample.key(2),),)]
    assert dock.findChild(ChangesTree, "review_changes").selected_handles() == [Ref(sample.LOTS.id, sample.key(2))]
    dock.findChild(QTableWidget, "balance_table").selectRow(1)  # nothing of it is touched
    assert len(session.called("show_changes")) == 1


def test_the_bars_are_the_table(shown, qtbot):
    dock, session = shown()
    session.balance.answer(LocalBalance(balance(), True))
    click(dock, "balance_bars_button")
    chart = dock.findChild(BalanceChart)
    assert "Urban residential land: 123.46 → 123.14 ha" in chart.accessibleDescription()
    assert not chart.grab().isNull()
    third = chart._legend_height() + 2 * chart._row_height() + 5
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(20, third))
    assert session.called("show_changes") == [((sample.key(1),),)]


def test_before_and_after_differ_without_colour(shown):
    """In grey the hatched bar still isn't the solid one, though both have one colour and one length."""
    dock, session = shown()
    session.balance.answer(LocalBalance(balance(functions=(LINES[1],)), True))
    click(dock, "balance_bars_button")
    chart = dock.findChild(BalanceChart)
    picture = chart.grab().toImage()
    middles = [chart._legend_height() + (1 + side) * chart._line() + chart._line() // 2 for side in (0, 1)]
    greys = [{picture.pixelColor(x, y).lightness() for x in range(10, 60)} for y in middles]
    assert len(greys[0]) > 1 == len(greys[1])


def test_plots_say_what_becomes_of_them(shown):
    dock, session = shown()
    session.balance.answer(LocalBalance(balance(), True))
    click(dock, "balance_plots_button")
    table = dock.findChild(QTableWidget, "balance_plots")
    assert [row[0] + ": " + row[3] for row in texts(table)[:2]] == ["TM-01: split: ODT-002", "ODT-002: split: TM-01"]
    assert texts(table)[2][0].startswith("52 other plot(s) stay as they are: 1,990,005.0 m²")
    table.selectRow(1)
    assert session.called("show_changes") == [((sample.key(2),),)]


def test_the_table_goes_along_as_text_and_as_a_file(shown, tmp_path: Path):
    dock, session = shown()
    session.balance.answer(LocalBalance(balance(), True))
    click(dock, "copy_balance_button")
    assert QGuiApplication.clipboard().text().splitlines()[1].startswith("Urban residential land\t123.46\t123.14\t−0.32")
    panel = dock.findChild(BalancePanel)
    panel.export(tmp_path / "balance.csv")
    with (tmp_path / "balance.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert [len(row) for row in rows] == [7] * 5
    panel.export(tmp_path / "missing" / "balance.csv")
    assert "couldn't be written" in dock.findChild(QLabel, "balance_closing_text").text()


def test_every_button_has_a_name_and_fits(shown):
    dock, session = shown(300)
    session.balance.answer(LocalBalance(balance(norms=(norm(1.0),)), True))
    assert dock.minimumSizeHint().width() <= 300
    assert all(button.accessibleName() for button in dock.findChild(BalancePanel).findChildren(QPushButton))
