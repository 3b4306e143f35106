"""The tab *Land balance*: what the plan's ground is for, before and after the changes under review."""

from __future__ import annotations

from typing import Any

from commune_planning_plugin.gui.balance_panel import BalancePanel
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.findings_panel import is_of_plan
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import fill
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.gui.review_tab import ReviewTab, is_local
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.detail_documents import ProposalDetail


class BalanceTab(ReviewTab):
    """Asked for when it is looked at; of one's own changes computed from the working copy."""

    of_local_changes = True

    def __init__(self, session: Any) -> None:
        super().__init__(session)
        self._panel = BalancePanel(session)
        self._panel.plots_chosen.connect(self.changes_asked)
        fill(self, self._panel)
        session.balance.changed.connect(self._show)

    def load(self, detail: ProposalDetail) -> None:
        if is_local(detail):
            refs = [Ref(item.layer, item.key) for item in detail.review]
            self._session.balance.load_local(detail.summary.plan, refs)
        else:
            self._session.balance.load(detail.summary.id)

    def title(self, detail: ProposalDetail) -> str:
        return translate("Review", "Balance")

    def icon_name(self, detail: ProposalDetail) -> str:
        return "warning" if self._misses_a_norm(detail) or any(map(is_of_plan, detail.findings)) else ""

    def tip(self, detail: ProposalDetail) -> str:
        if self._misses_a_norm(detail):
            return translate("Review", "Land balance: a norm isn't met")
        if any(map(is_of_plan, detail.findings)):
            return translate("Review", "Land balance: the check finds something about it")
        return translate("Review", "Land balance: areas by function before and after, norms")

    def _misses_a_norm(self, detail: ProposalDetail) -> bool:
        found = self._session.balance.about(_subject(detail))
        return found is not None and not all(norm.met_after for norm in found.balance.norms)

    def _show(self) -> None:
        if self._detail is None or self._loaded is not self._detail:
            return
        lookup, subject = self._session.balance, _subject(self._detail)
        found, error = lookup.about(subject), lookup.failure(subject)
        if found is not None:
            self._panel.show_balance(found.balance, found.whole)
        elif error is not None:
            self._panel.show_text(present(error, "balance", Describer(self._session.catalogue)).text, Tone.WARNING)
        else:
            self._panel.show_text(translate("Balance", "Being computed…"))
        self.renamed.emit()


def _subject(detail: ProposalDetail) -> object:
    """What the session's lookup knows the balance of ``detail`` by."""
    if is_local(detail):
        return detail.summary.plan, frozenset(Ref(item.layer, item.key) for item in detail.review)
    return detail.summary.id
