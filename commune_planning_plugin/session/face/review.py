"""The open review, and the decision on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from commune_planning_plugin.core.workflow import Step

if TYPE_CHECKING:
    from commune_planning_plugin.session.display import DisplayController
    from commune_planning_plugin.session.review import ReviewController
    from commune_planning_plugin.session.state import SessionState
    from commune_planning_plugin.sync.detail_documents import ProposalDetail, ReviewItem


class ReviewFace:
    _state: SessionState
    _review: ReviewController
    display: DisplayController

    @property
    def review(self) -> Optional[ProposalDetail]:
        return self._state.review

    def open_review(self, proposal: str) -> None:
        """Job ``open_review``: fetch the proposal and show it on the map in a group of its own."""
        self._review.open(proposal)

    def close_review(self) -> None:
        """The map is again as it was."""
        self._review.close()

    def show_change(self, item: ReviewItem) -> None:
        """Zoom to one change of the open review and flash it."""
        self._review.show_change(item)

    def show_sides(self, before: bool, after: bool) -> None:
        """Which sides of the open review the map shows."""
        self.display.show_sides(before, after)

    def sign_off(self, reason: Optional[str] = None) -> None:
        """Job ``decide``, as the three below; each emits ``noticed('proposal.signed_off', …)`` and so on when done."""
        self._review.decide(Step.SIGN_OFF, reason)

    def return_(self, reason: str) -> None:
        self._review.decide(Step.RETURN, reason)

    def reject(self, reason: str) -> None:
        self._review.decide(Step.REJECT, reason)

    def approve(self) -> None:
        """Of the result as it was shown (``review.result_hash``)."""
        self._review.decide(Step.APPROVE)
