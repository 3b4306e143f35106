"""A notice that takes one line: what matters in it, and links to what can be done; all of it on a click."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from commune_planning_plugin.gui.folded_text import FoldedText
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import dress


class BriefNotice(QFrame):
    """Stands where room is scarce; a `Notice` says all of it at once."""

    def __init__(self, tone: Tone, name: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._text = FoldedText(f"{name}_text", translate("Common", "All of it, or one line"))
        picture = QLabel()
        picture.setFixedHeight(self._text.sizeHint().height())
        dress(self, picture, tone, 15)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(5, 1, 1, 1)
        layout.setSpacing(2)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        self.hide()

    def add_link(self, made: QToolButton) -> QToolButton:
        """What can be done, at the line's end."""
        self.layout().addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def say(self, brief: str, text: str = "") -> None:
        """``brief`` fits a line; ``text`` is all there is to say. Nothing hides the notice."""
        self._text.say(text or brief, brief)
        self.setAccessibleName(text or brief)
        self.setVisible(bool(brief))
        if not brief:
            self._text.fold(True)
