"""One proposal under review: who, when, why; its changes in step with the map; before and after; findings, files, history."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QCheckBox, QFrame, QLabel, QListWidget, QListWidgetItem, QShortcut, QSplitter, QTabWidget, QWidget

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.bound_proposals import bound_links
from commune_planning_plugin.gui.changes_tree import ChangesTree, Entry
from commune_planning_plugin.gui.comparison_table import ComparisonTable, Line
from commune_planning_plugin.gui.decision_bar import DecisionBar
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.differences import review_lines
from commune_planning_plugin.gui.findings_panel import FindingsPanel
from commune_planning_plugin.gui.folded_text import FoldedText
from commune_planning_plugin.gui.grounds import ground_title
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone, plain, state_label, step_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, Scrolled, button, button_row, column, fill, line, text_label
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.documents import ProposalDetail, ReviewItem

LOW = 680
"""Pixels of height below which the ground is folded, so that list and values have the room."""


class ReviewPanel(QFrame):
    """Shows the session's open review."""

    next_asked = pyqtSignal()
    """The next proposal that waits."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._items: dict[Ref, ReviewItem] = {}
        self._proposal = ""
        self._shown: Optional[ProposalDetail] = None
        self._title = text_label(name="review_title", bold=True)
        self._header = text_label(name="review_header")
        self._ground = FoldedText("review_ground", translate("Review", "Ground and reason, whole or in one line"))
        self._bound = self._bound_label()
        self._failure = self._failure_notice()
        self._tree = ChangesTree("review_changes")
        self._table = ComparisonTable("before_after_table")
        self._before = self._side_check(translate("Review", "Show &before"), "show_before_check")
        self._after = self._side_check(translate("Review", "Show a&fter"), "show_after_check")
        self._everything = QCheckBox(translate("Review", "All attri&butes"))
        self._everything.setObjectName("everything_check")
        self._everything.toggled.connect(lambda _on: self._show_values())
        self._findings = FindingsPanel(session, zoom=False)
        self._papers = self._papers_list()
        self._tabs = QTabWidget()
        self._decision = DecisionBar(session)
        self._lay_out()
        self._listen()

    # --- building -----------------------------------------------------------------------------------------------------

    def _bound_label(self) -> QLabel:
        """The proposals that this one is bound to, as links to them."""
        label = text_label(name="review_bound")
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        label.linkActivated.connect(self._session.open_review)
        return label

    def _failure_notice(self) -> Notice:
        notice = Notice(Tone.WARNING, "review_failure")
        notice.add_button(button(translate("Review", "&Look again"), "reload_button", "refresh", act=self._reload))
        return notice

    def _side_check(self, text: str, name: str) -> QCheckBox:
        check = QCheckBox(text)
        check.setObjectName(name)
        check.setChecked(True)
        check.setToolTip(translate("Review", "On the map"))
        check.toggled.connect(lambda _on: self._session.show_sides(self._before.isChecked(), self._after.isChecked()))
        return check

    def _papers_list(self) -> QListWidget:
        papers = QListWidget()
        papers.setObjectName("papers_list")
        papers.setAccessibleName(translate("Review", "Files and history"))
        papers.setWordWrap(True)
        papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return papers

    def _bar(self) -> QWidget:
        tip = translate("Review", "Back to the list; the map is again as it was")
        close = button(translate("Review", "&Close"), "close_review_button", "back", tip, self._session.close_review)
        previous = button(
            "", "previous_change_button", "previous", translate("Review", "Previous change (P)"), lambda: self._tree.step(-1)
        )
        following = button("", "next_change_button", "next", translate("Review", "Next change (N)"), lambda: self._tree.step(1))
        for made, name in ((previous, translate("Review", "Previous change")), (following, translate("Review", "Next change"))):
            made.setAccessibleName(name)
        self._next = button(translate("Review", "Next &proposal"), "next_proposal_button", "next", act=self.next_asked.emit)
        return button_row(close, previous, following, self._next)

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._tree)
        splitter.addWidget(column(button_row(self._before, self._after, self._everything), self._table))
        splitter.setCollapsible(1, False)  # the list may go: there are buttons for the next and the previous change
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        self._tabs.addTab(splitter, "")
        self._tabs.addTab(self._findings, "")
        self._tabs.addTab(self._papers, "")
        self._tree.setMinimumHeight(84)
        self._table.setMinimumHeight(84)
        self._tabs.setMinimumHeight(240)
        content = column(self._failure, self._title, self._header, self._ground, self._bound, self._tabs, margin=6)
        content.layout().setStretchFactor(self._tabs, 1)
        fill(self, line(self._bar()), Scrolled(content), self._decision)
        self.layout().setStretch(1, 1)
        for key, by in (("N", 1), ("P", -1)):
            shortcut = QShortcut(QKeySequence(key), self, lambda by=by: self._tree.step(by))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _listen(self) -> None:
        self._tree.chosen.connect(self._chosen)
        self._tree.opened.connect(self._show_on_map)
        self._findings.opened.connect(self._show_finding)
        self._session.selected.connect(self._selected_on_map)
        self._session.failed.connect(self._show_failure)
        self._session.job_changed.connect(self._show_decision)

    # --- showing ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        detail = self._session.review
        if detail is None:
            self._proposal, self._shown = "", None
            return
        if detail is not self._shown:
            self._shown = detail
            self._show(detail)
        self._show_decision()

    def _show(self, detail: ProposalDetail) -> None:
        describer = Describer(self._session.catalogue)
        self._failure.say("")
        self._title.setText(detail.summary.title)
        self._header.setText(_header_text(detail))
        self._ground.say(_ground_text(detail))
        links = bound_links(detail.summary)
        self._bound.setText(links)
        self._bound.setVisible(bool(links))
        self._items = {Ref(item.layer, item.key): item for item in detail.review}
        self._tree.show_entries([_entry(ref, item, detail, describer) for ref, item in self._items.items()])
        self._findings.show_findings(detail.findings)
        self._show_papers(detail)
        self._name_tabs(detail)
        self._begin(detail.summary.id)
        self._show_values()

    def _begin(self, proposal: str) -> None:
        """A proposal just opened starts with its first change."""
        if proposal == self._proposal:
            return
        self._proposal = proposal
        self._decision.clear()
        if not self._ground.chosen:
            self._ground.fold(self.height() < LOW)
        self._tabs.setCurrentIndex(0)
        for check in (self._before, self._after):
            check.setChecked(True)
        self._tree.step(1)
        self._tree.setFocus()

    def _name_tabs(self, detail: ProposalDetail) -> None:
        errors = any(plain(finding.severity) == "error" for finding in detail.findings)
        papers = len(detail.content.attachments)
        self._tabs.setTabText(0, translate("Review", "Changes ({count})").format(count=len(detail.review)))
        self._tabs.setTabText(1, translate("Review", "Check ({count})").format(count=len(detail.findings)))
        self._tabs.setTabIcon(1, icon("error" if errors else "ok"))
        self._tabs.setTabText(2, translate("Review", "Files ({count})").format(count=papers))
        self._tabs.setTabToolTip(2, translate("Review", "Files and history"))

    def _show_papers(self, detail: ProposalDetail) -> None:
        self._papers.clear()
        for file in detail.content.attachments:
            self._papers.addItem(QListWidgetItem(icon("file"), f"{file.name} ({quantities.size(file.size)})"))
        for step in detail.steps:
            told = f"{quantities.day_and_time(step.at)} · {step.actor} {step_label(step.step)}"
            self._papers.addItem(QListWidgetItem(icon("info"), f"{told}: {step.reason}" if step.reason else told))

    def _show_values(self) -> None:
        item = self._items.get(self._tree.current_handle())
        if item is None:
            self._table.show_lines([], [])
            return
        lines = review_lines(Describer(self._session.catalogue), item, self._everything.isChecked())
        self._table.show_lines(*_of_one_side(item, [translate("Review", "Before"), translate("Review", "After")], lines))

    def _show_decision(self) -> None:
        if self._session.review is not None:
            self._decision.refresh(self._session.review)
            others = any(summary.id != self._proposal for summary in self._session.inbox)
            self._next.setVisible(others)

    def _show_failure(self, error: PlanningError, context: str) -> None:
        if context in ("decide", "open_review") and self._session.review is not None:
            said = present(error, context, Describer(self._session.catalogue))
            self._failure.say(said.text)
            if error.code == "proposal.conflict":
                self._decision.hear_conflicts(error.details.get("conflicts", ()))

    # --- list and map -------------------------------------------------------------------------------------------------

    def _chosen(self, ref: Optional[Ref]) -> None:
        self._show_values()
        self._show_on_map(ref)

    def _show_on_map(self, ref: Optional[Ref]) -> None:
        if ref in self._items:
            self._session.show_change(self._items[ref])

    def _show_finding(self, ref: Ref) -> None:
        self._tree.select_handle(ref)
        self._chosen(ref)

    def _selected_on_map(self, ref: Optional[Ref]) -> None:
        if ref in self._items:
            self._tree.select_handle(ref)
            self._show_values()

    def _reload(self) -> None:
        self._failure.say("")
        self._session.open_review(self._proposal)


def _of_one_side(item: ReviewItem, sides: list[str], lines: list[Line]) -> tuple[list[str], list[Line]]:
    """What was added has no before, what was removed no after: a column of dashes says nothing."""
    missing = 0 if item.before is None else 1 if item.after is None else None
    if missing is None:
        return sides, lines
    return [sides[1 - missing]], [replace(each, values=(each.values[1 - missing],)) for each in lines]


def _header_text(detail: ProposalDetail) -> str:
    summary = detail.summary
    sent = translate("Review", "{name}, {time} · {state}")
    about = sent.format(
        name=summary.author.full_name, time=quantities.day_and_time(summary.updated_at), state=state_label(summary.state)
    )
    return f"{summary.commune_name} · {summary.plan_name}\n{about}"


def _ground_text(detail: ProposalDetail) -> str:
    reason = translate("Review", "Reason: {reason}").format(reason=detail.content.reason)
    return translate("Review", "Ground: {ground}").format(ground=ground_title(detail.content.ground)) + "\n" + reason


def _entry(ref: Ref, item: ReviewItem, detail: ProposalDetail, describer: Describer) -> Entry:
    conflict = item.conflict is not None
    chip, tone = (translate("Review", "⚠ conflict"), Tone.CONFLICT) if conflict else _findings_chip(ref, detail)
    title = describer.feature(ref.layer, item.after or item.before, ref.key)
    return Entry(ref, describer.layer(ref.layer), title, item.kind, conflict, chip, tone)


def _findings_chip(ref: Ref, detail: ProposalDetail) -> tuple[str, Tone]:
    """Errors keep a proposal from being approved, remarks don't: the chip's word is the one of the decision bar."""
    own = [plain(each.severity) for each in detail.findings if (each.layer, each.key) == (ref.layer, ref.key)]
    errors = own.count("error")
    if errors:
        return translate("Review", "%n error(s)", None, errors), Tone.BAD
    return (translate("Review", "%n remark(s)", None, len(own)), Tone.WARNING) if own else ("", Tone.PLAIN)
