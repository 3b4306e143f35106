"""Who may do what: whose a plan is, heads' signatures in other hands, and the steps that the matrix adds to a review."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Optional

from qgis.PyQt.QtCore import QObject

from commune_planning_plugin.core.workflow import Role, Step
from commune_planning_plugin.session.context import Context, hub
from commune_planning_plugin.session.lookups import Lookup
from commune_planning_plugin.sync.authority_documents import Given

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.session.review import ReviewController
    from commune_planning_plugin.sync.authority_calls import AuthorityCalls
    from commune_planning_plugin.sync.authority_documents import Delegation


class PlanAuthorityLookup(Lookup):
    """Its value is an `Authority`; its subjects are plans' keys, adjusted by the chosen commune."""

    def load(self, plan: str) -> None:
        state = self._context.state
        if state.commune is not None and state.token is not None and plan != self.subject:
            url, token, commune = state.hub_url, state.token, state.commune.code
            self.ask(plan, lambda feedback: _calls(url, token, feedback).of_plan(plan, commune))


class DelegationsLookup(Lookup):
    """Its value is `Delegations`; its subjects are communes' codes."""

    def load(self, commune: str) -> None:
        url, token = self._context.state.hub_url, self._context.state.token
        self.ask(commune, lambda feedback: _calls(url, token, feedback).delegations(commune))


class AuthorityController(QObject):
    """Steps are taken on the open review; each emits ``noticed`` when done, as `ReviewController.decide` does."""

    def __init__(self, context: Context, review: ReviewController, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context, self._review = context, review
        self.of_plan = PlanAuthorityLookup(context, self)
        self.delegations = DelegationsLookup(context, self)
        self._wished: dict[tuple[Hashable, ...], str] = {}
        """Ids of delegations that the hub hasn't confirmed: the same wish again is the same delegation."""

    def appraise(self, reason: Optional[str] = None) -> None:
        """It may be approved: put it forward."""
        self._review.decide(Step.APPRAISE, reason)

    def consent(self, reason: Optional[str] = None) -> None:
        """For the communes that the account speaks for."""
        self._review.decide(Step.CONSENT, reason)

    def approve_without_consent(self) -> None:
        """As the session's `approve`, and the province decides though not every commune has consented."""
        self._review.decide(Step.APPROVE, without_consent=True)

    def post_check(self, reason: Optional[str] = None) -> None:
        """The province has looked at what a commune approved."""
        self._review.decide(Step.POST_CHECK, reason)

    def object(self, reason: str) -> None:
        """The province objects to what a commune approved; the approved revision stays."""
        self._review.decide(Step.OBJECT, reason)

    # --- the head's signature -----------------------------------------------------------------------------------------

    @property
    def headed(self) -> tuple[str, ...]:
        """Codes of the communes whose head the account is: it can let somebody sign for them."""
        account = self._context.state.account
        grants = account.roles if account is not None else ()
        return tuple(grant.commune for grant in grants if grant.role is Role.HEAD and grant.commune is not None)

    def give(self, commune: str, receiver: str, acts: Iterable[Step], valid_from: str, valid_to: str, document: str) -> None:
        """Job ``give_signature``: from the receiver's next request on."""
        wish = (commune, receiver, tuple(acts), valid_from, valid_to, document)
        given = Given(self._wished.setdefault(wish, str(uuid.uuid4())), *wish)
        self._job("give_signature", lambda calls: calls.give(given), "delegation.made")

    def revoke(self, delegation: Delegation) -> None:
        """Job ``revoke_signature``: it ends at once."""
        self._job("revoke_signature", lambda calls: calls.revoke(delegation.id), "delegation.revoked")

    def _job(self, code: str, call: Callable[[AuthorityCalls], Delegation], told: str) -> None:
        url, token = self._context.state.hub_url, self._context.state.token

        def done(delegation: Delegation) -> None:
            self._wished.clear()
            self._context.signals.noticed.emit(told, {"name": delegation.receiver_name, "document": delegation.document})
            self.delegations.load(delegation.commune)

        self._context.jobs.start(code, lambda feedback: call(_calls(url, token, feedback)), done)


def _calls(url: str, token: Optional[str], feedback: JobFeedback) -> AuthorityCalls:
    from commune_planning_plugin.sync.authority_calls import AuthorityCalls

    return AuthorityCalls(hub(url, token, feedback))
