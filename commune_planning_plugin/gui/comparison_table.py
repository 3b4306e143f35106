"""Attributes side by side, only what changed in bold: original and mine, or before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from qgis.PyQt.QtCore import QModelIndex, QSize, Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from commune_planning_plugin.gui.chips import tint
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import bold_font


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

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """Small: the layout gives the table what room there is."""
        return QSize(260, self.minimumHeight())

    def show_lines(self, sides: Sequence[str], lines: Sequence[Line]) -> None:
        """``sides`` are the columns' headers after the attribute's title."""
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
            item.setToolTip(text)
            if line.changed and column:
                item.setFont(bold_font(self.font()))
            if line.conflict:
                item.setBackground(tint(Tone.CONFLICT))
            self.setItem(row, column, item)
        if covered:
            self.setSpan(row, 1, 1, 1 + len(covered))
