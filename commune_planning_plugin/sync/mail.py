"""Bringing the mailbox and the hub together: what was said goes out in its order, what others said comes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Optional

from commune_planning_plugin.core.errors import Refused
from commune_planning_plugin.store.mailbox import Item, Mailbox
from commune_planning_plugin.sync.client import HubClient
from commune_planning_plugin.sync.discussion_client import put_act, put_mark, read_discussion
from commune_planning_plugin.sync.feedback import SILENT, Feedback, stop_if_cancelled

_LATER = frozenset({HTTPStatus.TOO_MANY_REQUESTS})


@dataclass
class Exchanged:
    """What one exchange did: ids of acts by what became of them, and the proposals that say something else now."""

    sent: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    proposals: set[str] = field(default_factory=set)
    marked: bool = False
    put_off: Optional[Refused] = None
    """The hub takes no more of this account for a while."""


def send(box: Mailbox, client: HubClient, feedback: Feedback = SILENT) -> Exchanged:
    """Send what waits. What the hub refuses stays with its reason; the rest goes on.

    A proposal that can't be seen just now (its new version awaits the commune's signature) keeps its acts waiting. Raises
    ``HubError`` where the hub can't be asked, and nothing is lost.
    """
    done = Exchanged()
    out_of_sight: set[str] = set()
    for item in box.waiting():
        stop_if_cancelled(feedback)
        if item.proposal in out_of_sight:
            continue
        try:
            _send_files(box, client, item, feedback)
            box.answered(item.id, put_act(client.transport, item.proposal, item.id, item.document))
        except Refused as refused:
            if refused.status == HTTPStatus.NOT_FOUND:
                out_of_sight.add(item.proposal)
                continue
            if refused.status in _LATER:
                done.put_off = refused
                break
            box.refused(item.id, refused.code, refused.details)
            done.refused.append(item.id)
        else:
            done.sent.append(item.id)
        done.proposals.add(item.proposal)
    return done


def _send_files(box: Mailbox, client: HubClient, item: Item, feedback: Feedback) -> None:
    states = client.file_states(item.files) if item.files else {}
    for name in item.files:
        content = box.content(name)
        if content is not None:
            client.put_attachment(name, content, states[name].received, feedback)


def send_marks(box: Mailbox, client: HubClient) -> bool:
    """Tell the hub how far the person has read; whether there was anything to tell."""
    waiting = box.marks()
    for proposal, seen in waiting.items():
        try:
            put_mark(client.transport, proposal, seen)
        except Refused:
            box.forget(proposal)
        else:
            box.marked(proposal, seen)
    return bool(waiting)


def fetch(box: Mailbox, client: HubClient, proposal: str) -> None:
    """Bring in what was said about a proposal; what a restored hub has lost of one's own goes out again.

    Raises ``Refused`` 404 where it isn't to be seen any more, and then nothing of it is kept; other ``HubError``.
    """
    try:
        told = read_discussion(client.transport, proposal)
    except Refused as refused:
        if refused.status == HTTPStatus.NOT_FOUND:
            box.forget(proposal)
        raise
    if box.take_discussion(proposal, told):
        send(box, client)
        box.take_discussion(proposal, read_discussion(client.transport, proposal))


def fetch_and_mark(box: Mailbox, client: HubClient, proposal: str) -> None:
    """As `fetch`, of a proposal that the person looks at: what is shown counts as read. One out of sight says nothing."""
    try:
        fetch(box, client, proposal)
    except Refused as refused:
        if refused.status != HTTPStatus.NOT_FOUND:
            raise
        return
    kept = box.discussion(proposal)
    if kept is not None:
        box.mark(proposal, int(kept.document["seen"]))
