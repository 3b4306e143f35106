"""Signing in and out, and keeping in touch with the hub."""

from __future__ import annotations

import platform
import random
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from commune_planning_plugin.core.errors import Cancelled, HubUnreachable, NotSignedIn, PlanningError, Refused
from commune_planning_plugin.session import last_seen, memory
from commune_planning_plugin.session.context import Context, hub, working_copy
from commune_planning_plugin.session.types import Connection
from commune_planning_plugin.sync.feedback import SILENT, Feedback
from commune_planning_plugin.sync.list_calls import ProposalPage, Question, followed, inbox_page

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.core.schema import Catalogue
    from commune_planning_plugin.store import Unsent, WorkingCopy
    from commune_planning_plugin.sync.account_documents import Account, Device, SignIn
    from commune_planning_plugin.sync.client import HubClient
    from commune_planning_plugin.sync.contact import Met
    from commune_planning_plugin.sync.engine import SendResult
    from commune_planning_plugin.sync.proposal_documents import ProposalSummary
    from commune_planning_plugin.sync.witnessing import Doubt

POLL_ONLINE_MS = 120_000
"""News are heard of at once; this is for what was missed."""
POLL_OFFLINE_MS, LONGEST_OFFLINE_MS = 10_000, 60_000


@dataclass(frozen=True)
class Contact:
    """What one contact with the hub brought. Without a working copy ``news`` is None, and ``outbox`` too."""

    account: Account
    catalogue: Catalogue
    proposals: tuple[ProposalSummary, ...]
    inbox: ProposalPage
    had_part_in: tuple[ProposalSummary, ...]
    sent: tuple[SendResult, ...] = ()
    news: Optional[int] = None
    outbox: Optional[tuple[Unsent, ...]] = None
    lost_track: Optional[Refused] = None
    """The hub can't tell what is new: it was restored, the commune's area is another one, or what the account may see."""
    met: Optional[Met] = None
    kept_here: Optional[Refused] = None
    """Why the hub doesn't keep all of the unsent work."""
    doubt: Optional[Doubt] = None
    """Why the hub's audit is to be looked into, by what this computer has kept of it."""

    @property
    def sees_otherwise(self) -> bool:
        """Whether the working copy has what the account may not see any more, or lacks what it may see now."""
        return self.lost_track is not None and self.lost_track.details.get("reason") == "clearance"

    @property
    def wrote(self) -> bool:
        """Whether the working copy's outbox may be another now."""
        return self.news is not None or self.lost_track is not None


