"""The tab *Decision*: what was signed after the approval, whether the map agrees with it, and its being put into force."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Optional

from qgis.PyQt.QtCore import QSize, pyqtSignal
from qgis.PyQt.QtWidgets import QPlainTextEdit, QStackedWidget

from commune_planning_plugin.core.balance import Balance
from commune_planning_plugin.core.decision import Decision, Figures, Scope
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.reconciliation import Tolerance, stated_of
from commune_planning_plugin.core.workflow import ON_THE_TABLE, State, Step
from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.decision_form import DecisionForm
from commune_planning_plugin.gui.decision_words import day, record_text, state_text
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, Scrolled, button, button_row, column, fill, text_label
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.gui.reconciliation_table import ReconciliationTable
from commune_planning_plugin.gui.review_tab import ReviewTab
from commune_planning_plugin.gui.tasks_panel import task_text
from commune_planning_plugin.sync.decision_calls import DecisionPapers
from commune_planning_plugin.sync.detail_documents import ProposalDetail

SUMMARY, FORM = range(2)


class DecisionTab(ReviewTab):
    """Asked for when it is looked at, once the proposal is approved. Who may approve can record what was signed with
    the approval."""

    approve_asked = pyqtSignal(object, object)
    """The `Decision` and the `Path` of what was signed: to be recorded with the approval."""

    def __init__(self, session: Any) -> None:
        super().__init__(session)
        self._papers: Optional[DecisionPapers] = None
        self._failure = Notice(Tone.WARNING, "decision_failure")
        self._state = Notice(Tone.PLAIN, "decision_state")
        self._record = text_label(name="decision_record")
        self._former = text_label(name="decision_former")
        self._tasks = text_label(name="decision_tasks")
        self._table = ReconciliationTable()
        self._waiver = QPlainTextEdit()
        self._record_button = button(translate("Decision", "&Record the decision…"), "open_form_button", "compose")
        self._effective_button = button(translate("Decision", "Put it into &force"), "effective_button", "check")
        text = translate("Decision", "&Approve with the signed decision…")
        tip = translate("Decision", "Approves and records number, days, signer and file in one go, or neither")
        self._with_button = button(text, "approve_with_button", "ok", tip)
        self._approvable, self._written_for = False, ""
        self._correct_button = button(translate("Decision", "&Correct the record…"), "correct_button", "revert")
        self._form = DecisionForm(session)
        self._pages = QStackedWidget()
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        self._waiver.setObjectName("waiver_edit")
        self._waiver.setFixedHeight(56)
        self._waiver.setPlaceholderText(translate("Decision", "Why the decision is put into force though the map differs"))
        self._waiver.setAccessibleName(translate("Decision", "Why the decision is put into force though the map differs"))
        buttons = button_row(self._with_button, self._record_button, self._effective_button, self._correct_button)
        shown = column(
            self._state, self._record, self._table, self._waiver, buttons, self._tasks, self._former, margin=4, spacing=6
        )
        shown.layout().addStretch(1)
        self._pages.addWidget(Scrolled(shown, least_width=0))
        self._pages.addWidget(Scrolled(self._form, least_width=0))
        fill(self, self._failure, self._pages)

    def _listen(self) -> None:
        session = self._session
        session.decisions.papers.changed.connect(self._show)
        session.decisions.follow_up.changed.connect(self._show_tasks)
        session.decisions.refused.connect(self._show_failure)
        session.job_changed.connect(self._show_job)
        self._record_button.clicked.connect(lambda _checked=False: self._open_form())
        self._correct_button.clicked.connect(lambda _checked=False: self._open_form())
        self._with_button.clicked.connect(lambda _checked=False: self._open_for_approval())
        session.balance.changed.connect(self._show_job)
        self._effective_button.clicked.connect(lambda _checked=False: self._make_effective())
        self._waiver.textChanged.connect(self._show_job)
        self._form.record_asked.connect(self._do_record)
        self._form.left.connect(lambda: self._pages.setCurrentIndex(SUMMARY))

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """It scrolls by itself: the room that the other tabs need is enough."""
        return self.minimumSizeHint()

    # --- showing ------------------------------------------------------------------------------------------------------

    def title(self, detail: ProposalDetail) -> str:
        return translate("Decision", "Decision")

    def icon_name(self, detail: ProposalDetail) -> str:
        papers = self._session.decisions.papers.about(detail.summary.id)
        return "ok" if papers is not None and papers.effect is not None else ""

    def load(self, detail: ProposalDetail) -> None:
        self._pages.setCurrentIndex(SUMMARY)
        self._failure.say("")
        self._waiver.clear()
        if detail.summary.state is State.APPROVED:
            self._session.decisions.load(detail.summary.id)
            return
        self._show_none(translate("Decision", "The signed decision is recorded here once the proposal is approved."))
        if self._may_approve():
            self._state.say(translate("Decision", "Signed already? Then approve and record the decision in one go."), Tone.NEWS)
            self._session.balance.load(detail.summary.id)
        self._show_job()

    def offer(self, approvable: bool) -> None:
        """Whether nothing stands against an approval, as far as is known here."""
        self._approvable = approvable
        self._show_job()

    def _may_approve(self) -> bool:
        """One that waits for a linked proposal isn't approved by that yet, and has no decision."""
        summary = self._detail.summary if self._detail is not None else None
        if summary is None or Step.APPROVE not in summary.can:
            return False
        return not any(other.state in ON_THE_TABLE for other in summary.linked)

    def _show(self) -> None:
        if self._detail is None or self._loaded is not self._detail or self._detail.summary.state is not State.APPROVED:
            return
        lookup, proposal = self._session.decisions.papers, self._detail.summary.id
        self._papers = lookup.about(proposal)
        error = lookup.failure(proposal)
        if self._papers is not None:
            self._failure.say("")
            self._show_papers(self._papers)
        elif error is not None:
            self._show_none(present(error, "decision", Describer(self._session.catalogue)).text, Tone.WARNING)
        else:
            self._show_none(translate("Decision", "Being fetched…"))
        self.renamed.emit()

    def _show_none(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        self._papers = None
        self._state.say(text, tone)
        for widget in (self._record, self._table, self._waiver, self._tasks, self._former):
            widget.hide()
        for made in (self._record_button, self._effective_button, self._correct_button):
            made.hide()

    def _show_papers(self, papers: DecisionPapers) -> None:
        current, effect = papers.current, papers.effect
        self._state.say(*state_text(papers))
        self._record.setText(record_text(current) if current is not None else "")
        self._record.setVisible(current is not None)
        measured = papers.measured.get(current.decision.figures.scope) if current is not None else None
        if current is not None and measured is not None:
            stated = current.decision.figures
            self._table.show_figures(self._session.catalogue, stated, measured, papers.tolerance, editable=False)
        self._table.setVisible(measured is not None)
        self._former.setText(_former_text(papers))
        self._former.setVisible(len(papers.records) > 1)
        self._waiver.setVisible(effect is None and "waive" in papers.can and not self._agrees(papers))
        for made, step in (
            (self._record_button, "record"),
            (self._correct_button, "correct"),
            (self._effective_button, "make_effective"),
        ):
            made.setVisible(step in papers.can)
        self._pages.setCurrentIndex(SUMMARY)
        self._show_job()

    def _show_tasks(self) -> None:
        """How far the commune is with what follows."""
        found = self._session.decisions.follow_up.about(self._detail.summary.id) if self._detail is not None else None
        title = translate("Tasks", "What the commune has to do:")
        self._tasks.setText("\n".join([title, *(f"• {task_text(task, date.today())}" for task in found or ())]))
        self._tasks.setVisible(bool(found))

    def _agrees(self, papers: DecisionPapers) -> bool:
        measured = (
            papers.measured.get(papers.current.decision.figures.scope, Figures()) if papers.current is not None else Figures()
        )
        return papers.current is not None and bool(measured.areas) and self._table.compared.agrees

    def _show_job(self) -> None:
        self._form.show_job()
        papers = self._papers
        self._with_button.setVisible(self._may_approve())
        self._with_button.setEnabled(self._approvable and self._session.job is None and self._balance() is not None)
        free = papers is not None and self._session.job is None
        confirmed = free and papers is not None and (self._agrees(papers) or bool(self._waiver.toPlainText().strip()))
        self._effective_button.setEnabled(confirmed)
        tip = (
            ""
            if confirmed
            else translate("Decision", "The map differs: correct the record, or let an approver say why it is right")
        )
        self._effective_button.setToolTip(tip)
        for made in (self._record_button, self._correct_button):
            made.setEnabled(free)

    def _show_failure(self, error: PlanningError) -> None:
        if self.isVisible():
            self._failure.say(present(error, "decide", Describer(self._session.catalogue)).text)

    # --- doing --------------------------------------------------------------------------------------------------------

    def _open_form(self) -> None:
        if self._papers is not None:
            self._written_for = ""
            self._form.open(self._papers)
            self._pages.setCurrentIndex(FORM)

    def _balance(self) -> Optional[Balance]:
        """Of the open proposal: the figures that the decision states, as far as nobody writes others."""
        found = self._session.balance.about(self._detail.summary.id) if self._detail is not None else None
        return found.balance if found is not None else None

    def _open_for_approval(self) -> None:
        balance = self._balance()
        if self._detail is None or balance is None:
            return
        papers = DecisionPapers((), (), {Scope.PLAN: stated_of(balance)}, Tolerance(), frozenset())
        self._form.open_for_approval(papers, self._detail.summary.id == self._written_for)
        self._written_for = self._detail.summary.id
        self._pages.setCurrentIndex(FORM)

    def _do_record(self, decision: Decision, document: Optional[Path]) -> None:
        if self._detail is None:
            return
        self._failure.say("")
        if self._detail.summary.state is State.APPROVED:
            self._session.decisions.record(self._detail.summary.id, decision, document)
        elif document is not None:
            self.approve_asked.emit(decision, document)

    def _make_effective(self) -> None:
        papers = self._papers
        if self._detail is None or papers is None or papers.current is None:
            return
        self._failure.say("")
        waiver = None if self._agrees(papers) else self._waiver.toPlainText().strip()
        self._session.decisions.make_effective(self._detail.summary.id, papers.current.id, waiver)


def _former_text(papers: DecisionPapers) -> str:
    told = translate("Decision", "Former record: {number} of {date}, by {name}, {time}")
    each = [
        told.format(number=r.decision.number, date=day(r.decision.date), name=r.by, time=quantities.day_and_time(r.at))
        for r in reversed(papers.records[:-1])
    ]
    return "\n".join(each)
