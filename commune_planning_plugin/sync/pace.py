"""Transfers in pieces over lines that break: how large the next piece is, and whether it is worth going on."""

from __future__ import annotations

import random
import time

from commune_planning_plugin.core.errors import HubUnreachable
from commune_planning_plugin.sync.feedback import Feedback, stop_if_cancelled

PIECE_S = 2.0
"""About how long one piece takes: what a break costs, and what a person waits who has pressed Stop."""

LEAST = 8 << 10
TRIES = 5
_LONGEST_PAUSE_S = 20.0
_SLICE_S = 0.1


class Pace:
    """``size`` is how many bytes to transfer next, at most ``most``; it follows the line's speed."""

    def __init__(self, most: int, first: int = 64 << 10) -> None:
        self._most = most
        self.size = min(first, most)

    def went(self, count: int, seconds: float) -> None:
        """``count`` bytes took so long."""
        wanted = int(count / max(seconds, 1e-3) * PIECE_S)
        self.size = max(min(LEAST, self._most), min(wanted, 4 * self.size, self._most))

    def broke(self) -> None:
        self.size = max(min(LEAST, self._most), self.size // 2)


class Perseverance:
    """Goes on after a break as long as something gets through; ``tries`` breaks in a row without that are enough."""

    def __init__(self, feedback: Feedback, backoff_s: float, tries: int = TRIES) -> None:
        self._feedback = feedback
        self._backoff_s = backoff_s
        self._tries = tries
        self._broken = 0

    def went(self) -> None:
        self._broken = 0

    def broke(self, error: HubUnreachable) -> None:
        """Wait a while. Raises ``error`` where it isn't worth it, ``Cancelled``."""
        self._broken += 1
        if self._broken >= self._tries:
            raise error
        pause(backoff(self._backoff_s, self._broken), self._feedback)


def backoff(base_s: float, breaks: int) -> float:
    """Seconds before the next try; they differ between desks, so that a hub that comes back isn't met by all at once."""
    return float(min(_LONGEST_PAUSE_S, base_s * 2**breaks) * random.uniform(0.5, 1.5))  # noqa: S311 (no secret)


def pause(seconds: float, feedback: Feedback) -> None:
    """Raises ``Cancelled`` soon after the person has stopped it."""
    until = time.monotonic() + seconds
    while True:
        stop_if_cancelled(feedback)
        left = until - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(_SLICE_S, left))
