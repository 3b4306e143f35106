"""My proposals as the hub had them last, in a small file beside the working copies: what the list shows without a connection."""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from commune_planning_plugin.core.errors import InvalidData

if TYPE_CHECKING:
    from commune_planning_plugin.sync.proposal_documents import ProposalSummary


@dataclass(frozen=True)
class LastSeen:
    """``at`` has its time zone."""

    proposals: tuple[ProposalSummary, ...]
    at: datetime


def keep(folder: Path, hub_url: str, account: str, seen: LastSeen) -> None:
    """Without a word where the disk doesn't take it: it is a convenience."""
    file = _file(folder, hub_url, account)
    document = {"at": seen.at.isoformat(), "proposals": [summary.to_json() for summary in seen.proposals]}
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        aside = file.with_suffix(".new")
        aside.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        aside.replace(file)


def recall(folder: Path, hub_url: str, account: str) -> Optional[LastSeen]:
    """None where nothing usable is kept."""
    from commune_planning_plugin.sync.proposal_documents import ProposalSummary

    try:
        document = json.loads(_file(folder, hub_url, account).read_text(encoding="utf-8"))
        proposals = tuple(ProposalSummary.from_json(plain) for plain in document["proposals"])
        return LastSeen(proposals, datetime.fromisoformat(document["at"]))
    except (OSError, ValueError, KeyError, TypeError, InvalidData):
        return None


def forget(folder: Path, hub_url: str, account: str) -> None:
    with contextlib.suppress(OSError):
        _file(folder, hub_url, account).unlink()


def _file(folder: Path, hub_url: str, account: str) -> Path:
    digest = hashlib.sha256(f"{hub_url}\n{account}".encode()).hexdigest()
    return folder / f"proposals_{digest[:16]}.json"
