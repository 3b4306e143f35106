"""What a working copy shows of itself at each contact, and what becomes of it where it is a copy or the hub was restored."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.proposal import State
from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.core.wire import content_hash
from commune_planning_plugin.store import drafts, outbox, state
from commune_planning_plugin.store.model import Draft, OutboxItem, OutboxState, Ref
from commune_planning_plugin.store.sql import Database

BACKED_UP = "planning_backed_up"
"""What the hub has of the unsent work: kind, id and hash."""


@dataclass(frozen=True)
class Card:
    """``nonce`` is the one of the last contact (None: there was none), ``next`` the one that follows: in the file before it is
    shown, so that the same step is shown again where an answer was lost. ``contacts`` counts those that were answered."""

    instance: str
    nonce: Optional[str]
    next: str
    contacts: int


class ContactBook:
    """Of one working copy; every method is a transaction of its own."""

    def __init__(self, database: Database, layers: Mapping[str, Layer]) -> None:
        self._database, self._layers = database, layers

    def card(self) -> Card:
        with self._database.writing() as connection:
            following = state.get(connection, "nonce_next")
            if following is None:
                following = str(uuid.uuid4())
                state.put(connection, nonce_next=following)
            contacts = int(state.get(connection, "contacts") or 0)
            return Card(state.required(connection, "instance"), state.get(connection, "nonce"), following, contacts)

    def renew(self, card: Card) -> None:
        """The hub has answered ``card``."""
        with self._database.writing() as connection:
            if state.get(connection, "nonce_next") == card.next:
                state.put(connection, nonce=card.next, nonce_next=None, contacts=str(card.contacts + 1))

    def become_copy(self) -> tuple[str, ...]:
        """This file is a copy of one that went on: it gets an id of its own, and what was queued in it becomes drafts under their
        old ids, for the other file sends it too. Gives the proposals."""
        with self._database.writing() as connection:
            state.put(connection, instance=str(uuid.uuid4()), nonce=None, nonce_next=None, contacts="0", told_taken=None)
            forget_backup(connection)
            queued = [item for item in outbox.items(connection) if item.state is OutboxState.QUEUED]
            for item in queued:
                set_aside(connection, self._layers, item, item.number)
            return tuple(item.proposal for item in queued)

    def set_aside(self, proposal: str, number: int, following: int) -> None:
        """The hub has another version ``number`` of the proposal, sent from another computer: mine becomes a draft of ``following``
        with all that it had. Raises ``WorkingCopyError('proposal.unknown')``."""
        with self._database.writing() as connection:
            set_aside(connection, self._layers, item_of(connection, proposal, number), following)

    def queue_again(self, proposal: str, number: int) -> None:
        """The hub doesn't know this version any more (it was restored): the exact bytes are sent once more.

        Where a part of them was withdrawn since, a draft is made of the rest. Raises ``WorkingCopyError('proposal.unknown')``.
        """
        with self._database.writing() as connection:
            item = item_of(connection, proposal, number)
            if content_hash(json.loads(item.body)) != item.hash:
                set_aside(connection, self._layers, item, number)
                return
            outbox.mark(connection, proposal, number, OutboxState.QUEUED, answer=None, decision=None, problem=None)

    def reopen_decision(self, proposal: str, number: int) -> None:
        """A restored hub knows the version, but not its approval: it is waited for again."""
        with self._database.writing() as connection:
            outbox.mark(connection, proposal, number, OutboxState.SENT, decision=None)

    def told_taken(self, at: Optional[str]) -> bool:
        """Whether it is news that unsent work was brought to another computer at ``at``; from now on it isn't."""
        with self._database.writing() as connection:
            if at is None or state.get(connection, "told_taken") == at:
                return False
            state.put(connection, told_taken=at)
            return True


def item_of(connection: sqlite3.Connection, proposal: str, number: int) -> OutboxItem:
    """Raises ``WorkingCopyError('proposal.unknown')``."""
    found = (item for item in outbox.items(connection) if (item.proposal, item.number) == (proposal, number))
    item = next(found, None)
    if item is None:
        raise WorkingCopyError("proposal.unknown", proposal=proposal, number=number)
    return item


def waits(item: OutboxItem) -> bool:
    """Sent and not decided, or approved and not pulled: the hub must know it."""
    approved = item.state is OutboxState.DECIDED and item.decision == State.APPROVED.value
    return not item.pulled and (item.state is OutboxState.SENT or approved)


def set_aside(connection: sqlite3.Connection, layers: Mapping[str, Layer], item: OutboxItem, number: int) -> None:
    """Make a draft of a frozen version; where one of the proposal is being written already, that one stays."""
    version = outbox.version_of(connection, layers, item.proposal, item.number)
    writing = connection.execute("SELECT 1 FROM planning_draft WHERE proposal = ?", (item.proposal,)).fetchone()
    if version is not None and writing is None:
        refs = tuple(Ref(change.layer, change.key) for change in version.changes)
        text = (version.title, version.ground, version.reason)
        drafts.save(connection, Draft(item.proposal, number, version.plan, *text, refs, version.attachments))
    connection.execute("DELETE FROM planning_outbox WHERE proposal = ? AND number = ?", (item.proposal, item.number))


def forget_backup(connection: sqlite3.Connection) -> None:
    connection.execute(f"DELETE FROM {BACKED_UP}")
