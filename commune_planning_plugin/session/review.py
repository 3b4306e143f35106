"""The open review: a proposal on the map, and the decision about it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.adapters.project_setup import province_crs
from commune_planning_plugin.core.decision import Decision
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.geometry import union_bounds
from commune_planning_plugin.core.schema import GEOMETRY
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.session.context import Context, hub
from commune_planning_plugin.session.kept_reviews import Opened, opened_or_kept, taken_up
from commune_planning_plugin.store.drafts import file_of

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.session.discussion import DiscussionController
    from commune_planning_plugin.sync.client import HubClient
    from commune_planning_plugin.sync.detail_documents import ProposalDetail, ReviewItem
    from commune_planning_plugin.sync.proposal_documents import ProposalSummary, SignedDecision

Signed = tuple[Decision, Path]
"""A decision and the file that was signed, whose name and hash the decision gets when it is sent."""
DONE = {
    Step.SIGN_OFF: "proposal.signed_off",
    Step.RETURN: "proposal.returned",
    Step.REJECT: "proposal.rejected",
    Step.APPROVE: "proposal.approved",
    Step.APPRAISE: "proposal.appraised",
    Step.CONSENT: "proposal.consented",
    Step.POST_CHECK: "proposal.post_checked",
    Step.OBJECT: "proposal.objected",
}
LOOKED_AT_AGAIN = frozenset(
    {
        "changed_since_seen",
        "proposal.conflict",
        "proposal.depends",
        "proposal.linked",
        "proposal.state",
        "rules.errors",
        "opinions.pending",
    }
)


class ReviewController(QObject):
    """Owns the state's ``review``."""

    decided = pyqtSignal()

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = context.state
        self._requests: dict[tuple[str, int, Step, bool, str], str] = {}
        self.mail: Optional[DiscussionController] = None
        """Keeps what was opened for a time without connection, and sends what was said before a decision is taken."""

    def open(self, proposal: str) -> None:
        url, token = self._state.hub_url, self._state.token
        box = self.mail.mailbox_path() if self.mail is not None else None

        def work(feedback: JobFeedback) -> Opened:
            client = hub(url, token, feedback)
            return opened_or_kept(client, proposal, box)

        self._context.jobs.start("open_review", work, self._opened)

    def _opened(self, found: Opened) -> None:
        detail, catalogue = found.detail, found.catalogue
        if found.at is not None:
            self._context.signals.noticed.emit("review.kept", {"at": found.at.isoformat()})
        self._state.review = detail
        self._state.take_catalogue(catalogue)
        self._context.view.crs = province_crs(catalogue)
        self._context.review_view.show(detail, catalogue)
        self._context.signals.review_changed.emit()
        self._context.signals.changed.emit()
        if found.at is None and Step.OPEN in detail.summary.can:
            self._take_up(detail)
        else:
            self.decided.emit()

    def _take_up(self, detail: ProposalDetail) -> None:
        """While it is looked at already; where somebody was faster, the next look shows that."""
        url, token = self._state.hub_url, self._state.token

        def taken(known: ProposalDetail) -> None:
            if self._state.review is detail:
                self._state.review = known
                self._context.signals.review_changed.emit()
            self.decided.emit()

        work = partial(_taken_up, url, token, detail)
        self._context.jobs.quiet(work, taken, lambda _error: self.decided.emit())

    def close(self) -> None:
        self._state.review = None
        self._context.review_view.close()
        self._context.signals.review_changed.emit()
        self._context.signals.changed.emit()

    def show_change(self, item: ReviewItem) -> None:
        before, after = (item.before or {}).get(GEOMETRY), (item.after or {}).get(GEOMETRY)
        shapes = [wkb for wkb in (before, after) if isinstance(wkb, bytes)]
        view = self._context.view
        view.show_change(*(wkb if isinstance(wkb, bytes) else None for wkb in (before, after)), conflict=item.conflict is not None)
        view.zoom_to(union_bounds(shapes))
        view.flash(shapes)

    def decide(
        self, step: Step, reason: Optional[str] = None, without_consent: bool = False, signed: Optional[Signed] = None
    ) -> None:
        """``signed`` is recorded with an approval, or neither is."""
        detail = self._state.review
        if detail is None:
            return
        summary, url, token = detail.summary, self._state.hub_url, self._state.token
        wish = (summary.id, summary.version, step, without_consent, repr(signed))
        request = self._requests.setdefault(wish, str(uuid.uuid4()))
        seen = detail.result_hash if step is Step.APPROVE else None

        def work(_feedback: JobFeedback) -> tuple[ProposalSummary, ProposalDetail]:
            client = hub(url, token)
            if self.mail is not None:
                self.mail.flush(client)
            decision = _sent(client, request, *signed) if signed is not None else None
            answer = client.step(summary.id, step, request, summary.version, reason, seen, without_consent, decision)
            return answer, client.proposal(summary.id)

        self._context.jobs.start("decide", work, lambda found: self._decided(step, *found), self._refused)

    def _decided(self, step: Step, summary: ProposalSummary, detail: ProposalDetail) -> None:
        if self._state.review is not None and self._state.review.summary.id == summary.id:
            self._state.review = detail
            self._context.signals.review_changed.emit()
        code = "proposal.agreed" if summary.state is State.AGREED else DONE[step]
        self._context.signals.noticed.emit(code, {"number": summary.number, "title": summary.title})
        self.decided.emit()

    def know_decision(self, proposal: str, decision: SignedDecision) -> None:
        """What was just recorded, or put into force: the open review doesn't wait for it any more."""
        detail = self._state.review
        if detail is not None and detail.summary.id == proposal:
            self._state.review = replace(detail, summary=replace(detail.summary, decision=decision, tells_decision=True))
            self._context.signals.review_changed.emit()

    def _refused(self, error: PlanningError) -> None:
        """What was refused is asked anew after a look at what has changed: with a request id of its own."""
        if error.code in LOOKED_AT_AGAIN:
            self._requests.clear()
        self._context.signals.failed.emit(error, "decide")


def _sent(client: HubClient, request: str, decision: Decision, document: Path) -> tuple[str, Decision]:
    """The signed file is with the hub; the decision names it by its content, under an id that belongs to the request."""
    file, content = file_of(document)
    client.put_attachment(file.sha256, content)
    identity = uuid.uuid5(uuid.UUID(request), "decision")
    return str(identity), replace(decision, sha256=file.sha256, file_name=file.name)


def _taken_up(url: str, token: Optional[str], detail: ProposalDetail, feedback: JobFeedback) -> ProposalDetail:
    return taken_up(hub(url, token, feedback), detail)
