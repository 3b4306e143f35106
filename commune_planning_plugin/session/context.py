"""What the session's controllers share."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

if TYPE_CHECKING:
    from qgis.core import QgsProject

    from commune_planning_plugin.adapters.desktop import Desktop
    from commune_planning_plugin.adapters.layers import PlanningLayers
    from commune_planning_plugin.adapters.map_view import MapView
    from commune_planning_plugin.adapters.review_view import ReviewView
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.session.jobs import Jobs
    from commune_planning_plugin.session.state import SessionState
    from commune_planning_plugin.store import WorkingCopy
    from commune_planning_plugin.sync.client import HubClient


class Signals(QObject):
    """What the session tells."""

    changed = pyqtSignal()
    """Anything that headers and buttons show."""
    local_changes_changed = pyqtSignal()
    proposals_changed = pyqtSignal()
    """Mine, or a draft, or the outbox."""
    inbox_changed = pyqtSignal()
    review_changed = pyqtSignal()
    findings_changed = pyqtSignal()
    """The verdict of the rules about the draft that was checked last."""
    job_changed = pyqtSignal()
    failed = pyqtSignal(object, str)
    """A PlanningError, and what was tried: a job's code, 'draft', 'layers', 'open', 'status' or 'contact'."""
    noticed = pyqtSignal(str, dict)
    """News that is no error: a code (``pull.done``, ``pull.waiting``, ``proposal.sent`` …) and its details."""
    selected = pyqtSignal(object)
    """The Ref selected on the map or in the list, or None."""


@dataclass
class Context:
    """State, signals, jobs, and the adapters around the map."""

    state: SessionState
    signals: Signals
    jobs: Jobs
    project: QgsProject
    desktop: Desktop
    layers: PlanningLayers
    view: MapView
    review_view: ReviewView


def hub(
    url: str, token: Optional[str] = None, feedback: Optional[JobFeedback] = None, earlier: Optional[HubClient] = None
) -> HubClient:
    """A client over QGIS's network; cancelling the job of ``feedback`` aborts its requests. It knows what ``earlier`` knew."""
    from commune_planning_plugin.adapters import network
    from commune_planning_plugin.sync.client import HubClient

    return HubClient(url, network.hub_session(feedback.canceller if feedback is not None else None), token, earlier)


LOCK_WAIT_S = 5.0
"""How long a background job waits for another program's write; the main thread never does."""


@contextlib.contextmanager
def working_copy(path: Path, wait: float = LOCK_WAIT_S) -> Iterator[WorkingCopy]:
    """The working copy at ``path`` on a connection of the calling thread's own."""
    from commune_planning_plugin.store import WorkingCopy

    with WorkingCopy.open(path, wait=wait) as copy:
        yield copy


@contextlib.contextmanager
def working_copy_to_read(path: Path) -> Iterator[WorkingCopy]:
    """As `working_copy`, of a file that can only be read."""
    from commune_planning_plugin.store import WorkingCopy

    with WorkingCopy.open_to_read(path, wait=LOCK_WAIT_S) as copy:
        yield copy


class Debounce(QTimer):
    """Calls once, a while after the last of several wishes."""

    def __init__(self, milliseconds: int, call: object, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(milliseconds)
        self.timeout.connect(call)
