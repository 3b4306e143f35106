"""The session's face: properties that are cheap to read, methods that return at once, signals that tell what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Union

from commune_planning_plugin.adapters.language import language
from commune_planning_plugin.adapters.layers import PlanningLayers
from commune_planning_plugin.adapters.map_view import MapView
from commune_planning_plugin.adapters.reference_layers import prepare_labels
from commune_planning_plugin.adapters.review_view import ReviewView
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.workflow import Step
from commune_planning_plugin.session import memory
from commune_planning_plugin.session.account import AccountController
from commune_planning_plugin.session.audit import AuditLookup
from commune_planning_plugin.session.authority import AuthorityController
from commune_planning_plugin.session.balance import BalanceLookup
from commune_planning_plugin.session.conflicts import ConflictController
from commune_planning_plugin.session.context import Context, Signals
from commune_planning_plugin.session.decisions import DecisionController
from commune_planning_plugin.session.discussion import DiscussionController
from commune_planning_plugin.session.display import DisplayController
from commune_planning_plugin.session.drawing import DrawingController
from commune_planning_plugin.session.history import HistoryController
from commune_planning_plugin.session.jobs import Jobs
from commune_planning_plugin.session.listening import AutomaticPull, NewsListener
from commune_planning_plugin.session.preview import PreviewController
from commune_planning_plugin.session.proposals import ProposalController
from commune_planning_plugin.session.related import RelatedLookup
from commune_planning_plugin.session.review import ReviewController
from commune_planning_plugin.session.state import SessionState
from commune_planning_plugin.session.types import Connection, JobState, MasterPassword, NextStep, PullMode, Waiting
from commune_planning_plugin.session.versions import VersionLookup
from commune_planning_plugin.session.working_copy import WorkingCopyController
from commune_planning_plugin.store import Lease, OutboxState

if TYPE_CHECKING:
    from datetime import datetime

    from qgis.core import QgsProject
    from qgis.PyQt.QtCore import QObject

    from commune_planning_plugin.adapters.desktop import Desktop
    from commune_planning_plugin.core.rules import Finding
    from commune_planning_plugin.core.schema import Catalogue, Commune
    from commune_planning_plugin.session.account import Contact
    from commune_planning_plugin.store import (
        Checkpoint,
        Choices,
        Damage,
        Draft,
        FeatureProblem,
        LocalChange,
        Ref,
        Resolution,
        Side,
        Unsent,
    )
    from commune_planning_plugin.sync.documents import (
        Account,
        CommuneBackups,
        Device,
        Offer,
        ProposalDetail,
        ProposalSummary,
        ReviewItem,
    )


class PlanningSession(Signals):
    """Holds account, working copy, local changes, proposals and the open review.

    Every method that has to do more than look at what is in memory starts a background job and returns at once: its result comes
    as a signal, its error as ``failed``. One job runs at a time; starting another meanwhile emits ``noticed('busy', {'job': …})``.
    """

    def __init__(self, project: QgsProject, desktop: Desktop, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._state = SessionState(language=language())
        self._jobs = Jobs(self)
        view = MapView(desktop.canvas)
        layers = PlanningLayers(project, self._take_lease, self)
        review_view = ReviewView(project, desktop.canvas, view)
        context = Context(self._state, self, self._jobs, project, desktop, layers, view, review_view)
        self._context = context
        self._account = AccountController(context, self)
        self._copy = WorkingCopyController(context, self)
        self._drawing = DrawingController(context, self._copy, self)
        self._conflicts = ConflictController(context, self._copy, self._drawing, self)
        self._proposals = ProposalController(context, self)
        self._review = ReviewController(context, self)
        self.discussion = DiscussionController(context, self)
        self._review.mail = self.discussion
        self.authority = AuthorityController(context, self._review, self)
        self.balance = BalanceLookup(context, self)
        self.audit = AuditLookup(context, self)
        self.related = RelatedLookup(context, self)
        self.competing = RelatedLookup(context, self)
        """As `related`, of one of my own proposals while its review isn't open."""
        self.versions = VersionLookup(context, self)
        self.display = DisplayController(context, self)
        self.decisions = DecisionController(context, self)
        self.history = HistoryController(context, self)
        self.preview = PreviewController(context, self)
        self._listener = NewsListener(context, self)
        self._automatic = AutomaticPull(context, self._copy, self)
        self._connect()

    def _connect(self) -> None:
        jobs = self._jobs
        jobs.changed.connect(self._job_changed)
        jobs.busy.connect(lambda code: self.noticed.emit("busy", {"job": code}))
        jobs.cancelled.connect(lambda code: self.noticed.emit("cancelled", {"job": code}))
        jobs.failed.connect(self.failed)
        jobs.heard.connect(self._account.heard)
        self._account.signed_in.connect(self._choose_after_sign_in)
        for copy_has_changed in (self._copy.opened, self._copy.pulled):
            copy_has_changed.connect(self._account.contact)
        self._account.contacted.connect(self._after_contact)
        self.discussion.contact_wished.connect(self._account.contact)
        self._copy.pulled.connect(self.discussion.pulled)
        self._proposals.outbox_changed.connect(self._copy.read_soon)
        self._listener.heard.connect(self._account.contact)
        self.changed.connect(self._listener.follow)
        for step_was_taken in (self._proposals.queued, self._review.decided):
            step_was_taken.connect(self._account.send)

    # --- life ---------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Restore what the settings name (hub, account, commune, working copy), offline; then look for the hub."""
        from commune_planning_plugin.adapters import settings

        prepare_labels()
        self._automatic.restore()
        self._account.restore()
        self.discussion.restore()
        code = settings.commune()
        if code:
            self._copy.choose_code(code)
        self._account.contact()
        self.changed.emit()

    def stop(self) -> None:
        """End jobs and timers, save drafts, give leases back, leave the layers as ordinary ones. The session is dead afterwards."""
        if self._jobs.stopped:
            return
        self._listener.stop()
        self._automatic.stop()
        self._proposals.stop()
        self._conflicts.stop()
        self._jobs.stop()
        self._account.stop()
        self._copy.stop()
        self._drawing.stop()
        self.display.stop()
        self.discussion.map.clear()
        self.history.stop()
        self._context.review_view.close()
        self._context.view.close()
        self._context.layers.let_go()

    def _job_changed(self) -> None:
        self._state.job, self._state.sending = self._jobs.state, self._jobs.beside
        self.job_changed.emit()

    def _take_lease(self, layer_id: str) -> Lease:
        path, checkpoint = self._state.path, self._state.checkpoint
        if path is None or checkpoint is None:
            raise WorkingCopyError("working_copy.missing")
        return Lease.take(path, layer_id, checkpoint)

    def _choose_after_sign_in(self) -> None:
        """The commune worked on last, or the only one there is to choose."""
        from commune_planning_plugin.adapters import settings

        codes = [commune.code for commune in self._state.communes]
        if self._state.commune is not None and self._state.commune.code not in codes:
            self._copy.leave()
        last = settings.commune()
        if self._state.commune is None and self._state.works_in_communes() and (last in codes or len(codes) == 1):
            self.choose_commune(last if last in codes else codes[0])

    def _after_contact(self, contact: Contact) -> None:
        if contact.wrote:
            self._copy.read_soon()
        if contact.sees_otherwise:
            self._automatic.must_pull()
        self._automatic.news()
        self.discussion.contacted()

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

    @property
    def remembers(self) -> bool:
        """Whether the person wished, the last time, that the sign-in outlasts QGIS."""
        from commune_planning_plugin.adapters import settings

        return settings.remember_sign_in()

    @property
    def master_password(self) -> MasterPassword:
        """What QGIS will ask when a sign-in is to be remembered."""
        return memory.master_password()

    def sign_in(self, url: str, name: str, password: str, remember: bool = True) -> None:
        """Job ``sign_in``. Without ``remember`` it lasts until QGIS is closed, and QGIS asks nothing."""
        self._account.sign_in(url, name, password, remember)

    def sign_out(self) -> None:
        """Forgets the token here at once and at the hub when it can be reached. The working copy stays."""
        self.discussion.forget()
        self._account.sign_out()

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
    def only_read(self) -> bool:
        """Whether the working copy lies where it can be read and nothing can be written: see `copy_here`."""
        return self._state.only_read is not None

    def copy_here(self) -> None:
        """Job ``copy_here``: copy the working copy, whole and verified, to this computer's own disk and go on with that."""
        self._copy.copy_here()

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
    def unsaved(self) -> bool:
        """Whether edits are in QGIS alone, in no file yet."""
        return self._state.unsaved

    @property
    def job(self) -> Optional[JobState]:
        return self._state.job

    @property
    def sending(self) -> Optional[JobState]:
        """What is on its way to the province beside the job; None when nothing is."""
        return self._state.sending

    @property
    def waiting(self) -> Waiting:
        """What waits both ways, in numbers for a badge."""
        return self._state.waiting

    @property
    def pull_mode(self) -> PullMode:
        return self._state.pull_mode

    def set_pull_mode(self, mode: PullMode) -> None:
        """When data is got without being asked for; kept in the settings."""
        self._automatic.set(mode)

    @property
    def next_step(self) -> NextStep:
        return self._state.next_step()

    def choose_commune(self, code: str) -> None:
        """Take this commune from now on; opens its working copy where there is one."""
        from commune_planning_plugin.adapters import settings

        settings.set_commune(code)
        self._copy.choose_code(code)
        self._account.contact()

    def pull(self) -> None:
        """Job ``pull``: the first one makes the working copy and loads its layers; later ones bring the province's changes."""
        self._copy.pull()

    def start_afresh(self) -> None:
        """Job ``pull``: a fresh working copy beside the present one, which stays as it is."""
        self._copy.start_afresh()

    def cancel(self) -> None:
        """Ask the running job to stop, or else what is being sent; everything is as before."""
        self._copy.cancel_waiting()
        if self._jobs.running:
            self._jobs.cancel()
        else:
            self._jobs.cancel_transfer()

    def repair(self) -> None:
        """Job ``repair``: bring back the tracking of damaged layers, by comparison with the retained snapshot."""
        self._copy.repair()

    @property
    def offer(self) -> Optional[Offer]:
        """Unsent work from another computer that can be brought into this working copy; None where there is none."""
        return self._state.offer()

    def restore(self, offer: Offer) -> None:
        """Job ``restore``: bring it here as edits and drafts of one's own; what clashes is a conflict."""
        self._copy.restore(offer)

    def put_off(self, offer: Offer) -> None:
        """Don't offer it again until that computer has been in contact, or QGIS starts anew."""
        self._copy.put_off(offer)

    @property
    def may_assign(self) -> bool:
        """Whether the account may give unsent work of the commune to a colleague."""
        return self._state.may_assign()

    def load_backups(self) -> None:
        """Job ``backups``: whose unsent work there is in the commune; `backups` has it afterwards."""
        self._copy.load_backups()

    @property
    def backups(self) -> Optional[CommuneBackups]:
        return self._state.backups

    def assign(self, instance: str, account: str) -> None:
        """Job ``assign``: let the colleague take the unsent work over."""
        self._copy.assign(instance, account)

    def load_devices(self) -> None:
        """Job ``devices``: where this account is signed in; `devices` has it afterwards."""
        self._account.load_devices()

    @property
    def devices(self) -> tuple[Device, ...]:
        return self._state.devices

    def revoke(self, device: str) -> None:
        """Job ``revoke``: sign the account out there, for a lost computer."""
        self._account.revoke(device)

    def start_drawing(self, layer_id: Optional[str] = None) -> None:
        """Make the layer (default: land-use function) active and editable, with QGIS's own tool for a new feature."""
        self._drawing.start(layer_id)

    def save_edits(self) -> None:
        """Write what was drawn into the working copy; one goes on drawing."""
        self._context.layers.save()

    def stop_drawing(self) -> None:
        """Leave edit mode where all is saved."""
        self._context.layers.stop_editing()

    def show_layers(self) -> None:
        """Load the working copy's layers into the project where they are missing, and zoom to the commune."""
        self._drawing.show_layers()

    def revert(self, refs: Iterable[Ref]) -> None:
        """Job ``revert``: these features are again as the province has them."""
        self._copy.revert(refs)

    @property
    def pending_choices(self) -> Mapping[Ref, Choices]:
        """What was chosen in conflicts and isn't in the working copy yet: it goes before what the conflicts themselves say."""
        return self._state.pending_choices

    def choose(self, ref: Ref, choices: Choices) -> None:
        """Keep what is chosen so far: in memory at once, in the working copy soon after."""
        self._conflicts.choose(ref, choices)

    def resolve(self, chosen: Mapping[Ref, Union[Side, Choices]]) -> None:
        """Job ``resolve``: these conflicts are settled, all or none, each for a side or attribute by attribute."""
        self._conflicts.resolve(chosen)

    @property
    def resolutions(self) -> tuple[Resolution, ...]:
        """What can be undone, the latest first."""
        return self._state.resolutions

    def undo_resolve(self) -> None:
        """Job ``undo``: the conflicts that were settled last, together, are open again, with rows and choices as before."""
        self._conflicts.undo()

    def redraw(self, ref: Ref) -> None:
        """Start editing the feature's shape with QGIS's vertex tool."""
        self._conflicts.redraw(ref)

    def use_drawn(self, ref: Ref) -> None:
        """Choose the shape that the feature has in QGIS now; mine stays as it was until the conflict is settled."""
        self._conflicts.use_drawn(ref)

    def zoom_to(self, ref: Ref) -> None:
        """Zoom to the local change and flash it."""
        self._drawing.zoom_to(ref)

    def zoom_to_place(self, bounds: tuple[float, float, float, float]) -> None:
        """xmin, ymin, xmax, ymax in the province's CRS: for what has no row to select."""
        self._context.view.zoom_to(bounds)

    def select(self, ref: Optional[Ref]) -> None:
        """Select the feature on the map too, and flash it; emits ``selected``."""
        self._drawing.select(ref)

    def title_of(self, layer_id: str) -> str:
        """The layer's title in the interface's language."""
        return self._state.title_of(layer_id)

    # --- proposals ----------------------------------------------------------------------------------------------------

    @property
    def proposals(self) -> tuple[ProposalSummary, ...]:
        """Mine, as last seen at the hub (`proposals_at`); known offline too, over a restart."""
        return self._state.proposals

    @property
    def inbox(self) -> tuple[ProposalSummary, ...]:
        """What waits for my sign-off or decision."""
        return self._state.inbox

    @property
    def drafts(self) -> tuple[Draft, ...]:
        return self._state.drafts

    @property
    def proposals_at(self) -> Optional[datetime]:
        """When the hub was asked last for ``proposals``; None where they are not known."""
        return self._state.proposals_at

    @property
    def outbox(self) -> tuple[Unsent, ...]:
        """Versions that the hub doesn't have: queued, or refused and not taken up again."""
        return self._state.outbox

    @property
    def unsent(self) -> int:
        """How many of ``outbox`` are sent by themselves at the next contact."""
        return sum(item.state is OutboxState.QUEUED for item in self._state.outbox)

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

    def refresh(self) -> None:
        """Look at the hub now: connection, outbox, decisions, proposals, inbox, news."""
        self._account.send()

    # --- review -------------------------------------------------------------------------------------------------------

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
