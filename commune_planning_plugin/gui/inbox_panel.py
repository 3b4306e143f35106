"""What waits for my sign-off or decision, as a table that folds itself in a narrow dock."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from commune_planning_plugin.adapters import settings
from commune_planning_plugin.gui.authority_text import decision_line
from commune_planning_plugin.gui.chips import ChipDelegate
from commune_planning_plugin.gui.discussion_words import asked_line
from commune_planning_plugin.gui.inbox_filter import InboxFilterBar, Offered
from commune_planning_plugin.gui.inbox_model import InboxModel
from commune_planning_plugin.gui.inbox_rows import (
    AGE,
    DUE,
    HUB_ORDER,
    PLAN,
    STATE,
    TITLE,
    all_choices,
    choices,
    is_overdue,
    passing,
)
from commune_planning_plugin.gui.labels import plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import button, button_row, fill, text_label
from commune_planning_plugin.gui.quantities import number
from commune_planning_plugin.sync.list_calls import InboxFilter, Question

WIDE = 620
"""From this width on, in pixels, each thing has a column of its own; below, they stand under the title."""
VERY_WIDE = 840
"""From this width on the plan's name has room as well."""

_DECIDING = frozenset({"head", "reviewer", "approver"})
_WIDTHS = (0, 110, 130, 64, 96, 110, 120)
"""Pixels by column; the title takes what is left."""


