"""The dock *Hồ sơ*: my proposals, and the page where one is composed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QDockWidget, QStackedWidget, QWidget

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.gui.compose_panel import ComposePanel
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Scrolled, column
from commune_planning_plugin.gui.proposals_list import ProposalsList
from commune_planning_plugin.gui.talk_page import TalkPage
from commune_planning_plugin.gui.tasks_panel import TasksPanel
from commune_planning_plugin.store import Draft, Ref
from commune_planning_plugin.sync.proposal_documents import ProposalSummary


class ProposalDock(QDockWidget):
    """Two pages: the list, and the draft being composed."""

    conflicts_asked = pyqtSignal(object)
    """The conflict (its Ref) that is to be decided; None for the first."""

    def __init__(self, session: Any, parent: Optional[QWidget] = None) -> None:
        super().__init__(translate("Proposals", "Proposals"), parent)
        self.setObjectName("planning_proposal_dock")
        self._session = session
        self._to_split: Mapping[str, tuple[Ref, ...]] = {}
        self._list = ProposalsList(session)
        self._compose = ComposePanel(session)
        self._pages = QStackedWidget()
        self._tasks = TasksPanel(session)
        self._pages.addWidget(Scrolled(column(self._list, self._tasks)))
        self._pages.addWidget(self._compose)
        self._talk = TalkPage(session)
        self._pages.addWidget(self._talk)
        self.setWidget(self._pages)
        self._listen()
        self.refresh()

    def _listen(self) -> None:
        session = self._session
        for signal in (session.changed, session.local_changes_changed, session.proposals_changed):
            signal.connect(self.refresh)
        session.job_changed.connect(self._show_job)
        session.findings_changed.connect(self._compose.show_findings)
        session.failed.connect(self._offer_split)
        self._list.new_asked.connect(self.compose)
        self._list.edit_asked.connect(self.open_draft)
        self._list.split_asked.connect(self.split)
        self._list.talk_asked.connect(self._open_talk)
        self._talk.left.connect(self._show_list)
        session.discussion.unread_changed.connect(self._news)
        self._compose.left.connect(self._show_list)
        self._compose.conflicts_asked.connect(self.conflicts_asked)
        self._compose.split_asked.connect(self._split_rest)

    def refresh(self) -> None:
        self._list.refresh()
        self._tasks.refresh()
        if self._compose.draft is not None:
            self._compose.refresh()
        if self._talk.proposal:
            self._talk.refresh()
        self._name()

    def _news(self) -> None:
        self._list.refresh()
        self._name()

    def _name(self) -> None:
        """With how many have something new: seen on the tab without opening it."""
        name = translate("Proposals", "Proposals")
        unread = self._session.discussion.unread_of(self._session.proposals)
        self.setWindowTitle(f"{name} ● {unread}" if unread else name)

    def _show_job(self) -> None:
        self._list.refresh()
        self._compose.show_job()

    def _show_list(self) -> None:
        self._pages.setCurrentIndex(0)
        self._list.refresh()

    def _open_talk(self, summary: ProposalSummary) -> None:
        self._talk.open(summary)
        self._pages.setCurrentWidget(self._talk)

    # --- doing --------------------------------------------------------------------------------------------------------

    def compose(self, refs: Optional[Iterable[Ref]] = None) -> None:
        """Start a proposal of ``refs`` (default: all local changes) and show it; over several plans the split is offered."""
        self.show()
        self.raise_()
        self._offer({})
        draft = self._session.new_draft(refs)
        if draft is not None:
            self.open_draft(draft)

    def continue_draft(self) -> None:
        """Open the draft that was worked on last."""
        self.show()
        self.raise_()
        drafts = sorted(self._session.drafts, key=lambda draft: draft.updated_at)
        if drafts:
            self.open_draft(drafts[-1])

    def show_first(self) -> None:
        """Show the list with what is asked of me first."""
        self.show()
        self.raise_()
        self._compose.leave()
        self._list.choose_first()

    def open_draft(self, draft: Optional[Draft]) -> None:
        if draft is not None:
            self._compose.open(draft)
            self._pages.setCurrentWidget(self._compose)

    def _offer_split(self, error: PlanningError, _context: str) -> None:
        plans = error.details.get("plans")
        if error.code == "proposal.several_plans" and isinstance(plans, Mapping):
            self._offer(plans)
            self._pages.setCurrentIndex(0)

    def _offer(self, plans: Mapping[str, tuple[Ref, ...]]) -> None:
        describer = Describer(self._session.catalogue)
        self._to_split = dict(plans)
        linked = sum(bool(others) for others in self._session.linked_parts(plans).values())
        self._list.show_split([describer.plan(plan) for plan in plans], linked)

    def split(self) -> None:
        """One draft for each plan that was offered; the first one opens."""
        made = self._new_drafts(self._to_split)
        self._offer({})
        if made:
            self.open_draft(made[0])

    def _new_drafts(self, parts: Mapping[str, tuple[Ref, ...]], beside: Optional[Draft] = None) -> list[Draft]:
        """A draft for each part, linked where they share ground with each other or with ``beside``; that one comes last."""
        made = {plan: self._session.new_draft(refs) for plan, refs in parts.items()}
        drafts = {plan: draft for plan, draft in made.items() if draft is not None}
        if beside is not None:
            drafts[beside.proposal] = beside
        links = self._session.linked_parts({name: draft.refs for name, draft in drafts.items()})
        for name, draft in drafts.items():
            named = {*draft.linked, *(drafts[other].proposal for other in links[name])}
            if named != set(draft.linked):
                drafts[name] = replace(draft, linked=tuple(sorted(named)))
                self._session.save_draft(drafts[name])
        return list(drafts.values())

    def _split_rest(self) -> None:
        """Drafts for the plans that the open draft isn't for; it stays open."""
        current = self._compose.draft
        parts = dict(self._session.split()) if current is not None else {}
        rest = {plan: refs for plan, refs in parts.items() if plan != current.plan and not self._has_draft(plan)}
        self._new_drafts(rest, current)
        self.refresh()

    def _has_draft(self, plan: str) -> bool:
        return any(draft.plan == plan for draft in self._session.drafts)
