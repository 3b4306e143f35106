"""Render each dock in each state, in Vietnamese and English, with a made-up session: to be judged by eye.

xvfb-run -s '-screen 0 1366x768x24 -dpi 96' .venv/bin/python scripts/dock_shots.py FOLDER [name part] [--dark]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import (
    QApplication,
    QComboBox,
    QDockWidget,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabWidget,
    QWidget,
)

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.rules import Severity
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.gui.conflicts_dock import ConflictsDock
from commune_planning_plugin.gui.language import install_translation, remove_translation
from commune_planning_plugin.gui.proposal_dock import ProposalDock
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.gui.working_copy_dock import WorkingCopyDock
from commune_planning_plugin.session.types import Connection, NextStep
from commune_planning_plugin.store import Damage, Draft, FeatureProblem, Ref, Resolution
from tests.plugin import sample
from tests.plugin.fake_session import FakeSession, downloading, working

WIDTH, HEIGHT = 330, 600
"""What is left for a dock on a screen of 1366 × 768 under QGIS's menus and toolbars."""

BELOW = (790, 250)
"""What there is below the map, between QGIS's layers and our docks."""

Made = tuple[QDockWidget, FakeSession]


def signed_out() -> Made:
    session = FakeSession(hub_url="https://quyhoach.khanhhoa.gov.vn", account_name="dailanh.kt")
    return WorkingCopyDock(session), session


def wrong_password() -> Made:
    dock, session = signed_out()
    session.failed.emit(PlanningError("auth.wrong_password"), "sign_in")
    return dock, session


def several_communes() -> Made:
    communes = sample.CATALOGUE.communes
    session = working(
        communes=communes, commune=None, has_working_copy=False, next_step=NextStep.CHOOSE_COMMUNE, local_changes=(), news=None
    )
    return WorkingCopyDock(session), session


def first_pull() -> Made:
    session = working(has_working_copy=False, next_step=NextStep.PULL, local_changes=(), news=None, last_pull_at=None)
    return WorkingCopyDock(session), session


def pulling() -> Made:
    session = working(has_working_copy=False, next_step=NextStep.PULL, local_changes=(), job=downloading())
    return WorkingCopyDock(session), session


def no_changes() -> Made:
    session = working(local_changes=(), next_step=NextStep.DRAW, news=0)
    return WorkingCopyDock(session), session


def changes() -> Made:
    session = working()
    dock = WorkingCopyDock(session)
    session.selected.emit(Ref(sample.LOTS.id, sample.key(2)))
    return dock, session


def reverting() -> Made:
    dock, session = changes()
    dock.findChild(QWidget, "changes_tree").selectAll()
    dock.findChild(QPushButton, "revert_button").click()
    return dock, session


def offline() -> Made:
    since = datetime.now(timezone.utc) - timedelta(minutes=50)
    session = working(connection=Connection.OFFLINE, offline_since=since, outbox=(sample.unsent(),), news=None)
    return WorkingCopyDock(session), session


def expired() -> Made:
    session = working(connection=Connection.SIGNED_OUT, account=None, next_step=NextStep.SIGN_IN, account_name="dailanh.kt")
    return WorkingCopyDock(session), session


def conflict() -> Made:
    session = working(local_changes=(*sample.local_changes(), sample.conflicting()), next_step=NextStep.RESOLVE)
    dock = WorkingCopyDock(session)
    clash = session.local_changes[-1].change
    session.selected.emit(Ref(clash.layer, clash.key))
    return dock, session


def conflicts_at(number: int) -> Made:
    listed = sample.conflicts()
    session = working(local_changes=(*sample.local_changes(), *listed), next_step=NextStep.RESOLVE)
    dock = ConflictsDock(session)
    dock.open_at(Ref(listed[number].change.layer, listed[number].change.key))
    return dock, session


def conflict_chosen() -> Made:
    dock, session = conflicts_at(0)
    dock.findChild(QRadioButton, "chucNangSuDungDatMuc2_mine_radio").click()
    at = datetime.now(timezone.utc).isoformat()
    session.set(resolutions=(Resolution(Ref(sample.LOTS.id, sample.key(2)), 1, at),))
    clash = sample.conflicting()
    ref = Ref(clash.change.layer, clash.change.key)
    session.choose(ref, {**session.pending_choices[ref], "geom": sample.square(600_700, 1_400_000, 110, 100)})
    dock.refresh()
    return dock, session


