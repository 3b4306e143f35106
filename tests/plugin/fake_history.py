"""A feature's history as the dock is shown it, without a hub."""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.sync.history_calls import (
    ChangedFeature,
    FeatureHistory,
    FeatureRevision,
    Revision,
    RevisionFeatures,
    Revisions,
)
from tests.plugin import sample
from tests.plugin.fake_decisions import FakeAnswers


class FakeHistory(QObject):
    """Keeps the calls; ``next_history`` is what the next load finds."""

    past_changed = pyqtSignal()
    picking_changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.revisions = FakeAnswers()
        self.lineage = FakeAnswers()
        self.updates = FakeUpdates()
        self.picking = False
        self.past: Any = None
        self.calls: list[tuple[Any, ...]] = []
        self.next_history: Optional[FeatureHistory] = None
        self.next_error: Any = None
        self.next_lineage: Any = None

    def load(self, ref: Any) -> None:
        self.calls.append(("load", ref))
        self.revisions.answer(self.next_history, self.next_error)

    def load_older(self) -> None:
        self.calls.append(("load_older",))
        self.revisions.answer(self.next_history, self.next_error)

    def pick(self, on: bool) -> None:
        self.calls.append(("pick", on))
        self.picking = on
        self.picking_changed.emit()

    def show(self, entry: Any, newest: Any) -> None:
        self.calls.append(("show", entry.revision, newest.revision))

    def leave(self) -> None:
        self.calls.append(("leave",))

    def restore(self, *given: Any) -> None:
        self.calls.append(("restore", *given))

    def show_past(self, at: Any, title: str) -> None:
        self.calls.append(("show_past", at))
        self.past = at
        self.past_changed.emit()

    def back_to_today(self) -> None:
        self.calls.append(("back_to_today",))
        self.past = None
        self.past_changed.emit()

    def compare(self, *given: Any) -> None:
        self.calls.append(("compare", *given))
        self.lineage.answer(self.next_lineage)

    def zoom_to(self, bounds: Any) -> None:
        self.calls.append(("zoom_to", bounds))

    def called(self, name: str) -> list[tuple[Any, ...]]:
        return [call[1:] for call in self.calls if call[0] == name]


class FakeUpdates:
    """Two updates, the newest of which removed a lot."""

    def __init__(self) -> None:
        self.revisions, self.features = FakeAnswers(), FakeAnswers()
        self.calls: list[Any] = []

    def load(self) -> None:
        self.calls.append("load")
        title = "Điều chỉnh ranh giới lô ODT-002, bổ sung trường mầm non"
        newest = Revision(9, "2026-04-01T03:00:00Z", "quantri_csdl", False)
        self.revisions.answer(Revisions((newest, Revision(5, "2026-02-20T03:00:00Z", "Nguyễn Thị Hạnh", False, 17, title)), 5))

    def load_older(self) -> None:
        self.calls.append("load_older")
        known = self.revisions.value
        oldest = Revision(1, "2025-11-10T03:00:00Z", "Nhập dữ liệu", False)
        self.revisions.answer(Revisions((*known.revisions, oldest)))

    def open(self, number: int) -> None:
        self.calls.append(number)
        self.features.subject = number
        gone = ChangedFeature(sample.LOTS.id, sample.key(2), "delete", "ODT-002", (0.0, 0.0, 100.0, 100.0))
        self.features.answer(RevisionFeatures((gone,)))

    def load_more(self) -> None:
        self.calls.append("load_more")


def history() -> FeatureHistory:
    """A lot that was imported, reshaped by a proposal, put into force, and renamed by hand."""
    first, wide = sample.lot(2), sample.lot(2, 62.5)
    dated = {**wide, "valid_from": "2026-03-02"}
    named = {**dated, "tenDoiTuong": "Công viên Đầm Môn"}
    proposal = {"proposal": "p-1", "number": 17, "title": "Điều chỉnh ranh giới lô ODT-002, bổ sung trường mầm non"}
    decision = {"decision": "1992/QĐ-UBND", "effective": date(2026, 3, 2), "in_force": True}
    return FeatureHistory(
        (
            FeatureRevision(9, "2026-04-01T03:00:00Z", "quantri_csdl", "update", named, ("tenDoiTuong",)),
            FeatureRevision(
                7, "2026-03-03T03:00:00Z", "Phạm Thu Thủy", "effective", dated, ("valid_from",), **proposal, **decision
            ),
            FeatureRevision(
                5, "2026-02-20T03:00:00Z", "Nguyễn Thị Hạnh", "update", wide, ("geom", "dienTich"), **proposal, **decision
            ),
            FeatureRevision(1, "2025-11-10T03:00:00Z", "Nhập dữ liệu", "insert", first, ()),
        )
    )
