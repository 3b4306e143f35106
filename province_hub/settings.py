"""How this hub runs: from the environment alone, so that a container and a unit file say all of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """``database`` is a libpq connection string; ``state`` a folder for snapshots that can be built again."""

    database: str
    state: Path
    pool_size: int = 8
    token_days: int = 30
    page_bytes: int = 1 << 20
    body_bytes: int = 64 << 20
    attachment_bytes: int = 20 << 20

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """An empty connection string is libpq's own default: PGHOST, PGDATABASE …"""
        state = environment.get("PROVINCE_HUB_STATE") or "province_hub_state"
        return cls(database=environment.get("PROVINCE_HUB_DATABASE", ""), state=Path(state))
