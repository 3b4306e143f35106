"""The keys that a hub has signed with, one after the other: each endorsed by the one before it, or taken up after that was lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Optional

from commune_planning_plugin.core.ed25519 import is_signature
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.signed_head import hexadecimal, text_of
from commune_planning_plugin.core.wire import canonical_json


@dataclass(frozen=True)
class KeyChange:
    """``key`` takes the place of ``former`` (both public, in hex). ``signature`` is the former one's over `signed`; where that was
    lost there is none, but the administrator's ``reason``. ``at`` is the hub's clock (ISO 8601, UTC)."""

    hub: str
    former: str
    key: str
    at: str
    signature: str = ""
    reason: str = ""

    @property
    def is_loss(self) -> bool:
        return not self.signature

    @property
    def signed(self) -> bytes:
        """What the holder of the former key says: canonical JSON of hub, both keys and the time."""
        return canonical_json({"hub": self.hub, "former": self.former, "key": self.key, "at": self.at})

    @property
    def is_genuine(self) -> bool:
        """Whether the holder of the former key has said it."""
        return bool(self.signature) and is_signature(bytes.fromhex(self.signature), self.signed, bytes.fromhex(self.former))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> KeyChange:
        """Raises ``InvalidData('key_change.malformed')``."""
        try:
            texts = {name: text_of(plain[name]) for name in ("hub", "at", "reason")}
            signature = hexadecimal(plain["signature"], 128) if plain["signature"] != "" else ""
            return cls(**texts, former=hexadecimal(plain["former"], 64), key=hexadecimal(plain["key"], 64), signature=signature)
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidData("key_change.malformed", reason=str(error)) from error


def path(hub: str, former: str, key: str, changes: Iterable[KeyChange]) -> Optional[tuple[KeyChange, ...]]:
    """The changes that lead from ``former`` to ``key``, in order; None where none do.

    Ones of another hub and forged ones lead nowhere. Where a key has endorsed two others, one of them is an intruder's, and nobody
    can tell which: it leads nowhere either.
    """
    following: dict[str, set[KeyChange]] = {}
    for change in changes:
        if change.hub == hub and (change.is_loss or change.is_genuine):
            following.setdefault(change.former, set()).add(change)
    found: list[KeyChange] = []
    while former != key:
        leading = following.pop(former, set())
        if len({change.key for change in leading}) != 1:
            return None
        found.append(min(leading, key=lambda change: (change.is_loss, change.at)))
        former = found[-1].key
    return tuple(found)
