"""What follows an approval, for the docks: a proposal's decision, the proposals that wait for one, the commune's tasks."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.core.decision import Decision
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.workflow import Step
from commune_planning_plugin.session.context import Context, hub
from commune_planning_plugin.session.lookups import Lookup
from commune_planning_plugin.store.drafts import file_of

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.session.review import ReviewController
    from commune_planning_plugin.sync.client import HubClient
    from commune_planning_plugin.sync.decision_calls import DecisionCalls, DecisionPapers, FollowUpTask
    from commune_planning_plugin.sync.proposal_documents import SignedDecision


class DecisionController(QObject):
    """``papers`` are about a proposal, ``tasks`` about the commune; ``waiting`` lists approved proposals whose decision isn't in
    force yet, where the account may record it."""

    refused = pyqtSignal(object)
    """The PlanningError of what was tried last."""
    done = pyqtSignal(str)
    """What succeeded: ``record``, ``effective`` or ``task``."""

    def __init__(self, context: Context, review: ReviewController, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context, self._review = context, review
        self.papers = Lookup(context, self)
        self.tasks = Lookup(context, self)
        self.follow_up = Lookup(context, self)
        """The tasks of the proposal whose papers are looked at."""
        self.waiting = Lookup(context, self)
        self._requests: dict[Hashable, str] = {}
        self._telling = ""

    def load(self, proposal: str) -> None:
        """The decision's papers, and how far the commune is with what follows; where they have just come, they are told again."""
        if proposal == self._telling:
            self.papers.changed.emit()
            return
        self._ask(self.papers, proposal, lambda calls, _client: calls.papers(proposal))
        self._ask(self.follow_up, proposal, lambda calls, _client: calls.tasks_of_proposal(proposal))

    def load_tasks(self) -> None:
        """The chosen commune's."""
        commune = self._context.state.commune
        if commune is None or self._context.state.token is None:
            self.tasks.forget()
            return
        code = commune.code
        self._ask(self.tasks, code, lambda calls, _client: calls.tasks_of_commune(code))

    def load_waiting(self) -> None:
        account = self._context.state.account
        if account is None or self._context.state.token is None:
            self.waiting.forget()
            return
        self._ask(self.waiting, account.id, lambda _calls, client: client.proposals("decisions"))

    def record(self, proposal: str, decision: Decision, document: Optional[Path]) -> None:
        """``decision`` names the file that stays, unless a ``document`` is chosen: that is read, named by its content and sent."""

        def work(calls: DecisionCalls) -> DecisionPapers:
            stated, content = decision, None
            if document is not None:
                file, content = file_of(document)
                stated = replace(decision, sha256=file.sha256, file_name=file.name)
            return calls.record(proposal, self._request(proposal, repr(stated)), stated, content)

        self._do("record", work, lambda papers: self._took(proposal, papers))

    def approve_with(self, decision: Decision, document: Path, without_consent: bool = False) -> None:
        """Approve the open review and record what was signed, both or neither."""
        self._review.decide(Step.APPROVE, None, without_consent, (decision, document))

    def make_effective(self, proposal: str, decision: str, waiver: Optional[str]) -> None:
        identity = self._request("effective", decision, waiver)
        self._do(
            "effective",
            lambda calls: calls.make_effective(proposal, identity, decision, waiver),
            lambda papers: self._took(proposal, papers),
        )

    def mark_done(self, task: FollowUpTask, note: str, document: Optional[Path]) -> None:
        identity = self._request(task.proposal, task.kind, note, str(document))

        def work(calls: DecisionCalls) -> Any:
            file, content = file_of(document) if document is not None else (None, None)
            return calls.mark_done(task, identity, note, file.name if file is not None else None, content)

        self._do("task", work, lambda _tasks: self.load_tasks())

    def _request(self, *about: Hashable) -> str:
        """The same id for the same wish: what is asked again after a lost answer is done once."""
        return self._requests.setdefault(about, str(uuid.uuid4()))

    def _took(self, proposal: str, papers: DecisionPapers) -> None:
        self.papers.give(proposal, papers)
        if papers.current is not None:
            self._telling = proposal  # the review's tab looks at the proposal anew
            self._review.know_decision(proposal, _short(papers.current.decision, papers.effect is not None))
            self._telling = ""
        self._ask(self.follow_up, proposal, lambda calls, _client: calls.tasks_of_proposal(proposal))
        self.load_waiting()

    def _do(self, code: str, work: Callable[[DecisionCalls], Any], took: Callable[[Any], None]) -> None:
        url, token = self._context.state.hub_url, self._context.state.token

        def run(feedback: JobFeedback) -> Any:
            from commune_planning_plugin.sync.decision_calls import DecisionCalls

            return work(DecisionCalls(hub(url, token, feedback)))

        def ended(answer: Any) -> None:
            took(answer)
            self.done.emit(code)

        def failed(error: PlanningError) -> None:
            self.refused.emit(error)

        self._context.jobs.start("decide", run, ended, failed)

    def _ask(self, lookup: Lookup, subject: Hashable, call: Callable[[DecisionCalls, HubClient], Any]) -> None:
        url, token = self._context.state.hub_url, self._context.state.token

        def work(feedback: JobFeedback) -> Any:
            from commune_planning_plugin.sync.decision_calls import DecisionCalls

            client = hub(url, token, feedback)
            return call(DecisionCalls(client), client)

        lookup.ask(subject, work)


def _short(decision: Decision, made_effective: bool) -> SignedDecision:
    from commune_planning_plugin.sync.proposal_documents import SignedDecision

    return SignedDecision(decision.number, decision.date.isoformat(), decision.effective.isoformat(), made_effective)
