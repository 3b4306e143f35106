"""Features that can't be sent as they are: each with its place, what is wrong and what to do."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFrame, QListWidget, QListWidgetItem

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, fill
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.store import FeatureProblem, Ref

_PROBLEM_ROLE = int(Qt.ItemDataRole.UserRole)


class ProblemsPanel(QFrame):
    """Hidden while there are none. A double click or Enter shows the place."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._notice = Notice(Tone.WARNING, "problems_notice")
        self._list = QListWidget()
        self._list.setObjectName("problems_list")
        self._list.setAccessibleName(translate("WorkingCopy", "Features that can't be sent"))
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFixedHeight(84)
        self._list.itemActivated.connect(self._show_place)
        fill(self, self._notice, self._list)

    def refresh(self) -> None:
        problems, describer = self._session.problems, Describer(self._session.catalogue)
        self._list.clear()
        for problem in problems:
            self._list.addItem(_item(problem, describer))
        text = translate(
            "WorkingCopy", "%n feature(s) can't be sent as they are. Double-click shows the place.", None, len(problems)
        )
        self._notice.say(text if problems else "")
        self.setVisible(bool(problems))

    def _show_place(self, item: QListWidgetItem) -> None:
        problem: FeatureProblem = item.data(_PROBLEM_ROLE)
        if problem.key is not None:
            self._session.zoom_to(Ref(problem.layer, problem.key))


def _item(problem: FeatureProblem, describer: Describer) -> QListWidgetItem:
    said = present(PlanningError(problem.code, **{**problem.details, "layer": problem.layer}), describer=describer)
    number = translate("WorkingCopy", "{layer}, row {fid}").format(layer=describer.layer(problem.layer), fid=problem.fid)
    item = QListWidgetItem(icon("warning"), f"{number}: {said.what} {said.do}")
    item.setToolTip(item.text())
    item.setData(_PROBLEM_ROLE, problem)
    return item
