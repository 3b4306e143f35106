"""From a draft to a version: the checks that a person can still do something about."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Optional

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.proposal import GROUNDS, Version
from commune_planning_plugin.core.text import LONGEST_TEXT, LONGEST_TITLE, readable
from commune_planning_plugin.core.wire import canonical_json
from commune_planning_plugin.store import drafts, outbox, state
from commune_planning_plugin.store.building import now
from commune_planning_plugin.store.model import Draft, FeatureProblem, LocalChange, LocalState, OutboxItem, Ref


def freeze(
    connection: sqlite3.Connection, draft: Draft, status: Sequence[LocalChange], problems: Sequence[FeatureProblem]
) -> OutboxItem:
    """Within the caller's write transaction. Raises `WorkingCopyError`, see `Outbox.freeze`."""
    chosen = _chosen(draft, status, problems)
    bases = _bases(connection, draft, chosen, status)
    _check_text(draft)
    for file in draft.files:
        drafts.content_of(connection, file.sha256)
    base = state.checkpoint(connection)
    version = Version(
        proposal=draft.proposal,
        number=draft.number,
        commune=state.required(connection, "commune"),
        plan=_plan(draft, chosen),
        title=readable(draft.title).strip(),
        ground=draft.ground or 0,
        reason=readable(draft.reason).strip(),
        base_number=base.number,
        base_id=base.id,
        changes=tuple(item.proposable for item in chosen),
        attachments=draft.files,
        depends_on=bases,
        linked=tuple(sorted(other for other in set(draft.linked) if outbox.may_come(connection, other))),
    )
    item = outbox.put(connection, version, canonical_json(version.to_json()), now())
    connection.execute("DELETE FROM planning_draft WHERE proposal = ?", (draft.proposal,))
    return item


def _chosen(draft: Draft, status: Sequence[LocalChange], problems: Sequence[FeatureProblem]) -> list[LocalChange]:
    """The draft's changes as they are now; what was reverted since has left it by itself."""
    wanted = set(draft.refs)
    wrong = [p for p in problems if p.key is None or Ref(p.layer, p.key) in wanted]
    chosen = [item for item in status if ref_of(item.change) in wanted]
    if wrong:
        raise WorkingCopyError("proposal.problems", problems=[{"layer": p.layer, "key": p.key, "code": p.code} for p in wrong])
    _refuse("proposal.conflict", [item for item in chosen if item.state is LocalState.CONFLICT])
    _refuse(
        "proposal.pending", [item for item in chosen if item.state is LocalState.IN_PROPOSAL or draft.proposal in item.proposals]
    )
    if not chosen:
        raise WorkingCopyError("proposal.no_changes")
    return chosen


def _bases(
    connection: sqlite3.Connection, draft: Draft, chosen: Sequence[LocalChange], status: Sequence[LocalChange]
) -> tuple[str, ...]:
    """The proposals that the changes stand on: about the same features, or about those that new ones took their ground from.

    Raises ``proposal.depended`` where one of them stands on the draft's own: it would wait for itself.
    """
    waiting = {ref_of(item.change): item.proposals for item in status}
    bases = {proposal for item in chosen for ref in (ref_of(item.change), *_former(item)) for proposal in waiting.get(ref, ())}
    bases.discard(draft.proposal)
    above = bases & outbox.standing_on(connection, draft.proposal)
    if above:
        raise WorkingCopyError("proposal.depended", proposals=sorted(above))
    return tuple(sorted(bases))


def _former(item: LocalChange) -> list[Ref]:
    lineage = (item.row or {}).get("predecessors") if item.change.old is None else None
    return [Ref(item.change.layer, key) for key in str(lineage or "").split(",") if key]


def _refuse(code: str, items: Sequence[LocalChange]) -> None:
    if items:
        proposals = sorted({proposal for item in items for proposal in item.proposals})
        raise WorkingCopyError(code, refs=[ref_of(item.change) for item in items], proposals=proposals)


def _check_text(draft: Draft) -> None:
    missing = [name for name in ("title", "reason") if not readable(getattr(draft, name)).strip()]
    missing += [] if draft.ground in GROUNDS else ["ground"]
    if missing:
        raise WorkingCopyError("proposal.incomplete", fields=missing)
    for name, longest in (("title", LONGEST_TITLE), ("reason", LONGEST_TEXT)):
        length = len(readable(getattr(draft, name)).strip())
        if length > longest:
            raise WorkingCopyError("text.length", field=name, length=length, limit=longest)


def _plan(draft: Draft, chosen: Sequence[LocalChange]) -> str:
    """The one plan of all changes. Raises ``proposal.several_plans`` with the split: plan → refs."""
    split = by_plan(chosen)
    if len(split) > 1 or (draft.plan is not None and draft.plan not in split):
        raise WorkingCopyError("proposal.several_plans", plans=split)
    return next(iter(split))


def by_plan(chosen: Sequence[LocalChange]) -> dict[str, list[Ref]]:
    """The split of changes over plans."""
    split: dict[str, list[Ref]] = {}
    for item in chosen:
        split.setdefault(plan_of(item), []).append(ref_of(item.change))
    return split


def plan_of(item: LocalChange) -> str:
    """Where the feature is now, or was."""
    row: Optional[Mapping[str, Any]] = item.row if item.row is not None else item.change.old
    return str((row or {}).get("plan"))


def ref_of(change: Change) -> Ref:
    return Ref(change.layer, change.key)
