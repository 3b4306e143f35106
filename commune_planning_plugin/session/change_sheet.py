"""The change sheet: all that is known of a proposal is gathered and printed in the background, with or without a connection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Optional

from qgis.PyQt.QtCore import QObject

from commune_planning_plugin.core.discussion import Discussion
from commune_planning_plugin.core.errors import PlanningError, Refused
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.session.context import Context, hub
from commune_planning_plugin.session.kept_reviews import opened_or_kept
from commune_planning_plugin.sync.feedback import Feedback

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.core.balance import Balance
    from commune_planning_plugin.core.schema import Catalogue
    from commune_planning_plugin.sync.client import HubClient
    from commune_planning_plugin.sync.decision_calls import DecisionPapers
    from commune_planning_plugin.sync.detail_documents import ProposalDetail
    from commune_planning_plugin.sync.discussion_client import Told


@dataclass(frozen=True)
class SheetData:
    """What a sheet tells. ``balance`` and ``papers`` are None where they couldn't be had, or there are none; ``at`` says when it
    was kept, where the hub couldn't be asked now."""

    detail: ProposalDetail
    catalogue: Catalogue
    discussion: Discussion = field(default_factory=Discussion)
    organisations: Mapping[str, str] = field(default_factory=dict)
    balance: Optional[Balance] = None
    papers: Optional[DecisionPapers] = None
    talk_known: bool = True
    """Whether what was said is known at all."""
    printed_by: str = ""
    at: Optional[datetime] = None


Print = Callable[[SheetData, Path, Feedback], int]
"""Writes the file, in the background; the number of its pages. Raises ``OSError``."""


class SheetController(QObject):
    """Prints one at a time."""

    def __init__(self, context: Context, mailbox: Callable[[], Optional[Path]], parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._mailbox = mailbox

    def make(self, proposal: str, path: Path, printed: Print) -> None:
        """Job ``change_sheet``; ends with ``noticed('sheet.written', {'path': …, 'pages': …})``."""
        state, box = self._context.state, self._mailbox()
        url, token, who = state.hub_url, state.token, state.account.full_name if state.account is not None else ""

        def work(feedback: JobFeedback) -> int:
            data = gathered(hub(url, token, feedback), proposal, box, who)
            try:
                return printed(data, path, feedback)
            except OSError as error:
                raise PlanningError("file.not_written", path=str(path), reason=str(error)) from error

        def done(pages: int) -> None:
            self._context.signals.noticed.emit("sheet.written", {"path": str(path), "pages": pages})

        self._context.jobs.start("change_sheet", work, done)


def gathered(client: HubClient, proposal: str, box: Optional[Path], printed_by: str) -> SheetData:
    """As the hub has it; without a connection as it was opened last, and as far as that goes. Raises ``HubError``."""
    from commune_planning_plugin.sync.decision_calls import DecisionCalls
    from commune_planning_plugin.sync.review_calls import ReviewCalls

    opened = opened_or_kept(client, proposal, box)
    told = _told(client, proposal, box, opened.at is None)
    fresh = opened.at is None
    approved = opened.detail.summary.state is State.APPROVED
    return SheetData(
        opened.detail,
        opened.catalogue,
        told.folded if told is not None else Discussion(),
        {each.id: each.name for each in told.organisations} if told is not None else {},
        _if_any(lambda: ReviewCalls(client).balance(proposal)) if fresh else None,
        _if_any(lambda: DecisionCalls(client).papers(proposal)) if fresh and approved else None,
        told is not None,
        printed_by,
        opened.at,
    )


def _told(client: HubClient, proposal: str, box: Optional[Path], fresh: bool) -> Optional[Told]:
    from commune_planning_plugin.store.mailbox import Mailbox
    from commune_planning_plugin.sync.discussion_client import Told, read_discussion

    if fresh:
        return _if_any(lambda: Told.from_json(read_discussion(client.transport, proposal)))
    if box is None:
        return None
    with Mailbox.open(box) as opened:
        kept = opened.discussion(proposal)
    return Told.from_json(kept.document) if kept is not None else None


def _if_any(ask: Callable[[], object]) -> object:
    """What the hub doesn't tell this account the sheet says to be missing; a line that breaks ends the job."""
    try:
        return ask()
    except Refused:
        return None
