"""The session's face: properties that are cheap to read, methods that return at once, signals that tell what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from commune_planning_plugin.adapters.language import language
from commune_planning_plugin.adapters.layers import PlanningLayers
from commune_planning_plugin.adapters.map_view import MapView
from commune_planning_plugin.adapters.reference_layers import prepare_labels
from commune_planning_plugin.adapters.review_view import ReviewView
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.session.account import AccountController
from commune_planning_plugin.session.audit import AuditLookup
from commune_planning_plugin.session.authority import AuthorityController
from commune_planning_plugin.session.balance import BalanceLookup
from commune_planning_plugin.session.change_sheet import SheetController
from commune_planning_plugin.session.conflicts import ConflictController
from commune_planning_plugin.session.context import Context, Signals
from commune_planning_plugin.session.decisions import DecisionController
from commune_planning_plugin.session.discussion import DiscussionController
from commune_planning_plugin.session.display import DisplayController
from commune_planning_plugin.session.drawing import DrawingController
from commune_planning_plugin.session.face.account import AccountFace
from commune_planning_plugin.session.face.conflicts import ConflictsFace
from commune_planning_plugin.session.face.map import MapFace
from commune_planning_plugin.session.face.proposals import ProposalsFace
from commune_planning_plugin.session.face.review import ReviewFace
from commune_planning_plugin.session.face.unsent_elsewhere import UnsentElsewhereFace
from commune_planning_plugin.session.face.work import WorkFace
from commune_planning_plugin.session.face.working_copy import WorkingCopyFace
from commune_planning_plugin.session.history import HistoryController
from commune_planning_plugin.session.inbox import InboxController
from commune_planning_plugin.session.jobs import Jobs
from commune_planning_plugin.session.listening import AutomaticPull, NewsListener
from commune_planning_plugin.session.preview import PreviewController
from commune_planning_plugin.session.proposals import ProposalController
from commune_planning_plugin.session.related import RelatedLookup
from commune_planning_plugin.session.review import ReviewController
from commune_planning_plugin.session.state import SessionState
from commune_planning_plugin.session.versions import VersionLookup
from commune_planning_plugin.session.working_copy import WorkingCopyController
from commune_planning_plugin.store import Lease

if TYPE_CHECKING:
    from qgis.core import QgsProject
    from qgis.PyQt.QtCore import QObject

    from commune_planning_plugin.adapters.desktop import Desktop
    from commune_planning_plugin.session.account import Contact


class PlanningSession(
    AccountFace, WorkFace, WorkingCopyFace, UnsentElsewhereFace, MapFace, ConflictsFace, ProposalsFace, ReviewFace, Signals
):
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
        self.inbox_list = InboxController(context, self)
        self.sheet = SheetController(context, self.discussion.mailbox_path, self)
        self.authority = AuthorityController(context, self._review, self)
        self.balance = BalanceLookup(context, self)
        self.audit = AuditLookup(context, self)
        self.related = RelatedLookup(context, self)
        self.competing = RelatedLookup(context, self)
        """As `related`, of one of my own proposals while its review isn't open."""
        self.versions = VersionLookup(context, self)
        self.display = DisplayController(context, self)
        self.decisions = DecisionController(context, self._review, self)
        self.history = HistoryController(context, self)
        self.history.picked.connect(self._drawing.select)
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
