"""What is said about proposals: shown at once, waiting in the mailbox until the hub has answered, fetched when it is looked at."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.core.discussion import Act, ActKind, Discussion, Side, folded
from commune_planning_plugin.core.discussion_bodies import checked
from commune_planning_plugin.core.errors import InvalidData, PlanningError, WorkingCopyError
from commune_planning_plugin.core.suggestions import check_suggestion
from commune_planning_plugin.core.text import readable
from commune_planning_plugin.core.workflow import Role, State
from commune_planning_plugin.session.context import Context, hub
from commune_planning_plugin.session.discussion_map import DiscussionMap
from commune_planning_plugin.session.types import Connection

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.core.schema import Catalogue
    from commune_planning_plugin.store.mailbox import Item, Mailbox
    from commune_planning_plugin.sync.client import HubClient
    from commune_planning_plugin.sync.discussion_client import Told
    from commune_planning_plugin.sync.mail import Exchanged
    from commune_planning_plugin.sync.proposal_documents import ProposalSummary


@dataclass(frozen=True)
class Talk:
    """What there is to show of one proposal's discussion: what the hub told, what waits here, and since when nothing was heard."""

    proposal: str
    discussion: Discussion
    told: Optional[Told] = None
    items: tuple[Item, ...] = ()
    at: Optional[datetime] = None

    def item(self, act: str) -> Optional[Item]:
        """The act's place in the mailbox, where the hub hasn't taken it."""
        return next((item for item in self.items if item.id == act), None)

    def organisation(self, organisation: Optional[str]) -> str:
        """An agency's name; empty for none."""
        named = self.told.organisations if self.told is not None else ()
        return next((each.name for each in named if each.id == organisation), "")