class AccountController(QObject):
    """Owns account, connection, the lists of proposals, and the outbox's way to the hub."""

    signed_in = pyqtSignal()
    contacted = pyqtSignal(object)
    """A Contact."""

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = context.state
        self._client: Optional[HubClient] = None
        self._busy = False
        self._again = False
        self._lost_it = False
        self._told = ""
        self._offline_ms = float(POLL_OFFLINE_MS)
        self._sends = True
        self._has_lost_track = False
        self._is_kept_here = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.contact)

    # --- signing in and out -------------------------------------------------------------------------------------------

    def restore(self) -> None:
        """What is known of the last sign-in, offline."""
        from commune_planning_plugin.adapters import settings

        state = self._state
        state.hub_url, state.account_name = settings.hub_url(), settings.account_name()
        known = memory.recall(state.hub_url, state.account_name)
        if known is not None:
            state.token, state.account, state.hub_id = known.token, known.account, known.hub_id
            self._set_connection(Connection.OFFLINE)
        self._recall_proposals()

    def _recall_proposals(self) -> None:
        """Those of the account that is, or was, signed in here."""
        from commune_planning_plugin.adapters import settings

        seen = last_seen.recall(settings.working_folder(), self._state.hub_url, self._state.account_name)
        self._state.proposals = seen.proposals if seen is not None else ()
        self._state.proposals_at = seen.at if seen is not None else None

    def sign_in(self, url: str, name: str, password: str, remember: bool = True) -> None:
        from commune_planning_plugin.adapters import settings

        address = url.strip()
        settings.set_remember_sign_in(remember)

        def work(_feedback: object) -> tuple[HubClient, SignIn, Catalogue]:
            client = hub(address)
            return client, signed_in(client, name.strip(), password), client.catalogue()

        self._context.jobs.start("sign_in", work, self._signed_in)

    def _signed_in(self, result: tuple[HubClient, SignIn, Catalogue]) -> None:
        from commune_planning_plugin.adapters import settings

        client, answer, catalogue = result
        state = self._state
        state.hub_url, state.account_name = client.base_url, answer.account.name
        state.token, state.account = answer.token, answer.account
        state.take_catalogue(catalogue)
        state.hub_id = answer.hub_id
        settings.set_hub_url(state.hub_url)
        settings.set_account_name(state.account_name)
        self._recall_proposals()
        self._keep(memory.Known(answer.token, answer.account, answer.hub_id))  # what QGIS asks is explained until then
        self._set_connection(Connection.ONLINE)
        self.signed_in.emit()
        self.contact()

    def _keep(self, known: memory.Known) -> None:
        """QGIS may ask for its master password meanwhile; who declines is signed in all the same."""
        from commune_planning_plugin.adapters import settings

        name = known.account.full_name
        if not settings.remember_sign_in():
            memory.hold(self._state.hub_url, known)
            self._context.signals.noticed.emit("signed_in.once", {"name": name})
        elif memory.keep(self._state.hub_url, known):
            self._context.signals.noticed.emit("signed_in", {"name": name})
        else:
            self._context.signals.noticed.emit("token.not_kept", {"name": name})

    def sign_out(self) -> None:
        from commune_planning_plugin.adapters import settings

        state = self._state
        url, token = state.hub_url, state.token
        memory.forget(url, state.account_name)
        last_seen.forget(settings.working_folder(), url, state.account_name)
        state.account, state.token, state.proposals, state.news = None, None, (), None
        state.inbox_page, state.had_part_in = ProposalPage(), ()
        state.proposals_at = None
        self._set_connection(Connection.SIGNED_OUT)
        self._context.signals.proposals_changed.emit()
        self._context.signals.inbox_changed.emit()
        self._context.signals.noticed.emit("signed_out", {})
        if token is not None:
            self._context.jobs.quiet(lambda _feedback: hub(url, token).sign_out(), lambda _done: None)

    # --- the account's devices ----------------------------------------------------------------------------------------

    def load_devices(self) -> None:
        url, token = self._state.hub_url, self._state.token

        def done(found: tuple[Device, ...]) -> None:
            self._state.devices = found
            self._context.signals.changed.emit()

        self._context.jobs.start("devices", lambda feedback: hub(url, token, feedback).devices(), done)

    def revoke(self, device: str) -> None:
        url, token = self._state.hub_url, self._state.token

        def done(_nothing: None) -> None:
            self._context.signals.noticed.emit("device.revoked", {})
            self.load_devices()

        self._context.jobs.start("revoke", lambda feedback: hub(url, token, feedback).revoke(device), done)

    # --- contact ------------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """As `contact`, also after the person has stopped the sending."""
        self._sends = True
        self.contact()

    def contact(self) -> None:
        """Outbox, decisions, proposals, inbox and news, in the background; a wish meanwhile is fulfilled afterwards."""
        from commune_planning_plugin.adapters import settings

        if self._state.token is None:
            return
        if self._busy:
            self._again = True
            return
        self._busy = True
        path, has_inbox, sends = self._existing_copy(), self._state.has_inbox(), self._sends
        url, token, earlier = self._state.hub_url, self._state.token, self._client
        folder = settings.working_folder()

        def work(feedback: JobFeedback) -> Contact:
            from commune_planning_plugin.sync.desk_witnessing import witnessed

            client = hub(url, token, feedback, earlier)
            self._client = client
            made = make_contact(client, path, has_inbox, feedback, sends)
            made = replace(made, doubt=witnessed(client, folder, made.catalogue.hub_id))
            last_seen.keep(folder, url, made.account.name, last_seen.LastSeen(made.proposals, datetime.now(timezone.utc)))
            return made

        self._context.jobs.transfer("send", work, lambda made: self._contacted(made, path), self._lost)

    def _existing_copy(self) -> Optional[Path]:
        state = self._state
        usable = state.checkpoint is not None and not state.only_read and not self._context.jobs.running
        return state.path if usable else None

    def _contacted(self, contact: Contact, path: Optional[Path]) -> None:
        self._finish_contact()
        self._told = ""
        if self._state.token is None:
            return
        state = self._state
        state.account, state.proposals, state.inbox_page = contact.account, contact.proposals, contact.inbox
        state.had_part_in = contact.had_part_in
        state.take_catalogue(contact.catalogue)
        state.proposals_at = datetime.now(timezone.utc)
        if contact.wrote and path == state.path:
            state.news, state.outbox = contact.news, contact.outbox or ()
        self._set_connection(Connection.ONLINE)
        self._context.signals.proposals_changed.emit()
        self._context.signals.inbox_changed.emit()
        self._tell_sent(contact.sent)
        self._tell_lost_track(contact.lost_track)
        self._tell_met(contact.met)
        self._tell_doubt((contact.met.doubt if contact.met is not None else None) or contact.doubt)
        self._tell_kept_here(contact.kept_here)
        self.contacted.emit(contact)
        self._repeat_if_wished()

    def _tell_met(self, met: Optional[Met]) -> None:
        """What the hub said about this working copy itself."""
        if met is None:
            return
        self._state.offers = met.offers
        signals = self._context.signals
        if met.copied is not None:
            signals.noticed.emit("contact.copy", {"count": len(met.copied)})
        if met.requeued:
            signals.noticed.emit("contact.requeued", {"count": met.requeued})
        if met.taken is not None:
            signals.noticed.emit("contact.taken", {"device": met.taken.device, "name": met.taken.full_name})
        signals.changed.emit()

    def _tell_doubt(self, doubt: Optional[Doubt]) -> None:
        signals = self._context.signals
        if doubt is not None and doubt.restored is not None:
            signals.noticed.emit("audit.restored", {"agreed_at": doubt.restored.at})
        for problem in doubt.problems if doubt is not None else ():
            signals.failed.emit(problem, "contact")

    def _tell_sent(self, results: tuple[SendResult, ...]) -> None:
        for result in results:
            if result.problem is not None:
                self._context.signals.failed.emit(result.problem, "submit")
            else:
                self._context.signals.noticed.emit(
                    "proposal.sent", {"proposal": result.item.proposal, "number": result.item.number}
                )

    def _tell_lost_track(self, error: Optional[Refused]) -> None:
        """Once, not at each contact."""
        if error is not None and not self._has_lost_track:
            told = {"area_epoch": "area.changed", "clearance": "clearance.changed"}.get(str(error.details.get("reason")))
            if told is not None:
                self._context.signals.noticed.emit(told, {})
            else:
                self._context.signals.failed.emit(error, "contact")
        self._has_lost_track = error is not None

    def _tell_kept_here(self, error: Optional[Refused]) -> None:
        """Once, not at each contact."""
        if error is not None and not self._is_kept_here:
            self._context.signals.failed.emit(error, "contact")
        self._is_kept_here = error is not None

    def _lost(self, error: PlanningError) -> None:
        self._finish_contact()
        if isinstance(error, NotSignedIn):
            self._token_refused(error)
        elif isinstance(error, HubUnreachable):
            self.went_offline(float(error.details.get("retry_after_s", 0)))
        elif isinstance(error, Cancelled):
            self._sends = False
            self._context.signals.noticed.emit("send.stopped", {})
        elif error.code.startswith("hub."):  # something else answers, a café's log-in page, say: as good as no connection
            self.went_offline()
            self._tell_once(error)
        else:
            self._context.signals.failed.emit(error, "contact")
        self._repeat_if_wished()

    def _token_refused(self, error: NotSignedIn) -> None:
        """Expired or revoked: the work stays, only signing in again is needed."""
        memory.forget(self._state.hub_url, self._state.account_name)
        self._state.token, self._state.account = None, None
        self._set_connection(Connection.SIGNED_OUT)
        self._context.signals.failed.emit(error, "contact")

    def heard(self, error: PlanningError) -> None:
        """A job's error says something about the connection too."""
        if isinstance(error, NotSignedIn) and self._state.token is not None:
            self._token_refused(error)
        elif isinstance(error, HubUnreachable) and self._state.token is not None:
            self.went_offline()

    def _tell_once(self, error: PlanningError) -> None:
        if error.code != self._told:
            self._told = error.code
            self._context.signals.failed.emit(error, "contact")

    def went_offline(self, retry_after_s: float = 0.0) -> None:
        """The pauses between looks grow, differ between desks, and are as long as the hub asked for."""
        if self._state.connection is not Connection.OFFLINE:
            self._offline_ms = float(POLL_OFFLINE_MS)
            self._set_connection(Connection.OFFLINE)
        self._offline_ms = min(LONGEST_OFFLINE_MS, 1.5 * self._offline_ms)
        pause_ms = max(self._offline_ms * random.uniform(0.75, 1.0), 1000 * retry_after_s)  # noqa: S311 (no secret)
        self._timer.start(int(pause_ms))

    def _finish_contact(self) -> None:
        self._busy = False

    def _repeat_if_wished(self) -> None:
        if self._again:
            self._again = False
            self.contact()

    def _set_connection(self, connection: Connection) -> None:
        state, before = self._state, self._state.connection
        state.connection = connection
        if connection is Connection.OFFLINE:
            state.offline_since = state.offline_since or datetime.now(timezone.utc)
        else:
            state.offline_since = None
        if connection is Connection.SIGNED_OUT:
            self._timer.stop()
        else:
            self._timer.start(POLL_ONLINE_MS if connection is Connection.ONLINE else POLL_OFFLINE_MS)
        self._tell_connection(before, connection)
        self._context.signals.changed.emit()

    def _tell_connection(self, before: Connection, now: Connection) -> None:
        """Losing the hub and finding it again is news; the first look after the start is not."""
        if (before, now) == (Connection.ONLINE, Connection.OFFLINE):
            self._lost_it = True
            self._context.signals.noticed.emit("offline", {})
        elif now is Connection.ONLINE and self._lost_it:
            self._lost_it = False
            self._context.signals.noticed.emit("online", {})

    def stop(self) -> None:
        self._timer.stop()


