"""Features that can't be sent as they are: each with its place, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFrame, QListWidget, QListWidgetItem

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.gui.describe import Describer, shown_title
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, fill, plain_tip
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
        titles = _titles(self._session)
        self._list.clear()
        for problem in problems:
            self._list.addItem(_item(problem, describer, titles))
        text = translate(
            "WorkingCopy", "%n feature(s) can't be sent as they are. Double-click shows the place.", None, len(problems)
        )
        self._notice.say(text if problems else "")
        self.setVisible(bool(problems))

    def _show_place(self, item: QListWidgetItem) -> None:
        problem: FeatureProblem = item.data(_PROBLEM_ROLE)
        ref = Ref(problem.layer, problem.key) if problem.key is not None else None
        if ref is not None and ref in _titles(self._session):
            self._session.zoom_to(ref)
        elif problem.place is not None:
            self._session.zoom_to_place(problem.place)


def _titles(session: Any) -> dict[Ref, str]:
    return {Ref(local.change.layer, local.change.key): local.title for local in session.local_changes}


def _item(problem: FeatureProblem, describer: Describer, titles: Mapping[Ref, str]) -> QListWidgetItem:
    said = present(PlanningError(problem.code, **{**problem.details, "layer": problem.layer}), describer=describer)
    known = titles.get(Ref(problem.layer, problem.key or ""), "")
    name = shown_title(known) if known else translate("WorkingCopy", "a feature without a name")
    item = QListWidgetItem(icon("warning"), f"{describer.layer(problem.layer)}, {name}: {said.what} {said.do}")
    item.setToolTip(plain_tip(item.text()))
    item.setData(_PROBLEM_ROLE, problem)
    return item