def conflicts_none() -> Made:
    session = working()
    dock = ConflictsDock(session)
    dock.show()
    return dock, session


def composing_with_conflict() -> Made:
    session = working(local_changes=sample.conflicts())
    draft = Draft(
        "p-9", 1, sample.DIEP_SON, "Điều chỉnh", 5, "Vì", tuple(Ref(c.change.layer, c.change.key) for c in sample.conflicts())
    )
    session.save_draft(draft)
    dock = ProposalDock(session)
    dock.open_draft(draft)
    return dock, session


def problems() -> Made:
    listed = (
        FeatureProblem(sample.LOTS.id, sample.key(2), 118, "geometry.invalid"),
        FeatureProblem(sample.LINES.id, None, 9, "geometry.empty"),
    )
    session = working(problems=listed, damage=(Damage(sample.LINES.id, "tracking.lost"),))
    return WorkingCopyDock(session), session


def long_names() -> Made:
    session = working(local_changes=sample.long_names())
    dock = WorkingCopyDock(session)
    session.selected.emit(Ref(sample.LOTS.id, sample.key(9)))
    return dock, session


def many() -> Made:
    session = working(local_changes=sample.many(500))
    return WorkingCopyDock(session), session


def proposals_empty() -> Made:
    session = working(local_changes=())
    return ProposalDock(session), session


def proposals() -> Made:
    session = working(proposals=sample.mine(), outbox=(sample.unsent(),))
    session.new_draft(session.split()[sample.DIEP_SON])
    dock = ProposalDock(session)
    dock.findChild(QWidget, "proposals_table").selectRow(0)
    return dock, session


def split() -> Made:
    session = working(local_changes=(*sample.local_changes(), sample.of_other_plan()))
    dock = ProposalDock(session)
    dock.findChild(QPushButton, "new_proposal_button").click()
    return dock, session


def composing() -> Made:
    session = working()
    dock = ProposalDock(session)
    dock.findChild(QPushButton, "new_proposal_button").click()
    return dock, session


def composed() -> Made:
    dock, session = composing()
    combo = dock.findChild(QComboBox, "ground_combo")
    combo.setCurrentIndex(5)
    combo.activated.emit(5)
    dock.findChild(QPlainTextEdit, "reason_edit").setPlainText("Khu dân cư Đầm Môn tăng nhanh, cần thêm đất trường mầm non.")
    draft = session.drafts[0]
    session.findings_of, session.findings = draft.proposal, (sample.finding(), sample.finding(Severity.WARNING))
    session.findings_changed.emit()
    return dock, session


def inbox_empty() -> Made:
    session = working(account=sample.REVIEWER)
    return ReviewDock(session), session


def inbox() -> Made:
    session = working(account=sample.REVIEWER, inbox=sample.inbox(12))
    dock = ReviewDock(session)
    dock.findChild(QWidget, "inbox_table").selectRow(1)
    return dock, session


def reviewing() -> Made:
    session = working(account=sample.REVIEWER, inbox=sample.inbox(12))
    dock = ReviewDock(session)
    session.open_review("p-1")
    dock.findChild(QPushButton, "next_change_button").click()
    return dock, session


def review_everything() -> Made:
    dock, session = reviewing()
    dock.findChild(QWidget, "everything_check").setChecked(True)
    return dock, session


def review_refused() -> Made:
    session = working(account=sample.REVIEWER)
    dock = ReviewDock(session)
    found = (sample.finding(),)
    session.set(review=sample.detail("p-1", review=sample.review_items(conflict=True), findings=found))
    session.failed.emit(PlanningError("changed_since_seen"), "decide")
    dock.findChild(QPushButton, "return_button").click()
    return dock, session


def review_findings() -> Made:
    session = working(account=sample.REVIEWER)
    dock = ReviewDock(session)
    session.set(review=sample.detail("p-1", findings=(sample.finding(), sample.finding(Severity.WARNING))))
    dock.findChild(QTabWidget).setCurrentIndex(1)
    return dock, session


