"""How much a request may ask of the hub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from province_hub.settings import Settings

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, times in seconds unless the name says otherwise; sizes of bodies count after decompression.

    Of one account are `sessions`, `unfinished_uploads`, `unnamed_files` and `drafts`, the latter three with their bytes,
    and `acts_a_day` with theirs: what it says in discussions.
    """

    session_days: int = 30
    sessions: int = 50
    failures_per_name: int = 10
    failures_per_address: int = 50
    failure_window: int = 900
    body: int = MIB
    version_body: int = 64 * MIB
    json_values: int = 2_000_000
    attachment: int = 20 * MIB
    unfinished_uploads: int = 100
    unfinished_upload_bytes: int = 256 * MIB
    upload_days: int = 7
    unnamed_files: int = 1000
    unnamed_file_bytes: int = 2048 * MIB
    acts_a_day: int = 3_000
    act_bytes_a_day: int = 64 * MIB
    acts_of_proposal: int = 20_000
    drafts: int = 100_000
    draft_bytes: int = 512 * MIB
    page: int = MIB
    list_page: int = 256 << 10
    also_keys: int = 1500
    longest_wait: int = 30
    waiting_of_account: int = 40
    waiting: int = 2000
    poll_interval: float = 0.5
    trusted_s: float = 4.0
    snapshots_kept: int = 3
    tidy_interval: float = 6 * 3600

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        return cls(
            session_days=settings.token_days,
            version_body=settings.body_bytes,
            attachment=settings.attachment_bytes,
            page=settings.page_bytes,
        )

    def values_of(self, path: str) -> Optional[int]:
        """How many JSON values a body may hold: each costs up to twenty times its bytes once it is read. None for files."""
        return None if "/attachments/" in path else self.json_values

    def body_of(self, path: str) -> int:
        if "/attachments/" in path:
            return self.attachment
        return self.version_body if "/versions/" in path or "/drafts/" in path else self.body
