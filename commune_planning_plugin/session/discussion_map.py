"""Discussions on the map: threads at their places, shapes drawn for a remark, and suggestions taken over into the working copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Optional

from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from commune_planning_plugin.adapters.discussion_view import DiscussionView, Note
from commune_planning_plugin.adapters.signs import Sign
from commune_planning_plugin.adapters.sketch import Sketch
from commune_planning_plugin.adapters.taking_over import set_value, standing_value
from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.discussion_bodies import SHAPES
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.core.suggestions import Standing, standing, suggested

if TYPE_CHECKING:
    from commune_planning_plugin.core.schema import Layer
    from commune_planning_plugin.session.context import Context
    from commune_planning_plugin.store import Ref


class DiscussionMap(QObject):
    """Owns what discussions show on the map; nothing of it outlives `clear`."""

    sketched = pyqtSignal(bytes)
    """A shape was drawn for the remark that is being written."""
    sketch_ended = pyqtSignal()

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view = DiscussionView(context.desktop.canvas, context.view)
        self._sketch = Sketch(context.project, context.desktop, self)
        self._sketch.taken.connect(self.sketched)
        self._sketch.ended.connect(self.sketch_ended)
        self._sketch.refused.connect(lambda error: context.signals.failed.emit(error, "discussion"))

    def show_notes(self, notes: Iterable[Note]) -> None:
        self._view.show_notes(notes)

    def show(self, wkb: Optional[bytes], sign: Sign, zoom: bool = True) -> None:
        """A place or a suggestion, in place of the one before; None takes it away."""
        self._view.show_shape(wkb, sign)
        if wkb is not None and zoom:
            self._context.view.zoom_to(geometry.bounds(wkb))
            self._context.view.flash((wkb,))

    def clear(self) -> None:
        self._sketch.cancel()
        self._view.clear()

    # --- drawing ------------------------------------------------------------------------------------------------------

    @property
    def drawing(self) -> bool:
        return self._sketch.drawing

    def draw(self, shape: str) -> None:
        """A new place: ``shape`` is a name of `discussion_bodies.SHAPES`."""
        self._sketch.draw(SHAPES[shape], self._context.view.crs, _title())

    def reshape(self, layer: str, wkb: bytes) -> None:
        """A suggestion that starts from the shape as it is."""
        definition = self._definition(layer)
        if definition is not None:
            self._context.view.zoom_to(geometry.bounds(wkb))
            self._sketch.reshape(definition.geometry, self._context.view.crs, _title(), wkb)

    def take(self) -> None:
        """The shape is as it is meant."""
        self._sketch.take()

    def cancel(self) -> None:
        self._sketch.cancel()

    # --- taking over --------------------------------------------------------------------------------------------------

    def take_over(self, ref: Ref, suggestion: Mapping[str, Any]) -> bool:
        """Put a suggestion into the working copy as an edit that can be undone; whether it was.

        Refused where the feature isn't what the suggestion was made on any more: ``suggestion.moved_on``.
        """
        try:
            return self._take_over(ref, suggestion)
        except PlanningError as error:
            self._context.signals.failed.emit(error, "discussion")
            return False

    def _take_over(self, ref: Ref, suggestion: Mapping[str, Any]) -> bool:
        layers, definition = self._context.layers, self._definition(ref.layer)
        layer, fid = layers.layer(ref.layer), layers.fid_of(ref.layer, ref.key)
        if definition is None or layer is None or fid is None:
            raise PlanningError("suggestion.no_feature")
        name, value = suggested(definition, suggestion)
        former = standing_value(layer, fid, definition, name)
        now = standing(definition, former, suggestion)
        if now is Standing.THERE:
            self._context.signals.noticed.emit("suggestion.there_already", {})
            return True
        if now is Standing.MOVED_ON:
            raise PlanningError("suggestion.moved_on")
        title = QCoreApplication.translate("Discussion", "Take over a suggestion")
        if not set_value(layer, fid, name, value, title):
            raise PlanningError("suggestion.not_editable", layer=ref.layer)
        layers.select(ref.layer, ref.key)
        if isinstance(former, bytes) and isinstance(value, bytes):  # what was suggested is what stands
            self._view.show_shape(None, Sign.SUGGESTED)
            self._context.view.show_change(former, value)
        self._context.signals.noticed.emit("suggestion.taken", {"layer": ref.layer})
        return True

    def _definition(self, layer: str) -> Optional[Layer]:
        catalogue = self._context.state.catalogue
        return next((each for each in catalogue.layers if each.id == layer), None) if catalogue is not None else None


def _title() -> str:
    return QCoreApplication.translate("Discussion", "Sketch for a remark")
