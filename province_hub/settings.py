"""How this hub runs: from the environment alone, so that a container and a unit file say all of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """``database`` is the libpq connection string that the hub serves under, ``owner`` that of the role that owns the tables;
    ``state`` a folder for its signing key, and snapshots that can be built again."""

    database: str
    state: Path
    owner: str = ""
    pool_size: int = 8
    token_days: int = 30
    page_bytes: int = 1 << 20
    body_bytes: int = 64 << 20
    attachment_bytes: int = 20 << 20

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """An empty connection string is libpq's own default: PGHOST, PGDATABASE …"""
        state = environment.get("PROVINCE_HUB_STATE") or "province_hub_state"
        database = environment.get("PROVINCE_HUB_DATABASE", "")
        return cls(database, Path(state), environment.get("PROVINCE_HUB_OWNER_DATABASE") or database)
