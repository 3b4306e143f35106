"""Frozen versions of one working copy: on their way to the hub, and what it answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Optional

from commune_planning_plugin.core.schema import Catalogue
from commune_planning_plugin.store import building, drafts, freezing, health, listing, outbox, reverting
from commune_planning_plugin.store.model import Draft, OutboxItem, OutboxState, Ref, Unsent
from commune_planning_plugin.store.sql import Database


class Outbox:
    """Every method is a transaction of its own. What became of versions at the hub is noted by `ContactBook.settle`."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database, self._catalogue = database, catalogue
        self._layers = {layer.id: layer for layer in catalogue.layers}

    def freeze(self, draft: Draft) -> OutboxItem:
        """Make the draft's changes a version, queued as the exact bytes to send; the draft is gone then.

        Of features about which proposals wait it has what was changed since, and depends on these.
        Raises ``WorkingCopyError``: ``proposal.no_changes``, ``proposal.several_plans`` (``plans``: plan → refs),
        ``proposal.conflict``, ``proposal.pending``, ``proposal.depended``, ``proposal.problems``,
        ``proposal.incomplete`` (``fields``), ``attachment.missing``, ``tracking.lost``.
        """
        with self._database.writing() as connection:
            found = listing.changes(connection, self._catalogue)
            health.refuse(found.damage)
            return freezing.freeze(connection, draft, listing.status(connection, self._catalogue), found.problems)

    def items(self) -> tuple[OutboxItem, ...]:
        """All of them, in the order in which they were frozen."""
        with self._database.reading() as connection:
            return outbox.items(connection)

    def unsent(self) -> tuple[Unsent, ...]:
        """Versions that wait to be sent, and refused ones that nobody has taken up again."""
        with self._database.reading() as connection:
            return outbox.unsent(connection)

    def to_correct(self) -> Mapping[str, tuple[Ref, ...]]:
        """By proposal that was returned or refused, the features of its newest version."""
        with self._database.reading() as connection:
            return outbox.to_correct(connection, self._layers)

    def begin(self, proposal: str, number: int) -> bool:
        """To be called before a version leaves. False where it was taken back meanwhile."""
        with self._database.writing() as connection:
            return outbox.begin_sending(connection, proposal, number, building.now())

    def take_back(self, proposal: str, number: int) -> Draft:
        """A queued version that never left, or a refused one, as a draft again.

        Raises ``proposal.unknown``, ``proposal.on_its_way`` where the hub may have it, ``proposal.depended`` where others that wait
        stand on it.
        """
        with self._database.writing() as connection:
            refs = outbox.refs_of(connection, self._layers, proposal, number)
            version, number = outbox.take_back(connection, self._layers, proposal, number)
            return drafts.save(connection, drafts.of_version(version, number, refs))

    def sent(self, proposal: str, number: int, answer: Optional[Mapping[str, Any]] = None) -> None:
        """``answer`` is the hub's; features that it re-keyed get their new keys here too. Raises ``proposal.unknown``."""
        with self._database.writing() as connection:
            plain = json.dumps(answer) if answer is not None else None
            before = outbox.own_new_keys(connection, self._layers, proposal, number)
            outbox.mark(connection, proposal, number, OutboxState.SENT, answer=plain, problem=None)
            now = outbox.own_new_keys(connection, self._layers, proposal, number)
            reverting.rekey(connection, self._layers.values(), outbox.renamings(before, now))

    def refused(self, proposal: str, number: int, problem: Mapping[str, Any]) -> None:
        """The hub won't have it as it is: its changes are local ones again."""
        with self._database.writing() as connection:
            outbox.mark(connection, proposal, number, OutboxState.REFUSED, problem=json.dumps(problem, default=str))
