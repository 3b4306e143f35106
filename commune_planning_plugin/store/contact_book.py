"""What a working copy shows of itself at each contact, and what becomes of it where it is a copy or the hub was restored."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Optional

from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.store import outbox, standing, state
from commune_planning_plugin.store.model import OutboxState, Standing
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
                standing.set_aside(connection, self._layers, item, item.number)
            return tuple(item.proposal for item in queued)

    def set_aside(self, proposal: str, number: int, following: int) -> None:
        """The hub has another version ``number`` of the proposal, sent from another computer: mine becomes a draft of ``following``
        with all that it had. Raises ``WorkingCopyError('proposal.unknown')``."""
        with self._database.writing() as connection:
            standing.set_aside(connection, self._layers, outbox.item(connection, proposal, number), following)

    def settle(self, told: Iterable[Standing]) -> int:
        """Note how versions stand at the hub; how many of them it has lost, so that they are sent once more."""
        with self._database.writing() as connection:
            return sum(standing.settle(connection, self._layers, each) for each in told)

    def told_taken(self, at: Optional[str]) -> bool:
        """Whether it is news that unsent work was brought to another computer at ``at``; from now on it isn't."""
        with self._database.writing() as connection:
            if at is None or state.get(connection, "told_taken") == at:
                return False
            state.put(connection, told_taken=at)
            return True


def forget_backup(connection: sqlite3.Connection) -> None:
    connection.execute(f"DELETE FROM {BACKED_UP}")
