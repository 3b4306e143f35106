"""A reviewer's verdict on the current change: fine, or to be redone, and why. A return carries those that are to be redone."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QFrame, QShortcut

from commune_planning_plugin.core.discussion import ActKind, Verdict
from commune_planning_plugin.gui.discussion_words import verdict_label
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import button, fill, line, link, slim, text_label
from commune_planning_plugin.gui.reason_edit import ReasonEdit
from commune_planning_plugin.store import Ref
from commune_planning_plugin.sync.detail_documents import ProposalDetail


class VerdictBar(QFrame):
    """Shown to who may judge; what it says waits without a connection like everything else that is said."""

    judged = pyqtSignal()
    """On to the next change."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._detail: Optional[ProposalDetail] = None
        self._ref: Optional[Ref] = None
        self._why = text_label(name="verdict_text")
        self._reason = ReasonEdit()
        self._reason.setObjectName("verdict_reason")
        self._reason.setAccessibleName(translate("Discussion", "What has to be redone"))
        self._reason.setPlaceholderText(translate("Discussion", "What has to be redone; Ctrl+Enter keeps it"))
        self._fine = button(translate("Discussion", "✓ Fine"), "fine_button", act=self._do_fine)
        self._redo = button(translate("Discussion", "↺ Redo…"), "redo_button", act=self._do_redo)
        self._keep = button(translate("Discussion", "&Keep"), "keep_verdict_button", "ok", act=self._do_keep)
        self._none = link(translate("Discussion", "Take back"), "no_verdict_button", "", self._do_none)
        self._fine.setToolTip(translate("Discussion", "This change is fine; on to the next one (V)"))
        self._redo.setToolTip(translate("Discussion", "This change has to be redone: say why (R)"))
        self.buttons = (slim(self._fine), slim(self._redo))
        """They stand in a line with others; what they lead to stands here."""
        self._said = line(self._why, self._none)
        fill(self, line(self._reason, self._keep), self._said, spacing=2)
        self._reason.hide()
        self._add_keys()
        session.discussion.changed.connect(lambda _proposal: self._show())

    def _add_keys(self) -> None:
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self._reason, self._do_keep)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    def show_change(self, detail: Optional[ProposalDetail], ref: Optional[Ref]) -> None:
        """The change that is current now."""
        if ref != self._ref:
            self._reason.hide()
            self._reason.clear()
        self._detail, self._ref = detail, ref
        self._show()

    def fine(self) -> None:
        """As its button does, where it can be pressed."""
        if self._may():
            self._do_fine()

    def redo(self) -> None:
        """As `fine`."""
        if self._may():
            self._do_redo()

    def _may(self) -> bool:
        if self._detail is None or self._ref is None:
            return False
        return bool(self._session.discussion.may(self._detail.summary.id, ActKind.VERDICT))

    def _show(self) -> None:
        verdict = self.standing()
        may = self._may()
        label = verdict_label(verdict.body["verdict"])[0] if verdict is not None else ""
        text = f"{label} – {verdict.actor_name}" if verdict is not None else ""
        if verdict is not None and verdict.text:
            text += f": {verdict.text}"
        self._why.setText(text)
        self._said.setVisible(bool(text))
        for widget in (self._fine, self._redo):
            widget.setVisible(may)
        self._keep.setVisible(may and not self._reason.isHidden())
        self._none.setVisible(may and verdict is not None)
        if not may:
            self._reason.hide()
        self.setVisible(not self._reason.isHidden() or bool(text))

    def standing(self) -> Optional[Any]:
        """The verdict on the current change, where there is one."""
        if self._detail is None or self._ref is None:
            return None
        discussion = self._session.discussion.talk(self._detail.summary.id).discussion
        return discussion.verdict(self._detail.summary.version, (self._ref.layer, self._ref.key))

    def _do_fine(self) -> None:
        self._post(Verdict.FINE)
        self.judged.emit()

    def _do_redo(self) -> None:
        verdict = self.standing()
        self._reason.setPlainText(verdict.text if verdict is not None else "")
        self._reason.show()
        self.show()
        self._keep.show()
        self._reason.setFocus()

    def _do_keep(self) -> None:
        text = self._reason.toPlainText().strip()
        if text and self._post(Verdict.REDO, text):
            self._reason.hide()
            self._show()
            self.judged.emit()
        else:
            self._reason.setFocus()

    def _do_none(self) -> None:
        self._post(Verdict.NONE)

    def _post(self, verdict: Verdict, text: str = "") -> bool:
        if self._detail is None or self._ref is None:
            return False
        summary = self._detail.summary
        body = {"layer": self._ref.layer, "key": self._ref.key, "verdict": verdict.value, "text": text}
        return self._session.discussion.post(summary.id, summary.version, ActKind.VERDICT, body) is not None
