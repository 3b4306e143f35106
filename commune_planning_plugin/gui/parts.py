"""Small widgets that the docks share."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Optional

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from commune_planning_plugin.gui.chips import tint
from commune_planning_plugin.gui.flow_layout import FlowLayout
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone

_TONE_ICONS = {
    Tone.PLAIN: "info",
    Tone.NEWS: "info",
    Tone.GOOD: "ok",
    Tone.WARNING: "warning",
    Tone.BAD: "error",
    Tone.CONFLICT: "change_conflict",
}


def text_label(text: str = "", name: str = "", bold: bool = False) -> QLabel:
    """A label that wraps, and whose text can be selected and copied with mouse or keyboard."""
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    label.setMinimumWidth(60)
    if bold:
        label.setFont(bold_font(label.font()))
    return label


def plain_tip(text: str) -> str:
    """For a tooltip with words of others. Qt takes what looks like markup for markup, and fetches its pictures from wherever they
    say, other computers included: here they are shown as they are."""
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>' if "<" in text else text


def bold_font(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def button(text: str, name: str, icon_name: str = "", tip: str = "", act: Optional[Callable[[], object]] = None) -> QPushButton:
    """A push button; ``text`` carries its mnemonic, ``tip`` says what happens."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAutoDefault(False)
    made.setAccessibleName(text.replace("&", ""))
    if icon_name:
        made.setIcon(icon(icon_name))
    if tip:
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
    if act is not None:
        made.clicked.connect(lambda _checked=False: act())
    return made


def link(text: str, name: str, tip: str, act: Callable[[], object]) -> QToolButton:
    """Leads on from within a line of text; reached by the keyboard like a button."""
    made = QToolButton()
    made.setObjectName(name)
    made.setText(text)
    made.setAutoRaise(True)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setToolTip(tip)
    made.setAccessibleName(text.replace("&", ""))
    made.setAccessibleDescription(tip)
    font = QFont(made.font())
    font.setUnderline(True)
    made.setFont(font)
    made.clicked.connect(lambda _checked=False: act())
    return made


def slim(made: QPushButton) -> QPushButton:
    """No wider than its text: several stand in a line of a narrow dock."""
    room = made.fontMetrics().horizontalAdvance(made.text().replace("&", "")) + 14
    made.setMaximumWidth(room + (made.iconSize().width() + 4 if not made.icon().isNull() else 0))
    return made


def set_button_text(target: QPushButton, text: str, tip: str = "") -> None:
    """Text, tooltip and what a screen reader says, together."""
    target.setText(text)
    target.setAccessibleName(text.replace("&", ""))
    target.setToolTip(tip)
    target.setAccessibleDescription(tip)


def button_row(*widgets: QWidget, spacing: int = 6) -> QWidget:
    """Buttons side by side that go to the next line in a narrow dock."""
    row = QWidget()
    layout = FlowLayout(row, spacing)
    for widget in widgets:
        layout.addWidget(widget)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    policy.setHeightForWidth(True)
    row.setSizePolicy(policy)
    return row


def column(*widgets: QWidget, margin: int = 0, spacing: int = 4) -> QWidget:
    """Widgets one below the other."""
    box = QWidget()
    fill(box, *widgets, margin=margin, spacing=spacing)
    return box


def fill(box: QWidget, *widgets: QWidget, margin: int = 0, spacing: int = 4) -> QVBoxLayout:
    """Put widgets one below the other into ``box``."""
    layout = QVBoxLayout(box)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    for widget in widgets:
        layout.addWidget(widget)
    return layout


def line(*widgets: QWidget, stretch: int = 0) -> QWidget:
    """Widgets side by side; the one at ``stretch`` takes the room that is left."""
    box = QWidget()
    layout = QHBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for index, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if index == stretch else 0)
    return box


def list_widget(name: str, told: str) -> QListWidget:
    """A list of texts that wrap; ``told`` is what a screen reader says."""
    made = QListWidget()
    made.setObjectName(name)
    made.setAccessibleName(told)
    made.setWordWrap(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setMinimumHeight(100)
    return made


LEAST_WIDTH = 280
"""Pixels below which a dock can't be read; with its frame, a dock of 300 pixels."""


class Scrolled(QScrollArea):
    """Scrolls its content vertically where the dock is low; never narrower than the content needs, or than ``least_width``."""

    def __init__(self, content: QWidget, least_height: int = 120, least_width: int = LEAST_WIDTH) -> None:
        super().__init__()
        self._least_height, self._least_width = least_height, least_width
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        width = self.widget().minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(width, self._least_width), self._least_height)


class ScrolledPage(Scrolled):
    """One page of several: it asks for no more room than the others need, and scrolls instead."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        return QSize(200, self._least_height)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        return self.minimumSizeHint()


class Notice(QFrame):
    """An inline message with its icon, a tinted ground and the buttons of what can be done."""

    def __init__(self, tone: Tone, name: str = "", parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._tone = tone
        self._icon = QLabel()
        self.label = text_label(name=f"{name}_text")
        self._buttons = button_row()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(column(self.label, self._buttons), 1)
        self._show_tone()
        self._buttons.hide()
        self.hide()

    def add_button(self, made: QPushButton) -> QPushButton:
        self._buttons.layout().addWidget(made)
        self._buttons.show()
        return made

    def add_link(self, made: QToolButton) -> QToolButton:
        """Beside the text: it takes no line of its own."""
        self.layout().addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def say(self, text: str, tone: Optional[Tone] = None) -> None:
        """Show ``text``, or hide the notice where there is none."""
        if tone is not None:
            self._tone = tone
            self._show_tone()
        self.label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.update()

    def _show_tone(self) -> None:
        dress(self, self._icon, self._tone)


def dress(notice: QFrame, picture: QLabel, tone: Tone, size: int = 18) -> None:
    """Ground, edge and icon of the tone; the frame has a name of its own."""
    ground, edge = tint(tone), tint(tone, 255)
    rgba = f"rgba({ground.red()}, {ground.green()}, {ground.blue()}, {ground.alpha()})"
    notice.setStyleSheet(f"QFrame#{notice.objectName()} {{ background: {rgba}; border-left: 3px solid {edge.name()}; }}")
    picture.setPixmap(icon(_TONE_ICONS[tone]).pixmap(size, size))
