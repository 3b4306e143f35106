"""What the planning rules found, each with its place; the same list while composing and while reviewing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QListWidget, QListWidgetItem

from commune_planning_plugin.core.rules import Finding
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.findings_text import finding_text
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone, plain
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, fill, plain_tip
from commune_planning_plugin.store import Ref

_ICONS = {"error": "error", "warning": "warning", "info": "info"}


class FindingsPanel(QFrame):
    """``None`` for findings means that nobody has asked the rules yet."""

    opened = pyqtSignal(object)
    """The Ref of the feature that a finding is about."""
    plan_opened = pyqtSignal()
    """A finding about the plan as a whole: its land-fund balance shows it."""

    def __init__(self, session: Any, zoom: bool = True) -> None:
        super().__init__()
        self._session = session
        self._verdict = Notice(Tone.PLAIN, "findings_notice")
        self._list = QListWidget()
        self._list.setObjectName("findings_list")
        self._list.setAccessibleName(translate("Common", "What the planning rules found"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumHeight(80)
        self._list.itemActivated.connect(self._open)
        if zoom:
            self.opened.connect(session.zoom_to)
        fill(self, self._verdict, self._list)

    def show_findings(self, findings: Optional[Sequence[Finding]]) -> None:
        describer = Describer(self._session.catalogue)
        self._list.clear()
        for finding in findings or ():
            item = QListWidgetItem(icon(_ICONS.get(plain(finding.severity), "info")), finding_text(finding, describer))
            item.setToolTip(plain_tip(f"{item.text()}\n{finding.rule}"))
            item.setData(Qt.ItemDataRole.UserRole, None if is_of_plan(finding) else Ref(finding.layer, finding.key))
            self._list.addItem(item)
        self._list.setVisible(bool(findings))
        self._verdict.say(*_verdict(findings))

    def _open(self, item: QListWidgetItem) -> None:
        ref = item.data(Qt.ItemDataRole.UserRole)
        if ref is None:
            self.plan_opened.emit()
        else:
            self.opened.emit(ref)


def is_of_plan(finding: Finding) -> bool:
    """Whether it is about the land-fund balance of the plan, and so about no single feature."""
    return finding.rule.startswith("bal.")


def _verdict(findings: Optional[Sequence[Finding]]) -> tuple[str, Tone]:
    if findings is None:
        return translate("Common", "Not checked yet."), Tone.PLAIN
    errors = sum(plain(finding.severity) == "error" for finding in findings)
    if errors:
        text = translate(
            "Common", "%n error(s): the province can't approve it like this. Double-click shows the place.", None, errors
        )
        return text, Tone.BAD
    if findings:
        return translate("Common", "No errors; %n remark(s).", None, len(findings)), Tone.WARNING
    return translate("Common", "The planning rules find nothing wrong."), Tone.GOOD
