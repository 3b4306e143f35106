"""Drafts, their checks, and the way into the outbox."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.core.errors import InvalidData, PlanningError
from commune_planning_plugin.core.workflow import Step
from commune_planning_plugin.session import local_changes
from commune_planning_plugin.session.context import LOCK_WAIT_S, Context, Debounce, hub, working_copy

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.core.changes import Change
    from commune_planning_plugin.core.proposal import Attachment
    from commune_planning_plugin.core.rules import Changed, Finding
    from commune_planning_plugin.core.schema import Values
    from commune_planning_plugin.store import Draft, Ref, Unsent, WorkingCopy
    from commune_planning_plugin.store.gpkg import Bounds
    from commune_planning_plugin.sync.proposal_documents import ProposalSummary

SAVE_AFTER_MS = 300


@dataclass(frozen=True)
class Verdict:
    """What the rules say about a draft, and which other communes (by code) its features lie in."""

    proposal: str
    findings: tuple[Finding, ...]
    communes: Mapping[Ref, tuple[str, ...]]


class ProposalController(QObject):
    """Owns drafts and findings of the state."""

    queued = pyqtSignal()
    """A version was frozen into the outbox, or a proposal has taken a step."""
    outbox_changed = pyqtSignal()
    """The changes of a version are local ones again, or no longer."""

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = context.state
        self._save_soon = Debounce(SAVE_AFTER_MS, self._save_pending, self)

    # --- drafts -------------------------------------------------------------------------------------------------------

    def new_draft(self, refs: Optional[Iterable[Ref]] = None) -> Optional[Draft]:
        split = self._state.split(refs)
        if not split:
            self._refuse(InvalidData("proposal.no_changes"))
            return None
        if len(split) > 1:
            self._refuse(InvalidData("proposal.several_plans", plans=split))
            return None
        from commune_planning_plugin.store import Draft

        plan, chosen = next(iter(split.items()))
        draft = Draft(str(uuid.uuid4()), 1, plan or None, refs=chosen)
        self.save(draft)
        return self._state.draft(draft.proposal)

    def revise(self, summary: ProposalSummary) -> Optional[Draft]:
        known = self._state.draft(summary.id)
        path = self._state.path
        if known is not None or path is None:
            return known
        try:
            with working_copy(path, wait=0.0) as copy:
                draft = copy.drafts.reopen(summary.id)
        except PlanningError as error:
            if error.code != "proposal.unknown":
                self._refuse(error)
                return None
            draft = self._from_summary(summary)
        self.save(draft)
        return self._state.draft(summary.id)

    def take_back(self, item: Unsent) -> Optional[Draft]:
        path = self._state.path
        if path is None:
            return None
        try:
            with working_copy(path, wait=0.0) as copy:
                draft = copy.outbox.take_back(item.proposal, item.number)
        except PlanningError as error:
            self._refuse(error)
            return None
        self._state.outbox = tuple(other for other in self._state.outbox if other != item)
        self.save(draft)
        self.outbox_changed.emit()
        return self._state.draft(item.proposal)

    def _from_summary(self, summary: ProposalSummary) -> Draft:
        """For a version that was frozen on another computer: with the local changes of its plan."""
        from commune_planning_plugin.store import Draft

        refs = self._state.split().get(summary.plan, ())
        linked = tuple(other.id for other in summary.linked)
        return Draft(summary.id, summary.version + 1, summary.plan, summary.title, summary.ground, refs=refs, linked=linked)

    def _refuse(self, error: PlanningError) -> None:
        self._context.signals.failed.emit(error, "draft")

    def save(self, draft: Draft) -> None:
        stamped = replace(draft, updated_at=datetime.now(timezone.utc).isoformat())
        others = [known for known in self._state.drafts if known.proposal != draft.proposal]
        is_new = len(others) == len(self._state.drafts)
        self._state.drafts = (*others, stamped)
        self._state.pending_drafts[draft.proposal] = stamped
        self._save_soon.start()
        if is_new:
            self._tell()

    def discard(self, proposal: str) -> None:
        self._state.drafts = tuple(draft for draft in self._state.drafts if draft.proposal != proposal)
        self._state.pending_drafts[proposal] = None
        self._save_soon.start()
        self._tell()

    def _tell(self) -> None:
        self._context.signals.proposals_changed.emit()
        self._context.signals.changed.emit()

    def _save_pending(self) -> None:
        path, pending = self._state.path, dict(self._state.pending_drafts)
        if path is not None and pending:
            self._context.jobs.quiet(
                lambda _feedback: write_drafts(path, pending), lambda _done: self._saved(pending), self._not_saved
            )

    def _saved(self, written: Mapping[str, Optional[Draft]]) -> None:
        for proposal, draft in written.items():
            if self._state.pending_drafts.get(proposal) is draft:
                del self._state.pending_drafts[proposal]

    def _not_saved(self, error: PlanningError) -> None:
        if error.code == "working_copy.busy":
            self._save_soon.start()
        else:
            self._context.signals.failed.emit(error, "draft")

    def flush(self) -> None:
        """Write at once what waits to be written; for the end of the session."""
        self._save_soon.stop()
        path, pending = self._state.path, self._state.pending_drafts
        if path is not None and pending and path.exists():
            write_drafts(path, pending, wait=1.0)
            pending.clear()

    def attach(self, draft: Draft, file: Path) -> None:
        copy_path = self._state.path
        if copy_path is None:
            return
        self.save(draft)

        def work(_feedback: JobFeedback) -> Attachment:
            with working_copy(copy_path) as copy:
                copy.drafts.save(draft)
                return copy.drafts.attach(draft.proposal, file)

        self._context.jobs.start("attach", work, lambda attachment: self._attached(draft.proposal, attachment))

    def _attached(self, proposal: str, attachment: Attachment) -> None:
        draft = self._state.draft(proposal)
        if draft is not None and attachment not in draft.files:
            self.save(replace(draft, files=(*draft.files, attachment)))
        self._tell()

    # --- check and submit ---------------------------------------------------------------------------------------------

    def check(self, draft: Draft) -> None:
        path = self._state.path
        if path is None:
            return

        def work(_feedback: JobFeedback) -> Verdict:
            with working_copy(path) as copy:
                return judge(copy, draft)

        self._context.jobs.start("check", work, self._checked)

    def _checked(self, verdict: Verdict) -> None:
        self._state.findings, self._state.findings_of = verdict.findings, verdict.proposal
        self._state.outside = dict(verdict.communes)
        self._context.signals.findings_changed.emit()

    def submit(self, draft: Draft) -> None:
        path = self._state.path
        if path is None:
            return

        def work(_feedback: JobFeedback) -> tuple[Unsent, ...]:
            with working_copy(path) as copy:
                copy.drafts.save(draft)
                copy.outbox.freeze(draft)
                return copy.outbox.unsent()

        if self._context.jobs.start("submit", work, self._frozen):
            self._state.pending_drafts.pop(draft.proposal, None)

    def _frozen(self, outbox: tuple[Unsent, ...]) -> None:
        last = outbox[-1]
        sent = self._state.draft(last.proposal)
        taken = frozenset(sent.refs if sent is not None else ())
        self._state.plan_of = {ref: plan for ref, plan in self._state.plan_of.items() if ref not in taken}
        self._state.drafts = tuple(draft for draft in self._state.drafts if draft.proposal != last.proposal)
        self._state.outbox = outbox
        self._context.signals.noticed.emit("proposal.queued", {"proposal": last.proposal, "number": last.number})
        self._tell()
        self.outbox_changed.emit()
        self.queued.emit()

    def withdraw(self, summary: ProposalSummary) -> None:
        url, token, request = self._state.hub_url, self._state.token, str(uuid.uuid4())

        def work(_feedback: JobFeedback) -> ProposalSummary:
            return hub(url, token).step(summary.id, Step.WITHDRAW, request, summary.version)

        self._context.jobs.start("withdraw", work, self._withdrawn)

    def _withdrawn(self, summary: ProposalSummary) -> None:
        self._context.signals.noticed.emit("proposal.withdrawn", {"number": summary.number, "title": summary.title})
        self.queued.emit()

    def stop(self) -> None:
        self.flush()


def write_drafts(path: Path, pending: Mapping[str, Optional[Draft]], wait: float = LOCK_WAIT_S) -> None:
    """Raises ``WorkingCopyError``."""
    with working_copy(path, wait) as copy:
        for proposal, draft in pending.items():
            if draft is None:
                copy.drafts.discard(proposal)
            else:
                copy.drafts.save(draft)


def judge(copy: WorkingCopy, draft: Draft) -> Verdict:
    """Run the rules over the draft's changes; in a background thread."""
    from commune_planning_plugin.core.rules import check

    wanted = {(ref.layer, ref.key) for ref in draft.refs}
    changes = [change for change in copy.changes().changes if (change.layer, change.key) in wanted]
    changed = [local_changes.changed(copy, change) for change in changes]
    codes = {name: frozenset(code.code for code in listed) for name, listed in copy.catalogue.code_lists.items()}
    balances = local_changes.judged_balances(copy, draft.plan, changed)
    findings = check(changed, surroundings(copy, changed), codes, copy.catalogue.rule_pack, balances)
    return Verdict(draft.proposal, tuple(findings), _outside(copy, changes))


def surroundings(copy: WorkingCopy, changed: Iterable[Changed]) -> dict[str, dict[str, Values]]:
    """Unchanged rows of the tiling layers that meet what changed, by layer."""
    from commune_planning_plugin.core.geometry import bounds

    judged = list(changed)
    touched = {(item.layer.id, item.key) for item in judged}
    places: dict[str, list[Bounds]] = {}
    for item in judged:
        shapes = [row["geom"] for row in (item.before, item.after) if row is not None]
        for wkb in shapes if item.layer.tiling else ():
            if isinstance(wkb, bytes):
                places.setdefault(item.layer.id, []).append(bounds(wkb))
    near = {layer: copy.rows_meeting(layer, *where) for layer, where in places.items()}
    return {layer: {key: row for key, row in rows.items() if (layer, key) not in touched} for layer, rows in near.items()}


def _outside(copy: WorkingCopy, changes: Iterable[Change]) -> dict[Ref, tuple[str, ...]]:
    from commune_planning_plugin.store import Ref

    asked = {Ref(change.layer, change.key): tuple(copy.communes_of(change)) for change in changes}
    return {ref: communes for ref, communes in asked.items() if communes}
