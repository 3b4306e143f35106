"""A session without hub, file or map: its state is set by tests and screenshots, its calls are kept."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Optional, Union

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.proposal import Attachment
from commune_planning_plugin.session.types import Connection, JobState, MasterPassword, NextStep, PullMode, Waiting
from commune_planning_plugin.store import Choices, Draft, LocalChange, OutboxState, Ref, Side, Unsent
from commune_planning_plugin.store.linking import linked
from tests.plugin import sample
from tests.plugin.fake_controllers import FakeAuthority, FakeDisplay, FakeLookup, FakePreview, FakeSheet
from tests.plugin.fake_decisions import FakeDecisions
from tests.plugin.fake_discussion import FakeDiscussion
from tests.plugin.fake_history import FakeHistory
from tests.plugin.fake_inbox import FakeInboxList

STATE = {
    "account": None,
    "account_name": "",
    "hub_url": "",
    "connection": Connection.SIGNED_OUT,
    "offline_since": None,
    "catalogue": None,
    "communes": (),
    "commune": None,
    "checkpoint": None,
    "last_pull_at": None,
    "working_copy_path": None,
    "has_working_copy": False,
    "only_read": False,
    "local_changes": (),
    "problems": (),
    "damage": (),
    "resolutions": (),
    "to_correct": {},
    "pending_choices": {},
    "news": None,
    "offer": None,
    "may_assign": False,
    "backups": None,
    "devices": (),
    "editing": False,
    "unsaved": False,
    "remembers": True,
    "master_password": MasterPassword.NOT_ASKED,
    "job": None,
    "sending": None,
    "pull_mode": PullMode.BY_HAND,
    "next_step": NextStep.SIGN_IN,
    "proposals": (),
    "proposals_at": None,
    "outbox": (),
    "inbox": (),
    "followed": (),
    "drafts": (),
    "findings": (),
    "findings_of": None,
    "outside": {},
    "review": None,
}
"""Every property of the session that docks read, as it is in a fresh profile."""


class FakeSession(QObject):
    """The session's face. ``calls`` lists (method, arguments); methods that the docks wait for change the state at once."""

    changed = pyqtSignal()
    local_changes_changed = pyqtSignal()
    proposals_changed = pyqtSignal()
    inbox_changed = pyqtSignal()
    review_changed = pyqtSignal()
    findings_changed = pyqtSignal()
    job_changed = pyqtSignal()
    failed = pyqtSignal(object, str)
    noticed = pyqtSignal(str, dict)
    selected = pyqtSignal(object)

    def __init__(self, **state: Any) -> None:
        super().__init__()
        self.calls: list[tuple[Any, ...]] = []
        self.authority = FakeAuthority(self)
        self.discussion = FakeDiscussion(self.calls)
        self.inbox_list = FakeInboxList(self)
        self.balance, self.related, self.competing, self.versions = (FakeLookup() for _ in range(4))
        self.audit = FakeLookup()
        self.display = FakeDisplay(self.calls)
        self.preview = FakePreview(self)
        self.sheet = FakeSheet(self.calls)
        self.decisions = FakeDecisions()
        self.history = FakeHistory()
        self.set(**{**STATE, **state})

    def set(self, **state: Any) -> None:
        """Change the state and tell everybody."""
        for name, value in state.items():
            if name not in STATE:
                raise AttributeError(name)
            setattr(self, name, value)
        for signal in (self.changed, self.local_changes_changed, self.inbox_changed, self.review_changed, self.job_changed):
            signal.emit()

    @property
    def unsent(self) -> int:
        return sum(item.state is OutboxState.QUEUED for item in self.outbox)

    def called(self, name: str) -> list[tuple[Any, ...]]:
        """The arguments of each call of a method."""
        return [call[1:] for call in self.calls if call[0] == name]

    # --- account and working copy -------------------------------------------------------------------------------------

    def sign_in(self, url: str, name: str, password: str, remember: bool = True) -> None:
        self.calls.append(("sign_in", url, name, password, remember))

    def sign_out(self) -> None:
        self.calls.append(("sign_out",))

    def choose_commune(self, code: str) -> None:
        self.calls.append(("choose_commune", code))

    def pull(self) -> None:
        self.calls.append(("pull",))

    def cancel(self) -> None:
        self.calls.append(("cancel",))

    def start_afresh(self) -> None:
        self.calls.append(("start_afresh",))

    def copy_here(self) -> None:
        self.calls.append(("copy_here",))

    def repair(self) -> None:
        self.calls.append(("repair",))

    def start_drawing(self, layer_id: Optional[str] = None) -> None:
        self.calls.append(("start_drawing", layer_id))

    def save_edits(self) -> None:
        self.calls.append(("save_edits",))

    def stop_drawing(self) -> None:
        self.calls.append(("stop_drawing",))

    def show_layers(self) -> None:
        self.calls.append(("show_layers",))

    def revert(self, refs: Iterable[Ref]) -> None:
        self.calls.append(("revert", tuple(refs)))

    def choose(self, ref: Ref, choices: Choices) -> None:
        self.calls.append(("choose", ref, dict(choices)))
        self.pending_choices = {**self.pending_choices, ref: dict(choices)}

    def resolve(self, chosen: Mapping[Ref, Union[Side, Choices]]) -> None:
        self.calls.append(("resolve", dict(chosen)))

    def undo_resolve(self) -> None:
        self.calls.append(("undo_resolve",))

    def redraw(self, ref: Ref) -> None:
        self.calls.append(("redraw", ref))

    def use_drawn(self, ref: Ref) -> None:
        self.calls.append(("use_drawn", ref))

    def zoom_to(self, ref: Ref) -> None:
        self.calls.append(("zoom_to", ref))

    def zoom_to_place(self, bounds: tuple[float, float, float, float]) -> None:
        self.calls.append(("zoom_to_place", bounds))

    def select(self, ref: Optional[Ref]) -> None:
        self.calls.append(("select", ref))
        self.selected.emit(ref)

    def title_of(self, layer_id: str) -> str:
        return layer_id

    # --- proposals ----------------------------------------------------------------------------------------------------

    def plan_of(self, ref: Ref) -> Optional[str]:
        for local in self.local_changes:
            if (local.change.layer, local.change.key) == (ref.layer, ref.key):
                return _plan(local)
        return None

    @property
    def held(self) -> Mapping[Ref, str]:
        drafts = {draft.proposal: draft.refs for draft in self.drafts}
        return {ref: proposal for proposal, refs in {**self.to_correct, **drafts}.items() for ref in refs}

    def split(self, refs: Optional[Iterable[Ref]] = None) -> Mapping[str, tuple[Ref, ...]]:
        open_ = [Ref(c.change.layer, c.change.key) for c in self.local_changes if c.state.value in ("local", "both")]
        free = [ref for ref in open_ if ref not in self.held]
        found: dict[str, list[Ref]] = {}
        for ref in free if refs is None else refs:
            found.setdefault(self.plan_of(ref) or "", []).append(ref)
        return {plan: tuple(listed) for plan, listed in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))}

    def linked_parts(self, parts: Mapping[str, tuple[Ref, ...]]) -> Mapping[str, tuple[str, ...]]:
        layers = {layer.id: layer for layer in self.catalogue.layers}
        changes = {Ref(local.change.layer, local.change.key): local.proposable for local in self.local_changes}
        return linked(layers, {name: [changes[ref] for ref in refs if ref in changes] for name, refs in parts.items()})

    def new_draft(self, refs: Optional[Iterable[Ref]] = None) -> Optional[Draft]:
        self.calls.append(("new_draft", None if refs is None else tuple(refs)))
        split = self.split(refs)
        if len(split) != 1:
            code = "proposal.several_plans" if split else "proposal.no_changes"
            self.failed.emit(InvalidData(code, plans=split), "draft")
            return None
        plan, chosen = next(iter(split.items()))
        draft = Draft(str(uuid.uuid4()), 1, plan, refs=chosen, updated_at=datetime.now(timezone.utc).isoformat())
        self.drafts = (*self.drafts, draft)
        self.proposals_changed.emit()
        return draft

    def revise(self, summary: Any) -> Optional[Draft]:
        self.calls.append(("revise", summary))
        draft = Draft(
            summary.id,
            summary.version + 1,
            summary.plan,
            summary.title,
            summary.ground,
            refs=self.to_correct.get(summary.id) or self.split()[summary.plan],
        )
        self.drafts = (*self.drafts, draft)
        return draft

    def save_draft(self, draft: Draft) -> None:
        self.calls.append(("save_draft", draft))
        self.drafts = (*(known for known in self.drafts if known.proposal != draft.proposal), draft)

    def discard_draft(self, proposal: str) -> None:
        self.calls.append(("discard_draft", proposal))
        self.drafts = tuple(draft for draft in self.drafts if draft.proposal != proposal)
        self.proposals_changed.emit()

    def attach(self, draft: Draft, path: Path) -> None:
        self.calls.append(("attach", draft.proposal, path))
        self.save_draft(replace(draft, files=(*draft.files, Attachment("ab" * 32, path.name, 120_000))))
        self.proposals_changed.emit()

    def check(self, draft: Draft) -> None:
        self.calls.append(("check", draft.proposal))

    def submit(self, draft: Draft) -> None:
        self.calls.append(("submit", draft))
        self.drafts = tuple(known for known in self.drafts if known.proposal != draft.proposal)
        self.outbox = (*self.outbox, sample.unsent(draft.proposal, title=draft.title))
        self.proposals_changed.emit()

    def take_back(self, item: Unsent) -> Optional[Draft]:
        self.calls.append(("take_back", item))
        draft = Draft(item.proposal, item.number, item.plan, item.title, 5, "…", updated_at=item.since)
        self.outbox = tuple(other for other in self.outbox if other != item)
        self.drafts = (*self.drafts, draft)
        self.proposals_changed.emit()
        return draft

    def withdraw(self, summary: Any) -> None:
        self.calls.append(("withdraw", summary))

    @property
    def waiting(self) -> Waiting:
        unsent = sum(change.state.value != "in_proposal" for change in self.local_changes)
        return Waiting(unsent, self.unsent, self.news or 0)

    def set_pull_mode(self, mode: PullMode) -> None:
        self.calls.append(("set_pull_mode", mode))
        self.set(pull_mode=mode)

    def refresh(self) -> None:
        self.calls.append(("refresh",))

    # --- other computers ----------------------------------------------------------------------------------------------

    def restore(self, offer: Any) -> None:
        self.calls.append(("restore", offer))

    def put_off(self, offer: Any) -> None:
        self.calls.append(("put_off", offer))
        self.set(offer=None)

    def load_backups(self) -> None:
        self.calls.append(("load_backups",))

    def load_devices(self) -> None:
        self.calls.append(("load_devices",))

    def assign(self, instance: str, account: str) -> None:
        self.calls.append(("assign", instance, account))

    def revoke(self, device: str) -> None:
        self.calls.append(("revoke", device))

    # --- review -------------------------------------------------------------------------------------------------------

    def open_review(self, proposal: str) -> None:
        self.calls.append(("open_review", proposal))
        self.set(review=sample.detail(proposal))

    def close_review(self) -> None:
        self.calls.append(("close_review",))
        self.set(review=None)

    def show_change(self, item: Any) -> None:
        self.calls.append(("show_change", item))

    def show_sides(self, before: bool, after: bool) -> None:
        self.calls.append(("show_sides", before, after))

    def sign_off(self, reason: Optional[str] = None) -> None:
        self.calls.append(("sign_off", reason))

    def return_(self, reason: str) -> None:
        self.calls.append(("return_", reason))

    def reject(self, reason: str) -> None:
        self.calls.append(("reject", reason))

    def approve(self) -> None:
        self.calls.append(("approve",))


def _plan(local: LocalChange) -> Optional[str]:
    row = local.row or local.change.old or {}
    plan = row.get("plan")
    return plan if isinstance(plan, str) else None


def working(**state: Any) -> FakeSession:
    """Signed in as the technician of Đại Lãnh, with a working copy and some local changes."""
    now = datetime.now(timezone.utc)
    usual = {
        "account": sample.TECHNICIAN,
        "account_name": "dailanh.kt",
        "hub_url": "https://quyhoach.khanhhoa.gov.vn",
        "connection": Connection.ONLINE,
        "catalogue": sample.CATALOGUE,
        "communes": sample.CATALOGUE.communes[:1],
        "commune": sample.CATALOGUE.communes[0],
        "checkpoint": sample.CHECKPOINT,
        "last_pull_at": now - timedelta(hours=3),
        "has_working_copy": True,
        "local_changes": sample.local_changes(),
        "news": 5,
        "next_step": NextStep.COMPOSE,
    }
    return FakeSession(**{**usual, **state})


def downloading() -> JobState:
    return JobState("pull", "download", 0.31, 3_300_000, 10_600_000, 12_400, 35_100, 21.0, True)
