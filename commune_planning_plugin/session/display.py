"""How the open review is shown on the map: the modes of before and after, and several changes at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Optional, Union

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.adapters.review_display import Mode, ReviewDisplay
from commune_planning_plugin.core.geometry import union_bounds
from commune_planning_plugin.core.schema import GEOMETRY
from commune_planning_plugin.session.context import Context

if TYPE_CHECKING:
    from commune_planning_plugin.sync.detail_documents import ReviewItem


class DisplayController(QObject):
    """Follows the open review; whatever it draws goes with it, and with the project."""

    changed = pyqtSignal()
    """The mode is another one."""

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._display = ReviewDisplay(context.desktop.canvas, context.review_view, self)
        context.signals.review_changed.connect(self._follow)
        context.project.cleared.connect(self.close)

    @property
    def mode(self) -> Mode:
        return self._display.mode

    def set_mode(self, mode: Union[Mode, str]) -> None:
        self._display.set_mode(Mode(mode))
        self.changed.emit()

    def show_sides(self, before: bool, after: bool) -> None:
        """Which sides are drawn in the mode overlay."""
        self._display.show_sides(before, after)

    def hold_before(self, held: bool) -> None:
        """Show the map as it was while ``held``, in any mode."""
        self._display.hold_before(held)

    def show_changes(self, items: Sequence[ReviewItem]) -> None:
        """Mark several changes on the map and zoom to all of them."""
        view = self._context.view
        sides = [tuple(_shape(row) for row in (item.before, item.after)) for item in items]
        shapes = [wkb for pair in sides for wkb in pair if wkb is not None]
        view.show_changes(sides)
        view.zoom_to(union_bounds(shapes))
        view.flash(shapes)

    def close(self) -> None:
        """Leave nothing of the modes on the map."""
        was = self.mode
        self._display.close()
        if was is not Mode.OVERLAY:
            self.changed.emit()

    def stop(self) -> None:
        """The session ends."""
        self.close()
        self._context.project.cleared.disconnect(self.close)

    def _follow(self) -> None:
        if self._context.state.review is None:
            self.close()
        else:
            self._display.follow()


def _shape(row: object) -> Optional[bytes]:
    wkb = row.get(GEOMETRY) if isinstance(row, dict) else None
    return wkb if isinstance(wkb, bytes) else None
