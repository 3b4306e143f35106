"""Files to the hub in pieces: what has arrived stays there, also over a restart, and is not sent again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from commune_planning_plugin.core.errors import HubUnreachable, Refused
from commune_planning_plugin.sync.documents import reading
from commune_planning_plugin.sync.feedback import Feedback, stop_if_cancelled
from commune_planning_plugin.sync.pace import Pace, Perseverance
from commune_planning_plugin.sync.transport import Request, Transport

LARGEST_PIECE = 1 << 20
"""What the hub takes at once."""

PIECE_TIMEOUT_S = 60.0
_AT_ONCE = 50


@dataclass(frozen=True)
class FileState:
    """What the hub has of a file: all of it, or the first ``received`` bytes."""

    stored: bool
    received: int


def states(transport: Transport, names: Sequence[str]) -> dict[str, FileState]:
    """Of each file, by its SHA-256."""
    found: dict[str, FileState] = {}
    for first in range(0, len(names), _AT_ONCE):
        asked = Request("GET", "/uploads", params={"sha256": ",".join(names[first : first + _AT_ONCE])})
        plain = transport.json(asked)
        with reading("uploads"):
            found.update({str(f["sha256"]): FileState(bool(f["stored"]), int(f["received"])) for f in plain["files"]})
    return found


@dataclass(frozen=True)
class Upload:
    """One file on its way; ``kind`` is ``attachment`` or ``version``, ``told`` is called with the bytes that have arrived."""

    transport: Transport
    kind: str
    sha256: str
    content: bytes
    feedback: Feedback
    told: Callable[[int], None]

    def send(self, received: int) -> None:
        """From ``received`` on, until all has arrived. Raises ``HubUnreachable`` where nothing gets through any more,
        ``Refused``, ``Cancelled``: what has arrived stays at the hub."""
        pace, perseverance = Pace(LARGEST_PIECE), Perseverance(self.feedback, self.transport.backoff_s)
        done = received
        self.told(done)
        while done < len(self.content):
            stop_if_cancelled(self.feedback)
            began = time.monotonic()
            try:
                arrived = self._piece(done, pace.size)
            except HubUnreachable as error:
                pace.broke()
                perseverance.broke(error)
                arrived = self._received(done)
            else:
                if arrived > done:
                    pace.went(arrived - done, time.monotonic() - began)
                else:
                    perseverance.broke(self._began_anew())
            if arrived > done:
                perseverance.went()
            done = arrived
            self.told(done)

    def _piece(self, first: int, size: int) -> int:
        """How much the hub has afterwards. Not repeated below us (as a PUT were): of what breaks off the hub keeps what came."""
        piece = Request(
            "POST",
            f"/uploads/{self.sha256}/{first}",
            params={"size": len(self.content), "kind": self.kind},
            headers={"Content-Type": "application/octet-stream"},
            body=self.content[first : first + size],
            read_s=PIECE_TIMEOUT_S,
        )
        try:
            plain = self.transport.json(piece)
        except Refused as refused:
            if refused.code != "upload.offset":
                raise
            plain = refused.details
        with reading("uploads"):
            return int(plain["received"])

    def _began_anew(self) -> HubUnreachable:
        return HubUnreachable("hub.unreachable", url=self.transport.base_url, reason="the upload began anew")

    def _received(self, before: int) -> int:
        """How much has arrived after a break; as much as before it where the line is still broken."""
        try:
            return states(self.transport, [self.sha256])[self.sha256].received
        except HubUnreachable:
            return before
