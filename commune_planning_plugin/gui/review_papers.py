"""The tab *Files*: the proposal's files, and what was done to it so far."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.authority_text import step_text
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import fill
from commune_planning_plugin.gui.review_tab import ReviewTab
from commune_planning_plugin.sync.documents import ProposalDetail


class PapersTab(ReviewTab):
    """Files first, then each step with its reason."""

    def __init__(self, session: Any) -> None:
        super().__init__(session)
        self._papers = QListWidget()
        self._papers.setObjectName("papers_list")
        self._papers.setAccessibleName(translate("Review", "Files and history"))
        self._papers.setWordWrap(True)
        self._papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        fill(self, self._papers)

    def show_review(self, detail: Optional[ProposalDetail]) -> None:
        super().show_review(detail)
        self._papers.clear()
        if detail is None:
            return
        for file in detail.content.attachments:
            self._papers.addItem(QListWidgetItem(icon("file"), f"{file.name} ({quantities.size(file.size)})"))
        describer = Describer(self._session.catalogue)
        for step in detail.steps:
            told = f"{quantities.day_and_time(step.at)} · {step_text(step, describer)}"
            self._papers.addItem(QListWidgetItem(icon("info"), f"{told}: {step.reason}" if step.reason else told))

    def title(self, detail: ProposalDetail) -> str:
        return translate("Review", "Files ({count})").format(count=len(detail.content.attachments))

    def tip(self, detail: ProposalDetail) -> str:
        return translate("Review", "Files and history")
