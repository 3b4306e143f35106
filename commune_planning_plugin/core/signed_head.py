"""The head of the hub's audit: its newest entry with the hash over all entries up to it, signed by the hub.

Who keeps one can show later what the audit was then: no entry up to it can be altered, removed or put in without another hash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from commune_planning_plugin.core.ed25519 import is_signature
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.wire import canonical_json


@dataclass(frozen=True)
class SignedHead:
    """``id`` is the newest entry's, ``running`` the hash over all up to it; ``revision`` and ``revision_id`` name the province's
    newest revision then, ``at`` is its clock (ISO 8601, UTC); ``key`` (the public one) and ``signature`` are Ed25519, in hex."""

    hub: str
    id: int
    running: str
    revision: int
    revision_id: str
    at: str
    key: str
    signature: str = ""

    @property
    def signed(self) -> bytes:
        """The bytes that the signature is over: canonical JSON of all but the signature."""
        return canonical_json({name: value for name, value in self.to_json().items() if name != "signature"})

    @property
    def is_genuine(self) -> bool:
        """Whether the holder of ``key`` has signed it."""
        return is_signature(bytes.fromhex(self.signature), self.signed, bytes.fromhex(self.key))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> SignedHead:
        """Raises ``InvalidData('head.malformed')``."""
        try:
            return cls(
                hub=text_of(plain["hub"]),
                id=_number(plain["id"]),
                running=hexadecimal(plain["running"], 64),
                revision=_number(plain["revision"]),
                revision_id=text_of(plain["revision_id"]),
                at=text_of(plain["at"]),
                key=hexadecimal(plain["key"], 64),
                signature=hexadecimal(plain["signature"], 128),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidData("head.malformed", reason=str(error)) from error


def hexadecimal(value: Any, digits: int) -> str:
    """``value``, where it is text of so many small hexadecimal digits. Raises ``ValueError``, ``TypeError``."""
    if not re.fullmatch(f"[0-9a-f]{{{digits}}}", text_of(value)):
        raise ValueError("hexadecimal digits expected")
    return str(value)


def text_of(value: Any) -> str:
    """Raises ``TypeError`` where ``value`` is something else."""
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("a whole number expected")
    return value
