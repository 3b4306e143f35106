"""The tab *Files*: the proposal's files, and what was done to it so far."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.audit_list import AuditList
from commune_planning_plugin.gui.authority_text import step_text
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button_row, fill
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.gui.review_tab import ReviewTab, is_local
from commune_planning_plugin.gui.sheet_button import SheetPrinter
from commune_planning_plugin.sync.audit_calls import AuditChain
from commune_planning_plugin.sync.detail_documents import ProposalDetail
from commune_planning_plugin.sync.proposal_documents import ProposalSummary


class PapersTab(ReviewTab):
    """Files first, then each step with its reason."""

    def __init__(self, session: Any) -> None:
        super().__init__(session)
        self._papers = QListWidget()
        self._papers.setObjectName("papers_list")
        self._papers.setAccessibleName(translate("Review", "Files and history"))
        self._papers.setWordWrap(True)
        self._papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._chain = Notice(Tone.PLAIN, "audit_notice")
        self._sheet = SheetPrinter(session, self._summary)
        self._record = AuditList()
        self._record.unfolded.connect(lambda unfolded: self._papers.setVisible(not unfolded))  # there is room for one of them
        fill(self, self._papers, self._chain, self._record, button_row(self._sheet.button))
        for stretched in (self._papers, self._record):
            self.layout().setStretchFactor(stretched, 1)
        session.audit.changed.connect(self._show_chain)
        session.job_changed.connect(self._sheet.refresh)

    def show_review(self, detail: Optional[ProposalDetail]) -> None:
        super().show_review(detail)
        self._papers.clear()
        self._sheet.refresh()
        if detail is None:
            return
        for file in detail.content.attachments:
            self._papers.addItem(QListWidgetItem(icon("file"), f"{file.name} ({quantities.size(file.size)})"))
        describer = Describer(self._session.catalogue)
        for step in detail.steps:
            told = f"{quantities.day_and_time(step.at)} · {step_text(step, describer)}"
            self._papers.addItem(QListWidgetItem(icon("info"), f"{told}: {step.reason}" if step.reason else told))

    def _summary(self) -> Optional[ProposalSummary]:
        """Of what is shown; changes that are no proposal yet have none."""
        return self._detail.summary if self._detail is not None and not is_local(self._detail) else None

    def load(self, detail: ProposalDetail) -> None:
        if not is_local(detail):
            self._session.audit.load(detail.summary.id)

    def _show_chain(self) -> None:
        detail = self._detail
        if detail is None or is_local(detail):
            self._chain.say("")
            self._record.show_entries((), Describer(None), "")
            return
        chain, error = self._session.audit.about(detail.summary.id), self._session.audit.failure(detail.summary.id)
        entries = chain.log if chain is not None else ()
        self._record.show_entries(entries, Describer(self._session.catalogue), detail.summary.commune)
        if chain is not None:
            tone = Tone.GOOD if chain.whole and not chain.contradicted else Tone.BAD
            self._chain.say(_chain_text(chain), tone)
        elif error is not None:
            self._chain.say(present(error, "review").short, Tone.PLAIN)
        else:
            self._chain.say("")

    def title(self, detail: ProposalDetail) -> str:
        return translate("Review", "Files")

    def badge(self, detail: ProposalDetail) -> str:
        return str(len(detail.content.attachments) or "")

    def tip(self, detail: ProposalDetail) -> str:
        return translate("Review", "Files and history")


def _chain_text(chain: AuditChain) -> str:
    """The state of the audit's chain, as far as it can be told here."""
    if not chain.whole:
        return translate("Review", "Record of acts: the chain is broken. Entries were altered or taken out; tell the inspectors.")
    if chain.contradicted:
        return translate("Review", "Record of acts: it isn't the one that this computer saw before; tell the inspectors.")
    count = chain.entries
    text = translate("Review", "Record of acts: a whole chain of %n entries.", None, count)
    if chain.agreed_at is None:
        return text
    agreed = translate("Review", "It agrees with the signed state of {at} that this computer keeps.")
    return f"{text} {agreed.format(at=quantities.day_and_time(chain.agreed_at))}"
