"""One's own changes as a reviewer will see them, from the working copy alone: before they are sent, and without a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.adapters.layers import LAYER_PROPERTY
from commune_planning_plugin.adapters.project_setup import province_crs
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.session.context import Context, working_copy, working_copy_to_read

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.core.rules import Changed
    from commune_planning_plugin.core.schema import Catalogue
    from commune_planning_plugin.session.state import SessionState
    from commune_planning_plugin.store import Draft, LocalChange, Ref, WorkingCopy
    from commune_planning_plugin.sync.detail_documents import ContextRow, ProposalDetail, ReviewItem
    from commune_planning_plugin.sync.proposal_documents import ProposalSummary

LOCAL = "local"
"""The id that a preview has in place of a proposal's."""
SURROUNDINGS_M = 100.0
MOST_AROUND = 2_000
"""As the hub shows around a proposal."""


class PreviewController(QObject):
    """Puts a `ProposalDetail` in the state DRAFT where the open review stands; nobody can decide on it."""

    opened = pyqtSignal()
    closed = pyqtSignal()

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = context.state
        self._asked: Optional[Draft] = None
        self._open = False
        context.signals.local_changes_changed.connect(self._look_again)
        context.signals.review_changed.connect(self._follow)

    @property
    def shown(self) -> bool:
        review = self._state.review
        return review is not None and review.summary.state is State.DRAFT

    def show(self, refs: Optional[Iterable[Ref]] = None) -> None:
        """Job ``preview``: of these local changes, or of all that there are."""
        from commune_planning_plugin.store import Draft

        chosen = tuple(refs) if refs is not None else ()
        self.show_draft(Draft(LOCAL, 1, refs=chosen))

    def show_draft(self, draft: Draft) -> None:
        """As `show`, of what a draft would send, with its title, ground and reason."""
        path, only_read, summary = self._state.path, self._state.only_read is not None, _summary(self._state, draft)
        if path is None:
            return

        def work(_feedback: JobFeedback) -> tuple[ProposalDetail, Catalogue]:
            with working_copy_to_read(path) if only_read else working_copy(path) as copy:
                return previewed(copy, draft, summary), copy.catalogue

        if self.shown:
            self._context.jobs.quiet(work, lambda found: self._take(draft, *found))
        else:
            self._context.jobs.start("preview", work, lambda found: self._take(draft, *found))

    def _take(self, draft: Draft, detail: ProposalDetail, catalogue: Catalogue) -> None:
        context, was_open = self._context, self.shown
        if not detail.review:
            if was_open:
                self._close()
            return
        self._asked = draft
        self._state.review = detail
        context.view.crs = province_crs(catalogue)
        context.review_view.show(detail, catalogue, self._replaced(detail), still=was_open)
        context.signals.review_changed.emit()
        if not was_open:
            self._open = True
            self.opened.emit()

    def _replaced(self, detail: ProposalDetail) -> frozenset[str]:
        """Layers on the map that show the changes already: no part of a picture of the time before them."""
        touched = {item.layer for item in detail.review}
        layers = self._context.project.mapLayers().values()
        return frozenset(layer.id() for layer in layers if layer.customProperty(LAYER_PROPERTY) in touched)

    def _look_again(self) -> None:
        if self.shown and self._asked is not None:
            self.show_draft(self._asked)

    def _close(self) -> None:
        self._state.review = None
        self._context.review_view.close()
        self._context.signals.review_changed.emit()

    def _follow(self) -> None:
        if self._open and not self.shown:
            self._open, self._asked = False, None
            if self._state.review is None:
                self.closed.emit()


