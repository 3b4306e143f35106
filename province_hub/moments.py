"""How a moment is written wherever the hub tells one: the audit's hashes are over this text."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Optional


def written(at: datetime) -> str:
    """UTC, to the microsecond."""
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def written_if_any(at: Optional[datetime]) -> Optional[str]:
    return written(at) if at is not None else None
