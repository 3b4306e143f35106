"""The tab *Check*: what the planning rules found."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import pyqtSignal

from commune_planning_plugin.gui.findings_panel import FindingsPanel
from commune_planning_plugin.gui.labels import Tone, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, fill
from commune_planning_plugin.gui.review_tab import ReviewTab
from commune_planning_plugin.sync.detail_documents import ProposalDetail


class FindingsTab(ReviewTab):
    """A finding leads to its change, or to the balance."""

    balance_asked = pyqtSignal()

    of_local_changes = True

    def __init__(self, session: Any) -> None:
        super().__init__(session)
        self._findings = FindingsPanel(session, zoom=False)
        self._findings.opened.connect(self.change_asked)
        self._findings.plan_opened.connect(self.balance_asked)
        self._clashing = Notice(Tone.CONFLICT, "findings_clash_notice")
        fill(self, self._clashing, self._findings)

    def show_review(self, detail: Optional[ProposalDetail]) -> None:
        super().show_review(detail)
        if detail is not None:
            self._findings.show_findings(detail.findings)
            clashing = any(item.conflict is not None for item in detail.review)
            text = translate("Review", "What clashes isn't applied here, so the rules may find errors that come from that alone.")
            self._clashing.say(text if clashing and detail.findings else "")

    def title(self, detail: ProposalDetail) -> str:
        return translate("Review", "Check")

    def badge(self, detail: ProposalDetail) -> str:
        return str(len(detail.findings) or "")

    def icon_name(self, detail: ProposalDetail) -> str:
        return "error" if any(plain(finding.severity) == "error" for finding in detail.findings) else "ok"
