"""A proposal's audit as a chain: each entry's hash is over what it says, and over the hash of the one before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Optional

from commune_planning_plugin.core.wire import canonical_json

FIRST = "0" * 64
"""What the first entry of a chain follows."""

SAID = ("proposal", "position", "at", "actor", "action", "details", "previous")
"""What an entry's hash is over; ``at`` is ISO 8601 with microseconds, UTC."""


class Fault(str, Enum):
    """What can be wrong with a chain."""

    MISSING = "missing"
    NOT_FOLLOWING = "not_following"
    ALTERED = "altered"


def entry_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of what the entry says."""
    return hashlib.sha256(canonical_json({name: entry[name] for name in SAID})).hexdigest()


def following(running: str, entry: str) -> str:
    """The hash over all entries of the hub, where one of hash ``entry`` follows those of ``running``."""
    return hashlib.sha256((running + entry).encode()).hexdigest()


def faults_of(entry: Mapping[str, Any], before: Optional[Mapping[str, Any]]) -> list[Fault]:
    """What is wrong with an entry that comes after ``before`` (None: the chain begins with it)."""
    position, previous = (before["position"], before["hash"]) if before is not None else (0, FIRST)
    wrong = {
        Fault.MISSING: entry["position"] != position + 1,
        Fault.NOT_FOLLOWING: entry["previous"] != previous,
        Fault.ALTERED: entry_hash(entry) != entry["hash"],
    }
    return [fault for fault, found in wrong.items() if found]


def is_whole(entries: Iterable[Mapping[str, Any]]) -> bool:
    """Whether ``entries`` are one chain from its beginning, each as it was written."""
    before: Optional[Mapping[str, Any]] = None
    for entry in entries:
        if faults_of(entry, before):
            return False
        before = entry
    return True
