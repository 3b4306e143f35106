"""Attributes side by side, only what changed in bold: original and mine, or before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from qgis.PyQt.QtCore import QModelIndex, QSize, Qt
from qgis.PyQt.QtGui import QGuiApplication, QKeySequence
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAction,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from commune_planning_plugin.gui.chips import tint
from commune_planning_plugin.gui.icons import change_icon
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import bold_font, plain_tip


@dataclass(frozen=True)
class Line:
    """One attribute with its value on each side, or with one that is about all of them."""

    title: str
    values: tuple[str, ...]
    changed: bool = True
    conflict: bool = False


class _WholeWidth(QStyledItemDelegate):
    """Qt takes the height of a cell that spans columns for one column's width."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802 (Qt)
        table = self.parent()
        columns = range(index.column(), index.column() + table.columnSpan(index.row(), index.column()))
        option.rect.setWidth(sum(table.columnWidth(column) for column in columns))
        return super().sizeHint(option, index)


class ComparisonTable(QTableWidget):
    """Read-only; text wraps, rows are as high as their text."""

    def __init__(self, name: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._marked = False
        self.setObjectName(name)
        self.setAccessibleName(translate("Common", "Attributes that differ"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(112)
        self.setItemDelegate(_WholeWidth(self))
        self.verticalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(40)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

        copy = QAction(translate("Common", "Copy"), self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(lambda _checked=False: self.copy())
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def copy(self) -> None:
        """The selected lines, or all, with their headers, into the clipboard: to be pasted into a document or a spreadsheet."""
        chosen = sorted({index.row() for index in self.selectedIndexes()}) or range(self.rowCount())
        head = [self.horizontalHeaderItem(column).text() for column in range(self.columnCount())]
        cells = ([self.item(row, column).text() for column in range(self.columnCount())] for row in chosen)
        lines = ("\t".join(cell.replace("\n", " ") for cell in line) for line in (head, *cells))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """Small: the layout gives the table what room there is."""
        return QSize(260, self.minimumHeight())

    def show_lines(self, sides: Sequence[str], lines: Sequence[Line]) -> None:
        """``sides`` are the columns' headers after the attribute's title. Among lines that don't differ, those that do have a sign
        as well: bold type alone is easily missed."""
        self._marked = not all(line.changed for line in lines)
        self.clear()
        self.setColumnCount(1 + len(sides))
        self.setHorizontalHeaderLabels([translate("Common", "Attribute"), *sides])
        self.setRowCount(len(lines))
        self.clearSpans()
        for row, line in enumerate(lines):
            self._show_line(row, line)

    def _show_line(self, row: int, line: Line) -> None:
        covered = [""] * (self.columnCount() - 1 - len(line.values))
        for column, text in enumerate((line.title, *line.values, *covered)):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(text))
            if line.changed and column:
                item.setFont(bold_font(self.font()))
            if line.conflict:
                item.setBackground(tint(Tone.CONFLICT))
            if not column and (line.conflict or (line.changed and self._marked)):
                item.setIcon(change_icon("update", line.conflict))
            self.setItem(row, column, item)
        if covered:
            self.setSpan(row, 1, 1, 1 + len(covered))
