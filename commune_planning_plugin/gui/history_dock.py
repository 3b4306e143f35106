"""The dock *Lịch sử*: what happened to the selected feature, and the map as of a former day."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QDockWidget, QTabWidget, QWidget

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.comparison_table import ComparisonTable
from commune_planning_plugin.gui.decision_words import day
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.differences import review_lines
from commune_planning_plugin.gui.labels import Tone, kind_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.lineage_panel import LineagePanel
from commune_planning_plugin.gui.parts import Notice, Scrolled, button, button_row, column, list_widget, set_button_text, text_label
from commune_planning_plugin.gui.past_bar import PastBar
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.gui.revisions_panel import KINDS, RevisionsPanel, refill
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.detail_documents import ReviewItem
from commune_planning_plugin.sync.history_calls import FeatureHistory, FeatureRevision

_PICTURES = {**KINDS, "effective": "ok"}


class HistoryDock(QDockWidget):
    """Asks only while it is looked at; what it draws goes when it is closed."""

    def __init__(self, session: Any, parent: Optional[QWidget] = None) -> None:
        super().__init__(translate("History", "History"), parent)
        self.setObjectName("planning_history_dock")
        self._session = session
        self._ref: Optional[Ref] = None
        self._asked: Optional[Ref] = None
        self._history: Optional[FeatureHistory] = None
        self._title = text_label(name="history_title", bold=True)
        self._said = Notice(Tone.PLAIN, "history_said")
        self._list = list_widget("history_list", translate("History", "States of the feature, the newest first"))
        self._table = ComparisonTable("history_table")
        self._restore = button(translate("History", "&Restore to this state"), "restore_button", "revert", act=self._do_restore)
        self._older = button(translate("History", "&Older states"), "older_button", "previous", act=session.history.load_older)
        self._pick = button(translate("History", "&Pick on the map"), "pick_button", "search", act=self._do_pick)
        self._pick.setCheckable(True)
        self._pick.setToolTip(translate("History", "Click a feature on the map, also of the past that it shows"))
        self._tabs = QTabWidget()
        self._lay_out()
        self._listen()
        self._show()

    def _lay_out(self) -> None:
        bar = PastBar(self._session)
        row = button_row(self._restore, self._older, self._pick)
        feature = column(self._title, self._said, self._list, self._table, row, margin=4, spacing=6)
        for stretched in (self._list, self._table):
            feature.layout().setStretchFactor(stretched, 1)
        feature.layout().addStretch(0)
        self._tabs.setObjectName("history_tabs")
        self._tabs.addTab(feature, translate("History", "Feature"))
        plan, updates = LineagePanel(self._session), RevisionsPanel(self._session)
        self._tabs.addTab(plan, translate("History", "Plan"))
        self._tabs.addTab(updates, translate("History", "Updates"))
        for panel in (plan, updates):
            panel.asked.connect(self._open)
        content = column(bar, self._tabs, margin=6, spacing=6)
        content.layout().setStretchFactor(self._tabs, 1)
        self.setWidget(Scrolled(content))

    def _open(self, ref: Ref) -> None:
        """The history of a feature that was found in another tab."""
        self._tabs.setCurrentIndex(0)
        self._session.select(ref)
        self._select(ref)

    def _listen(self) -> None:
        self._list.currentRowChanged.connect(lambda _row: self._show_entry())
        self._session.history.picking_changed.connect(self._show_picking)
        self._session.selected.connect(self._select)
        self._session.history.revisions.changed.connect(self._show)
        self._session.changed.connect(self._show_restore)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt)
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt)
        super().hideEvent(event)
        self._session.history.leave()
        self._session.history.pick(False)

    # --- showing ------------------------------------------------------------------------------------------------------

    def _select(self, ref: Optional[Ref]) -> None:
        if ref != self._ref:
            self._ref = ref
            self._history = None
            self._session.history.leave()
            self._ask()
            self._show()

    def _ask(self) -> None:
        if self.isVisible() and self._ref is not None and self._ref != self._asked:
            self._asked = self._ref
            self._session.history.load(self._ref)

    def _show(self) -> None:
        lookup = self._session.history.revisions
        self._history = lookup.about(self._ref) if self._ref is not None else None
        error = lookup.failure(self._ref) if self._ref is not None else None
        if error is not None:
            self._asked = None  # asked again when it is looked at again
        self._said.say(*self._state_text(error))
        entries = self._history.revisions if self._history is not None else ()
        self._list.blockSignals(True)
        refill(self._list, [(entry_text(entry), _PICTURES.get(entry.kind, "info"), entry) for entry in entries])
        self._list.setCurrentRow(max(0, self._list.currentRow()) if entries else -1)
        self._list.blockSignals(False)
        for widget in (self._list, self._table, self._restore, self._title):
            widget.setVisible(bool(entries))
        self._older.setVisible(self._history is not None and self._history.before is not None)
        if entries:
            self._title.setText(self._feature_title(entries))
            self._show_entry()

    def _state_text(self, error: Any) -> tuple[str, Tone]:
        if self._ref is None:
            return translate("History", "Select a feature on the map or in a list: here is what happened to it."), Tone.PLAIN
        if error is not None and getattr(error, "code", "") == "not_found":
            return translate("History", "The province doesn't know this feature yet: it is new here."), Tone.PLAIN
        if error is not None:
            said = present(error, "history", Describer(self._session.catalogue)).text
            return said + "\n" + translate("History", "The history is kept at the province: it needs a connection."), Tone.WARNING
        return ("", Tone.PLAIN) if self._history is not None else (translate("History", "Being fetched…"), Tone.PLAIN)

    def _feature_title(self, entries: tuple[FeatureRevision, ...]) -> str:
        assert self._ref is not None  # noqa: S101  # entries are of a feature
        row = next((entry.row for entry in entries if entry.row is not None), None)
        return Describer(self._session.catalogue).feature(self._ref.layer, row, self._ref.key)

    def _entry(self) -> Optional[FeatureRevision]:
        number = self._list.currentRow()
        entries = self._history.revisions if self._history is not None else ()
        return entries[number] if 0 <= number < len(entries) else None

    def _show_entry(self) -> None:
        entry, ref = self._entry(), self._ref
        if entry is None or ref is None or self._history is None:
            return
        entries = self._history.revisions
        older = entries[self._list.currentRow() + 1 :]
        before = older[0].row if older and entry.kind != "insert" else None
        item = ReviewItem(ref.layer, ref.key, "update", before, entry.row, None)
        lines = review_lines(Describer(self._session.catalogue), item, everything=before is None or entry.row is None)
        self._table.show_lines([translate("Review", "Before"), translate("Review", "After")], lines)
        if self.isVisible():
            self._session.history.show(entry, entries[0])
        self._show_restore()

    def _show_restore(self) -> None:
        entry = self._entry()
        newest = self._list.currentRow() == 0
        self._restore.setEnabled(entry is not None and entry.row is not None and not newest and self._session.has_working_copy)
        gone = self._history is not None and bool(self._history.revisions) and self._history.revisions[0].row is None
        text = translate("History", "B&ring back as it was then") if gone else translate("History", "&Restore to this state")
        set_button_text(self._restore, text)
        tip = translate("History", "The feature becomes as it was then, as an edit of yours that you save, propose, or undo")
        self._restore.setToolTip(translate("History", "This is how it is now") if newest else tip)

    def _show_picking(self) -> None:
        self._pick.setChecked(self._session.history.picking)

    # --- doing --------------------------------------------------------------------------------------------------------

    def _do_pick(self) -> None:
        self._session.history.pick(self._pick.isChecked())

    def _do_restore(self) -> None:
        entry, ref = self._entry(), self._ref
        if entry is not None and ref is not None:
            name = translate("History", "Back to the state of {time}").format(time=quantities.day_and_time(entry.at))
            self._session.history.restore(ref, entry, name)


def entry_text(entry: FeatureRevision) -> str:
    """When, what and who; then why: the proposal and its decision."""
    done = translate("History", "put into force") if entry.kind == "effective" else kind_label(entry.kind)
    done = translate("History", "brought back") if entry.again else done
    lines = [f"{quantities.day_and_time(entry.at)} · {done} · {entry.by}"]
    if entry.number is not None:
        lines.append(translate("History", "Proposal {number}: {title}").format(number=entry.number, title=entry.title or ""))
    if entry.decision is not None:
        told = (
            translate("History", "Decision {number}, in force from {day}")
            if entry.in_force
            else translate("History", "Decision {number}, not in force yet")
        )
        lines.append(told.format(number=entry.decision, day=day(entry.effective)))
    elif entry.number is not None:
        lines.append(translate("History", "Its decision hasn't been recorded yet"))
    return "\n".join(lines)
