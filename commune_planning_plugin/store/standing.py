"""What becomes of frozen versions by the hub's word: decided, waited for again, sent again, or drafts of a next one.

A hub that was restored may have lost a version, or the decision about it; or it has other content under the same number, sent from
another computer.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Optional

from commune_planning_plugin.core.schema import Layer
from commune_planning_plugin.core.wire import content_hash
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.store import drafts, outbox
from commune_planning_plugin.store.model import OutboxItem, OutboxState, Standing

Layers = Mapping[str, Layer]

_MISSING = json.dumps({"code": "attachment.missing", "details": {}})


def is_held(item: OutboxItem) -> bool:
    """Sent and not decided, or approved: the hub must know it."""
    return item.state is OutboxState.SENT or (item.state is OutboxState.DECIDED and item.decision == State.APPROVED.value)


def waits(item: OutboxItem) -> bool:
    """Sent and not decided, or approved and not pulled."""
    return is_held(item) and not item.pulled


def settle(connection: sqlite3.Connection, layers: Layers, told: Standing) -> bool:
    """Note how a version stands that the hub `is_held` to know, and leave others; whether it is to be sent once more."""
    item = next((each for each in outbox.items(connection) if (each.proposal, each.number) == (told.proposal, told.number)), None)
    if item is None or not is_held(item):
        return False
    if told.state is None:
        return _send_again(connection, layers, item)
    if told.came_to is None and item.state is OutboxState.DECIDED:
        _put(connection, item, OutboxState.SENT)
    elif told.came_to is not None and told.came_to.value != item.decision:
        _put(connection, item, OutboxState.DECIDED, told.came_to.value)
    return False


def _send_again(connection: sqlite3.Connection, layers: Layers, item: OutboxItem) -> bool:
    """The exact bytes, once more; what the hub answered the first time stays known, for its keys are the file's.

    Where a part of them was withdrawn since, a draft is made of the rest. With a file that is no longer here it can't be sent: its
    changes are local ones then.
    """
    if content_hash(json.loads(item.body)) != item.hash:
        set_aside(connection, layers, item, item.number)
    elif _lacks_files(connection, item):
        _put(connection, item, OutboxState.REFUSED)
    else:
        _put(connection, item, OutboxState.QUEUED)
        return True
    return False


def _put(connection: sqlite3.Connection, item: OutboxItem, state: OutboxState, decision: Optional[str] = None) -> None:
    place = (item.proposal, item.number)
    connection.execute("UPDATE planning_outbox SET pulled = 0 WHERE proposal = ? AND number = ?", place)
    outbox.mark(connection, *place, state, decision=decision, problem=_MISSING if state is OutboxState.REFUSED else None)


def _lacks_files(connection: sqlite3.Connection, item: OutboxItem) -> bool:
    held = {sha256 for (sha256,) in connection.execute("SELECT sha256 FROM planning_attachment")}
    return any(file["sha256"] not in held for file in json.loads(item.body)["attachments"])


def set_aside(connection: sqlite3.Connection, layers: Layers, item: OutboxItem, number: int) -> None:
    """Make a draft of a frozen version; where one of the proposal is being written already, that one stays."""
    version = outbox.version_of(connection, layers, item.proposal, item.number)
    writing = connection.execute("SELECT 1 FROM planning_draft WHERE proposal = ?", (item.proposal,)).fetchone()
    if version is not None and writing is None:
        refs = outbox.refs_of(connection, layers, item.proposal, item.number)
        drafts.save(connection, drafts.of_version(version, number, refs))
    connection.execute("DELETE FROM planning_outbox WHERE proposal = ? AND number = ?", (item.proposal, item.number))