class DiscussionController(QObject):
    """Owns the mailbox of the signed-in account."""

    changed = pyqtSignal(str)
    """What there is to say about this proposal is something else now."""
    unread_changed = pyqtSignal()
    contact_wished = pyqtSignal()
    """Lists are out of date: marks or words have reached the hub."""

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = context.state
        self.map = DiscussionMap(context, self)
        self._talks: dict[str, Talk] = {}
        self._watched: set[str] = set()
        self._watched_review = False
        self._read: set[str] = set()
        self._busy = False
        self._again = False
        self._waiting = 0
        context.signals.review_changed.connect(self._review_changed)

    # --- the mailbox --------------------------------------------------------------------------------------------------

    def mailbox_path(self) -> Optional[Path]:
        """None while nobody is signed in."""
        from commune_planning_plugin.adapters import settings
        from commune_planning_plugin.store.mailbox import mailbox_path

        state = self._state
        if state.account is None or not state.hub_id:
            return None
        return mailbox_path(settings.working_folder(), state.hub_id, state.account.id)

    def restore(self) -> None:
        """What is known without a connection: words that wait, and the inbox as it was seen last."""
        from commune_planning_plugin.sync.list_calls import ProposalPage

        def recall(box: Mailbox) -> None:
            self._waiting = len(box.waiting())
            kept, part = box.kept("inbox"), box.kept("followed")
            with suppress(InvalidData):  # kept by another version of the plugin: the next contact brings the lists
                if kept is not None and not self._state.inbox:
                    self._state.inbox_page = ProposalPage.from_json(kept.document)
                if part is not None and not self._state.had_part_in:
                    self._state.had_part_in = ProposalPage.from_json(part.document).proposals

        if self._with_box(recall):
            self._context.signals.inbox_changed.emit()

    def contacted(self) -> None:
        """The lists are fresh: keep them, send what waits, and look again at what is open."""
        from commune_planning_plugin.sync.list_calls import ProposalPage

        account = self._state.account
        lists = {"inbox": self._state.inbox_page, "followed": ProposalPage(self._state.had_part_in)}
        if account is None:
            return

        def keep(box: Mailbox) -> None:
            box.seen_as(account.cleared)
            for name, page in lists.items():
                kept, plain = box.kept(name), page.to_json()
                if kept is None or kept.document != plain:
                    box.keep(name, plain)
            if not box.marks():
                self._read = set(self._watched)

        self._with_box(keep)
        self.unread_changed.emit()
        self.exchange()

    def forget(self) -> None:
        """Nobody is signed in any more: what was shown is kept no longer, what waits stays for the next sign-in."""
        self._with_box(lambda box: box.forget_all())
        self._talks.clear()
        self._watched.clear()
        self._read.clear()
        self._waiting = 0

    def pulled(self) -> None:
        """The working copy has let go of what became hidden: of who isn't cleared, what was opened before goes too."""
        if self._state.account is not None and not self._state.account.cleared:
            self._with_box(lambda box: box.forget_shown())
            self._talks = {proposal: talk for proposal, talk in self._talks.items() if proposal in self._watched}

    def _with_box(self, use: Any) -> bool:
        """Whether it went well; what went wrong is told."""
        from commune_planning_plugin.store.mailbox import Mailbox

        path = self.mailbox_path()
        if path is None:
            return False
        try:
            with Mailbox.open(path) as box:
                use(box)
                aside = box.damage()
            if aside is not None:
                self._context.signals.failed.emit(WorkingCopyError("mailbox.damaged", path=aside), "discussion")
        except (WorkingCopyError, InvalidData, OSError) as error:
            told = error if isinstance(error, PlanningError) else WorkingCopyError("working_copy.unreadable", reason=str(error))
            self._context.signals.failed.emit(told, "discussion")
            return False
        return True

    # --- reading ------------------------------------------------------------------------------------------------------

    def talk(self, proposal: str) -> Talk:
        """As far as it is known here."""
        if proposal not in self._talks:
            self._recall(proposal)
        return self._talks.get(proposal, Talk(proposal, Discussion()))

    def watch(self, proposal: Optional[str]) -> None:
        """The person looks at this proposal (or at none): what is new about it is fetched, and is read."""
        self._watched = {proposal} if proposal is not None else set()
        if proposal is not None:
            self._read.add(proposal)
            self._recall(proposal)
            self.changed.emit(proposal)
            self.unread_changed.emit()
            self.exchange()

    def _review_changed(self) -> None:
        review = self._state.review
        opened = review.summary.id if review is not None and review.summary.state is not State.DRAFT else None
        if opened is not None or self._watched_review:
            self.watch(opened)
        self._watched_review = opened is not None

    def _recall(self, proposal: str) -> None:
        from commune_planning_plugin.sync.discussion_client import Told

        def read(box: Mailbox) -> None:
            kept, items = box.discussion(proposal), box.unanswered(proposal)
            told = Told.from_json(kept.document) if kept is not None else None
            known = {act.id for act in told.acts} if told is not None else set()
            waiting = [self._mine(item.act) for item in items if item.id not in known]
            discussion = folded([*(told.acts if told is not None else ()), *waiting])
            self._talks[proposal] = Talk(proposal, discussion, told, items, kept.at if kept is not None else None)
            self._waiting = len(box.waiting())

        self._with_box(read)

    def _mine(self, act: Act) -> Act:
        """As it will be shown when the hub has it."""
        account = self._state.account
        if account is None:
            return act
        side = Side.COMMUNE if self._state.works_in_communes() else Side.AGENCY if account.has(Role.AGENCY) else Side.PROVINCE
        return Act(act.id, act.kind, act.version, act.body, account.name, account.full_name, side, account.organisation)

    @property
    def waiting(self) -> int:
        """How many things that were said wait for the hub."""
        return self._waiting

    def unread(self, summary: ProposalSummary) -> int:
        """What others did about it since the person looked last; none about what is being looked at."""
        return 0 if summary.id in self._read else summary.unread

    def unread_of(self, summaries: Iterable[ProposalSummary]) -> int:
        """Of how many of them there is something new."""
        return sum(self.unread(summary) > 0 for summary in summaries)

    def may(self, proposal: str, kind: ActKind) -> bool:
        """What the hub said it allows."""
        told = self.talk(proposal).told
        return told is not None and kind in told.can

    # --- saying something -----------------------------------------------------------------------------------------------

    def post(
        self,
        proposal: str,
        version: int,
        kind: ActKind,
        body: Mapping[str, Any],
        files: Optional[Mapping[str, bytes]] = None,
        instead: Optional[str] = None,
    ) -> Optional[str]:
        """Say it: on the disk when this returns, and sent as soon as the hub can be reached. None where it can't be said.

        ``instead`` names a refused act that this one takes the place of.
        """
        said = {**body, "text": readable(str(body["text"])).strip()} if body.get("text") is not None else dict(body)
        if kind is ActKind.COMMENT and "thread" not in said:
            said["thread"] = str(uuid.uuid4())
        try:
            act = Act(str(uuid.uuid4()), kind, version, self._checked(proposal, kind, said))
        except InvalidData as error:
            self._context.signals.failed.emit(error, "discussion")
            return None
        if not self._with_box(lambda box: box.put(proposal, act, files, instead)):
            return None
        self._tell(proposal)
        self.exchange()
        return act.id

    def _checked(self, proposal: str, kind: ActKind, body: Mapping[str, Any]) -> dict[str, Any]:
        """As the hub will check it. Raises ``InvalidData``."""
        layers = _layers(self._state.catalogue)
        said = checked(layers, kind, body)
        if "suggestion" in said and "anchor" not in said:
            thread = self.talk(proposal).discussion.thread(said["thread"])
            check_suggestion(layers, thread.anchor.get("layer") if thread is not None else None, said["suggestion"])
        return said

    def discard(self, proposal: str, act: str) -> None:
        """Take back what the hub hasn't taken."""
        self._with_box(lambda box: box.discard(act))
        self._tell(proposal)

    def _tell(self, proposal: str) -> None:
        self._recall(proposal)
        self.changed.emit(proposal)
        self.unread_changed.emit()

    # --- the hub --------------------------------------------------------------------------------------------------------

    def flush(self, client: HubClient) -> None:
        """Before a decision, in its background job: the hub knows all that was said first."""
        from commune_planning_plugin.store.mailbox import Mailbox
        from commune_planning_plugin.sync import mail

        path = self.mailbox_path()
        if path is not None:
            with Mailbox.open(path) as box:
                mail.send(box, client)

    def exchange(self) -> None:
        """Send what waits and fetch what is looked at, in the background; a wish meanwhile is fulfilled afterwards."""
        path, url, token = self.mailbox_path(), self._state.hub_url, self._state.token
        watched = tuple(self._watched)
        if path is None or token is None or self._state.connection is not Connection.ONLINE:
            return
        if self._busy:
            self._again = True
            return
        if not self._waiting and not watched and not self._has_marks():
            return
        self._busy = True
        self._context.jobs.quiet(lambda feedback: exchanged(path, url, token, watched, feedback), self._exchanged, self._failed)

    def _has_marks(self) -> bool:
        found: list[bool] = []
        self._with_box(lambda box: found.append(bool(box.marks())))
        return found == [True]

    def _exchanged(self, done: Exchanged) -> None:
        self._busy = False
        for proposal in {*done.proposals, *self._watched}:
            self._tell(proposal)
        for act in done.refused:
            self._tell_refused(act)
        if done.put_off is not None:
            self._context.signals.failed.emit(done.put_off, "discussion")
        if done.sent or done.marked:
            self.contact_wished.emit()
        self._repeat_if_wished()

    def _tell_refused(self, act: str) -> None:
        items = (item for talk in self._talks.values() for item in talk.items if item.id == act)
        problem = next((item.problem for item in items if item.problem), None)
        if problem is not None:
            self._context.signals.failed.emit(PlanningError(str(problem["code"]), **problem["details"]), "discussion")

    def _failed(self, _error: PlanningError) -> None:
        """The connection is looked after elsewhere; what waits is still there."""
        self._busy = False
        for proposal in self._watched:
            self._tell(proposal)
        self._repeat_if_wished()

    def _repeat_if_wished(self) -> None:
        if self._again:
            self._again = False
            self.exchange()


def exchanged(path: Path, url: str, token: str, watched: Iterable[str], feedback: JobFeedback) -> Exchanged:
    """In a background thread. What is watched counts as read, up to what is shown of it."""
    from commune_planning_plugin.store.mailbox import Mailbox
    from commune_planning_plugin.sync import mail
    from commune_planning_plugin.sync.feedback import stop_if_cancelled

    client = hub(url, token, feedback)
    with Mailbox.open(path) as box:
        done = mail.send(box, client, feedback)
        for proposal in watched:
            stop_if_cancelled(feedback)
            mail.fetch_and_mark(box, client, proposal)
        done.marked = mail.send_marks(box, client)
        return done


def _layers(catalogue: Optional[Catalogue]) -> Mapping[str, Any]:
    return {layer.id: layer for layer in catalogue.layers} if catalogue is not None else {}