class InboxPanel(QFrame):
    """Emits the proposal to open. What it is narrowed down to is remembered."""

    open_asked = pyqtSignal(str)

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._filter = InboxFilter.from_text(settings.inbox_filter())
        self._model = InboxModel(session.discussion.unread, self)
        self._count = text_label(name="inbox_count", bold=True)
        self._bar = InboxFilterBar()
        self._empty = text_label(name="inbox_empty")
        self._table = self._inbox_table()
        self._open = button(translate("Review", "&Open the proposal"), "open_button", "review", act=self._do_open)
        self._refresh = button(translate("Review", "Re&fresh"), "refresh_button", "refresh", act=session.refresh)
        self._everything = button(translate("Review", "Show &all"), "clear_filter_button", act=self._clear_filter)
        parts = (self._count, self._bar, self._empty, self._table, button_row(self._open, self._everything, self._refresh))
        fill(self, *parts, margin=6, spacing=6)
        self.layout().setStretchFactor(self._table, 1)
        self.layout().addStretch(0)
        self._bar.changed.connect(self._narrow)
        self._model.order_asked.connect(self._reorder)
        self._model.more_asked.connect(session.inbox_list.more)

    def _inbox_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("inbox_table")
        table.setAccessibleName(translate("Review", "Proposals waiting for a decision"))
        table.setModel(self._model)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setItemDelegateForColumn(STATE, ChipDelegate(table))
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setMinimumHeight(160)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(_WIDTHS):
            if width:
                table.setColumnWidth(column, width)
        header.setSortIndicator(AGE, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        table.selectionModel().selectionChanged.connect(lambda *_: self._show_actions())
        table.activated.connect(lambda _index: self._do_open())
        return table

    # --- showing ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._bar.show_value(self._filter, self._offered(self._filter))
        self._show_rows()

    def _offered(self, wanted: InboxFilter) -> Offered:
        session, listing = self._session, self._session.inbox_list
        if listing.all_here or session.catalogue is None:
            return choices(session.inbox)
        return all_choices(session.catalogue, listing.whole.counts, wanted.commune)

    def _show_rows(self) -> None:
        chosen, listed, listing = self._chosen(), self._session.inbox, self._session.inbox_list
        listing.ask(Question(self._filter, HUB_ORDER[self._model.column], self._model.reverse))
        if listing.here or listing.asking:  # what is here is shown at once, and the hub's answer when it comes
            me = self._session.account.full_name if self._session.account is not None else ""
            self._model.show(passing(listing.known, self._filter, me))
        else:
            self._model.show(listing.answer.proposals, ordered=True, has_more=listing.has_more)
        self._count.setText(self._count_text())
        for widget in (self._count, self._bar, self._table, self._open):
            widget.setVisible(bool(listed))
        self._everything.setVisible(bool(listed) and self._filter.active)
        self._empty.setText(self._empty_text())
        self._empty.setVisible(not listed)
        self._refresh.setVisible(self._session.account is not None)
        self._fold()
        self._choose(chosen)
        self._show_actions()

    def _count_text(self) -> str:
        listing, shown = self._session.inbox_list, len(self._model.rows)
        total = listing.whole.total
        overdue = sum(map(is_overdue, self._session.inbox)) if listing.all_here else listing.whole.overdue
        parts = [translate("Review", "%n proposal(s) waiting for you", None, total)]
        if overdue:
            parts.append(translate("Review", "%n overdue", None, overdue))
        if listing.asking:
            parts.append(translate("Review", "asking the hub …"))
        elif not listing.here and self._filter.active:
            found = listing.answer.total
            parts.append(translate("Review", "%n found", None, found))
        if shown != total:
            parts.append(translate("Review", "%n shown", None, shown))
        return " · ".join(parts) + self._partly()

    def _partly(self) -> str:
        """That a long list isn't here as a whole while nobody can be asked for the rest."""
        listing = self._session.inbox_list
        if listing.all_here or not listing.here:
            return ""
        text = translate("Review", "No connection: {kept} of {all} are on this computer, and only these are searched.")
        return "\n" + text.format(kept=number(len(listing.known)), all=number(listing.whole.total))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        narrow = self.width() < WIDE
        self._model.narrow = narrow
        without_due = not any(summary.due_at for summary in self._session.inbox_list.known)
        for column in range(1, len(_WIDTHS)):
            gone = (column == PLAN and self.width() < VERY_WIDE) or (column == DUE and without_due)
            self._table.setColumnHidden(column, narrow or gone)
        more = max((bool(asked_line(each)) + bool(decision_line(each)) for each in self._session.inbox_list.known), default=0)
        lines = 3 + more if narrow else 1
        self._table.verticalHeader().setDefaultSectionSize(lines * self._table.fontMetrics().lineSpacing() + 10)
        self._table.viewport().update()

    def _empty_text(self) -> str:
        account = self._session.account
        if account is None:
            return translate("Review", "Sign in first, in the dock Working copy.")
        if any(plain(grant.role) == "agency" for grant in account.roles):
            return translate(
                "Review", "Nothing waits for your agency. Proposals appear here when the province asks for your opinion."
            )
        if not account.mandates and not any(plain(grant.role) in _DECIDING for grant in account.roles):
            return translate(
                "Review", "Here heads of communes sign off proposals, and the province decides on them. Your account does neither."
            )
        return translate("Review", "Nothing waits for you. Proposals appear here when communes send them.")

    # --- narrowing down -----------------------------------------------------------------------------------------------

    def _narrow(self) -> None:
        self._filter = self._bar.value
        settings.set_inbox_filter(self._filter.to_text())
        if not self._session.inbox_list.all_here:
            self._bar.show_value(self._filter, self._offered(self._filter))  # plans of the commune that was chosen
        self._show_rows()

    def _reorder(self) -> None:
        """A header was clicked: of a long list the hub is asked, and what is here is shown in that order meanwhile."""
        if not self._session.inbox_list.all_here:
            self._show_rows()

    def _clear_filter(self) -> None:
        self._bar.show_value(InboxFilter(), self._offered(InboxFilter()))
        self._narrow()

    # --- choosing -----------------------------------------------------------------------------------------------------

    def _chosen(self) -> str:
        index = self._table.currentIndex()
        return self._model.rows[index.row()].id if index.isValid() and index.row() < len(self._model.rows) else ""

    def _choose(self, proposal: str) -> None:
        """The one that was chosen before; else the first. Choosing again would scroll back to it."""
        if self._model.rows and not (proposal and self._chosen() == proposal):
            self._table.selectRow(self._model.row_of(proposal) or 0)

    def _show_actions(self) -> None:
        chosen = bool(self._chosen())
        self._open.setEnabled(chosen and self._session.job is None)
        self._open.setToolTip("" if chosen else translate("Review", "Select a proposal in the table first"))

    def show_job(self) -> None:
        self._show_actions()

    def _do_open(self) -> None:
        if self._chosen() and self._session.job is None:
            self.open_asked.emit(self._chosen())

    def after(self, proposal: str) -> Optional[str]:
        """The proposal that follows this one as the table shows them, round the end; the first where it isn't shown."""
        ids = [summary.id for summary in self._model.rows]
        start = ids.index(proposal) + 1 if proposal in ids else 0
        if start >= len(ids) - 1:
            self._session.inbox_list.more()
        others = [each for each in (*ids[start:], *ids[:start]) if each != proposal]
        return others[0] if others else None
