"""The session's face: properties that are cheap to read, methods that return at once, signals that tell what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.session.state import SessionState
from commune_planning_plugin.session.types import Connection, JobState, NextStep

if TYPE_CHECKING:
    from datetime import datetime

    from qgis.core import QgsProject

    from commune_planning_plugin.adapters.desktop import Desktop
    from commune_planning_plugin.core.rules import Finding
    from commune_planning_plugin.core.schema import Catalogue, Commune
    from commune_planning_plugin.store import Checkpoint, Damage, Draft, FeatureProblem, LocalChange, Ref, Side
    from commune_planning_plugin.sync.documents import Account, ProposalDetail, ProposalSummary, ReviewItem


class PlanningSession(QObject):
    """Holds account, working copy, local changes, proposals and the open review.

    Every method that has to do more than look at what is in memory starts a background job and returns at once: its result comes
    as a signal, its error as ``failed``. One job runs at a time; starting another meanwhile emits ``noticed('busy', {'job': …})``.
    """

    changed = pyqtSignal()
    """Anything that headers and buttons show."""
    local_changes_changed = pyqtSignal()
    proposals_changed = pyqtSignal()
    """Mine, or a draft, or the outbox."""
    inbox_changed = pyqtSignal()
    review_changed = pyqtSignal()
    findings_changed = pyqtSignal()
    """The verdict of the rules about the draft that was checked last."""
    job_changed = pyqtSignal()
    failed = pyqtSignal(object, str)
    """A PlanningError, and what was tried: a job's code, 'draft', 'layers' or 'contact'."""
    noticed = pyqtSignal(str, dict)
    """News that is no error: a code (``pull.done``, ``proposal.sent``, ``working_copy.missing`` …) and its details."""
    selected = pyqtSignal(object)
    """The Ref selected on the map or in the list, or None."""

    def __init__(self, project: QgsProject, desktop: Desktop, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._state = SessionState()

    # --- life ---------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Restore what the settings name (hub, account, commune, working copy), offline; then look for the hub."""

    def stop(self) -> None:
        """End jobs and timers, save drafts, give leases back and take the layers' watches off. The session is dead afterwards."""

    # --- account and hub ----------------------------------------------------------------------------------------------

    @property
    def account(self) -> Optional[Account]:
        """Who is signed in; known offline too. None when nobody is."""
        return self._state.account

    @property
    def account_name(self) -> str:
        """The name that signed in last, to be offered again."""
        return self._state.account_name

    @property
    def hub_url(self) -> str:
        return self._state.hub_url

    @property
    def connection(self) -> Connection:
        return self._state.connection

    @property
    def offline_since(self) -> Optional[datetime]:
        """With time zone; None unless the connection is OFFLINE."""
        return self._state.offline_since

    @property
    def catalogue(self) -> Optional[Catalogue]:
        return self._state.catalogue

    @property
    def communes(self) -> tuple[Commune, ...]:
        """The communes that the account may pull, by name."""
        return self._state.communes

    def sign_in(self, url: str, name: str, password: str) -> None:
        """Job ``sign_in``."""

    def sign_out(self) -> None:
        """Forgets the token here at once and at the hub when it can be reached. The working copy stays."""

    # --- working copy -------------------------------------------------------------------------------------------------

    @property
    def commune(self) -> Optional[Commune]:
        return self._state.commune

    @property
    def checkpoint(self) -> Optional[Checkpoint]:
        """Up to which revision the working copy has everything; None without a working copy."""
        return self._state.checkpoint

    @property
    def last_pull_at(self) -> Optional[datetime]:
        return self._state.last_pull_at

    @property
    def working_copy_path(self) -> Optional[Path]:
        """Where the chosen commune's working copy lies or will lie."""
        return self._state.path

    @property
    def has_working_copy(self) -> bool:
        return self._state.checkpoint is not None

    @property
    def local_changes(self) -> tuple[LocalChange, ...]:
        return self._state.local_changes

    @property
    def problems(self) -> tuple[FeatureProblem, ...]:
        """Features that can't be sent as they are (empty, curved, unreadable geometry, no plan …)."""
        return self._state.problems

    @property
    def damage(self) -> tuple[Damage, ...]:
        """Layers of the working copy whose tracking or schema was lost: no pull and no submit until put right."""
        return self._state.damage

    @property
    def news(self) -> Optional[int]:
        """How many changes wait at the province for the next pull, about; None when that is not known."""
        return self._state.news

    @property
    def editing(self) -> bool:
        """Whether a layer of the working copy is in edit mode here."""
        return self._state.editing

    @property
    def job(self) -> Optional[JobState]:
        return self._state.job

    @property
    def next_step(self) -> NextStep:
        return self._state.next_step()

    def choose_commune(self, code: str) -> None:
        """Take this commune from now on; opens its working copy where there is one."""

    def pull(self) -> None:
        """Job ``pull``: the first one makes the working copy and loads its layers; later ones bring the province's changes."""

    def cancel(self) -> None:
        """Ask the running job to stop; everything is as before."""

    def repair(self) -> None:
        """Job ``repair``: bring back the tracking of damaged layers, by comparison with the retained snapshot."""

    def start_drawing(self, layer_id: Optional[str] = None) -> None:
        """Make the layer (default: land-use function) active and editable, with QGIS's own tool for a new feature."""

    def show_layers(self) -> None:
        """Load the working copy's layers into the project where they are missing, and zoom to the commune."""

    def revert(self, refs: Iterable[Ref]) -> None:
        """Job ``revert``."""

    def resolve(self, ref: Ref, side: Side) -> None:
        """Job ``resolve``: the conflict is settled for ``side``."""

    def zoom_to(self, ref: Ref) -> None:
        """Zoom to the local change and flash it."""

    def select(self, ref: Optional[Ref]) -> None:
        """Select the feature on the map too, and flash it; emits ``selected``."""

    def title_of(self, layer_id: str) -> str:
        """The layer's title in the interface's language."""
        return self._state.title_of(layer_id)

    # --- proposals ----------------------------------------------------------------------------------------------------

    @property
    def proposals(self) -> tuple[ProposalSummary, ...]:
        """Mine, as last seen at the hub; kept in memory while offline."""
        return self._state.proposals

    @property
    def inbox(self) -> tuple[ProposalSummary, ...]:
        """What waits for my sign-off or decision."""
        return self._state.inbox

    @property
    def drafts(self) -> tuple[Draft, ...]:
        return self._state.drafts

    @property
    def unsent(self) -> int:
        """Versions in the outbox that the hub hasn't taken yet."""
        return self._state.unsent

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self._state.findings

    @property
    def findings_of(self) -> Optional[str]:
        """The proposal id of the draft that ``findings`` is about; None before the first check."""
        return self._state.findings_of

    def plan_of(self, ref: Ref) -> Optional[str]:
        """The key of the plan that a local change belongs to."""
        return self._state.plan_of.get(ref)

    def split(self, refs: Optional[Iterable[Ref]] = None) -> Mapping[str, tuple[Ref, ...]]:
        """Local changes that can be submitted (``refs``, or all that are in no proposal), by plan."""
        return self._state.split(refs)

    def new_draft(self, refs: Optional[Iterable[Ref]] = None) -> Optional[Draft]:
        """A new draft of ``refs`` (default: all local changes). None, with the reason in ``failed`` (context ``draft``):
        ``proposal.no_changes``, or ``proposal.several_plans`` whose ``details['plans']`` is `split`'s answer."""
        raise NotImplementedError

    def save_draft(self, draft: Draft) -> None:
        """In memory at once, in the working copy soon after: may be called at each keystroke."""

    def discard_draft(self, proposal: str) -> None: ...

    def attach(self, draft: Draft, path: Path) -> None:
        """Job ``attach``: keep a copy of the file in the draft; `drafts` then shows it."""

    def check(self, draft: Draft) -> None:
        """Job ``check``: ask the rules about the draft's changes; ends with ``findings_changed``."""

    def submit(self, draft: Draft) -> None:
        """Job ``submit``: freeze the draft into the outbox, then send it if the hub is there, else when it is back."""

    def withdraw(self, summary: ProposalSummary) -> None:
        """Job ``withdraw``."""

    def refresh(self) -> None:
        """Look at the hub now: connection, outbox, decisions, proposals, inbox, news."""

    # --- review -------------------------------------------------------------------------------------------------------

    @property
    def review(self) -> Optional[ProposalDetail]:
        return self._state.review

    def open_review(self, proposal: str) -> None:
        """Job ``open_review``: fetch the proposal and show it on the map in a group of its own."""

    def close_review(self) -> None:
        """The map is again as it was."""

    def show_change(self, item: ReviewItem) -> None:
        """Zoom to one change of the open review and flash it."""

    def show_sides(self, before: bool, after: bool) -> None:
        """Which sides of the open review the map shows."""

    def sign_off(self, reason: Optional[str] = None) -> None:
        """Job ``decide``, as the three below; each emits ``noticed('proposal.signed_off', …)`` and so on when done."""

    def return_(self, reason: str) -> None: ...

    def reject(self, reason: str) -> None: ...

    def approve(self) -> None:
        """Of the result as it was shown (``review.result_hash``)."""
