"""The inbox as a table's model: thousands of lines cost no more than those that are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Optional

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal
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
    """Keeps the order that was chosen over a refresh. Where the lines come ordered (``ordered``), another order is asked for."""

    order_asked = pyqtSignal()
    more_asked = pyqtSignal()
    """The end is in sight, and more follows (``has_more``)."""

    def __init__(self, unread: Callable[[ProposalSummary], int], parent: Optional[QObject] = None) -> None:
        """``unread``: how much was said about a proposal that the account hasn't read."""
        super().__init__(parent)
        self._unread = unread
        self.rows: tuple[ProposalSummary, ...] = ()
        self.narrow = False
        self.ordered = self.has_more = False
        self.column, self.reverse = AGE, False

    def show(self, rows: Sequence[ProposalSummary], ordered: bool = False, has_more: bool = False) -> None:
        """Other lines, in the chosen order; those that follow the shown ones are added, and the table stays where it is."""
        before, self.ordered, self.has_more = self.rows, ordered, has_more
        shown = tuple(rows) if ordered else self._sorted(rows)
        if before and [each.id for each in before] == [each.id for each in shown[: len(before)]]:
            self._replace(shown)
            return
        self.beginResetModel()
        self.rows = shown
        self.endResetModel()

    def _replace(self, shown: tuple[ProposalSummary, ...]) -> None:
        count = len(self.rows)
        self.rows = shown[:count]
        self.dataChanged.emit(self.index(0, 0), self.index(count - 1, STATE))
        if len(shown) > count:
            self.beginInsertRows(_NOWHERE, count, len(shown) - 1)
            self.rows = shown
            self.endInsertRows()

    def _sorted(self, rows: Sequence[ProposalSummary]) -> tuple[ProposalSummary, ...]:
        return tuple(sorted(rows, key=SORT[self.column], reverse=self.reverse))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.column, self.reverse = column, order == Qt.SortOrder.DescendingOrder
        if not self.ordered:
            self.layoutAboutToBeChanged.emit()
            self.rows = self._sorted(self.rows)
            self.layoutChanged.emit()
        self.order_asked.emit()

    def canFetchMore(self, parent: QModelIndex) -> bool:  # noqa: N802 (Qt)
        return not parent.isValid() and self.has_more

    def fetchMore(self, parent: QModelIndex) -> None:  # noqa: N802 (Qt)
        if self.canFetchMore(parent):
            self.has_more = False
            self.more_asked.emit()

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
