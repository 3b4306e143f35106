"""What the session knows, as plain values, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Optional

from commune_planning_plugin.core.workflow import Role, State
from commune_planning_plugin.session.types import Connection, JobState, NextStep, PullMode, Waiting
from commune_planning_plugin.sync.list_calls import ProposalPage

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from commune_planning_plugin.core.rules import Finding
    from commune_planning_plugin.core.schema import Catalogue, Commune
    from commune_planning_plugin.store import (
        Checkpoint,
        Choices,
        Damage,
        Draft,
        FeatureProblem,
        LocalChange,
        Ref,
        Resolution,
        Unsent,
    )
    from commune_planning_plugin.sync.account_documents import Account, Device
    from commune_planning_plugin.sync.contact_documents import CommuneBackups, Offer
    from commune_planning_plugin.sync.detail_documents import ProposalDetail
    from commune_planning_plugin.sync.proposal_documents import ProposalSummary

OF_COMMUNES = frozenset({Role.TECHNICIAN.value, Role.HEAD.value})
DECIDING = frozenset({Role.HEAD.value, Role.REVIEWER.value, Role.APPROVER.value})
HAVING_INBOX = DECIDING | {Role.AGENCY.value}


@dataclass
class SessionState:
    """Changed by the session's controllers alone, on the main thread."""

    hub_url: str = ""
    account_name: str = ""
    account: Optional[Account] = None
    token: Optional[str] = None
    hub_id: str = ""
    connection: Connection = Connection.SIGNED_OUT
    offline_since: Optional[datetime] = None
    catalogue: Optional[Catalogue] = None
    commune: Optional[Commune] = None
    path: Optional[Path] = None
    checkpoint: Optional[Checkpoint] = None
    last_pull_at: Optional[datetime] = None
    only_read: Optional[str] = None
    """The code of why the working copy is open for reading alone."""
    local_changes: tuple[LocalChange, ...] = ()
    problems: tuple[FeatureProblem, ...] = ()
    damage: tuple[Damage, ...] = ()
    plan_of: Mapping[Ref, str] = field(default_factory=dict)
    resolutions: tuple[Resolution, ...] = ()
    to_correct: Mapping[str, tuple[Ref, ...]] = field(default_factory=dict)
    pending_choices: dict[Ref, Choices] = field(default_factory=dict)
    news: Optional[int] = None
    editing: bool = False
    unsaved: bool = False
    redrawing: bool = False
    """What is edited is the shape of a conflict: it is taken over in its dock, not saved."""
    job: Optional[JobState] = None
    sending: Optional[JobState] = None
    drafts: tuple[Draft, ...] = ()
    pending_drafts: dict[str, Optional[Draft]] = field(default_factory=dict)
    outbox: tuple[Unsent, ...] = ()
    offers: tuple[Offer, ...] = ()
    refused_offers: frozenset[tuple[str, str]] = frozenset()
    backups: Optional[CommuneBackups] = None
    devices: tuple[Device, ...] = ()
    proposals: tuple[ProposalSummary, ...] = ()
    proposals_at: Optional[datetime] = None
    inbox_page: ProposalPage = field(default_factory=ProposalPage)
    """The first page of what waits for the account."""
    had_part_in: tuple[ProposalSummary, ...] = ()
    """Others' proposals that the account has taken a step on or said something about."""
    findings: tuple[Finding, ...] = ()
    findings_of: Optional[str] = None
    outside: Mapping[Ref, tuple[str, ...]] = field(default_factory=dict)
    review: Optional[ProposalDetail] = None
    language: str = "vi"
    pull_mode: PullMode = PullMode.BY_HAND

    @property
    def inbox(self) -> tuple[ProposalSummary, ...]:
        """What waits for the account, or the beginning of it."""
        return self.inbox_page.proposals

    @property
    def followed(self) -> tuple[ProposalSummary, ...]:
        """What the account had a part in and doesn't wait for it now."""
        waiting = {each.id for each in self.inbox}
        return tuple(each for each in self.had_part_in if each.id not in waiting)

    @property
    def communes(self) -> tuple[Commune, ...]:
        """Those of the account's roles; all, for who works for the province."""
        if self.catalogue is None or self.account is None:
            return ()
        own = {role.commune for role in self.account.roles if _value(role.role) in OF_COMMUNES}
        all_of_province = any(role.commune is None and _value(role.role) != Role.AGENCY.value for role in self.account.roles)
        mine = [commune for commune in self.catalogue.communes if all_of_province or commune.code in own]
        return tuple(sorted(mine, key=lambda commune: commune.name))

    @property
    def waiting(self) -> Waiting:
        unsent = sum(change.state.value != "in_proposal" for change in self.local_changes)
        return Waiting(unsent, sum(item.state.value == "queued" for item in self.outbox), self.news or 0)

    def take_catalogue(self, catalogue: Catalogue) -> None:
        """The hub's; a commune that was known by its code alone has its name now."""
        self.catalogue = catalogue
        named = (commune for commune in catalogue.communes if self.commune is not None and commune.code == self.commune.code)
        self.commune = next(named, self.commune)

    def offer(self) -> Optional[Offer]:
        """Unsent work of another computer that the person hasn't put off."""
        wanted = (offer for offer in self.offers if offer.changes or offer.drafts)
        return next((offer for offer in wanted if (offer.instance, offer.at) not in self.refused_offers), None)

    def draft(self, proposal: str) -> Optional[Draft]:
        return next((draft for draft in self.drafts if draft.proposal == proposal), None)

    def choices_of(self, local: LocalChange) -> Choices:
        """What was chosen in a change's conflict so far, also what is still on its way into the file."""
        from commune_planning_plugin.store import Ref

        known = local.conflict.choices if local.conflict is not None else {}
        return self.pending_choices.get(Ref(local.change.layer, local.change.key), known)

    def forget_kept_choices(self) -> None:
        """Those that the file has by now, and those of conflicts that are settled."""
        stored = {
            (each.change.layer, each.change.key): each.conflict.choices for each in self.local_changes if each.conflict is not None
        }
        for ref, choices in list(self.pending_choices.items()):
            if stored.get((ref.layer, ref.key), choices) == choices:
                del self.pending_choices[ref]

    def take_drafts(self, stored: tuple[Draft, ...]) -> None:
        """``stored``, overlaid with what is still on its way into the file."""
        kept = [draft for draft in stored if draft.proposal not in self.pending_drafts]
        self.drafts = (*kept, *(draft for draft in self.pending_drafts.values() if draft is not None))

    def works_in_communes(self) -> bool:
        """Whether drawing and signing off for a commune is the account's work."""
        return self.account is not None and any(_value(role.role) in OF_COMMUNES for role in self.account.roles)

    def may_assign(self) -> bool:
        code = self.commune.code if self.commune is not None else None
        roles = self.account.roles if self.account is not None and code is not None else ()
        own = any(_value(role.role) == Role.HEAD.value and role.commune == code for role in roles)
        return own or any(_value(role.role) == Role.ADMINISTRATOR.value for role in roles)

    def may_decide(self) -> bool:
        if self.account is None:
            return False
        return bool(self.account.mandates) or any(_value(role.role) in DECIDING for role in self.account.roles)

    def has_inbox(self) -> bool:
        """Whether proposals can wait for the account: for a decision of its own, or for its agency's opinion."""
        return self.account is not None and any(_value(role.role) in HAVING_INBOX for role in self.account.roles)

    def title_of(self, layer_id: str) -> str:
        for layer in self.catalogue.layers if self.catalogue else ():
            if layer.id == layer_id:
                return (layer.title_en if self.language == "en" else layer.title_vi) or layer.title_vi or layer.name
        return layer_id

    def split(self, refs: Optional[Iterable[Ref]] = None) -> dict[str, tuple[Ref, ...]]:
        """Refs by plan, the plan with most changes first; without ``refs`` all that no proposal holds."""
        held = self.held()
        wanted = list(refs) if refs is not None else [ref for ref in self.plan_of if ref not in held]
        plans: dict[str, list[Ref]] = {}
        for ref in wanted:
            plans.setdefault(self.plan_of.get(ref, ""), []).append(ref)
        return {plan: tuple(plans[plan]) for plan in sorted(plans, key=lambda plan: (-len(plans[plan]), plan))}

    def held(self) -> dict[Ref, str]:
        """The proposal that a change belongs to before it is sent (again): the one that came back, or the draft."""
        drafts = {draft.proposal: draft.refs for draft in self.drafts}
        return {ref: proposal for proposal, refs in {**self.to_correct, **drafts}.items() for ref in refs}

    def linked_parts(self, parts: Mapping[str, Iterable[Ref]]) -> Mapping[str, tuple[str, ...]]:
        """By part of a split, the others that it shares moved ground with."""
        from commune_planning_plugin.store import Ref
        from commune_planning_plugin.store.linking import linked

        layers = {layer.id: layer for layer in self.catalogue.layers} if self.catalogue is not None else {}
        changes = {Ref(local.change.layer, local.change.key): local.proposable for local in self.local_changes}
        return linked(layers, {name: [changes[ref] for ref in refs if ref in changes] for name, refs in parts.items()})

    def next_step(self) -> NextStep:
        if self.editing and not self.redrawing:
            return NextStep.SAVE if self.unsaved else NextStep.STOP_DRAWING
        if self.account is None:
            return NextStep.SIGN_IN
        if not self.works_in_communes():
            if self.may_decide():
                return NextStep.REVIEW
            return NextStep.GIVE_OPINION if self.has_inbox() else NextStep.NOTHING
        if self.checkpoint is None and self.inbox:
            return NextStep.REVIEW
        if self.commune is None:
            return NextStep.CHOOSE_COMMUNE
        return NextStep.PULL if self.checkpoint is None else self._next_in_working_copy()

    def _next_in_working_copy(self) -> NextStep:
        if self.only_read:
            return NextStep.COPY_HERE
        states = {change.state.value for change in self.local_changes}
        if self.damage:
            return NextStep.REPAIR
        if "conflict" in states:
            return NextStep.RESOLVE
        if self.drafts:
            return NextStep.FINISH
        if self._came_back():
            return NextStep.CORRECT
        if states & {"local", "both"}:
            return NextStep.COMPOSE
        if self.inbox and self.may_decide():
            return NextStep.REVIEW
        return NextStep.PULL if self.news else NextStep.DRAW

    def _came_back(self) -> bool:
        """Whether a proposal is mine to correct: returned, or refused on its way."""
        on_its_way = {item.proposal for item in self.outbox if item.state.value == "queued"}
        returned = [summary.id for summary in self.proposals if summary.state is State.RETURNED]
        return len(on_its_way) < len(self.outbox) or bool(set(returned) - on_its_way)


def _value(role: object) -> str:
    return str(getattr(role, "value", role))
