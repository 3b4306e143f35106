"""What waits for my sign-off or decision, as a table that folds itself in a narrow dock."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.chips import TONE_ROLE, ChipDelegate
from commune_planning_plugin.gui.discussion_words import asked_line, unread_title
from commune_planning_plugin.gui.labels import STATE_TONES, Tone, plain, state_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import bold_font, button, button_row, fill, text_label
from commune_planning_plugin.sync.documents import ProposalSummary

TITLE, COMMUNE, PLAN, CHANGES, AGE, STATE = range(6)
WIDE = 620
"""From this width on, in pixels, each thing has a column of its own; below, they stand under the title."""

_DECIDING = frozenset({"head", "reviewer", "approver"})


class InboxPanel(QFrame):
    """Emits the proposal to open."""

    open_asked = pyqtSignal(str)

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[ProposalSummary, ...] = ()
        self._count = text_label(name="inbox_count", bold=True)
        self._empty = text_label(name="inbox_empty")
        self._table = self._inbox_table()
        self._open = button(translate("Review", "&Open the proposal"), "open_button", "review", act=self._do_open)
        self._refresh = button(translate("Review", "Re&fresh"), "refresh_button", "refresh", act=session.refresh)
        parts = (self._count, self._empty, self._table, button_row(self._open, self._refresh))
        fill(self, *parts, margin=6, spacing=6)
        self.layout().setStretchFactor(self._table, 1)
        self.layout().addStretch(0)

    def _inbox_table(self) -> QTableWidget:
        table = QTableWidget(0, 6)
        table.setObjectName("inbox_table")
        table.setAccessibleName(translate("Review", "Proposals waiting for a decision"))
        table.setHorizontalHeaderLabels(_headers())
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setItemDelegateForColumn(STATE, ChipDelegate(table))
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setMinimumHeight(160)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        table.itemSelectionChanged.connect(self._show_actions)
        table.itemActivated.connect(lambda _item: self._do_open())
        return table

    # --- showing ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        chosen = self._chosen()
        self._shown = tuple(sorted(self._session.inbox, key=lambda summary: summary.updated_at))
        self._table.setRowCount(len(self._shown))
        for row, summary in enumerate(self._shown):
            self._show_row(row, summary)
        self._count.setText(translate("Review", "%n proposal(s) waiting for you", None, len(self._shown)))
        for widget, shown in ((self._count, bool(self._shown)), (self._table, bool(self._shown)), (self._open, bool(self._shown))):
            widget.setVisible(shown)
        self._empty.setText(self._empty_text())
        self._empty.setVisible(not self._shown)
        self._refresh.setVisible(self._session.account is not None)
        self._choose(chosen)
        self._fold()
        self._show_actions()

    def _show_row(self, row: int, summary: ProposalSummary) -> None:
        state = plain(summary.state)
        texts = {
            TITLE: self._title_text(summary),
            COMMUNE: summary.commune_name,
            PLAN: summary.plan_name,
            CHANGES: quantities.number(summary.changes),
            AGE: quantities.age(summary.updated_at),
            STATE: state_label(state),
        }
        for number, text in texts.items():
            item = QTableWidgetItem(text)
            item.setToolTip(f"{summary.title}\n{summary.commune_name} · {summary.plan_name}\n{state_label(state)}")
            self._table.setItem(row, number, item)
        self._table.item(row, TITLE).setFont(bold_font(self.font()) if self._session.discussion.unread(summary) else self.font())
        self._table.item(row, STATE).setData(TONE_ROLE, STATE_TONES.get(state, Tone.PLAIN).value)

    def _title_text(self, summary: ProposalSummary) -> str:
        title = unread_title(summary.title, self._session.discussion.unread(summary))
        if self.width() >= WIDE:
            return title
        changes = summary.changes
        count = translate("Review", "%n change(s)", None, changes)
        last = f"{count} · {quantities.age(summary.updated_at)} · {state_label(summary.state)}"
        asked = asked_line(summary)
        return "\n".join(part for part in (title, f"{summary.commune_name} · {summary.plan_name}", last, asked) if part)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        for number in (COMMUNE, PLAN, CHANGES, AGE, STATE):
            self._table.setColumnHidden(number, self.width() < WIDE)
        for row, summary in enumerate(self._shown):
            self._table.item(row, TITLE).setText(self._title_text(summary))

    def _empty_text(self) -> str:
        account = self._session.account
        if account is None:
            return translate("Review", "Sign in first, in the dock Working copy.")
        if any(plain(grant.role) == "agency" for grant in account.roles):
            return translate(
                "Review", "Nothing waits for your agency. Proposals appear here when the province asks for your opinion."
            )
        if not any(plain(grant.role) in _DECIDING for grant in account.roles):
            return translate(
                "Review", "Here heads of communes sign off proposals, and the province decides on them. Your account does neither."
            )
        return translate("Review", "Nothing waits for you. Proposals appear here when communes send them.")

    # --- choosing -----------------------------------------------------------------------------------------------------

    def _chosen(self) -> str:
        selected = self._table.selectionModel().selectedRows()
        return self._shown[selected[0].row()].id if selected and selected[0].row() < len(self._shown) else ""

    def _choose(self, proposal: str) -> None:
        """The one that was chosen before; else the one that has waited longest."""
        rows = {summary.id: row for row, summary in enumerate(self._shown)}
        if rows:
            self._table.selectRow(rows.get(proposal, 0))

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
        """The next proposal that waits, other than this one."""
        others = [summary.id for summary in self._shown if summary.id != proposal]
        return others[0] if others else None


def _headers() -> list[str]:
    return [
        translate("Review", "Proposal"),
        translate("Review", "Commune"),
        translate("Review", "Plan"),
        translate("Review", "Changes"),
        translate("Review", "Age"),
        translate("Review", "State"),
    ]
