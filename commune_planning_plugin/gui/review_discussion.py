"""The tab *Discussion* of a review."""

from __future__ import annotations

from typing import Any, Optional

from commune_planning_plugin.core.discussion import ThreadState
from commune_planning_plugin.gui.discussion_panel import DiscussionPanel
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import ScrolledPage, fill
from commune_planning_plugin.gui.review_tab import ReviewTab
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.detail_documents import ProposalDetail


class DiscussionTab(ReviewTab):
    """Remarks of reviewers, agencies and the commune on the open proposal."""

    def __init__(self, session: Any) -> None:
        super().__init__(session)
        self._current: Optional[Ref] = None
        self._panel = DiscussionPanel(session)
        fill(self, ScrolledPage(self._panel))
        self._panel.change_asked.connect(self.change_asked)
        session.discussion.changed.connect(lambda _proposal: self.renamed.emit())

    def show_review(self, detail: Optional[ProposalDetail]) -> None:
        super().show_review(detail)
        if detail is None:
            self._session.discussion.map.clear()

    def load(self, detail: ProposalDetail) -> None:
        rows = {(item.layer, item.key): item.after or item.before for item in detail.review}
        self._panel.show_proposal(detail.summary.id, detail.summary.version, rows)
        self._panel.set_change(self._current)

    def change_chosen(self, ref: Optional[Ref]) -> None:
        self._current = ref
        self._panel.set_change(ref)

    def title(self, detail: ProposalDetail) -> str:
        return translate("Discussion", "Discussion")

    def badge(self, detail: ProposalDetail) -> str:
        threads = self._session.discussion.talk(detail.summary.id).discussion.threads
        return str(sum(thread.state is not ThreadState.SETTLED for thread in threads) or "")

    def tip(self, detail: ProposalDetail) -> str:
        return translate("Discussion", "Remarks that aren't settled; with suggestions, about changes or places")