def make_contact(
    client: HubClient, path: Optional[Path], has_inbox: bool, feedback: Feedback = SILENT, sends: bool = True
) -> Contact:
    """One round with the hub, in a background thread. Raises ``HubError``, ``Cancelled``."""
    account = client.me()
    catalogue = client.catalogue()
    inbox = inbox_page(client, Question()) if has_inbox else ProposalPage()
    had_part_in = followed(client) if has_inbox else ()
    if path is None or not path.exists():
        return Contact(account, catalogue, client.proposals("mine"), inbox, had_part_in)
    with working_copy(path) as copy:
        return _contact_with_copy(client, copy, Contact(account, catalogue, (), inbox, had_part_in), feedback, sends)


def _contact_with_copy(client: HubClient, copy: WorkingCopy, begun: Contact, feedback: Feedback, sends: bool) -> Contact:
    """What a working copy adds, if it is this account's."""
    from commune_planning_plugin.sync import contact, engine
    from commune_planning_plugin.sync.rebase import reason_for

    if copy.identity.account != begun.account.name or copy.identity.hub_id != begun.catalogue.hub_id:
        return replace(begun, proposals=client.proposals("mine"))
    met = contact.meet(copy, client, platform.node())
    sent = tuple(engine.send_outbox(copy, client, feedback)) if sends else ()
    proposals = client.proposals("mine")
    kept_here = _backed_up(copy, client)
    copy.finish_erasing()
    begun = replace(begun, proposals=proposals, sent=sent, outbox=copy.outbox.unsent(), met=met, kept_here=kept_here)
    try:
        feed = engine.ask(copy, client)
    except Refused as refused:
        if reason_for(refused) is None:
            raise
        return replace(begun, lost_track=refused)
    return replace(begun, news=feed.count)


def _backed_up(copy: WorkingCopy, client: HubClient) -> Optional[Refused]:
    """Hand over the unsent work; the hub's word where it keeps no more of it, which stops nothing else."""
    from commune_planning_plugin.sync import contact

    try:
        contact.back_up(copy, client)
    except Refused as refused:
        if refused.code not in contact.FULL:
            raise
        return refused
    return None


def signed_in(client: HubClient, name: str, password: str) -> SignIn:
    """Asks first whether a hub is there: QGIS takes a request's body along to wherever its answer points. Raises ``HubError``."""
    client.status()
    return client.sign_in(name, password, platform.node())
