"""What the hub tells of its audit at a contact, held against what was seen of it here before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Optional

from commune_planning_plugin.core.errors import HubError
from commune_planning_plugin.core.key_chain import KeyChange, path
from commune_planning_plugin.core.signed_head import SignedHead
from commune_planning_plugin.store.witness_book import Contradiction, WitnessBook
from commune_planning_plugin.sync.documents import reading

MOST_HEADS = 500
"""In one contact: the hub takes no more. The newest count."""


@dataclass(frozen=True)
class AuditTold:
    """The newest signed head, None where there is none; by entry the hash over all up to it, of those that were asked for; when the
    hub said last that it was restored from a backup (ISO 8601, UTC); and how its keys followed one another."""

    head: Optional[SignedHead]
    running: Mapping[int, str]
    restored_at: Optional[str]
    keys: tuple[KeyChange, ...] = ()

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> AuditTold:
        with reading("audit"):
            head = SignedHead.from_json(plain["head"]) if plain["head"] is not None else None
            running = {int(number): str(value) for number, value in plain["running"].items()}
            keys = tuple(map(KeyChange.from_json, plain.get("keys", ())))
            return cls(head, running, None if plain["restored_at"] is None else str(plain["restored_at"]), keys)


@dataclass(frozen=True)
class Doubt:
    """Why the hub's audit is to be looked into: what contradicts it, a head that it hasn't signed, or another key than before,
    to which nothing leads, or only a loss that was recorded."""

    contradiction: Optional[Contradiction] = None
    unsigned: Optional[SignedHead] = None
    key_before: Optional[SignedHead] = None
    loss: Optional[KeyChange] = None

    @property
    def restored(self) -> Optional[SignedHead]:
        """The newest head that still holds, where the hub has announced that it was restored from a backup."""
        return self.contradiction.agreed if self.contradiction is not None and self.contradiction.announced else None

    @property
    def problems(self) -> tuple[HubError, ...]:
        """What a person has to pass on to those who look after the hub."""
        found: list[HubError] = []
        wrong = self.contradiction
        if wrong is not None and self.restored is None:
            details = {"seen_at": wrong.seen.at, "entry": wrong.seen.id}
            if wrong.agreed is None:
                found.append(HubError("audit.none_agrees", **details))
            else:
                found.append(HubError("audit.rewritten", agreed_at=wrong.agreed.at, **details))
        if self.unsigned is not None:
            found.append(HubError("audit.unsigned", seen_at=self.unsigned.at, entry=self.unsigned.id, key=self.unsigned.key))
        if self.loss is not None:
            loss = self.loss
            found.append(HubError("audit.key_lost", seen_at=loss.at, reason=loss.reason, former=loss.former, key=loss.key))
        elif self.key_before is not None:
            found.append(HubError("audit.other_key", seen_at=self.key_before.at, key=self.key_before.key))
        return tuple(found)


def asked(book: WitnessBook) -> list[int]:
    """The entries of which the hub has to say what it has."""
    return sorted({head.id for head in book.standing()})[-MOST_HEADS:]


def witness(book: WitnessBook, hub_id: str, told: AuditTold, approved: Iterable[str] = ()) -> Optional[Doubt]:
    """Compare, and keep the newest head; ``approved`` are one's own proposals that are. None where all is as it was."""
    before, about = book.standing(), set(asked(book))
    too_many = {head.id: head.running for head in before if head.id not in about}
    contradiction = book.compare({**too_many, **told.running}, told.restored_at)
    head = told.head
    if head is None:
        return Doubt(contradiction) if contradiction else None
    if not head.is_genuine or head.hub != hub_id:
        return Doubt(contradiction, unsigned=head)
    book.keep(head, approved)
    followed = path(head.hub, before[-1].key, head.key, told.keys) if before else ()
    loss = next((change for change in reversed(followed or ()) if change.is_loss), None)
    other_key = before[-1] if followed is None else None
    return Doubt(contradiction, None, other_key, loss) if contradiction or other_key or loss else None