def _summary(state: SessionState, draft: Draft) -> ProposalSummary:
    from commune_planning_plugin.sync.account_documents import Person
    from commune_planning_plugin.sync.proposal_documents import ProposalSummary

    account, commune = state.account, state.commune
    me = Person(account.id, account.name, account.full_name) if account is not None else Person("", "", state.account_name)
    now = datetime.now(timezone.utc).isoformat()
    return ProposalSummary(
        id=LOCAL,
        number=0,
        commune=commune.code if commune is not None else "",
        commune_name=commune.name if commune is not None else "",
        plan=draft.plan or "",
        plan_name="",
        title=draft.title,
        ground=draft.ground or 0,
        author=me,
        state=State.DRAFT,
        version=draft.number,
        hash="",
        changes=0,
        created_at=now,
        updated_at=now,
        last_step=None,
        can=(),
        revision=None,
    )


def previewed(copy: WorkingCopy, draft: Draft, summary: ProposalSummary) -> ProposalDetail:
    """In a background thread: the draft's changes (all local ones where it names none) with what the rules say to them."""
    from commune_planning_plugin.core.proposal import Version
    from commune_planning_plugin.session import local_changes
    from commune_planning_plugin.session.proposals import judge
    from commune_planning_plugin.store import Ref
    from commune_planning_plugin.sync.detail_documents import ProposalDetail

    listed = {Ref(local.change.layer, local.change.key): local for local in copy.status()}
    refs = tuple(ref for ref in (draft.refs or listed) if ref in listed)
    changed = {ref: local_changes.changed(copy, listed[ref].change) for ref in refs}
    plan = draft.plan or _main_plan(changed.values())
    names = {each.key: each.name for each in copy.catalogue.plans}
    lineage = copy.proposed_lineage([listed[ref].change for ref in refs])
    items = tuple(_item(ref, listed[ref], changed[ref], lineage.get(ref.key, ())) for ref in refs)
    at = copy.checkpoint
    content = Version(
        *(LOCAL, draft.number, summary.commune, plan, draft.title, draft.ground or 0, draft.reason, at.number, at.id),
        changes=tuple(listed[ref].change for ref in refs),
        attachments=draft.files,
    )
    return ProposalDetail(
        summary=replace(summary, plan=plan, plan_name=names.get(plan, ""), changes=len(items)),
        content=content,
        steps=(),
        findings=judge(copy, replace(draft, plan=plan, refs=refs)).findings,
        review=items,
        result_hash=None,
        context=tuple(_around(copy, items)),
        rekeyed={},
    )


def _item(ref: Ref, local: LocalChange, changed: Changed, former: tuple[str, ...]) -> ReviewItem:
    from commune_planning_plugin.sync.detail_documents import ReviewConflict, ReviewItem

    clash = local.conflict
    conflict = ReviewConflict(clash.kind, clash.attributes) if clash is not None else None
    after = changed.after
    if after is not None and former and not after.get("predecessors"):
        after = {**after, "predecessors": ",".join(former)}
    return ReviewItem(ref.layer, ref.key, local.change.kind.value, changed.before, after, conflict)


def _main_plan(changed: Iterable[Changed]) -> str:
    """The plan of most changes."""
    from collections import Counter

    plans = Counter(str((item.after or item.before or {}).get("plan") or "") for item in changed)
    return plans.most_common(1)[0][0] if plans else ""


def _around(copy: WorkingCopy, items: Iterable[ReviewItem]) -> Iterator[ContextRow]:
    """Unchanged features near by, of the layers that something changed in."""
    from commune_planning_plugin.core.geometry import bounds
    from commune_planning_plugin.sync.detail_documents import ContextRow

    places: dict[str, list[tuple[float, float, float, float]]] = {}
    for item in items:
        for row in (item.before, item.after):
            shape = (row or {}).get("geom")
            if isinstance(shape, bytes):
                x1, y1, x2, y2 = bounds(shape)
                margin = SURROUNDINGS_M
                places.setdefault(item.layer, []).append((x1 - margin, y1 - margin, x2 + margin, y2 + margin))
    local = {(change.layer, change.key) for change in copy.changes().changes}
    found = ((layer, key, row) for layer, where in places.items() for key, row in copy.rows_meeting(layer, *where).items())
    rows = (ContextRow(layer, key, row) for layer, key, row in found if (layer, key) not in local)
    yield from (row for _, row in zip(range(MOST_AROUND), rows))