def sign_off() -> Made:
    session = working(account=sample.HEAD)
    dock = ReviewDock(session)
    session.set(review=sample.detail("p-1", can=(Step.SIGN_OFF, Step.RETURN)))
    dock.findChild(QTabWidget).setCurrentIndex(2)
    return dock, session


def decided() -> Made:
    session = working(account=sample.REVIEWER, inbox=sample.inbox(2))
    dock = ReviewDock(session)
    session.set(review=sample.detail("p-1", can=(), summary=sample.summary("p-1", State.APPROVED, revision=43)))
    return dock, session


STATES: dict[str, Callable[[], Made]] = {
    "copy_1_signed_out": signed_out,
    "copy_2_wrong_password": wrong_password,
    "copy_3_several_communes": several_communes,
    "copy_4_first_pull": first_pull,
    "copy_5_pulling": pulling,
    "copy_6_no_changes": no_changes,
    "copy_7_changes": changes,
    "copy_8_reverting": reverting,
    "copy_9_offline": offline,
    "copy_a_expired": expired,
    "copy_b_conflict": conflict,
    "conflict_1_shape": lambda: conflicts_at(0),
    "conflict_2_values": lambda: conflicts_at(1),
    "conflict_3_removed_here": lambda: conflicts_at(2),
    "conflict_4_removed_there": lambda: conflicts_at(3),
    "conflict_5_chosen": conflict_chosen,
    "conflict_6_none": conflicts_none,
    "proposal_6_conflicts": composing_with_conflict,
    "copy_c_problems": problems,
    "copy_d_long_names": long_names,
    "copy_e_500": many,
    "proposal_1_empty": proposals_empty,
    "proposal_2_list": proposals,
    "proposal_3_split": split,
    "proposal_4_composing": composing,
    "proposal_5_composed": composed,
    "review_1_empty": inbox_empty,
    "review_2_inbox": inbox,
    "review_3_open": reviewing,
    "review_4_everything": review_everything,
    "review_5_refused": review_refused,
    "review_6_findings": review_findings,
    "review_7_sign_off": sign_off,
    "review_8_decided": decided,
}


def dark() -> QPalette:
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, "#323232"),
        (QPalette.ColorRole.Base, "#282828"),
        (QPalette.ColorRole.AlternateBase, "#2e2e2e"),
        (QPalette.ColorRole.Button, "#3a3a3a"),
        (QPalette.ColorRole.WindowText, "#eeeeee"),
        (QPalette.ColorRole.Text, "#eeeeee"),
        (QPalette.ColorRole.ButtonText, "#eeeeee"),
        (QPalette.ColorRole.ToolTipText, "#eeeeee"),
        (QPalette.ColorRole.Highlight, "#2a6fb0"),
        (QPalette.ColorRole.HighlightedText, "#ffffff"),
    ):
        palette.setColor(role, QColor(colour))
    return palette


def shoot(name: str, make: Callable[[], Made], folder: Path, width: int, height: int) -> None:
    window = QMainWindow()
    dock, session = make()
    dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.setCentralWidget(None)
    window.setFixedSize(width, height)
    window.show()
    for _ in range(5):
        QApplication.processEvents()
    if dock.width() > width:
        sys.stderr.write(f"{name}: wider than {width}: {dock.minimumSizeHint().width()}\n")
    window.grab().save(str(folder / f"{name}.png"))
    window.close()
    session.blockSignals(True)


def wanted(part: str) -> Iterator[tuple[str, Callable[[], Made]]]:
    return ((name, make) for name, make in STATES.items() if part in name)


def main() -> None:
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    if "--dark" in sys.argv:
        app.setPalette(dark())
    for language in ("vi", "en"):
        folder = Path(arguments[0]) / (f"{language}_dark" if "--dark" in sys.argv else language)
        folder.mkdir(parents=True, exist_ok=True)
        translator = install_translation(language)
        for name, make in wanted(arguments[1] if len(arguments) > 1 else ""):
            shoot(name, make, folder, WIDTH, HEIGHT)
            if name.startswith("conflict_"):
                shoot(f"{name}_below", make, folder, *BELOW)
        remove_translation(translator)


if __name__ == "__main__":
    main()
