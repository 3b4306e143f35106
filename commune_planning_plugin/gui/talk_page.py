"""My proposal's discussion on the technician's desk: what has to be redone, the remarks, the agencies' opinions."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QTabWidget

from commune_planning_plugin.core.discussion import ThreadState
from commune_planning_plugin.gui.changes_tree import ChangesTree, Entry
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.discussion_panel import DiscussionPanel
from commune_planning_plugin.gui.labels import Tone, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.opinions_panel import OpinionsPanel
from commune_planning_plugin.gui.parts import ScrolledPage, button, column, fill, text_label
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.proposal_documents import ProposalSummary


class TalkPage(QFrame):
    """Opened from the list of proposals; what is shown counts as read."""

    left = pyqtSignal()

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._summary: Optional[ProposalSummary] = None
        self._title = text_label(name="talk_title", bold=True)
        self._redo = ChangesTree("redo_changes")
        self._why = text_label(name="redo_why")
        self._none = text_label(translate("Discussion", "Nothing is marked to be redone in this version."), "redo_empty")
        self._panel = DiscussionPanel(session, takes=True)
        self._opinions = OpinionsPanel(session)
        self._tabs = QTabWidget()
        self._tabs.setObjectName("talk_tabs")
        for page in (column(self._none, self._redo, self._why), ScrolledPage(self._panel), ScrolledPage(self._opinions)):
            self._tabs.addTab(page, "")
        back = button(translate("Discussion", "&Back to the list"), "leave_talk_button", "back", act=self.leave)
        fill(self, back, self._title, self._tabs, margin=6)
        self.layout().setStretchFactor(self._tabs, 1)
        self._redo.chosen.connect(self._chosen)
        self._redo.opened.connect(self._chosen)
        self._panel.change_asked.connect(self._show_on_map)
        session.discussion.changed.connect(self._changed)

    @property
    def proposal(self) -> str:
        """Which one is open; empty for none."""
        return self._summary.id if self._summary is not None else ""

    def open(self, summary: ProposalSummary) -> None:
        self._summary = summary
        self._session.discussion.watch(summary.id)
        self.refresh()
        self._tabs.setCurrentIndex(0 if summary.redo else 1)

    def leave(self) -> None:
        """Back in the list."""
        if self._summary is not None:
            self._summary = None
            self._session.discussion.watch(None)
            self._session.discussion.map.clear()
        self.left.emit()

    def refresh(self) -> None:
        summary = self._newest()
        if summary is None:
            return
        self._title.setText(summary.title)
        rows = {(each.change.layer, each.change.key): each.row or each.change.old for each in self._session.local_changes}
        self._show_redo(summary, rows)
        self._panel.show_proposal(summary.id, summary.version, rows)
        self._opinions.show_proposal(summary)
        self._name_tabs(summary)

    def _newest(self) -> Optional[ProposalSummary]:
        if self._summary is not None:
            known = (each for each in self._session.proposals if each.id == self.proposal)
            self._summary = next(known, self._summary)
        return self._summary

    def _changed(self, proposal: str) -> None:
        if proposal == self.proposal:
            self.refresh()

    def _show_redo(self, summary: ProposalSummary, rows: Any) -> None:
        describer = Describer(self._session.catalogue)
        marked = self._session.discussion.talk(summary.id).discussion.redo(summary.version)
        kinds = {(each.change.layer, each.change.key): plain(each.change.kind) for each in self._session.local_changes}
        entries = []
        for act in marked:
            pair = (act.body["layer"], act.body["key"])
            title = describer.feature(*pair[:1], rows.get(pair), pair[1])
            layer, kind = describer.layer(pair[0]), kinds.get(pair, "update")
            entries.append(Entry(Ref(*pair), layer, title, kind, chip="↺ " + _short(act.text), tone=Tone.WARNING))
        self._redo.show_entries(entries)
        self._redo.setVisible(bool(entries))
        self._none.setVisible(not entries)
        self._say_why()

    def _say_why(self) -> None:
        handle = self._redo.current_handle()
        ref = handle if isinstance(handle, Ref) else None
        talk, summary = self._session.discussion.talk(self.proposal), self._summary
        verdict = (
            talk.discussion.verdict(summary.version, (ref.layer, ref.key)) if ref is not None and summary is not None else None
        )
        self._why.setText(f"{verdict.actor_name}: {verdict.text}" if verdict is not None else "")

    def _chosen(self, ref: Optional[Ref]) -> None:
        self._say_why()
        self._panel.set_change(ref)
        self._show_on_map(ref)

    def _show_on_map(self, ref: Optional[Ref]) -> None:
        if ref is not None:
            self._session.zoom_to(ref)

    def _name_tabs(self, summary: ProposalSummary) -> None:
        discussion = self._session.discussion.talk(summary.id).discussion
        unsettled = sum(thread.state is not ThreadState.SETTLED for thread in discussion.threads)
        names = (
            translate("Discussion", "To redo ({count})").format(count=len(discussion.redo(summary.version))),
            translate("Discussion", "Discussion ({count})").format(count=unsettled),
            translate("Discussion", "Opinions ({count})").format(count=len(discussion.requests)),
        )
        for number, name in enumerate(names):
            self._tabs.setTabText(number, name)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 24 else line[:23] + "…"
