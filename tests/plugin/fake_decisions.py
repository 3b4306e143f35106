"""Decisions and tasks as docks are shown them, without a hub."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.core.decision import HECTARE, Decision, Figures, FunctionArea, Scope
from commune_planning_plugin.core.reconciliation import Tolerance
from commune_planning_plugin.sync.decision_calls import DecisionEffect, DecisionPapers, DecisionRecord, FollowUpTask
from tests.plugin import sample

TODAY = date(2026, 3, 10)
MEASURED = Figures(
    {
        "CX": FunctionArea(12.3412 * HECTARE, 10.1 * HECTARE),
        "ODT": FunctionArea(38.0 * HECTARE, 40.2412 * HECTARE),
        "": FunctionArea(4.0 * HECTARE, 4.0 * HECTARE),
    },
    214,
    54.3412 * HECTARE,
)


class FakeAnswers(QObject):
    """A lookup whose answer is set."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.subject: Any = None
        self.value: Any = None
        self.error: Any = None

    def about(self, _subject: Any) -> Any:
        return self.value

    def failure(self, _subject: Any) -> Any:
        return self.error

    def forget(self) -> None:
        self.answer(None)

    def answer(self, value: Any, error: Any = None) -> None:
        self.value, self.error = value, error
        self.changed.emit()


class FakeDecisions(QObject):
    """Keeps the calls; ``next_papers`` is what the next load finds."""

    refused = pyqtSignal(object)
    done = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.papers, self.tasks, self.waiting = FakeAnswers(), FakeAnswers(), FakeAnswers()
        self.follow_up = FakeAnswers()
        self.calls: list[tuple[Any, ...]] = []
        self.next_papers: Optional[DecisionPapers] = None
        self.next_tasks: Optional[tuple[FollowUpTask, ...]] = None
        self.next_waiting: Any = None

    def load(self, _proposal: str) -> None:
        self.papers.answer(self.next_papers)
        self.follow_up.answer(self.next_tasks)

    def load_tasks(self) -> None:
        self.tasks.answer(self.next_tasks)

    def load_waiting(self) -> None:
        self.waiting.answer(self.next_waiting)

    def record(self, *given: Any) -> None:
        self.calls.append(("record", *given))

    def approve_with(self, *given: Any) -> None:
        self.calls.append(("approve_with", *given))

    def make_effective(self, *given: Any) -> None:
        self.calls.append(("make_effective", *given))

    def mark_done(self, *given: Any) -> None:
        self.calls.append(("mark_done", *given))


def decision(**given: Any) -> Decision:
    areas = {"CX": FunctionArea(12.34 * HECTARE), "ODT": FunctionArea(38.0 * HECTARE), "": FunctionArea(4.0 * HECTARE)}
    usual = {
        "number": "1992/QĐ-UBND",
        "date": date(2026, 3, 2),
        "effective": date(2026, 3, 2),
        "signer": "Trần Hòa Nam",
        "office": "Phó Chủ tịch Ủy ban nhân dân tỉnh",
        "sha256": "ab" * 32,
        "file_name": "QD 1992 phe duyet dieu chinh cuc bo.pdf",
        "figures": Figures(areas, 214, 54.34 * HECTARE),
    }
    return Decision(**{**usual, **given})


def papers(*decisions: Decision, can: tuple[str, ...] = (), in_force: bool = False, waiver: Optional[str] = None) -> DecisionPapers:
    at = "2026-03-03T02:15:00.000000Z"
    records = tuple(DecisionRecord(f"d{number}", each, "Phạm Thu Thủy", at) for number, each in enumerate(decisions))
    effects = (DecisionEffect(records[-1].id, "Võ Quốc Hưng", at, waiver),) if in_force else ()
    changed = Figures(
        {"CX": FunctionArea(2.2412 * HECTARE, 0.0), "ODT": FunctionArea(0.0, 2.2412 * HECTARE)}, 3, scope=Scope.CHANGED
    )
    return DecisionPapers(records, effects, {Scope.PLAN: MEASURED, Scope.CHANGED: changed}, Tolerance(), frozenset(can))


def task(kind: str, **given: Any) -> FollowUpTask:
    due = TODAY - timedelta(days=2) if kind == "publish" else None
    usual = {
        "proposal": "p-1",
        "proposal_number": 17,
        "title": sample.summary("p-1").title,
        "plan_name": sample.PLANS[0].name,
        "kind": kind,
        "decision": "1992/QĐ-UBND",
        "due": due,
        "excluded": 1 if kind == "publish" else 0,
        "plans": ("Quy hoạch chi tiết trung tâm xã Đại Lãnh",) if kind == "review_lower" else (),
        "can": True,
    }
    return FollowUpTask(**{**usual, **given})


def tasks() -> tuple[FollowUpTask, ...]:
    done = {"done_by": "Nguyễn Thị Hạnh", "done_at": "2026-03-04T03:00:00Z", "note": "Lưu tại kho, hộp số 14", "can": False}
    soon = TODAY + timedelta(days=2)
    return (
        task("publish"),
        task("publish", proposal="p-2", decision="2046/QĐ-UBND", due=soon, excluded=0),
        task("implement"),
        task("review_lower"),
        task("archive", **done),
    )
