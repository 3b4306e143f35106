"""All of a tab widget's titles at once, in as many lines as a narrow dock needs: none is out of sight."""

from __future__ import annotations

from functools import partial

from qgis.PyQt.QtCore import QRect, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QTabWidget,
    QToolButton,
    QWidget,
)

from commune_planning_plugin.gui.chips import tint
from commune_planning_plugin.gui.flow_layout import FlowLayout
from commune_planning_plugin.gui.labels import Tone

ICON, GAP = 14, 3
"""Pixels: an icon's side, and between the parts of a title."""
LOOKS = ((5, True), (2, True), (2, False))
"""Pixels on either side of a title, and whether its pill is shown: the first one with which all titles fit in `LINES`."""
LINES = 2
FRAME = (4, 4)
"""Pixels that a tab widget's frame takes of width and height."""

_STANDS_OUT = QStyle.StateFlag.State_On | QStyle.StateFlag.State_Sunken | QStyle.StateFlag.State_MouseOver


class TabButton(QToolButton):
    """A tab's icon, title and, in a pill, how many things are in it: two lines of these fit where plain buttons need three."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.badge = ""
        self._padding, self._pilled = LOOKS[0]
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def look(self, padding: int, pilled: bool) -> None:
        """One of `LOOKS`."""
        self._padding, self._pilled = padding, pilled
        self.updateGeometry()
        self.update()

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(round(0.85 * self.fontInfo().pixelSize()))
        return font

    def _parts(self) -> tuple[int, int, int]:
        """Widths of icon, title and pill, each with the gap before what follows; 0 for what isn't there."""
        title = self.fontMetrics().horizontalAdvance(self.text())
        pill = QFontMetrics(self._small()).horizontalAdvance(self.badge) + 8 if self.badge and self._pilled else 0
        return ICON + GAP if not self.icon().isNull() else 0, title + (GAP if pill else 0), pill

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        return QSize(sum(self._parts()) + 2 * self._padding, max(self.fontMetrics().height(), ICON) + 6)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        if option.state & _STANDS_OUT:
            painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelButtonTool, option)
        sign, title, pill = self._parts()
        x = (self.width() - sign - title - pill) // 2
        if sign:
            self.icon().paint(painter, QRect(x, (self.height() - ICON) // 2, ICON, ICON))
        painter.drawText(QRect(x + sign, 0, title, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if pill:
            self._paint_pill(painter, QRectF(x + sign + title, 0, pill, self.height()))
        if self.hasFocus():
            painter.drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option)

    def _paint_pill(self, painter: QPainter, place: QRectF) -> None:
        height = QFontMetrics(self._small()).height() + 1
        pill = QRectF(place.x() + 0.5, place.center().y() - height / 2, place.width() - 1, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint(Tone.PLAIN, 80))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(self.palette().windowText().color())
        painter.setFont(self._small())
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), self.badge)


class LowTabs(QTabWidget):
    """As high as the page that is shown needs: Qt takes the highest of all, and everything around would have to scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _number: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint() + QSize(*FRAME)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        return self.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt)
        page = self.currentWidget()
        return page is not None and page.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt)
        page = self.currentWidget()
        return -1 if page is None else int(page.layout().minimumHeightForWidth(width - FRAME[0])) + FRAME[1]


class TabFlow(QWidget):
    """Stands in for the tab bar of ``tabs``, whose order doesn't change any more. `refresh` after a title has; what the bar keeps
    as a tab's data is its badge."""

    def __init__(self, tabs: QTabWidget) -> None:
        super().__init__()
        self._tabs = tabs
        self._buttons = QButtonGroup(self)
        self._layout = FlowLayout(self, spacing=1)
        for number in range(tabs.count()):
            made = TabButton(self)
            made.setObjectName(f"{tabs.objectName()}_{number}")
            made.clicked.connect(partial(tabs.setCurrentIndex, number))
            self._buttons.addButton(made, number)
            self._layout.addWidget(made)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        tabs.tabBar().hide()
        tabs.currentChanged.connect(self._show_current)
        self.refresh()

    def refresh(self) -> None:
        """Titles, badges, icons and which tabs there are, as the tab widget has them."""
        for number, made in enumerate(self._buttons.buttons()):
            made.badge = str(self._tabs.tabBar().tabData(number) or "")
            made.setText(self._tabs.tabText(number))
            made.setIcon(self._tabs.tabIcon(number))
            made.setToolTip(self._tabs.tabToolTip(number))
            made.setAccessibleName(f"{self._tabs.tabText(number)} {made.badge}".strip())
            made.setAccessibleDescription(self._tabs.tabToolTip(number))
            made.setVisible(self._tabs.isTabVisible(number))
        self._show_current(self._tabs.currentIndex())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for look in LOOKS:
            for made in self._buttons.buttons():
                made.look(*look)
            if self._layout.lines(self.width()) <= LINES:
                break
        self.updateGeometry()

    def _show_current(self, number: int) -> None:
        current = self._buttons.button(number)
        if current is not None:
            current.setChecked(True)
