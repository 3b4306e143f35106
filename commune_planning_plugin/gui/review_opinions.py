"""The tab *Opinions* of a review."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from commune_planning_plugin.core.discussion import RequestState
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.opinions_panel import OpinionsPanel
from commune_planning_plugin.gui.parts import ScrolledPage, fill
from commune_planning_plugin.gui.review_tab import ReviewTab
from commune_planning_plugin.sync.detail_documents import ProposalDetail


class OpinionsTab(ReviewTab):
    """Agencies that were asked, what they said, and the consolidated table."""

    def __init__(self, session: Any) -> None:
        super().__init__(session)
        self._panel = OpinionsPanel(session)
        fill(self, ScrolledPage(self._panel))
        session.discussion.changed.connect(lambda _proposal: self.renamed.emit())

    def load(self, detail: ProposalDetail) -> None:
        self._panel.show_proposal(detail.summary)

    def give(self) -> None:
        """Ready to write one's own agency's opinion."""
        self._panel.give()

    def title(self, detail: ProposalDetail) -> str:
        return translate("Opinions", "Opinions")

    def badge(self, detail: ProposalDetail) -> str:
        now = datetime.now(timezone.utc)
        requests = [r for r in self._session.discussion.talk(detail.summary.id).discussion.requests if r.withdrawn is None]
        given = sum(request.state(now) is RequestState.GIVEN for request in requests)
        return f"{given}/{len(requests)}" if requests else ""

    def tip(self, detail: ProposalDetail) -> str:
        return translate("Opinions", "Agencies' opinions: asked, given, answered")
