"""Drafts, what is on its way, and what the province has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from commune_planning_plugin.store import OutboxState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from commune_planning_plugin.core.rules import Finding
    from commune_planning_plugin.session.proposals import ProposalController
    from commune_planning_plugin.session.state import SessionState
    from commune_planning_plugin.store import Draft, Ref, Unsent
    from commune_planning_plugin.sync.proposal_documents import ProposalSummary


class ProposalsFace:
    _state: SessionState
    _proposals: ProposalController

    @property
    def proposals(self) -> tuple[ProposalSummary, ...]:
        """Mine, as last seen at the hub (`proposals_at`); known offline too, over a restart."""
        return self._state.proposals

    @property
    def proposals_at(self) -> Optional[datetime]:
        """When the hub was asked last for ``proposals``; None where they are not known."""
        return self._state.proposals_at

    @property
    def inbox(self) -> tuple[ProposalSummary, ...]:
        """What waits for my sign-off or decision, or the beginning of it: `inbox_list` has the rest."""
        return self._state.inbox

    @property
    def outbox(self) -> tuple[Unsent, ...]:
        """Versions that the hub doesn't have: queued, or refused and not taken up again."""
        return self._state.outbox

    @property
    def unsent(self) -> int:
        """How many of ``outbox`` are sent by themselves at the next contact."""
        return sum(item.state is OutboxState.QUEUED for item in self._state.outbox)

    @property
    def followed(self) -> tuple[ProposalSummary, ...]:
        """Others' that I had a part in and that don't wait for me now: how they stand, what touched last first."""
        return self._state.followed

    @property
    def drafts(self) -> tuple[Draft, ...]:
        return self._state.drafts

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self._state.findings

    @property
    def findings_of(self) -> Optional[str]:
        """The proposal id of the draft that ``findings`` is about; None before the first check."""
        return self._state.findings_of

    @property
    def outside(self) -> Mapping[Ref, tuple[str, ...]]:
        """Of the draft checked last: features that lie in other communes too, and those communes' codes, which will be asked."""
        return self._state.outside

    def plan_of(self, ref: Ref) -> Optional[str]:
        """The key of the plan that a local change belongs to."""
        return self._state.plan_of.get(ref)

    @property
    def to_correct(self) -> Mapping[str, tuple[Ref, ...]]:
        """By proposal that came back (returned, refused), what its newest version holds."""
        return self._state.to_correct

    @property
    def held(self) -> Mapping[Ref, str]:
        """The proposal that a change goes to the province with: a draft, or one that came back and is to be sent again."""
        return self._state.held()

    def split(self, refs: Optional[Iterable[Ref]] = None) -> Mapping[str, tuple[Ref, ...]]:
        """Local changes that can be submitted (``refs``, or all that no proposal and no draft holds), by plan."""
        return self._state.split(refs)

    def linked_parts(self, parts: Mapping[str, tuple[Ref, ...]]) -> Mapping[str, tuple[str, ...]]:
        """By part of a `split`, the parts that it shares moved ground with: their proposals are to be linked."""
        return self._state.linked_parts(parts)

    def new_draft(self, refs: Optional[Iterable[Ref]] = None) -> Optional[Draft]:
        """A new draft of ``refs`` (default: all that none holds). None, with the reason in ``failed`` (context ``draft``):
        ``proposal.no_changes``, or ``proposal.several_plans`` whose ``details['plans']`` is `split`'s answer."""
        return self._proposals.new_draft(refs)

    def revise(self, summary: ProposalSummary) -> Optional[Draft]:
        """The draft of the next version of a returned or withdrawn proposal, with the local changes of its plan."""
        return self._proposals.revise(summary)

    def save_draft(self, draft: Draft) -> None:
        """In memory at once, in the working copy soon after: may be called at each keystroke."""
        self._proposals.save(draft)

    def discard_draft(self, proposal: str) -> None:
        """Its changes stay local changes."""
        self._proposals.discard(proposal)

    def attach(self, draft: Draft, path: Path) -> None:
        """Job ``attach``: keep a copy of the file in the draft; `drafts` then shows it."""
        self._proposals.attach(draft, path)

    def check(self, draft: Draft) -> None:
        """Job ``check``: ask the rules about the draft's changes; ends with ``findings_changed``."""
        self._proposals.check(draft)

    def submit(self, draft: Draft) -> None:
        """Job ``submit``: freeze the draft into the outbox, then send it if the hub is there, else when it is back."""
        self._proposals.submit(draft)

    def take_back(self, item: Unsent) -> Optional[Draft]:
        """One of `outbox` as a draft again. None where it may have left, with the reason in ``failed`` (context ``draft``)."""
        return self._proposals.take_back(item)

    def withdraw(self, summary: ProposalSummary) -> None:
        """Job ``withdraw``."""
        self._proposals.withdraw(summary)
