"""The inbox as a table's model: thousands of lines cost no more than those that are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Optional

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QGuiApplication

from commune_planning_plugin.gui.authority_text import shown_state
from commune_planning_plugin.gui.chips import TONE_ROLE
from commune_planning_plugin.gui.discussion_words import unread_title
from commune_planning_plugin.gui.inbox_rows import AGE, CHANGES, SORT, STATE, TITLE, cells, folded_title, tip
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import bold_font, plain_tip
from commune_planning_plugin.sync.proposal_documents import ProposalSummary

_NOWHERE = QModelIndex()


class InboxModel(QAbstractTableModel):
    """Keeps the order that was chosen over a refresh."""

    def __init__(self, unread: Callable[[ProposalSummary], int], parent: Optional[QObject] = None) -> None:
        """``unread``: how much was said about a proposal that the account hasn't read."""
        super().__init__(parent)
        self._unread = unread
        self.rows: tuple[ProposalSummary, ...] = ()
        self.narrow = False
        self._column, self._reverse = AGE, False

    def show(self, rows: Sequence[ProposalSummary]) -> None:
        """Other lines, in the chosen order."""
        self.beginResetModel()
        self.rows = tuple(sorted(rows, key=SORT[self._column], reverse=self._reverse))
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._reverse = column, order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        self.rows = tuple(sorted(self.rows, key=SORT[column], reverse=self._reverse))
        self.layoutChanged.emit()

    def row_of(self, proposal: str) -> Optional[int]:
        """Where a proposal stands now."""
        return next((row for row, summary in enumerate(self.rows) if summary.id == proposal), None)

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:  # noqa: N802 (Qt)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:  # noqa: N802 (Qt)
        return 0 if parent.isValid() else STATE + 1

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        summary, column = self.rows[index.row()], index.column()
        if role == int(Qt.ItemDataRole.DisplayRole):
            if column != TITLE:
                return cells(summary)[column]
            title = unread_title(summary.title, self._unread(summary))
            return folded_title(summary, title) if self.narrow else title
        if role == int(Qt.ItemDataRole.FontRole) and column == TITLE and self._unread(summary):
            return bold_font(QGuiApplication.font())
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return plain_tip(tip(summary))
        if role == TONE_ROLE and column == STATE:
            return shown_state(summary)[1].value
        if role == int(Qt.ItemDataRole.TextAlignmentRole) and column == CHANGES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(  # noqa: N802 (Qt)
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != int(Qt.ItemDataRole.DisplayRole):
            return None
        return _headers()[section]


def _headers() -> tuple[str, ...]:
    return (
        translate("Review", "Proposal"),
        translate("Review", "Commune"),
        translate("Review", "Plan"),
        translate("Review", "Changes"),
        translate("Review", "Due"),
        translate("Review", "Age"),
        translate("Review", "State"),
    )
