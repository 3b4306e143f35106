"""The decision's figures beside the map's: what is stated can be edited, what differs is said in words."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from commune_planning_plugin.core.decision import HECTARE, Figures, FunctionArea
from commune_planning_plugin.core.reconciliation import Kind, Line, Reconciliation, Tolerance, reconcile
from commune_planning_plugin.gui.chips import tint
from commune_planning_plugin.gui.decision_words import amount, line_title, verdict
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import interface_locale, translate
from commune_planning_plugin.gui.parts import Notice, fill, plain_tip

WHAT, STATED, MEASURED, VERDICT = range(4)
WIDE = 480
"""From this width on, in pixels, the comparison has a column of its own; below, what differs stands under the figure's name."""


class ReconciliationTable(QFrame):
    """Shows what is stated against ``measured``; where it may be edited, the comparison follows each figure."""

    edited = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._describer = Describer(None)
        self._stated, self._measured, self._tolerance = Figures(), Figures(), Tolerance()
        self._lines: tuple[Line, ...] = ()
        self._editable, self._narrow = False, True
        self._said = Notice(Tone.GOOD, "reconciliation_said")
        self._table = self._made()
        fill(self, self._said, self._table)

    def _made(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setObjectName("reconciliation_table")
        table.setAccessibleName(translate("Decision", "The decision's figures and the map's"))
        table.setHorizontalHeaderLabels(
            [
                translate("Decision", "Figure"),
                translate("Decision", "Decision"),
                translate("Decision", "Map"),
                translate("Decision", "Comparison"),
            ]
        )
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.setMinimumHeight(150)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(VERDICT, QHeaderView.ResizeMode.Stretch)
        table.itemChanged.connect(self._heard)
        return table

    @property
    def stated(self) -> Figures:
        return self._stated

    @property
    def compared(self) -> Reconciliation:
        return reconcile(self._stated, self._measured, self._tolerance)

    def show_figures(self, catalogue: Any, stated: Figures, measured: Figures, tolerance: Tolerance, editable: bool) -> None:
        self._describer = Describer(catalogue)
        self._stated, self._measured, self._tolerance, self._editable = stated, measured, tolerance, editable
        self._show()

    def _show(self) -> None:
        compared = self.compared
        self._lines = compared.lines
        self._table.blockSignals(True)
        self._table.setColumnHidden(VERDICT, self._narrow)
        self._table.setRowCount(len(self._lines))
        both = any(line.kind is Kind.BEFORE for line in self._lines)
        for row, line in enumerate(self._lines):
            self._show_line(row, line, both)
        self._table.blockSignals(False)
        self._say(compared)

    def _show_line(self, row: int, line: Line, both: bool) -> None:
        stated, measured = amount(line, line.stated), amount(line, line.measured)
        title, said = line_title(self._describer, line, both), verdict(line)
        named = line_title(self._describer, line, both, with_code=not self._narrow)
        if self._narrow and not line.agrees:  # what agrees has a sign that says so
            named = f"{named}\n{said}"
        for number, text in enumerate((named, stated, measured, said)):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(f"{title}\n{said}" if number == WHAT else text))
            item.setData(int(Qt.ItemDataRole.AccessibleTextRole), f"{title}: {said}" if number == WHAT else text)
            writes = self._editable and number == STATED
            item.setFlags(item.flags() if writes else item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            if number in (STATED, MEASURED):
                item.setTextAlignment(int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
            if number == (WHAT if self._narrow else VERDICT):
                item.setIcon(icon("ok" if line.agrees else "warning"))
            if not line.agrees:
                item.setBackground(tint(Tone.WARNING))
            self._table.setItem(row, number, item)

    def _say(self, compared: Reconciliation) -> None:
        if compared.agrees:
            self._said.say(translate("Decision", "The map agrees with the decision."), Tone.GOOD)
        elif not compared.lines:
            self._said.say(translate("Decision", "The decision states no figures, so nothing can be compared."), Tone.WARNING)
        else:
            count = len(compared.deviating)
            self._said.say(translate("Decision", "%n figure(s) differ from the map.", None, count), Tone.WARNING)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        if (self.width() < WIDE) is not self._narrow:
            self._narrow = self.width() < WIDE
            self._show()

    # --- editing ------------------------------------------------------------------------------------------------------

    def _heard(self, item: QTableWidgetItem) -> None:
        if item.column() == STATED and item.row() < len(self._lines):
            line = self._lines[item.row()]
            value = _number(item.text())
            if value is not None:
                self._stated = _with(self._stated, line, value)
            self._show()
            self.edited.emit()


def _number(text: str) -> Optional[float]:
    value, good = interface_locale().toDouble(text.strip())
    return value if good and 0 <= value < 1e8 else None


def _with(stated: Figures, line: Line, value: float) -> Figures:
    if line.kind is Kind.LOTS:
        return Figures(stated.areas, round(value), stated.boundary, stated.scope)
    if line.kind is Kind.BOUNDARY:
        return Figures(stated.areas, stated.lots, value * HECTARE, stated.scope)
    code = line.function or ""
    known = stated.areas.get(code, FunctionArea(0.0))
    before = value * HECTARE if line.kind is Kind.BEFORE else known.before
    after = value * HECTARE if line.kind is Kind.AFTER else known.after
    return Figures({**stated.areas, code: FunctionArea(after, before)}, stated.lots, stated.boundary, stated.scope)
