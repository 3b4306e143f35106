"""A discussion without hub or map."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.core.discussion import folded
from commune_planning_plugin.session.discussion import Talk
from commune_planning_plugin.sync.discussion_client import Told


class FakeMap(QObject):
    """The map of discussions: keeps what is shown, and draws when a test says so."""

    sketched = pyqtSignal(bytes)
    sketch_ended = pyqtSignal()

    def __init__(self, calls: list[tuple[Any, ...]]) -> None:
        super().__init__()
        self._calls = calls
        self.notes: list[Any] = []
        self.drawing = False

    def show_notes(self, notes: Any) -> None:
        self.notes = list(notes)

    def show(self, wkb: Any, sign: Any, zoom: bool = True) -> None:
        self._calls.append(("map_show", wkb, sign, zoom))

    def clear(self) -> None:
        self.notes, self.drawing = [], False

    def draw(self, shape: str) -> None:
        self._calls.append(("draw", shape))
        self.drawing = True

    def reshape(self, layer: str, wkb: bytes) -> None:
        self._calls.append(("reshape", layer, wkb))
        self.drawing = True

    def take(self) -> None:
        self._calls.append(("take",))

    def cancel(self) -> None:
        self.drawing = False
        self.sketch_ended.emit()

    def finish(self, wkb: bytes) -> None:
        """As when the person has drawn."""
        self.drawing = False
        self.sketch_ended.emit()
        self.sketched.emit(wkb)

    def take_over(self, ref: Any, suggestion: Any) -> bool:
        self._calls.append(("take_over", ref, suggestion))
        return True


class FakeDiscussion(QObject):
    """Says at once what it is told to say; ``told`` and ``items`` by proposal are set by tests."""

    changed = pyqtSignal(str)
    unread_changed = pyqtSignal()

    def __init__(self, calls: list[tuple[Any, ...]]) -> None:
        super().__init__()
        self._calls = calls
        self.map = FakeMap(calls)
        self.told: dict[str, Told] = {}
        self.items: dict[str, tuple[Any, ...]] = {}
        self.read: set[str] = set()
        self.waiting = 0
        self.at: Optional[datetime] = None

    def talk(self, proposal: str) -> Talk:
        told, items = self.told.get(proposal), self.items.get(proposal, ())
        acts = [*(told.acts if told is not None else ()), *(item.act for item in items)]
        return Talk(proposal, folded(acts), told, items, self.at)

    def tell(self, told: Told) -> None:
        self.told[told.proposal] = told
        self.changed.emit(told.proposal)

    def watch(self, proposal: Optional[str]) -> None:
        self._calls.append(("watch", proposal))

    def may(self, proposal: str, kind: Any) -> bool:
        told = self.told.get(proposal)
        return told is not None and kind in told.can

    def unread(self, summary: Any) -> int:
        return 0 if summary.id in self.read else summary.unread

    def unread_of(self, summaries: Any) -> int:
        return sum(self.unread(summary) > 0 for summary in summaries)

    def post(self, proposal: str, version: int, kind: Any, body: Any, files: Any = None, instead: Any = None) -> Optional[str]:
        self._calls.append(("post", proposal, version, kind, dict(body), files))
        return "new"

    def discard(self, proposal: str, act: str) -> None:
        self._calls.append(("discard", proposal, act))
