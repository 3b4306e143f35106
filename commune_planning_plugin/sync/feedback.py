"""How a job tells what it does, and learns that it should stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Protocol

from commune_planning_plugin.core.errors import Cancelled


@dataclass(frozen=True)
class Progress:
    """What is done of a stage: ``download``, ``build``, ``changes``, ``stage``, ``apply``, ``attachments`` or ``send``.

    Bytes are those on the wire; None where a number is not known.
    """

    stage: str
    done_bytes: Optional[int] = None
    total_bytes: Optional[int] = None
    done_features: Optional[int] = None
    total_features: Optional[int] = None


class Feedback(Protocol):
    """Given to each long call; both methods are called from the job's own thread, often."""

    def progress(self, progress: Progress) -> None: ...

    def cancelled(self) -> bool: ...


class Silent:
    """Feedback of who doesn't watch and never cancels."""

    def progress(self, progress: Progress) -> None:
        pass

    def cancelled(self) -> bool:
        return False


SILENT = Silent()


def stop_if_cancelled(feedback: Feedback) -> None:
    """Raises ``Cancelled``."""
    if feedback.cancelled():
        raise Cancelled
