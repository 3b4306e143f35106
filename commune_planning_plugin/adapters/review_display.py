"""How before and after are shown against each other: one over the other, side by side of a line, or in turns."""

from __future__ import annotations

from enum import Enum
from typing import Optional

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer

from commune_planning_plugin.adapters.before_image import BeforeImage
from commune_planning_plugin.adapters.review_view import ReviewView
from commune_planning_plugin.adapters.swipe_handle import SwipeHandle

BLINK_MS = 1000


class Mode(str, Enum):
    """How the sides of a proposal are drawn on the map."""

    OVERLAY = "overlay"
    SWIPE = "swipe"
    BLINK = "blink"


class ReviewDisplay(QObject):
    """Draws with what `ReviewView` has on the map; does nothing while it has nothing."""

    def __init__(self, canvas: QgsMapCanvas, view: ReviewView, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._view = view
        self._image: Optional[BeforeImage] = None
        self._handle: Optional[SwipeHandle] = None
        self._timer = QTimer(self)
        self._timer.setInterval(BLINK_MS)
        self._timer.timeout.connect(self._blink)
        self.mode = Mode.OVERLAY
        self._sides = (True, True)
        self._held = False

    def set_mode(self, mode: Mode) -> None:
        self._leave()
        self.mode = mode
        if not self._view.shown:
            return
        self._view.show_sides(*(self._sides if mode is Mode.OVERLAY else (False, True)))
        if mode is Mode.OVERLAY:
            return
        image = self._before()
        if mode is Mode.SWIPE:
            told = QCoreApplication.translate("Review", "Drag, or press the arrow keys: before on the left, after on the right")
            self._handle = SwipeHandle(self._canvas, told)
            self._handle.moved.connect(image.show_up_to)
            self._handle.show()
        self._go_on()

    def _go_on(self) -> None:
        if self._handle is not None:
            self._before().show_up_to(self._handle.fraction)
        else:
            self._timer.start()

    def show_sides(self, before: bool, after: bool) -> None:
        """Which sides are drawn where one lies over the other."""
        self._sides = (before, after)
        if self.mode is Mode.OVERLAY:
            self._view.show_sides(before, after)

    def hold_before(self, held: bool) -> None:
        """Show how it was for as long as somebody wants to see it, in any mode."""
        if not self._view.shown or held == self._held:
            return
        self._held = held
        if held:
            self._timer.stop()
            self._before().show_up_to(1.0)
        elif self.mode is Mode.OVERLAY:
            self._leave()
        else:
            self._go_on()

    def follow(self) -> None:
        """Another proposal is shown, or the same one anew: in the same way."""
        self.set_mode(self.mode)

    def close(self) -> None:
        """Leave nothing on the canvas, and the next proposal as usual."""
        self._leave()
        self.mode, self._sides = Mode.OVERLAY, (True, True)

    def _before(self) -> BeforeImage:
        if self._image is None:
            before, after = QCoreApplication.translate("Review", "Before"), QCoreApplication.translate("Review", "After")
            self._image = BeforeImage(self._canvas, self._view.before_layers, before, after)
            self._view.show_marks(False)
            self._view.prepare_before(self._image.render)
        return self._image

    def _blink(self) -> None:
        if self._image is not None and self._image.ready:
            self._image.show_up_to(0.0 if self._image.fraction else 1.0)

    def _leave(self) -> None:
        self._timer.stop()
        self._held = False
        image, self._image = self._image, None
        if image is not None:
            image.remove()
        self._view.forget_before()
        self._view.show_marks(True)
        handle, self._handle = self._handle, None
        if handle is not None:
            self._canvas.removeEventFilter(handle)
            handle.hide()
            handle.setParent(None)
            handle.deleteLater()
